"""Code of a web page or a template in what an editor writes. Nothing reads it, so it would be printed as it stands.

The one placeholder form is [[…]], and bold and lists are limited Markdown (wording.py).
"""

from __future__ import annotations

import re
from html.entities import html5

from django.utils.translation import gettext as _

SHOWN = 40
TEMPLATE = r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#.*?(?:#\}|$)|\{[a-z]\w*\}"
TAG = (
    r"<!--.*?(?:-->|$)|</?[a-z][\w-]*(?:\s[^<>]*=[^<>]*|\s*)/?>"
    r"|<(?:script|style|iframe|img|svg|div|span|input|form|object|embed|link|meta|table|font)\b[^<>]*(?:>|$)"
)
ENTITY = r"&(?:\w+|#\d+|#x[0-9a-f]+);"
CODE = re.compile(f"{TEMPLATE}|{TAG}|(?P<entity>{ENTITY})", re.IGNORECASE | re.DOTALL)


def code_in(text: str) -> str:
    """The first piece of code in a text, on one line and not too long, or nothing."""
    return next(iter(codes_in(text)), "")


def codes_in(text: str) -> list[str]:
    """Every piece, each once; a tag that closes one of them is not named beside it."""
    found: list[str] = []
    for each in CODE.finditer(text):
        entity = each["entity"]
        if entity and not entity.startswith("&#") and entity[1:] not in html5:
            continue
        whole = " ".join(each.group().split())
        shown = whole if len(whole) <= SHOWN else whole[: SHOWN - 1] + "…"
        opened = [one.casefold().startswith(f"<{shown[2:-1].casefold()}") for one in found]
        if shown not in found and not (shown.startswith("</") and any(opened)):
            found.append(shown)
    return found


def code_fault(text: str) -> str:
    """What to say of the code in a text, naming every piece, or nothing."""
    pieces = codes_in(text)
    if len(pieces) > 1:
        several = _(
            "%(codes)s look like code of a web page or a program. They would be printed just as they stand. "
            "Please use plain words."
        )
        return several % {"codes": ", ".join(f"“{piece}”" for piece in pieces)}
    words = _(
        "“%(code)s” looks like code of a web page or a program. It would be printed just as it stands. "
        "Please use plain words."
    )
    return words % {"code": pieces[0]} if pieces else ""

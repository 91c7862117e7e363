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
    for found in CODE.finditer(text):
        entity = found["entity"]
        if entity and not entity.startswith("&#") and entity[1:] not in html5:
            continue
        shown = " ".join(found.group().split())
        return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
    return ""


def code_fault(text: str) -> str:
    """What to say of the code in a text, or nothing."""
    words = _(
        "“%(code)s” looks like code of a web page or a program. It would be printed just as it stands. "
        "Please use plain words."
    )
    return words % {"code": code_in(text)} if code_in(text) else ""

"""Editions as a practice could write them: the starter edition with clauses of its own, in file form and published."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from agreements.actions import library
from agreements.models import Edition
from agreements.rules.vocabulary import Hearing
from tests.builders import NOW

LIBRARY = Path(__file__).resolve().parents[1] / "fixtures" / "library"
FILES = {path.stem: path for path in sorted(LIBRARY.rglob("*.json"))}
WHEN = ("by_day", "by_night", "both")


def data(name: str = "texting-adult-outpatient") -> dict[str, Any]:
    """A starter edition from its file, free to be changed."""
    return copy.deepcopy(json.loads(FILES[name].read_text(encoding="utf-8")))  # type: ignore[no-any-return]


def clause(key: str, kind: str, asked: str, *, mode: str = "required", suggested: Any = None) -> dict[str, Any]:
    """A clause of the practice's own about something the code knows nothing of."""
    shows = {"words": "[[words]]", "fixed": "Emoji are fine."}.get(kind, "We use emoji: [[chosen]].")
    options = WHEN if kind in ("choose", "many") else ()
    return {
        "order": 0,
        "key": key,
        "topic": "",
        "kind": kind,
        "mode": mode,
        "asked": asked,
        "suggested": suggested,
        "texts": {
            "en": {
                "heading": f"Emoji {key}",
                "question": "" if kind == "fixed" else f"Which emoji do we use, {key}?",
                "hint": "",
                "words": shows,
            }
        },
        "options": [option(key, order) for order, key in enumerate(options, 1)],
    }


def option(key: str, order: int) -> dict[str, Any]:
    """An option that means nothing to the code."""
    name = key.replace("_", " ").capitalize()
    return {
        "order": order,
        "key": key,
        "meaning": {},
        "texts": {"en": {"label": name, "consequence": "", "words": key.replace("_", " ")}},
    }


def with_clauses(*more: dict[str, Any], name: str = "texting-adult-outpatient") -> dict[str, Any]:
    """A starter edition with more clauses before the last one."""
    whole = data(name)
    whole["clauses"][-1:-1] = more
    for order, each in enumerate(whole["clauses"], 1):
        each["order"] = order
    return whole


def published(file: dict[str, Any], *, hearing: Hearing = Hearing.REVIEW, **facts: Any) -> Edition:
    """The edition of a file, read in and published at the builders' hour."""
    edition = library.read_in(data=file, by=None, now=NOW)
    return library.publish(edition=edition, by=None, now=facts.pop("now", NOW), hearing=hearing, **facts)


def of_every_kind() -> dict[str, Any]:
    """Every kind a clause of its own can have on every page, suggested or not, required, optional, stated, fixed."""
    more = [
        clause(f"{page}_{kind}_{mode}", kind, page, mode=mode)
        for page in ("turn", "hard", "how")
        for kind in ("choose", "many", "words")
        for mode in ("required", "optional")
    ]
    more += [
        clause("how_proposed", "choose", "how", suggested={"chosen": ["by_day"], "words": ""}),
        clause("how_maybe", "words", "how", mode="optional", suggested={"chosen": [], "words": "Hearts are fine."}),
        clause("hard_stated", "choose", "hard", mode="stated"),
        clause("hard_said", "words", "hard", mode="stated"),
        clause("house_rule", "fixed", "how", mode="locked"),
    ]
    return with_clauses(*more)

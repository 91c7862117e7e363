"""What changed between two editions in file form: Was and Now, clause by clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from agreements.rules.edition_texts import Clause, options
from agreements.rules.vocabulary import AskedOn, ClauseKind, ClauseMode

Edition = Mapping[str, Any]


class Kind(StrEnum):
    """What happened to a clause."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Line:
    """One line of a clause, and whether it stands on the other side, too."""

    text: str
    same: bool


@dataclass(frozen=True)
class Change:
    """One clause that is not the same: its lines before and now, empty where there was or is none."""

    key: str
    heading: str
    kind: Kind
    was: tuple[Line, ...]
    now: tuple[Line, ...]


def changes(before: Edition | None, after: Edition, language: str) -> list[Change]:
    """Every clause that is not the same, in the order of `after`; what was removed comes last.

    A clause whose words changed in another language counts, too: its lines name that.
    """
    old = {clause["key"]: clause for clause in before["clauses"]} if before else {}
    new = {clause["key"]: clause for clause in _ordered(after)}
    found = []
    for key, clause in new.items():
        if key not in old:
            found.append(_change(key, Kind.ADDED, None, clause, language))
        elif _content(old[key]) != _content(clause):
            found.append(_change(key, Kind.CHANGED, old[key], clause, language))
    removed = [clause for key, clause in old.items() if key not in new]
    return found + [_change(clause["key"], Kind.REMOVED, clause, None, language) for clause in removed]


def same(before: Edition, after: Edition) -> bool:
    """Whether two editions say and do the same: what is read, promised and paid for, and every clause in its order."""
    said = [
        (edition["edition"]["update_rule"], edition["edition"]["funding"], list(map(_content, _ordered(edition))))
        for edition in (before, after)
    ]
    return said[0] == said[1]


def _ordered(edition: Edition) -> list[Clause]:
    return sorted(edition["clauses"], key=lambda clause: (int(clause["order"]), str(clause["key"])))


def _content(clause: Clause) -> dict[str, Any]:
    """A clause less its number: only the order counts, and that of its options."""
    kept = {name: clause[name] for name in ("key", "topic", "kind", "mode", "asked", "texts")}
    rows = [{name: each[name] for name in ("key", "meaning", "texts")} for each in options(clause)]
    return {**kept, "suggested": clause.get("suggested"), "options": rows}


def _change(key: str, kind: Kind, was: Clause | None, now: Clause | None, language: str) -> Change:
    before, after = (_lines(clause, language) if clause else [] for clause in (was, now))
    heading = _heading(now or was or {}, language)
    return Change(
        key,
        heading,
        kind,
        tuple(Line(text, text in after) for text in before),
        tuple(Line(text, text in before) for text in after),
    )


def _heading(clause: Clause, language: str) -> str:
    return str(clause["texts"].get(language, {}).get("heading") or clause["key"])


def _lines(clause: Clause, language: str) -> list[str]:
    """What an editor wrote, line by line: heading, question, hint, printed words, how it is asked, each option."""
    text = clause["texts"].get(language, {})
    said = [text.get(name, "") for name in ("heading", "question", "hint", "words")]
    asked = (ClauseKind(clause["kind"]).label, ClauseMode(clause["mode"]).label, AskedOn(clause["asked"]).label)
    said.append(" · ".join(map(str, asked)))
    for option in options(clause):
        words = option["texts"].get(language, {})
        parts = [words.get(name, "") for name in ("label", "consequence", "words")]
        said.append(_("Option: %(words)s") % {"words": " — ".join(filter(None, parts))})
        if option["meaning"]:
            pairs = ", ".join(f"{name}: {value}" for name, value in sorted(option["meaning"].items()))
            said.append(_("It means: %(meaning)s") % {"meaning": pairs})
    if suggested := clause.get("suggested"):
        parts = [*suggested.get("chosen", []), suggested.get("words", "")]
        said.append(_("Suggested: %(words)s") % {"words": ", ".join(filter(None, parts))})
    others = {name: each for name, each in clause["texts"].items() if name != language}
    said += [f"{name}: " + " — ".join(filter(None, each.values())) for name, each in sorted(others.items())]
    return [line for line in said if line]

"""Reading a file that people made: every fault is named with its place, and reading goes on to find the next."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.rules.markup import code_fault
from agreements.rules.plain_values import unprintable

KEY = 40
MOST_ORDER = 9999


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file and where: a line, or a key such as "clauses[3].options[0].texts.en.label"."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


class FaultyFile(ValueError):
    """A file that is no edition. `faults` are all there are, with “?” for what no page can show."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = [Fault(_showable(fault.where), _showable(fault.text)) for fault in faults]
        super().__init__("\n".join(map(str, self.faults)))


def _showable(text: str) -> str:
    return text.translate({ord(mark): "?" for mark in unprintable(text)})


class Reader:
    """Reads part after part and goes on after a fault, so that all are told at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, where: str, text: str) -> None:
        self.faults.append(Fault(where, text))

    def distinct(self, rows: list[dict[str, Any]], where: str, name: str, words: str) -> None:
        """Fault every row whose value of `name` another row has, too. Nothing counts as no value."""
        times = Counter(row[name] for row in rows)
        for number, row in enumerate(rows):
            if row[name] and times[row[name]] > 1:
                self.fault(f"{where}[{number}].{name}", words % {"value": row[name]})

    def only(self, row: dict[str, Any], where: str, *names: str) -> None:
        """Fault what is not known."""
        for name in row:
            if name not in names:
                self.fault(at(where, name[:KEY]), _("is not known here"))

    def part(self, row: dict[str, Any], where: str, name: str) -> dict[str, Any]:
        """The object under this name, or an empty one."""
        if name not in row:
            self.fault(at(where, name), _("is missing"))
            return {}
        return self.object(row[name], at(where, name))

    def object(self, found: Any, where: str) -> dict[str, Any]:
        """What was found, once it is an object."""
        if isinstance(found, dict):
            return found
        self.fault(where, _("must be an object, in braces"))
        return {}

    def rows(self, row: dict[str, Any], where: str, name: str, most: int, needed: bool = True) -> list[Any]:
        """The list under this name, or an empty one."""
        found, here = row.get(name), at(where, name)
        if name not in row:
            if needed:
                self.fault(here, _("is missing"))
            return []
        if not isinstance(found, list):
            self.fault(here, _("must be a list, in square brackets"))
            return []
        if len(found) > most:
            self.fault(here, _("has %(there)s entries; at most %(most)s fit") % {"there": len(found), "most": most})
        return found[:most]

    def text(self, row: dict[str, Any], where: str, name: str, most: int, needed: bool = True) -> str:
        """The text under this name, in NFC, or an empty one."""
        here, found = at(where, name), row.get(name, "")
        if needed and name not in row:
            self.fault(here, _("is missing"))
        elif not isinstance(found, str):
            self.fault(here, _("must be text, in quotation marks"))
        elif needed and not found.strip():
            self.fault(here, _("is empty"))
        elif len(found) > most:
            words = _("is too long: %(there)s characters, at most %(most)s fit")
            self.fault(here, words % {"there": len(found), "most": most})
        elif marks := unprintable(found):
            self.fault(here, _("holds a character that cannot be printed (U+%(code)04X)") % {"code": ord(marks[0])})
        elif code := code_fault(found):
            self.fault(here, code)
        else:
            return unicodedata.normalize("NFC", found)
        return ""

    def key(self, row: dict[str, Any], where: str) -> str:
        """The key of this row."""
        found = self.text(row, where, "key", KEY)
        if found and not re.fullmatch(r"[a-zA-Z0-9_-]+", found):
            self.fault(f"{where}.key", _("holds only letters, digits, “-” and “_”"))
        return found

    def number(self, row: dict[str, Any], where: str, name: str) -> int:
        """A whole number from 1, or 0."""
        found = row.get(name)
        if name not in row:
            self.fault(at(where, name), _("is missing"))
        elif type(found) is not int or not 1 <= found <= MOST_ORDER:
            self.fault(at(where, name), _("must be a whole number from 1 to %(most)s") % {"most": MOST_ORDER})
        else:
            return found
        return 0

    def one_of(self, row: dict[str, Any], where: str, name: str, known: list[str]) -> str:
        """One of the known words, or an empty text."""
        found = row.get(name)
        if name not in row:
            self.fault(at(where, name), _("is missing"))
        elif not isinstance(found, str) or found not in known:
            shown = ", ".join(value or '""' for value in known)
            self.fault(at(where, name), _("must be one of: %(known)s") % {"known": shown})
        else:
            return found
        return ""


def at(where: str, name: str) -> str:
    """The way to a name inside a place."""
    return f"{where}.{name}" if where else name

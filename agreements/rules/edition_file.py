"""An edition as a JSON file, so that practices can share one: strict reading that names every fault, and writing.

What is read is complete (every key is there) and comes out of `to_file` and `from_file` the same.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from agreements.rules.file_faults import Fault, FaultyFile, Reader
from agreements.rules.record import FORMAT as RECORD
from agreements.rules.topics import TOPICS
from agreements.rules.vocabulary import AskedOn, ClauseKind, ClauseMode

FORMAT = "between-sessions-edition/1"
NEWER = re.compile(r"between-sessions-edition/[1-9][0-9]*")
SHOWN = 40
MOST_BYTES = 1024 * 1024
MOST_CLAUSES, MOST_OPTIONS = 60, 20
LINE, LONG_LINE, TEXT = 140, 240, 2000
OWN_WORDS = 300  # as many as the two may write themselves


def to_file(edition: dict[str, Any]) -> bytes:
    """The bytes of the file."""
    return (json.dumps(edition, ensure_ascii=False, indent=2) + "\n").encode()


def from_file(raw: bytes) -> dict[str, Any]:
    """The edition in a file. Raises FaultyFile with every fault."""
    if len(raw) > MOST_BYTES:
        raise FaultyFile([Fault("", _("The file is larger than 1 MB. That is no edition."))])
    return checked(_parsed(raw))


def checked(data: Any) -> dict[str, Any]:
    """The same for what was parsed already."""
    reader = _EditionReader()
    edition = reader.edition(data)
    if reader.faults:
        raise FaultyFile(reader.faults)
    return edition


def _parsed(raw: bytes) -> Any:
    twice: list[Fault] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        for name, times in Counter(name for name, _value in pairs).items():
            if times > 1:
                twice.append(Fault(name, _("stands there twice in the same place")))
        return dict(pairs)

    try:
        text = raw.decode("utf-8-sig")
        data = json.loads(text, object_pairs_hook=once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise FaultyFile([Fault("", _("This is not a text file in UTF-8."))]) from None
    except json.JSONDecodeError as error:
        raise FaultyFile([_broken(error, text)]) from None
    except (ValueError, RecursionError):
        raise FaultyFile([Fault("", _("This is not an edition: it cannot be read as JSON."))]) from None
    if twice:
        raise FaultyFile(twice)
    return data


def _broken(error: json.JSONDecodeError, text: str) -> Fault:
    where = _("line %(line)s, column %(column)s") % {"line": error.lineno, "column": error.colno}
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated"):
        return Fault(where, _("the file stops in the middle. Was it copied or saved only in part?"))
    return Fault(where, _("this is not JSON (%(why)s)") % {"why": error.msg})


def _no_number(name: str) -> Any:
    raise ValueError(name)


class _EditionReader(Reader):
    """Reads an edition part by part."""

    def edition(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            self.fault("", _("This is not an edition: it must be an object with “format”, “family” and “clauses”."))
            return {}
        if not self._format(data):
            return {}
        self.only(data, "", "format", "family", "edition", "clauses")
        family, facts = self.part(data, "", "family"), self.part(data, "", "edition")
        self.only(family, "family", "key", "name", "about")
        self.only(facts, "edition", "number", "read_by", "update_rule", "funding")
        return {
            "format": FORMAT,
            "family": {
                "key": self.key(family, "family"),
                "name": self.text(family, "family", "name", LINE),
                "about": self.text(family, "family", "about", LINE, needed=False),
            },
            "edition": {
                "number": self.number(facts, "edition", "number"),
                "read_by": self.text(facts, "edition", "read_by", LINE),
                "update_rule": self.text(facts, "edition", "update_rule", LONG_LINE),
                "funding": self.text(facts, "edition", "funding", LONG_LINE),
            },
            "clauses": self._clauses(data),
        }

    def _format(self, data: dict[str, Any]) -> bool:
        found = data.get("format")
        if found == FORMAT:
            return True
        if "format" not in data:
            words = _("is missing. A file from Between Sessions says “%(format)s” here.")
        elif isinstance(found, str) and NEWER.fullmatch(found):
            words = _("This file was made by a newer version of Between Sessions. Update it here first.")
        elif found == RECORD:
            words = _("This file is an agreement, not an edition. Its terms cannot be read in here.")
        else:
            words = _("“%(found)s” is not a format of editions. One from Between Sessions says “%(format)s”.")
        shown = found if isinstance(found, str) else json.dumps(found)
        shown = shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
        self.fault("format", words % {"found": shown, "format": FORMAT})
        return False

    def _clauses(self, data: dict[str, Any]) -> list[dict[str, Any]]:
        rows = self.rows(data, "", "clauses", MOST_CLAUSES)
        clauses = [self._clause(row, f"clauses[{number}]") for number, row in enumerate(rows)]
        self.distinct(clauses, "clauses", "key", _("another clause has the key “%(value)s”, too"))
        self.distinct(clauses, "clauses", "order", _("another clause has the number %(value)s, too"))
        self.distinct(clauses, "clauses", "topic", _("another clause is about “%(value)s”, too"))
        return clauses

    def _clause(self, row: Any, where: str) -> dict[str, Any]:
        row = self.object(row, where)
        self.only(row, where, "order", "key", "topic", "kind", "mode", "asked", "suggested", "texts", "options")
        options = [
            self._option(each, f"{where}.options[{number}]")
            for number, each in enumerate(self.rows(row, where, "options", MOST_OPTIONS, needed=False))
        ]
        self.distinct(options, f"{where}.options", "key", _("another option has the key “%(value)s”, too"))
        self.distinct(options, f"{where}.options", "order", _("another option has the number %(value)s, too"))
        return {
            "order": self.number(row, where, "order"),
            "key": self.key(row, where),
            "topic": self.one_of(row, where, "topic", ["", *TOPICS]),
            "kind": self.one_of(row, where, "kind", [kind.value for kind in ClauseKind]),
            "mode": self.one_of(row, where, "mode", [mode.value for mode in ClauseMode]),
            "asked": self.one_of(row, where, "asked", [page.value for page in AskedOn]),
            "suggested": self._suggested(row, where),
            "texts": self._texts(row, where, {"heading": LINE, "words": TEXT}, {"question": LONG_LINE, "hint": TEXT}),
            "options": options,
        }

    def _option(self, row: Any, where: str) -> dict[str, Any]:
        row = self.object(row, where)
        self.only(row, where, "order", "key", "meaning", "texts")
        meaning = self.object(row.get("meaning", {}), f"{where}.meaning")
        if len(json.dumps(meaning)) > TEXT:
            self.fault(f"{where}.meaning", _("is too long"))
        return {
            "order": self.number(row, where, "order"),
            "key": self.key(row, where),
            "meaning": meaning,
            "texts": self._texts(row, where, {"label": LINE}, {"consequence": LONG_LINE, "words": TEXT}),
        }

    def _suggested(self, row: dict[str, Any], where: str) -> dict[str, Any] | None:
        if row.get("suggested") is None:
            return None
        where = f"{where}.suggested"
        found = self.object(row["suggested"], where)
        self.only(found, where, "chosen", "words")
        chosen = self.rows(found, where, "chosen", MOST_OPTIONS, needed=False)
        for number, key in enumerate(chosen):
            if not isinstance(key, str):
                self.fault(f"{where}.chosen[{number}]", _("must be text"))
        return {"chosen": chosen, "words": self.text(found, where, "words", OWN_WORDS, needed=False)}

    def _texts(
        self, row: dict[str, Any], where: str, needed: dict[str, int], more: dict[str, int]
    ) -> dict[str, dict[str, str]]:
        found = self.part(row, where, "texts")
        if not found and isinstance(row.get("texts"), dict):
            self.fault(f"{where}.texts", _("has no language. Write for example “en”."))
        texts = {}
        for language, each in found.items():
            here = f"{where}.texts.{language}"
            if not re.fullmatch(r"[a-z]{2,3}(-[a-zA-Z]{2,8})?", language):
                self.fault(here, _("is not the code of a language, such as “en”"))
            each = self.object(each, here)
            self.only(each, here, *needed, *more)
            texts[language] = {name: self.text(each, here, name, most) for name, most in needed.items()}
            texts[language] |= {name: self.text(each, here, name, most, needed=False) for name, most in more.items()}
        return texts

"""What an editor types and must not, in a clause or about its edition: code, phone numbers, phrases that are refused.

The phrase lists are those that read an agreement before it is signed (safety_phrases.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from agreements.rules.edition_texts import Clause, Remark, every_text, plain_texts, templates, without_sample_phone
from agreements.rules.markup import code_fault
from agreements.rules.safety_phrases import ENGLISH, REFUSED, WARNS, refused, sentences

DIGIT, GAP = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)", r"[\s-]+"
# A crisis number with or without gaps, in digits or in words, or six digits and more. A year is none of these.
NUMBER = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{3,}|\b\d[ .\u2010-\u2015-]\d[ .\u2010-\u2015-]\d\b"
    r"|\d(?:[\s()./·-]{0,2}\d){5,}"
    rf"|\b(?!one{GAP}two{GAP}three)(?:{DIGIT}(?:{GAP}{DIGIT}){{2,}}|{DIGIT}{GAP}double{GAP}{DIGIT}"
    rf"|double{GAP}{DIGIT}{GAP}{DIGIT}|triple{GAP}{DIGIT}|nine{GAP}eleven)\b",
    re.IGNORECASE,
)


def of_clause(clause: Clause, language: str) -> list[Remark]:
    """What is to be said of all that is typed in one clause; it has its words in this language."""
    written = [*templates(clause, language), *plain_texts(clause, language)]
    every = every_text(clause, language)
    found = [*_code(written), *_number(every), *_phrases(every, language)]
    return [Remark(clause["key"], words, blocks) for words, blocks in found]


def of_edition(edition: Mapping[str, Any]) -> list[Remark]:
    """The same for what is said about an edition. It stands in no language of its own."""
    family, facts = edition.get("family", {}), edition.get("edition", {})
    said = {
        _("The name of the family"): family.get("name", ""),
        _("For whom it is"): family.get("about", ""),
        _("When it is read again"): facts.get("update_rule", ""),
        _("Who paid for it"): facts.get("funding", ""),
    }
    found = [
        Remark("", f"{place}: {words}", blocks)
        for place, text in said.items()
        for words, blocks in [*_code([text]), *_number([text]), *_phrases([text], ENGLISH)]
    ]
    reader = _code([facts.get("read_by", "")])  # a name and a date
    return found + [Remark("", f"{_('Who read it')}: {words}", blocks) for words, blocks in reader]


def why(rule: str) -> str:
    """What a safety rule that reads free text asks for, in a few words."""
    return {
        "H6": _("Nothing may delay or charge for a crisis step."),
        "H7": _("This seems to say something else than the crisis box. The box wins."),
        "H8": _("Nobody has to promise to stay safe."),
        "H9": _("No one can promise an answer."),
        "H10": _("Nobody reads texts live."),
        "H11": _("No one gives up a right."),
        "H12": _("No one can promise that nobody else will ever see it."),
        "H22": _("Limits change in session, not by text or at the door."),
        "H26": _("This may sound like a punishment."),
        "H28": _("Texting is not treatment, not a risk check and not a crisis service."),
    }.get(rule, _("This breaks a safety rule."))


def _code(texts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    for fault in filter(None, dict.fromkeys(map(code_fault, texts))):
        yield fault, True


def _number(texts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    for text in texts:
        if found := NUMBER.search(_dialled(without_sample_phone(text))):
            words = _(
                "“%(number)s” looks like a phone number. Numbers come from the crisis lines and the practice: "
                "use the crisis box or [[phone]]. (H17)"
            )
            yield words % {"number": found.group().strip()}, True
            return


def _dialled(text: str) -> str:
    """A text as a reader would dial it: digits of any form, nothing invisible between them."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if unicodedata.category(char) != "Cf")


def _phrases(texts: Sequence[str], language: str) -> Iterator[tuple[str, bool]]:
    """The options of a clause print most sentences again and again; each is read once."""
    read: set[str] = set()
    for text in texts:
        new = [sentence for sentence in dict.fromkeys(sentences(text)) if sentence not in read]
        read.update(new)
        for rule in REFUSED.get(language, REFUSED[ENGLISH]) if new else ():
            for sentence in refused(rule, language, "\n".join(new)):
                words = _("%(why)s (%(rule)s) Please change: “%(sentence)s”")
                yield words % {"why": why(rule), "rule": rule, "sentence": sentence}, rule not in WARNS

"""What an editor types and must not, in a clause or about its edition: code, phone numbers, phrases that are refused.

The phrase lists are those that read an agreement before it is signed (safety_phrases.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from agreements.rules.edition_file import LINE
from agreements.rules.edition_texts import (
    Clause,
    Remark,
    cut,
    every_text,
    plain_texts,
    read_together,
    templates,
    without_sample_phone,
)
from agreements.rules.lookalikes import mixed_fault, strange_fault
from agreements.rules.markup import code_fault
from agreements.rules.phrase_lists import ENGLISH, REFUSED, WARNS
from agreements.rules.phrasing import runs, sentences
from agreements.rules.safety_phrases import TOGETHER, in_danger, refused, refused_together
from agreements.rules.typed_numbers import number_in


def of_clause(clause: Clause, language: str) -> list[Remark]:
    """What is to be said of all that is typed in one clause; it has its words in this language."""
    written = [*templates(clause, language), *plain_texts(clause, language)]
    every = every_text(clause, language)
    found = [*_code(written), *_number(every), *_phrases(every, language), *_together(clause, language)]
    found += _strange(written) if language.startswith(ENGLISH) else []
    return [Remark(clause["key"], words, blocks) for words, blocks in dict.fromkeys(found)]


def of_edition(edition: Mapping[str, Any]) -> list[Remark]:
    """The same for what is said about an edition. It stands in no language of its own."""
    family, facts = edition.get("family", {}), edition.get("edition", {})
    said = {
        _("The name of the family"): family.get("name", ""),
        _("For whom it is"): family.get("about", ""),
        _("When it is read again"): facts.get("update_rule", ""),
        _("Who paid for it"): facts.get("funding", ""),
    }
    found = [Remark("", f"{place}: {words}", blocks) for place, text in said.items() for words, blocks in about(text)]
    reader = reader_fault(facts.get("read_by", ""))
    return found + ([Remark("", f"{_('Who read it')}: {reader}", True)] if reader else [])


def about(text: str) -> list[tuple[str, bool]]:
    """What is to be said of one text about a family or an edition, and whether it blocks."""
    danger = [(_change("H7", hit), True) for hit in refused_together("H7", ENGLISH, "", text, printed=True)]
    return list(dict.fromkeys([*_code([text]), *_number([text]), *_phrases([text], ENGLISH), *danger]))


def reader_fault(text: str) -> str:
    """Why this does not name who read an edition, or nothing. A name and a day are all that is printed there."""
    if len(text) > LINE:
        return _("This is too long: at most %(limit)s characters.") % {"limit": LINE}
    if fault := next((words for words, blocks in about(text) if blocks), ""):
        return fault
    return _("Please write a name here, and nothing about danger, texts or calls.") if in_danger(text) else ""


def why(rule: str) -> str:
    """What a safety rule that reads free text asks for, in a few words."""
    return {
        "H6": _("Nothing may delay or charge for a crisis step. You can say: “Crisis steps never cost.”"),
        "H7": _(
            "This seems to say something else than the crisis box. "
            "Say it with the crisis box: “In danger use the box, at any hour.”"
        ),
        "H8": _("Nobody has to promise to stay safe. You can say: “This is not a promise to stay safe.”"),
        "H9": _("No one can promise an answer. You can say: “Most answers come in 2 working days, some later.”"),
        "H10": _("Nobody reads texts live. You can say: “Nobody reads texts live.”"),
        "H11": _("No one gives up a right. You can say: “You keep all your rights.”"),
        "H12": _(
            "No one can promise that nobody else will ever see it. You can say: “Others may read ordinary texts.”"
        ),
        "H14": _("Therapy must not depend on texting. You can say: “If texting ends, therapy goes on.”"),
        "H22": _("Limits change in session, not by text or at the door."),
        "H26": _("This may sound like a punishment."),
        "H28": _("Texting is not treatment, not a risk check and not a crisis service."),
    }.get(rule, _("This breaks a safety rule."))


def _code(texts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    for text in dict.fromkeys(texts):
        yield from ((fault, True) for fault in (code_fault(text), mixed_fault(text)) if fault)


def _strange(texts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    yield from ((fault, True) for text in texts if (fault := strange_fault(text)))


def _number(texts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    for text in texts:
        if found := number_in(without_sample_phone(text)):
            words = _(
                "“%(number)s” looks like a phone number. Numbers come from the crisis lines and the practice: "
                "use the crisis box or [[phone]]. (H17)"
            )
            yield words % {"number": found}, True
            return


def _phrases(texts: Sequence[str], language: str) -> Iterator[tuple[str, bool]]:
    """The options of a clause print most sentences again and again; each is read once."""
    read: set[str] = set()
    for text in texts:
        new = [run for run in dict.fromkeys(" ".join(run) for run in runs(text)) if run not in read]
        read.update(new)
        for rule in REFUSED.get(language, REFUSED[ENGLISH]) if new else ():
            parts = [each for run in new for each in (sentences(run) if rule == "H7" else [run])]
            for sentence in (hit for each in dict.fromkeys(parts) for hit in refused(rule, language, each)):
                yield _change(rule, sentence), rule not in WARNS


def _together(clause: Clause, language: str) -> Iterator[tuple[str, bool]]:
    """What only a heading and its words, or a question and its answer, say together. Danger is read strictly here."""
    hope = clause["topic"] == "window"  # there “a hope, not a promise” is asked for (lint_standing.py)
    for head, text in read_together(clause, language):
        for rule in ("H7", *TOGETHER):
            hits = () if hope and rule == "H9" else refused_together(rule, language, head, text, printed=True)
            for hit in hits:
                if not number_in(without_sample_phone(hit)):  # that is said already
                    yield _change(rule, hit), True


def _change(rule: str, sentence: str) -> str:
    words = _("%(why)s (%(rule)s) Please change: “%(sentence)s”")
    return words % {"why": why(rule), "rule": rule, "sentence": cut(sentence)}

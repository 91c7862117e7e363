"""The agreement of a made-up pair for tests of the rules: the starter library's own words, the shipped crisis rows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from agreements.rules import crisis, record, wording
from agreements.rules.vocabulary import (
    Answer,
    CallDays,
    CallHours,
    Channel,
    CheckedHow,
    ClauseKind,
    Contact,
    Outcome,
    Paper,
    Role,
    TermState,
    Voice,
)

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
TODAY = date(2026, 11, 23)
PHONE = "(555) 010-0143"
HOURS = crisis.CallTimes(CallHours.THESE, CallDays.WEEKDAYS, time(9), time(18))
NAMES = {"client": "Maya", "therapist": "Dr Lee", "phone": PHONE}
OWN_WORDS = {
    "limit": "Two or three texts a week, read in the evening.",
    "asking": "We start with “just sharing”, “question” or “please call me”.",
    "misread": "We ask before we guess. Who hurt says sorry first.",
    "extra": "An extra we both chose. If in doubt, it can wait for session.",
}


def shipped() -> list[dict[str, Any]]:
    """The rows of the fixture as they stand in the file."""
    return list(json.loads((FIXTURES / "crisis_resources.json").read_text(encoding="utf-8")))


@cache
def resources() -> tuple[crisis.Resource, ...]:
    """The shipped rows."""
    beside = ("as_of", "read_from", "keyword_confirmed")
    return tuple(crisis.Resource.from_json({k: v for k, v in row.items() if k not in beside}) for row in shipped())


def facts(country: str = "US", **changes: Any) -> crisis.BoxFacts:
    """A client there who can call, a therapist who takes calls in office hours."""
    usual = crisis.BoxFacts("Dr Lee", PHONE, HOURS, Voice.CALLS, Contact.CALL, False, country, "")
    return replace(usual, **changes)


def an_agreement(of: crisis.BoxFacts | None = None, **changes: Any) -> record.AgreementRecord:
    """A texting agreement nothing is wrong with, with the box of these facts."""
    of = of or facts()
    here = crisis.carried(of, resources())
    texting = record.AgreementRecord(
        nonce="ab" * 16,
        number=1,
        outcome=Outcome.TEXTING,
        made_on=TODAY,
        review_on=date(2026, 12, 21),
        edition=record.EditionRecord("adult-outpatient", "Texting", 1, TODAY, "nobody yet", "Yearly.", "No one."),
        language="en",
        paper=Paper.LETTER,
        demo=False,
        practice=record.PracticeRecord("Riverside", of.phone, "America/New_York"),
        parties=(
            record.PartyRecord(Role.CLIENT, "Maya R.", "Maya"),
            record.PartyRecord(Role.THERAPIST, "Dr J. Lee", of.therapist),
        ),
        channel=record.ChannelRecord(Channel.SMS, PHONE),
        crisis=here,
        box=a_box(of, here),
        before_text=("It can take hours. It is not a lack of care.", "I read that as … Is that what you meant?"),
        terms=terms(),
    )
    return replace(texting, **changes)


def a_box(of: crisis.BoxFacts, here: tuple[crisis.Resource, ...]) -> record.BoxRecord:
    """The box of these facts as a record holds it."""
    built = crisis.box(of, here)
    answers = (of.country, of.area, of.voice, of.contact, of.registered, of.contact_person, of.calls)
    return record.BoxRecord(*answers, built.steps, built.last, crisis.card(of, here), of.travels_to, built.more)


@cache
def terms(option: int = 0) -> tuple[record.TermRecord, ...]:
    """Every clause of the starter library, answered with the option of this number or the last one before it."""
    library = json.loads((FIXTURES / "library" / "texting-adult-outpatient.json").read_text(encoding="utf-8"))
    return tuple(_term(clause, option) for clause in library["clauses"])


def _term(clause: dict[str, Any], option: int) -> record.TermRecord:
    options, texts = clause["options"], clause["texts"]["en"]
    chosen = (
        options[: option + 1]
        if clause["kind"] in (ClauseKind.MANY, ClauseKind.WORDS)
        else [options[min(option, len(options) - 1)]]
    )
    value = Answer(tuple(one["key"] for one in chosen), OWN_WORDS.get(clause["key"], ""))
    labels = [one["texts"]["en"]["words"] for one in chosen]
    words = wording.printed(texts["words"], labels, words=value.words, **NAMES)
    return record.TermRecord(clause["key"], clause["topic"], texts["heading"], TermState.AGREED, value, words)


def saying(text: str, topic: str = "extra") -> record.AgreementRecord:
    """An agreement in which one term says this in the pair's own words."""
    value = Answer((), text)
    return an_agreement(
        terms=tuple(replace(term, value=value, words=text) if term.topic == topic else term for term in terms())
    )


def without(topic: str, value: Answer | None = None) -> record.AgreementRecord:
    """An agreement that lacks the term on this topic, or has this value there."""
    if value is None:
        return an_agreement(terms=tuple(term for term in terms() if term.topic != topic))
    return an_agreement(terms=tuple(replace(term, value=value) if term.topic == topic else term for term in terms()))


def checked(on: date = TODAY, how: CheckedHow = CheckedHow.CALLED) -> dict[str, tuple[date, CheckedHow]]:
    """Every shipped row, checked that day in that way."""
    return {row.key: (on, how) for row in resources()}

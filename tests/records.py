"""A realistic agreement for tests of the sealed record: 16 terms, 390 words, two names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.test import override_settings

from agreements.actions import keys, pdf, pdf_signature
from agreements.actions.pdf_page import Mark
from agreements.rules import crisis
from agreements.rules.record import (
    AgreementRecord,
    BoxRecord,
    ChannelRecord,
    EditionRecord,
    InterimRecord,
    LogRecord,
    PartyRecord,
    PracticeRecord,
    Sealed,
    SignatureRecord,
    TermRecord,
)
from agreements.rules.vocabulary import (
    Answer,
    CallDays,
    CallHours,
    Channel,
    Contact,
    Outcome,
    Paper,
    Role,
    SignatureKind,
    TermState,
    Voice,
)

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SIGNED_AT = datetime(2026, 11, 23, 20, 12, 9, tzinfo=UTC)
LOCAL_TIME = "23 November 2026, 3:12 pm (New York time)"
WORDS = {
    "purpose": (
        "Texts between sessions",
        "We choose: practising reaching out, “Are you still there?” and notes for session.",
    ),
    "often": ("How often", "About 3 to 5 texts a week. Answers do not count."),
    "window": ("When answers come", "Most in 1 working day, some in 2: a hope, not a promise. Then: “A late answer”."),
    "night": (
        "At night",
        "9 pm to 8 am: write it, send it after breakfast. Quiet hours are for texts. In danger use the box, at any hour.",
    ),
    "away": (
        "Time away",
        "Dr Lee gives two weeks’ notice. No texts, though allowed. A handwritten card is mailed half-way.",
    ),
    "look_again": (
        "We look again",
        "After 4 weeks, then every 3 months or so. Does it suit us both? Sooner after a crisis, or if either asks.",
    ),
    "limit": (
        "Without strain",
        "Dr Lee can do this today without strain. Two short answers on a working day are fine. It depends on other clients, family and free days. We ask again.",
    ),
    "too_much": (
        "Too much, too little",
        "Who notices first says so. The words: “Let’s look at our texting.” Kindly, in session.",
    ),
    "notice": (
        "Changes",
        "Both sign changes, in session. Maya may stop at once, no reason needed. Dr Lee stops or tightens after 4 sessions’ notice. Sooner is written down, with why.",
    ),
    "ending": ("If texting ends", "Less each week, for a month. We choose what takes its place. Care stays the same."),
    "silence": (
        "No answer yet",
        "It can take hours, for many reasons: other clients, sleep, family, a silent phone, lost texts. It is not a lack of care.",
    ),
    "late": (
        "A late answer",
        "Maya may send one more short text, or call the office at (555) 010-0143. Unsafe? Do not wait. Use the box.",
    ),
    "asking": (
        "Asking clearly",
        "Start with what you need: “just sharing”, “please say you got it”, “question” or “please call me”.",
    ),
    "misread": (
        "Misread texts",
        "Short texts are easy to misread. “I read that as … Is that what you meant?” If it hurts, we talk. Dr Lee says sorry first.",
    ),
    "extra": (
        "Texting is",
        "An extra we both chose, not a test of caring. If you are safe and in doubt, it can wait for session.",
    ),
    "privacy": (
        "Privacy",
        "Others may read ordinary texts. Knowing this, Maya chooses: times, dates and feelings. This can change at any time. We lock phones and hide previews. Texts may go in the record. Maya and a supervisor may see them. Others only by law, as for a life at risk. Texting costs nothing. The crisis steps never cost anything.",
    ),
}


def a_record(**changes: Any) -> AgreementRecord:
    """The agreement of Maya R. and Dr J. Lee, with one open term, or the same with `changes`."""
    record = AgreementRecord(
        nonce="0123456789abcdef" * 2,
        number=1,
        outcome=Outcome.TEXTING,
        made_on=date(2026, 11, 23),
        review_on=date(2026, 12, 21),
        edition=EditionRecord(
            family="adult-outpatient",
            name="Texting, adult outpatient",
            number=1,
            published_on=date(2026, 11, 2),
            read_by="nobody yet",
            update_rule="Read again once a year, and at once when a safety fact changes.",
            funding="No company paid for it.",
        ),
        language="en",
        paper=Paper.LETTER,
        demo=False,
        practice=PracticeRecord("Riverside Practice", "(555) 010-0143", "America/New_York"),
        parties=(PartyRecord(Role.CLIENT, "Maya R.", "Maya"), PartyRecord(Role.THERAPIST, "Dr J. Lee", "Dr Lee")),
        channel=ChannelRecord(Channel.SMS, "(555) 010-0143"),
        crisis=crisis.for_place(resources(), "US", ""),
        box=a_box(),
        before_text=(
            "Say what you need: “just sharing”, “please say you got it”, “question”, “please call me”.",
            "No answer yet? It can take hours, for many reasons. It is not a lack of care.",
            "Later than 2 working days: one more short text, or call the office at (555) 010-0143.",
            "4 a.m. and angry: write it. Send it after breakfast, or not at all, or bring it.",
            "Hurt by a text: “I read that as … Is that what you meant?”",
            "Too much or too little: “Let’s look at our texting.”",
            "We look again on 21 December 2026.",
        ),
        terms=the_terms(),
    )
    return replace(record, **changes)


def the_terms() -> tuple[TermRecord, ...]:
    """All sixteen, "often" left open."""
    terms = [
        TermRecord(key, key, heading, TermState.AGREED, Answer(("something",)), words)
        for key, (heading, words) in WORDS.items()
    ]
    interim = InterimRecord(Answer(("three_to_five",)), WORDS["often"][1])
    often = replace(
        terms[1], state=TermState.OPEN, value=Answer(), words="", interim=interim, open_until=date(2026, 12, 21)
    )
    return (terms[0], often, *terms[2:])


def a_short_record(outcome: Outcome) -> AgreementRecord:
    """What "no texting" and "not for now" come to."""
    return a_record(outcome=outcome, terms=(), channel=None, review_on=None, before_text=())


def a_box(voice: Voice = Voice.CALLS) -> BoxRecord:
    """The crisis box for somebody in the United States."""
    calls = crisis.CallTimes(CallHours.THESE, CallDays.WEEKDAYS, time(9), time(18))
    facts = crisis.BoxFacts("Dr Lee", "(555) 010-0143", calls, voice, Contact.CALL, False, "US", "", "")
    box = crisis.box(facts, resources())
    return BoxRecord(
        "US",
        "",
        voice,
        Contact.CALL,
        False,
        "",
        calls,
        box.steps,
        box.last,
        crisis.card(facts, resources()),
        (),
        box.more,
    )


@cache
def resources() -> tuple[crisis.Resource, ...]:
    """The crisis rows that ship."""
    rows = json.loads((FIXTURES / "crisis_resources.json").read_text(encoding="utf-8"))
    known = crisis.Resource.__dataclass_fields__
    return tuple(crisis.Resource.from_json({key: value for key, value in row.items() if key in known}) for row in rows)


def signed(record: AgreementRecord, kind: SignatureKind = SignatureKind.DRAWN) -> Sealed:
    """The record, signed by both in the same way."""
    return Sealed.of(
        record,
        tuple(
            SignatureRecord(party.role, kind, SIGNED_AT, record.practice.zone)
            for party in record.parties
            if not party.named_only
        ),
        LogRecord(entries=74, head="f00dcafe" * 8),
    )


def marks(record: AgreementRecord, kind: SignatureKind = SignatureKind.DRAWN) -> list[Mark]:
    """What `signed` looks like on the paper."""
    return [
        Mark(party.role, party.name, kind, strokes=INK, typed=party.name, local_time=LOCAL_TIME)
        for party in record.parties
        if not party.named_only
    ]


INK = (
    tuple((60 + 8 * step, 150 + round(90 * ((step * 37) % 19 - 9) / 9)) for step in range(60)),
    ((600, 210), (700, 190), (820, 205), (930, 180)),
    ((948, 120),),
)


@cache
def a_sealed_pdf() -> tuple[bytes, bytes]:
    """A sealed agreement and the root certificate behind its seal, made once in a process."""
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        record = a_record()
        return pdf_signature.seal(pdf.render(signed(record), marks(record)), SIGNED_AT), keys.root_certificate()


@contextmanager
def a_key_folder() -> Iterator[Path]:
    """An empty place for a seal's key."""
    with TemporaryDirectory() as name, override_settings(KEY_DIR=Path(name) / "keys"):
        yield Path(name) / "keys"

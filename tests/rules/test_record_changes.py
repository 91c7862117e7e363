"""The one line on a new paper: what is not the same since the version it replaces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from agreements.rules.record import ChannelRecord, PartyRecord
from agreements.rules.record_changes import since
from agreements.rules.vocabulary import Channel, Outcome, Role, TermState, Voice
from tests.records import a_box, a_record, a_short_record

RECORD = a_record()
FIRST, *REST = RECORD.terms
DECIDED = replace(RECORD.terms[1], state=TermState.AGREED, words="About 2.", interim=None, open_until=None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ("nothing",)),
        ({"made_on": date(2027, 1, 4), "review_on": date(2027, 2, 1), "number": 2}, ("nothing",)),
        ({"terms": (replace(FIRST, words="We choose less."), *REST)}, ("Texts between sessions",)),
        ({"terms": (FIRST, DECIDED, *RECORD.terms[2:])}, ("How often",)),
        ({"terms": tuple(REST)}, ("Texts between sessions (left out)",)),
        ({"terms": (*RECORD.terms, replace(FIRST, key="more", heading="More"))}, ("More (new)",)),
        ({"box": a_box(Voice.UNSAFE)}, ("the crisis steps",)),
        ({"channel": ChannelRecord(Channel.SIGNAL, "(555) 010-0143")}, ("where texts go",)),
        ({"parties": (PartyRecord(Role.CLIENT, "Mia R.", "Mia"), RECORD.parties[1])}, ("the names",)),
        ({"practice": replace(RECORD.practice, phone="(555) 010-0199")}, ("how to reach the practice",)),
    ],
)
def test_each_thing_that_changed_is_named_once(change, said) -> None:
    assert since(RECORD, replace(RECORD, **change)) == said


def test_another_outcome_is_the_one_thing_to_say() -> None:
    short = a_short_record(Outcome.NOT_FOR_NOW)
    assert since(short, RECORD) == ("from “Not for now” to “Texting agreement”",)

"""The one line on a new paper: what is not the same since the version it replaces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from agreements.rules.record import ChannelRecord, PartyRecord
from agreements.rules.record_changes import same, since, terms, was
from agreements.rules.record_parts import WasRecord
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
    assert same(RECORD, replace(RECORD, **change)) is (said == ("nothing",))


def test_other_wording_that_reads_the_same_is_a_change_all_the_same() -> None:
    assert not same(RECORD, replace(RECORD, edition=replace(RECORD.edition, number=9)))


def test_each_term_that_changed_stands_with_what_it_was_and_what_it_is() -> None:
    new = replace(FIRST, key="more", heading="More")
    after = replace(RECORD, terms=(DECIDED, *RECORD.terms[2:], new))
    assert terms(RECORD, after) == [(RECORD.terms[1], DECIDED), (None, new), (FIRST, None)]


def test_another_outcome_is_the_one_thing_to_say() -> None:
    short = a_short_record(Outcome.NOT_FOR_NOW)
    assert since(short, RECORD) == ("from “Not for now” to “Texting agreement”",)


def test_what_changed_terms_said_is_kept_in_their_own_words() -> None:
    assert was(RECORD, RECORD) == ()
    after = replace(RECORD, terms=(replace(FIRST, words="We choose less."), DECIDED, *RECORD.terms[3:]))
    assert was(RECORD, after) == (
        WasRecord("Texts between sessions", FIRST.words),
        WasRecord("How often", "About 3 to 5 texts a week. Answers do not count."),
        WasRecord("When answers come", RECORD.terms[2].words),
    )


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Call (555) 010-0143.", False),
        ("Call 988 at once.", False),
        ("9 1 1", False),
        ("At 9:30 pm, 2 or 3 texts, 12 weeks.", True),
        ("On 4/5, for 10 days.", True),
    ],
)
def test_a_number_that_may_be_wrong_by_now_is_not_said_again(words: str, kept: bool) -> None:
    before = replace(RECORD, terms=(replace(FIRST, words=words), *REST))
    assert was(before, RECORD) == (WasRecord("Texts between sessions", words if kept else ""),)


def test_with_another_outcome_nothing_of_the_old_paper_is_said_again() -> None:
    assert was(RECORD, a_short_record(Outcome.NOT_FOR_NOW)) == ()

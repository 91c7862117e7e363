"""States are computed from what the rows say: every combination has one, and the order of reasons is fixed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules.states import (
    AgreementFacts,
    AgreementState,
    DraftState,
    Standing,
    VersionFacts,
    VersionState,
    draft_state,
    standing,
    version_state,
)
from agreements.rules.vocabulary import Outcome, Role

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
SOON = NOW + timedelta(seconds=1)
ANY_FACTS = st.builds(
    AgreementFacts,
    outcome=st.sampled_from(["", *Outcome]),
    ending_planned=st.sampled_from([None, True, False]),
    ends_on=st.none() | st.dates(),
    review_on=st.none() | st.dates(),
    away=st.lists(st.tuples(st.dates(), st.dates())),
)
ANY_VERSION = st.builds(
    VersionFacts,
    counts=st.booleans(),
    awaited=st.lists(st.sampled_from(Role)),
    sealed=st.booleans(),
    replaced=st.booleans(),
    leased_until=st.none() | st.datetimes(timezones=st.just(UTC)),
    reason=st.text(),
)


@given(ANY_FACTS, st.dates())
def test_every_agreement_stands_somewhere(facts: AgreementFacts, today: date) -> None:
    found = standing(facts, today)
    assert found.state in AgreementState
    assert found.state == AgreementState.IN_FORCE or not (found.time_to_look or found.away)


@given(ANY_VERSION)
def test_every_version_has_a_state_and_a_sealed_one_is_never_void(facts: VersionFacts) -> None:
    found = version_state(facts, NOW)
    assert (found in {VersionState.SEALED, VersionState.REPLACED}) == (facts.sealed or facts.replaced)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (VersionFacts(counts=True, awaited=[Role.CLIENT]), VersionState.AWAITING),
        (VersionFacts(counts=True), VersionState.SIGNED),
        (VersionFacts(counts=True, leased_until=SOON), VersionState.SEALING),
        (VersionFacts(counts=True, leased_until=NOW), VersionState.SIGNED),
        (VersionFacts(counts=True, reason="The disk is full."), VersionState.SEAL_FAILED),
        (VersionFacts(counts=True, sealed=True), VersionState.SEALED),
        (VersionFacts(counts=False, sealed=True, replaced=True), VersionState.REPLACED),
        (VersionFacts(counts=False, awaited=[Role.CLIENT], leased_until=SOON), VersionState.VOID),
    ],
)
def test_a_version_is_in_the_state_its_rows_say(facts: VersionFacts, state: VersionState) -> None:
    assert version_state(facts, NOW) == state


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"outcome": Outcome.TEXTING}, DraftState.OPEN),
        ({"outcome": Outcome.TEXTING, "frozen": True}, DraftState.FROZEN),
        ({"outcome": Outcome.TEXTING, "set_aside": True, "frozen": True}, DraftState.SET_ASIDE),
        ({"outcome": Outcome.TEXTING, "sealed": True, "frozen": True}, DraftState.DONE),
        ({"outcome": Outcome.NOT_FOR_NOW}, DraftState.OPEN),
        ({"outcome": Outcome.NOT_FOR_NOW, "sealed": True}, DraftState.NOT_FOR_NOW),
        ({"outcome": Outcome.NO_TEXTING, "sealed": True}, DraftState.DONE),
    ],
)
def test_a_round_is_in_the_state_its_rows_say(facts: dict, state: DraftState) -> None:
    assert draft_state(**{"set_aside": False, "frozen": False, "sealed": False, **facts}) == state


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        (AgreementFacts(), Standing(AgreementState.NONE)),
        (AgreementFacts(Outcome.TEXTING), Standing(AgreementState.IN_FORCE)),
        (AgreementFacts(Outcome.NO_TEXTING, review_on=TODAY), Standing(AgreementState.NO_TEXTING)),
        (AgreementFacts(Outcome.NOT_FOR_NOW), Standing(AgreementState.NOT_FOR_NOW)),
        (
            AgreementFacts(Outcome.TEXTING, ending_planned=True, ends_on=TODAY, review_on=TODAY),
            Standing(AgreementState.ENDED),
        ),
        (AgreementFacts(Outcome.TEXTING, ending_planned=False, ends_on=TODAY), Standing(AgreementState.STOPPED)),
    ],
)
def test_the_two_stand_where_their_rows_say(facts: AgreementFacts, stands: Standing) -> None:
    assert standing(facts, TODAY) == stands


@pytest.mark.parametrize(("days", "due"), [(-400, True), (-1, True), (0, True), (1, False)])
def test_a_look_is_due_from_its_day_on_and_voids_nothing(days: int, due: bool) -> None:
    found = standing(AgreementFacts(Outcome.TEXTING, review_on=TODAY + days * DAY), TODAY)
    assert found == Standing(AgreementState.IN_FORCE, time_to_look=due)


@pytest.mark.parametrize(
    ("first", "last", "away"), [(-3, -1, False), (-3, 0, True), (0, 0, True), (0, 5, True), (1, 5, False)]
)
def test_away_counts_both_its_first_and_its_last_day(first: int, last: int, away: bool) -> None:
    days = [(TODAY + first * DAY, TODAY + last * DAY)]
    assert standing(AgreementFacts(Outcome.TEXTING, away=days), TODAY) == Standing(AgreementState.IN_FORCE, away=away)


@pytest.mark.parametrize("planned", [True, False])
@pytest.mark.parametrize(("days", "over"), [(-9, True), (0, True), (1, False), (30, False)])
def test_h21_a_stop_that_is_announced_changes_nothing_before_its_day(planned: bool, days: int, over: bool) -> None:
    day = TODAY + days * DAY
    found = standing(AgreementFacts(Outcome.TEXTING, ending_planned=planned, ends_on=day), TODAY)
    state = AgreementState.ENDED if planned else AgreementState.STOPPED
    assert found == (Standing(state) if over else Standing(AgreementState.IN_FORCE, ends_on=day))

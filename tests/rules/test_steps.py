"""Where the two are: for anything that can be known of a draft, the next page opens and no page opens too early."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules.steps import (
    BRIEF,
    LOOKING_AGAIN,
    SIGNERS,
    TAKEN_BY_BUTTON,
    WHOLE,
    Progress,
    Step,
    finished,
    journey,
    may_open,
    next_step,
    own_page,
    reading,
)
from agreements.rules.vocabulary import AskedOn, Outcome, Role

ANY_PROGRESS = st.builds(
    Progress,
    outcome=st.sampled_from(Outcome),
    again=st.booleans(),
    taken=st.frozensets(st.sampled_from(Step)),
    undecided=st.frozensets(st.sampled_from(AskedOn)),
    frozen=st.booleans(),
    signed=st.frozensets(st.sampled_from(Role)),
    kept=st.booleans(),
    turns_left=st.booleans(),
)
ALL_ASKED = frozenset(AskedOn)


@given(ANY_PROGRESS)
def test_the_next_page_always_opens(progress: Progress) -> None:
    assert may_open(next_step(progress), progress)


@given(ANY_PROGRESS)
def test_every_page_before_one_that_opens_is_finished(progress: Progress) -> None:
    pages = journey(progress.outcome, progress.again)
    for step in filter(lambda each: may_open(each, progress), pages):
        assert progress.kept or all(finished(before, progress) for before in pages[: pages.index(step)])


@given(ANY_PROGRESS.filter(lambda progress: not progress.kept))
def test_the_pages_that_open_are_a_beginning_of_the_journey(progress: Progress) -> None:
    pages = journey(progress.outcome, progress.again)
    opens = [step for step in pages if may_open(step, progress)]
    assert opens == list(pages[: len(opens)])
    assert opens[-1] == next_step(progress)


@given(ANY_PROGRESS, st.sampled_from(Step), st.sampled_from(AskedOn), st.booleans(), st.sampled_from(Role))
def test_a_step_forward_never_closes_a_page(
    progress: Progress, taken: Step, decided: AskedOn, frozen: bool, signed: Role
) -> None:
    later = replace(
        progress,
        taken=progress.taken | {taken},
        undecided=progress.undecided - {decided},
        frozen=progress.frozen or frozen,
        signed=progress.signed | {signed},
    )
    opened = {step for step in Step if may_open(step, progress)}
    assert opened <= {step for step in Step if may_open(step, later)}


@given(ANY_PROGRESS)
def test_a_kept_record_opens_on_its_last_page_only(progress: Progress) -> None:
    kept = replace(progress, kept=True)
    assert [step for step in Step if may_open(step, kept)] == [Step.KEPT]


@given(ANY_PROGRESS)
def test_pages_of_the_other_journey_never_open(progress: Progress) -> None:
    foreign = set(Step) - set(journey(progress.outcome, progress.again))
    assert [step for step in foreign if may_open(step, progress)] == []


def test_the_whole_journey_is_walked_page_by_page_in_its_order() -> None:
    asked = {Step.PRIVACY: "privacy", Step.TALK: "turn", Step.HARD: "hard", Step.HOW: "how"}
    progress, seen = Progress(undecided=ALL_ASKED), []
    while (step := next_step(progress)) not in seen:
        seen.append(step)
        progress = replace(
            progress,
            taken=progress.taken | ({step} & set(TAKEN_BY_BUTTON)),
            undecided=progress.undecided - {asked.get(step, "")},
            frozen=progress.frozen or step is Step.READ,
            signed=frozenset(SIGNERS) if step is Step.SIGN else progress.signed,
            kept=progress.kept or step is Step.KEPT,
        )
    assert tuple(seen) == WHOLE


def test_looking_again_is_walked_page_by_page_in_its_order() -> None:
    progress, seen = Progress(again=True), []
    while (step := next_step(progress)) not in seen:
        seen.append(step)
        undecided = {Step.WORKS: frozenset({AskedOn.TURN}), Step.AGAIN: frozenset()}.get(step, progress.undecided)
        progress = replace(
            progress,
            taken=progress.taken | ({step} & set(TAKEN_BY_BUTTON)),
            undecided=undecided,
            frozen=progress.frozen or step is Step.CHANGES,
            signed=frozenset(SIGNERS) if step is Step.SIGN else progress.signed,
            kept=progress.kept or step is Step.KEPT,
        )
    assert tuple(seen) == LOOKING_AGAIN


def test_what_was_looked_at_without_a_change_opens_at_the_page_that_says_so_and_only_there() -> None:
    looked = Progress(again=True, looked=True, taken=frozenset(TAKEN_BY_BUTTON))
    assert [step for step in Step if may_open(step, looked)] == [next_step(looked)] == [Step.CHANGES]


@pytest.mark.parametrize(
    ("outcome", "again", "page"),
    [
        (Outcome.TEXTING, False, Step.READ),
        (Outcome.TEXTING, True, Step.CHANGES),
        (Outcome.NO_TEXTING, True, Step.SHORT),
        (Outcome.NOT_FOR_NOW, False, Step.SHORT),
    ],
)
def test_the_two_read_what_the_paper_will_say_on_a_page_of_their_journey(outcome, again, page) -> None:
    assert reading(outcome, again) is page
    assert page in journey(outcome, again)


@pytest.mark.parametrize("outcome", [Outcome.NO_TEXTING, Outcome.NOT_FOR_NOW])
def test_h14_no_is_four_pages_and_none_of_them_asks_or_signs(outcome: Outcome) -> None:
    assert journey(outcome) == BRIEF == (Step.START, Step.BOX, Step.SHORT, Step.KEPT)
    heard = Progress(outcome, taken=frozenset({Step.START, Step.BOX}), undecided=ALL_ASKED)
    assert next_step(heard) == Step.SHORT
    assert next_step(replace(heard, kept=True)) == Step.KEPT


@pytest.mark.parametrize("signed", [frozenset(), frozenset({Role.CLIENT}), frozenset({Role.THERAPIST})])
def test_one_signature_is_not_two(signed: frozenset[str]) -> None:
    ready = Progress(taken=frozenset(TAKEN_BY_BUTTON), frozen=True, signed=signed)
    assert next_step(ready) == Step.SIGN
    assert not may_open(Step.KEPT, ready)


def test_an_edit_after_freezing_leads_back_to_reading() -> None:
    assert next_step(Progress(taken=frozenset(TAKEN_BY_BUTTON), frozen=False)) == Step.READ


def test_the_page_of_hard_answers_needs_its_button_and_its_answers() -> None:
    before = Progress(taken=frozenset(TAKEN_BY_BUTTON) - {Step.HARD})
    assert next_step(before) == Step.HARD
    pressed = replace(before, taken=frozenset(TAKEN_BY_BUTTON), undecided=frozenset({AskedOn.HARD}))
    assert next_step(pressed) == Step.HARD


@pytest.mark.parametrize(("again", "alone", "after"), [(False, Step.TURN, Step.SEEN), (True, Step.SINCE, Step.WORKS)])
def test_no_page_after_those_that_each_has_alone_opens_before_every_partner_is_done(again, alone, after) -> None:
    progress = Progress(again=again, taken=frozenset(Step), turns_left=True)
    assert next_step(progress) is alone
    assert may_open(after, replace(progress, turns_left=False))
    later = journey(Outcome.TEXTING, again)[journey(Outcome.TEXTING, again).index(alone) + 1 :]
    assert [step for step in later if may_open(step, progress)] == []


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("client", ("turn", "since")),
        ("partner", ("turn partner", "since partner")),
        ("partner-2", ("turn partner-2", "since partner-2")),
        ("therapist", ("prepare", "since-therapist")),
    ],
)
def test_whose_page_is_done_is_written_down_under_a_name_of_its_own(key, names) -> None:
    assert (own_page(Step.TURN, key), own_page(Step.SINCE, key)) == names

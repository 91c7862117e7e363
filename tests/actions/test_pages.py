"""What happens when the two are done with a page: in order, once, all or nothing."""

import pytest

from agreements.actions import negotiation, pages
from agreements.actions.refusals import NotNow, Unreadable
from agreements.management.walk import LIMIT, ORIGIN, Script, choose
from agreements.models import AuditEvent, Draft, StepTaken, Term
from agreements.reads import room as rooms
from agreements.rules import topics
from agreements.rules.steps import Step
from agreements.rules.vocabulary import UNSURE, Answer, AskedOn, Outcome, Role, TermState
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def facts(draft: Draft) -> dict:
    return {"draft": draft, "by": draft.agreement.therapist, "now": NOW}


def turn(draft: Draft, **answers: Answer) -> None:
    for key, value in answers.items():
        negotiation.answer(
            term=draft.terms.get(clause__key=key), role=Role.CLIENT, value=value, seen_rev=0,
            by=draft.agreement.therapist, now=NOW,
        )  # fmt: skip


def decided(draft: Draft) -> set[str]:
    return set(Term.objects.filter(draft=draft, state=TermState.AGREED).values_list("clause__key", flat=True))


def test_no_page_is_taken_before_its_turn() -> None:
    draft = builders.a_draft(until=Step.START)
    for step in set(Step) - {Step.PREPARE, Step.START}:
        with pytest.raises(NotNow):
            pages.take(step=step, **facts(draft))
    assert list(StepTaken.objects.values_list("step", flat=True)) == [Step.PREPARE]


def test_taking_a_page_twice_is_once() -> None:
    draft = builders.a_draft(until=Step.START)
    for _ in range(2):
        pages.take(step=Step.START, **facts(draft))
    assert AuditEvent.objects.filter(kind="page start").count() == 1
    assert rooms.enter(draft.pk).next_step == Step.BOX


def test_the_turn_ends_when_each_question_has_an_answer() -> None:
    draft = builders.a_draft(until=Step.TURN)
    turn(draft, **{key: value for key, value in ORIGIN.items() if key != "away"})
    with pytest.raises(NotNow):
        pages.compare(**facts(draft))
    turn(draft, away=Answer((UNSURE,)))
    pages.compare(**facts(draft))
    assert rooms.enter(draft.pk).next_step == Step.SEEN


def test_h14_no_texting_among_the_uses_is_a_whole_answer() -> None:
    draft = builders.a_draft(until=Step.TURN)
    turn(draft, purpose=choose("no_texting"))
    pages.compare(**facts(draft))
    room = rooms.enter(draft.pk)
    assert (room.draft.outcome, room.next_step) == (Outcome.NO_TEXTING, Step.SHORT)


def test_what_both_chose_alike_is_decided_whatever_the_order_of_taps() -> None:
    draft = builders.a_draft(until=Step.TURN)
    turn(draft, **{**ORIGIN, "purpose": choose("still_there", "reach_out")})
    pages.compare(**facts(draft))
    pages.agree_where_same(**facts(draft))
    assert decided(draft) == {"privacy", "purpose", "window", "away", "look_again"}
    assert rooms.enter(draft.pk).next_step == Step.TALK


def test_not_sure_on_both_sides_is_not_alike() -> None:
    draft = builders.a_draft(until=Step.TURN, script=Script(therapist={**ORIGIN, "away": Answer((UNSURE,))}))
    turn(draft, **{**ORIGIN, "away": Answer((UNSURE,))})
    pages.compare(**facts(draft))
    pages.agree_where_same(**facts(draft))
    assert "away" not in decided(draft)


def test_one_tap_takes_how_we_text_and_none_of_the_five() -> None:
    draft = builders.a_draft(until=Step.HARD)
    before = decided(draft)
    pages.take_suggested(**facts(draft))
    room = rooms.enter(draft.pk)
    assert decided(draft) - before == {seen.key for seen in room.asked(AskedOn.HOW)}
    assert {seen.key for seen in room.terms if seen.clause.topic in topics.FIVE and not seen.decided} == {
        "limit", "too_much", "notice", "ending",
    }  # fmt: skip


def test_nothing_is_suggested_for_any_of_the_five() -> None:
    builders.a_practice()
    assert builders.an_edition().clauses.filter(topic__in=topics.FIVE).exclude(suggested=None).count() == 0


def test_the_hard_answers_are_kept_all_or_none() -> None:
    draft = builders.a_draft(until=Step.HARD)
    before = decided(draft)
    values = {**Script().hard, "limit": LIMIT}
    with pytest.raises(Unreadable):
        pages.decide_hard(values={**values, "ending": choose("someday")}, **facts(draft))
    assert (decided(draft), rooms.enter(draft.pk).next_step) == (before, Step.HARD)
    pages.decide_hard(values=values, **facts(draft))
    assert decided(draft) - before == {"limit", "too_much", "notice", "ending"}
    assert rooms.enter(draft.pk).next_step == Step.HOW

"""Whose turn it is: the way is chosen before it begins, one question is compared at a time, each changes their own."""

from __future__ import annotations

import pytest

from agreements.actions import negotiation, pages, positions
from agreements.actions.refusals import NotNow, Unreadable
from agreements.management.walk import ORIGIN, Script, choose
from agreements.models import AuditEvent, Draft, Position, StepTaken, Term
from agreements.reads import room as rooms
from agreements.rules.steps import FIRST_THREE, Step
from agreements.rules.vocabulary import UNSURE, Answer, Fit, Role, TermState
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Draft:
    return builders.a_draft(until=Step.TURN)


def facts(draft: Draft) -> dict:
    return {"by": draft.agreement.therapist, "now": NOW}


def term(draft: Draft, key: str) -> Term:
    return draft.terms.get(clause__key=key)


def answer(draft: Draft, key: str, value: Answer, *, seen: int = 0) -> None:
    negotiation.answer(term=term(draft, key), role=Role.CLIENT, value=value, seen_rev=seen, **facts(draft))


def compared() -> set[tuple[str, str]]:
    rows = Position.objects.filter(compared=True)
    return {*rows.values_list("term__clause__key", "party__role")}


def test_the_way_is_free_until_something_was_answered(draft: Draft) -> None:
    for together in (True, True, False, True):
        positions.choose_way(draft=draft, together=together, **facts(draft))
    assert list(AuditEvent.objects.filter(kind__startswith="way").order_by("sequence").values_list("kind", flat=True)) == [
        "way: together", "way: client first", "way: together",
    ]  # fmt: skip
    answer(draft, "often", choose("one_two"))
    positions.choose_way(draft=draft, together=True, **facts(draft))
    with pytest.raises(NotNow):
        positions.choose_way(draft=draft, together=False, **facts(draft))
    assert Draft.objects.get().together


def test_one_question_is_compared_and_no_other(draft: Draft) -> None:
    with pytest.raises(NotNow):
        positions.compare_one(term=term(draft, "often"), **facts(draft))
    assert compared() == set()
    answer(draft, "often", Answer((UNSURE,)))
    for _ in range(2):
        positions.compare_one(term=term(draft, "often"), **facts(draft))
    assert compared() == {("often", "client"), ("often", "therapist")}
    assert AuditEvent.objects.filter(kind="compared").count() == 1
    answer(draft, "often", choose("one_two"), seen=1)
    answer(draft, "window", choose("same_day"))
    assert AuditEvent.objects.filter(kind="position of client").count() == 1


def test_after_comparing_both_sides_are_logged_and_no_texting_compares_nothing(draft: Draft) -> None:
    answer(draft, "purpose", choose("no_texting"))
    pages.compare(draft=draft, **facts(draft))
    assert compared() == set()
    other = builders.a_draft(until=Step.SEEN, client=builders.a_client(name="Noor B.", called="Noor"))
    assert compared() == {(key, role) for key in ORIGIN for role in ("client", "therapist")}
    positions.change_own(term=term(other, "often"), value=choose("one_two"), reason="", **facts(other))
    assert AuditEvent.objects.filter(kind="position of therapist").count() == 1


def test_a_therapists_answer_that_is_none_and_a_reason_too_long_change_nothing() -> None:
    draft = builders.a_draft(until=Step.READ)
    before = list(Position.objects.order_by("pk").values_list("value", "reason", "rev"))
    for value, reason in ((choose("nothing"), ""), (choose("one_two"), "x" * 141), (choose("one_two"), "𓀀")):
        with pytest.raises(Unreadable):
            positions.change_own(term=term(draft, "often"), value=value, reason=reason, **facts(draft))
    assert list(Position.objects.order_by("pk").values_list("value", "reason", "rev")) == before


def test_nobody_changes_an_answer_or_says_it_fits_once_it_is_locked(quick_seal) -> None:
    draft = builders.a_sealed_document().version.draft
    before = AuditEvent.objects.count()
    attempts = [
        lambda: positions.choose_way(draft=draft, together=True, **facts(draft)),
        lambda: positions.compare_one(term=term(draft, "often"), **facts(draft)),
        lambda: positions.change_own(term=term(draft, "often"), value=choose("one_two"), reason="", **facts(draft)),
        lambda: positions.say_if_it_fits(
            term=term(draft, "misread"), of=Answer((), "x"), fits={Role.CLIENT: Fit.NOT}, **facts(draft)
        ),
        lambda: pages.first_three(draft=draft, **facts(draft)),
    ]
    for attempt in attempts:
        with pytest.raises(NotNow):
            attempt()
    assert AuditEvent.objects.count() == before


APART = Script(
    client={**ORIGIN, "often": choose("one_two")},
    therapist={
        **ORIGIN, "often": choose("most_days"), "window": choose("same_day"), "night": choose("eight_eight"),
        "away": choose("keepsake"), "look_again": choose("three_months"),
    },
    reasons={"night": "My children go to bed at nine."},
)  # fmt: skip


def test_the_first_three_and_a_later_change_of_mind_about_them() -> None:
    draft = builders.a_draft(until=Step.SEEN, script=APART)
    for _ in range(2):
        pages.first_three(draft=draft, **facts(draft))
    assert {*Term.objects.filter(state=TermState.OPEN).values_list("clause__key", flat=True)} == {"often", "night"}
    assert FIRST_THREE in rooms.enter(draft.pk).taken
    answer(draft, "often", choose("no_number"), seen=1)
    assert rooms.enter(draft.pk).next_step == Step.SEEN
    pages.agree_where_same(draft=draft, **facts(draft))
    assert FIRST_THREE not in rooms.enter(draft.pk).taken
    assert StepTaken.objects.filter(draft=draft, step=Step.SEEN).exists()


def test_without_many_differences_the_first_three_are_all() -> None:
    draft = builders.a_draft(until=Step.SEEN)
    pages.first_three(draft=draft, **facts(draft))
    assert not Term.objects.filter(state=TermState.OPEN).exists()
    assert FIRST_THREE not in rooms.enter(draft.pk).taken

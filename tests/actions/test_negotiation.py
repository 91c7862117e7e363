"""Each wants, the two decide: saved at once, a clash shows both values, an edit voids a signature."""

from uuid import uuid4

import pytest

from agreements.actions import negotiation, pages
from agreements.actions.refusals import NotNow, Stale, Unreadable
from agreements.management.walk import LIMIT, ORIGIN, choose
from agreements.models import AuditEvent, Draft, Position, StepTaken, Term
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.rules.vocabulary import UNSURE, Answer, Outcome, Role, TermState
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
NOT_SURE = Answer((UNSURE,))


@pytest.fixture
def draft() -> Draft:
    return builders.a_draft(until=Step.TURN)


def term(draft: Draft, key: str) -> Term:
    return Term.objects.get(draft=draft, clause__key=key)


def answer(draft: Draft, key: str, value: Answer, *, role: Role = Role.CLIENT, seen: int = 0, **more) -> Position:
    by = draft.agreement.therapist
    return negotiation.answer(term=term(draft, key), role=role, value=value, seen_rev=seen, by=by, now=NOW, **more)


def decide(draft: Draft, key: str, value: Answer, *, seen: int = 1, **more) -> Term:
    return negotiation.decide(
        term=term(draft, key), value=value, seen_rev=seen, by=draft.agreement.therapist, now=NOW, **more
    )


def test_a_tap_is_saved_and_only_as_the_position_of_who_tapped(draft: Draft) -> None:
    answer(draft, "often", choose("most_days"))
    seen = rooms.enter(draft.pk).by_key["often"]
    assert (seen.position(Role.CLIENT), seen.position(Role.THERAPIST)) == (choose("most_days"), choose("three_five"))
    assert not seen.decided


def test_a_clash_shows_what_is_saved_and_changes_nothing(draft: Draft) -> None:
    answer(draft, "often", choose("most_days"))
    answer(draft, "often", choose("one_two"), seen=1)
    with pytest.raises(Stale) as clash:
        answer(draft, "often", choose("no_number"), seen=1)
    assert (clash.value.saved.value, clash.value.saved.rev) == (choose("one_two").to_json(), 2)
    assert Position.objects.get(term=term(draft, "often"), party__role=Role.CLIENT).rev == 2


def test_the_same_answer_from_an_old_page_is_no_clash(draft: Draft) -> None:
    answer(draft, "often", choose("most_days"))
    assert answer(draft, "often", choose("most_days"), seen=0).rev == 1


def test_a_replayed_tap_changes_nothing_and_a_late_one_is_a_clash() -> None:
    draft, first, second = builders.a_draft(until=Step.TURN), uuid4(), uuid4()
    answer(draft, "often", choose("most_days"), form_key=first)
    for _ in range(2):
        assert answer(draft, "often", choose("one_two"), seen=1, form_key=second).rev == 2
    with pytest.raises(Stale) as clash:
        answer(draft, "often", choose("most_days"), form_key=first)
    assert clash.value.saved.value == choose("one_two").to_json()


def test_the_log_hears_of_the_answers_when_the_turn_is_over_and_not_before(draft: Draft) -> None:
    answer(draft, "often", choose("no_number"))
    assert not AuditEvent.objects.filter(kind__startswith="position").exists()
    compared = builders.a_draft(client=draft.agreement.client, until=Step.PREPARE)
    for key, value in ORIGIN.items():
        answer(compared, key, value, seen=1 if key == "often" else 0)
    pages.compare(draft=compared, by=draft.agreement.therapist, now=NOW)
    event = AuditEvent.objects.get(kind="page turn")
    assert event.details == {key: value.to_json() for key, value in ORIGIN.items()}
    answer(compared, "often", choose("one_two"), seen=2)
    assert AuditEvent.objects.filter(kind="position of client").count() == 1


def test_not_sure_yet_is_an_answer_and_never_a_decision(draft: Draft) -> None:
    assert answer(draft, "often", NOT_SURE).value == {"chosen": ["unsure"], "words": ""}
    with pytest.raises(Unreadable):
        decide(draft, "often", NOT_SURE)


NO_ANSWERS = [
    ("often", choose("every_minute")),
    ("often", choose("one_two", "most_days")),
    ("often", Answer()),
    ("purpose", Answer()),
    ("purpose", choose("no_texting", "reach_out")),
    ("limit", choose("clients")),
    ("limit", Answer((), "Twice a day.")),
    ("limit", choose("clients", words="   ")),
    ("limit", choose("clients", words="a" * 301)),
    ("limit", choose("clients", words="𓀀")),
    ("limit", NOT_SURE),
    ("night", choose("none", "ten_seven")),
]


def test_what_is_no_answer_to_the_question_is_not_decided(draft: Draft) -> None:
    before = draft.rev
    for key, value in NO_ANSWERS:
        with pytest.raises(Unreadable):
            decide(draft, key, value)
        assert (term(draft, key).state, Draft.objects.get().rev) == (TermState.UNDECIDED, before)


def test_the_longest_words_are_kept_whole(draft: Draft) -> None:
    words = "ä" * negotiation.WORDS_LIMIT
    assert decide(draft, "limit", choose("clients", words=words)).value == {"chosen": ["clients"], "words": words}


def test_an_unknown_option_is_no_position(draft: Draft) -> None:
    with pytest.raises(Unreadable):
        answer(draft, "often", choose("every_minute"))
    assert set(Position.objects.filter(party__role=Role.CLIENT).values_list("rev", flat=True)) == {0}


def test_a_decision_raises_both_revisions_once(draft: Draft) -> None:
    before = draft.rev
    for _ in range(2):
        settled = decide(draft, "often", choose("one_two"))
    assert (settled.state, settled.value, settled.rev) == (TermState.AGREED, choose("one_two").to_json(), 2)
    assert Draft.objects.get().rev == before + 1
    [event] = AuditEvent.objects.filter(kind="decided", subject=settled.pk)
    assert (event.details["clause"], event.details["after"]) == ("often", choose("one_two").to_json())


def test_a_decision_from_an_old_page_shows_the_one_that_stands(draft: Draft) -> None:
    decide(draft, "often", choose("one_two"))
    with pytest.raises(Stale) as clash:
        decide(draft, "often", choose("most_days"), seen=1)
    assert clash.value.saved.value == choose("one_two").to_json()


def test_a_changed_position_opens_its_decision_again() -> None:
    draft = builders.a_draft(until=Step.HARD)
    before, decided = draft.rev, term(draft, "window")
    answer(draft, "window", choose("two_days"), seen=1)
    opened = term(draft, "window")
    assert (decided.state, opened.state, opened.value) == (TermState.AGREED, TermState.UNDECIDED, None)
    assert (opened.rev, Draft.objects.get().rev) == (decided.rev + 1, before + 1)
    assert not StepTaken.objects.filter(draft=draft, step=Step.SEEN).exists()
    assert rooms.enter(draft.pk).next_step == Step.SEEN


def test_after_no_texting_was_kept_no_answer_is_taken(quick_seal) -> None:
    sealed = builders.a_sealed_document(script=builders.NO_TEXTING).version.draft
    with pytest.raises(NotNow, match="signed and locked"):
        answer(sealed, "often", choose("most_days"))
    assert set(Position.objects.values_list("rev", flat=True)) == {0}


@pytest.mark.parametrize(("role", "holds"), [(Role.CLIENT, "most_days"), (Role.THERAPIST, "three_five")])
def test_an_open_term_goes_by_ones_answer_until_the_look(draft: Draft, role: Role, holds: str) -> None:
    answer(draft, "often", choose("most_days"))
    left = negotiation.leave_open(
        term=term(draft, "often"), interim_of=role, seen_rev=1, by=draft.agreement.therapist, now=NOW
    )
    assert (left.state, left.value, left.interim, left.interim_of) == (
        TermState.OPEN,
        None,
        choose(holds).to_json(),
        role,
    )


@pytest.mark.parametrize("given", [None, NOT_SURE])
def test_nothing_is_left_open_without_a_working_rule(draft: Draft, given: Answer | None) -> None:
    if given:
        answer(draft, "often", given)
    with pytest.raises(NotNow):
        negotiation.leave_open(
            term=term(draft, "often"), interim_of=Role.CLIENT, seen_rev=1, by=draft.agreement.therapist, now=NOW
        )
    assert term(draft, "often").state == TermState.UNDECIDED


def test_a_why_is_short_private_and_voids_nothing(draft: Draft) -> None:
    by, before = draft.agreement.therapist, draft.rev
    with pytest.raises(Unreadable):
        negotiation.say_why(term=term(draft, "often"), why="a" * 141, why_of=Role.CLIENT, by=by, now=NOW)
    said = negotiation.say_why(term=term(draft, "often"), why="a" * 140, why_of=Role.CLIENT, by=by, now=NOW)
    assert (said.why, said.why_of, Draft.objects.get().rev) == ("a" * 140, Role.CLIENT, before)
    cleared = negotiation.say_why(term=said, why="", why_of=Role.CLIENT, by=by, now=NOW)
    assert (cleared.why, cleared.why_of) == ("", "")


def test_deciding_on_no_texting_turns_to_the_short_journey(draft: Draft) -> None:
    decide(draft, "purpose", choose("no_texting"))
    assert Draft.objects.get().outcome == Outcome.NO_TEXTING


def test_turning_back_to_texting_asks_again_what_for(draft: Draft) -> None:
    decide(draft, "purpose", choose("no_texting"))
    negotiation.head_for(draft=draft, outcome=Outcome.TEXTING, by=draft.agreement.therapist, now=NOW)
    assert term(draft, "purpose").state == TermState.UNDECIDED
    assert Draft.objects.get().outcome == Outcome.TEXTING


def test_h21_what_is_sealed_takes_no_answer_no_decision_no_why_and_no_other_outcome(quick_seal) -> None:
    sealed = builders.a_sealed_document().version.draft
    before = (Draft.objects.values().get(), list(Term.objects.order_by("pk").values()))
    by = sealed.agreement.therapist
    attempts = [
        lambda: answer(sealed, "often", choose("no_number"), seen=1),
        lambda: decide(sealed, "often", choose("no_number"), seen=2),
        lambda: negotiation.leave_open(term=term(sealed, "often"), interim_of=Role.CLIENT, seen_rev=2, by=by, now=NOW),
        lambda: negotiation.say_why(term=term(sealed, "often"), why="x", why_of=Role.CLIENT, by=by, now=NOW),
        lambda: negotiation.head_for(draft=sealed, outcome=Outcome.NOT_FOR_NOW, by=by, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(NotNow, match="signed and locked"):
            attempt()
    assert (Draft.objects.values().get(), list(Term.objects.order_by("pk").values())) == before


def test_the_limit_is_decided_in_the_therapists_own_words(draft: Draft) -> None:
    assert decide(draft, "limit", LIMIT).value == LIMIT.to_json()

"""Each says how it went, once; a round begins with what was signed; the look and the day are kept, once."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest

from agreements.actions import chains, drafting, endings, looking_back, negotiation, reviews, sealing
from agreements.actions.refusals import NotNow, Unreadable, Unsafe
from agreements.management import walk, walk_again
from agreements.models import AuditEvent, Draft, Look, OpenlyAsked, Position, Review, StepTaken, Term, Verdict, Version
from agreements.reads import home
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role, TermState, Works
from tests import builders, editions

pytestmark = pytest.mark.django_db

LATER = builders.NOW + timedelta(days=30)
OPENLY = {"texting": "right", "hurt": "no"}
OTHER_DAY = "the day of a look back is not the one that was agreed"
FINE = {"texting": "fine", "hurt": "no"}


@pytest.fixture
def signed(quick_seal) -> Draft:
    """The round of a sealed version with one open term."""
    script = walk.Script(decisions={"often": "open:therapist", "night": "nine_eight"})
    return builders.a_sealed_document(script=script).version.draft


def begin(signed: Draft) -> Draft:
    return walk_again.begin(signed.agreement.client, now=LATER)


def until(step: Step, signed: Draft, script: walk_again.Script | None = None) -> Draft:
    return walk_again.walk_again(begin(signed), now=LATER, until=step, script=script)


def say(draft: Draft, who: str = Role.CLIENT, **facts: object) -> list[str]:
    said = {"verdicts": {}, "openly": OPENLY, "rest_works": True, "by": draft.agreement.therapist, "now": LATER}
    return looking_back.say(draft=draft, who=who, **{**said, **facts})


def decided(draft: Draft) -> dict[str, tuple]:
    terms = draft.terms.select_related("clause").order_by("clause__order")
    return {each.clause.key: (each.state, each.value, each.interim, each.interim_of) for each in terms}


def test_a_round_begins_with_what_was_signed_and_nobodys_positions(signed) -> None:
    draft = begin(signed)
    assert draft.review == signed.versions.get().review
    assert decided(draft) == decided(signed)
    assert (draft.channel, draft.text_number) == (signed.channel, signed.text_number)
    assert not Position.objects.filter(term__draft=draft).exists()
    assert begin(signed) == draft


def test_what_the_new_edition_no_longer_has_or_asks_anew_is_undecided(signed) -> None:
    file = editions.with_clauses(editions.clause("emoji", "choose", "how"))
    night = next(clause for clause in file["clauses"] if clause["key"] == "night")
    night["options"] = [each for each in night["options"] if each["key"] != "nine_eight"]
    edition = editions.published(file, now=LATER)
    by = signed.agreement.therapist
    draft = reviews.look_again(client=signed.agreement.client, edition=edition, by=by, now=LATER)
    before, after = decided(signed), decided(draft)
    open_again = {key for key, (state, *_rest) in after.items() if state == TermState.UNDECIDED}
    assert open_again == {"night", "emoji"}
    assert {key: after[key] for key in after.keys() - open_again} == {
        key: before[key] for key in before.keys() - {"night"}
    }


def test_without_a_day_to_look_again_an_ordinary_round_begins(quick_seal) -> None:
    client = builders.a_sealed_document(script=builders.NO_TEXTING).agreement.client
    facts = {"edition": builders.an_edition(), "by": client.therapist, "now": LATER}
    assert reviews.look_again(client=client, reason="hurt", **facts).review is None
    assert AuditEvent.objects.filter(kind="agreement started").latest("sequence").details.keys() == {"row"}


def test_what_one_said_stays_out_of_the_log_until_both_have(signed) -> None:
    draft = until(Step.SINCE, signed)
    assert say(draft, verdicts={"often": Works.NOT}) == [each for each in decided(draft) if each != "often"]
    assert [event.details for event in AuditEvent.objects.filter(subject=draft.pk, kind="page since")] == [{}]
    assert not AuditEvent.objects.filter(kind="looked back").exists()
    say(draft, Role.THERAPIST, openly=FINE)
    event = AuditEvent.objects.get(kind="looked back")
    assert (event.details["client"]["often"], event.details["therapist"]["often"]) == ("not_working", "working")
    assert [event.details[who]["our texting"] for who in ("client", "therapist")] == ["right", "fine"]
    assert "hurt" not in json.dumps(event.details)


def test_the_button_fills_in_only_what_has_no_answer(signed) -> None:
    draft = until(Step.SINCE, signed)
    given = {"often": Works.NOT, "night": Works.UNUSED}
    looking_back.keep(draft=draft, who=Role.CLIENT, verdicts=given, openly={}, by=draft.agreement.therapist, now=LATER)
    say(draft, verdicts={"window": Works.WORKING})
    said = {each.term.clause.key: (each.says, each.filled) for each in Verdict.objects.select_related("term__clause")}
    assert {key: said.pop(key) for key in ("often", "night", "window")} == {
        "often": ("not_working", False), "night": ("not_used", False), "window": ("working", False),
    }  # fmt: skip
    assert set(said.values()) == {("working", True)}


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"rest_works": False}, NotNow),
        ({"openly": {"texting": "right"}}, NotNow),
        ({"openly": {}}, NotNow),
        ({"verdicts": {"nothing": Works.NOT}}, Unreadable),
        ({"openly": {**OPENLY, "texting": "fine"}}, Unreadable),
        ({"openly": {**OPENLY, "hurt": "perhaps"}}, Unreadable),
        ({"openly": {**OPENLY, "missing": "x" * 301}}, Unreadable),
        ({"openly": {**OPENLY, "more": "x"}}, Unreadable),
    ],
)
def test_what_is_no_whole_answer_changes_nothing(signed, facts, error) -> None:
    draft = until(Step.SINCE, signed)
    with pytest.raises(error):
        say(draft, **facts)
    assert (Verdict.objects.count(), OpenlyAsked.objects.count()) == (0, 0)
    assert not StepTaken.objects.filter(draft=draft, step=Step.SINCE).exists()


def test_the_same_post_twice_is_once(signed) -> None:
    draft, key = until(Step.SINCE, signed), uuid4()
    assert say(draft, form_key=key)
    assert say(draft, form_key=key, verdicts={"often": Works.NOT}) == []
    assert {each.says for each in Verdict.objects.all()} == {"working"}


def test_nobody_says_how_it_went_in_a_first_round(quick_seal) -> None:
    with pytest.raises(NotNow, match="decide for the first time"):
        say(builders.a_draft(until=Step.TURN))


def test_only_what_is_questioned_and_open_is_open_again_and_what_is_settled_stays(signed) -> None:
    draft = until(Step.AGAIN, signed, walk_again.Script(client={"night": Works.NOT}))
    states = {key: state for key, (state, *_rest) in decided(draft).items()}
    assert {key for key, state in states.items() if state == TermState.UNDECIDED} == {"night", "often"}
    walk_again.walk_again(draft, now=LATER, until=Step.CHANGES, script=walk_again.Script(decisions={"night": "keep"}))
    say(draft, verdicts={"window": Works.NOT})
    looking_back.talk_again(draft=draft, by=draft.agreement.therapist, now=LATER)
    states = {key: state for key, (state, *_rest) in decided(draft).items()}
    assert {key for key, state in states.items() if state == TermState.UNDECIDED} == {"window"}


def test_left_open_again_is_no_change_and_nobody_signs(signed) -> None:
    draft = until(Step.CHANGES, signed)
    term = Term.objects.get(draft=draft, clause__key="often")
    assert (term.state, term.interim["chosen"]) == (TermState.OPEN, ["three_five"])
    with pytest.raises(NotNow, match="Nothing changed"):
        sealing.freeze(draft=draft, by=draft.agreement.therapist, now=LATER)
    assert Version.objects.count() == 1


def agree(draft: Draft, who: str) -> Look | None:
    return reviews.agree_to_keep(draft=draft, who=who, by=draft.agreement.therapist, now=LATER)


def test_a_look_is_kept_once_both_agreed_and_asked_again_it_is_the_same(signed) -> None:
    draft = until(Step.CHANGES, signed)
    assert agree(draft, Role.CLIENT) is agree(draft, Role.CLIENT) is None
    look = agree(draft, Role.THERAPIST)
    assert look == agree(draft, Role.THERAPIST) == Look.objects.get()
    assert (look.held_on, look.next_on) == (date(2026, 12, 23), date(2027, 3, 23))
    review = Review.objects.get()
    assert (review.due_on, review.sequence) == (look.next_on, 1)
    assert OTHER_DAY not in {fault.what for fault in chains.faults()}
    Review.objects.update(due_on=signed.versions.get().review_on)
    assert OTHER_DAY in {fault.what for fault in chains.faults()}
    Review.objects.update(due_on=look.next_on)
    seen = home.one(draft.agreement.client, LATER)
    assert (seen.draft, seen.standing.time_to_look, seen.due_on) == (None, False, look.next_on)
    assert begin(signed) != draft


def test_who_agreed_agreed_to_what_stood_there_then(signed) -> None:
    draft = until(Step.CHANGES, signed)
    agree(draft, Role.CLIENT)
    Draft.objects.filter(pk=draft.pk).update(rev=draft.rev + 1)
    assert agree(draft, Role.THERAPIST) is None
    assert not Look.objects.exists()


def test_what_changes_is_signed_and_not_agreed_to(signed) -> None:
    draft = until(Step.CHANGES, signed, walk_again.TWO_CHANGES)
    with pytest.raises(NotNow, match="Something changes"):
        agree(draft, Role.CLIENT)
    with pytest.raises(NotNow, match="Earlier pages"):
        agree(builders.a_draft(until=Step.READ, client=builders.a_client(name="Noor")), Role.CLIENT)


def test_after_no_longer_the_signed_limit_neither_stays_nor_goes_on_a_new_paper_until_it_is_eased(signed) -> None:
    said = {**walk_again.Script().openly, Role.THERAPIST: {"texting": "strain", "hurt": "no"}}
    draft = until(Step.CHANGES, signed, walk_again.Script(openly=said, decisions={"limit": "keep"}))
    by = draft.agreement.therapist
    with pytest.raises(NotNow, match="no longer without strain"):
        agree(draft, Role.CLIENT)
    drafting.change_channel(draft=draft, channel=draft.channel, text_number="555 010 0199", by=by, now=LATER)
    with pytest.raises(Unsafe) as refused:
        sealing.freeze(draft=draft, by=by, now=LATER)
    assert [(each.rule, each.where) for each in refused.value.findings] == [("FIVE", "limit")]
    often = Term.objects.get(draft=draft, clause__key="often")
    negotiation.decide(term=often, value=walk.choose("one_two"), seen_rev=often.rev, by=by, now=LATER)
    assert sealing.freeze(draft=draft, by=by, now=LATER).number == 2


def move(draft: Draft, due_on: date, **facts: object) -> Review:
    return reviews.move(draft=draft, due_on=due_on, by=draft.agreement.therapist, now=LATER, **facts)


def test_the_day_is_moved_once_and_the_round_in_which_nothing_was_said_is_laid_down(signed) -> None:
    draft, key, day = until(Step.SINCE, signed), uuid4(), date(2027, 1, 20)
    first, second = (move(draft, day, form_key=key) for _ in range(2))
    assert (first.due_on, second.sequence) == (day, 1)
    assert AuditEvent.objects.filter(kind="review moved").count() == 1
    assert OTHER_DAY not in {fault.what for fault in chains.faults()}
    draft.refresh_from_db()
    assert draft.set_aside_at == LATER


def test_a_round_in_which_something_was_said_waits(signed) -> None:
    draft = until(Step.SINCE_THERAPIST, signed)
    move(draft, date(2027, 1, 20))
    draft.refresh_from_db()
    assert (draft.set_aside_at, begin(signed)) == (None, draft)


@pytest.mark.parametrize("day", [date(2026, 12, 23), date(2026, 11, 1), date(2027, 12, 24)])
def test_the_day_is_moved_to_one_that_comes_and_not_for_more_than_a_year(signed, day) -> None:
    draft = begin(signed)
    before = Review.objects.get().due_on
    with pytest.raises(Unreadable, match="within the next twelve months"):
        move(draft, day)
    assert Review.objects.get().due_on == before
    assert move(draft, date(2027, 12, 23)).due_on == date(2027, 12, 23)


def test_there_is_no_day_to_move_in_a_first_round(quick_seal) -> None:
    with pytest.raises(NotNow, match="no day to move"):
        move(builders.a_draft(until=Step.START), date(2027, 1, 20))


def test_after_an_ending_nobody_looks_again(signed) -> None:
    endings.stop(
        agreement=signed.agreement, by_role=Role.CLIENT, effective_on=LATER.date(), by=signed.agreement.therapist,
        now=LATER,
    )  # fmt: skip
    assert begin(signed).review is None


def test_a_changed_mind_after_signing_is_not_taken(signed) -> None:
    draft = walk_again.walk_again(begin(signed), now=LATER, script=walk_again.TWO_CHANGES)
    assert rooms.enter(draft.pk).next_step is Step.KEPT
    with pytest.raises(NotNow, match="signed and locked"):
        say(draft)

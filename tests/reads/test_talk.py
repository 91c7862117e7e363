"""What the two see of each other: nothing before its page, then every difference, the smallest step first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.actions import negotiation
from agreements.management.walk import ORIGIN, Script, choose
from agreements.models import Position
from agreements.reads import paper, talk, turn, usual
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.rules.vocabulary import UNSURE, Answer, AskedOn, Role
from tests import builders

pytestmark = pytest.mark.django_db
NOT_SURE = Answer((UNSURE,))
APART = Script(
    client={**ORIGIN, "often": choose("no_number"), "look_again": choose("two_weeks"), "away": NOT_SURE},
    therapist={**ORIGIN, "often": choose("one_two"), "night": choose("nine_eight")},
    reasons={"often": "I want to read each one well.", "window": "unused"},
)


@pytest.fixture
def apart() -> rooms.Room:
    """Three differences of unlike size and one question nobody is sure of."""
    return rooms.enter(builders.a_draft(until=Step.TALK, script=APART).pk)


def keys(found) -> list[str]:
    return [seen.key for seen in found]


def test_the_clients_turn_never_reads_the_therapists_positions() -> None:
    draft = builders.a_draft(until=Step.SEEN)
    theirs = set(Position.objects.filter(party__role=Role.THERAPIST).values_list("pk", flat=True))
    room = rooms.enter(draft.pk, positions_of=(Role.CLIENT,))
    read = {position.pk for seen in room.terms for position in seen.positions.values()}
    assert (read & theirs, {role for seen in room.terms for role in seen.positions}) == (set(), {Role.CLIENT})
    assert theirs


def test_a_room_is_read_in_the_same_number_of_questions_at_any_time() -> None:
    counts = set()
    for until in (Step.TURN, Step.HOW):
        draft = builders.a_draft(until=until)
        with CaptureQueriesContext(connection) as asked:
            rooms.enter(draft.pk)
        counts.add(len(asked))
    assert len(counts) == 1


def test_every_question_of_the_turn_stands_in_one_of_three_groups(apart: rooms.Room) -> None:
    seen = talk.overview(apart)
    assert {name: keys(getattr(seen, name)) for name in ("same", "different", "unsure")} == {
        "same": ["purpose", "window"],
        "different": ["often", "night", "look_again"],
        "unsure": ["away"],
    }


def test_the_smallest_difference_is_talked_about_first_and_not_sure_last(apart: rooms.Room) -> None:
    order = keys(talk.to_talk_about(apart))
    assert set(order) == {"often", "night", "look_again", "away"}
    assert order[-2:] == ["often", "away"]


def test_each_difference_knows_its_place_among_all(apart: rooms.Room) -> None:
    order = keys(talk.to_talk_about(apart))[:3]
    assert [talk.place(apart, apart.by_key[key]) for key in order] == [(1, 3), (2, 3), (3, 3)]
    assert talk.place(apart, apart.by_key["away"]) is None


def test_what_was_chosen_before_says_so_on_its_button_or_in_words(apart: rooms.Room) -> None:
    facts = {"by": apart.draft.agreement.therapist, "now": builders.NOW}
    often, night = (apart.by_key[key] for key in ("often", "night"))
    negotiation.decide(term=often.term, value=choose("no_number"), seen_rev=often.term.rev, **facts)
    negotiation.leave_open(term=night.term, interim_of=Role.CLIENT, seen_rev=night.term.rev, **facts)
    room = rooms.enter(apart.draft.pk)
    found = [talk.difference(room, room.by_key[key]) for key in ("often", "night", "look_again")]
    stands = [[button.value for button in (*each.decisions, *each.leaving_open) if button.stands] for each in found]
    assert stands == [["no_number"], ["open:client"], []]
    purpose = room.by_key["purpose"]
    negotiation.decide(term=purpose.term, value=choose("skill", "times"), seen_rev=purpose.term.rev, **facts)
    again = rooms.enter(apart.draft.pk)
    assert talk.difference(again, again.by_key["purpose"]).decided == "Help with a skill, Times and dates"


def test_what_is_decided_comes_before_what_is_not_whatever_the_steps(apart: rooms.Room) -> None:
    facts = {"by": apart.draft.agreement.therapist, "now": builders.NOW}
    last = apart.by_key[keys(talk.to_talk_about(apart))[2]]
    negotiation.decide(term=last.term, value=last.position(Role.THERAPIST), seen_rev=last.term.rev, **facts)
    room = rooms.enter(apart.draft.pk)
    assert [talk.place(room, seen) for seen in talk.to_talk_about(room)[:2]] == [(2, 3), (3, 3)]


def test_every_answer_to_a_question_of_many_has_its_line() -> None:
    script = Script(therapist={**ORIGIN, "purpose": choose("note")})
    room = rooms.enter(builders.a_draft(until=Step.TALK, script=script).pk)
    page = talk.difference(room, room.by_key["purpose"])
    assert [button.line for button in page.decisions if not button.line] == []


def test_the_reason_stands_beside_the_stricter_position_only(apart: rooms.Room) -> None:
    page = talk.difference(apart, apart.by_key["often"])
    assert [(side.who, side.reason) for side in page.sides] == [
        ("Maya", ""),
        ("Dr Lee", "I want to read each one well."),
    ]


def test_a_difference_offers_each_answer_and_leaving_it_open(apart: rooms.Room) -> None:
    page = talk.difference(apart, apart.by_key["often"])
    assert {"no_number", "one_two"} <= {button.value for button in page.decisions}
    assert [button.value for button in page.leaving_open] == ["open:client", "open:therapist"]


def test_not_sure_yet_is_shown_as_such_and_cannot_hold_meanwhile(apart: rooms.Room) -> None:
    page = talk.difference(apart, apart.by_key["away"])
    assert page.sides[0].words == "Not sure yet"
    assert "open:client" not in {button.value for button in page.leaving_open}


def test_what_is_read_through_is_what_will_be_printed() -> None:
    script = Script(decisions={"often": "open:client", "night": "nine_eight"})
    room = rooms.enter(builders.a_draft(until=Step.READ, script=script).pk)
    read = {row.key: (row.words, row.left_open) for row in talk.reading_rows(room)}
    day = paper.review_on(room, builders.NOW.date(), None)
    printed = [paper.term_record(room, seen, day) for seen in room.terms]
    assert read == {row.key: (row.interim.words, True) if row.interim else (row.words, False) for row in printed}
    assert [key for key, (_, left_open) in read.items() if left_open] == ["often"]


def test_the_therapists_usual_questions_are_those_of_the_turn_without_the_limit() -> None:
    builders.a_practice()
    assert keys(usual.questions(builders.an_edition())) == list(ORIGIN)


def test_a_question_is_found_for_its_own_therapist_only() -> None:
    draft = builders.a_draft(until=Step.TURN)
    own, other = draft.agreement.therapist, builders.a_therapist("other")
    found = {
        (key, who.username): turn.term_for(draft.pk, key, asked=AskedOn.TURN, therapist=who)
        for key in ("often", "limit")
        for who in (own, other)
    }
    assert {place for place, term in found.items() if term} == {("often", "lee")}

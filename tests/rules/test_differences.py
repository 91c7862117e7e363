"""Two answers beside each other: same, not the same yet, or unsure; and what the two may then decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import differences, strictness
from agreements.rules.differences import Choice, Different, Names, Question, Same, Unsure
from agreements.rules.topics import Away, Frequency, Meaning, Notice, Purpose, QuietHours, ReplyWindow
from agreements.rules.vocabulary import UNSURE, Answer, ClauseKind, Role
from tests.rules.edition import CLAUSES, meaning, options, question

NAMES = Names("Maya", "Dr Lee")
CLIENT, THERAPIST, BOTH = (Role.CLIENT,), (Role.THERAPIST,), (Role.CLIENT, Role.THERAPIST)


def answer(*chosen: str, words: str = "") -> Answer:
    return Answer(chosen, words)


def test_the_same_choice_is_the_same_in_any_order() -> None:
    first, second = answer("note", "times"), answer("times", "note")
    assert differences.compare(question("purpose"), first, second, NAMES) == Same(first)


@pytest.mark.parametrize(
    ("key", "client", "therapist", "expected"),
    [
        ("often", "three_five", "one_two", Different("You are one step apart.", 1)),
        ("often", "no_number", "one_two", Different("You are three steps apart.", 3)),
        ("look_again", "two_weeks", "three_months", Different("You are two steps apart.", 2)),
        ("late", "nudge", "call", Different("You chose different things.", 1)),
        ("night", "ten_seven", "nine_eight", Different(
            "You both have 10 pm to 7 am. Dr Lee also has 9 pm to 10 pm and 7 am to 8 am.", 1)),
        ("night", "eight_eight", "nine_eight", Different("You both have 9 pm to 8 am. Maya also has 8 pm to 9 pm.", 1)),
        ("night", "none", "nine_eight", Different("Maya has no quiet hours. Dr Lee has 9 pm to 8 am.", 2)),
    ],
)  # fmt: skip
def test_one_plain_sentence(key: str, client: str, therapist: str, expected: Different) -> None:
    assert differences.compare(question(key), answer(client), answer(therapist), NAMES) == expected


def test_several_choices_are_shared_or_of_one_only() -> None:
    client, therapist = answer("still_there", "note"), answer("times", "note")
    assert differences.compare(question("purpose"), client, therapist, NAMES) == Different(
        "Both: A note for session. Only Maya: “Are you still there?”. Only Dr Lee: Times and dates.", 2
    )
    assert differences.compare(question("purpose"), answer("note"), therapist, NAMES) == Different(
        "Both: A note for session. Only Dr Lee: Times and dates.", 1
    )


def test_words_that_differ_are_not_the_same_yet() -> None:
    pair = answer(words="We ask."), answer(words="We talk.")
    assert differences.compare(question("misread"), *pair, NAMES) == Different(
        "Maya added: “ask”. Dr Lee added: “talk”.", 1
    )
    assert differences.compare(question("misread"), pair[0], answer(words=" We ask. "), NAMES) == Same(pair[0])


@pytest.mark.parametrize(
    ("client", "therapist", "expected"),
    [
        (answer(UNSURE), answer("next_day"), Unsure(
            CLIENT, "Maya is not sure yet. Dr Lee suggests: The next working day.")),
        (answer("next_day"), answer(), Unsure(THERAPIST, "Dr Lee has not said yet. Maya suggests: The next working day.")),
        (answer(UNSURE), answer(UNSURE), Unsure(BOTH, "Open for both of you.")),
    ],
)  # fmt: skip
def test_not_sure_is_no_difference(client: Answer, therapist: Answer, expected: Unsure) -> None:
    assert differences.compare(question("window"), client, therapist, NAMES) == expected


def test_hours_that_do_not_meet_or_only_send_later() -> None:
    def hours(start: str, end: str, send_after: str) -> differences.Option:
        facts = {"start": start, "end": end, "send_after": send_after}
        return differences.Option(start + end + send_after, "", facts)

    listed = (hours("21:30", "00:00", "08:00"), hours("00:00", "08:00", "08:00"), hours("00:00", "08:00", "09:00"))
    night = Question("night", ClauseKind.HOURS, listed)
    first, second, third = (answer(option.key) for option in listed)
    assert differences.compare(night, first, second, NAMES) == Different(
        "Maya has 9:30 pm to 12 am. Dr Lee has 12 am to 8 am.", 1
    )
    assert differences.compare(night, second, third, NAMES) == Different(
        "You both have 12 am to 8 am. You send at different times after.", 1
    )


def test_fewest_steps_are_talked_about_first() -> None:
    assert differences.order_of_talking({"often": 2, "window": 1, "night": 3, "away": 1}) == (
        "window", "away", "often", "night",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("client", "therapist", "who"),
    [
        (Frequency(3, 5), Frequency(1, 2), Role.THERAPIST),
        (Frequency(1, 2), Frequency(None, None), Role.CLIENT),
        (Frequency(None, None), Frequency(None, None), None),
        (ReplyWindow(0, 1, True), ReplyWindow(1, 2, False), Role.THERAPIST),
        (ReplyWindow(None, 7, True), ReplyWindow(2, 3, False), Role.CLIENT),
        (ReplyWindow(1, 2, False), ReplyWindow(1, 3, False), Role.THERAPIST),
        (meaning("night", "ten_seven"), meaning("night", "nine_eight"), Role.THERAPIST),
        (meaning("night", "ten_seven"), QuietHours(None, None, None), Role.CLIENT),
        (Away("none", "card", 2), Away("slower", "none", 2), Role.CLIENT),
        (Away("none", "card", 2), Away("none", "keepsake", 2), None),
        (Purpose(("times", "note")), Purpose(("times",)), Role.THERAPIST),
        (Purpose(("times", "note")), Purpose(("skill",)), None),
        (Purpose(("reach_out", "skill")), Purpose(("times",)), Role.THERAPIST),
        (Purpose(("times",)), Purpose(("note",)), Role.CLIENT),
        (Purpose(("no_texting",)), Purpose(("times",)), Role.CLIENT),
        (Purpose(("no_texting",)), Purpose(("skill",)), Role.CLIENT),
        (Notice(2), Notice(8), None),
        (Frequency(1, 2), Notice(8), None),
    ],
)
def test_the_stricter_position(client: Meaning, therapist: Meaning, who: Role | None) -> None:
    assert strictness.stricter(client, therapist) == who


def test_a_position_may_be_stricter_where_another_answer_leaves_more_room() -> None:
    found = {key: [may(key, option) for option in options(key)] for key in ("often", "away", "purpose")}
    assert found == {
        "often": [True, True, True, False],
        "away": [meaning("away", option).texting != "slower" for option in options("away")],  # type: ignore[attr-defined]
        "purpose": [option in ("times", "no_texting") for option in options("purpose")],
    }


def may(key: str, option: str) -> bool:
    others = [meaning(key, other) for other in options(key)]
    return strictness.may_be_stricter(meaning(key, option), others)


def test_what_stands_in_for_no_texts_is_no_step_apart() -> None:
    compared = differences.compare(question("away"), answer("card"), answer("keepsake"), NAMES)
    words = "For texts you want the same. What you hold on to is not the same yet."
    assert isinstance(compared, differences.Different)
    assert compared.sentence == words


def test_while_a_difference_is_open_the_stricter_answer_holds_or_the_therapists() -> None:
    held = {
        ("often", "one_two", "most_days"): Role.CLIENT,
        ("often", "most_days", "one_two"): Role.THERAPIST,
        ("look_again", "two_weeks", "three_months"): Role.THERAPIST,
        ("away", "card", "keepsake"): Role.THERAPIST,
    }
    assert {
        (key, one, other): differences.working_rule(question(key), answer(one), answer(other))
        for key, one, other in held
    } == held
    free = Question("", ClauseKind.CHOOSE, tuple(differences.Option(key, key, {}) for key in "ab"))
    assert differences.working_rule(free, answer("a"), answer("b")) == Role.THERAPIST


def test_one_difference_offers_both_positions_two_others_and_leaving_it_open() -> None:
    client, therapist = answer("no_number"), answer("one_two")
    assert differences.choices(question("often"), client, therapist) == (
        Choice(therapist, THERAPIST),
        Choice(answer("three_five")),
        Choice(answer("most_days")),
        Choice(client, CLIENT),
        Choice(client, CLIENT, until_review=True),
        Choice(therapist, THERAPIST, until_review=True),
    )


def test_several_choices_offer_what_is_shared_and_everything() -> None:
    client, therapist = answer("still_there", "note"), answer("note", "times")
    assert differences.choices(question("purpose"), client, therapist) == (
        Choice(answer("note")),
        Choice(client, CLIENT),
        Choice(therapist, THERAPIST),
        Choice(answer("still_there", "note", "times")),
        Choice(client, CLIENT, until_review=True),
        Choice(therapist, THERAPIST, until_review=True),
    )


def test_no_texting_is_never_mixed_with_a_use() -> None:
    client, therapist = answer("no_texting"), answer("times")
    assert differences.choices(question("purpose"), client, therapist) == (
        Choice(therapist, THERAPIST),
        Choice(client, CLIENT),
        Choice(client, CLIENT, until_review=True),
        Choice(therapist, THERAPIST, until_review=True),
    )


def test_one_unsure_is_offered_the_other_position_and_what_lies_near() -> None:
    therapist = answer("one_two")
    assert differences.choices(question("often"), answer(UNSURE), therapist) == (
        Choice(therapist, THERAPIST),
        Choice(answer("three_five")),
        Choice(answer("most_days")),
        Choice(answer("no_number")),
        Choice(therapist, THERAPIST, until_review=True),
    )


def test_one_unsure_of_several_is_offered_what_the_other_did_not_choose() -> None:
    therapist = answer("still_there", "skill")
    assert differences.choices(question("purpose"), answer(UNSURE), therapist) == (
        Choice(answer("reach_out")),
        Choice(answer("note")),
        Choice(answer("times")),
        Choice(therapist, THERAPIST),
        Choice(therapist, THERAPIST, until_review=True),
    )


def test_both_unsure_are_offered_every_option() -> None:
    found = differences.choices(question("look_again"), answer(UNSURE), answer())
    assert found == tuple(Choice(answer(key)) for key in ("two_weeks", "four_weeks", "three_months"))


def test_the_same_position_stands_once_and_belongs_to_both() -> None:
    found = differences.choices(question("late"), answer("call"), answer("call"))
    assert [choice for choice in found if choice.of] == [
        Choice(answer("call"), BOTH),
        Choice(answer("call"), BOTH, until_review=True),
    ]


def test_words_offer_the_two_texts() -> None:
    client, therapist = answer(words="We ask."), answer(words="We talk.")
    assert [choice.answer for choice in differences.choices(question("misread"), client, therapist)] == [
        client, therapist, client, therapist,
    ]  # fmt: skip


def test_a_clause_of_the_practice_s_own_needs_no_topic() -> None:
    own = Question("", ClauseKind.MANY, tuple(differences.Option(key, key, {}) for key in "abc"))
    assert [choice.answer for choice in differences.choices(own, answer("a"), answer("b"))[:3]] == [
        answer("a"), answer("b"), answer("a", "b"),
    ]  # fmt: skip


turn = st.sampled_from([key for key, clause in CLAUSES.items() if clause["asked"] == "turn" and key != "purpose"])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, Answer, Answer]:
    key = draw(turn)
    one = st.sampled_from([*options(key), UNSURE]).map(answer)
    return key, draw(one), draw(one)


@given(pairs())
def test_there_are_at_most_four_decisions_in_order_of_size(pair: tuple[str, Answer, Answer]) -> None:
    key, client, therapist = pair
    found = differences.choices(question(key), client, therapist)
    decisions = [choice.answer.chosen[0] for choice in found if not choice.until_review]
    assert decisions == sorted(set(decisions), key=options(key).index)
    assert len(decisions) <= 4
    sure = {position.chosen for position in (client, therapist) if not position.unsure}
    assert {choice.answer.chosen for choice in found if choice.until_review} == sure
    assert sure <= {choice.answer.chosen for choice in found if not choice.until_review}


@given(pairs())
def test_steps_are_the_same_from_both_sides(pair: tuple[str, Answer, Answer]) -> None:
    key, client, therapist = pair
    if not client.unsure and not therapist.unsure:
        there = differences.steps_apart(question(key), client, therapist)
        assert there == differences.steps_apart(question(key), therapist, client)
        assert (there == 0) == (client == therapist)


@given(pairs())
def test_stricter_swaps_with_the_people(pair: tuple[str, Answer, Answer]) -> None:
    key, client, therapist = pair
    if not client.unsure and not therapist.unsure:
        mine, theirs = meaning(key, *client.chosen), meaning(key, *therapist.chosen)
        swapped = {Role.CLIENT: Role.THERAPIST, Role.THERAPIST: Role.CLIENT, None: None}
        assert strictness.stricter(theirs, mine) == swapped[strictness.stricter(mine, theirs)]

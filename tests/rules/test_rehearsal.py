"""What would happen if …: the eleven situations. Ordinary ones speak from the terms, danger only from the crisis box."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import rehearsal
from agreements.rules.moment import Around
from agreements.rules.rehearsal import Scene
from agreements.rules.situations import RehearsalTexts, Terms
from agreements.rules.topics import Meaning, Open, ReplyWindow
from tests.rules.edition import meaning, options, suggested
from tests.rules.rehearsed import (
    BOX,
    CLOCK,
    HERE,
    IF_DANGER,
    LATER,
    LONDON,
    NEW_YORK,
    SILENCE,
    SYDNEY,
    TERMS,
    TEXTS,
    TODAY,
    agreements,
)

SILENT_PHONE = "Dr Lee says now if the phone is silent at night."
Made = tuple[dict[str, Meaning | Open], RehearsalTexts]
NOBODY = RehearsalTexts("Maya", "Dr Lee")


def scenes(
    terms: Terms = TERMS, texts: RehearsalTexts = TEXTS, around: Around = HERE, today: date = TODAY
) -> dict[str, Scene]:
    return {one.key: one for one in rehearsal.scenes(terms, texts, BOX, around=around, today=today)}


def says(key: str, **changed: Meaning | Open) -> tuple[str, ...]:
    return scenes({**TERMS, **changed})[key].says


def test_the_eleven_situations_come_in_order() -> None:
    assert [(scene.title, scene.danger, "".join(scene.topics[:1])) for scene in scenes().values()] == [
        ("Good morning, on a Tuesday", False, "window"),
        ("No answer after the time we said", False, "late"),
        ("Saturday, 11 p.m., and upset", False, "window"),
        ("4 a.m., a long angry text", False, "night"),
        ("A text that hurt", False, "misread"),
        ("Suicidal at 2 a.m.", True, ""),
        ("About to act", True, ""),
        ("Already hurt myself", True, ""),
        ("Dr Lee’s vacation", False, "away"),
        ("Too much for one of us", False, "too_much"),
        ("Fine again on Wednesday", False, "extra"),
    ]


def test_o1_about_to_act_is_step_one_and_the_way_without_voice() -> None:
    assert says("about_to_act") == says("already_hurt") == (BOX[0], BOX[2])


def test_o2_suicidal_at_night_is_step_two_and_what_follows() -> None:
    assert says("suicidal") == (BOX[1], BOX[2], BOX[3])


def test_o3_an_answer_has_a_likely_day_and_later_is_not_less_caring() -> None:
    assert says("good_morning") == (
        "Most likely on Wednesday.",
        LATER,
        "After Thursday: you may send one more short text.",
    )
    assert says("no_answer") == (
        IF_DANGER,
        "After that: you may send one more short text.",
        SILENCE,
        "Later does not mean not caring.",
    )


def test_o7_a_text_that_hurt_is_asked_about() -> None:
    assert says("hurt") == (
        IF_DANGER,
        "We ask: “I read that as … Is that what you meant?” The sender says sorry first. Then we talk.",
        "Short texts are easy to misread. Ask before you decide what it meant.",
    )


def test_o8_at_four_in_the_morning_it_is_written_and_not_sent() -> None:
    assert says("four_am") == (
        IF_DANGER,
        "Write it. Send it after breakfast, or not at all, or bring it.",
        "If you do send it, nothing breaks: it counts as sent in the morning.",
        SILENT_PHONE,
    )
    assert says("four_am", window=meaning("window", "session"))[2] == (
        "If you do send it, nothing breaks: it can wait for session."
    )
    assert says("four_am", night=meaning("night", "none"))[2] == "If you do send it, nothing breaks."


def test_o9_while_away_there_is_no_text_and_a_card() -> None:
    assert says("vacation") == (
        IF_DANGER,
        "We do not text then, so that the break is real.",
        "A handwritten card, written before, is mailed half-way.",
    )


def test_o10_fine_again_needs_no_explaining() -> None:
    assert says("fine_again") == (
        "Good. You need not explain or say sorry.",
        "You may text “Fine again”, or tell it in session.",
        suggested("extra"),
    )


@pytest.mark.parametrize(
    ("window", "tuesday", "saturday"),
    [
        (ReplyWindow(0, 1, True), ("Tuesday", "Wednesday"), ("Sunday", "Monday")),
        (ReplyWindow(1, 2, False), ("Wednesday", "Thursday"), ("Monday", "Tuesday")),
        (ReplyWindow(2, 3, False), ("Thursday", "Friday"), ("Tuesday", "Wednesday")),
        (ReplyWindow(3, 4, False), ("Friday", "Monday"), ("Wednesday", "Thursday")),
        (
            ReplyWindow(5, 10, False),
            ("Tuesday of the week after", "Tuesday two or more weeks later"),
            ("Friday", "Friday of the week after"),
        ),
    ],
)
def test_days_count_as_the_window_says(
    window: ReplyWindow, tuesday: tuple[str, str], saturday: tuple[str, str]
) -> None:
    for key, (likely, outer) in (("good_morning", tuesday), ("saturday", saturday)):
        lines = says(key, window=window)
        assert [line for line in lines if line.startswith(("Most likely", "After"))] == [
            f"Most likely on {likely}.",
            f"After {outer}: you may send one more short text.",
        ]


def test_an_answer_in_session_has_no_day() -> None:
    session = meaning("window", "session")
    hope, step = "No answer comes by text. We talk about it in session.", "No session within a week: "
    assert says("good_morning", window=session) == (hope, f"{step}you may send one more short text.")
    assert says("no_answer", window=session, late=meaning("late", "call")) == (
        IF_DANGER,
        hope,
        f"{step}you may ask the office.",
        SILENCE,
    )
    assert says("good_morning", window=session, late=meaning("late", "session")) == (hope,)


@given(agreements(), st.sampled_from(options("late")))
def test_what_is_answered_in_session_is_not_later_and_is_said_once(made: Made, late: str) -> None:
    terms, texts = made
    found = scenes({**terms, "window": meaning("window", "session"), "late": meaning("late", late)}, texts)
    said = [
        " ".join(scene.says)
        for scene in found.values()
        if any(line.startswith("No answer comes by text.") for line in scene.says)
    ]
    assert [words for words in said if "may be later" in words or words.count("We talk about it in session") > 1] == []


@pytest.mark.parametrize(("hours", "quiet"), [("nine_eight", True), ("ten_seven", True), ("none", False)])
def test_saturday_night_minds_the_quiet_hours(hours: str, quiet: bool) -> None:
    lines = says("saturday", night=meaning("night", hours))
    assert (lines[0], lines[1].startswith("These are quiet hours. Write it, and send it after breakfast.")) == (
        IF_DANGER,
        quiet,
    )


def test_each_row_leads_to_its_own_term_first_and_to_the_others_that_speak() -> None:
    found = {key: scene.topics for key, scene in scenes().items()}
    assert (found["good_morning"], found["saturday"]) == (("window", "late"), ("window", "night", "late"))
    assert (found["no_answer"], found["too_much"]) == (("late", "silence"), ("too_much", "notice"))


def test_the_clocks_of_both_count_in_the_eleven_too() -> None:
    far = scenes(around=Around(LONDON, NEW_YORK))
    assert far["good_morning"].says[0] == (
        "These are quiet hours where Dr Lee is. Write it, and send it when they are over. "
        "If you do send it, nothing breaks: it counts as sent when they are over."
    )
    assert far["saturday"].says == (
        IF_DANGER,
        "Most likely on Monday.",
        LATER,
        "After Tuesday: you may send one more short text.",
        "Days count where Dr Lee is.",
    )
    assert far["four_am"].says[1] == "Write it. Send it when quiet hours are over, or not at all, or bring it."
    assert scenes(around=Around(SYDNEY, NEW_YORK))["good_morning"].says[0] == "Most likely on Tuesday."


@pytest.mark.parametrize(
    "only", [{"purpose": meaning("purpose", "times")}, {"privacy": meaning("privacy", "times_only")}]
)
def test_who_texts_about_times_and_dates_only_brings_the_rest_to_session(only: dict[str, Meaning]) -> None:
    found = {key: scene.says for key, scene in scenes({**TERMS, **only}).items()}
    assert found["saturday"] == (IF_DANGER, "We text about times and dates only. Bring it to session.")
    assert found["four_am"] == (
        IF_DANGER,
        "Write it, and bring it to session.",
        "If you do send it, nothing breaks: it counts as sent in the morning.",
        SILENT_PHONE,
    )
    assert found["fine_again"][1] == "You can tell it in session."
    assert {scenes({**TERMS, **only})[key].topics[0] for key in ("saturday", "four_am")} == set(only)


def test_an_open_term_goes_by_its_interim_and_says_so() -> None:
    lines = says("good_morning", window=Open(meaning("window", "two_days")))
    assert (lines[0], lines[-1]) == ("Most likely on Thursday.", "This holds for now. We look at it again.")


def test_what_is_not_agreed_yet_is_said_so() -> None:
    not_yet = (IF_DANGER, "We have not agreed this yet. We can talk about it in session.")
    assert {key for key, scene in scenes({}, NOBODY).items() if scene.says == not_yet} == {
        "good_morning", "no_answer", "saturday", "vacation", "too_much",
    }  # fmt: skip


def test_with_no_texting_ordinary_scenes_go_to_session() -> None:
    found = scenes({"purpose": meaning("purpose", "no_texting")})
    assert {one.says for one in found.values() if not one.danger} == {
        (IF_DANGER, "We chose not to text. Bring it to session.")
    }


@given(agreements())
def test_what_for_left_open_with_no_texting_until_then_is_no_choice_and_leads_to_what_for(made: Made) -> None:
    terms, texts = made
    none = {**terms, "purpose": Open(meaning("purpose", "no_texting"))}
    until = "We do not text so far. Bring it to session."
    found = {(one.says, one.topics) for one in scenes(none, texts).values() if not one.danger}
    assert found == {((IF_DANGER, until, "This holds for now. We look at it again."), ("purpose",))}
    assert rehearsal.before_text(none, texts)[0] == until
    assert not [line for line in rehearsal.before_text(none, texts) if "send" in line.lower()]


def test_a_box_without_its_four_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="four steps"):
        rehearsal.scenes(TERMS, TEXTS, BOX[:3], around=HERE, today=TODAY)


@given(agreements())
def test_danger_is_the_box_alone_whatever_the_terms(made: Made) -> None:
    found = {one.key: one.says for one in scenes(*made).values() if one.danger}
    acting = (BOX[0], BOX[2])
    assert found == {"suicidal": BOX[1:], "about_to_act": acting, "already_hurt": acting}


zones = st.timezones()


@given(agreements(), zones, zones, st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_every_scene_is_whole_and_without_a_clock_time(
    made: Made, client: ZoneInfo, practice: ZoneInfo, today: date
) -> None:
    found = scenes(*made, around=Around(client, practice), today=today)
    assert [*found] == [key for key, *_ in rehearsal.ELEVEN]
    lines = [line for one in found.values() for line in (*one.says, one.title)]
    assert [line for line in lines if not line.strip() or "%(" in line or "[[" in line] == []
    assert [key for key, one in found.items() if not one.says] == []
    assert [line for one in found.values() if not one.danger for line in one.says if CLOCK.search(line)] == []

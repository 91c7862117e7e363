"""What would happen if …: ordinary scenes speak from the terms, danger scenes only from the crisis box."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import rehearsal
from agreements.rules.rehearsal import RehearsalTexts, Scene
from agreements.rules.topics import Meaning, Open, ReplyWindow
from agreements.rules.vocabulary import ClauseKind
from tests.rules.edition import CLAUSES, meaning, options, says, suggested

BOX = ("1 · Danger now.", "2 · Suicidal, but not about to act.", "3 · You cannot speak.", "4 · You texted anyway?")
CLOCK = re.compile(r"\d{1,2}([:.]\d\d)?\s*([ap]\.?m\b|o.clock)|\d{1,2}[:.]\d\d", re.IGNORECASE)
DANGER = ("suicidal", "about_to_act", "already_hurt")
IF_DANGER = "If it turns into danger, use the crisis steps, at any hour."
LATER = "It may be later. Later does not mean not caring."
CHOICES: dict[str, tuple[str, ...]] = {
    "purpose": ("still_there", "note"),
    "often": ("no_number",),
    "window": ("next_day",),
    "night": ("nine_eight",),
    "away": ("card",),
    "look_again": ("four_weeks",),
    "limit": ("family",),
    "too_much": ("first_notice",),
    "notice": ("two_sessions",),
    "ending": ("taper",),
    "silence": ("sleep", "lost"),
    "late": ("nudge",),
    "asking": (),
    "misread": (),
    "extra": (),
    "privacy": ("times_only",),
}


def words_for(key: str) -> str:
    return suggested(key) if CLAUSES[key]["kind"] == ClauseKind.WORDS and key != "limit" else ""


TERMS: dict[str, Meaning | Open] = {key: meaning(key, *chosen, words=words_for(key)) for key, chosen in CHOICES.items()}
TEXTS = RehearsalTexts(
    client="Maya",
    therapist="Dr Lee",
    phone="(555) 010-0143",
    terms={key: says(key, *chosen, words=words_for(key)) for key, chosen in CHOICES.items()},
)


def scene(key: str, **changed: Meaning | Open) -> Scene:
    return next(scene for scene in rehearsal.scenes({**TERMS, **changed}, TEXTS, BOX) if scene.key == key)


def without(*topics: str) -> dict[str, Meaning | Open]:
    return {topic: value for topic, value in TERMS.items() if topic not in topics}


def test_the_eleven_situations_come_in_order() -> None:
    assert [(scene.title, scene.danger, scene.topic) for scene in rehearsal.scenes(TERMS, TEXTS, BOX)] == [
        ("Good morning, on a Tuesday", False, "window"),
        ("No answer after the time we said", False, "late"),
        ("Saturday, 11 p.m., and upset", False, "window"),
        ("4 a.m., a long angry text", False, "night"),
        ("A text that hurt", False, "misread"),
        ("Suicidal at 2 a.m.", True, None),
        ("About to act", True, None),
        ("Already hurt myself", True, None),
        ("Dr Lee’s vacation", False, "away"),
        ("Too much for one of us", False, "too_much"),
        ("Fine again on Wednesday", False, "extra"),
    ]


def test_o1_about_to_act_is_step_one_and_the_way_without_voice() -> None:
    assert scene("about_to_act").says == scene("already_hurt").says == (BOX[0], BOX[2])


def test_o2_suicidal_at_night_is_step_two_and_what_follows() -> None:
    assert scene("suicidal").says == (BOX[1], BOX[2], BOX[3])


def test_o3_an_answer_has_a_likely_day_and_later_is_not_less_caring() -> None:
    assert scene("good_morning").says == (
        "Most likely on Wednesday.",
        LATER,
        "After Thursday: you may send one more short text.",
    )
    assert scene("no_answer").says == (
        "It can take hours, for many reasons: sleep and lost texts. It is not a lack of care.",
        "After that: you may send one more short text.",
        "Later does not mean not caring.",
        IF_DANGER,
    )


def test_o7_a_text_that_hurt_is_asked_about() -> None:
    assert scene("hurt").says == (
        "We ask: “I read that as … Is that what you meant?” The sender says sorry first. Then we talk.",
        "Short texts are easy to misread. Ask before you decide what it meant.",
    )


def test_o8_at_four_in_the_morning_it_is_written_and_not_sent() -> None:
    assert scene("four_am").says == (
        "Write it. Send it after breakfast, or not at all, or bring it.",
        "If you do send it, nothing breaks.",
        IF_DANGER,
    )


def test_o9_while_away_there_is_no_text_and_a_card() -> None:
    assert scene("vacation").says == (
        "We do not text then, so that the break is real.",
        "A handwritten card, written before, is mailed half-way.",
        IF_DANGER,
    )


def test_o10_fine_again_needs_no_explaining() -> None:
    assert scene("fine_again").says == (
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
        lines = scene(key, window=window).says
        assert [line for line in lines if line.startswith(("Most likely", "After"))] == [
            f"Most likely on {likely}.",
            f"After {outer}: you may send one more short text.",
        ]


def test_an_answer_in_session_has_no_day() -> None:
    assert scene("good_morning", window=meaning("window", "session")).says == (
        "No answer comes by text. We talk about it in session.",
        LATER,
        "After a week: you may send one more short text.",
    )


@pytest.mark.parametrize(("hours", "quiet"), [("nine_eight", True), ("ten_seven", True), ("none", False)])
def test_saturday_night_minds_the_quiet_hours(hours: str, quiet: bool) -> None:
    lines = scene("saturday", night=meaning("night", hours)).says
    assert (lines[0].startswith("These are quiet hours."), lines[-1]) == (quiet, IF_DANGER)


def test_an_open_term_goes_by_its_interim_and_says_so() -> None:
    lines = scene("good_morning", window=Open(meaning("window", "two_days"))).says
    assert (lines[0], lines[-1]) == ("Most likely on Thursday.", "This holds for now. We look at it again.")


def test_what_is_not_agreed_yet_is_said_so() -> None:
    found = {one.key: one.says for one in rehearsal.scenes({}, RehearsalTexts("Maya", "Dr Lee"), BOX)}
    not_yet = ("We have not agreed this yet. We can talk about it in session.", IF_DANGER)
    assert {key for key, lines in found.items() if lines == not_yet} == {
        "good_morning", "no_answer", "saturday", "vacation", "too_much",
    }  # fmt: skip


def test_with_no_texting_ordinary_scenes_go_to_session() -> None:
    found = rehearsal.scenes({"purpose": meaning("purpose", "no_texting")}, TEXTS, BOX)
    assert {one.says for one in found if not one.danger} == {("We chose not to text. Bring it to session.", IF_DANGER)}


def test_a_box_without_its_four_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="four steps"):
        rehearsal.scenes(TERMS, TEXTS, BOX[:3])


kind_words = st.text(alphabet="abcdefg .", min_size=1, max_size=30).filter(str.strip)


@st.composite
def agreements(draw: st.DrawFn) -> tuple[dict[str, Meaning | Open], RehearsalTexts]:
    """Any terms that the starter edition can make, some absent, some open, with any free words."""
    terms: dict[str, Meaning | Open] = {}
    printed: dict[str, str] = {}
    for key, clause in CLAUSES.items():
        if draw(st.integers(0, 9)) == 0:
            continue
        chosen: tuple[str, ...] = ()
        if options(key):
            chosen = (draw(st.sampled_from(options(key))),)
        words = draw(kind_words) if clause["kind"] == ClauseKind.WORDS else ""
        value = meaning(key, *chosen, words=words)
        terms[key] = Open(value) if draw(st.booleans()) else value
        printed[key] = says(key, *chosen, words=words)
    return terms, RehearsalTexts("Maya", "Dr Lee", "", printed)


@given(agreements())
def test_danger_is_the_box_alone_whatever_the_terms(made: tuple[dict[str, Meaning | Open], RehearsalTexts]) -> None:
    found = {one.key: one.says for one in rehearsal.scenes(*made, BOX) if one.danger}
    acting = (BOX[0], BOX[2])
    assert found == {"suicidal": BOX[1:], "about_to_act": acting, "already_hurt": acting}


@given(agreements())
def test_no_scene_tells_to_text_or_wait_in_danger(made: tuple[dict[str, Meaning | Open], RehearsalTexts]) -> None:
    silent_box = ("one", "two", "three", "four")
    danger = [line for one in rehearsal.scenes(*made, silent_box) if one.danger for line in one.says]
    assert [line for line in danger if re.search(r"text|wait|send|write|later|session", line, re.IGNORECASE)] == []


@given(agreements())
def test_no_answer_ever_has_a_clock_time(made: tuple[dict[str, Meaning | Open], RehearsalTexts]) -> None:
    lines = [line for one in rehearsal.scenes(*made, BOX) if not one.danger for line in one.says]
    assert [line for line in lines if CLOCK.search(line)] == []


@given(agreements())
def test_every_scene_has_something_whole_to_say(made: tuple[dict[str, Meaning | Open], RehearsalTexts]) -> None:
    found = rehearsal.scenes(*made, BOX)
    assert [one.key for one in found] == list(rehearsal.ORDER)
    lines = [line for one in found for line in (*one.says, one.title)]
    assert [line for line in lines if not line.strip() or "%(" in line or "[[" in line] == []
    assert [one.key for one in found if not one.says] == []


def test_the_second_card_in_order() -> None:
    assert rehearsal.before_text(TERMS, TEXTS) == (
        "First say what you want. “Just sharing.” “Help me calm down.” “Tell me it passes.” “Checking on us.”",
        "At night: write it. Send it after breakfast, or not at all, or bring it. If you do send it, nothing breaks.",
        "No answer yet: It can take hours, for many reasons: sleep and lost texts. It is not a lack of care.",
        "A late answer: you may send one more short text. Unsafe? Do not wait. Use the crisis steps.",
        "It hurt? We ask: “I read that as … Is that what you meant?” The sender says sorry first. Then we talk.",
        "We look again: After 4 weeks, then every 3 months or so. Does it suit us both? Sooner after a crisis, "
        "or if either asks.",
    )


def test_the_second_card_names_nobody_but_in_the_pairs_own_words() -> None:
    own = "If it hurts, Maya asks. Dr Lee says sorry first."
    lines = rehearsal.before_text(TERMS, RehearsalTexts("Maya", "Dr Lee", "", {"misread": own}))
    assert [line for line in lines if "Maya" in line or "Dr Lee" in line] == [f"It hurt? {own}"]


@given(agreements())
def test_the_second_card_never_waits_in_danger(made: tuple[dict[str, Meaning | Open], RehearsalTexts]) -> None:
    lines = rehearsal.before_text(*made)
    assert [line for line in lines if not line.strip() or "%(" in line or "[[" in line] == []
    assert all("Do not wait. Use the crisis steps." in line for line in lines if line.startswith("A late answer"))


def test_the_second_card_has_no_gaps() -> None:
    texts = RehearsalTexts("Maya", "Dr Lee", "", {"silence": "Sleep."})
    assert rehearsal.before_text(without("night", "misread", "late"), texts) == ("No answer yet: Sleep.",)
    assert rehearsal.before_text({**TERMS, "night": meaning("night", "none")}, TEXTS)[1].startswith("No answer yet")

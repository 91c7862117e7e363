"""Any day, time and situation the two choose: danger is the box at any moment, everything else their own terms."""

import re
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import crisis, moment, rehearsal
from agreements.rules.moment import Around, Moment, Stretch
from agreements.rules.rehearsal import DANGER, Scene
from agreements.rules.situations import RehearsalTexts, Situation, Terms
from agreements.rules.topics import Away, Meaning, Open, QuietHours
from agreements.rules.vocabulary import Contact, Voice
from tests.rules import agreed
from tests.rules.edition import suggested
from tests.rules.rehearsed import (
    BOX,
    CLOCK,
    HERE,
    IF_DANGER,
    LATER,
    LONDON,
    NEW_YORK,
    SILENCE,
    TERMS,
    TEXTS,
    agreements,
    moments,
    without,
)

RESOURCES = agreed.resources()
Made = tuple[dict[str, Meaning | Open], RehearsalTexts]
TUESDAY, FRIDAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 28)
BREAK = (date(2026, 11, 30), date(2026, 12, 11))
AWAY_UNTIL = "Dr Lee is away then. The last day away is Friday, 11 December."
NUDGE = "you may send one more short text."
BREAKFAST = "These are quiet hours. Write it, and send it after breakfast. If you do send it, nothing breaks: it counts as sent in the morning."
danger, ordinary = st.sampled_from(sorted(DANGER)), st.sampled_from([one for one in Situation if one not in DANGER])


def scene(situation: Situation, when: Moment | None, terms: Terms = TERMS, texts: RehearsalTexts = TEXTS) -> Scene:
    return rehearsal.rehearse(situation, when, terms=terms, texts=texts, box=BOX)


def says(
    situation: Situation,
    day: date,
    hour: int | None = None,
    *away: Stretch,
    client: ZoneInfo = NEW_YORK,
    **changed: Meaning,
) -> tuple[str, ...]:
    around = Around(client, NEW_YORK, away)
    at = None if hour is None else time(hour)
    return scene(situation, moment.chosen(day, at, around), {**TERMS, **changed}).says


def test_an_ordinary_text_has_a_likely_day_and_what_silence_means() -> None:
    assert says(Situation.ORDINARY, TUESDAY, 11) == (
        "Most likely on Wednesday.", LATER, SILENCE, f"After Thursday: {NUDGE}",
    )  # fmt: skip


def test_in_quiet_hours_the_crisis_steps_come_first_then_breakfast_then_the_day_after() -> None:
    assert says(Situation.UPSET, TUESDAY, 23) == (
        IF_DANGER, BREAKFAST, "Most likely on Thursday.", LATER, SILENCE, f"After Friday: {NUDGE}",
    )  # fmt: skip
    assert says(Situation.UPSET, TUESDAY, 2)[1:3] == (BREAKFAST, "Most likely on Wednesday.")


def test_quiet_hours_are_the_practice_s_and_so_are_the_days() -> None:
    assert says(Situation.ORDINARY, TUESDAY, 4, client=LONDON) == (
        "These are quiet hours where Dr Lee is. Write it, and send it when they are over. "
        "If you do send it, nothing breaks: it counts as sent when they are over.",
        "Most likely on Wednesday.", LATER, SILENCE, f"After Thursday: {NUDGE}", "Days count where Dr Lee is.",
    )  # fmt: skip
    assert says(Situation.ORDINARY, TUESDAY, 23, client=LONDON)[0] == "Most likely on Wednesday."


def test_quiet_hours_by_day_end_without_a_breakfast() -> None:
    siesta = QuietHours(time(13), time(15), time(15, 30))
    over = "These are quiet hours. Write it, and send it when they are over. If you do send it, nothing breaks: it counts as sent when they are over."
    assert says(Situation.ORDINARY, TUESDAY, 14, night=siesta)[:2] == (over, "Most likely on Wednesday.")


@pytest.mark.parametrize(
    ("hour", "client", "when"),
    [
        (4, NEW_YORK, "after breakfast"),
        (23, NEW_YORK, "after breakfast"),
        (14, NEW_YORK, "later"),
        (None, NEW_YORK, "later"),
        (12, LONDON, "when quiet hours are over"),
        (22, LONDON, "after breakfast"),
    ],
)
def test_what_was_written_in_anger_is_sent_later(hour: int | None, client: ZoneInfo, when: str) -> None:
    found = says(Situation.ANGRY, TUESDAY, hour, client=client)
    assert found[:2] == (IF_DANGER, f"Write it. Send it {when}, or not at all, or bring it.")
    assert found[2].startswith("If you do send it, nothing breaks")


def test_no_answer_yet_says_first_what_silence_means() -> None:
    assert says(Situation.NO_ANSWER, FRIDAY, 11) == (
        IF_DANGER, SILENCE, "Most likely on Monday.", LATER, f"After Tuesday: {NUDGE}",
    )  # fmt: skip


def test_a_text_that_hurt_and_fine_again_mind_the_night_too() -> None:
    assert says(Situation.HURT, TUESDAY, 23)[:2] == (IF_DANGER, BREAKFAST)
    assert says(Situation.FINE_AGAIN, TUESDAY, 23) == (
        "Good. You need not explain or say sorry.",
        BREAKFAST,
        "You may text “Fine again”, or tell it in session.",
        suggested("extra"),
    )


def test_in_a_time_away_the_term_for_it_decides() -> None:
    for situation in (Situation.ORDINARY, Situation.UPSET, Situation.ANGRY, Situation.HURT, Situation.FINE_AGAIN):
        assert says(situation, date(2026, 12, 3), 11, BREAK) == (
            IF_DANGER,
            AWAY_UNTIL,
            "We do not text then, so that the break is real.",
            "A handwritten card, written before, is mailed half-way.",
            "Bring it to the first session after.",
        )
    assert SILENCE in says(Situation.NO_ANSWER, date(2026, 12, 3), 11, BREAK)
    assert says(Situation.AWAY, date(2026, 12, 3), None, BREAK)[1] == AWAY_UNTIL
    assert says(Situation.TOO_MUCH, date(2026, 12, 3), 11, BREAK) == says(Situation.TOO_MUCH, TUESDAY)


def test_texts_that_go_on_in_a_time_away_get_no_likely_day() -> None:
    assert says(Situation.ORDINARY, date(2026, 12, 3), 11, BREAK, away=Away("slower", "none", 2)) == (
        IF_DANGER,
        AWAY_UNTIL,
        "Texts go on. Answers come later than at other times.",
        LATER,
        SILENCE,
        f"After Tuesday, 15 December: {NUDGE}",
        "Dr Lee is away in between. Those days do not count.",
    )


def test_what_is_written_the_night_before_would_be_sent_in_the_time_away() -> None:
    sunday = date(2026, 11, 29)
    assert says(Situation.ORDINARY, sunday, 23, BREAK)[1] == AWAY_UNTIL
    assert says(Situation.ORDINARY, sunday, 12, BREAK)[0] == "Most likely on Monday, 14 December."


def test_days_away_in_between_do_not_count_and_it_is_said() -> None:
    assert says(Situation.ORDINARY, FRIDAY, 11, BREAK) == (
        "Most likely on Monday, 14 December.",
        LATER,
        SILENCE,
        f"After Tuesday, 15 December: {NUDGE}",
        "Dr Lee is away in between. Those days do not count.",
    )


def test_a_time_away_without_an_end_names_no_day() -> None:
    assert says(Situation.ORDINARY, FRIDAY, 11, (SATURDAY, date.max)) == (
        "We cannot name a day. We talk about it in session.", LATER, SILENCE,
    )  # fmt: skip


def test_a_time_away_that_is_not_agreed_yet_is_said_so() -> None:
    found = scene(
        Situation.ORDINARY,
        moment.chosen(FRIDAY, None, Around(NEW_YORK, NEW_YORK, ((FRIDAY, FRIDAY),))),
        without("away"),
    )
    assert found.says[2] == "We have not agreed this yet. We can talk about it in session."
    assert found.topics == ("away",)


def test_every_term_that_speaks_can_be_reached_the_main_one_first() -> None:
    found = scene(Situation.UPSET, moment.chosen(TUESDAY, time(23), HERE))
    assert found.topics == ("window", "night", "silence", "late")
    away = moment.chosen(date(2026, 12, 3), None, Around(NEW_YORK, NEW_YORK, (BREAK,)))
    assert scene(Situation.NO_ANSWER, away).topics == ("away", "silence")


def test_clocks_that_change_are_told_calmly() -> None:
    skipped, twice = (
        moment.chosen(day, at, HERE) for day, at in ((date(2027, 3, 14), time(2, 30)), (date(2026, 11, 1), time(1, 30)))
    )
    assert scene(Situation.ORDINARY, skipped).says[-1] == (
        "The clocks go forward then and leave this time out. We took the time after it."
    )
    assert scene(Situation.ORDINARY, twice).says[-1] == (
        "The clocks go back then, and this time comes twice. This holds for both."
    )


def test_an_ordinary_situation_needs_a_moment_and_the_box_its_four_steps() -> None:
    with pytest.raises(ValueError, match="moment"):
        scene(Situation.ORDINARY, None)
    with pytest.raises(ValueError, match="four steps"):
        rehearsal.rehearse(Situation.SUICIDAL, None, terms=TERMS, texts=TEXTS, box=BOX[:3])


@given(
    danger,
    agreements(),
    moments(),
    st.sampled_from(Voice),
    st.sampled_from(Contact),
    st.sampled_from(["US", "GB", "DE"]),
)
def test_danger_is_the_steps_of_the_box_whatever_the_terms_the_hour_an_absence_or_the_voice_answer(
    situation: Situation, made: Made, when: Moment, voice: Voice, contact: Contact, country: str
) -> None:
    box = crisis.box(agreed.facts(country, voice=voice, contact=contact), RESOURCES)
    lines = [step.line for step in box.steps]
    terms, texts = made
    found = rehearsal.rehearse(situation, when, terms=terms, texts=texts, box=lines)
    steps = {"suicidal": (1, 2, 3), "not_sure": (0, 1, 2, 3)}.get(situation, (0, 2))
    assert (found.danger, found.says, found.topics) == (True, tuple(lines[number] for number in steps), ())


@given(danger, agreements(), moments() | st.none())
def test_danger_never_yields_text_or_wait(situation: Situation, made: Made, when: Moment | None) -> None:
    terms, texts = made
    silent = ("one", "two", "three", "four")
    found = rehearsal.rehearse(situation, when, terms=terms, texts=texts, box=silent)
    assert set(found.says) <= set(silent)
    assert not re.search(r"text|wait|send|write|later|session|likely", " ".join(found.says))


@given(ordinary, agreements(), moments())
def test_no_answer_has_a_clock_time_or_a_gap(situation: Situation, made: Made, when: Moment) -> None:
    found = scene(situation, when, *made)
    assert found.says
    assert [line for line in found.says if not line.strip() or "%(" in line or "[[" in line or CLOCK.search(line)] == []
    assert len(set(found.says)) == len(found.says)


@given(ordinary.filter(lambda one: one not in (Situation.TOO_MUCH, Situation.AWAY)), moments())
def test_who_agreed_to_a_real_break_is_never_sent_to_the_phone_in_it(situation: Situation, when: Moment) -> None:
    found = scene(situation, when).says
    away = when.last_day_away(when.day) or when.last_day_away(when.read_from(QuietHours(time(21), time(8), time(9))))
    assert ("We do not text then, so that the break is real." in found) == (away is not None)
    if away:
        assert [line for line in found if re.search(r"Most likely|[Ss]end it|you may send", line)] == []
        assert found[0] == IF_DANGER

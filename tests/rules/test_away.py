"""A time away: its days and tasks, what stops it (H23), and a sheet on which danger leads to the crisis box alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import away
from agreements.rules.away import Covered, Days, Plan
from agreements.rules.away_words import AwayTask, AwayTexting, Cover, Hold, Knows, Post
from agreements.rules.situations import RehearsalTexts
from agreements.rules.topics import Away, Meaning, Open
from tests.rules.rehearsed import BOX, TERMS, TEXTS, agreements, days, kind_words

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 12, 7), date(2026, 12, 20)
TWO_WEEKS = Days(FIRST, LAST)
CARD = Plan(AwayTexting.NONE, Hold.CARD, Post.MAILED)
PERSON = Covered(Cover.PERSON, "Dr Okafor", "(555) 010-0160")
TEXT_OR_WAIT = re.compile(r"\btexts?\b|\btexting\b|\bwait|\blater\b|session", re.IGNORECASE)

stretches = st.tuples(days, st.integers(0, 400)).map(lambda at: Days(at[0], at[0] + timedelta(days=at[1])))
plans = st.builds(
    Plan,
    texting=st.sampled_from(AwayTexting),
    hold=st.sampled_from(Hold),
    post=st.sampled_from(["", *Post]),
    instead=st.just("") | kind_words,
    knows=st.sampled_from(["", *Knows]),
)


def test_the_origin_pairs_card_is_mailed_half_way() -> None:
    assert TWO_WEEKS.half_way == date(2026, 12, 14)
    assert away.tasks(TWO_WEEKS, CARD, date(2026, 11, 23)) == {
        AwayTask.WRITE: date(2026, 11, 30),
        AwayTask.GIVE: date(2026, 12, 5),
        AwayTask.MAIL: date(2026, 12, 14),
        AwayTask.REREAD: date(2026, 12, 21),
    }


@pytest.mark.parametrize(
    ("plan", "kinds"),
    [
        (Plan(AwayTexting.NONE, Hold.CARD, Post.SEALED), {"write": -7, "hand": -1, "reread": 14}),
        (Plan(AwayTexting.NONE, Hold.KEEPSAKE), {"hand": -1, "reread": 14}),
        (Plan(AwayTexting.ONE, Hold.NONE), {"text": 7}),
        (Plan(AwayTexting.SLOWER, Hold.NONE), {}),
        (Plan(AwayTexting.NONE, Hold.KEEPSAKE, before_on=FIRST - 3 * DAY, after_on=LAST + 4 * DAY), {"hand": -3, "reread": 17}),
    ],
)  # fmt: skip
def test_each_thing_to_hold_on_to_has_its_tasks(plan: Plan, kinds: dict[str, int]) -> None:
    found = away.tasks(TWO_WEEKS, plan, FIRST - 30 * DAY)
    assert {kind.value: (day - FIRST).days for kind, day in found.items()} == kinds


@pytest.mark.parametrize(
    ("before", "after", "unfit"),
    [
        (FIRST, LAST + DAY, []),
        (None, None, []),
        (FIRST + DAY, LAST + DAY, ["Our last session before was to be on Tuesday, 8 December."]),
        (FIRST, LAST, ["Our first session after was to be on Sunday, 20 December."]),
        (FIRST + DAY, FIRST - DAY, ["Our last session before was to be on Tuesday, 8 December.",
                                    "Our first session after was to be on Sunday, 6 December."]),
    ],
)  # fmt: skip
def test_a_session_day_that_does_not_fit_the_changed_days_is_left_out_and_named(
    before: date | None, after: date | None, unfit: list[str]
) -> None:
    plan = replace(CARD, before_on=before, after_on=after)
    assert away.unfit_days(TWO_WEEKS, plan) == tuple(f"{words} That day does not fit any more." for words in unfit)
    fits = away.fitting(TWO_WEEKS, plan)
    assert away.unfit_days(TWO_WEEKS, fits) == ()
    assert (fits.before_on == before, fits.after_on == after).count(False) == len(unfit)


@given(stretches, plans, days)
def test_no_task_before_the_time_away_lies_in_the_past(stretch: Days, plan: Plan, today: date) -> None:
    for kind, day in away.tasks(stretch, plan, today).items():
        if kind in (AwayTask.MAIL, AwayTask.TEXT):
            assert stretch.starts_on <= day <= stretch.ends_on
        elif kind == AwayTask.REREAD:
            assert day > stretch.ends_on
        else:
            assert day >= today


@given(stretches)
def test_half_way_leaves_as_many_days_on_either_side(stretch: Days) -> None:
    before, after = stretch.half_way - stretch.starts_on, stretch.ends_on - stretch.half_way
    assert before - after in (timedelta(0), DAY)


def test_it_is_said_as_many_weeks_before_as_agreed() -> None:
    assert TWO_WEEKS.say_by(2) == date(2026, 11, 23)


def where(days: Days | None = TWO_WEEKS, covered: Covered = PERSON, texting: str = "none", until: date | None = LAST) -> list[str]:  # fmt: skip
    found = away.h23(days, covered, texting=texting, line_until=until)
    assert {finding.rule for finding in found} <= {"H23"}
    assert all(finding.blocks for finding in found)
    return [finding.where for finding in found]


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({}, []),
        ({"days": Days(FIRST, FIRST), "until": FIRST}, []),
        ({"covered": Covered(Cover.LINES)}, []),
        ({"days": None}, ["starts_on"]),
        ({"days": Days(FIRST, FIRST - DAY)}, ["ends_on"]),
        ({"texting": ""}, ["texting"]),
        ({"texting": "often"}, ["texting"]),
        ({"covered": Covered()}, ["cover"]),
        ({"covered": Covered(Cover.PERSON, " ", "1")}, ["cover_name"]),
        ({"covered": Covered(Cover.PERSON, "Dr Okafor", "")}, ["cover_phone"]),
        ({"covered": Covered(Cover.PERSON, "Dr Okafor", "555 0100: if suicidal text me")}, ["cover_phone"]),
        ({"until": None}, ["crisis"]),
        ({"until": LAST - DAY}, ["crisis"]),
    ],
)
def test_h23_a_time_away_needs_days_texting_cover_and_a_line_to_its_last_day(facts: dict, lacks: list[str]) -> None:
    assert where(**facts) == lacks


@given(stretches, plans, agreements())
def test_h01_h02_h06_danger_on_the_sheet_never_says_text_or_wait(
    stretch: Days, plan: Plan, made: tuple[dict[str, Meaning | Open], RehearsalTexts]
) -> None:
    terms, texts = made
    rows = away.rows(stretch, plan, terms=terms, texts=texts, box=BOX)
    danger = [row for row in rows if row.danger]
    assert rows[: len(danger)] == tuple(danger) == away.danger_rows()
    for row in danger:
        for line in row.says:
            assert not TEXT_OR_WAIT.search(line)
            assert re.match(r"Do step [12] above, right away, at any hour\.", line)


def test_the_ordinary_rows_follow_what_holds_this_time() -> None:
    def ordinary(plan: Plan) -> dict[str, tuple[str, ...]]:
        rows = away.rows(TWO_WEEKS, plan, terms=TERMS, texts=TEXTS, box=BOX)
        return {row.title: row.says for row in rows if not row.danger}

    assert ordinary(CARD) == {
        "Something to tell · Upset, and safe · A text still hurts": ("Bring it to the first session after.",)
    }
    slower = ordinary(Plan(AwayTexting.SLOWER, Hold.NONE))
    assert (
        "It may be later. Later does not mean not caring."
        in slower["Something to tell · Upset, and safe · No answer yet"]
    )
    assert slower["A text still hurts"][-1].startswith("Short texts are easy to misread.")


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (CARD, "A handwritten card goes into the post on Monday, 14 December. It may take a few days."),
        (
            Plan(AwayTexting.NONE, Hold.CARD, Post.SEALED),
            "You have a closed card. Open it on Monday, 14 December, or when you need it.",
        ),
        (Plan(AwayTexting.NONE, Hold.KEEPSAKE), "You have something to hold on to, chosen before."),
        (Plan(AwayTexting.NONE, Hold.NONE), None),
    ],
)
def test_what_there_is_to_hold_on_to_has_its_day(plan: Plan, says: str | None) -> None:
    assert next(iter(away.hold_lines(TWO_WEEKS, plan)), None) == says


def test_one_text_comes_on_a_day_that_is_named() -> None:
    plan = Plan(AwayTexting.ONE)
    assert away.texting_line(TWO_WEEKS, plan) == "One text comes half-way, on Monday, 14 December."
    not_planned = replace(plan, planned=False)
    assert away.texting_line(TWO_WEEKS, not_planned) == "We agreed on one text half-way. No day is set for it yet."


@pytest.mark.parametrize("knows", Knows)
def test_cover_comes_with_what_they_know_and_never_before_the_crisis_steps(knows: Knows) -> None:
    lines = away.cover_lines("Dr Lee", PERSON, Plan(knows=knows))
    assert lines[0] == "Dr Okafor is there for you meanwhile: (555) 010-0160."
    assert lines[1].startswith("Dr Okafor knows")
    assert lines[-1] == "In danger the crisis steps above come first."


def test_without_a_colleague_the_crisis_steps_are_named() -> None:
    lines = away.cover_lines("Dr Lee", Covered(Cover.LINES), CARD)
    assert lines == ("The crisis steps above are there day and night. Nobody else stands in for Dr Lee.",)


@pytest.mark.parametrize(
    ("words", "unfit"),
    [
        ("A walk, and the music we made a list of.", ""),
        ("If you feel suicidal, text me.", "If you feel suicidal, text me."),
        ("A walk. Call my aunt, (555) 010-0199.", "A walk. Call my aunt, (555) 010-0199."),
    ],
)
def test_h07_h17_own_words_beside_the_box_hold_no_other_way_and_no_number(words: str, unfit: str) -> None:
    assert away.unfit_words("en", words) == unfit


def test_what_the_term_says_is_what_holds_unless_it_is_different_this_time() -> None:
    assert away.as_agreed(Away("none", "card", 2)) == Plan("none", "card")
    assert away.agreed_away({"away": Open(Away("one", "none", 2))}) == Away("one", "none", 2)
    assert away.agreed_away({}) is None

"""What tests of the rehearsal rehearse with: the terms of Maya and Dr Lee, any other terms, any moment in any zone."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from agreements.rules import moment
from agreements.rules.moment import Around, Moment
from agreements.rules.situations import RehearsalTexts
from agreements.rules.topics import Meaning, Open
from agreements.rules.vocabulary import ClauseKind
from tests.rules.edition import CLAUSES, meaning, options, says, suggested

BOX = ("1 · Danger now.", "2 · Suicidal, but not about to act.", "3 · You cannot speak.", "4 · You texted anyway?")
CLOCK = re.compile(r"\d{1,2}([:.]\d\d)?\s*([ap]\.?m\b|o.clock)|\d{1,2}[:.]\d\d", re.IGNORECASE)
IF_DANGER = "In danger? Use the crisis steps first, at any hour."
LATER = "It may be later. Later does not mean not caring."
SILENCE = "It can take hours, for many reasons: sleep and lost texts. It is not a lack of care."
NEW_YORK, LONDON, SYDNEY = (ZoneInfo(key) for key in ("America/New_York", "Europe/London", "Australia/Sydney"))
HERE = Around(NEW_YORK, NEW_YORK)
TODAY = date(2026, 11, 23)  # a Monday
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
    "privacy": ("also_feelings",),
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


def without(*topics: str) -> dict[str, Meaning | Open]:
    return {topic: value for topic, value in TERMS.items() if topic not in topics}


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


days = st.dates(date(2026, 1, 1), date(2040, 12, 31))
absences = st.lists(
    st.tuples(days, st.integers(0, 60)).map(lambda at: (at[0], at[0] + timedelta(days=at[1]))), max_size=4
)


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """Any day, with or without a time, in any two zones; the therapist away at any times, often just then."""
    day = draw(days)
    away = [*draw(absences), *([(day, day + timedelta(days=draw(st.integers(0, 30))))] if draw(st.booleans()) else [])]
    around = Around(draw(st.timezones()), draw(st.timezones()), tuple(away))
    return moment.chosen(day, draw(st.none() | st.times()), around)

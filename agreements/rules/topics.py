"""What an answer means to the code: one frozen class per topic. Rules read these, never labels or wording.

An edition may word its clauses and options as it likes; each option of a topic carries a small JSON object, its
meaning, which `parse` reads strictly. Sources: the sixteen terms and the five answers of origin.md (five-1 to five-5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Self

from agreements.rules.family_topics import Coaching, GuardianSees
from agreements.rules.option_meaning import Meaning as Meaning
from agreements.rules.option_meaning import Meanings, OwnWords, clock, each, one_of, only, whole
from agreements.rules.vocabulary import UNSURE, Answer, ClauseKind

NO_TEXTING = "no_texting"
PURPOSE = "purpose"
FIVE = ("limit", "too_much", "look_again", "notice", "ending")
REQUIRED = (*FIVE, "purpose", "window", "late", "away", "privacy")  # what an edition with texting always asks
LONGEST_WINDOW = 14  # days
MOST_TEXTS = 100  # a week
FIRST_LOOK = 13  # weeks; a look that lies further off does not come back (five-3)
BETWEEN_LOOKS = 12  # months
MOST_NOTICE = 26  # sessions, or weeks before time away


@dataclass(frozen=True)
class Open:
    """A term the two left open until a date; meanwhile `interim` holds, a meaning of the same topic."""

    interim: Meaning


def in_force(value: Meaning | Open) -> Meaning:
    """What holds today: the agreed meaning, or what holds until the open term is looked at."""
    return value.interim if isinstance(value, Open) else value


@dataclass(frozen=True)
class Purpose(Meaning):
    """What texts are for (O4, O11). "No texting" is a whole answer and stands alone (H14)."""

    kinds = frozenset({ClauseKind.MANY})
    uses: tuple[str, ...]

    @property
    def texting(self) -> bool:
        return self.uses != (NO_TEXTING,)

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        uses = each(meanings, words, "use")
        if NO_TEXTING in uses and len(uses) > 1:
            raise ValueError("no texting cannot stand beside a use of texts")
        return cls(uses)


@dataclass(frozen=True)
class Frequency(Meaning):
    """Texts a week that feel right, from `least` to `most`; both None: no set number (O5). Answers do not count."""

    least: int | None
    most: int | None

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        meaning = only(meanings, words, "least", "most")
        if meaning["least"] is None and meaning["most"] is None:
            return cls(None, None)
        least, most = whole(meaning, "least", 0, MOST_TEXTS), whole(meaning, "most", 1, MOST_TEXTS)
        if least > most:
            raise ValueError("least is more than most")
        return cls(least, most)


@dataclass(frozen=True)
class ReplyWindow(Meaning):
    """When most answers come, a hope and never a promise (O3, H9).

    `working_days` after the text (0: the same day, None: in session, not by text) and `outer_days`, the outer limit
    after which the late step holds. Both count every day when `weekends` is true, else Monday to Friday.
    """

    working_days: int | None
    outer_days: int
    weekends: bool

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        meaning = only(meanings, words, "working_days", "outer_days", "weekends")
        days = None if meaning["working_days"] is None else whole(meaning, "working_days", 0, LONGEST_WINDOW)
        outer = whole(meaning, "outer_days", 1, LONGEST_WINDOW)
        if not (days or 0) < outer:
            raise ValueError("the outer limit comes after the usual answer")
        if not isinstance(meaning["weekends"], bool):
            raise ValueError("weekends is true or false")
        return cls(days, outer, meaning["weekends"])


@dataclass(frozen=True)
class QuietHours(Meaning):
    """Hours, in the practice's zone, without texts, never for the crisis steps (H6), and when to send (O8)."""

    kinds = frozenset({ClauseKind.HOURS, ClauseKind.CHOOSE})
    start: time | None
    end: time | None
    send_after: time | None

    @property
    def quiet(self) -> bool:
        return self.start is not None

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        meaning = only(meanings, words, "start", "end", "send_after")
        if all(value is None for value in meaning.values()):
            return cls(None, None, None)
        start, end, send_after = (clock(meaning, key) for key in ("start", "end", "send_after"))
        if start == end:
            raise ValueError("quiet hours end at another time than they start")
        if start <= send_after < end if start < end else send_after >= start or send_after < end:
            raise ValueError("send_after lies inside the quiet hours")
        return cls(start, end, send_after)


@dataclass(frozen=True)
class Away(Meaning):
    """Texting while the therapist is away, what stands in for it, and weeks of notice before (O9, H23)."""

    texting: str
    substitute: str
    notice_weeks: int

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        meaning = only(meanings, words, "texting", "substitute", "notice_weeks")
        texting = one_of(meaning, "texting", "none", "one", "slower")
        substitute = one_of(meaning, "substitute", "card", "keepsake", "none")
        return cls(texting, substitute, whole(meaning, "notice_weeks", 1, MOST_NOTICE))


@dataclass(frozen=True)
class ReviewRhythm(Meaning):
    """Weeks until the first look, then months between looks (five-3, O5)."""

    first_weeks: int
    then_months: int

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        meaning = only(meanings, words, "first_weeks", "then_months")
        return cls(whole(meaning, "first_weeks", 1, FIRST_LOOK), whole(meaning, "then_months", 1, BETWEEN_LOOKS))


@dataclass(frozen=True)
class Limit(Meaning):
    """What the therapist can do without strain and what it depends on (five-1). Said aloud; words are optional."""

    kinds = frozenset({ClauseKind.WORDS})
    words: str
    depends_on: tuple[str, ...]

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        return cls(words.strip(), each(meanings, "", "depends_on"))


@dataclass(frozen=True)
class Signal(Meaning):
    """How the two say "too much" or "too little" before it is too much (five-2)."""

    way: str

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        return cls(one_of(only(meanings, words, "way"), "way", "first_notice", "note", "monthly", "each_session"))


@dataclass(frozen=True)
class Notice(Meaning):
    """Sessions of notice before the therapist stops or tightens (five-4, H21). The client may stop at once."""

    sessions: int

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        return cls(whole(only(meanings, words, "sessions"), "sessions", 1, MOST_NOTICE))


@dataclass(frozen=True)
class Ending(Meaning):
    """How texting would end (five-5): less each week, on a set day, after a break, or after a session about it."""

    manner: str

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        return cls(one_of(only(meanings, words, "manner"), "manner", "taper", "date", "pause", "session"))


@dataclass(frozen=True)
class Silence(Meaning):
    """What no answer yet can mean (O3)."""

    kinds = frozenset({ClauseKind.MANY})
    reasons: tuple[str, ...]

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        return cls(each(meanings, words, "reason"))


@dataclass(frozen=True)
class LateStep(Meaning):
    """What the client may do when an answer is later than the outer limit (H9)."""

    step: str

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        return cls(one_of(only(meanings, words, "step"), "step", "nudge", "call", "session", "comfort"))


class Labels(OwnWords):
    """How the two say plainly what they want from a text (O6)."""


class Repair(OwnWords):
    """What they do when a text is misread (O7)."""


class Extra(OwnWords):
    """What texting is, and what is kept for session (O10)."""


@dataclass(frozen=True)
class Privacy(Meaning):
    """The client's warned, free and revocable choice about ordinary texts (H13)."""

    choice: str

    @property
    def ordinary_texts(self) -> bool:
        return self.choice in ("times_only", "also_feelings")

    @classmethod
    def parse(cls, meanings: Meanings, words: str) -> Self:
        meaning = only(meanings, words, "choice")
        return cls(one_of(meaning, "choice", "times_only", "also_feelings", "secure_app", "no_ordinary"))


TOPICS: dict[str, type[Meaning]] = {
    "purpose": Purpose,
    "often": Frequency,
    "window": ReplyWindow,
    "night": QuietHours,
    "away": Away,
    "look_again": ReviewRhythm,
    "limit": Limit,
    "too_much": Signal,
    "notice": Notice,
    "ending": Ending,
    "silence": Silence,
    "late": LateStep,
    "asking": Labels,
    "misread": Repair,
    "extra": Extra,
    "privacy": Privacy,
    "coaching": Coaching,
    "guardian": GuardianSees,
}


def read(topic: str, answer: Answer, meanings: Mapping[str, Mapping[str, Any]]) -> Meaning:
    """What `answer` means; `meanings` maps the clause's option keys to their meaning.

    Raises ValueError for an unknown topic or option, an option named twice, "not sure yet", or a meaning that does
    not fit the topic.
    """
    if topic not in TOPICS:
        raise ValueError(f"unknown topic {topic!r}")
    if UNSURE in answer.chosen:
        raise ValueError("“not sure yet” decides nothing")
    unknown = [key for key in answer.chosen if key not in meanings]
    if unknown:
        raise ValueError(f"{topic} has no option {unknown[0]!r}")
    if len(set(answer.chosen)) < len(answer.chosen):
        raise ValueError(f"{topic} names an option twice")
    return TOPICS[topic].parse([meanings[key] for key in answer.chosen], answer.words)

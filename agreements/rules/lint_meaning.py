"""Whether the words of an option agree with what the rules read in it: nobody signs one thing and gets another.

What an option of the five answers, of the window and of the purpose says against its meaning blocks; elsewhere it is
a remark. English only: in no other language can the rules read amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from agreements.rules.edition_texts import SAMPLE_WORDS, Clause, Remark, options
from agreements.rules.family_topics import Coaching
from agreements.rules.meaning_words import NO_TEXTS, SAYS, said
from agreements.rules.phrase_lists import ENGLISH
from agreements.rules.phrasing import plain, words
from agreements.rules.said_amounts import Amount, amounts, hours, numbers
from agreements.rules.topics import (
    FIVE,
    NO_TEXTING,
    TOPICS,
    Away,
    Frequency,
    Meaning,
    Notice,
    QuietHours,
    ReplyWindow,
    ReviewRhythm,
    read,
)
from agreements.rules.vocabulary import Answer, ClauseKind

BLOCKED = frozenset({*FIVE, "window", "purpose"})
DROPPED = r"without (?:any |a |further )?(?:notice|warning|word|plan|talk\w*|good-?bye)|no (?:notice|warning|good-?bye)"
AT_ONCE = (
    r"at once|right away|straight away|immediate\w*|instant\w*|on the spot|overnight|sudden\w*|the same (?:hour|minute)"
)
OPPOSITE: dict[str, str] = {  # what no option of this topic says, neither on its button nor on paper nor below
    "look_again": r"never|not (?:again|needed)|no (?:more|need|look|review)|skip\w*|forget|some ?day|only once|for good"
    r"|once and for all|if (?:we|you) (?:want|like|feel like|remember)|(?:when|if) there is time|stays? as it is",
    "notice": rf"{DROPPED}|{AT_ONCE}|any ?time|the same day|by (?:text|e-?mail|message)|at the door|never|nothing"
    r"|whenever|none|need not|no need",
    "ending": rf"{DROPPED}|{AT_ONCE}|(?:just|simply) (?:stops?|ends?)|stops? (?:dead|cold)"
    r"|no (?:plan|ending|reason|talk)|never|from one day|nobody (?:says|asks|talks)|not (?:talk|say|plan)\w*",
    "window": rf"{AT_ONCE}|always|any ?time|day and night|guarantee\w*|promise[ds]?|for sure|certain\w*|without fail"
    r"|asap|not at all|never|no answers?|nobody|minutes?|hours?",
    "too_much": r"keeps? (?:it|quiet|silent)|puts? up with|endures?|guess\w*|never (?:say|ask|mention)\w*|in passing"
    r"|(?:says?|told|tells?|asks?) (?:\w+ )?(?:by text|at the door)",
}
OPEN_ENDED = r"any ?time|except|unless|but|all of|always|anything|everything|whenever|sometimes|often|if (?:needed|you)"
SAID_BY = r"never|nobody|no one|not|don't|by text|at the door|too late"  # on the button and on paper of “too much”
WEEKDAYS = r"(?:working|business|week) ?days?|monday"
ALL_DAYS = (
    r"weekends? (?:too|as well|also)|(?:also|even|and) (?:at |on )?weekends?|every day|all week|(?:satur|sun)days?"
)
OF_ONE_DAY = {"the same day": 0, "that day": 0, "that evening": 0, "the next": 1, "tomorrow": 1, "the day after": 1}


def of_clause(clause: Clause, language: str) -> list[Remark]:
    """What the options of a clause say against their meaning; the clause has its words in this language."""
    topic = clause["topic"]
    if topic not in TOPICS or not language.startswith(ENGLISH):
        return []
    found = []
    for option in options(clause):
        meaning, texts = _meant(clause, option), option["texts"][language]
        if meaning is None:
            continue
        asks = _("The rules read the option “%(label)s” as: %(meaning)s. Its words must say the same: “%(text)s”.")
        facts = {"label": texts["label"], "meaning": said(meaning)}
        against = dict.fromkeys(
            [*_against(topic, option["meaning"], meaning, texts), *_clause_says(clause, language, meaning)]
        )
        found += [Remark(clause["key"], asks % {**facts, "text": text}, topic in BLOCKED) for text in against]
    return found


def _meant(clause: Clause, option: Any) -> Meaning | None:
    """What the rules read in an option, or None: that it cannot be read is said elsewhere (lint_structure.py)."""
    own = SAMPLE_WORDS if clause["kind"] == ClauseKind.WORDS else ""
    try:
        return read(clause["topic"], Answer((option["key"],), own), {option["key"]: option["meaning"]})
    except (ValueError, TypeError):
        return None


def _against(topic: str, raw: Any, meaning: Meaning, texts: Any) -> Iterator[str]:
    """The texts of one option that do not say what it means."""
    button, paper, below = texts["label"], texts["words"] or texts["label"], texts["consequence"]
    for name, value in raw.items():
        pattern = SAYS.get((name, value)) if isinstance(value, str) else None
        yield from (each for each in (button, paper) if pattern and not _has(pattern, each))
    for each in (button, paper):
        if not _agrees(meaning, each, is_button=each == button) or _denies(topic, raw, each):
            yield each
    told = below.replace("all at once", "") if raw.get("manner") == "date" else below
    if _has(OPPOSITE.get(topic, "(?!)"), told) or (topic == "purpose" and not _is_none(raw) and _has(NO_TEXTS, told)):
        yield below
    elif isinstance(meaning, ReviewRhythm):
        longest = max(each.days for each in _meant_amounts(meaning))
        yield from [below] if any(each.days > longest * 1.1 for each in amounts(below)) else []
    elif isinstance(meaning, (Notice, ReplyWindow)) and not _only(meaning, below, one_is_loose=True):
        yield below


def _clause_says(clause: Clause, language: str, meaning: Meaning) -> Iterator[str]:
    """What the clause prints around every option, where it speaks against one."""
    text = clause["texts"][language]["words"]
    around = {"look_again": OPPOSITE["look_again"], "notice": DROPPED, "ending": OPPOSITE["ending"]}
    if _has(around.get(clause["topic"], "(?!)"), text):
        yield text
    elif isinstance(meaning, Away):
        weeks = [each for each in amounts(text) if each.unit == "week"]
        yield from [text] if any(each.count != meaning.notice_weeks for each in weeks) else []
    elif isinstance(meaning, ReviewRhythm) and not _only(meaning, text, one_is_loose=True):
        yield text


def _denies(topic: str, raw: Any, text: str) -> bool:
    if topic == "purpose":
        return _has(OPEN_ENDED, text) if _is_none(raw) else _has(NO_TEXTS, text)
    if topic == "too_much" and _has(SAID_BY, text):
        return True
    return _has(OPPOSITE.get(topic, "(?!)"), text)


def _is_none(raw: Any) -> bool:
    return bool(raw.get("use") == NO_TEXTING)


def _agrees(meaning: Meaning, text: str, *, is_button: bool) -> bool:
    """Whether the numbers that a button or a printed line says are those that are meant."""
    match meaning:
        case ReviewRhythm():
            first, *_then = _meant_amounts(meaning)
            told = amounts(text)
            return bool(told) and told[0].is_about(first) and _only(meaning, text)
        case Notice(sessions=sessions):
            return Amount(sessions, "session") in amounts(text) and _only(meaning, text)
        case ReplyWindow():
            return _window(meaning, text, is_button=is_button)
        case Frequency(least=least, most=most):
            return set(numbers(text)) <= {least, most}
        case QuietHours(start=None):
            return not hours(text)
        case QuietHours(start=start, end=end, send_after=after):
            meant = {each.hour * 60 + each.minute for each in (start, end, after) if each}
            return set(hours(text)) <= meant
        case Coaching(hours=resting):
            return all(resting and each.is_about(Amount(resting, "hour")) for each in amounts(text))
        case _:
            return True


def _meant_amounts(meaning: Meaning) -> Sequence[Amount]:
    match meaning:
        case ReviewRhythm(first_weeks=weeks, then_months=months):
            return (Amount(weeks, "week"), Amount(months, "month"))
        case Notice(sessions=sessions):
            return (Amount(sessions, "session"), Amount(sessions, "week"))
        case ReplyWindow(working_days=days, outer_days=outer):
            return tuple(Amount(each, "day") for each in (days, outer) if each)
        case _:
            return ()


def _only(meaning: Meaning, text: str, *, one_is_loose: bool = False) -> bool:
    """Whether no other amount and no other number stands there. `one_is_loose`: “a month” is just a way to speak."""
    meant, told = _meant_amounts(meaning), amounts(text)
    told = [each for each in told if not (one_is_loose and each.count == 1)]
    counts = {each.count for each in (*told, *meant)}
    fits: Callable[[Amount], bool] = lambda each: any(each.is_about(one) for one in meant)  # noqa: E731
    return all(map(fits, told)) and set(numbers(text)) <= counts


def _window(meaning: ReplyWindow, text: str, *, is_button: bool) -> bool:
    days, outer, line = meaning.working_days, meaning.outer_days, plain(text)
    told = {number for spoken, number in OF_ONE_DAY.items() if _has(spoken, line)}
    told |= {int(each.count) for each in amounts(text) if each.unit == "day"} | set(numbers(text))
    if not _only(meaning, text) or not told <= {0 if days is None else days, outer} | ({7} if outer == 7 else set()):
        return False
    if days is None:
        return _has(r"sessions?|meet\w*", line)
    if days not in told or (meaning.weekends and _has(WEEKDAYS, line)):
        return False
    return meaning.weekends or not _has(ALL_DAYS, line) and (_has(WEEKDAYS, line) or not is_button)


def _has(pattern: str, text: str) -> bool:
    return words(pattern).search(plain(text)) is not None

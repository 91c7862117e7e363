"""How two answers to the same question compare, said in one plain sentence, and what the two may decide.

Being apart is normal: no score, no winner, the client's answer first, decisions in order of size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.rules import words_apart
from agreements.rules.night import overlap_sentence
from agreements.rules.strictness import stricter
from agreements.rules.topics import TOPICS, Away, Meaning, QuietHours, read
from agreements.rules.vocabulary import UNSURE, Answer, ClauseKind, Role
from agreements.rules.wording import listed

ORDERED = frozenset({"often", "window", "night", "away", "look_again", "notice"})
OTHERS = 2


@dataclass(frozen=True)
class Option:
    """One option of a question, with the label the screens show and its meaning."""

    key: str
    label: str
    meaning: Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """A clause as far as comparing needs it; `options` stand in order of size. A free clause has the topic ""."""

    topic: str
    kind: ClauseKind
    options: tuple[Option, ...]

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(option.key for option in self.options)

    def meaning(self, answer: Answer) -> Meaning:
        """Raises ValueError, see `topics.read`."""
        return read(self.topic, answer, {option.key: option.meaning for option in self.options})

    def label(self, answer: Answer) -> str:
        """The answer as a screen names it."""
        return listed(_labels(self, answer.chosen)) or answer.words


@dataclass(frozen=True)
class Names:
    """What the two are called."""

    client: str
    therapist: str


@dataclass(frozen=True)
class Same:
    """Both chose the same: decided, no further tap."""

    answer: Answer


@dataclass(frozen=True)
class Different:
    """Not the same yet: one sentence, and how many steps lie between the two."""

    sentence: str
    steps: int


@dataclass(frozen=True)
class Unsure:
    """One or both are not sure yet; never counted as a difference of opinion."""

    who: tuple[Role, ...]
    sentence: str


@dataclass(frozen=True)
class Choice:
    """One button: decide `answer`, or with `until_review` leave the term open and go by `answer` meanwhile.

    `of` names whose position it is; nobody's for the options in between.
    """

    answer: Answer
    of: tuple[str, ...] = ()
    until_review: bool = False


def compare(question: Question, client: Answer, therapist: Answer, names: Names) -> Same | Different | Unsure:
    """Compare the two positions. Who said nothing counts with who is not sure, and is not called unsure."""
    unsure = tuple(role for role, answer in _by_role(client, therapist) if _is_unsure(answer))
    if unsure:
        return Unsure(unsure, _unsure_sentence(question, client, therapist, names))
    if _alike(client, therapist):
        return Same(client)
    return Different(_sentence(question, client, therapist, names), steps_apart(question, client, therapist))


def steps_apart(question: Question, client: Answer, therapist: Answer) -> int:
    """Steps between two answers: places in an ordered list, options that only one chose, else 1 when they differ."""
    if _alike(client, therapist):
        return 0
    if question.kind == ClauseKind.MANY:
        return len(set(client.chosen) ^ set(therapist.chosen))
    if question.topic in ORDERED and client.chosen and therapist.chosen:
        return abs(question.order.index(client.chosen[0]) - question.order.index(therapist.chosen[0]))
    return 1


def order_of_talking(steps: Mapping[str, int]) -> tuple[str, ...]:
    """Clause keys with the fewest steps first, for early agreement; equals keep the order they came in."""
    return tuple(sorted(steps, key=steps.__getitem__))


def stricter_of(question: Question, client: Answer, therapist: Answer) -> Role | None:
    """Whose answer is the stricter (rules/strictness.py). Nobody's in a free clause, or when one is unsure."""
    try:
        return stricter(question.meaning(client), question.meaning(therapist))
    except ValueError:
        return None


def working_rule(question: Question, client: Answer, therapist: Answer) -> Role:
    """Whose answer holds while a difference stays open until the review: the stricter one, else the therapist's."""
    return stricter_of(question, client, therapist) or Role.THERAPIST


def choices(question: Question, client: Answer, therapist: Answer) -> tuple[Choice, ...]:
    """The decisions to offer: the positions and at most two others, in order of size, then leaving it open.

    Leaving it open is offered once for each position, because an open term needs an answer that holds meanwhile. With
    nobody sure there is none, and every single option is offered.
    """
    positions: list[Choice] = []
    for role, answer in _by_role(client, therapist):
        if _is_unsure(answer):
            continue
        if positions and _alike(positions[0].answer, answer):
            positions = [Choice(positions[0].answer, (Role.CLIENT, Role.THERAPIST))]
        else:
            positions.append(Choice(answer, (role,)))
    others = _others(question, [choice.answer for choice in positions])
    decisions = sorted([*positions, *others], key=lambda choice: _size(question, choice.answer))
    return (*decisions, *(Choice(choice.answer, choice.of, until_review=True) for choice in positions))


def _others(question: Question, positions: Sequence[Answer]) -> list[Choice]:
    singles = [Answer((key,)) for key in question.order]
    if question.kind == ClauseKind.WORDS:
        return []
    if not positions:
        return [Choice(answer) for answer in singles]
    if question.kind == ClauseKind.MANY and len(positions) == 2:
        first, second = (set(position.chosen) for position in positions)
        found = [Answer(_in_order(question, keys)) for keys in (first & second, first | second) if keys]
    else:
        found = sorted(singles, key=lambda one: _away_from(question, one.chosen[0], positions))
    room = OTHERS + 2 - len(positions)
    new = [answer for answer in found if not any(_alike(answer, known) for known in positions)]
    return [Choice(answer) for answer in new if _holds(question, answer)][:room]


def _away_from(question: Question, key: str, positions: Sequence[Answer]) -> tuple[bool, int]:
    """How far an option lies from the answers that were given; what is a part of one of them comes last."""
    nearest = [min(abs(question.order.index(key) - question.order.index(each)) for each in p.chosen) for p in positions]
    return any(key in position.chosen for position in positions), sum(nearest)


def _size(question: Question, answer: Answer) -> tuple[int, tuple[int, ...]]:
    places = tuple(sorted(question.order.index(key) for key in answer.chosen))
    return len(places), places


def _holds(question: Question, answer: Answer) -> bool:
    if question.topic not in TOPICS:
        return True
    try:
        question.meaning(answer)
    except ValueError:
        return False
    return True


def _sentence(question: Question, client: Answer, therapist: Answer, names: Names) -> str:
    if question.kind == ClauseKind.MANY:
        return _many_sentence(question, client, therapist, names)
    if question.kind == ClauseKind.WORDS:
        return _words_sentence(question, client, therapist, names)
    if question.topic == "night":
        mine, theirs = question.meaning(client), question.meaning(therapist)
        assert isinstance(mine, QuietHours) and isinstance(theirs, QuietHours)
        return overlap_sentence(mine, theirs, client=names.client, therapist=names.therapist)
    if question.topic not in ORDERED:
        return _("You chose different things.")
    if _texts_alike(question, client, therapist):
        return _("For texts you want the same. What you hold on to is not the same yet.")
    steps = steps_apart(question, client, therapist)
    words = {1: _("one"), 2: _("two"), 3: _("three"), 4: _("four")}
    line = ngettext("You are %(steps)s step apart.", "You are %(steps)s steps apart.", steps)
    return line % {"steps": words.get(steps, str(steps))}


def _texts_alike(question: Question, client: Answer, therapist: Answer) -> bool:
    """Whether two answers about time away differ only in what stands in for texts."""
    if question.topic != "away":
        return False
    mine, theirs = question.meaning(client), question.meaning(therapist)
    return isinstance(mine, Away) and isinstance(theirs, Away) and mine.texting == theirs.texting


def _many_sentence(question: Question, client: Answer, therapist: Answer, names: Names) -> str:
    first, second = set(client.chosen), set(therapist.chosen)
    groups = (
        (_("Both: %(what)s."), first & second, ""),
        (_("Only %(name)s: %(what)s."), first - second, names.client),
        (_("Only %(name)s: %(what)s."), second - first, names.therapist),
    )
    return " ".join(
        line % {"name": name, "what": listed(_labels(question, keys))} for line, keys, name in groups if keys
    )


def _words_sentence(question: Question, client: Answer, therapist: Answer, names: Names) -> str:
    """What each added to the words, and what each chose beside them, as far as they are apart."""
    lines = []
    if client.words.strip() != therapist.words.strip():
        facts = {"client": names.client, "therapist": names.therapist}
        lines.append(words_apart.sentence(client.words, therapist.words, **facts))
    if set(client.chosen) != set(therapist.chosen):
        lines.append(_many_sentence(question, client, therapist, names))
    return " ".join(lines)


def _unsure_sentence(question: Question, client: Answer, therapist: Answer, names: Names) -> str:
    if _is_unsure(client) and _is_unsure(therapist):
        return _("Open for both of you.")
    one, said, other, answer = names.client, client, names.therapist, therapist
    if _is_unsure(therapist):
        one, said, other, answer = names.therapist, therapist, names.client, client
    facts = {"name": one, "other": other, "what": question.label(answer)}
    if said == Answer():
        return _("%(name)s has not said yet. %(other)s suggests: %(what)s.") % facts
    return _("%(name)s is not sure yet. %(other)s suggests: %(what)s.") % facts


def _by_role(client: Answer, therapist: Answer) -> tuple[tuple[Role, Answer], ...]:
    return ((Role.CLIENT, client), (Role.THERAPIST, therapist))


def _is_unsure(answer: Answer) -> bool:
    return UNSURE in answer.chosen or answer == Answer()


def _alike(one: Answer, other: Answer) -> bool:
    return set(one.chosen) == set(other.chosen) and one.words.strip() == other.words.strip()


def _labels(question: Question, keys: Sequence[str] | set[str]) -> list[str]:
    return [option.label for option in question.options if option.key in keys]


def _in_order(question: Question, keys: set[str]) -> tuple[str, ...]:
    return tuple(key for key in question.order if key in keys)

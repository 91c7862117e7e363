"""What the two see of each other's answers: the overview, one difference, the rows to read through. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agreements.reads import paper, raised
from agreements.reads.room import Room, TermSeen
from agreements.rules import differences, topics
from agreements.rules.vocabulary import ORDINARY_CHANNELS, Answer, AskedOn, ClauseKind, Role, TermState


@dataclass(frozen=True)
class Overview:
    """S3: headings by where the two stand. Every difference is shown; there is no score."""

    same: tuple[TermSeen, ...]
    different: tuple[TermSeen, ...]
    unsure: tuple[TermSeen, ...]


@dataclass(frozen=True)
class Side:
    """One party's box on a difference page; the reason stands only beside the stricter position."""

    who: str
    words: str
    reason: str
    side: str


@dataclass(frozen=True)
class Button:
    """One decision: its value for the form, its label, whose position it is, and what it would mean.

    Options by their keys; words, which have none, as "of:<role>".
    """

    value: str
    label: str
    whose: str
    line: str


@dataclass(frozen=True)
class Difference:
    """S4: both positions, one sentence, and the decisions as buttons.

    `bare`: the therapist's position is the stricter one and no reason of theirs stands beside it yet.
    """

    sentence: str
    sides: tuple[Side, ...]
    bare: bool
    decisions: tuple[Button, ...]
    leaving_open: tuple[Button, ...]


@dataclass(frozen=True)
class ReadingRow:
    """One term as it will be printed, with the open mark and the optional why."""

    key: str
    heading: str
    words: str
    left_open: bool
    left_out: bool
    fixed: bool
    why: str
    why_of: str


@dataclass(frozen=True)
class HowRow:
    """One line of the page "How we text". `words` are empty where nothing stands there yet."""

    seen: TermSeen
    words: str


def question(seen: TermSeen) -> differences.Question:
    """The clause as the rules compare it."""
    return differences.Question(
        topic=seen.clause.topic,
        kind=ClauseKind(seen.clause.kind),
        options=tuple(differences.Option(choice.key, choice.label, choice.meaning) for choice in seen.choices),
    )


def compared(room: Room, seen: TermSeen) -> differences.Same | differences.Different | differences.Unsure:
    """How the two positions on one term stand to each other; a missing one counts as not sure yet."""
    mine, theirs = (seen.position(role) or Answer() for role in (Role.CLIENT, Role.THERAPIST))
    names = differences.Names(room.client.called, room.therapist.called)
    return differences.compare(question(seen), mine, theirs, names)


def overview(room: Room) -> Overview:
    """The terms of the client's turn, sorted by where the two stand."""
    stands = [(seen, compared(room, seen)) for seen in room.asked(AskedOn.TURN)]
    return Overview(
        same=tuple(seen for seen, stand in stands if isinstance(stand, differences.Same)),
        different=tuple(seen for seen, stand in stands if isinstance(stand, differences.Different)),
        unsure=tuple(seen for seen, stand in stands if isinstance(stand, differences.Unsure)),
    )


def to_talk_about(room: Room) -> list[TermSeen]:
    """Terms of the turn that still need the two: what was raised, then differences with the fewest steps first, then
    what is not sure yet."""
    open_terms = {seen.key: compared(room, seen) for seen in room.asked(AskedOn.TURN) if not seen.decided}
    steps = {key: stand.steps for key, stand in open_terms.items() if isinstance(stand, differences.Different)}
    unsure = [key for key, stand in open_terms.items() if not isinstance(stand, differences.Different)]
    order = raised.first(room.draft.agreement_id, (*differences.order_of_talking(steps), *unsure))
    return [room.by_key[key] for key in order]


def place(room: Room, seen: TermSeen) -> tuple[int, int] | None:
    """Which difference of how many this is, counted over the whole talk; None for what is merely not sure yet."""
    found = overview(room).different
    steps = {each.key: _steps(room, each) for each in found}
    order = raised.first(room.draft.agreement_id, differences.order_of_talking(steps))
    return (order.index(seen.key) + 1, len(order)) if seen.key in order else None


def _steps(room: Room, seen: TermSeen) -> int:
    stand = compared(room, seen)
    return stand.steps if isinstance(stand, differences.Different) else 0


def difference(room: Room, seen: TermSeen) -> Difference:
    """Everything one difference page shows."""
    asked, stand = question(seen), compared(room, seen)
    mine, theirs = (seen.position(role) or Answer() for role in (Role.CLIENT, Role.THERAPIST))
    offered = differences.choices(asked, mine, theirs)
    stricter = differences.stricter_of(asked, mine, theirs)
    return Difference(
        bare=stricter is Role.THERAPIST and not seen.positions[Role.THERAPIST].reason,
        sentence="" if isinstance(stand, differences.Same) else stand.sentence,
        sides=tuple(_side(room, seen, role, stricter) for role in (Role.CLIENT, Role.THERAPIST)),
        decisions=tuple(_button(room, seen, choice) for choice in offered if not choice.until_review),
        leaving_open=tuple(_open_button(room, seen, choice) for choice in offered if choice.until_review),
    )


def _side(room: Room, seen: TermSeen, role: Role, stricter: Role | None) -> Side:
    answer = seen.position(role)
    words = _("Not sure yet") if answer is None or answer.unsure else seen.label(answer)
    reason = seen.positions[role].reason if role in seen.positions and role == stricter else ""
    return Side(room.parties[role].called, words, reason, role)


def _button(room: Room, seen: TermSeen, choice: differences.Choice) -> Button:
    lines = [option.consequence for option in seen.choices if option.key in choice.answer.chosen]
    return Button(
        value=f"of:{choice.of[0]}" if choice.answer.words else " ".join(choice.answer.chosen),
        label=seen.label(choice.answer),
        whose=" · ".join(room.parties[role].called for role in choice.of),
        line=lines[0] if len(lines) == 1 else "",
    )


def _open_button(room: Room, seen: TermSeen, choice: differences.Choice) -> Button:
    role = choice.of[0]
    facts = {"name": room.parties[role].called, "answer": seen.label(choice.answer)}
    label = _("Leave it open. Until then %(name)s’s answer: %(answer)s") % facts
    return Button(value=f"open:{role}", label=label, whose="", line="")


def channel_clashes(room: Room) -> bool:
    """Whether messages would go an ordinary way although the client chose no ordinary texts (H13)."""
    privacy = room.meanings().get("privacy")
    refuses = isinstance(privacy, topics.Privacy) and not privacy.ordinary_texts
    return refuses and room.draft.channel in ORDINARY_CHANNELS


def proposal(seen: TermSeen) -> Answer | None:
    """What stands on the page "How we text" before the two decide: the therapist's usual answer or the edition's.

    Nothing for the five required answers: each is chosen on its own.
    """
    return None if seen.clause.topic in topics.FIVE else seen.position(Role.THERAPIST) or seen.suggested


def still_to_choose(room: Room) -> list[TermSeen]:
    """What the page "How we text" needs, has no answer to and proposes none for."""
    asked = room.asked(AskedOn.HOW)
    return [seen for seen in asked if not (seen.decided or seen.optional or proposal(seen))]


def how_rows(room: Room) -> list[HowRow]:
    """The page "How we text": what is asked there, and all of the practice's own text, in the order of the edition."""
    rows = []
    for seen in room.terms:
        if seen.fixed or seen.clause.asked == AskedOn.HOW:
            value = seen.answer if seen.decided else proposal(seen)
            shown = value is not None and not seen.left_out
            rows.append(HowRow(seen, paper.printed(room, seen, value) if value is not None and shown else ""))
    return rows


def reading_rows(room: Room) -> list[ReadingRow]:
    """Every decided or open term in printed words."""
    rows = []
    for seen in room.terms:
        answer = seen.interim if seen.term.state == TermState.OPEN else seen.answer
        if answer is None:
            continue
        whose = room.parties[seen.term.why_of].called if seen.term.why_of else ""
        rows.append(
            ReadingRow(
                key=seen.key,
                heading=seen.text.heading,
                words="" if seen.left_out else paper.printed(room, seen, answer),
                left_open=seen.term.state == TermState.OPEN,
                left_out=seen.left_out,
                fixed=seen.fixed,
                why=seen.term.why,
                why_of=whose,
            )
        )
    return rows


def review_on(room: Room, today: date) -> date | None:
    """The local day on which the two would look again if they signed today."""
    return paper.review_on(room, today)

"""What the two see of each other's answers: the overview, one difference, the rows to read through. Never writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from agreements.reads import paper, partners, raised
from agreements.reads.room import Room, TermSeen
from agreements.rules import differences, topics
from agreements.rules.steps import FIRST_THREE
from agreements.rules.vocabulary import ORDINARY_CHANNELS, Answer, AskedOn, Channel, ClauseKind, Role, TermState

MANY, TODAY = 4, 3  # with more differences than MANY, the two may talk about TODAY of them and leave the rest open


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
    """One decision: its value for the form, its label, whose position it is, what it would mean, and whether the two
    decided it before.

    Options by their keys; words, which have none, as "of:<role>".
    """

    value: str
    label: str
    whose: str
    line: str
    stands: bool = False


@dataclass(frozen=True)
class Difference:
    """S4: both positions, one sentence, and the decisions as buttons.

    `bare`: the therapist's position is the stricter one and no reason of theirs stands beside it yet. `decided`: what
    the two decided, in words, where no button is it.
    """

    sentence: str
    sides: tuple[Side, ...]
    bare: bool
    decisions: tuple[Button, ...]
    leaving_open: tuple[Button, ...]
    decided: str = ""


@dataclass(frozen=True)
class Later:
    """A difference beyond the first three: until the review `role`'s answer holds, `who` says `words`.

    `role` is None where it comes up today after all: the therapist's answer is the stricter one and stands there `bare`
    of a reason, or it is that nobody texts.
    """

    seen: TermSeen
    role: Role | None
    bare: bool
    who: str
    words: str


@dataclass(frozen=True)
class ReadingRow:
    """One term as it will be printed, with the open mark and the optional why.

    Of a term left open: whose answer holds until then, and their reason where it is the stricter one.
    """

    key: str
    heading: str
    words: str
    left_open: bool
    until: str
    reason: str
    left_out: bool
    fixed: bool
    why: str
    why_of: str


def question(seen: TermSeen) -> differences.Question:
    """The clause as the rules compare it."""
    return differences.Question(
        topic=seen.clause.topic,
        kind=ClauseKind(seen.clause.kind),
        options=tuple(differences.Option(choice.key, choice.label, choice.meaning) for choice in seen.choices),
    )


def compared(room: Room, seen: TermSeen) -> differences.Same | differences.Different | differences.Unsure:
    """How the two positions on one term stand to each other; who said nothing counts with who is not sure yet."""
    if _would_leave_out(seen) and seen.position(Role.CLIENT):
        return differences.Different(_("%(name)s would leave it out.") % {"name": room.therapist.called}, 1)
    names, asked = differences.Names(room.client.called, room.therapist.called), question(seen)
    return partners.apart(room, seen, asked, differences.compare(asked, *_positions(seen), names))


def _positions(seen: TermSeen) -> tuple[Answer, Answer]:
    return seen.position(Role.CLIENT) or Answer(), seen.position(Role.THERAPIST) or Answer()


def _would_leave_out(seen: TermSeen) -> bool:
    """Whether the therapist wants no such term; an empty answer of theirs to an optional clause says so."""
    said = seen.positions.get(Role.THERAPIST)
    return seen.optional and said is not None and Answer.from_json(said.value) == Answer()


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
    different = _in_order(open_terms)
    unsure = [key for key in open_terms if key not in different]
    return [room.by_key[key] for key in raised.first(room.draft.agreement_id, (*different, *unsure))]


def _in_order(stands: Mapping[str, differences.Same | differences.Different | differences.Unsure]) -> tuple[str, ...]:
    """The differences among these, with the fewest steps first."""
    steps = {key: stand.steps for key, stand in stands.items() if isinstance(stand, differences.Different)}
    return differences.order_of_talking(steps)


def later(room: Room) -> list[Later]:
    """What stays open when the two talk about the first three differences today. None where there are four or fewer."""
    stands = {seen.key: compared(room, seen) for seen in room.asked(AskedOn.TURN)}
    chosen = FIRST_THREE in room.taken
    order = _in_order({key: stand for key, stand in stands.items() if chosen or not room.by_key[key].decided})
    if len(order) <= MANY or partners.keys(room):
        return []
    rest = raised.first(room.draft.agreement_id, order)[TODAY:]
    return [_later(room, room.by_key[key]) for key in rest if not room.by_key[key].decided]


def _later(room: Room, seen: TermSeen) -> Later:
    role = differences.working_rule(question(seen), *_positions(seen))
    rule = seen.position(role) or Answer()
    bare = _bare(seen)
    settled = not (bare or topics.NO_TEXTING in rule.chosen or rule == Answer())
    return Later(seen, role if settled else None, bare, room.parties[role].called, seen.label(rule))


def place(room: Room, seen: TermSeen) -> tuple[int, int] | None:
    """Which difference of how many this is, counted over the whole talk; None for what is merely not sure yet.

    What is decided comes before what is not, also when a changed answer puts it elsewhere in the order. With the first
    three for today, what stays open until the review does not count, nor what will once the therapist says a reason.
    """
    different = _in_order({each.key: compared(room, each) for each in overview(room).different})
    order = tuple(raised.first(room.draft.agreement_id, different))
    if FIRST_THREE in room.taken:
        order = (*order[:TODAY], *(key for key in order[TODAY:] if _today_too(room.by_key[key])))
    order = tuple(sorted(order, key=lambda key: not room.by_key[key].decided))
    return (order.index(seen.key) + 1, len(order)) if seen.key in order else None


def _today_too(seen: TermSeen) -> bool:
    return not (seen.decided or _bare(seen))


def own_rows(room: Room) -> list[tuple[TermSeen, str]]:
    """The therapist's answers to the questions of the turn, in words."""
    return [(seen, _words(room, seen, Role.THERAPIST)) for seen in room.asked(AskedOn.TURN)]


def difference(room: Room, seen: TermSeen) -> Difference:
    """Everything one difference page shows."""
    stand = compared(room, seen)
    offered = partners.choices(room, seen, differences.choices(question(seen), *_positions(seen)))
    decisions = tuple(_button(room, seen, choice) for choice in offered if not choice.until_review)
    elsewhere = seen.answer if seen.answer and not any(button.stands for button in decisions) else None
    return Difference(
        bare=_bare(seen),
        sentence="" if isinstance(stand, differences.Same) else stand.sentence,
        sides=tuple(_side(room, seen, role) for role in (Role.CLIENT, *partners.keys(room), Role.THERAPIST)),
        decisions=decisions,
        leaving_open=tuple(_open_button(room, seen, choice) for choice in offered if choice.until_review),
        decided=seen.label(elsewhere) if elsewhere else "",
    )


def _stricter(seen: TermSeen) -> Role | None:
    return differences.stricter_of(question(seen), *_positions(seen))


def _bare(seen: TermSeen) -> bool:
    """Whether the therapist's answer is the stricter one and their reason does not stand beside it yet."""
    return _stricter(seen) is Role.THERAPIST and not seen.positions[Role.THERAPIST].reason


def _side(room: Room, seen: TermSeen, role: str) -> Side:
    return Side(room.parties[role].called, _words(room, seen, role), _reason(seen, role), role)


def _reason(seen: TermSeen, role: str) -> str:
    """Their own reason, where theirs is the stricter answer."""
    return seen.positions[role].reason if role in seen.positions and role == _stricter(seen) else ""


def _words(room: Room, seen: TermSeen, role: str) -> str:
    answer = seen.position(role)
    if answer is not None:
        return _("Not sure yet") if answer.unsure else seen.label(answer)
    if role == Role.THERAPIST and _would_leave_out(seen):
        return _("Leave it out")
    return _("%(name)s has not said yet") % {"name": room.parties[role].called}


def _button(room: Room, seen: TermSeen, choice: differences.Choice) -> Button:
    lines = [option.consequence for option in seen.choices if option.key in choice.answer.chosen]
    return Button(
        value=f"of:{choice.of[0]}" if choice.answer.words else " ".join(choice.answer.chosen),
        label=seen.label(choice.answer),
        whose=" · ".join(room.parties[role].called for role in choice.of),
        line=" ".join(filter(None, lines)),
        stands=seen.answer is not None and seen.label(seen.answer) == seen.label(choice.answer),
    )


def _open_button(room: Room, seen: TermSeen, choice: differences.Choice) -> Button:
    role = choice.of[0]
    facts = {"name": room.parties[role].called, "answer": seen.label(choice.answer)}
    label = _("Leave it open. Until then %(name)s’s answer: %(answer)s") % facts
    return Button(value=f"open:{role}", label=label, whose="", line="", stands=seen.term.interim_of == role)


def channel_clashes(room: Room) -> bool:
    """Whether messages would go an ordinary way although the client chose no ordinary texts (H13)."""
    return room.draft.channel in excluded_channels(room)


def excluded_channels(room: Room) -> tuple[Channel, ...]:
    """The ways for messages that the client's choice about ordinary texts leaves out (H13)."""
    privacy = room.meanings().get("privacy")
    return ORDINARY_CHANNELS if isinstance(privacy, topics.Privacy) and not privacy.ordinary_texts else ()


def reading_rows(room: Room) -> list[ReadingRow]:
    """Every decided or open term in printed words."""
    rows = []
    for seen in room.terms:
        answer = seen.interim if seen.term.state == TermState.OPEN else seen.answer
        if answer is None:
            continue
        whose = room.parties.get(seen.term.why_of)
        rows.append(
            ReadingRow(
                key=seen.key,
                heading=seen.text.heading,
                words="" if seen.left_out else paper.printed(room, seen, answer),
                left_open=seen.term.state == TermState.OPEN,
                until=room.parties[seen.term.interim_of].called if seen.term.interim_of else "",
                reason=_reason(seen, seen.term.interim_of),
                left_out=seen.left_out,
                fixed=seen.fixed,
                why=seen.term.why if whose else "",
                why_of=whose.called if whose else "",
            )
        )
    return rows


def only_the_paper(rows: list[ReadingRow]) -> list[ReadingRow]:
    """The same rows for somebody who joins to read: nobody's position, reason or why."""
    return [replace(row, until="", reason="", why="", why_of="") for row in rows]

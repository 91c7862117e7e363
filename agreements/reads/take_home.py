"""An unsigned draft to take home: the crisis box, what the two have so far, what is still open. Never writes.

Nobody's position, why or reason is in it; they are not even read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.reads import lines, paper, resources
from agreements.reads.room import Room, TermSeen
from agreements.rules import crisis, crisis_rows, wording
from agreements.rules.crisis_phrases import Ours
from agreements.rules.record import BoxRecord, ChannelRecord
from agreements.rules.safety_box import unsafe_rows
from agreements.rules.steps import Step
from agreements.rules.vocabulary import AskedOn, Channel, ClauseKind, ClauseMode, Outcome, Paper, Role, TermState


@dataclass(frozen=True)
class SoFar:
    """A term in printed words; what is left open has the words that hold until then."""

    heading: str
    words: str
    left_open: bool


@dataclass(frozen=True)
class StillOpen:
    """A term that is not decided: its question, a line beside it, and its choices, each with what it would mean."""

    heading: str
    question: str
    hint: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TakeHome:
    """What the draft says on the local day `made_on`. `people` are those who answer, as they are called;
    `begun_to_sign`: one of them has signed what stands there.

    `unchecked` names crisis lines that nobody checked within twelve months (H17): they are given, and marked. `unsafe`
    says why a line must not be given at all. `turn_ahead`: among what is still open are questions of the turn, the only
    ones that may stay so.
    """

    language: str
    paper: Paper
    demo: bool
    made_on: date
    people: tuple[str, ...]
    practice: str
    phone: str
    begun_to_sign: bool
    box: BoxRecord
    unchecked: tuple[str, ...]
    unsafe: tuple[str, ...]
    channel: ChannelRecord | None
    so_far: tuple[SoFar, ...]
    still_open: tuple[StillOpen, ...]
    turn_ahead: bool = True

    @property
    def therapist(self) -> str:
        """As they are called: the last of those who answer."""
        return self.people[-1]


def take_home(room: Room, *, now: datetime) -> TakeHome:
    """The draft as it stands at `now` (UTC), in the agreement's language; the day is local to the practice.

    `room` should be entered without anybody's positions.
    """
    draft, practice = room.draft, room.practice
    client, made_on = draft.agreement.client, now.astimezone(ZoneInfo(room.practice.zone)).date()
    rows = paper.rows_for(room)
    with translation.override(draft.agreement.language):
        facts = paper.facts(room)
        plain = crisis.carried(facts, resources.plain(rows))
        due = {line.row.key for line in lines.for_client(client, made_on) if not line.holds}
        ours = Ours((room.therapist.called, room.parties[Role.THERAPIST].name), (practice.phone,))
        texting = draft.outcome == Outcome.TEXTING
        return TakeHome(
            language=draft.agreement.language,
            paper=Paper(client.paper),
            demo=practice.demo,
            made_on=made_on,
            people=tuple(room.answering.values()),
            practice=practice.name,
            phone=practice.phone,
            begun_to_sign=bool(room.signatures),
            box=paper.box_record(facts, plain),
            unchecked=tuple(f"{row.service} ({crisis_rows.place_name(row)})" for row in plain if row.key in due),
            unsafe=tuple(each.words for each in unsafe_rows(plain, ours, draft.agreement.language)),
            channel=_channel(room),
            so_far=tuple(_so_far(room, seen) for seen in paper.says(room)),
            still_open=tuple(_still_open(room, seen) for seen in room.terms if texting and not seen.decided),
            turn_ahead=any(not seen.decided for seen in room.asked(AskedOn.TURN)),
        )


def _channel(room: Room) -> ChannelRecord | None:
    """Where texts go; the therapist proposed it, so it stands there once the two have compared."""
    draft = room.draft
    known = draft.outcome == Outcome.TEXTING and draft.channel and Step.TURN in room.taken
    return ChannelRecord(Channel(draft.channel), draft.text_number) if known else None


def _so_far(room: Room, seen: TermSeen) -> SoFar:
    is_open = seen.term.state == TermState.OPEN
    value = seen.interim if is_open else seen.answer
    assert value is not None
    return SoFar(seen.text.heading, paper.printed(room, seen, value), is_open)


def _still_open(room: Room, seen: TermSeen) -> StillOpen:
    names = {"client": room.client.called, "therapist": room.therapist.called, "phone": room.practice.phone}
    question, hint = (
        wording.fill(text, chosen="", words="", **names)
        for text in (seen.text.question or seen.text.heading, seen.text.hint)
    )
    if seen.clause.mode == ClauseMode.STATED:
        said = _("%(therapist)s says this when you two meet.") % {"therapist": room.parties[Role.THERAPIST].called}
        return StillOpen(seen.text.heading, question, said, ())
    if seen.clause.kind == ClauseKind.WORDS and seen.suggested is not None:
        hint = _("For example: %(words)s") % {"words": paper.printed(room, seen, seen.suggested)}
    return StillOpen(
        seen.text.heading, question, hint, tuple((choice.label, choice.consequence) for choice in seen.choices)
    )

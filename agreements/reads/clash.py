"""Two screens and one answer: what is saved and what was given here, in words, to choose from. Never writes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from agreements.models import Position, Term
from agreements.reads.room import Room, TermSeen
from agreements.rules.vocabulary import Answer, TermState


@dataclass(frozen=True)
class Clash:
    """The term, both values in words, and the revision of what is saved."""

    seen: TermSeen
    saved: str
    here: str
    rev: int


def of(room: Room, saved: Position | Term, wanted: Answer, until: str) -> Clash:
    """`saved` as it now stands; `wanted` and `until` as the refusal has them."""
    term = saved.term if isinstance(saved, Position) else saved
    seen = room.by_key[term.clause.key]
    there = saved.interim if isinstance(saved, Term) and saved.state == TermState.OPEN else saved.value
    still_open = saved.interim_of if isinstance(saved, Term) else ""
    now = _words(room, seen, Answer.from_json(there), still_open) if there is not None else _("nothing yet")
    return Clash(seen, now, _words(room, seen, wanted, until), saved.rev)


def _words(room: Room, seen: TermSeen, answer: Answer, until: str) -> str:
    if answer == Answer():
        return _("Leave it out") if seen.optional else _("nothing yet")
    label = _("Not sure yet") if answer.unsure else seen.label(answer)
    if not until:
        return label
    return _("Left open. Until then %(name)s’s answer: %(answer)s") % {
        "name": room.parties[until].called,
        "answer": label,
    }

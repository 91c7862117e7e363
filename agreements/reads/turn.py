"""The client's turn: one term of it, and what was saved before. Never writes.

The therapist's answers are not read here, but for one question that the two have compared already (`both`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from agreements.models import Position, Signature, Term, User
from agreements.reads.room import Room, TermSeen
from agreements.rules.topics import NO_TEXTING
from agreements.rules.vocabulary import Answer, AskedOn, ClauseKind, Role

__all__ = ["TermSeen", "answers", "begun", "both", "rev", "says_no_texting", "term_for", "to_go_through"]


def term_for(draft_id: UUID, key: str, *, asked: AskedOn, therapist: User) -> Term | None:
    """A question of that page in a draft of this therapist's own client, or None.

    `zone` is the client's; `signed`: somebody signed a text of this round.
    """
    here = {"draft": draft_id, "clause__key": key, "clause__asked": asked}
    return (
        Term.objects.select_related("draft__agreement", "clause")
        .only("state", "rev", "draft__agreement__therapist", "clause__key", "clause__kind", "clause__mode")
        .annotate(
            zone=F("draft__agreement__client__zone"),
            signed=Exists(Signature.objects.filter(version__draft=OuterRef("draft"))),
        )
        .filter(**here, draft__agreement__client__therapist=therapist)
        .exclude(clause__kind=ClauseKind.FIXED)
        .first()
    )


def answers(term: Term, who: str) -> bool:
    """Whether this is the key of a partner of a couple who answers this question."""
    partners = term.draft.agreement.parties.filter(role=Role.PARTNER, gone=False)
    return who in {party.key for party in partners}


def rev(seen: TermSeen, who: str = Role.CLIENT) -> int:
    """The revision of a position as shown, 0 where there is none: the client's, or that of a partner by key."""
    return seen.positions[who].rev if who in seen.positions else 0


def begun(room: Room) -> bool:
    """Whether the client has answered something in this round."""
    return any(rev(seen) for seen in room.asked(AskedOn.TURN))


def to_go_through(room: Room) -> list[TermSeen]:
    """Together: the questions whose two answers the two have not looked at yet, in the order of the edition."""
    return [seen for seen in room.asked(AskedOn.TURN) if not _compared(seen)]


def both(seen: TermSeen) -> TermSeen | None:
    """A question with both answers to it, or None: nobody sees the therapist's before the client's was saved."""
    if not _compared(seen):
        return None
    theirs = Position.objects.filter(term=seen.term, party__role=Role.THERAPIST).select_related("party").first()
    return replace(seen, positions={**seen.positions, **({Role.THERAPIST: theirs} if theirs else {})})


def _compared(seen: TermSeen) -> bool:
    mine = seen.positions.get(Role.CLIENT)
    return mine is not None and mine.compared and seen.position(Role.CLIENT) is not None


def says_no_texting(answers: Mapping[str, Answer]) -> bool:
    """Whether the client's uses say "no texting": a whole answer that needs no other (H14)."""
    return "purpose" in answers and NO_TEXTING in answers["purpose"].chosen

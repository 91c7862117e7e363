"""The page "How we text": what stands there, what is still to choose, what each says of it. Never writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agreements.models import AuditEvent
from agreements.reads import paper
from agreements.reads.room import Room, TermSeen
from agreements.rules import topics
from agreements.rules.vocabulary import Answer, AskedOn, ClauseKind, Fit, Role

FIT = "fit"  # the kind of event by which the log keeps what somebody said of the words that stood there


@dataclass(frozen=True)
class HowRow:
    """One line of the page. `words` are empty where nothing stands there yet.

    `fits`: the two may say whether these words work for them; `said` is who said what of the words as they stand.
    """

    seen: TermSeen
    words: str
    fits: bool
    said: tuple[tuple[str, str], ...]


def proposal(seen: TermSeen) -> Answer | None:
    """What stands on the page "How we text" before the two decide: the therapist's usual answer or the edition's.

    Nothing for the five required answers: each is chosen on its own.
    """
    return None if seen.clause.topic in topics.FIVE else seen.position(Role.THERAPIST) or seen.suggested


def still_to_choose(room: Room) -> list[TermSeen]:
    """What the page "How we text" needs, has no answer to and proposes none for."""
    asked = room.asked(AskedOn.HOW)
    return [seen for seen in asked if not (seen.decided or seen.optional or proposal(seen))]


def stands(seen: TermSeen) -> Answer | None:
    """What stands on the page for one term: what was decided, else what is proposed. None where it is left out."""
    value = seen.answer if seen.decided else proposal(seen)
    return None if seen.left_out else value


def can_fit(seen: TermSeen) -> bool:
    """Whether the two may say of these words that they work for them."""
    is_words = seen.clause.kind == ClauseKind.WORDS and seen.clause.asked == AskedOn.HOW
    return is_words and stands(seen) is not None


def said(room: Room) -> dict[str, dict[str, Fit]]:
    """What each last said of the words that stand there now, by clause key and theirs. Other words are not spoken of,
    and who takes part no longer holds nothing up.
    """
    words = {seen.term.pk: seen for seen in room.terms if can_fit(seen)}
    events = AuditEvent.objects.filter(chain=room.draft.agreement_id, kind=FIT, subject__in=words).order_by("sequence")
    found: dict[str, dict[str, Fit]] = {}
    for event in events if words else ():
        seen, details = words[event.subject], event.details
        if details["role"] in room.parties and details["of"] == (stands(seen) or Answer()).to_json():
            found.setdefault(seen.key, {})[details["role"]] = Fit(details["fit"])
    return found


def to_change(room: Room, given: Mapping[str, Mapping[str, Fit]]) -> list[TermSeen]:
    """What does not work for somebody as it stands: it is changed before they go on."""
    return [seen for seen in room.terms if Fit.NOT in given.get(seen.key, {}).values()]


def rows(room: Room, given: Mapping[str, Mapping[str, Fit]]) -> list[HowRow]:
    """What is asked on the page, and all of the practice's own text, in the order of the edition."""
    found = []
    for seen in room.terms:
        if seen.fixed or seen.clause.asked == AskedOn.HOW:
            value = stands(seen)
            words = "" if value is None else paper.printed(room, seen, value)
            fits = given.get(seen.key, {})
            lines = tuple((party.called, str(fits[key].label)) for key, party in room.parties.items() if key in fits)
            found.append(HowRow(seen, words, can_fit(seen), lines))
    return found

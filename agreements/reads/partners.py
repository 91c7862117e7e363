"""A couple: what a partner answered alone, beside the two positions that are compared. Never writes."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from agreements.reads.room import Room, TermSeen
from agreements.rules.differences import Choice, Different, Question, Same, Unsure, steps_apart
from agreements.rules.vocabulary import Answer, Role

Stand = Same | Different | Unsure


def keys(room: Room) -> list[str]:
    """Whose answers stand beside the client's and the therapist's."""
    return [party.key for party in room.people(Role.PARTNER)]


def apart(room: Room, seen: TermSeen, question: Question, stand: Stand) -> Stand:
    """How all positions on one term stand to each other, where `stand` is that of the client's and the therapist's."""
    said = {key: seen.position(key) or Answer() for key in keys(room)}
    if not said or isinstance(stand, Unsure):
        return stand
    unsure = [key for key, answer in said.items() if answer.unsure or answer == Answer()]
    if unsure:
        return Unsure((), _("%(name)s is not sure yet.") % {"name": room.parties[unsure[0]].called})
    mine = seen.position(Role.CLIENT) or Answer()
    steps = max(steps_apart(question, mine, answer) for answer in said.values())
    if isinstance(stand, Different):
        return Different(_("You chose different things."), max(steps, stand.steps))
    return Different(_("You chose different things."), steps) if steps else stand


def choices(room: Room, seen: TermSeen, offered: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The decisions to offer, the partners' answers among them, and whose each is."""
    for key in keys(room):
        said = seen.position(key)
        if said is None or said.unsure:
            continue
        if any(_alike(choice.answer, said) and not choice.until_review for choice in offered):
            offered = tuple(
                replace(each, of=(*each.of, key)) if _alike(each.answer, said) else each for each in offered
            )
        else:
            offered = (Choice(said, (key,)), *offered)
        if not any(_alike(choice.answer, said) and choice.until_review for choice in offered):
            offered = (*offered, Choice(said, (key,), until_review=True))
    return offered


def _alike(one: Answer, other: Answer) -> bool:
    return set(one.chosen) == set(other.chosen) and one.words.strip() == other.words.strip()

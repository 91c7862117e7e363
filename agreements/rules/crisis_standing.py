"""What a crisis row would do to the box of its place: an addition is an extra and never takes the place of another."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from agreements.rules import crisis, crisis_rows
from agreements.rules.crisis_rows import Resource
from agreements.rules.vocabulary import CallHours, Contact, ResourceKind, Voice

Way = Callable[[Sequence[Resource]], Resource | None]
WAYS: tuple[Way, ...] = (
    crisis_rows.emergency,
    crisis_rows.line,
    crisis_rows.chat_line,
    lambda rows: next(iter(crisis_rows.text_lines(rows)), None),
    lambda rows: crisis_rows.silent_emergency(rows, registered=False),
    lambda rows: crisis_rows.silent_emergency(rows, registered=True),
)


def displaced(row: Resource, there: Sequence[Resource]) -> Resource | None:
    """The row that this one would push out of the box, or None. `there` are those in use in its country, the one with
    its own key among them when it takes that one's place.

    A second emergency number of one place is never an addition.
    """
    others = [other for other in there if other.key != row.key]
    if row.kind == ResourceKind.EMERGENCY:
        same = [other for other in others if (other.kind, other.area) == (row.kind, row.area)]
        if same:
            return same[0]
    for area in _areas(row, there):
        before, after = (crisis_rows.for_place(rows, row.country, area) for rows in (there, [*others, row]))
        for way in WAYS:
            was, now = way(before), way(after)
            if was and now and now.key == row.key != was.key:
                return was
    return None


def displaced_fault(row: Resource, there: Sequence[Resource]) -> str:
    """What to say when a row would push another out of the box, or nothing."""
    other = displaced(row, there)
    if other is None:
        return ""
    words = _(
        "%(service)s stands in the box of this place already. If its number changed, open that row and press “The "
        "number changed”. If this one is an extra, choose the kind “%(local)s”."
    )
    return words % {"service": other.service, "local": ResourceKind.LOCAL.label}


def changes(row: Resource, there: Sequence[Resource]) -> list[tuple[str, str, str]]:
    """Steps 1 and 2 that read otherwise once the row is published: the places, what they said, what they will say.

    Of a therapist who takes no call about suicide, for a client who can call and for one who cannot speak.
    """
    others = [other for other in there if other.key != row.key]
    found: dict[tuple[str, str], list[str]] = {}
    for area in _areas(row, there):
        here = crisis_rows.for_place([*others, row], row.country, area)
        place = next((crisis_rows.place_name(each) for each in here if each.area == area), row.place)
        for voice in (Voice.CALLS, Voice.NO_VOICE):
            before, after = (_steps(rows, row.country, area, voice) for rows in (there, [*others, row]))
            for number in (1, 2):
                change = (before.get(number, ""), after.get(number, ""))
                if change[0] != change[1]:
                    places = found.setdefault(change, [])
                    places += [place] if place not in places else []
    return [(", ".join(places), was, now) for (was, now), places in found.items()]


def _areas(row: Resource, there: Sequence[Resource]) -> list[str]:
    return [row.area] if row.area else sorted({"", *(other.area for other in there)})


def _steps(rows: Sequence[Resource], country: str, area: str, voice: Voice) -> dict[int, str]:
    here = crisis_rows.for_place(rows, country, area)
    if crisis_rows.emergency(here) is None or not any(each.is_line for each in here):
        return {}
    facts = crisis.BoxFacts(
        _("the therapist"), "", crisis.CallTimes(CallHours.NEVER), voice, Contact.TEXT, False, country, area
    )
    return {step.number: _capitals(step.line) for step in crisis.box(facts, here).steps}


def _capitals(line: str) -> str:
    """The line of a step with a capital where its words for the therapist begin a sentence."""
    somebody = _("the therapist")
    return re.sub(rf"(?:^|(?<=[.!?] )){re.escape(somebody)}", somebody[:1].upper() + somebody[1:], line)

"""The crisis lines anybody may see beside a check code: of one country, the line that answers at any hour first.

Nothing here tells anyone to wait, and nobody is named. The caller activates the language and gives checked rows.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agreements.rules import crisis_rows as rows
from agreements.rules.crisis_rows import Parts, Resource, fill


def public_lines(resources: Iterable[Resource], country: str) -> tuple[Parts, ...]:
    """One sentence each; empty when no row says whom to call."""
    here = rows.for_place(resources, country, "")
    says: list[Parts] = []
    if first := rows.line(here):
        says.append(fill(_("Thoughts of suicide: call %(line)s right away, any hour."), line=rows.call_here(first)))
        if second := rows.second_line(here, first):
            says.append(fill(_("Line busy: call %(line)s."), line=rows.call_here(second)))
    if emergency := rows.emergency(here):
        danger = _("Danger now: call %(number)s or go to the nearest emergency room.")
        says.append(fill(danger, number=rows.call_here(emergency)))
    if silent := _silent(here):
        says.append(fill(_("You cannot speak, or it is not safe to: %(ways)s."), ways=silent))
    return tuple(says)


def _silent(here: tuple[Resource, ...]) -> Parts:
    """What needs no voice and no registering."""
    ways = [rows.text_here(row) for row in rows.text_lines(here)[:1]]
    ways += [rows.chat_here(row) for row in filter(None, [rows.chat_line(here)])]
    ways += [rows.silent_here(row) for row in filter(None, [rows.silent_emergency(here, registered=False)])]
    said: Parts = ()
    for way in ways:
        said = fill(_("%(ways)s, or %(other)s"), ways=said, other=way) if said else way
    return said

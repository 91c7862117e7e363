"""The crisis lines anybody may see, of one country, numbered as the crisis box numbers its steps.

Nothing here tells anyone to wait, and nobody is named. The caller activates the language and gives checked rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from agreements.rules import crisis_rows as rows
from agreements.rules.crisis_rows import Parts, Resource, fill

CALLED = re.compile(r"[\d*+#][\d ().*+#-]*")


def public_lines(resources: Iterable[Resource], country: str) -> tuple[tuple[int, Parts], ...]:
    """Each with its step's number, and its own numbers to be tapped; empty when no row says whom to call."""
    here = rows.for_place(resources, country, "")
    says: list[tuple[int, Parts]] = []
    if emergency := rows.emergency(here):
        danger = _("Danger now: call %(number)s or go to the nearest emergency room.")
        says.append((1, fill(danger, number=_to_call(emergency))))
    if first := rows.line(here):
        call = fill(_("Thoughts of suicide: call %(line)s right away, any hour."), line=_to_call(first))
        if second := rows.second_line(here, first):
            busy = fill(_("Line busy: call %(line)s."), line=_to_call(second))
            call = fill("%(call)s %(busy)s", call=call, busy=busy)
        says.append((2, call))
    if silent := _silent(here):
        says.append((3, fill(_("You cannot speak, or it is not safe to: %(ways)s."), ways=silent)))
    return tuple(says)


def _to_call(row: Resource) -> Parts:
    return _tapped(rows.call_here(row), row.call, "tel")


def _to_text(row: Resource) -> Parts:
    """A number in another app is none that the telephone can text."""
    return rows.text_here(row) if row.text_app else _tapped(rows.text_here(row), row.text_to, "sms")


def _tapped(parts: Parts, number: str, scheme: str) -> Parts:
    """The number, shown as it stands, with the address that dials just that; what follows a "then" is for later."""
    first = number.partition("then")[0].strip()
    if not CALLED.fullmatch(first):
        return parts
    href = f"{scheme}:{re.sub(r'[ ().-]', '', first).replace('#', '%23')}"
    return tuple(rows.Dialled(part.text, part.strong, href) if part.text == number else part for part in parts)


def _silent(here: tuple[Resource, ...]) -> Parts:
    """What needs no voice and no registering."""
    ways = [_to_text(row) for row in rows.text_lines(here)[:1]]
    ways += [rows.chat_here(row) for row in filter(None, [rows.chat_line(here)])]
    ways += [rows.silent_here(row) for row in filter(None, [rows.silent_emergency(here, registered=False)])]
    said: Parts = ()
    for way in ways:
        said = fill(_("%(ways)s, or %(other)s"), ways=said, other=way) if said else way
    return said

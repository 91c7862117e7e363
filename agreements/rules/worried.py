"""If you are worried tonight: what a young person's guardian does, in three steps, from the rows of the crisis box.

Never a text and never a wait. What is here stands below the box and takes nothing from it (H1, H3, H20). The caller
activates the language.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agreements.rules import crisis_rows as rows
from agreements.rules.crisis_blanks import BoxFacts
from agreements.rules.crisis_rows import Part, Parts, Resource, fill, for_place


def steps(facts: BoxFacts, resources: Iterable[Resource], *, young: str) -> tuple[Parts, ...]:
    """What to do, in order: danger now, worried and no danger now, telling the therapist. `young` is how they are
    called."""
    here = for_place(resources, facts.country, facts.area)
    known, line = rows.emergency(here), rows.line(here)
    emergency: Parts = rows.call_here(known) if known else (Part(_("your local emergency number")),)
    danger = _(
        "Danger now: %(young)s may act on thoughts of suicide, is hurt, or has taken something. Stay with %(young)s. "
        "Call %(emergency)s or go to the nearest emergency room."
    )
    worried = _(
        "Worried, and no danger now: call %(line)s right away, any hour. Say that you are worried about somebody. "
        "Line busy: call %(second)s. Not sure if it is danger: call %(emergency)s."
    )
    told = _("%(therapist)s wants to know too: call %(phone)s. Do not wait for a call back: go by the steps.")
    other = line and rows.second_line(here, line)
    blanks = {
        "emergency": emergency,
        "line": rows.call_here(line) if line else emergency,
        "second": rows.call_here(other) if other else emergency,
    }
    reach = {"therapist": facts.therapist, "phone": (Part(facts.phone, strong=True),)}
    return (
        fill(danger, young=young, emergency=emergency),
        fill(worried, **blanks),
        *([fill(told, **reach)] if facts.phone else []),
    )

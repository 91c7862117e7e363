"""The therapist's time away."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import Absence, Practice, User
from agreements.reads import resources
from agreements.rules.safety import expires_on
from agreements.rules.vocabulary import CheckedHow


@transaction.atomic
def announce(*, therapist: User, starts_on: date | None, ends_on: date | None, by: User, now: datetime) -> Absence:
    """The therapist is away on these local days, both inclusive (H23). What holds then stands in each agreement.

    Raises Unreadable when a day is missing or they are not in order, NotNow when no crisis line of the practice's
    country holds on the first day: while nobody answers, there is only the line.
    """
    if starts_on is None or ends_on is None:
        raise Unreadable(_("Please give the first and the last day away."), "ends_on" if starts_on else "starts_on")
    if ends_on < starts_on:
        raise Unreadable(_("The last day away comes before the first."), "ends_on")
    practice = Practice.objects.get()
    if not _a_line_holds(practice, starts_on):
        raise NotNow(_("Please check the crisis lines first. They are what helps while you are away."))
    absence = Absence.objects.create(therapist=therapist, starts_on=starts_on, ends_on=ends_on)
    audit.record(chain=practice, kind="time away announced", by=by, now=now, subject=absence.pk)
    return absence


def _a_line_holds(practice: Practice, on: date) -> bool:
    """Whether a line that answers day and night in the practice's country is there, and its check counts that day."""
    rows = list(resources.holding().filter(country=practice.country))
    lines = {row.key for row in resources.plain(rows) if row.is_line}
    return any(
        key in lines and expires_on(check) >= on and (practice.demo or check.how != CheckedHow.DEMO)
        for key, check in resources.checks(rows).items()
    )

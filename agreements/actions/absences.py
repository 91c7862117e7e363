"""The therapist's time away."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit
from agreements.actions.refusals import Unreadable
from agreements.models import Absence, Practice, User


@transaction.atomic
def announce(*, therapist: User, starts_on: date, ends_on: date, by: User, now: datetime) -> Absence:
    """The therapist is away on these local days, both inclusive. Raises Unreadable when they are not in order."""
    if ends_on < starts_on:
        raise Unreadable(_("The last day away comes before the first."))
    absence = Absence.objects.create(therapist=therapist, starts_on=starts_on, ends_on=ends_on)
    audit.record(chain=Practice.objects.get(), kind="time away announced", by=by, now=now, subject=absence.pk)
    return absence

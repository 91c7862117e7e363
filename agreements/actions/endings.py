"""Texting stops or ends. The two are not symmetrical: the client stops at once and without a reason (H14, H21)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.actions import audit, reminders
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import Agreement, Ending, Practice, User
from agreements.rules.vocabulary import Outcome, Role, StopReason


@transaction.atomic
def stop(
    *,
    agreement: Agreement,
    by_role: Role,
    effective_on: date,
    by: User,
    now: datetime,
    planned: bool = False,
    without_notice: bool = False,
    reason: str = "",
    form_key: UUID | None = None,
) -> Ending:
    """Record that texting stopped on the local day `effective_on`. The signed text stays as it is.

    The client gives no reason, and none is kept. A therapist who goes sooner than the agreed notice names a `reason` of
    StopReason; with the notice there is none (H21). Raises Unreadable where that reason is missing or the day lies
    before the signing or ahead, NotNow when nothing is in force.
    """
    audit.lock(agreement)
    if ending := Ending.objects.filter(agreement=agreement).first():
        return ending
    signed = agreement.documents.filter(version__outcome=Outcome.TEXTING).order_by("sealed_at").first()
    if signed is None:
        raise NotNow(_("There is no texting agreement in force."))
    without_notice = without_notice and by_role == Role.THERAPIST and not planned
    if without_notice and reason not in StopReason:
        raise Unreadable(_("Please choose why texting stops without the agreed notice."), "reason")
    _refuse_unless_passed(effective_on, signed.sealed_at, now)
    kept_reason = reason if without_notice else ""
    facts = {"by_role": by_role, "planned": planned, "without_notice": without_notice, "reason": kept_reason}
    ending = Ending.objects.create(agreement=agreement, effective_on=effective_on, at=now, **facts)
    reminders.settle(agreement=agreement)
    details = {**facts, "effective_on": effective_on.isoformat()}
    audit.record(
        chain=agreement, kind="texting stopped", by=by, now=now, subject=ending.pk, details=details, form_key=form_key
    )
    return ending


def _refuse_unless_passed(day: date, signed_at: datetime, now: datetime) -> None:
    """A stop is written down on its day or after it: what lies ahead is said in session first."""
    zone = ZoneInfo(Practice.objects.get().zone)
    first, today = (moment.astimezone(zone).date() for moment in (signed_at, now))
    if not first <= day <= today:
        facts = {"first": date_format(first, "j F Y"), "today": date_format(today, "j F Y")}
        raise Unreadable(_("Please choose a day from %(first)s to %(today)s.") % facts, "effective_on")

"""Texting stops or ends. The two are not symmetrical: the client stops at once and without a reason (H14, H21)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import Agreement, Ending, User
from agreements.rules.vocabulary import Outcome, Role


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
    """Record that texting stops on the local day `effective_on`. The signed text stays as it is.

    Raises Unreadable when the therapist goes without the agreed notice and gives no reason, NotNow when nothing is
    in force.
    """
    audit.lock(agreement)
    if ending := Ending.objects.filter(agreement=agreement).first():
        return ending
    if not agreement.documents.filter(version__outcome=Outcome.TEXTING).exists():
        raise NotNow(_("There is no texting agreement in force."))
    if without_notice and by_role == Role.THERAPIST and not reason.strip():
        raise Unreadable(_("Please say why texting stops without the agreed notice."))
    ending = Ending.objects.create(
        agreement=agreement,
        by_role=by_role,
        planned=planned,
        without_notice=without_notice,
        reason=reason,
        effective_on=effective_on,
        at=now,
    )
    audit.record(chain=agreement, kind="texting stopped", by=by, now=now, subject=ending.pk, form_key=form_key)
    return ending

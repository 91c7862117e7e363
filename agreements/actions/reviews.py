"""The agreement comes back: the first review, on the day the two agreed; and sooner when one of them raises it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit
from agreements.actions.refusals import NotNow
from agreements.models import Agreement, Document, Ending, Raised, Review, User, Version
from agreements.rules.vocabulary import Amount, Role


@transaction.atomic
def raise_texting(
    *,
    agreement: Agreement,
    by_role: Role,
    amount: Amount,
    by: User,
    now: datetime,
    clause_key: str = "",
    form_key: UUID | None = None,
) -> Raised:
    """ "Let's look at our texting": one of the two finds it too much, too little, or wants to look for another reason.

    `clause_key` is the term it is about, or "" for the whole. Nobody is sent anything; it comes first in their next
    round, until a version is sealed after it. The same `form_key` twice returns the same row. Raises NotNow when there
    is no agreement to look at: nothing is kept yet, or it ended.
    """
    audit.lock(agreement)
    if again := audit.replayed(form_key):
        return Raised.objects.get(pk=again.subject)
    if not Document.objects.filter(agreement=agreement).exists():
        raise NotNow(_("There is no agreement to look at yet."))
    if Ending.objects.filter(agreement=agreement).exists():
        raise NotNow(_("Texting has stopped. You can begin anew from here."))
    raised = Raised.objects.create(
        agreement=agreement, by_role=by_role, amount=amount, clause_key=clause_key, by=by, at=now
    )
    details = {"by_role": by_role, "amount": amount, "clause_key": clause_key}
    audit.append(
        chain=agreement, kind="texting raised", by=by, now=now, subject=raised.pk, details=details, form_key=form_key
    )
    return raised


@transaction.atomic
def schedule(*, version: Version, now: datetime) -> Review | None:
    """The review of a sealed version, made once. None where the version names no day ("no texting", "not for now")."""
    if version.review_on is None:
        return None
    review, _made = Review.objects.get_or_create(
        version=version, defaults={"due_on": version.review_on, "created_at": now}
    )
    return review


def schedule_missing(*, now: datetime) -> int:
    """Reviews for sealed versions that have none yet, so that a process that died in between loses nothing."""
    versions = Version.objects.filter(document__isnull=False, review=None, review_on__isnull=False).defer("snapshot")
    return len([schedule(version=version, now=now) for version in versions])

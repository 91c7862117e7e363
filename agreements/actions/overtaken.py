"""Another text than the signed one: what was signed no longer counts, and the log says so of each signature, once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from agreements.actions import audit
from agreements.models import AuditEvent, Draft, Signature, User

KIND = "signature no longer counts"


def text_changes(drafts: QuerySet[Draft], *, by: User | None, now: datetime) -> None:
    """From now (UTC) on another text stands in these rounds. Call under the locks of their agreements' logs."""
    note(drafts, by=by, now=now)
    drafts.update(rev=F("rev") + 1)


def note(drafts: QuerySet[Draft], *, by: User | None, now: datetime) -> None:
    """An entry for each signature that counted until now under the text of these rounds. Locks as `text_changes`."""
    standing = Signature.objects.filter(version__draft_rev=F("version__draft__rev"), version__document=None)
    told = AuditEvent.objects.filter(kind=KIND).values("subject")
    lost = standing.filter(version__draft__in=drafts).exclude(pk__in=told).order_by("at")
    for signature in lost.select_related("party__agreement"):
        party = signature.party
        audit.append(
            chain=party.agreement, kind=KIND, by=by, now=now, subject=signature.pk, details={"role": party.key}
        )

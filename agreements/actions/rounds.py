"""When a round may still go on: what was signed never changes, and once texting has ended nothing more is signed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from agreements.actions.refusals import NotNow
from agreements.models import Agreement, Draft
from agreements.reads import ends


def refuse_if_kept(draft: Draft) -> None:
    """Raises NotNow when this round is sealed or laid down: what was signed never changes (H21)."""
    refuse_unless_open(draft, draft.versions.filter(document__isnull=False).exists())


def refuse_unless_open(draft: Draft, is_kept: bool) -> None:
    """The same, for a caller that has asked whether a document is kept."""
    if draft.set_aside_at is not None:
        refuse_if_over(draft, now=draft.set_aside_at)
        raise NotNow(_("This round was laid down."))
    if is_kept:
        raise NotNow(_("This agreement is signed and locked. A change is a new version that both sign."))


def refuse_unless_signable(draft: Draft, *, now: datetime) -> None:
    """The same, and raises NotNow when the day has come from which nobody texts. Call it under the agreement's lock."""
    refuse_if_kept(draft)
    refuse_if_over(draft, now=now)


def refuse_if_over(draft: Draft, *, now: datetime) -> None:
    """Raises NotNow when texting has stopped or ended at `now` (UTC): to text again, the two begin anew."""
    if Agreement.objects.filter(ends.over(ends.local_day(now)), pk=draft.agreement_id).exists():
        raise NotNow(_("Texting has stopped. To text again, the two of you make a new agreement."))

"""The agreement comes back: the first review, on the day the two agreed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from agreements.models import Review, Version


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

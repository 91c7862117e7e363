"""`issue_documents`: seal what was signed but could not be sealed then, one agreement after another."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from agreements.actions import documents, reviews
from agreements.actions.refusals import Refused
from agreements.management.first_run import set_up_or_stop
from agreements.models import Version


class Command(BaseCommand):
    """0 nothing waits any more, 1 something still does, 2 cannot run."""

    help = "Make the sealed PDF of every agreement that is signed and has none; print a line for each."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        set_up_or_stop(self)
        done = [self.issue(version) for version in documents.waiting(timezone.now())]
        reviews.schedule_missing(now=timezone.now())
        if not all(done):
            raise SystemExit(1)

    def issue(self, version: Version) -> bool:
        """Try one. What goes wrong with it does not keep the next one waiting."""
        try:
            documents.issue(version=version, by=None, now=timezone.now())
        except Refused as error:
            self.stdout.write(f"waiting\t{version.pk}\t{' '.join(str(error).split())}")
            return False
        self.stdout.write(f"sealed\t{version.pk}")
        return True

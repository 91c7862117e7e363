"""`export_agreement ID`: the JSON of the newest sealed version of an agreement, as it is attached to its PDF."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from agreements.actions.documents import sealed_record
from agreements.management.exits import cannot_run
from agreements.management.first_run import set_up_or_stop
from agreements.models import Version


class Command(BaseCommand):
    """0 done, 2 there is no such agreement, or nothing of it is sealed yet."""

    help = "Print the JSON of an agreement's newest sealed version."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", help="the agreement's id, as in its address")

    def handle(self, *args: Any, **options: Any) -> None:
        set_up_or_stop(self)
        try:
            sealed = Version.objects.filter(agreement=UUID(options["id"]), document__isnull=False)
        except ValueError:
            cannot_run(self, f"“{options['id']}” is not the id of an agreement.")
        version = sealed.order_by("document__number").last()
        if version is None:
            cannot_run(self, f"There is no sealed agreement with the id {options['id']}.")
        self.stdout.write(json.dumps(sealed_record(version).to_json(), ensure_ascii=False, indent=1))

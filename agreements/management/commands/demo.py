"""`demo`: the product with invented people, on this machine only."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from agreements.actions.installation import KeysDoNotFit
from agreements.management import demonstration, first_run
from agreements.management.exits import cannot_run


class Command(BaseCommand):
    help = "Make a demo practice with a client in every state, and serve it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="Make the demo and its files, then stop.")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.VAR_DIR) / "demo"
        now = timezone.now()
        try:
            first_run.prepare_database()
            if words := demonstration.refused():
                cannot_run(self, words)
            demonstration.build(now=now)
        except KeysDoNotFit as error:
            cannot_run(self, str(error))
        demonstration.write_files(folder, now=now)
        for role, sign_in in json.loads((folder / "sign-ins.json").read_text(encoding="utf-8")).items():
            self.stdout.write(f"{role}: {sign_in['user']} / {sign_in['password']}")
        self.stdout.write(f"Files: {folder}")
        if not options["no_serve"]:
            self.stdout.write(f"Open http://127.0.0.1:{options['port']}/ (stop with Ctrl-C)")
            call_command("runserver", f"127.0.0.1:{options['port']}", use_reloader=False)

"""`restore FILE`: what a backup holds, into an empty installation on this or another machine."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from agreements.actions import installation, safekeeping
from agreements.management.exits import cannot_run
from agreements.management.first_run import make_data_folder, prepare_database
from agreements.management.passphrases import NoSecret, asked


class Command(BaseCommand):
    """0 done, 2 cannot run; then nothing was changed."""

    help = "Bring a backup into an empty database and an empty key folder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="what `backup` wrote")
        parser.add_argument("--passphrase-file", help="its first line is the passphrase (or set BACKUP_PASSPHRASE)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            passphrase = asked(
                what="passphrase",
                option="--passphrase-file or BACKUP_PASSPHRASE",
                file=options["passphrase_file"],
                variable="BACKUP_PASSPHRASE",
                twice=False,
            )
            make_data_folder()
            contents = safekeeping.restore(
                file=Path(options["file"]), passphrase=passphrase, prepare=prepare_database, now=timezone.now()
            )
            installation.ensure_secret()
        except (NoSecret, safekeeping.CannotKeep) as error:
            cannot_run(self, str(error))
        except (DatabaseError, OSError) as error:
            cannot_run(self, f"The backup could not be restored: {error}")
        made = contents.made_at.strftime("%Y-%m-%d %H:%M UTC")
        self.stdout.write(f"{sum(contents.rows.values())} rows and {len(contents.keys)} key files, as of {made}.")

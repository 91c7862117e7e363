"""`backup FILE`: everything this installation holds, in one file that only its passphrase opens."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from agreements.actions import safekeeping
from agreements.management.exits import cannot_run
from agreements.management.first_run import set_up_or_stop
from agreements.management.passphrases import NoSecret, asked


class Command(BaseCommand):
    """0 done, 2 cannot run. A file that is there already is never written over."""

    help = "Write the database and the key files to one new file, locked with a passphrase."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a new file; one that exists is never written over")
        parser.add_argument("--passphrase-file", help="its first line is the passphrase (or set BACKUP_PASSPHRASE)")

    def handle(self, *args: Any, **options: Any) -> None:
        set_up_or_stop(self)
        try:
            passphrase = asked(
                what="passphrase",
                option="--passphrase-file or BACKUP_PASSPHRASE",
                file=options["passphrase_file"],
                variable="BACKUP_PASSPHRASE",
                twice=True,
            )
            contents = safekeeping.back_up(to=Path(options["file"]), passphrase=passphrase, now=timezone.now())
        except (NoSecret, safekeeping.CannotKeep) as error:
            cannot_run(self, str(error))
        self.stdout.write(f"{options['file']}: {sum(contents.rows.values())} rows and {len(contents.keys)} key files.")
        self.stdout.write("Keep the passphrase apart from the file. Without it nobody can open the backup.")

"""`transcribe FILE.json --pdf OUT.pdf`: an agreement made on paper becomes a sealed one, with a new client."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, transaction
from django.utils import timezone

from agreements.actions import keys, transcription
from agreements.actions.documents import SealingFailed
from agreements.actions.new_file import whole_or_nothing
from agreements.actions.pdf import RenderRefused
from agreements.actions.refusals import Refused, Unsafe
from agreements.management.exits import cannot_run, refuse
from agreements.management.first_run import set_up_or_stop
from agreements.models import User
from agreements.models.fields import FieldKeyUnavailable
from agreements.rules.plain_values import RecordError, parsed
from agreements.rules.record import AgreementRecord, transcript
from agreements.rules.vocabulary import Role


class Command(BaseCommand):
    """0 done; 1 refused, with a line for each rule ("H4: …") or the key that differs; 2 cannot run.

    Either everything is kept, the PDF too, or nothing is. A PDF that is there already is never written over.
    """

    help = "Seal the agreement in a JSON file, signed by hand on paper, under the same rules; writes its PDF."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="what export_agreement prints, or the same written by hand")
        parser.add_argument("--pdf", required=True, help="a new file for the sealed PDF; never written over")
        parser.add_argument("--therapist", metavar="USER", help="whose client this is, when there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        set_up_or_stop(self)
        to = Path(options["pdf"])
        if to.exists():
            cannot_run(self, f"{to} is there already. Please give another name.")
        told = self.read(Path(options["file"]))
        therapist = self.therapist(options["therapist"], told)
        try:
            keys.load_signer()
            with whole_or_nothing(to) as file, transaction.atomic():
                document = transcription.transcribe(told=told, therapist=therapist, now=timezone.now())
                file.write(document.content)
                file.flush()
        except Unsafe as error:
            refuse(self, "\n".join(f"{finding.rule}: {finding.words}" for finding in error.findings))
        except SealingFailed as error:
            end = refuse if isinstance(error.__cause__, RenderRefused) else cannot_run
            end(self, f"The PDF could not be made, nothing was kept: {error.__cause__}")
        except Refused as error:
            refuse(self, str(error))
        except (keys.KeyProblem, FieldKeyUnavailable, DatabaseError) as error:
            cannot_run(self, str(error))
        except OSError as error:
            cannot_run(self, f"{to} cannot be written: {error.strerror}.")
        self.stdout.write(str(document.agreement_id))

    def read(self, file: Path) -> AgreementRecord:
        try:
            return transcript(parsed(file.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            cannot_run(self, f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8 text'}.")
        except RecordError as error:
            cannot_run(self, f"{file} is not an agreement that can be read: {error}.")

    def therapist(self, username: str | None, told: AgreementRecord) -> User:
        """The one asked for, the only one, or the only one with the name in the file."""
        people = [user for user in User.objects.filter(is_active=True).order_by("username") if user.name]
        if username is not None:
            found = [user for user in people if user.username == username]
        else:
            own_name = told.party(Role.THERAPIST).name
            found = people if len(people) == 1 else [user for user in people if user.name == own_name]
        if len(found) == 1:
            return found[0]
        if username is not None or not people:
            cannot_run(self, f"There is no therapist {username or 'here yet'}.")
        cannot_run(self, "There is more than one therapist. Say whose client this is with --therapist.")

"""`send_reminders`: a shell around actions/reminders.py, for cron or as a worker that keeps running."""

from __future__ import annotations

import argparse
import signal
import time
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, transaction
from django.utils import timezone

from agreements.actions import mail, reminders, reviews
from agreements.management.exits import cannot_run
from agreements.models import Practice
from agreements.models.fields import FieldKeyUnavailable
from agreements.reads import year_ahead

PAUSE = 60  # seconds between two passes of --loop


class Command(BaseCommand):
    """One pass, or passes until told to stop. Prints a line for each message; exit 0 done, 2 cannot run."""

    help = "Send what is due: an e-mail without any name for each day that has come."
    requires_system_checks: list[str] = []  # a seal that ended holds up no reminder
    stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until SIGTERM; run as many of these as you like")
        parser.add_argument("--dry-run", action="store_true", help="print DATE, kind and id of each message; send none")
        parser.add_argument("--on", type=local_day, metavar="DATE", help="with --dry-run: what would go out by then")

    def handle(self, *, loop: bool, dry_run: bool, on: date | None, **options: Any) -> None:
        if on and not dry_run:
            cannot_run(self, "--on goes with --dry-run only: nothing is sent for another day.")
        if loop and dry_run:
            cannot_run(self, "--loop and --dry-run do not go together.")
        if mail.is_off() and not dry_run:
            cannot_run(self, "Mail is turned off (EMAIL_URL=off:), so no reminder can go out.")
        try:
            if dry_run:
                self.list_pending(on)
            elif loop:
                self.keep_sending()
            else:
                self.send_due()
        except Practice.DoesNotExist:
            cannot_run(self, "No practice is set up here yet. Type: python3 manage.py setup")
        except FieldKeyUnavailable as error:
            cannot_run(self, str(error))
        except DatabaseError as error:
            cannot_run(self, f"The database cannot be used: {error}")

    def list_pending(self, on: date | None) -> None:
        with transaction.atomic():  # looks that nobody scheduled yet are counted too, and not kept
            reviews.schedule_missing(now=timezone.now())
            coming = year_ahead.until(on, now=timezone.now())
            transaction.set_rollback(True)
        for each in coming:
            self.stdout.write(line(each.on, each.kind, each.subject))

    def send_due(self) -> None:
        reviews.schedule_missing(now=timezone.now())
        reminders.plan(now=timezone.now())
        claims = reminders.claims(clock=timezone.now)
        while not self.stopping and (held := next(claims, None)):
            row = reminders.deliver(held, now=timezone.now())
            told = [line(row.due_on, row.kind, row.subject), row.state, row.failure]
            self.stdout.write("\t".join(filter(None, told)))
            self.stdout.flush()
        reminders.note_pass(now=timezone.now())

    def keep_sending(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.be_told_to_stop)
        self.send_due()  # a worker that cannot run at all says so at once
        self.stdout.write("Sending what falls due, until told to stop.")
        self.stdout.flush()
        while self.rest():
            try:
                self.send_due()
            except DatabaseError as error:
                self.stderr.write(f"The database cannot be used now, trying again in a minute: {error}")

    def be_told_to_stop(self, *_: Any) -> None:
        self.stopping = True

    def rest(self) -> bool:
        """Wait for the next pass, in short steps so that a stop is heard. False: stop."""
        close_old_connections()
        for _ in range(PAUSE):
            if self.stopping:
                break
            time.sleep(1)
        return not self.stopping


def line(day: date, kind: str, subject: UUID) -> str:
    return f"{day}\t{kind}\t{subject}"


def local_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-12-21") from None

"""`setup`: make this installation ready for a practice. Run again after an update, it changes only what is missing."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import DatabaseError, transaction
from django.utils import timezone

from agreements.actions import people
from agreements.actions.installation import KeysDoNotFit
from agreements.actions.keys import KeyProblem
from agreements.management.exits import cannot_run
from agreements.management.first_run import (
    add_therapist,
    administrators,
    load_starter,
    prepare_database,
    prepare_keys,
    template_editors,
)
from agreements.management.passphrases import NoSecret, asked
from agreements.management.questions import PRACTICE, THERAPIST, Unanswered, answers, practice_facts
from agreements.models import CrisisCheck, CrisisResource, Practice, User

PASSWORD = "--password-file"


class Command(BaseCommand):
    """0 done, 2 cannot run. Nothing that is there already is changed, unless an option says so."""

    help = "Make the database, the keys, the practice, the starter library and the first therapist's account."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        for question in (*PRACTICE, *THERAPIST):
            parser.add_argument(question.option, dest=question.key, help=question.help)
        parser.add_argument(PASSWORD, help="its first line is the therapist's password; never an option")
        parser.add_argument("--no-input", action="store_true", help="ask nothing; what is missing must be an option")

    def handle(self, *args: Any, **options: Any) -> None:
        may_ask = sys.stdin.isatty() and not options["no_input"]
        try:
            prepare_database()
            if Practice.objects.filter(demo=True).exists():
                cannot_run(self, f"This is a demo and stays one. To start for real, move {settings.VAR_DIR} away.")
            prepare_keys(now=timezone.now())
            practice = self.ask_for_practice(options, may_ask)
            therapist = self.ask_for_therapist(options, may_ask)
            with transaction.atomic():
                self.keep(practice, therapist)
        except (DatabaseError, OSError) as error:
            cannot_run(self, f"The set-up cannot go on: {error}")
        except (KeysDoNotFit, KeyProblem, NoSecret, Unanswered) as error:
            cannot_run(self, str(error))
        self.tell()

    def ask_for_practice(self, options: dict[str, Any], may_ask: bool) -> dict[str, Any]:
        """What to write about the practice; nothing for one that is there and stays as it is."""
        there = Practice.objects.values().first()
        given = {question.key: options[question.key] for question in PRACTICE if options[question.key] is not None}
        if there is None:
            return practice_facts(answers(PRACTICE, given, may_ask))
        return practice_facts(answers(PRACTICE, _as_options(there) | given, False)) if given else {}

    def ask_for_therapist(self, options: dict[str, Any], may_ask: bool) -> dict[str, str]:
        """The account to make; nothing when it is there, or when some account is and no name was given."""
        given = {question.key: options[question.key] for question in THERAPIST if options[question.key] is not None}
        if User.objects.exists() and "username" not in given:
            return {}
        found = answers(THERAPIST, given, may_ask)
        if User.objects.filter(username=found["username"]).exists():
            return {}
        password = asked(what="password", option=PASSWORD, file=options["password_file"], twice=True)
        try:
            validate_password(password)
        except ValidationError as error:
            raise NoSecret(" ".join(error.messages)) from error
        found["name"] = found.pop("own_name")
        return {**found, "password": password}

    def keep(self, practice: dict[str, Any], therapist: dict[str, str]) -> None:
        """All of it or none."""
        now = timezone.now()
        if practice:
            people.set_up_practice(now=now, **practice)
        load_starter(by=None, now=now)
        template_editors()
        administrators()
        if therapist:
            add_therapist(now=now, **therapist)

    def tell(self) -> None:
        """What is ready, and what a person still has to do."""
        practice = Practice.objects.get()
        names = ", ".join(User.objects.order_by("date_joined").values_list("username", flat=True))
        self.stdout.write(f"{practice.name} is set up. Accounts: {names}.")
        if not CrisisResource.objects.filter(country=practice.country).exists():
            self.stdout.write(f"There are no crisis lines for {practice.country} yet. Add them before a session.")
        if not CrisisCheck.objects.exists():
            self.stdout.write("Next: sign in and confirm the crisis lines that you will use.")
        if not User.objects.filter(is_superuser=True).exists():
            self.stdout.write("To add people or edit the library, type: python3 manage.py createsuperuser")


def _as_options(there: dict[str, Any]) -> dict[str, str]:
    """A practice as one would type it."""
    typed = {question.key: there[question.key] for question in PRACTICE}
    return {
        key: value.strftime("%H:%M") if hasattr(value, "strftime") else value for key, value in typed.items() if value
    }

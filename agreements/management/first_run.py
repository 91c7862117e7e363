"""What `setup`, `demo` and `restore` share on a new machine, and what every other command asks for before it starts."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.management.commands import createcachetable, migrate
from django.db import DatabaseError, connection, transaction

from agreements.actions import audit, crisis, installation, library
from agreements.actions.keys import KeyProblem
from agreements.management.exits import cannot_run
from agreements.models import CrisisResource, Edition, Practice, User
from agreements.models.fields import FieldKeyUnavailable
from agreements.rules import edition_file

TEMPLATE_EDITORS = "Template editor"
EDITOR_OF = ("family", "edition", "clause", "clausetext", "option", "optiontext", "crisisresource")
ADMINISTRATORS = "Administrator"
ADMINISTRATOR_MAY = ("view_user", "add_user", "change_user", "view_practice", "change_practice", "view_reminder")
FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def make_data_folder() -> None:
    """The folder in which SQLite keeps its file. Raises OSError."""
    for folder in (settings.VAR_DIR, settings.STATIC_ROOT):
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)


def prepare_database() -> None:
    """Every table as this version needs it. Twice is the same as once. Raises DatabaseError or OSError."""
    make_data_folder()
    call_command(migrate.Command(), interactive=False, verbosity=0)
    call_command(createcachetable.Command(), verbosity=0)


def prepare_keys(*, now: datetime) -> None:
    """The secret and the key files of a new installation. Raises KeysDoNotFit, KeyProblem or OSError."""
    installation.ensure_keys(now=now)
    installation.prove_keys()
    installation.ensure_secret()


def load_starter(*, by: User | None, now: datetime) -> list[Edition]:
    """The starter library and the crisis lines that ship; what is there already stays as it is.

    Crisis lines that an older version read in are bound by the log from now on.
    The practice must exist. Editions in `drafts/` are only read in. Returns the published ones in the order of their
    files.
    """
    rows = json.loads((FIXTURES / "crisis_resources.json").read_text(encoding="utf-8"))
    known = set(CrisisResource.objects.values_list("key", flat=True))
    if {row["key"] for row in rows} - known or not crisis.are_bound():
        crisis.read_in(rows=rows, by=by, now=now)
    for path in sorted((FIXTURES / "library" / "drafts").glob("*.json")):
        _starter(path, by=by, now=now)
    files = sorted((FIXTURES / "library").glob("*.json"))
    return [library.publish(edition=_starter(path, by=by, now=now), by=by, now=now) for path in files]


def _starter(path: Path, *, by: User | None, now: datetime) -> Edition:
    """The edition of a file that ships: the one it already is, when it was read before."""
    data = edition_file.from_file(path.read_bytes())
    known = Edition.objects.filter(family__key=data["family"]["key"], number=data["edition"]["number"]).first()
    return known or library.read_in(data=data, by=by, now=now)


def template_editors() -> Group:
    """The group that may edit the library and the crisis rows in the admin, and sees no client."""
    group, made = Group.objects.get_or_create(name=TEMPLATE_EDITORS)
    if made:
        wanted = {"content_type__app_label": "agreements", "content_type__model__in": EDITOR_OF}
        group.permissions.set(Permission.objects.filter(**wanted))
    return group


def administrators() -> Group:
    """The group that keeps accounts and the practice's facts in the admin, and sees no client."""
    group, made = Group.objects.get_or_create(name=ADMINISTRATORS)
    if made:
        wanted = {"content_type__app_label": "agreements", "codename__in": ADMINISTRATOR_MAY}
        group.permissions.set(Permission.objects.filter(**wanted))
    return group


def set_up_or_stop(command: BaseCommand) -> Practice:
    """The practice, when there is one and its keys open the database. Else the words on standard error and exit 2."""
    nothing = "Nothing is set up here yet. Type: python3 manage.py setup"
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        cannot_run(command, nothing)
    try:
        if Practice._meta.db_table not in connection.introspection.table_names():
            cannot_run(command, nothing)
        installation.prove_keys()
        practice = Practice.objects.first()
    except DatabaseError as error:
        cannot_run(command, f"The database cannot be used: {error}")
    except (installation.KeysDoNotFit, FieldKeyUnavailable, KeyProblem) as error:
        cannot_run(command, str(error))
    if practice is None:
        cannot_run(command, nothing)
    return practice


def add_therapist(*, username: str, password: str, name: str, called: str, email: str, now: datetime) -> User:
    """An account that signs in and has clients of its own; `name` as on the agreement, `called` as in the room.

    `email` is where reminders go; it may be empty.
    """
    with transaction.atomic():
        user = User.objects.create_user(username, email, password, name=name, called=called)
        audit.record(chain=Practice.objects.get(), kind="account made", by=None, now=now, subject=user.pk)
    return user

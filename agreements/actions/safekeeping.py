"""The whole installation in one locked file, and back: every row, and the key files that open them.

The file holds one JSON object a line: first what it is, with the number of rows in each table and the key files, then
the rows.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from agreements.actions import audit, installation, keys, stored_rows
from agreements.actions.locked_file import CannotOpen, Locking, NotOurFile, Unlocked
from agreements.actions.new_file import whole_or_nothing
from agreements.models import Document, KeyCheck, LargePrint, Practice
from agreements.models.fields import FIELD_KEYS_FILE, FieldKeyUnavailable, key_ring

KEY_FILES = (FIELD_KEYS_FILE, keys.KEY, keys.CERTIFICATE, keys.ROOT, installation.SECRET_FILE)
SHORTEST_PASSPHRASE = 12


class CannotKeep(Exception):
    """The backup was not made, or not restored. Nothing was changed; the words say what to do."""


@dataclass(frozen=True)
class Contents:
    """What a backup holds: when it was made (UTC), rows by table, key files, and the steps its database had taken."""

    made_at: datetime
    rows: dict[str, int]
    keys: dict[str, bytes]
    steps: list[str]


def back_up(*, to: Path, passphrase: str, now: datetime) -> Contents:
    """Write a new file that is whole, on the disk, and was read back; or no file. Raises CannotKeep."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise CannotKeep(_("The passphrase needs at least %(count)d characters.") % {"count": SHORTEST_PASSPHRASE})
    if to.exists():
        raise CannotKeep(_("%(file)s is there already. Please give another name.") % {"file": to})
    try:
        installation.prove_keys()
        audit.record(chain=Practice.objects.get(), kind="backup begun", by=None, now=now)
        with whole_or_nothing(to) as file:
            _write(file, passphrase, now)
            return look_through(file=Path(file.name), passphrase=passphrase)
    except installation.KeysDoNotFit as error:
        raise CannotKeep(str(error)) from error
    except (OSError, DatabaseError) as error:
        raise CannotKeep(_("The backup could not be written: %(why)s.") % {"why": _why(error)}) from error


def look_through(*, file: Path, passphrase: str) -> Contents:
    """Read a backup from end to end, changing nothing. Raises CannotKeep when it is not whole or not for us."""
    known = stored_rows.columns()
    counted: Counter[str] = Counter()
    with _opened(file, passphrase) as lines:
        contents = _contents(next(lines))
        for line in lines:
            if line["row"].keys() != known.get(line["in"]):
                raise _other_version()
            counted[line["in"]] += 1
    if contents.rows.keys() != known.keys():
        raise _other_version()
    if contents.rows != {label: counted[label] for label in known}:
        raise CannotKeep(_("The file is damaged or not whole."))
    return contents


def restore(*, file: Path, passphrase: str, prepare: Callable[[], None], now: datetime) -> Contents:
    """Everything a backup holds, into an empty place, whose tables `prepare` makes once the file proved to be whole.

    Only what is proven stays: all rows there, the keys open them, every sealed PDF has the SHA-256 it had.
    Raises CannotKeep; then nothing is there but empty tables.
    """
    contents = look_through(file=file, passphrase=passphrase)
    _refuse_unless_empty()
    prepare()
    if contents.steps != _steps():
        raise _other_version()
    try:
        with _key_files(contents), transaction.atomic(), _opened(file, passphrase) as lines:
            next(lines)
            stored_rows.take_in((line["in"], line["row"]) for line in lines)
            _prove(contents)
            details = {"made_at": contents.made_at.isoformat()}
            audit.record(chain=Practice.objects.get(), kind="backup restored", by=None, now=now, details=details)
    except stored_rows.UnknownName as error:
        raise _other_version() from error
    except (OSError, DatabaseError, FieldKeyUnavailable, installation.KeysDoNotFit, keys.KeyProblem) as error:
        raise CannotKeep(_("The backup could not be restored: %(why)s.") % {"why": _why(error)}) from error
    return contents


def _write(file: IO[bytes], passphrase: str, now: datetime) -> None:
    locking = Locking(file, passphrase)
    with _one_moment():
        for line in _lines(now):
            locking.write(json.dumps(line, default=stored_rows.plain, ensure_ascii=False).encode() + b"\n")
    locking.finish()
    file.flush()


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every table as it is at one and the same time, while others go on writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")  # Django's own would be IMMEDIATE and make everybody who writes wait
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _lines(now: datetime) -> Iterator[dict[str, Any]]:
    folder = Path(settings.KEY_DIR)
    yield {
        "made_at": now,
        "rows": stored_rows.counts(),
        "keys": {name: (folder / name).read_bytes() for name in KEY_FILES if (folder / name).exists()},
        "steps": _steps(),
    }
    for label, row in stored_rows.every_row():
        yield {"in": label, "row": row}


def _steps() -> list[str]:
    """The migrations of this product that the database has taken."""
    return sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "agreements")


@contextmanager
def _opened(file: Path, passphrase: str) -> Iterator[Iterator[dict[str, Any]]]:
    try:
        with file.open("rb") as locked:
            yield map(json.loads, io.BufferedReader(Unlocked(locked, passphrase)))
    except (NotOurFile, CannotOpen) as error:
        raise CannotKeep(str(error)) from error
    except OSError as error:
        raise CannotKeep(_("The file cannot be read: %(why)s.") % {"why": _why(error)}) from error


def _contents(head: dict[str, Any]) -> Contents:
    return Contents(
        made_at=datetime.fromisoformat(head["made_at"]),
        rows=head["rows"],
        keys={name: base64.b64decode(content) for name, content in head["keys"].items() if name in KEY_FILES},
        steps=head["steps"],
    )


def _refuse_unless_empty() -> None:
    if there := [name for name in KEY_FILES if (Path(settings.KEY_DIR) / name).exists()]:
        raise CannotKeep(
            _("A backup is restored into an empty place only. %(folder)s already holds: %(files)s.")
            % {"folder": settings.KEY_DIR, "files": ", ".join(there)}
        )
    if stored_rows.anything():
        raise CannotKeep(_("A backup is restored into an empty place only. This database already holds something."))


@contextmanager
def _key_files(contents: Contents) -> Iterator[None]:
    """The key files are there before any row counts, and go again when the rows do not come to stay."""
    folder = Path(settings.KEY_DIR)
    written: list[Path] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in contents.keys.items():
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            written.append(folder / name)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        key_ring.cache_clear()
        yield
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        key_ring.cache_clear()
        raise


def _prove(contents: Contents) -> None:
    """What was taken in is all there, and the keys open it. Raises CannotKeep, KeysDoNotFit or KeyProblem."""
    if stored_rows.counts() != contents.rows:
        raise CannotKeep(_("Not every row of the backup arrived."))
    if not KeyCheck.objects.defer("value").exists():
        raise CannotKeep(_("The backup does not say which keys belong to it."))
    installation.prove_keys()
    keys.load_signer()
    for kept in (Document, LargePrint):
        for sealed in kept.objects.only("content", "sha256").iterator(chunk_size=stored_rows.BATCH):
            if hashlib.sha256(sealed.content).hexdigest() != sealed.sha256:
                raise CannotKeep(_("A sealed document is not what it was."))


def _other_version() -> CannotKeep:
    words = _(
        "Another version of Between Sessions made this backup. Restore it with that one, then bring it up to date."
    )
    return CannotKeep(words)


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).rstrip(".")

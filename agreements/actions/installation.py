"""The first run: the secret, the keys that lock personal text, and the practice's seal."""

from __future__ import annotations

import base64
import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from agreements.actions import keys
from agreements.models import KeyCheck
from agreements.models.fields import FIELD_KEYS_FILE, FieldKeyUnavailable, key_ring

SECRET_FILE = "secret.key"
KEY_CHECK = "between sessions"


class KeysDoNotFit(Exception):
    """The database holds text locked with other keys than the ones here, or with keys that are gone."""


def ensure_secret() -> None:
    """Make the file for Django's SECRET_KEY unless the environment gives one or the file is there."""
    if os.environ.get("SECRET_KEY"):
        return
    path = Path(settings.KEY_DIR) / SECRET_FILE
    if not path.exists():
        _write(path, secrets.token_urlsafe(48))
    settings.SECRET_KEY = path.read_text(encoding="ascii").strip()


@transaction.atomic
def ensure_keys(*, now: datetime) -> None:
    """Make the missing key files of a new installation, and prove that existing ones belong to this database.

    Never makes a key for a database that already holds a key-check value. Raises KeysDoNotFit.
    """
    folder = Path(settings.KEY_DIR)
    stored = KeyCheck.objects.defer("value").first()
    if stored is not None:
        prove_keys()
        return
    if not (folder / FIELD_KEYS_FILE).exists():
        _write(folder / FIELD_KEYS_FILE, f"k1:{base64.b64encode(os.urandom(32)).decode()}\n")
        key_ring.cache_clear()
    if not (folder / keys.KEY).exists():
        keys.make_seal_key(now)
    KeyCheck.objects.create(value=KEY_CHECK)


def prove_keys() -> None:
    """Raises KeysDoNotFit unless this installation's keys open what the database holds."""
    try:
        stored = KeyCheck.objects.first()
    except FieldKeyUnavailable as error:
        raise KeysDoNotFit(
            f"The keys in {settings.KEY_DIR} do not open this database. Put back the key files of its backup. ({error})"
        ) from error
    if stored is not None and not (Path(settings.KEY_DIR) / keys.KEY).exists():
        raise KeysDoNotFit("The key for the seal is gone. Put back the key files of the backup.")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())

"""What is slow to build is built by the real actions once in a process; afterwards its rows are put back as stored."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from agreements.actions import stored_rows
from agreements.models.fields import FIELD_KEYS_FILE

album: dict[object, list[tuple[str, stored_rows.Row]]] = {}


def once(build: Callable[[], object], *facts: object) -> None:
    """Let `build` add its rows; after the first time, with the same facts and keys, put them back as from a backup."""
    name = (*facts, Path(settings.KEY_DIR, FIELD_KEYS_FILE).read_bytes())
    if name in album:
        with transaction.atomic():
            stored_rows.take_in(iter(album[name]))
        return
    before = list(stored_rows.every_row())
    build()
    album[name] = [row for row in stored_rows.every_row() if row not in before]


def copied_keys(folder: Path) -> Path:
    """A key folder that a test may empty; what was photographed opens with it."""
    if settings.KEY_DIR.exists():
        shutil.copytree(settings.KEY_DIR, folder)
    return folder

"""What a practice run remembers: one encrypted text in a session row of its own, apart from the browser's session.

A browser's session is written back whole after each answer, so that the last of two answers wins; this row is written
at once, and only by the run.
"""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore

from agreements.models.fields import decrypt, encrypt

NAME = "practice_run"


def begin(text: str) -> str:
    """Remember `text`; the key by which it is found again."""
    row = SessionStore()
    row.create()
    key = str(row.session_key)
    write(key, text)
    return key


def write(key: str, text: str) -> None:
    """Remember `text` in place of what was remembered."""
    row = SessionStore(key)
    row[NAME] = encrypt(text.encode(), NAME)
    row.save()


def read(key: str) -> str | None:
    """What is remembered, or None once it was forgotten."""
    kept = SessionStore(key).get(NAME)
    return decrypt(kept, NAME).decode() if kept else None


def forget(key: str) -> None:
    """The run is over."""
    SessionStore(key).delete()

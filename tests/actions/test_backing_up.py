"""A backup holds everything and tells nothing; it is whole and was read back, or it is not there."""

import errno
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

from agreements.actions import locked_file, safekeeping, stored_rows
from agreements.actions.safekeeping import CannotKeep
from agreements.models.fields import key_ring
from tests import builders
from tests.photographs import copied_keys

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "four words, or five of them"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is made quickly, and pieces so small that a backup has many."""
    monkeypatch.setattr(locked_file, "MEMORY_COST", 2**4)
    monkeypatch.setattr(locked_file, "PIECE", 10_000)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A key folder that a test may empty."""
    settings.KEY_DIR = copied_keys(tmp_path / "keys")
    key_ring.cache_clear()
    yield
    key_ring.cache_clear()


def back_up(folder: Path, passphrase: str = PASSPHRASE) -> Path:
    file = folder / "practice.backup"
    safekeeping.back_up(to=file, passphrase=passphrase, now=builders.NOW)
    return file


def test_a_backup_tells_nothing_and_is_for_its_owner_only(tmp_path: Path, settings: Any) -> None:
    builders.a_sealed_document()
    file = back_up(tmp_path)
    content = file.read_bytes()
    for secret in (
        b"Maya",
        b"Elm Street",
        b"PRIVATE KEY",
        b"agreements.client",
        (settings.KEY_DIR / "field.keys").read_bytes(),
    ):
        assert secret not in content
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_is_full_leaves_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builders.a_practice()

    def fill_up(file: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(locked_file.Locking, "finish", fill_up)
    folder = tmp_path / "disk"
    folder.mkdir()
    with pytest.raises(CannotKeep, match="No space left on device"):
        back_up(folder)
    assert list(folder.iterdir()) == []


def test_a_backup_is_read_back_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builders.a_practice()
    monkeypatch.setattr(locked_file.Locking, "finish", lambda self: None)
    folder = tmp_path / "disk"
    folder.mkdir()
    with pytest.raises(CannotKeep):
        back_up(folder)
    assert list(folder.iterdir()) == []


def test_it_is_one_moment_while_others_go_on_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builders.a_practice()
    every_row = stored_rows.every_row

    def write() -> None:
        Group.objects.create(name="made meanwhile")
        connection.close()

    def with_a_writer() -> Iterator[Any]:
        rows = every_row()
        yield next(rows)
        writer = Thread(target=write)
        writer.start()
        writer.join(timeout=10)
        assert not writer.is_alive()
        yield from rows

    monkeypatch.setattr(stored_rows, "every_row", with_a_writer)
    contents = safekeeping.back_up(to=tmp_path / "b", passphrase=PASSPHRASE, now=builders.NOW)
    assert Group.objects.count() == 1 and contents.rows["auth.group"] == 0


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    builders.a_practice()
    (tmp_path / "practice.backup").write_text("the only one")
    with pytest.raises(CannotKeep, match="there already"):
        back_up(tmp_path)
    assert (tmp_path / "practice.backup").read_text() == "the only one"


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    builders.a_practice()
    with pytest.raises(CannotKeep, match="at least 12"):
        safekeeping.back_up(to=tmp_path / "b", passphrase="x" * 11, now=builders.NOW)


def test_without_its_keys_a_database_makes_no_backup(tmp_path: Path, settings: Any) -> None:
    builders.a_practice()
    (settings.KEY_DIR / "field.keys").unlink()
    key_ring.cache_clear()
    with pytest.raises(CannotKeep, match="Put back the key files"):
        back_up(tmp_path)
    assert not (tmp_path / "practice.backup").exists()


def test_every_table_is_kept_or_left_out_on_purpose() -> None:
    tables = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    assert tables == set(stored_rows.tables()) | set(stored_rows.LEFT_OUT)

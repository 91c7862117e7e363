"""The first run makes the keys; afterwards nothing makes another key for a database that has one."""

import base64
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from agreements.actions import installation, keys
from agreements.actions.installation import KeysDoNotFit
from agreements.models import KeyCheck
from agreements.models.fields import FIELD_KEYS_FILE, key_ring
from tests.builders import NOW

pytestmark = pytest.mark.django_db
FILES = {FIELD_KEYS_FILE, keys.KEY, keys.CERTIFICATE, keys.ROOT}


@pytest.fixture
def folder(settings, tmp_path: Path) -> Iterator[Path]:
    """A key folder that is not there yet."""
    settings.KEY_DIR = tmp_path / "keys"
    key_ring.cache_clear()
    yield tmp_path / "keys"
    key_ring.cache_clear()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def mode(path: Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def test_a_new_installation_gets_its_keys_for_the_owner_only(folder: Path) -> None:
    before = os.umask(0)
    try:
        installation.ensure_keys(now=NOW)
    finally:
        os.umask(before)
    assert {path.name: mode(path) for path in folder.iterdir()} == dict.fromkeys(FILES, 0o600)
    assert mode(folder) == 0o700
    assert KeyCheck.objects.get().value == installation.KEY_CHECK


def test_a_second_run_changes_no_key(folder: Path) -> None:
    installation.ensure_keys(now=NOW)
    before = contents(folder)
    installation.ensure_keys(now=NOW)
    assert (contents(folder), KeyCheck.objects.count()) == (before, 1)


def test_a_first_run_that_stopped_halfway_goes_on_with_the_keys_it_made(folder: Path) -> None:
    installation.ensure_keys(now=NOW)
    before = contents(folder)
    KeyCheck.objects.all().delete()
    installation.ensure_keys(now=NOW)
    assert (contents(folder), KeyCheck.objects.count()) == (before, 1)


def test_no_key_is_made_for_a_database_that_has_one(folder: Path) -> None:
    installation.ensure_keys(now=NOW)
    for path in folder.iterdir():
        path.unlink()
    key_ring.cache_clear()
    for attempt in (lambda: installation.ensure_keys(now=NOW), installation.prove_keys):
        with pytest.raises(KeysDoNotFit):
            attempt()
    assert contents(folder) == {}


def test_another_installations_key_is_recognised_and_left_alone(folder: Path) -> None:
    installation.ensure_keys(now=NOW)
    (folder / FIELD_KEYS_FILE).write_text(f"k1:{base64.b64encode(b'x' * 32).decode()}\n", encoding="ascii")
    key_ring.cache_clear()
    before = contents(folder)
    with pytest.raises(KeysDoNotFit, match="do not open this database"):
        installation.ensure_keys(now=NOW)
    assert contents(folder) == before


def test_a_lost_seal_key_is_not_replaced(folder: Path) -> None:
    installation.ensure_keys(now=NOW)
    (folder / keys.KEY).unlink()
    with pytest.raises(KeysDoNotFit, match="seal is gone"):
        installation.ensure_keys(now=NOW)
    assert set(contents(folder)) == FILES - {keys.KEY}


def test_an_existing_file_is_never_written_over(folder: Path) -> None:
    folder.mkdir()
    (folder / installation.SECRET_FILE).write_text("as it was", encoding="ascii")
    with pytest.raises(FileExistsError):
        installation._write(folder / installation.SECRET_FILE, "new")
    assert contents(folder) == {installation.SECRET_FILE: b"as it was"}


def test_the_secret_is_made_once_for_the_owner_only(folder: Path, settings, monkeypatch) -> None:
    settings.SECRET_KEY = "for this test"
    monkeypatch.delenv("SECRET_KEY")
    installation.ensure_secret()
    first = settings.SECRET_KEY
    installation.ensure_secret()
    assert settings.SECRET_KEY == first == (folder / installation.SECRET_FILE).read_text(encoding="ascii")
    assert (len(first) >= 50, mode(folder / installation.SECRET_FILE)) == (True, 0o600)


def test_a_secret_from_the_environment_leaves_no_file(folder: Path, monkeypatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "given by the operator")
    installation.ensure_secret()
    assert contents(folder) == {}

"""`backup` and `restore` as an operator runs them, from one database to another and back."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from agreements.models import Document, triggers
from agreements.models.fields import key_ring
from tests import builders
from tests.photographs import copied_keys

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "four words, or five of them"
OTHER_MACHINE = """
import django, hashlib, sys
django.setup()
from django.core.management import call_command
from agreements.models import Document
call_command("restore", sys.argv[1])
print(hashlib.sha256(Document.objects.get().content).hexdigest())
call_command("backup", sys.argv[2])
"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A key folder that a test may empty, and a passphrase where an operator's timer would have it."""
    settings.KEY_DIR = copied_keys(tmp_path / "keys")
    monkeypatch.setenv("BACKUP_PASSPHRASE", PASSPHRASE)
    key_ring.cache_clear()
    yield
    key_ring.cache_clear()


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, output, errors of a command in this process."""
    try:
        call_command(*map(str, arguments))
        code = 0
    except SystemExit as ended:
        code = int(str(ended.code))
    return (code, *capsys.readouterr())


def elsewhere(folder: Path, *arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Python in an installation of its own, with SQLite under `folder`."""
    left_out = ("DATABASE_URL", "SECRET_KEY")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {"VAR_DIR": str(folder), "KEY_DIR": str(folder / "keys"), **variables}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False)


def test_there_and_back_again(tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    document = builders.a_sealed_document()
    content = bytes(document.content)
    there, back, other = tmp_path / "there.backup", tmp_path / "back.backup", tmp_path / "other"
    assert run(capsys, "backup", there)[0] == 0

    ended = elsewhere(other, "-c", OTHER_MACHINE, there, back)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert document.sha256 in ended.stdout.splitlines()
    assert (other / "keys" / "secret.key").exists()

    triggers.drop(connection)
    call_command("flush", interactive=False, verbosity=0)
    triggers.create(connection)
    settings.KEY_DIR = tmp_path / "third"
    assert run(capsys, "restore", back)[0] == 0
    assert bytes(Document.objects.get().content) == content
    assert hashlib.sha256(content).hexdigest() == document.sha256


def test_it_says_what_was_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    builders.a_practice()
    code, out, err = run(capsys, "backup", tmp_path / "b")
    assert (code, err) == (0, "")
    assert "rows and 4 key files" in out and "Keep the passphrase apart" in out


def test_a_machine_with_nothing_on_it_says_so(tmp_path: Path) -> None:
    ended = elsewhere(tmp_path / "new", "-m", "django", "backup", tmp_path / "b")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "Nothing is set up here yet. Type: python3 manage.py setup\n"
    assert not [path for path in (tmp_path / "new").rglob("*") if path.is_file()]


def test_a_wrong_passphrase_makes_not_even_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    builders.a_practice()
    run(capsys, "backup", tmp_path / "b")
    ended = elsewhere(tmp_path / "new", "-m", "django", "restore", tmp_path / "b", BACKUP_PASSPHRASE="not this one")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "The passphrase is wrong, or the file is damaged.\n"
    assert not [path for path in (tmp_path / "new").rglob("*") if path.is_file()]


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_without_a_passphrase_nobody_waits(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.a_practice()
    monkeypatch.delenv("BACKUP_PASSPHRASE")
    code, out, err = run(capsys, command, tmp_path / "b")
    assert (code, out) == (2, "")
    assert "--passphrase-file or BACKUP_PASSPHRASE" in err


def test_the_passphrase_may_come_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    builders.a_practice()
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n")
    assert run(capsys, "backup", tmp_path / "b", "--passphrase-file", tmp_path / "passphrase")[0] == 0
    code, _, err = run(capsys, "backup", tmp_path / "c", "--passphrase-file", tmp_path / "nowhere")
    assert code == 2 and "nowhere cannot be read" in err


def test_a_new_passphrase_is_typed_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.a_practice()
    monkeypatch.delenv("BACKUP_PASSPHRASE")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    typed = iter([PASSPHRASE, PASSPHRASE + "!"])
    monkeypatch.setattr("agreements.management.passphrases.getpass", lambda prompt: next(typed))
    code, _, err = run(capsys, "backup", tmp_path / "b")
    assert (code, err) == (2, "The two are not the same.\n")
    assert list(tmp_path.glob("*b*")) == []


def test_what_stands_in_the_way_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    builders.a_practice()
    run(capsys, "backup", tmp_path / "b")
    assert run(capsys, "backup", tmp_path / "b")[2] == f"{tmp_path / 'b'} is there already. Please give another name.\n"
    code, _, err = run(capsys, "restore", tmp_path / "b")
    assert code == 2 and "already holds: field.keys" in err
    code, _, err = run(capsys, "backup", tmp_path / "no folder" / "b")
    assert (code, err) == (2, "The backup could not be written: No such file or directory.\n")

"""`setup` on a new machine, again after an update, and with answers that make no sense."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from agreements.actions import stored_rows
from agreements.management import first_run
from agreements.models import Clause, CrisisResource, Edition, Practice, User
from agreements.models.fields import key_ring
from tests import builders

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a quiet room with two chairs"
PRACTICE = {
    "--practice": "Elm Street Practice",
    "--phone": "(555) 010-0143",
    "--call-hours": "these",
    "--call-days": "weekdays",
    "--call-from": "09:00",
    "--call-until": "18:00",
    "--zone": "America/New_York",
    "--country": "US",
    "--paper": "letter",
}
THERAPIST = {"--username": "lee", "--name": "Dr J. Lee", "--called": "Dr Lee"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A machine that has no keys yet."""
    settings.KEY_DIR = tmp_path / "keys"
    key_ring.cache_clear()
    yield
    key_ring.cache_clear()


@pytest.fixture
def password(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "password").write_text(PASSWORD + "\n", encoding="utf-8")
    return {"--password-file": str(tmp_path / "password")}


def words(*options: dict[str, str]) -> list[str]:
    return [word for given in options for pair in given.items() for word in pair]


def run(capsys: pytest.CaptureFixture[str], *options: dict[str, str]) -> tuple[int, str, str]:
    """Exit code, output, errors."""
    try:
        call_command("setup", *words(*options))
        code = 0
    except SystemExit as ended:
        code = int(str(ended.code))
    return (code, *capsys.readouterr())


def test_a_new_machine(tmp_path: Path, password: dict[str, str]) -> None:
    """In a process of its own: no folder, no secret, no table."""
    var = tmp_path / "var"
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    environment |= {"VAR_DIR": str(var), "KEY_DIR": str(var / "keys")}
    command = [sys.executable, "-m", "django", "setup", *words(PRACTICE, THERAPIST, password)]
    for _ in ("the first time", "after an update"):
        ended = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.splitlines() == [
            "Elm Street Practice is set up. Accounts: lee.",
            "Next: sign in and confirm the crisis lines that you will use.",
            "To add people or edit the library, type: python3 manage.py createsuperuser",
        ]
    assert {path.name for path in (var / "keys").iterdir()} == {
        "field.keys", "seal.key", "seal.crt", "root.pem", "secret.key",
    }  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in (var / "keys").iterdir()} == {0o600}
    assert var.stat().st_mode & 0o777 == 0o700
    assert b"Dr J. Lee" not in (var / "agreements.sqlite3").read_bytes()


def test_everything_a_practice_needs(password: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, PRACTICE, THERAPIST, password)[0] == 0
    practice = Practice.objects.get()
    assert (practice.name, practice.phone, practice.call_from) == ("Elm Street Practice", "(555) 010-0143", time(9))
    assert (practice.zone, practice.country, practice.paper, practice.demo) == (
        "America/New_York", "US", "letter", False,
    )  # fmt: skip
    published = Edition.objects.filter(published_at__isnull=False).values_list("family__key", flat=True)
    assert sorted(published) == ["adult-outpatient", "no-texting", "times-and-dates"]
    drafts = Edition.objects.filter(published_at=None)
    assert set(drafts.values_list("read_by", flat=True)) == {"nobody yet"} and drafts.count() == 3
    assert Clause.objects.filter(edition__family__key="adult-outpatient").count() == 16
    assert CrisisResource.objects.filter(country="US", call="911").exists()
    therapist = User.objects.get()
    assert (therapist.username, therapist.name, therapist.called) == ("lee", "Dr J. Lee", "Dr Lee")
    assert therapist.check_password(PASSWORD) and not therapist.is_staff and therapist.email == ""


def test_a_second_run_changes_nothing(
    password: dict[str, str], settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, PRACTICE, THERAPIST, password)
    before, user = stored_rows.counts(), User.objects.get()
    keys = {path.name: path.read_bytes() for path in settings.KEY_DIR.iterdir()}
    assert run(capsys)[0] == 0
    assert run(capsys, THERAPIST)[0] == 0
    assert stored_rows.counts() == before
    assert {path.name: path.read_bytes() for path in settings.KEY_DIR.iterdir()} == keys
    assert User.objects.get().password == user.password


def test_families_that_ship_later_come_with_the_next_run(
    password: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = first_run.FIXTURES
    shutil.copytree(shipped, tmp_path / "before")
    for name in ("no-texting", "times-and-dates", "drafts/dbt-coaching"):
        (tmp_path / "before" / "library" / f"{name}.json").unlink()
    monkeypatch.setattr(first_run, "FIXTURES", tmp_path / "before")
    run(capsys, PRACTICE, THERAPIST, password)
    before = set(Edition.objects.values_list("pk", flat=True))
    monkeypatch.setattr(first_run, "FIXTURES", shipped)
    assert run(capsys)[0] == 0
    new = Edition.objects.exclude(pk__in=before).order_by("family__key")
    assert [(each.family.key, each.published_at is not None) for each in new] == [
        ("dbt-coaching", False),
        ("no-texting", True),
        ("times-and-dates", True),
    ]


def test_an_option_changes_what_it_names(password: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, PRACTICE, THERAPIST, password)
    assert run(capsys, {"--phone": "(555) 010-0199", "--call-hours": "none"})[0] == 0
    practice = Practice.objects.get()
    assert (practice.phone, practice.call_hours, practice.call_days, practice.call_from) == (
        "(555) 010-0199", "none", "", None,
    )  # fmt: skip
    assert practice.name == "Elm Street Practice" and User.objects.count() == 1


def test_a_second_therapist_may_be_named(password: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, PRACTICE, THERAPIST, password)
    code, out, _ = run(capsys, {"--username": "roe", "--name": "Dr P. Roe", "--called": "Dr Roe"}, password)
    assert code == 0 and "Accounts: lee, roe." in out


@pytest.mark.parametrize("missing", [*PRACTICE, *THERAPIST, "--password-file"])
def test_with_nobody_to_ask_the_missing_option_is_named(
    missing: str, password: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    given = {option: value for option, value in {**PRACTICE, **THERAPIST, **password}.items() if option != missing}
    code, out, err = run(capsys, given)
    assert (code, out) == (2, "")
    assert missing in err and err.count("\n") == 1
    assert not Practice.objects.exists() and not User.objects.exists()


@pytest.mark.parametrize(
    ("option", "answer"),
    [
        ("--practice", " "),
        ("--practice", "x" * 141),
        ("--phone", "call me"),
        ("--call-hours", "sometimes"),
        ("--call-from", "9"),
        ("--call-until", "25:00"),
        ("--zone", "EST5"),
        ("--country", "us"),
        ("--paper", "a5"),
        ("--email", "lee at home"),
    ],
)
def test_an_answer_that_cannot_be_used(
    option: str, answer: str, password: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, {**PRACTICE, **THERAPIST, option: answer}, password)
    assert code == 2 and err.startswith(f"{option} does not take “{answer}”. It wants ")
    assert not Practice.objects.exists()


def test_a_weak_password_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "weak").write_text("password1234", encoding="utf-8")
    code, _, err = run(capsys, PRACTICE, THERAPIST, {"--password-file": str(tmp_path / "weak")})
    assert code == 2 and "too common" in err
    assert not User.objects.exists()


def test_a_person_is_asked_for_each_thing_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["Elm Street Practice", "no digits", "(555) 010-0143", "any", "Atlantis", "Europe/London", "GB", "a4"])
    names = iter(["lee", "Dr J. Lee", "Dr Lee", "no address", "lee@example.org"])
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return next(typed, None) or next(names)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("agreements.management.passphrases.getpass", lambda prompt: PASSWORD)
    assert run(capsys)[0] == 0
    assert len(asked) == 13 and not any("On which days" in prompt for prompt in asked)
    assert Practice.objects.get().zone == "Europe/London"
    assert User.objects.get().check_password(PASSWORD) and User.objects.get().email == "lee@example.org"


def test_a_country_without_crisis_lines_is_said(password: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, {**PRACTICE, "--country": "ZZ"}, THERAPIST, password)
    assert code == 0 and "There are no crisis lines for ZZ yet." in out


def test_keys_that_do_not_fit_are_never_replaced(
    tmp_path: Path, settings: Any, password: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, PRACTICE, THERAPIST, password)
    settings.KEY_DIR = tmp_path / "another folder"
    key_ring.cache_clear()
    code, out, err = run(capsys)
    assert (code, out) == (2, "")
    assert "Put back the key files" in err
    assert not (tmp_path / "another folder").exists()


def test_a_demo_stays_a_demo(password: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    builders.a_practice(demo=True)
    code, _, err = run(capsys, PRACTICE, THERAPIST, password)
    assert code == 2 and "This is a demo and stays one." in err
    assert Practice.objects.get().demo

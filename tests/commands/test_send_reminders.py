"""`send_reminders` as an operator runs it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from agreements.models import LastPass, Practice, Reminder, Review
from tests.review_rows import a_practice, a_review, a_sealed_version, a_therapist, an_agreement
from tests.smtp import Behaviour, MailServer, mail_server

ROOT = Path(__file__).resolve().parent.parent.parent
PAST = date(2026, 1, 5)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def review(db: None) -> Review:
    a_practice()
    return a_review(PAST, therapist=a_therapist())


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, output, errors."""
    try:
        call_command("send_reminders", *arguments)
        code = 0
    except SystemExit as ended:
        code = int(str(ended.code))
    out, err = capsys.readouterr()
    return code, out, err


def test_one_pass(review: Review, server: MailServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys) == (0, f"2026-01-05\treview\t{review.pk}\tsent\n", "")
    assert run(capsys) == (0, "", "")
    assert len(server.received) == LastPass.objects.count() == 1


def test_a_review_that_nobody_scheduled_is_found(
    review: Review, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    version = a_sealed_version(an_agreement(review.version.agreement.therapist), review_on=PAST)
    assert run(capsys)[0] == 0
    assert len(server.received) == 2
    assert Review.objects.get(version=version).due_on == PAST


def test_a_refusal_is_told_and_kept(review: Review, server: MailServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.behave(Behaviour.REFUSE)
    reason = "The mail server refused the address (550)."
    assert run(capsys) == (0, f"2026-01-05\treview\t{review.pk}\twaiting\t{reason}\n", "")
    assert Reminder.objects.get().failure == reason


def test_a_dry_run_lists_and_keeps_nothing(
    review: Review, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """A week late today; its fortnights are 19 January, 2 and 16 February; another look is on 20 February."""
    later = a_review(date(2026, 2, 20), therapist=review.version.agreement.therapist)
    version = a_sealed_version(an_agreement(later.version.agreement.therapist), review_on=date(2026, 2, 21))
    with time_machine.travel(datetime(2026, 1, 12, 15, tzinfo=UTC)):
        assert run(capsys, "--dry-run") == (0, f"2026-01-12\treview\t{review.pk}\n", "")
        known = [f"2026-{day}\treview\t{review.pk}\n" for day in ("01-12", "01-19", "02-02", "02-16")]
        assert run(capsys, "--on", "2026-02-01", "--dry-run") == (0, "".join(known[:2]), "")
        then = f"2026-02-20\treview\t{later.pk}\n"
        assert run(capsys, "--on", "2026-02-20", "--dry-run") == (0, "".join([*known, then]), "")
        code, listed, _ = run(capsys, "--on", "2026-02-21", "--dry-run")
    assert (code, [line.split("\t")[:2] for line in listed.splitlines()][-1]) == (0, ["2026-02-21", "review"])
    assert (server.received, Reminder.objects.count(), LastPass.objects.count()) == ([], 0, 0)
    assert not Review.objects.filter(version=version).exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--on", "2026-12-21"], "--on goes with --dry-run only: nothing is sent for another day.\n"),
        (["--loop", "--dry-run"], "--loop and --dry-run do not go together.\n"),
    ],
)
def test_what_cannot_be_asked(db: None, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert run(capsys, *arguments) == (2, "", words)


def test_before_there_is_a_practice(db: None, server: MailServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert not Practice.objects.exists()
    words = "No practice is set up here yet. Type: python3 manage.py setup\n"
    assert run(capsys) == run(capsys, "--loop") == run(capsys, "--dry-run") == (2, "", words)


def test_mail_turned_off(review: Review, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert run(capsys) == (2, "", "Mail is turned off (EMAIL_URL=off:), so no reminder can go out.\n")
    assert not Reminder.objects.exists()


# As a process of its own.

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(transactional_db: None, server: MailServer) -> Iterator[Start]:
    """Starts `send_reminders` on the tests' database and mail server; ends what is left of it."""
    running: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "manage.py", "send_reminders", *arguments],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
            | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(child)
        return child

    yield begin
    for child in running:
        child.kill()
        child.communicate()


def database_url() -> str:
    """The tests' own database, for another process."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{known['NAME']}"
    login = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}"
    return f"postgresql://{login}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def until_it_waits(worker: subprocess.Popen[str]) -> str:
    """What a worker printed in its first pass; it hears a signal from its first pass on."""
    assert worker.stdout
    lines = iter(worker.stdout.readline, "")
    return "".join(takewhile(lambda line: line != "Sending what falls due, until told to stop.\n", lines))


def test_two_loops_send_each_reminder_once_and_stop_when_told(start: Start, server: MailServer) -> None:
    a_practice()
    therapist = a_therapist()
    for day in range(6):
        a_review(PAST + timedelta(days=day), therapist=therapist)
    workers = [start("--loop"), start("--loop")]
    first_passes = [until_it_waits(worker) for worker in workers]
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    assert [worker.communicate(timeout=30) for worker in workers] == [("", ""), ("", "")]
    assert [worker.returncode for worker in workers] == [0, 0]
    assert "".join(first_passes).count("\tsent\n") == len(server.received) == 6
    assert Reminder.objects.filter(state="sent").count() == 6


def test_a_database_that_cannot_be_used(start: Start, tmp_path: Path) -> None:
    child = start(DATABASE_URL=f"sqlite://{tmp_path}/empty.sqlite3")
    output, errors = child.communicate(timeout=60)
    assert (child.returncode, output) == (2, "")
    assert re.fullmatch(r"The database cannot be used: .*no such table.*\n", errors)


def test_a_day_that_is_none(start: Start) -> None:
    child = start("--on", "tomorrow", "--dry-run")
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 2
    assert "'tomorrow' is not a day like 2026-12-21" in errors

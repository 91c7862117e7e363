"""`demo --no-serve` in a folder of its own: every state, its files, nothing readable in the database, twice the same."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from agreements.management import stories
from agreements.rules import dates

FILES = ["agreement.json", "agreement.pdf", "review.ics", "root.pem", "sign-ins.json"]
ASKED = """
import django, json; django.setup()
from django.utils import timezone
from agreements.models import User
from agreements.reads import home, lines
now = timezone.now()
seen = home.clients(User.objects.get(username="lee"), now)
states = []
for each in seen:
    s = each.standing
    room = "seal waits" if each.unsealed else "round" if each.draft else ""
    states.append("|".join((each.client.called, s.state, "look" if s.time_to_look else "", room)))
recalls = [(each.client.called, carried.change.name) for each, carried in home.needs_you(seen, now.date()).recalls]
due = [line.row.key for line in lines.holding(now.date()) if line.is_due(now.date())]
print(json.dumps({"states": states, "recalls": recalls, "due": due}))
"""


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KEY_DIR", "SECRET_KEY")}
    env = {
        **clean,
        "VAR_DIR": str(folder),
        "KEY_DIR": str(folder / "keys"),
        "DJANGO_SETTINGS_MODULE": "agreements.settings",
    }
    here = settings.BASE_DIR
    return subprocess.run([sys.executable, *words], cwd=here, env=env, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    done = run(folder, "-m", "django", "demo", "--no-serve")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def told(made: Path) -> dict[str, list[object]]:
    """What the desk says of each client, and what is to do."""
    found: dict[str, list[object]] = json.loads(run(made, "-c", ASKED).stdout)
    return found


def rows(folder: Path) -> dict[str, int]:
    base = sqlite3.connect(folder / "agreements.sqlite3")
    try:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: base.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
    finally:
        base.close()


def test_every_state_has_its_client(told: dict[str, list[object]]) -> None:
    assert told["states"] == [
        "Anton|in force|look|",
        "Bea|in force||",
        "Chidi|in force||",
        "Dana|no texting||",
        "Eun-ji|not for now||",
        "Farah|stopped||",
        "Grace|ended||",
        "Hiro|none||round",
        "Ines|none||round",
        "Jonah|none||round",
        "Kofi|none||seal waits",
        "Lena|none||",
        "Maya|in force||",
        "Mira|no texting||",
        "Noah|in force||",
        "Oona|in force||",
        "Paz|in force||",
    ]


def test_a_year_of_reminders_is_what_a_person_counts_by_hand(made: Path) -> None:
    """Each look on its day and, as nobody comes back to it here, every two weeks after; the card around the time away."""
    in_a_year = run(
        made,
        "manage.py",
        "send_reminders",
        "--dry-run",
        "--on",
        str(datetime.now(ZoneInfo(stories.ZONE)).date() + timedelta(365)),
    )
    lines = [line.split("\t") for line in in_a_year.stdout.splitlines()]
    today = date.fromisoformat(lines[0][0])
    bea = (dates.add_months(today - timedelta(5), 3) - today).days  # looked five days ago, then every three months
    looks = {"Anton": 0, "Chidi": 18, "Paz": 20, "Bea": bea, "Maya": 25, "Noah": 79}  # in so many days
    expected = [("review", today + timedelta(day)) for first in looks.values() for day in range(first, 366, 14)]
    expected += [("review", today + timedelta(day)) for day in (8, 22, 36)]  # Oona's, until texting ends in six weeks
    away = today + timedelta(7 - today.weekday())
    card = {"written": -7, "given to who mails it": -2, "mailed half-way": 7, "looked at together": 15}
    expected += [("away-task", max(today, away + timedelta(day))) for day in card.values()]
    assert sorted((kind, date.fromisoformat(on)) for on, kind, _id in lines) == sorted(expected)


def test_one_paper_has_the_number_from_before_and_no_other(told: dict[str, list[object]]) -> None:
    assert told["recalls"] == [["Dana", "(555) 010-0142"]]


def test_one_line_is_to_check_this_month(told: dict[str, list[object]]) -> None:
    assert told["due"] == ["fi-mieli"]


def test_the_library_has_a_second_adult_edition_to_hear_of_and_two_drafts(made: Path) -> None:
    base = sqlite3.connect(made / "agreements.sqlite3")
    try:
        found = base.execute(
            "SELECT f.key, e.number, e.published_at IS NOT NULL FROM agreements_edition e"
            " JOIN agreements_family f ON f.id = e.family_id ORDER BY f.key, e.number"
        ).fetchall()
    finally:
        base.close()
    assert found == [
        ("adult-outpatient", 1, 1),
        ("adult-outpatient", 2, 1),
        ("couple-one-thread", 1, 0),
        ("dbt-coaching", 1, 0),
        ("no-texting", 1, 1),
        ("times-and-dates", 1, 1),
        ("young-person", 1, 1),
    ]


def test_the_files_are_there_and_the_passwords_are_private(made: Path) -> None:
    assert sorted(path.name for path in (made / "demo").iterdir()) == FILES
    assert (made / "demo/agreement.pdf").read_bytes()[:5] == b"%PDF-"
    assert (made / "demo/sign-ins.json").stat().st_mode & 0o777 == 0o600
    sign_ins = json.loads((made / "demo/sign-ins.json").read_text())
    assert {role: sorted(each) for role, each in sign_ins.items()} == {
        "administrator": ["password", "user"],
        "template editor": ["password", "user"],
        "therapist": ["password", "user"],
    }


def test_a_second_run_changes_nothing(made: Path) -> None:
    before = {name: (made / "demo" / name).read_bytes() for name in FILES if name != "review.ics"}
    counted = rows(made)
    done = run(made, "-m", "django", "demo", "--no-serve")
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(made) == counted
    assert {name: (made / "demo" / name).read_bytes() for name in before} == before


def test_no_name_answer_or_paper_can_be_read_in_the_database_file(made: Path) -> None:
    files = sorted(made.glob("agreements.sqlite3*"))
    assert files
    content = b"".join(path.read_bytes() for path in files)
    answers = ("I read texts twice a day", "My children go to bed", "most days is more than I can", "%PDF")
    names = (*stories.STORIES, "Dr J. Lee")  # whole names: ciphertext may spell "Dana", but never "Dana W."
    assert [word for word in (*names, *answers) if word.encode() in content] == []


def test_the_json_holds_no_position_reason_or_address(made: Path) -> None:
    text = (made / "demo/agreement.json").read_text(encoding="utf-8")
    keys = set(re.findall(r'"(\w+)":', text))
    assert (
        keys & {"why", "why_of", "position", "positions", "reason", "reasons", "email", "address", "contact_of"}
        == set()
    )
    assert "more than I can" not in text
    assert "My children go to bed" not in text
    assert "@" not in text

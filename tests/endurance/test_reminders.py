"""Ten thousand reminders, four workers, fifty kills at random: none lost, none claimed twice, a repeat only where it must be.

python3 manage.py test tests/endurance/test_reminders.py -n 0 -s
python3 manage.py test --postgres tests/endurance/test_reminders.py -n 0 -s

`DUE=1000 KILLS=20 SEED=7` before the command make it smaller or repeat it.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from datetime import date
from multiprocessing.context import ForkServerContext, ForkServerProcess
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.models import Sum
from django.utils import timezone

from agreements.actions import reminders
from agreements.models import Reminder
from tests.bulk import agreements_with_a_look
from tests.commands.test_send_reminders import database_url
from tests.endurance.worker import work
from tests.review_rows import a_practice, a_therapist
from tests.smtp import mail_server

DUE, KILLS = int(os.environ.get("DUE", "10000")), int(os.environ.get("KILLS", "50"))
SEED, WORKERS = int(os.environ.get("SEED", "1")), 4


class Crew:
    """Workers on the tests' database and mail server, and what became of them."""

    def __init__(self, context: ForkServerContext) -> None:
        self.context = context
        self.at_work = [self.begin() for _ in range(WORKERS)]

    def begin(self) -> ForkServerProcess:
        worker = self.context.Process(target=work)
        worker.start()
        return worker

    def kill_one(self, chance: random.Random) -> None:
        """As a power cut would, and another one takes its place."""
        place = chance.randrange(WORKERS)
        self.at_work[place].kill()
        self.at_work[place].join()
        self.at_work[place] = self.begin()

    def go_home(self) -> set[int | None]:
        for worker in self.at_work:
            worker.terminate()
        for worker in self.at_work:
            worker.join(120)
        return {worker.exitcode for worker in self.at_work}


@pytest.fixture
def context() -> ForkServerContext:
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.endurance.worker"])
    return made


def left() -> int:
    try:
        return Reminder.objects.filter(occurrence=1).exclude(state="sent").count() or DUE - told()
    except OperationalError:  # the database is busy with the workers
        return 1


def told() -> int:
    return Reminder.objects.filter(occurrence=1, state="sent").count()


def kill_while_they_work(crew: Crew, server: Any, chance: random.Random) -> None:
    """KILLS of them, spread over the whole work, each at a moment of its own."""
    for number in range(KILLS):
        goal = int(DUE * 0.95 * (number + 1) / KILLS)
        while len(server.received) < goal:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.05))
        crew.kill_one(chance)


@pytest.mark.django_db(transaction=True)
def test_fifty_kills_lose_nothing(settings: Any, context: ForkServerContext, monkeypatch: pytest.MonkeyPatch) -> None:
    a_practice()
    agreements_with_a_look(DUE, on=date(2026, 1, 5), therapist=a_therapist())
    reminders.plan(now=timezone.now())
    assert Reminder.objects.count() == DUE
    chance, began = random.Random(SEED), time.monotonic()
    with mail_server(settings) as server:
        for name, value in {
            "DATABASE_URL": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{server.port}", "ENDURANCE": "yes"
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        crew = Crew(context)
        kill_while_they_work(crew, server, chance)
        while Reminder.objects.filter(occurrence=1, state="waiting").exists():
            time.sleep(0.2)
        time.sleep(2)
        held = Reminder.objects.filter(occurrence=1, state="sending")
        orphans = held.count()
        held.update(lease_until=timezone.now())  # the five minutes of the dead are not waited for
        assert crew.go_home() <= {0, -signal.SIGTERM}  # one that only just began hears nothing yet
        crew = Crew(context)
        deadline = time.monotonic() + 300
        while left() and time.monotonic() < deadline:
            time.sleep(0.2)
        assert crew.go_home() == {0}
        ids = Counter(message["Message-ID"] for message in server.received)
    rows = Reminder.objects.filter(occurrence=1)
    again = rows.aggregate(all=Sum("attempts"))["all"] - DUE
    repeated = sum(ids.values()) - len(ids)
    print(
        f"\n{connection.vendor}, seed {SEED}: {DUE} due, {KILLS} kills, {orphans} held by the dead, {again} claimed again, "
        f"{repeated} mails repeated, each with its own Message-ID; {time.monotonic() - began:.0f} s"
    )
    assert set(rows.values_list("state", flat=True)) == {"sent"}
    assert set(ids) == {f"<reminder-{pk}@between-sessions>" for pk in rows.values_list("pk", flat=True)}, "none is lost"
    assert again == orphans <= KILLS, "a claim follows another only where its holder was killed"
    repeats = {each for each, count in ids.items() if count > 1}
    twice = {f"<reminder-{pk}@between-sessions>" for pk in rows.filter(attempts__gt=1).values_list("pk", flat=True)}
    assert repeats <= twice and max(ids.values()) <= 2
    assert Reminder.objects.filter(occurrence=2, state="waiting").count() == DUE

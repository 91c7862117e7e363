"""What reminders cost beside the mail server's own time, how long a pass takes among many, and the home page with many.

python3 manage.py test tests/benchmarks/test_reminders.py -n 0 -s
python3 manage.py test --postgres tests/benchmarks/test_reminders.py -n 0 -s
"""

from __future__ import annotations

import smtplib
import statistics
import time
from datetime import UTC, date, datetime, timedelta
from email import policy
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from agreements.actions import mail, reminders
from agreements.models import Reminder, User
from tests import builders
from tests.bulk import agreements_with_a_look
from tests.doors import BACKEND
from tests.review_rows import a_practice, a_therapist
from tests.smtp import mail_server

DAY, NOW = date(2026, 12, 21), datetime(2026, 12, 21, 15, tzinfo=UTC)
FAR = DAY + timedelta(days=90)
DUE, FEW, MANY, ROUNDS = 1_000, 1_000, 100_000, 5


def milliseconds(work: Any) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


@pytest.mark.django_db(transaction=True)
def test_what_a_reminder_costs_beside_the_mail_itself(settings: Any) -> None:
    a_practice()
    agreements_with_a_look(300, on=DAY, therapist=a_therapist())
    reminders.plan(now=NOW)
    with mail_server(settings) as server:
        ours, bare, thought, bare_thought = [], [], [], []
        claims = reminders.claims(clock=lambda: NOW)
        message = mail.Message(name="review_due", to="dr.lee@clinic.test", message_id="x@y", language="en")

        def one() -> None:
            assert reminders.deliver(next(claims), now=NOW).state == "sent"

        def smtp_alone() -> None:
            with smtplib.SMTP(server.hostname, server.port, timeout=5) as line:
                line.sendmail("a@b.test", [message.to], letter)

        one()
        letter = server.received[0].as_bytes(policy=policy.SMTP)
        for _ in range(250):  # in turn, so that a busy moment hits them alike
            for work, taken, busy in ((one, ours, thought), (smtp_alone, bare, bare_thought)):
                began = time.thread_time()
                taken.append(milliseconds(work))
                busy.append((time.thread_time() - began) * 1000)
    best = statistics.quantiles(ours, n=10)[0], statistics.quantiles(bare, n=10)[0]
    for what, (whole, alone) in {
        "median": (statistics.median(ours), statistics.median(bare)),
        "best of ten": best,
        "of the processor": (statistics.median(thought), statistics.median(bare_thought)),
    }.items():
        more = f"{whole - alone:.1f} ms more (budget 5)"
        print(f"{connection.vendor}, {what}: a reminder {whole:.1f} ms, the mail alone {alone:.1f} ms, {more}")


@pytest.mark.django_db
def test_a_pass_takes_as_long_among_many_as_among_few(monkeypatch: pytest.MonkeyPatch) -> None:
    a_practice()
    therapist = a_therapist()
    monkeypatch.setattr(mail, "send", lambda message: None)
    agreements_with_a_look(DUE, on=DAY, therapist=therapist)
    taken: dict[int, float] = {}
    there = 0
    for number in (FEW, MANY):
        agreements_with_a_look(number - there, on=FAR, therapist=therapist)
        there = number
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        taken[number] = min(milliseconds(one_pass) for _ in range(ROUNDS))
    ratio = taken[MANY] / taken[FEW]
    print(
        f"\n{connection.vendor}: {DUE} due among {FEW} others {taken[FEW]:.0f} ms, among {MANY} {taken[MANY]:.0f} ms, "
        f"ratio {ratio:.2f} (goal 1.2)"
    )


def one_pass() -> None:
    """A whole pass over what is due, from a database that has sent nothing yet."""
    Reminder.objects.all()._raw_delete("default")
    reminders.plan(now=NOW)
    sent = 0
    for held in reminders.claims(clock=lambda: NOW):
        sent += reminders.deliver(held, now=NOW).state == "sent"
    assert sent == DUE


@pytest.mark.django_db
def test_the_first_page_with_a_thousand_clients() -> None:
    builders.a_practice()
    found: dict[int, tuple[int, list[float]]] = {}
    browsers = {number: a_house(number) for number in (10, 1_000)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for number, browser in browsers.items():
        browser.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/").status_code == 200
        found[number] = (len(queries), [])
    for _ in range(30):  # in turn, so that a busy moment hits them alike
        for number, browser in browsers.items():
            found[number][1].append(milliseconds(lambda browser=browser: browser.get("/")))
    (few_asked, few), (many_asked, many) = found[10], found[1_000]
    ratio = statistics.median(many) / statistics.median(few)
    print(
        f"\n{connection.vendor}: home with 10 clients {few_asked} queries, {statistics.median(few):.0f} ms; with 1000 "
        f"{many_asked} queries, {statistics.median(many):.0f} ms, ratio {ratio:.2f} (goal 1.3)"
    )
    assert many_asked == few_asked


def a_house(clients: int) -> Browser:
    """A therapist with so many clients, each with an agreement; five of them have to look again."""
    therapist: User = builders.a_therapist(f"of-{clients}")
    agreements_with_a_look(5, on=date(2026, 1, 5), therapist=therapist, clients=True)
    agreements_with_a_look(clients - 5, on=date(2126, 1, 5), therapist=therapist, clients=True)
    browser = Browser()
    browser.force_login(therapist, backend=BACKEND)
    return browser

"""What the two wait for in the room: a tap with four rooms at once, and the page coming up on a slow line.

python3 manage.py test tests/benchmarks/test_rooms.py -n 0 -s
"""

from __future__ import annotations

import statistics
import threading
import time
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from agreements.models import Draft, User
from agreements.rules.steps import Step
from tests import builders
from tests.browser.conftest import QUIET
from tests.browser.window import Window
from tests.doors import BACKEND, sit_down
from tests.tools import needs, path_of

ROOMS, TAPS = 4, 100
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
PAINT = """() => new Promise((done) => {
  const seen = {lcp: 0, cls: 0};
  new PerformanceObserver((list) => { for (const each of list.getEntries()) seen.lcp = each.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver((list) => { for (const each of list.getEntries()) seen.cls += each.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(seen), 1500);
})"""


def taps(draft: Draft, user: User, taken: list[float]) -> None:
    """One room: a tap, and the next one a moment after it was acknowledged."""
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    sit_down(browser, draft)
    rev = 0
    for number in range(TAPS):
        body = {"value": ("one_two", "most_days")[number % 2], "rev": rev, "form_key": str(uuid.uuid4())}
        began = time.perf_counter()
        rev = browser.post(f"/room/{draft.pk}/turn/often/", body).json()["rev"]
        taken.append((time.perf_counter() - began) * 1000)
        time.sleep(0.2)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_four_rooms_at_once() -> None:
    drafts = [
        builders.a_draft(until=Step.TURN, client=builders.a_client(name=f"C {each}", called=f"C{each}"))
        for each in range(ROOMS)
    ]
    taken: list[float] = []
    rooms = [threading.Thread(target=taps, args=(draft, draft.agreement.client.therapist, taken)) for draft in drafts]
    for room in rooms:
        room.start()
    for room in rooms:
        room.join()
    ordered = sorted(taken)
    assert len(ordered) == ROOMS * TAPS
    p95 = ordered[int(len(ordered) * 0.95)]
    print(f"\na tap with {ROOMS} rooms: median {statistics.median(ordered):.0f} ms, p95 {p95:.0f} ms (budget 300)")


@needs("chromium")
@pytest.mark.django_db(transaction=True)
def test_the_page_comes_up_on_slow_4g(live_server: Any) -> None:
    builders.a_practice()
    therapist = builders.a_therapist()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path_of("chromium"), args=QUIET)
        for step in (Step.TURN, Step.TALK, Step.READ, Step.SIGN):
            draft = builders.a_draft(until=step, client=builders.a_client(therapist))
            window = Window(chromium, live_server.url)
            window.sign_in_quietly(therapist)
            window.open(f"/room/{draft.pk}/")
            address = window.page.url
            window.context.new_cdp_session(window.page).send("Network.clearBrowserCache")
            slow = window.context.new_cdp_session(window.page)
            slow.send("Network.emulateNetworkConditions", SLOW_4G)
            slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            window.page.goto(address)
            seen = window.page.evaluate(PAINT)
            print(f"\n{step}: LCP {seen['lcp']:.0f} ms (budget 1500), CLS {seen['cls']:.3f} (budget 0)")
            window.context.close()
        chromium.close()

"""How long a tap and a download take, as ratios in one run. It prints; nothing here is asserted.

python3 manage.py test tests/benchmarks -n 0 -s
"""

from __future__ import annotations

import statistics
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from agreements.models import Draft, Position
from agreements.rules.steps import Step
from tests import builders
from tests.doors import sit_down

ROUNDS = 40


def bare_update(request: HttpRequest, pk: str) -> HttpResponse:
    """One row changed, by a view that does nothing else."""
    Position.objects.filter(pk=pk).update(rev=F("rev") + 1)
    return JsonResponse({"ok": True})


def bare_row(request: HttpRequest, pk: str) -> HttpResponse:
    """One row read, by a view that does nothing else."""
    return HttpResponse(str(Draft.objects.values_list("rev", flat=True).get(pk=pk)))


urlpatterns = [
    path("bare/update/<uuid:pk>/", bare_update),
    path("bare/row/<uuid:pk>/", bare_row),
    path("", include("agreements.urls")),
]


def median(*tasks: Callable[[], Any], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each task, taken in turn so that a busy moment hits them alike."""
    for task in tasks:
        task()
    taken: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for number, task in enumerate(tasks):
            began = time.perf_counter()
            task()
            taken[number].append((time.perf_counter() - began) * 1000)
    return [statistics.median(each) for each in taken]


def say(what: str, ours: float, bare: float, budget: float) -> None:
    print(f"\n{what}: {ours:.1f} ms, bare {bare:.1f} ms, ratio {ours / bare:.2f} (budget {budget})")


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF=__name__)
def test_a_tap_is_saved() -> None:
    draft = builders.a_draft(until=Step.TURN)
    browser = signed_in(draft.agreement.therapist)
    sit_down(browser, draft)
    url, keys, rev = reverse("save", args=[draft.pk, "often"]), ("one_two", "most_days"), [0]

    def tap() -> None:
        body = {"value": keys[rev[0] % 2], "rev": rev[0], "form_key": str(uuid.uuid4())}
        rev[0] = browser.post(url, body).json()["rev"]

    tap()
    bare_url = f"/bare/update/{Position.objects.filter(term__draft=draft, term__clause__key='often').first().pk}/"
    other = f"/bare/update/{Position.objects.filter(term__draft=draft).exclude(term__clause__key='often')[0].pk}/"
    assert bare_url != other
    ours, bare = median(tap, lambda: browser.post(other))
    say("one tap saved", ours, bare, 2)


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF=__name__)
def test_the_pdf_is_downloaded() -> None:
    document = builders.a_sealed_document()
    browser = signed_in(document.agreement.therapist)
    url = reverse("document", args=[document.pk, "texting-agreement-v1"])
    bare_url = f"/bare/row/{document.version.draft_id}/"
    ours, bare = median(lambda: browser.get(url).content, lambda: browser.get(bare_url).content)
    say(f"sealed PDF of {document.size} bytes downloaded", ours, bare, 1.5)

"""Fifty other clients: whatever a bound browser is sent, from the first page to the sealed PDF, it names none of them."""

from __future__ import annotations

import itertools

import pytest
from django.http import HttpResponse
from django.test import Client as Browser

from agreements.models import Client, Document, Draft
from tests import builders, tablet
from tests.doors import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
FIRST = ("Zephyr", "Quill", "Xanthe", "Vesper", "Juno", "Ottoline", "Yarrow", "Kestrel", "Umberto", "Winslow")
LAST = ("Quizzley", "Xoloth", "Vandermeer", "Jackdaw", "Zuckerkandl")
UNSAID = ("It is what I can keep up.", "UNSAID")  # reasons that stand beside no stricter position; the private facts


class Recorded(Browser):
    """Keeps everything the server sent in session mode, heads and bodies."""

    def __init__(self, **facts: object) -> None:
        super().__init__(**facts)
        self.sent: list[HttpResponse] = []

    def request(self, **facts: object) -> HttpResponse:
        answer = super().request(**facts)
        self.sent.append(answer)
        return answer


def crowd() -> list[str]:
    """Fifty clients of the same therapist; what must never be seen of them."""
    traces = []
    for number, (first, last) in enumerate(itertools.product(FIRST, LAST)):
        called = f"{first}{number}"
        builders.a_client(name=f"{called} {last}", called=called, contact_person=f"Aunt {last}")
        traces += [called, last, f"{first[0]}. {last[0]}.", f"{first[0]}.{last[0]}."]
    return traces


@pytest.fixture
def lee() -> Visitor:
    visitor = tablet.lee()
    visitor.client, asked = Recorded(enforce_csrf_checks=True), visitor.client
    visitor.client.cookies = asked.cookies
    return visitor


def test_no_answer_in_session_mode_names_another_client(lee):
    traces = crowd()
    assert Client.objects.count() == 50
    tablet.add_client(lee)
    maya = Client.objects.order_by("created_at").last()
    tablet.prepare(lee)
    lee.client.sent.clear()
    everybody = [f"/clients/{client.pk}/" for client in Client.objects.all()]
    tablet.begin(lee)
    tablet.take_turn(lee)
    for path in ("/", "/admin/", "/usual/", "/clients/new/", "/crisis-lines/", "/nowhere/", *everybody):
        assert lee.client.get(path).status_code == 403
    lee.open("/")
    lee.follow("Back to our agreement")
    tablet.talk(lee)
    tablet.second_half(lee)
    tablet.sign(lee)
    for kind in ("printed", "photo"):
        lee.open(f"/room/{Draft.objects.get().pk}/kept/")
        lee.press(value=kind)
    lee.client.sent.append(HttpResponse(str(Document.objects.get().version.snapshot)))
    seen = "\n".join(f"{answer.headers} {answer.content.decode('utf-8', 'replace')}" for answer in lee.client.sent)
    assert len(lee.client.sent) > 90
    assert [trace for trace in traces if trace in seen] == []
    assert str(maya.pk) not in seen


def test_nor_what_the_therapist_wrote_for_themselves(lee):
    tablet.add_client(lee, contact_person="")
    tablet.prepare(lee)
    lee.client.sent.clear()
    tablet.begin(lee)
    for page in ("start", "box", "about-me", "privacy", "pause", "turn"):
        lee.open(f"/room/{Draft.objects.get().pk}/{page}/")
    tablet.take_turn(lee, often="unsure")
    before = lee.client.sent[:-1]  # the last one is "What we see"
    text = "\n".join(answer.content.decode() for answer in before)
    for words in (tablet.LIMIT, tablet.PREPARED["often_reason"], *UNSAID):
        assert words not in text
    tablet.talk(lee, {**tablet.AGREED, "often": "three_five"})
    tablet.second_half(lee)
    text = "\n".join(answer.content.decode() for answer in lee.client.sent)
    assert tablet.LIMIT in text  # said aloud on its page
    assert "look_again_reason" not in text

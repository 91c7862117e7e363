"""What leaves the building says nothing, and a mail server's refusal is told in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agreements.actions import mail
from tests.postgres import free_port
from tests.smtp import Behaviour, MailServer, mail_server

TO = "dr.lee@clinic.test"
ID = "reminder-1@between-sessions"
MESSAGE = mail.Message(name="review_due", to=TO, message_id=ID, language="en")


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


def send() -> None:
    mail.send(MESSAGE)


def test_a_review_mail_says_only_that_one_review_is_due(server: MailServer, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "reminders@practice.test"
    send()
    (message,) = server.received
    assert server.recipients == [TO]
    expected = {"Subject": "1 review is due", "To": TO, "From": "reminders@practice.test", "Message-ID": f"<{ID}>"}
    assert {name: message[name] for name in expected} == expected
    text, html = message.iter_parts()
    words = ["1 review is due.", "Sign in to see it.", "To keep things private, this message says no more."]
    assert text.get_content_type() == "text/plain"
    assert text.get_content().split("\r\n\r\n") == words
    assert html.get_content_type() == "text/html"
    assert "<title>1 review is due</title>" in html.get_content()
    assert re.sub(r"(?s)<title>.*</title>|<[^>]+>|\s+", " ", html.get_content()).split() == " ".join(words).split()


@pytest.mark.parametrize("language", ["de", "pt-br", "tlh", ""])
def test_a_mail_is_in_one_language_also_where_the_words_are_not_there_yet(server: MailServer, language: str) -> None:
    mail.send(replace(MESSAGE, name="own_date", day=date(2026, 12, 21), language=language))
    text = server.received[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert text.splitlines()[0] == "A date you chose is coming up: Monday, 21 December."


@pytest.mark.parametrize("address", ["", "https://practice.test"])
def test_the_only_link_is_the_practice_s_own_start_page(server: MailServer, settings: Any, address: str) -> None:
    settings.PUBLIC_ADDRESS = address
    send()
    html = server.received[0].get_body(("html",)).get_content()  # type: ignore[union-attr]
    text = server.received[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert re.findall(r'(?:href|src)="([^"]*)"', html) == ([f"{address}/"] if address else [])
    assert re.findall(r"https?:\S*", text) == ([f"{address}/"] if address else [])


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (Behaviour.REFUSE, "The mail server refused the address (550)."),
        (Behaviour.GREYLIST, "The mail server refused the address (451)."),
        (Behaviour.REFUSE_TEXT, "The mail server refused the message (554)."),
        (Behaviour.DROP, "The mail server broke off."),
        (Behaviour.KEEP_AND_DROP, "The mail server broke off."),
        (Behaviour.SILENCE, "The mail server did not answer in time."),
    ],
)
def test_a_refusal_has_a_plain_reason(server: MailServer, settings: Any, behaviour: Behaviour, reason: str) -> None:
    settings.EMAIL_TIMEOUT = 0.5
    server.behave(behaviour)
    with pytest.raises(mail.NotSent) as refused:
        send()
    assert str(refused.value) == reason


def test_nobody_listens(server: MailServer, settings: Any) -> None:
    settings.EMAIL_PORT = free_port()
    with pytest.raises(mail.NotSent, match="cannot be reached: Connection refused"):
        send()


def test_an_address_that_cannot_be_one_is_never_tried(server: MailServer) -> None:
    with pytest.raises(mail.NotSent):
        mail.send(replace(MESSAGE, to=f"{TO}\nBcc: all@clinic.test"))
    assert server.received == []


def test_turned_off(settings: Any) -> None:
    assert not mail.is_off()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert mail.is_off()

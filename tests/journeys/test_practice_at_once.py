"""A practice run tapped faster than its pages are made: one page is made after another, and each tap is remembered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from tests import tablet


@pytest.mark.django_db(transaction=True)
def test_six_questions_tapped_at_once_are_all_kept():
    lee = tablet.lee()
    lee.open("/")
    lee.press("Try it alone")
    lee.press("Save and begin together", **tablet.PREPARED)
    lee.press("Sam answers first")
    lee.press("This is right for me")
    lee.press(value="also_feelings")
    answers = {key: value if isinstance(value, str) else value[0] for key, value in tablet.TURN.items()}

    def tap(key: str) -> int:
        browser = Client(enforce_csrf_checks=True)
        browser.cookies = lee.client.cookies
        said = {"value": answers[key], "rev": "0", "csrfmiddlewaretoken": lee.token}
        status = browser.post(f"{lee.page.path}{key}/", said).status_code
        connection.close()
        return status

    with ThreadPoolExecutor(len(answers)) as fingers:
        assert list(fingers.map(tap, answers)) == [200] * len(answers)
    lee.open(lee.page.path)
    assert {key: lee.page.values(key)[0] for key in answers} == answers
    lee.press("Save and compare")
    assert tablet.at(lee.page) == "seen"

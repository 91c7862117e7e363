"""Pages for when something went wrong: they say what is safe, need nothing that may be broken, and lose nothing posted."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.template import loader
from django.test import Client, RequestFactory

from agreements.rules.steps import Step
from tests import builders
from tests.doors import BACKEND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
SAME = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def csrf_page(data: dict[str, Any], path: str = "/d/1/turn/?page=2", **headers: str) -> str:
    request = RequestFactory().post(path, data, **headers)
    return loader.get_template("403_csrf.html").render({"demo": False}, request)


def test_the_page_of_a_broken_server_needs_no_request_and_no_database() -> None:
    assert "Something went wrong" in loader.get_template("500.html").render()


def test_what_was_posted_is_offered_again_with_a_fresh_key() -> None:
    html = csrf_page({"purpose": ["note", "times"], "words": "<b>4 a.m.</b>", "csrfmiddlewaretoken": "old"}, **SAME)
    assert html.count('name="purpose"') == 2
    assert 'value="&lt;b&gt;4 a.m.&lt;/b&gt;"' in html
    assert 'value="old"' not in html
    assert html.count('name="csrfmiddlewaretoken"') == 1
    assert 'action="/d/1/turn/?page=2"' in html


def test_what_was_entered_is_shown_under_its_headings_and_nothing_else() -> None:
    data = {
        "purpose": ["note", "unsure"], "late": "nudge", "often_reason": "It is <b>enough</b>.", "notice-rev": "7",
        "form_key": "77", "digest": "ab", "why": "My own words", "choice": "one_two",
    }  # fmt: skip
    shown = (
        csrf_page(data, f"/room/{builders.a_draft(until=Step.TURN).pk}/turn/", **SAME).split("<dl")[1].split("</dl>")[0]
    )
    words = [line.strip() for line in re.sub(r"<[^>]+>", "\n", shown.partition(">")[2]).splitlines() if line.strip()]
    assert words == [
        "Texts between sessions", "A note for session", "Not sure yet", "A late answer", "Send one more short text",
        "How often", "It is &lt;b&gt;enough&lt;/b&gt;.", "Also", "My own words",
    ]  # fmt: skip


def test_a_tap_whose_key_is_gone_gets_a_new_one_and_is_not_told_to_sign_in() -> None:
    client = Client(enforce_csrf_checks=True)
    tap = {
        "path": f"/room/{uuid4()}/turn/often/",
        "data": {"value": "one_two"},
        "headers": {"Accept": "application/json"},
    }
    assert client.post(**tap).status_code == 401
    client.force_login(builders.a_therapist(), backend=BACKEND)
    answer = client.post(**tap)
    assert (answer.status_code, "csrftoken" in answer.cookies) == (503, True)
    again = {**tap["data"], "csrfmiddlewaretoken": answer.cookies["csrftoken"].value}
    assert client.post(**{**tap, "data": again}).status_code == 404  # through: there is no such round


@pytest.mark.parametrize("page", ["403_csrf", "signed_out", "agreements/session/locked", "agreements/session/idle"])
def test_a_page_that_knows_nobody_has_the_lines_of_the_practices_country_in_its_footer(page: str) -> None:
    foot = loader.get_template(f"{page}.html").render({"demo": False}, RequestFactory().get("/")).split("<footer")[1]
    assert ("Crisis steps" in foot, "988" in foot, "911" in foot) == (True, True, True)


@pytest.mark.parametrize("headers", [{}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_SEC_FETCH_SITE": "same-site"}])
def test_what_another_site_posted_is_not_offered_to_anybody(headers: dict[str, str]) -> None:
    html = csrf_page({"words": "planted"}, **headers)
    assert "planted" not in html
    assert "<form" not in html.split("<main")[1].split("</main>")[0]


def test_a_password_is_never_repeated() -> None:
    html = csrf_page({"login": "lee", "password": "correct horse"}, **SAME)
    assert "correct horse" not in html
    html = csrf_page({"oldpassword": "correct horse", "words": "kept"}, **SAME)
    assert "correct horse" not in html

"""Pages for when something went wrong: they say what is safe, need nothing that may be broken, and lose nothing posted."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import loader
from django.test import RequestFactory

SAME = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def csrf_page(data: dict[str, Any], **headers: str) -> str:
    request = RequestFactory().post("/d/1/turn/?page=2", data, **headers)
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

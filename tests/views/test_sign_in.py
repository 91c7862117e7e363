"""Signing in, the second step for staff, and a form whose key is too old."""

from __future__ import annotations

import pytest
from django.test import Client

from agreements.models import Practice, User
from tests import builders, tablet
from tests.doors import BACKEND, Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_a_therapist_signs_in_with_name_and_password_and_reaches_the_page_they_wanted():
    builders.a_therapist()
    visitor = Visitor()
    visitor.open("/clients/new/")
    assert visitor.page.path.startswith("/account/login/?next=")
    visitor.press("Sign", login="lee", password="wrong words for this door")
    assert visitor.page.status == 200
    assert "Signed" not in visitor.page.main
    visitor.press("Sign", login="lee", password=builders.PASSWORD)
    assert visitor.page.path == "/clients/new/"


def test_staff_outside_a_demo_must_set_up_a_second_step_first():
    editor = User.objects.create_user("editor", password=builders.PASSWORD, is_staff=True)
    visitor = Client()
    visitor.force_login(editor, backend=BACKEND)
    for url in ("/", "/admin/", "/clients/new/"):
        assert visitor.get(url).headers["Location"] == "/account/second-step/totp/activate/"
    Practice.objects.update(demo=True)
    assert visitor.get("/admin/").status_code == 200


def test_a_form_with_an_old_key_is_offered_again_with_all_that_was_typed():
    lee = seen_by(at="/clients/new/")
    sent = {"name": "Maya R.", "called": "Maya", **tablet.CLIENT, "csrfmiddlewaretoken": "x" * 64}
    answer = lee.client.post("/clients/new/", sent, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 403
    for name, value in sent.items():
        if name != "csrfmiddlewaretoken":
            assert f'name="{name}" value="{value}"' in answer.content.decode()

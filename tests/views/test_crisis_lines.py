"""The lines are checked by a person, in one of three ways; what is unchecked stands on the home page."""

from __future__ import annotations

import pytest

from agreements.models import CrisisCheck, CrisisResource
from tests import builders
from tests.doors import seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.mark.parametrize(("words", "how"), [("I called", "called"), ("I texted", "texted"), ("I read", "read")])
def test_a_check_is_kept_with_who_and_how(words, how):
    before = CrisisCheck.objects.count()
    lee = seen_by(at="/crisis-lines/")
    lee.press(words)
    assert lee.page.path == "/crisis-lines/"
    assert CrisisCheck.objects.count() == before + 1
    made = CrisisCheck.objects.get(by=builders.a_therapist())
    assert (made.how, made.checked_on) == (how, builders.NOW.date())


def test_nobody_makes_a_test_call_to_an_emergency_number():
    emergency = CrisisResource.objects.get(key="us-911")
    assert list(emergency.ways_to_check) == ["read"]
    lee = seen_by(at="/crisis-lines/")
    page = lee.client.get("/crisis-lines/").content.decode()
    [form] = [part for part in page.split("<form")[1:] if f"/{emergency.pk}/checked/" in part]
    form = form.split("</form>")[0]
    assert ("I called" in form, "I read their page" in form) == (False, True)
    assert lee.post(f"/crisis-lines/{emergency.pk}/checked/", {"how": "called"}).status == 404


def test_a_demo_check_cannot_be_made_at_the_door():
    lee = seen_by(at="/crisis-lines/")
    before = CrisisCheck.objects.count()
    resource = CrisisResource.objects.first()
    for how in ("demo", "guessed", ""):
        lee.open("/crisis-lines/")
        assert lee.post(f"/crisis-lines/{resource.pk}/checked/", {"how": how}).status == 404
    assert CrisisCheck.objects.count() == before

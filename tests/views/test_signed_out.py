"""A session that ended while a page was open: what was posted is offered again, and signing in leads back into the room."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session

from agreements.models import Draft, Position, Term
from agreements.rules.steps import Step
from tests import builders
from tests.doors import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def expired() -> Visitor:
    """The turn page is open, and nobody is signed in any more."""
    draft = builders.a_draft(until=Step.TURN)
    lee = Visitor(builders.a_therapist())
    lee.open(f"/room/{draft.pk}/turn/")
    Session.objects.all().delete()
    return lee


def sign_in(visitor: Visitor, url: str) -> None:
    """In another tab of the same browser."""
    visitor.open(url)
    visitor.press("Sign in", login="lee", password=builders.PASSWORD)


def save(lee: Visitor, **headers: str):
    form = lee.page.form_with("Save and compare")
    data = {**form.filled(often="one_two"), "csrfmiddlewaretoken": lee.token}
    return lee.client.post(lee.page.path, data, headers=headers)


def test_what_was_posted_is_offered_again_and_arrives(expired):
    here = expired.page.path
    expired.page = type(expired.page)(save(expired, **SAME), here)
    assert (expired.page.status, expired.page.title) == (403, "Please sign in again")
    assert expired.page.values("often") == ["one_two"]
    assert not Position.objects.exclude(value__isnull=True).filter(rev=1, party__role="client").exists()
    kept = expired.page
    sign_in(expired, kept.links["Sign in, in a new tab"])
    assert expired.page.path == f"/room/{Draft.objects.get().pk}/turn/"
    expired.page = kept
    form = kept.form_with("Save again")
    token = expired.client.cookies["csrftoken"].value
    expired.post(here, {**form.filled(), "csrfmiddlewaretoken": token})
    assert expired.page.status == 422  # the other questions have no answer yet
    position = Position.objects.get(term=Term.objects.get(clause__key="often"), party__role="client")
    assert (position.value["chosen"], position.rev) == (["one_two"], 1)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_what_another_site_posts_leads_to_the_sign_in_page(expired, headers):
    answer = save(expired, **headers)
    assert answer.headers["Location"] == f"/account/login/?next={expired.page.path}"


def test_signing_in_on_the_way_to_the_room_is_session_mode_at_once(expired):
    here = expired.page.path
    sign_in(expired, here)
    assert (expired.page.path, expired.page.status) == (here, 200)
    assert expired.open("/").status == 403


def test_signing_in_on_the_way_elsewhere_is_not():
    draft = builders.a_draft(until=Step.TURN)
    theirs = builders.a_draft(until=Step.TURN, client=builders.a_client(builders.a_therapist("kim")))
    prepare = builders.a_draft(until=Step.PREPARE, client=builders.a_client(name="Noor", called="Noor"))
    kept = builders.a_sealed_document(client=builders.a_client(name="Ada", called="Ada")).version.draft
    builders.a_therapist()
    for path in (
        "/", f"/clients/{draft.agreement.client_id}/", f"/room/{theirs.pk}/turn/", f"/room/{prepare.pk}/prepare/",
        f"/room/{prepare.pk}/turn/", f"/room/{kept.pk}/kept/",
    ):  # fmt: skip
        lee = Visitor()
        sign_in(lee, f"/account/login/?next={path}")
        assert (path, lee.open("/").status) == (path, 200)

"""Who may do what around an edition, and that looking writes nothing."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from django.urls import reverse

from agreements.models import Edition, User
from tests import builders
from tests.admin.desk import NEW, a_reader, around, page_of, signed_in
from tests.views.test_headers import contents

pytestmark = pytest.mark.django_db


def test_looking_writes_nothing(desk: Browser, draft: Edition) -> None:
    before = contents()
    for edition in (draft, builders.an_edition()):
        for name in ("publish", "compare", "export"):
            desk.get(around(edition, name))
        desk.get(page_of(edition))
    desk.get(reverse("admin:agreements_edition_import"))
    desk.get(f"{reverse('admin:agreements_clause_add')}?edition={draft.pk}")
    assert desk.get(around(draft, "copy")).status_code == 405
    assert contents() == before


ACTS = ("publish", "copy", "retire")


def test_who_may_only_look_changes_nothing(editor: User, draft: Edition) -> None:
    looks = signed_in(a_reader())
    before = contents()
    assert looks.get(page_of(draft)).status_code == 200
    assert looks.get(around(draft, "compare")).status_code == 200
    assert looks.get(f"/library/{draft.pk}/preview/").status_code == 200
    assert {looks.post(around(draft, name)).status_code for name in ACTS} == {403}
    assert {looks.post(around(builders.an_edition(), name)).status_code for name in ACTS} == {403}
    assert looks.get(around(draft, "publish")).status_code == 403
    assert looks.get(reverse("admin:agreements_edition_import")).status_code == 403
    assert looks.post(page_of(draft), {"funding": "x"}).status_code == 403
    assert looks.post(reverse("admin:agreements_clause_add"), {**NEW, "edition": draft.pk}).status_code == 403
    assert contents() == before


def test_a_therapist_reaches_none_of_it(editor: User, draft: Edition) -> None:
    lee = signed_in(builders.a_therapist())
    found = set()
    for name in ("publish", "copy", "retire", "compare", "export"):
        for ask in (lee.get, lee.post):
            answer = ask(around(draft, name))
            found.add((answer.status_code, answer.headers.get("Location", "").split("?")[0]))
    assert found == {(302, "/admin/login/")}
    for way in ("preview/", "preview/turn/", "sample-letter.pdf"):
        assert lee.get(f"/library/{draft.pk}/{way}").status_code == 404


def test_every_change_needs_the_token_of_the_page(editor: User, draft: Edition) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert {browser.post(around(draft, name)).status_code for name in ACTS} == {403}
    assert browser.post(reverse("admin:agreements_edition_import")).status_code == 403

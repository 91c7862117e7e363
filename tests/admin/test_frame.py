"""The frame around every page of the admin: where its links lead, what it does not offer, whom it does not name."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from agreements.models import Edition, Practice, User
from tests.admin.desk import page_of

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


def links(page: HttpResponse) -> set[str]:
    return {found for found in re.findall(r'<a[^>]* href="(/[^"]*)"', page.content.decode()) if "#" not in found}


def test_every_link_that_an_editor_is_shown_leads_somewhere(desk: Browser) -> None:
    User.objects.update(sees_clients=False)
    seen, new = set(), {INDEX}
    while new:
        found = set().union(*(links(desk.get(address)) for address in new if address.count("/") < 5))
        seen, new = seen | new, found - seen - new
    assert {reverse("account_change_password"), reverse("mfa_index")} < seen
    assert {desk.get(address, follow=True).status_code for address in seen} == {200}


def test_signing_out_leads_to_signing_in(desk: Browser) -> None:
    page = desk.post(reverse("account_logout"), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert desk.get(INDEX).status_code == 302


@pytest.mark.parametrize("sees_clients", [True, False])
def test_only_who_sees_clients_is_led_to_them(desk: Browser, editor: User, sees_clients: bool) -> None:
    User.objects.update(sees_clients=sees_clients)
    assert ("My clients" in desk.get(INDEX).content.decode()) == sees_clients


def test_a_list_offers_no_action_and_no_sidebar(desk: Browser) -> None:
    for name in ("edition", "family", "crisisresource"):
        html = desk.get(reverse(f"admin:agreements_{name}_changelist")).content.decode()
        assert [part for part in ('name="action"', "nav-sidebar", "action-checkbox") if part in html] == []


def test_the_demo_says_so_here_too(desk: Browser) -> None:
    assert "Demo. The crisis numbers are not checked." in desk.get(INDEX).content.decode()
    Practice.objects.update(demo=False)
    assert "Demo." not in desk.get(INDEX, follow=True).content.decode()


def test_deleting_asks_in_a_sentence(desk: Browser, draft: Edition) -> None:
    html = desk.get(page_of(draft).replace("/change/", "/delete/")).content.decode()
    assert f"Delete “{draft}” with everything in it? It cannot be brought back." in html
    assert "Clause text" not in html

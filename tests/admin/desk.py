"""The template editor at their desk: pages of the admin as they post them, every field of a page included."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.forms import BaseForm
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from agreements.management import first_run
from agreements.models import Clause, Edition, User
from tests import builders

NEW: dict[str, Any] = {
    "order": 17, "key": "emoji", "topic": "", "kind": "choose", "mode": "optional", "asked": "how",
    "heading": "Emoji", "question": "Are emoji fine?", "hint": "", "words": "Emoji: [[chosen]].",
    "suggests": "", "suggests_words": "",
    "options-TOTAL_FORMS": 2, "options-INITIAL_FORMS": 0, "options-MIN_NUM_FORMS": 0, "options-MAX_NUM_FORMS": 1000,
    "options-0-order": 1, "options-0-key": "yes", "options-0-label": "Yes", "options-0-words": "fine",
    "options-0-consequence": "", "options-0-meaning": "",
    "options-1-order": 2, "options-1-key": "no", "options-1-label": "No", "options-1-words": "none",
    "options-1-consequence": "", "options-1-meaning": "",
}  # fmt: skip


def an_editor() -> User:
    """Somebody of the group that keeps the library."""
    builders.a_practice(demo=True)  # elsewhere staff first set up their second step
    user = User.objects.create(username="wren", is_staff=True)
    user.groups.add(first_run.template_editors())
    return user


def a_reader() -> User:
    """Somebody who may look at the library and change nothing."""
    user = User.objects.create(username="looks", is_staff=True)
    only = Group.objects.create(name="looks")
    only.permissions.set(first_run.template_editors().permissions.filter(codename__startswith="view_"))
    user.groups.add(only)
    return user


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def page_of(row: Any) -> str:
    return reverse(f"admin:agreements_{type(row)._meta.model_name}_change", args=[row.pk])


def around(edition: Edition, name: str) -> str:
    """A page around an edition: "publish", "compare" …"""
    return reverse(f"admin:agreements_edition_{name}", args=[edition.pk])


def clause(edition: Edition, key: str) -> Clause:
    return Clause.objects.get(edition=edition, key=key)


def filled_in(page: HttpResponse) -> dict[str, Any]:
    """What a browser would post for the form of a page as it was shown."""
    context = page.context
    forms: list[BaseForm] = [context["adminform"].form]
    found: dict[str, Any] = {}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            found[bound.html_name] = "" if value is None else value
    return found


def change_clause(browser: Browser, clause: Clause, **changes: Any) -> HttpResponse:
    """Open a clause's page, type, save."""
    address = page_of(clause)
    posted = {**filled_in(browser.get(address)), **{name.replace("__", "-"): value for name, value in changes.items()}}
    return browser.post(address, posted)


def said(page: HttpResponse) -> list[str]:
    return [str(message) for message in page.context["messages"]]

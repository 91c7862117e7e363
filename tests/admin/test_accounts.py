"""An administrator keeps accounts and the practice's facts, gives nobody more than a group, and sees no client."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client as Browser
from django.urls import reverse

from agreements.actions import mail
from agreements.management import first_run
from agreements.models import AuditEvent, Practice, Recall, User
from tests import builders
from tests.admin.desk import filled_in, page_of, signed_in

pytestmark = pytest.mark.django_db
USERS = reverse("admin:agreements_user_changelist")
ADD = reverse("admin:agreements_user_add")
NEW = {"username": "kim", "email": "kim@example.org", "name": "Kim Soto", "called": "Kim"}
PASSWORDS = {"password1": builders.PASSWORD, "password2": builders.PASSWORD}


@pytest.fixture
def robin() -> User:
    """An administrator of a demo: elsewhere staff first set up their second step."""
    builders.a_practice(demo=True)
    user = User.objects.create(username="robin", name="Robin", called="Robin", is_staff=True, sees_clients=False)
    user.groups.add(first_run.administrators())
    return user


@pytest.fixture
def browser(robin: User) -> Browser:
    return signed_in(robin)


def save(browser: Browser, row: Any, **changes: Any) -> Any:
    page = browser.get(page_of(row))
    posted = filled_in(page) | changes
    return browser.post(page_of(row), {name: value for name, value in posted.items() if value not in (None, False)})


def test_an_administrators_group_reaches_accounts_and_the_practice_only(browser: Browser, robin: User) -> None:
    assert robin.get_all_permissions() == {f"agreements.{name}" for name in first_run.ADMINISTRATOR_MAY}
    index = browser.get(reverse("admin:index"))
    assert {m["object_name"] for app in index.context["app_list"] for m in app["models"]} == {
        "User",
        "Practice",
        "Reminder",
    }
    assert browser.get(reverse("admin:agreements_edition_changelist")).status_code == 403
    assert browser.get("/clients/new/").status_code == 404


def test_an_account_is_made_and_put_in_a_group(browser: Browser) -> None:
    assert browser.post(ADD, NEW | PASSWORDS | {"sees_clients": "on"}).status_code == 302
    kim = User.objects.get(username="kim")
    assert (kim.name, kim.called, kim.sees_clients, kim.is_staff) == ("Kim Soto", "Kim", True, False)
    assert kim.check_password(builders.PASSWORD)
    editors = first_run.template_editors()
    assert save(browser, kim, groups=[editors.pk], sees_clients=False).status_code == 302
    kim.refresh_from_db()
    assert (list(kim.groups.all()), kim.is_staff, kim.sees_clients) == ([editors], True, False)
    save(browser, kim, groups=[])
    kim.refresh_from_db()
    assert (kim.groups.count(), kim.is_staff) == (0, False)
    kinds = AuditEvent.objects.filter(subject=kim.pk).order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["account made", "account changed", "account changed"]


def test_a_weak_password_is_refused_in_plain_words(browser: Browser) -> None:
    page = browser.post(ADD, NEW | {"password1": "short", "password2": "short"})
    assert "too short" in str(page.context["adminform"].form.errors)
    assert not User.objects.filter(username="kim").exists()


def test_a_name_that_no_paper_can_show_is_refused_at_its_field(browser: Browser) -> None:
    page = browser.post(ADD, NEW | PASSWORDS | {"called": "\U000132b9"})
    assert list(page.context["adminform"].form.errors) == ["called"]
    assert not User.objects.filter(username="kim").exists()


@pytest.mark.parametrize("whose", ["robin", "lee"])
def test_nobody_is_given_more_than_a_group(browser: Browser, robin: User, whose: str) -> None:
    user = robin if whose == "robin" else builders.a_therapist()
    page = browser.get(page_of(user)).content.decode()
    assert [name for name in ("is_superuser", "user_permissions", 'name="is_staff"') if name in page] == []
    rights = list(Permission.objects.values_list("pk", flat=True))
    save(browser, user, is_superuser="on", user_permissions=rights, is_staff="on")
    user.refresh_from_db()
    assert (user.is_superuser, user.user_permissions.count()) == (False, 0)
    assert user.is_staff == (whose == "robin")


def test_a_group_that_reaches_further_cannot_be_given(browser: Browser) -> None:
    wide = Group.objects.create(name="wide")
    wide.permissions.add(Permission.objects.get(codename="change_group"))
    lee = builders.a_therapist()
    page = save(browser, lee, groups=[wide.pk])
    assert page.status_code == 200 and "groups" in page.context["adminform"].form.errors
    assert lee.groups.count() == 0


@pytest.mark.parametrize("reach", ["superuser", "right", "group"])
def test_an_account_that_may_more_is_not_changed_and_keeps_its_password(browser: Browser, reach: str) -> None:
    other = User.objects.create(username="owner", is_superuser=reach == "superuser", password=builders.hashed())
    right = Permission.objects.get(codename="change_group")
    if reach == "right":
        other.user_permissions.add(right)
    if reach == "group":
        group = Group.objects.create(name="wide")
        group.permissions.add(right)
        other.groups.add(group)
    assert browser.post(page_of(other), {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[other.pk])
    assert browser.post(password, {"password1": "another long one", "password2": "another long one"}).status_code == 403
    other.refresh_from_db()
    assert (other.username, other.check_password(builders.PASSWORD)) == ("owner", True)


def test_nobody_is_deleted(browser: Browser) -> None:
    lee = builders.a_therapist()
    assert browser.post(page_of(lee).replace("/change/", "/delete/"), {"post": "yes"}).status_code == 403
    browser.post(USERS, {"action": "delete_selected", "_selected_action": [lee.pk], "post": "yes"})
    assert User.objects.filter(pk=lee.pk).exists()


def test_outside_a_demo_the_second_step_comes_first(browser: Browser) -> None:
    Practice.objects.update(demo=False)
    assert browser.get(USERS).headers["Location"] == reverse("mfa_activate_totp")


def test_the_practices_facts_are_changed_and_the_old_number_is_recalled(browser: Browser, robin: User) -> None:
    practice = Practice.objects.get()
    page = save(browser, practice, phone="(555) 010-0199", call_hours="any")
    assert page.status_code == 302
    practice.refresh_from_db()
    assert (practice.phone, practice.call_hours, practice.call_days, practice.call_from) == (
        "(555) 010-0199", "any", "", None,
    )  # fmt: skip
    assert [recall.phone for recall in Recall.objects.all()] == ["(555) 010-0143"]
    told = [str(message) for message in browser.get(page.headers["Location"]).context["messages"]]
    assert any("carry the old number, (555) 010-0143" in each for each in told)
    assert AuditEvent.objects.filter(kind="practice set up", by=robin).count() == 1
    assert not mail.is_off()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone", "call the desk", "Please write the number in digits, as it is dialled."),
        ("phone", "555 0100 ext front", "Please write the number in digits, as it is dialled."),
        ("phone", "116 123", "This number is a crisis line’s. Please write the practice’s own."),
        ("phone", "9-1-1", "This number is a crisis line’s. Please write the practice’s own."),
        (
            "name",
            "Elm Street. In a crisis text us",
            "Please write a name here, and nothing about danger, texts or calls.",
        ),
        ("name", "123", "Please write a name with letters."),
        ("name", "\U000132b9 Street", "This cannot be printed: \U000132b9 (U+132B9). Please write it another way."),
        ("country", "usa", None),
        ("country", "us", "Please write two capital letters, such as US."),
        ("call_days", "", "Please fill this in too: it belongs to “these hours”."),
        ("call_from", "", "Please fill this in too: it belongs to “these hours”."),
        ("call_until", "09:00", "Please choose another time than the start."),
        ("zone", "Mars/Base", None),
    ],
)
def test_a_fault_in_the_practices_facts_is_told_at_its_field(
    browser: Browser, field: str, value: str, words: str | None
) -> None:
    before = Practice.objects.values().get()
    errors = save(browser, Practice.objects.get(), **{field: value}).context["adminform"].form.errors
    assert list(errors) == [field]
    assert words is None or errors[field] == [words]
    assert Practice.objects.values().get() == before


def test_the_practice_is_neither_added_nor_removed(browser: Browser) -> None:
    assert browser.get(reverse("admin:agreements_practice_add")).status_code == 403
    assert browser.get(page_of(Practice.objects.get()).replace("/change/", "/delete/")).status_code == 403

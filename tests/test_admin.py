"""The template editor's door: drafts are edited there, published rows only read, and no person is found there."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.management import demonstration, first_run
from agreements.models import Clause, CrisisResource, Edition, Family, Option, User
from tests import builders
from tests.models import rows

pytestmark = pytest.mark.django_db
REGISTERED = {"Clause", "CrisisResource", "Edition", "Family", "Practice", "Reminder", "User"}
FROM_OTHERS = {"Group", "Authenticator", "EmailAddress"}
INLINE = {"-TOTAL_FORMS": "0", "-INITIAL_FORMS": "0"}
LISTS = {"family": 10, "edition": 11, "clause": 10, "crisisresource": 12}


@pytest.fixture
def editor() -> Browser:
    """A browser in which the demo's template editor is signed in."""
    builders.a_practice(demo=True)
    browser = Browser()
    browser.force_login(demonstration._template_editor())
    return browser


def change(row: object) -> str:
    name = type(row).__name__.lower()
    return reverse(f"admin:agreements_{name}_change", args=[row.pk])  # type: ignore[attr-defined]


def test_only_the_library_the_crisis_rows_and_accounts_are_there() -> None:
    registered = {model.__name__ for model in admin.site._registry}
    assert registered == REGISTERED | FROM_OTHERS


def test_no_encrypted_column_can_be_searched_or_sorted_by_in_a_list() -> None:
    for model in (Family, Edition, Clause, CrisisResource):
        assert admin.site._registry[model].search_fields == ()


def test_the_template_editors_group_reaches_the_library_and_nothing_else(editor: Browser) -> None:
    user = User.objects.get(username="editor")
    models = {permission.split("_", 1)[1] for permission in user.get_all_permissions()}
    assert models == set(first_run.EDITOR_OF)
    page = editor.get(reverse("admin:index"))
    shown = {each["object_name"] for app in page.context["app_list"] for each in app["models"]}
    assert shown == REGISTERED - {"Practice", "Reminder", "User"} - {"Clause"}  # a clause is reached from its edition
    assert editor.get(reverse("admin:agreements_user_changelist")).status_code == 403


def test_a_draft_edition_is_edited_with_its_clauses(editor: Browser) -> None:
    edition = rows.an_edition(published=False)
    clause = rows.parts_of(edition)[Clause]
    posted = {
        "update_rule": "Once a year.", "funding": "A grant.", "read_by": "Dr Q.",
        "clauses-TOTAL_FORMS": 1, "clauses-INITIAL_FORMS": 1, "clauses-0-id": clause.pk,
        "clauses-0-edition": edition.pk, "clauses-0-order": 5,
    }  # fmt: skip
    assert editor.post(change(edition), posted).status_code == 302
    edition.refresh_from_db()
    clause.refresh_from_db()
    assert (edition.funding, edition.read_by, clause.order) == ("A grant.", "nobody yet", 5)


def published(model: type) -> object:
    """A published row of this kind, or a part of a published edition."""
    edition = builders.an_edition()
    if model is Edition:
        return edition
    return edition.clauses.first() if model is Clause else model.objects.exclude(published_at=None).first()


@pytest.mark.parametrize("model", [Edition, Clause, CrisisResource])
def test_what_is_published_can_be_read_and_not_changed_or_deleted(editor: Browser, model: type) -> None:
    row = published(model)
    before = model.objects.filter(pk=row.pk).values().get()
    page = editor.get(change(row))
    assert page.status_code == 200
    assert (b'name="_save"' in page.content, b"deletelink" in page.content) == (False, False)
    assert page.context["has_change_permission"] is False
    assert editor.post(change(row), {"key": "changed", "number": 9}).status_code == 403
    assert editor.post(change(row).replace("/change/", "/delete/"), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize(
    ("owner", "inlines"),
    [(Edition, {Clause}), (Clause, {Option})],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_published_owner_offers_no_new_part(editor: Browser, owner: type, inlines: set) -> None:
    page = editor.get(change(published(owner)))
    found = page.context["inline_admin_formsets"]
    assert {each.formset.model for each in found} == inlines
    allowed = {(each.has_add_permission, each.has_change_permission, each.has_delete_permission) for each in found}
    assert allowed == {(False, False, False)}


def test_deleting_from_a_list_spares_what_is_published(editor: Browser) -> None:
    rows.an_edition(published=False)
    for model in (Edition, CrisisResource, Clause):
        pks = [str(row.pk) for row in model.objects.all()]
        posted = {"action": "delete_selected", "_selected_action": pks, "post": "yes"}
        editor.post(reverse(f"admin:agreements_{model.__name__.lower()}_changelist"), posted)
        assert {str(pk) for pk in model.objects.values_list("pk", flat=True)} == set(pks)


def test_a_list_asks_the_database_as_often_for_few_rows_as_for_many(editor: Browser) -> None:
    def counts() -> dict[str, int]:
        return {name: queries(editor, reverse(f"admin:agreements_{name}_changelist")) for name in LISTS}

    assert counts() == LISTS
    for number in range(1, 6):
        CrisisResource.objects.create(**{**rows.LINE, "key": f"line-{number}"})
        rows.an_edition(number=number, published=number % 2 == 0)
        Family.objects.create(key=f"family-{number}", name="Another")
    assert counts() == LISTS


def queries(browser: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_a_therapist_has_no_way_in() -> None:
    builders.a_practice()
    browser = Browser()
    browser.force_login(builders.a_therapist())
    assert browser.get(reverse("admin:index"), follow=True).status_code == 403

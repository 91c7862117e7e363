"""What an editor types wrongly is told at its field in plain words, stays typed, and nothing is saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from agreements.models import Clause, Edition, Family
from tests.actions.test_library import content
from tests.admin.desk import clause, filled_in, page_of
from tests.admin.test_clauses import faults

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script> {{ secret }} {% load x %}"
IS_CODE = (
    "“<script>”, “{{ secret }}”, “{% load x %}” look like code of a web page or a program. They would be printed just "
    "as they stand. "
    "Please use plain words."
)
FROM_1_TO = "Please give a whole number from 1 to 9999."
FAMILY: dict[str, Any] = {"key": "teens", "name": "Young people", "about": ""}


def typed(desk: Browser, address: str, **changes: Any) -> HttpResponse:
    """Open the page, type over what stands there, save."""
    return desk.post(address, {**filled_in(desk.get(address)), **changes})


def bound(page: HttpResponse, name: str) -> Any:
    """The field of this name in a page's form or rows."""
    forms = [page.context["adminform"].form]
    forms += [form for inline in page.context["inline_admin_formsets"] for form in inline.formset.forms]
    [found] = [field for form in forms for field in form if field.html_name == name]
    return found


@pytest.mark.parametrize(
    "name",
    [
        "heading", "question", "hint", "words", "suggests_words",
        "options-0-label", "options-0-consequence", "options-0-words",
    ],
)  # fmt: skip
def test_code_is_told_at_its_field_of_a_clause_and_stays_typed(desk: Browser, draft: Edition, name: str) -> None:
    before, late = content(draft), clause(draft, "late")
    page = typed(desk, page_of(late), **{name: MARKUP})
    assert (page.status_code, faults(page), bound(page, name).value()) == (200, {name: [IS_CODE]}, MARKUP)
    html = page.content.decode()
    assert ("<script>alert" in html, "“&lt;script&gt;”, “{{ secret }}”, “{% load x %}” look like code" in html) == (
        False,
        True,
    )
    assert content(draft) == before


def test_several_faults_of_one_text_are_all_told(desk: Browser, draft: Edition) -> None:
    page = typed(desk, page_of(clause(draft, "late")), words="{{ x }} <b>[[nobody]]</b> [[chosen]] \U00013000")
    told = faults(page)["words"]
    parts = ("These characters cannot be printed", "“{{ x }}”, “<b>” look like code", "[[nobody]] is not known")
    assert [words[: len(part)] for words, part in zip(told, parts, strict=True)] == list(parts)


def test_a_lone_sign_is_saved_as_it_was_typed(desk: Browser, draft: Edition) -> None:
    assert typed(desk, page_of(clause(draft, "late")), hint="3 < 4, {, a <3 and AT&T;").status_code == 302
    assert clause(draft, "late").texts.get().hint == "3 < 4, {, a <3 and AT&T;"


@pytest.mark.parametrize("name", ["update_rule", "funding"])
def test_code_is_told_at_its_field_of_an_edition(desk: Browser, draft: Edition, name: str) -> None:
    page = typed(desk, page_of(draft), **{name: MARKUP})
    assert (page.status_code, faults(page), bound(page, name).value()) == (200, {name: [IS_CODE]}, MARKUP)
    facts = {"family": draft.family_id, "update_rule": "Each year.", "funding": "Nobody.", name: MARKUP}
    page = desk.post(reverse("admin:agreements_edition_add"), facts)
    assert faults(page)[name] == [IS_CODE]
    assert Edition.objects.filter(family=draft.family).count() == 2


@pytest.mark.parametrize("name", ["name", "about"])
def test_code_is_told_at_its_field_of_a_family(desk: Browser, name: str) -> None:
    page = typed(desk, page_of(Family.objects.create(key="couples", name="Couples")), **{name: MARKUP})
    assert (page.status_code, faults(page), bound(page, name).value()) == (200, {name: [IS_CODE]}, MARKUP)
    page = desk.post(reverse("admin:agreements_family_add"), {**FAMILY, name: MARKUP})
    assert faults(page) == {name: [IS_CODE]}
    assert not Family.objects.filter(key="teens").exists()


def test_a_family_is_added_and_named_anew(desk: Browser) -> None:
    assert desk.post(reverse("admin:agreements_family_add"), FAMILY).status_code == 302
    made = Family.objects.get(key="teens")
    assert typed(desk, page_of(made), name="Teens", about="For those who are 12 to 17.").status_code == 302
    made.refresh_from_db()
    assert (made.key, made.name, made.about) == ("teens", "Teens", "For those who are 12 to 17.")
    page = desk.post(reverse("admin:agreements_family_add"), FAMILY)
    assert faults(page) == {"key": ["Family with this Key already exists."]}


@pytest.mark.parametrize("number", ["0", "-1", "10000", "40000", "9" * 30, "9" * 5000, "three", "1.5"])
@pytest.mark.parametrize("name", ["order", "options-0-order"])
def test_a_number_out_of_bounds_is_told_at_its_field(desk: Browser, draft: Edition, name: str, number: str) -> None:
    before = content(draft)
    page = typed(desk, page_of(clause(draft, "late")), **{name: number})
    assert (page.status_code, faults(page), bound(page, name).value()) == (200, {name: [FROM_1_TO]}, number)
    page = typed(desk, page_of(draft), **{"clauses-0-order": number})
    assert (page.status_code, faults(page)) == (200, {"clauses-0-order": [FROM_1_TO]})
    assert content(draft) == before


def test_the_largest_number_may_be_given(desk: Browser, draft: Edition) -> None:
    assert typed(desk, page_of(draft), **{"clauses-0-order": "9999"}).status_code == 302
    assert typed(desk, page_of(clause(draft, "late")), **{"options-0-order": "9999"}).status_code == 302
    assert content(draft)[-1]["key"] == "purpose"


def test_two_clauses_change_places(desk: Browser, draft: Edition) -> None:
    first, second, *_rest = Clause.objects.filter(edition=draft)
    assert typed(desk, page_of(draft), **{"clauses-0-order": "2", "clauses-1-order": "1"}).status_code == 302
    assert [row["key"] for row in content(draft)[:2]] == [second.key, first.key]


def test_options_that_take_the_key_of_another_saved_one_are_told_at_the_field(desk: Browser, draft: Edition) -> None:
    before, late = content(draft), clause(draft, "late")
    first, second, *_rest = late.options.values_list("key", flat=True)
    words = "Another option was saved with this key. Change that one or take it out, and save; then go on."
    page = typed(desk, page_of(late), **{"options-0-key": second, "options-1-key": first})
    assert faults(page) == {"options-0-key": [words], "options-1-key": [words]}
    page = typed(desk, page_of(late), **{"options-0-key": second, "options-1-DELETE": "on"})
    assert faults(page) == {"options-0-key": [words]}
    assert content(draft) == before

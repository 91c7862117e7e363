"""A family's name and words: read like a clause when they are saved, and kept once an edition is published."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from agreements.models import Clause, ClauseText, Edition, Family
from agreements.rules.edition_file import to_file
from tests.admin.desk import NEW, around, clause, page_of, said
from tests.admin.test_edition_files import a_file
from tests.builders import NOW
from tests.rules.edition import EDITION

pytestmark = pytest.mark.django_db
ADD = "admin:agreements_family_add"
FINE = {"key": "ours", "name": "Ours", "about": "For us."}


@pytest.mark.parametrize(
    ("field", "text", "start"),
    [
        ("name", "Texting, call 988", "“988” looks like a phone number."),
        ("name", "Texting 24/7", "No one can promise an answer."),
        ("about", "Every text is answered within the hour.", "No one can promise an answer."),
        ("about", "For the ѕad.", "This word mixes letters of two scripts"),
        ("key", "my key!", "A key has letters without accents"),
    ],
)
def test_h09_h17_what_a_family_says_is_read_like_a_clause(desk: Browser, field: str, text: str, start: str) -> None:
    page = desk.post(reverse(ADD), {**FINE, field: text})
    faults = page.context["adminform"].form.errors
    assert (list(faults), faults[field][0].startswith(start)) == ([field], True)
    assert not Family.objects.filter(name__in=("Ours", text)).exists()


def test_h17_a_published_family_is_read_only_and_a_new_one_is_not(desk: Browser, draft: Edition) -> None:
    page = desk.get(page_of(draft.family))
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert desk.post(page_of(draft.family), FINE).status_code == 403
    desk.post(reverse(ADD), FINE)
    ours = Family.objects.get(key="ours")
    assert desk.post(page_of(ours), {**FINE, "name": "Theirs"}).status_code == 302
    assert Family.objects.get(key="ours").name == "Theirs"


@pytest.mark.parametrize("reader", ["call 911 first", "the crisis team: text us", "<b>Wren</b>"])
def test_h17_who_read_it_is_a_name(desk: Browser, draft: Edition, reader: str) -> None:
    ClauseText.objects.filter(clause=clause(draft, "often")).update(hint="Answers never count.")
    facts = {"reader": reader, "read_on": "2026-11-02", "hearing": "review", "talk_before": ""}
    with time_machine.travel(NOW):
        page = desk.post(around(draft, "publish"), facts)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reader"])
    draft.refresh_from_db()
    assert draft.published_at is None


def test_a_clause_key_and_an_unknown_placeholder_are_told_in_plain_words(desk: Browser, draft: Edition) -> None:
    page = desk.post(reverse("admin:agreements_clause_add"), {**NEW, "edition": draft.pk, "key": "a key"})
    assert page.context["adminform"].form.errors["key"] == [
        "A key has letters without accents, digits, “-” and “_” only, such as “time_away”."
    ]
    ClauseText.objects.filter(clause=clause(draft, "often")).update(words="[[nobody]] [[chosen]]")
    page = desk.get(around(draft, "publish"))
    assert page.context["why_none"] == "The paper cannot be made yet: what is marked “Must change” comes first."
    assert Clause.objects.filter(key="a key").count() == 0


def test_an_import_was_read_by_nobody_here_and_says_what_blocks(desk: Browser) -> None:
    data = {**EDITION, "edition": {**EDITION["edition"], "read_by": "Dr Far, 2 November 2026"}}
    address = reverse("admin:agreements_edition_import")
    page = desk.post(address, {"file": a_file(to_file(data))}, follow=True)
    made = Edition.objects.order_by("number").last()
    assert made.read_by == "nobody yet"
    assert said(page)[1:] == [
        "The file says that it was read elsewhere by Dr Far, 2 November 2026. Here it was read by nobody yet."
    ]
    data["clauses"] = [row for row in EDITION["clauses"] if row["key"] != "limit"]
    page = desk.post(address, {"file": a_file(to_file(data))}, follow=True)
    assert said(page)[2:] == ["It cannot be published yet: what is marked “Must change” comes first."]

"""Editions as files: out of one practice, into another, whole or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from agreements.models import AuditEvent, Edition
from tests import builders
from tests.actions.test_library import adult, content
from tests.admin.desk import an_editor, around, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Browser:
    return signed_in(an_editor())


def test_an_edition_goes_out_as_a_file_and_comes_back_the_same(desk: Browser) -> None:
    first = builders.an_edition()
    answer = desk.get(around(first, "export"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="adult-outpatient-1.json"'
    page = desk.post(reverse("admin:agreements_edition_import"), {"file": a_file(answer.content)}, follow=True)
    made = Edition.objects.get(family=first.family, number=2)
    assert said(page) == ["Read in as a draft: Texting, adult outpatient 2."]
    assert (content(made), made.published_at) == (content(first), None)


def a_file(raw: bytes) -> Any:
    return SimpleUploadedFile("edition.json", raw, content_type="application/json")


@pytest.mark.parametrize(
    ("raw", "where", "text"),
    [
        (b" ", "line 1, column 2", "the file stops in the middle. Was it copied or saved only in part?"),
        (b'{"format": ', "line 1, column 12", "the file stops in the middle. Was it copied or saved only in part?"),
        (b"<html>", "line 1, column 1", "this is not JSON (Expecting value)"),
        (b"\xff\xfe", "", "This is not a text file in UTF-8."),
        (
            b'{"format": "between-sessions-edition/2", "new": 1}',
            "format",
            "This file was made by a newer version of Between Sessions. Update it here first.",
        ),
        (
            b'{"format": "between-sessions-edition/10"}',
            "format",
            "This file was made by a newer version of Between Sessions. Update it here first.",
        ),
        (
            b'{"format": "999\\ud800"}',
            "format",
            "“999?” is not a format of editions. One from Between Sessions says “between-sessions-edition/1”.",
        ),
        (b"[]", "", "This is not an edition: it must be an object with “format”, “family” and “clauses”."),
        (b" " * 1024 * 1024 + b"{}", "", "The file is larger than 1 MB. That is no edition."),
    ],
)
def test_a_file_that_is_no_edition_is_refused_in_plain_words(desk: Browser, raw: bytes, where: str, text: str) -> None:
    before = Edition.objects.count()
    page = desk.post(reverse("admin:agreements_edition_import"), {"file": a_file(raw)})
    assert (page.status_code, [(fault.where, fault.text) for fault in page.context["faults"]]) == (422, [(where, text)])
    assert text.split("(")[0] in page.content.decode()
    assert Edition.objects.count() == before


def test_every_fault_of_a_file_is_shown(desk: Browser) -> None:
    data = adult()
    data["clauses"][1]["key"] = "purpose"
    data["clauses"][3]["texts"]["en"]["words"] = "word " * 10_000
    data["clauses"][4]["colour"] = "red"
    data["clauses"][5]["texts"]["en"]["hint"] = "<b>{{ client }}</b>"
    page = desk.post(reverse("admin:agreements_edition_import"), {"file": a_file(json.dumps(data).encode())})
    assert [fault.where for fault in page.context["faults"]] == [
        "clauses[3].texts.en.words", "clauses[4].colour", "clauses[5].texts.en.hint", "clauses[0].key", "clauses[1].key",
    ]  # fmt: skip
    html = page.content.decode()
    assert "“&lt;b&gt;”, “{{ client }}” look like code" in html
    assert AuditEvent.objects.filter(kind="edition read in", by__isnull=False).count() == 0

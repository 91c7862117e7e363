"""What comes with every answer, and that looking changes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from agreements.models import CrisisResource, Document, Draft
from tests import builders
from tests.away import a_time_away
from tests.doors import BACKEND
from tests.views.test_access import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
NOT_OURS = {"django_session", "rate_limits", "agreements_user", "account_emailaddress"}  # the library for signing in


@dataclass(frozen=True)
class Looked:
    """Every page as Dr Lee and as somebody signed out saw it, and what stood in the tables before and after."""

    lee: dict[str, HttpResponse]
    stranger: dict[str, HttpResponse]
    before: dict[str, object]
    after: dict[str, object]


@pytest.fixture(scope="module")
def looked(sealed: Document, to_read: Draft) -> Looked:
    """Each address of the table is opened once with a draft at the reading page and once with a sealed one."""
    lee, stranger = Client(), Client()
    with time_machine.travel(builders.NOW):
        lee.force_login(builders.a_therapist(), backend=BACKEND)
        paths = pages(sealed, to_read)
        before = contents()
        answers = {path: lee.get(path) for path in paths}
        return Looked(answers, {path: stranger.get(path) for path in paths}, before, contents())


def pages(sealed: Document, to_read: Draft) -> list[str]:
    rows = {
        "client_id": sealed.agreement.client_id,
        "agreement_id": sealed.agreement_id,
        "document_id": sealed.pk,
        "resource_id": CrisisResource.objects.first().pk,
        "edition_id": builders.an_edition().pk,
        "absence_id": (absence := a_time_away(sealed.agreement)).pk,
        "task_id": absence.tasks.first().pk,
        "paper": "letter",
        "role": "client",
        "name": "texting-agreement-v1",
    }
    found = {
        each.path({**rows, "draft_id": draft, "key": key})
        for each in addresses()
        for draft in (to_read.pk, sealed.version.draft_id)
        for key in ("often", "nothing")
    }
    return ["/nowhere/", "/admin/", *sorted(path for path in found if "(" not in path)]


def contents() -> dict[str, object]:
    """What stands in every table that is ours."""
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model in apps.get_models()} - NOT_OURS:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def test_every_answer_forbids_keeping_framing_and_loading_from_elsewhere(looked):
    for path, answer in [*looked.lee.items(), *looked.stranger.items()]:
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
        assert (path, policy) == (path, POLICY)
        assert (path, answer.headers["Cache-Control"]) == (path, "no-store")
        assert answer.headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_no_page_has_code_or_style_in_it_or_asks_another_machine(looked):
    for path, answer in looked.lee.items():
        if "html" not in answer.headers["Content-Type"]:
            continue
        html = answer.content.decode()
        assert (path, re.findall(r"<style|\sstyle=|\son[a-z]+=", html)) == (path, [])
        assert all(" src=" in script for script in re.findall(r"<script[^>]*>", html)), path
        loaded = re.findall(r"<(?:script|link|img|iframe|source)[^>]*(?:src|href)=\"([^\"]*)\"", html)
        assert (path, [url for url in loaded if not url.startswith(("/static/", "data:image/"))]) == (path, [])


def test_looking_at_every_page_writes_nothing(looked):
    assert {answer.status_code for answer in looked.lee.values()} == {200, 302, 404, 405}
    assert looked.after == looked.before


def test_titles_addresses_and_headers_name_nobody_and_nothing_of_therapy(looked):
    telling = re.compile(r"maya|lee|noor|therap|crisis|suicid|clinic|patient|mental", re.I)
    found = set()
    for path, answer in looked.lee.items():
        headers = [f"{name} {value}" for name, value in answer.headers.items() if name != "Content-Security-Policy"]
        titles = re.findall(r"<title>(.*?)</title>", answer.content.decode("utf-8", "replace"), re.S)
        found |= {(path, word) for word in telling.findall(" ".join([path, *headers, *titles]))}
    # the therapist's own page about the lines of all clients names nobody
    assert {path.split("/")[1] for path, _word in found} == {"crisis-lines"}


def test_the_pdf_and_the_calendar_entry_have_neutral_names(house, sealed):
    lee = Client()
    lee.force_login(builders.a_therapist(), backend=BACKEND)
    pdf = lee.get(f"/documents/{sealed.pk}/texting-agreement-v1.pdf?save=1")
    entry = lee.get(f"/documents/{sealed.pk}/review.ics")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="texting-agreement-v1.pdf"'
    assert entry.headers["Content-Disposition"] == 'attachment; filename="review.ics"'
    assert Document.objects.get().content == pdf.content


def test_the_health_page_says_only_that_the_process_answers():
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")

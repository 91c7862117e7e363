"""Who may see what, over the whole table of addresses: an object of another therapist is not there at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from agreements.actions import documents, endings, recalls
from agreements.management import first_run
from agreements.models import CrisisResource, Edition, Family, Practice
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role
from tests import builders
from tests.away import a_time_away
from tests.doors import BACKEND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

OURS = {"client_id", "draft_id", "agreement_id", "document_id", "absence_id", "task_id"}
NAMES = """about_me absence absence_change absence_off again away away_all_printed away_all_sheets away_begin
    away_kept away_printed away_sheet away_sheets away_task away_task_ics away_told begin both box cards change changes channel client client_change
    client_start copy document ended ending_page filled fits guardian_page hard head_for how ink_seen kept
    large log log_print looked move note of_age own own_answer pause people person person_add phone picture
    prepare privacy raise read recall recall_page recall_told reminder reminder_stop rev review_ics room save
    save_hard save_of seen short sign since since_of since_therapist start stop take_home talk tighter together
    try_again turn turn_of two what_if why wording works"""
OBJECTS = {*NAMES.split()}
OVER = dict.fromkeys(
    ("cards", "phone", "picture", "review_ics"), 404
)  # texting has ended: nothing to carry or to come back to
OF_OTHERS = {"guardian_page": 404, "person": 404, **OVER}  # there is no guardian, and nobody of that key
PUBLIC = {
    "/healthz",
    "/readyz",
    "/verify/",
    "/stop/slug:token/",
    "/calendar/slug:token.ics",
    "/account/login/",
    "/account/logout/",  # leads home, which leads to signing in
    "/account/signup/",  # says that sign-up is closed
    "/account/inactive/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/done/",
    "/account/confirm-email/",
}


@dataclass(frozen=True)
class Address:
    """One line of the table: its path with placeholders, its name, the ids it takes."""

    route: str
    name: str
    ids: frozenset[str]

    def path(self, values: dict[str, object]) -> str:
        path = self.route
        for name, value in values.items():
            for kind in ("uuid", "slug", "str", "int", "path"):
                path = path.replace(f"<{kind}:{name}>", str(value))
        return path.replace("<", "").replace(">", "")


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "/") -> Iterator[Address]:
    """Every address of the product but the admin's, which has doors of its own."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern).removeprefix("^").removesuffix("$").replace(r"\Z", "")
        if isinstance(each, URLResolver):
            if each.app_name != "admin":
                yield from addresses(each.url_patterns, route)
        else:
            yield Address(route, str(each.name), frozenset(re.findall(r"<\w+:(\w+)>", route)))


@pytest.fixture
def rows(sealed, to_read) -> dict[str, object]:
    """Real ids of Dr Lee's, and words for the rest of a path. The practice has a new number, texting has ended."""
    by, now = sealed.agreement.therapist, builders.NOW
    absence = a_time_away(sealed.agreement)
    endings.stop(agreement=sealed.agreement, by_role=Role.CLIENT, effective_on=now.date(), by=by, now=now)
    documents.issue_large(document=sealed, by=by, now=now)
    Practice.objects.update(phone="(555) 010-0199")
    return {
        "client_id": sealed.agreement.client_id,
        "agreement_id": sealed.agreement_id,
        "document_id": sealed.pk,
        "draft_id": to_read.pk,
        "resource_id": CrisisResource.objects.first().pk,
        "recall_id": recalls.begin(phone=sealed.version.phone, by=None, now=builders.NOW).pk,
        "edition_id": Edition.objects.first().pk,
        "absence_id": absence.pk,
        "task_id": absence.tasks.first().pk,
        "paper": "letter",
        "key": "often",
        "look": "dark",
        "who": "client",
        "role": "client",
        "name": "texting-agreement-v1",
        "family": "adult-outpatient",
    }


def somebody(username: str) -> Client:
    client = Client()
    client.force_login(builders.a_therapist(username), backend=BACKEND)
    return client


def test_every_address_that_names_an_object_is_known_here():
    assert {each.name for each in addresses() if each.ids & OURS} == OBJECTS


def test_another_therapist_finds_nothing_under_any_of_them(rows, sealed):
    other = somebody("other")
    found = {}
    for each in addresses():
        if each.ids & OURS:
            for draft in (rows["draft_id"], sealed.version.draft_id):
                path = each.path({**rows, "draft_id": draft})
                for way, answer in (("GET", other.get(path)), ("POST", other.post(path, {"kind": "saved"}))):
                    if answer.status_code != 405 or way in answer.headers["Allow"]:
                        found[each.name, way] = answer.status_code
    assert set(found.values()) == {404}
    assert {name for name, _way in found} == OBJECTS


def test_the_therapist_of_the_object_finds_it(rows):
    lee = somebody("lee")
    found = {each.name: lee.get(each.path(rows)).status_code for each in addresses() if each.ids & OURS}
    assert {name: status for name, status in found.items() if status not in (200, 302, 405)} == OF_OTHERS


def test_an_id_of_nothing_answers_as_an_object_of_another(rows):
    other = somebody("other")
    mine = other.get(f"/clients/{rows['client_id']}/")
    nobodys = other.get("/clients/00000000-0000-4000-8000-000000000000/")
    assert (mine.status_code, nobodys.status_code) == (404, 404)
    assert mine.content == nobodys.content


def test_the_list_of_clients_holds_only_ones_own(sealed, to_read):
    page = somebody("other").get("/").content.decode()
    assert "Maya" not in page
    assert "No clients yet." in page


def test_signed_out_everything_but_the_public_pages_leads_to_signing_in(rows):
    visitor = Client()
    found = {}
    for each in addresses():
        path = each.path({**rows, "uidb36": "1", "resource_id": rows["resource_id"]})
        if "(" in path:  # allauth's two regular expressions: a mailed link
            continue
        for way in (visitor.get, visitor.post):
            answer = way(path)
            if answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/"):
                continue
            found.setdefault(path, set()).add(answer.status_code)
    for save in ("turn/often/", "turn-of/client/often/", "hard/often/"):
        assert found.pop(f"/room/{rows['draft_id']}/{save}") == {405, 401}
    assert set(found) == PUBLIC


def test_signed_out_saving_says_so_without_a_page(rows):
    answer = Client().post(f"/room/{rows['draft_id']}/turn/often/", {"value": "one_two"})
    assert (answer.status_code, answer.json()) == (401, {})


def test_nobody_can_sign_up():
    before = Client().get("/account/signup/").content.decode()
    assert "closed" in before.lower()
    Client().post("/account/signup/", {"username": "new", "password1": builders.PASSWORD})
    assert not builders.User.objects.filter(username="new").exists()


def test_the_admin_lets_no_therapist_in():
    assert somebody("lee").get("/admin/").status_code == 302
    assert Client().get("/admin/", follow=True).redirect_chain[-1][0].startswith("/account/login/")


FOR_EDITORS = {"edition_preview", "edition_screen", "edition_sample"}  # they ask for the right to see editions


def test_who_sees_no_clients_finds_no_desk_and_no_room(rows):
    keeper = builders.a_therapist("keeper")
    keeper.sees_clients = False
    keeper.save(update_fields=["sees_clients"])
    client = somebody("keeper")
    found = {}
    for each in addresses():
        path = each.path({**rows, "uidb36": "1"})
        ours = not path.startswith(("/account/", "/admin/"))
        if ours and each.name not in FOR_EDITORS:
            found[each.name] = {client.get(path).status_code, client.post(path).status_code}
    assert found.pop("home") == {302}
    assert [found.pop(name) for name in ("healthz", "readyz", "verify")] == [{200, 405}] * 2 + [{200, 422}]
    assert found.pop("by_code") == {404, 405}  # the crisis lines, and that there is no such paper
    assert len(found) > 35
    assert {name: codes for name, codes in found.items() if codes != {404}} == {}
    assert client.get("/").headers["Location"] == "/admin/"


def test_who_keeps_the_library_may_be_a_therapist_too(rows):
    ours = [each for each in addresses() if each.ids & OURS]
    before = {each.name: somebody("lee").get(each.path(rows)).status_code for each in ours}
    builders.a_therapist("lee").groups.add(first_run.template_editors())
    assert {each.name: somebody("lee").get(each.path(rows)).status_code for each in ours} == before


def test_a_therapist_is_offered_no_draft_edition(rows):
    family = Family.objects.create(key="half-done", name="A family half done")
    Edition.objects.create(family=family, number=1)
    page = somebody("lee").get(f"/clients/{rows['client_id']}/start/").content.decode()
    assert (
        "A family half done" not in page and "A family half done" not in somebody("lee").get("/usual/").content.decode()
    )


def test_leaving_closes_the_door():
    lee = somebody("lee")
    lee.post("/account/logout/")
    assert lee.get("/").headers["Location"].startswith("/account/login/")


def test_a_draft_of_somebody_else_cannot_be_saved_or_signed(to_read):
    other = somebody("other")
    draft = builders.a_draft(until=Step.SIGN, client=builders.a_client(name="Ana", called="Ana"))
    digest = draft.versions.get().digest
    sent = {"kind": "paper", "digest": digest}
    assert other.post(f"/room/{draft.pk}/sign/client/", sent).status_code == 404
    assert other.post(f"/room/{to_read.pk}/turn/often/", {"value": "one_two"}).status_code == 404
    assert draft.versions.get().signatures.count() == 0

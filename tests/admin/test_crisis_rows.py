"""Crisis rows in the admin: what the template editor does with a number, and what nobody else can."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from agreements.actions import crisis
from agreements.models import AuditEvent, CrisisCheck, CrisisResource, Recall, Withdrawal
from agreements.reads import resources
from agreements.rules.vocabulary import CheckedHow
from tests import builders, recalls
from tests.admin.desk import a_reader, filled_in, page_of, said, signed_in
from tests.builders import NOW
from tests.doors import on_the_day
from tests.models.rows import LINE
from tests.recalls import quick_paper, row

__all__ = ["on_the_day", "quick_paper"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
LIST = "/admin/agreements/crisisresource/"
ADD = f"{LIST}add/"
READ = {"read_from": "988lifeline.org, their own page", "as_of": "2026-11-20"}


def at(resource: CrisisResource, page: str) -> str:
    return f"{LIST}{resource.pk}/{page}/"


def write(browser: Browser, address: str, **changes: Any) -> HttpResponse:
    """Open a form, type, save, follow."""
    return browser.post(address, {**filled_in(browser.get(address)), **changes}, follow=True)


def errors(page: HttpResponse) -> dict[str, list[str]]:
    return {name: list(words) for name, words in page.context["adminform"].form.errors.items()}


@pytest.mark.usefixtures("quick_paper")
def test_a_number_changes_from_the_row_to_its_published_successor(desk: Browser) -> None:
    builders.a_sealed_document(script=builders.NO_TEXTING)
    old = row("us-988")
    assert b"The number changed" in desk.get(page_of(old)).content
    for _ in range(2):
        page = desk.post(at(old, "correct"), follow=True)
    draft = CrisisResource.objects.get(replaces=old)
    assert page.request["PATH_INFO"] == page_of(draft)
    write(desk, page_of(draft), call="989", **READ)
    assert row("us-988") == old
    text = desk.get(at(draft, "publish")).content.decode()
    assert "Papers in force with the row as it was: 1." in text
    shown = [
        text.index(each) for each in ("Until now", "988</strong>", old.read_from, "989</strong>", READ["read_from"])
    ]
    assert shown == sorted(shown)
    page = desk.post(at(draft, "publish"), {"how": "called"}, follow=True)
    new = row("us-988")
    assert (new.pk, new.call) == (draft.pk, "989")
    assert list(new.checks.values_list("how", "by__username", "checked_on")) == [("called", "wren", NOW.date())]
    assert [recall.resource for recall in Recall.objects.all()] == [old]
    assert said(page) == [
        "Published: 988 Suicide & Crisis Lifeline (United States). Papers in force with the row as it was: 1. Their "
        "therapists see on their home pages whom to tell."
    ]


@pytest.mark.parametrize("changes", [{"call": "989"}, {"hours": "9 to 5"}, {"text_to": "989"}, {"note": "Read again."}])
def test_a_correction_asks_anew_where_its_digits_were_read(desk: Browser, changes: dict[str, str]) -> None:
    draft = recalls.draft_of("us-988")
    page = desk.get(page_of(draft))
    form = page.context["adminform"].form
    assert [form[name].value() for name in ("read_from", "as_of")] == ["", ""]
    old = row("us-988")
    assert f"Those of the row before: {old.read_from}, {old.as_of}." in page.content.decode().replace("&amp;", "&")
    assert errors(write(desk, page_of(draft), **changes)) == {
        "read_from": ["Please write where you read these numbers and hours."],
        "as_of": ["Please write the date on their page, or the day on which you read it."],
    }
    write(desk, page_of(draft), **changes, **READ)
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in (*changes, *READ)} == {**changes, **READ}


def test_a_draft_with_a_fault_is_not_offered_for_publishing(desk: Browser) -> None:
    draft = recalls.draft_of("us-988", call="989", as_of="")
    page = desk.get(at(draft, "publish"))
    assert list(page.context["faults"]) == ["Please write the date on their page, or the day on which you read it."]
    assert b'name="how"' not in page.content
    assert b'name="how"' in desk.get(at(recalls.draft_of("us-ctl", text_to="741742"), "publish")).content


def test_a_draft_without_any_way_to_reach_the_line_is_refused_at_the_field(desk: Browser) -> None:
    draft = recalls.draft_of("au-lifeline", text_to="", chat="", **READ)
    found = errors(write(desk, page_of(draft), call=""))
    assert found == {"call": ["Please give at least one way: a number to call, a number to text, or a chat."]}
    emergency = recalls.draft_of("us-911", **READ)
    assert errors(write(desk, page_of(emergency), call="")) == {"call": ["An emergency number needs a number to call."]}
    draft.refresh_from_db()
    assert draft.call == row("au-lifeline").call


def test_a_new_row_is_written_published_and_never_unchecked(desk: Browser) -> None:
    facts = {**LINE, "key": "us-new", "call": "(555) 010-0100", "kind": "local", "languages": "en, es", "country": "us"}
    assert desk.post(ADD, facts).status_code == 302
    made = CrisisResource.objects.get(key="us-new")
    assert (made.call, made.country, made.languages, made.published_at) == ("(555) 010-0100", "US", ["en", "es"], None)
    for how in ("", "demo", "guessed"):
        assert desk.post(at(made, "publish"), {"how": how}).status_code == 404
    desk.post(at(made, "publish"), {"how": "read"})
    made.refresh_from_db()
    assert made.published_at is not None
    assert list(made.checks.values_list("how", flat=True)) == ["read"]
    kinds = AuditEvent.objects.filter(subject=made.pk).values_list("kind", flat=True)
    assert list(kinds) == ["crisis resource written", "crisis resource published"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("call", "0800 TALK", "Please write the number just as one dials it"),
        ("call", "٩٨٨", "Write the digits 0 to 9."),
        ("text_to", "９８８", "Write the digits 0 to 9."),
        ("non_voice", "text ９８８", "Write the digits 0 to 9."),
        ("call", "+1988", "Please write the number exactly as people dial it there, without a country code."),
        ("text_to", "text me", "Please write the number just as one texts it"),
        ("country", "USA", "Ensure this value has at most 2 characters"),
        ("country", "U1", "Please write the country as two capital letters"),
        ("place", "", "This field is required"),
        ("text_keyword", "HOME", "A word to text needs the number"),
        ("chat", "https://988lifeline.org", "Please write the address in short"),
        ("pair_with", "ca-988", "Please write the key of another row of this country"),
        ("languages", "English!", "Please write the languages in short"),
        ("languages", "", "Please write the languages in short"),
        ("key", "us-988", "This key is taken"),
        ("read_from", "", "Please write where you read these"),
        ("as_of", "", "Please write the date on their page"),
        ("as_of", "2099-01-01", "This day is still to come."),
        ("as_of", "2026-11-24", "This day is still to come."),
        ("as_of", "2026-12", "This day is still to come."),
        ("as_of", "May 2027", "This day is still to come."),
        ("service", "Line \U00013000", "This cannot be printed"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(
    desk: Browser, field: str, typed: str, words: str
) -> None:
    page = desk.post(ADD, {**LINE, "key": "us-new", "languages": "en", field: typed})
    assert list(errors(page)) == [field]
    assert errors(page)[field][0].startswith(words)
    assert page.context["adminform"].form[field].value() == typed
    assert not CrisisResource.objects.filter(published_at=None).exists()


def test_what_takes_the_place_of_a_row_keeps_its_key_and_place(desk: Browser) -> None:
    draft = recalls.draft_of("us-988")
    write(desk, page_of(draft), **READ, call="989", key="other", country="CA", area="ON")
    draft.refresh_from_db()
    assert (draft.call, draft.key, draft.country, draft.area) == ("989", "us-988", "US", "")


def test_publishing_something_identical_says_so(desk: Browser) -> None:
    draft = recalls.draft_of("us-988")
    page = desk.post(at(draft, "publish"), {"how": "called"}, follow=True)
    assert said(page) == ["Nothing differs from the row that is published, so nothing was published."]
    draft.refresh_from_db()
    assert draft.published_at is None


def test_a_check_is_kept_once_with_who_and_how_from_a_page_with_the_digits(desk: Browser) -> None:
    resource = row("us-ctl")
    before = resource.checks.count()
    page = desk.get(at(resource, "check"))
    text = page.content.decode()
    assert "HOME to <strong>741741</strong>" in text and resource.read_from in text
    assert ('value="called"' in text, 'value="texted"' in text, 'value="read"' in text) == (False, True, True)
    posted = {"how": "texted", "form_key": str(page.context["form"]["form_key"].value())}
    for _ in range(2):
        assert said(desk.post(at(resource, "check"), posted, follow=True)) == [f"Checked today: {resource}."]
    assert resource.checks.count() == before + 1
    assert {(check.how, check.by.username) for check in resource.checks.filter(by__isnull=False)} == {
        ("texted", "wren")
    }


@pytest.mark.usefixtures("quick_paper")
def test_withdrawing_says_what_it_does_and_is_done_once(desk: Browser) -> None:
    builders.a_sealed_document(script=builders.NO_TEXTING)
    resource = row("us-988")
    text = desk.get(at(resource, "withdraw")).content.decode()
    assert "Papers in force with the row as it was: 1." in text
    assert "Nobody who lives in United States can sign then: there is no other line to call at any hour." in text
    assert b"errornote" not in desk.get(at(row("us-ctl"), "withdraw")).content
    desk.post(at(resource, "withdraw"))
    assert (Withdrawal.objects.get().resource, Withdrawal.objects.get().by.username) == (resource, "wren")
    assert desk.post(at(resource, "withdraw")).status_code == 404
    assert Recall.objects.count() == 1


def test_looking_writes_nothing_and_every_change_is_a_post(desk: Browser) -> None:
    draft, resource = recalls.draft_of("us-988", call="989"), row("us-ctl")
    before = AuditEvent.objects.count(), CrisisCheck.objects.count()
    assert desk.get(at(resource, "correct")).status_code == 405
    for address in (at(draft, "publish"), at(resource, "check"), at(resource, "withdraw"), page_of(draft), LIST):
        assert desk.get(address).status_code == 200
    assert (AuditEvent.objects.count(), CrisisCheck.objects.count()) == before


def test_who_may_only_look_changes_nothing(desk: Browser) -> None:
    draft, resource = recalls.draft_of("us-988", call="989"), row("us-ctl")
    reader = signed_in(a_reader())
    assert b"The number changed" not in reader.get(page_of(resource)).content
    for address in (at(resource, "correct"), at(draft, "publish"), at(resource, "check"), at(resource, "withdraw")):
        assert reader.post(address, {"how": "called"}).status_code == 403
    assert (Recall.objects.count(), Withdrawal.objects.count()) == (0, 0)
    therapist = signed_in(builders.a_therapist())
    assert therapist.get(at(resource, "check")).status_code == 302  # to the admin's sign-in


def test_a_published_row_is_read_only_and_a_draft_can_be_deleted(desk: Browser) -> None:
    published, draft = row("us-988"), recalls.draft_of("us-ctl")
    assert desk.post(page_of(published), {**LINE, "languages": "en"}).status_code == 403
    assert desk.post(at(published, "delete"), {"post": "yes"}).status_code == 403
    assert b'name="action"' not in desk.get(LIST).content
    desk.post(at(draft, "delete"), {"post": "yes"})
    assert not CrisisResource.objects.filter(pk=draft.pk).exists()
    assert row("us-988") == published


def test_the_list_says_state_check_and_until_when(desk: Browser) -> None:
    recalls.changed("us-988")
    recalls.withdrawn("us-ctl")
    recalls.draft_of("us-911")
    shown = desk.get(f"{LIST}?country=US").content.decode()
    found = {
        state: shown.count(f'class="field-state">{state}<') for state in ("draft", "published", "replaced", "withdrawn")
    }
    assert found == {"draft": 1, "published": 2, "replaced": 1, "withdrawn": 1}
    assert 'class="field-last_check">I called, 23 November 2026, good until 23 November 2027<' in shown


def test_what_is_to_check_this_month_and_what_has_expired(desk: Browser) -> None:
    def listed(kind: str) -> set[str]:
        page = desk.get(f"{LIST}?check={kind}")
        return {each.key for each in page.context["cl"].result_list}

    new = CrisisResource.objects.create(**{**LINE, "key": "never", "published_at": NOW})
    soon = CrisisResource.objects.create(**{**LINE, "key": "soon", "published_at": NOW})
    gone = CrisisResource.objects.create(**{**LINE, "key": "gone", "published_at": NOW})
    CrisisResource.objects.create(**{**LINE, "key": "draft"})
    for resource, days in ((soon, 340), (gone, 366)):
        day = NOW - timedelta(days=days)
        crisis.check(resource=resource, how=CheckedHow.CALLED, by=None, today=day.date(), now=day)
    assert listed("month") == {new.key, soon.key, gone.key}
    assert listed("expired") == {gone.key}


@pytest.mark.parametrize("query", ["", "?check=month", "?country=US"])
def test_the_list_asks_as_often_for_thirty_rows_as_for_three(desk: Browser, query: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(f"{LIST}{query}").status_code == 200
        return len(queries)

    def some_rows(number: int) -> None:
        for each in range(CrisisResource.objects.filter(key__startswith="line-").count(), number):
            facts = {**LINE, "key": f"line-{each}", "published_at": NOW if each % 2 else None}
            made = CrisisResource.objects.create(**facts)
            if each % 4 == 3:
                crisis.check(resource=made, how=CheckedHow.READ, by=None, today=NOW.date(), now=NOW)

    some_rows(4)
    few = asked()
    some_rows(30)
    assert asked() == few
    assert resources.holding().count() > 30

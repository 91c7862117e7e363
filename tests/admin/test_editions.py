"""The library as a template editor works in it: look, copy, change, preview, publish; and who may not."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions import library
from agreements.actions.sample_paper import SamplePaper
from agreements.admin import edition_pages
from agreements.models import Clause, ClauseText, CrisisResource, Edition, Option
from agreements.rules.lint import Remark
from agreements.rules.vocabulary import Voice
from tests import builders
from tests.actions.test_library import adult, content
from tests.admin.desk import NEW, around, change_clause, clause, filled_in, page_of, said
from tests.builders import NOW
from tests.papers import sheets
from tests.views.test_headers import contents

pytestmark = pytest.mark.django_db


def remarks(page: Any) -> list[tuple[str, str, bool]]:
    return [(heading, one.text, one.blocks) for _pk, heading, found in page.context["groups"] for one in found]


def test_an_editor_copies_the_adult_edition_adds_a_clause_looks_at_it_and_publishes_it(desk: Browser) -> None:
    first = builders.an_edition()
    before = content(first)
    page = desk.post(around(first, "copy"), follow=True)
    draft = Edition.objects.get(published_at=None, family=first.family)
    assert page.redirect_chain == [(page_of(draft), 302)]

    posted = {**NEW, "edition": draft.pk, "options-1-consequence": "Short."}
    desk.post(reverse("admin:agreements_clause_add"), posted, follow=True)
    added = clause(draft, "emoji")
    shown = desk.get(page_of(added)).context["remarks"]
    assert [one.text for one in shown] == ["Every option has a consequence line, or none has."]
    change_clause(desk, added, options__1__consequence="")
    assert desk.get(page_of(added)).context["remarks"] == []

    for paper in ("letter", "a4"):
        assert desk.get(f"/library/{draft.pk}/sample-{paper}.pdf").content.startswith(b"%PDF")
    page = desk.get(around(draft, "publish"))
    looked, paper = page.context["looked"], page.context["paper"]
    assert [(each.key, each.kind) for each in looked.changes] == [("emoji", "added")]
    assert (paper.pages, paper.cards, paper.voice, page.context["touched"]) == (2, 1, "unsafe", 0)
    assert "2, and 1 with the cards (the longest answers, and of the three" in page.content.decode()

    with time_machine.travel(NOW):
        facts = {"reader": "Dr A. Wren", "read_on": "2026-11-02", "hearing": "review", "talk_before": ""}
        desk.post(around(draft, "publish"), facts)
    draft.refresh_from_db()
    assert (draft.published_at is None, draft.read_by) == (False, "Dr A. Wren, 2 November 2026")
    assert content(first) == before
    assert [each["key"] for each in content(draft)] == [*(each["key"] for each in before), "emoji"]


def test_no_page_leads_to_a_history_that_django_does_not_keep(desk: Browser) -> None:
    for row in (builders.an_edition(), CrisisResource.objects.get(key="us-988")):
        assert "/history/" not in desk.get(page_of(row)).content.decode()


def test_a_paper_of_three_pages_is_remarked_with_the_answer_that_makes_it_so() -> None:
    remark = "The paper has 3 pages before the cards (“Not always safe to speak”); aim for 2. Shorten a clause."
    assert [edition_pages._length(SamplePaper(b"", pages, 1, Voice.UNSAFE)) for pages in (1, 2, 3)] == [
        [], [], [Remark("", remark)],
    ]  # fmt: skip
    assert edition_pages._length(None) == []


def test_the_page_of_an_edition_shows_its_remarks_by_clause_what_blocks_first(desk: Browser, draft: Edition) -> None:
    ClauseText.objects.filter(clause=clause(draft, "late")).update(hint="In danger text first.")
    ClauseText.objects.filter(clause=clause(draft, "often")).update(hint="Our policy.")
    page = desk.get(page_of(draft))
    found = remarks(page)
    assert [(heading, blocks) for heading, _text, blocks in found] == [
        ("A late answer", True), ("How often", False),
    ]  # fmt: skip
    html = page.content.decode()
    assert f'href="{page_of(clause(draft, "late"))}"' in html
    assert "Must change:" in html


def test_what_blocks_cannot_be_published_and_the_page_says_why(desk: Browser, draft: Edition) -> None:
    ClauseText.objects.filter(clause=clause(draft, "late")).update(hint="In danger text first.")
    page = desk.get(around(draft, "publish"))
    assert 'value="Publish this edition"' not in page.content.decode()
    page = desk.post(around(draft, "publish"), {"hearing": "review"})
    assert (page.status_code, said(page)) == (
        422,
        ["This edition cannot be published yet. Please look at what is marked."],
    )
    draft.refresh_from_db()
    assert draft.published_at is None


def test_publishing_the_same_again_does_nothing_and_says_so(desk: Browser, draft: Edition) -> None:
    page = desk.post(around(draft, "publish"), {"hearing": "review"}, follow=True)
    assert said(page) == ["This says the same as edition 1, word for word. Nothing was published."]
    draft.refresh_from_db()
    assert draft.published_at is None


@pytest.mark.parametrize(
    ("posted", "faults"),
    [
        ({"reader": "Dr A. Wren"}, {"read_on": ["Please give the day on which it was read."]}),
        ({"read_on": "2026-11-02"}, {"reader": ["Please write who read it on that day."]}),
        (
            {"reader": "Dr A. Wren", "read_on": "2027-11-02"},
            {"read_on": ["This day lies ahead. Please give the day on which it was read."]},
        ),
        ({"hearing": "talk"}, {"talk_before": ["Please give a day to come, before which you talk about it."]}),
        (
            {"talk_before": "2027-11-02"},
            {"talk_before": ["A date belongs only to “we talk about it before a date”."]},
        ),
        ({"hearing": "shout"}, {"hearing": ["Select a valid choice. shout is not one of the available choices."]}),
    ],
)
def test_a_fault_of_publishing_stands_at_its_field_and_nothing_is_published(
    desk: Browser, draft: Edition, posted: dict[str, str], faults: dict[str, list[str]]
) -> None:
    ClauseText.objects.filter(clause=clause(draft, "often")).update(hint="Answers never count.")
    with time_machine.travel(NOW):
        page = desk.post(around(draft, "publish"), {"hearing": "review", **posted})
    assert (page.status_code, page.context["form"].errors) == (422, faults)
    assert all(value in page.content.decode() for value in posted.values() if value != "shout")
    draft.refresh_from_db()
    assert draft.published_at is None


@pytest.mark.parametrize("family", ["couple-one-thread", "dbt-coaching", "young-person"])
@pytest.mark.parametrize(("reader", "printed"), [("", "nobody yet"), ("Dr A. Wren", "Dr A. Wren, 2 November 2026")])
def test_a_starter_draft_asks_who_read_it_and_prints_the_answer(
    desk: Browser, family: str, reader: str, printed: str
) -> None:
    starter = Edition.objects.get(family__key=family, published_at=None)
    assert starter.read_by == "nobody yet"
    page = desk.get(around(starter, "publish"))
    assert [page.context["form"][name].value() for name in ("reader", "read_on")] == [None, None]
    with time_machine.travel(NOW):
        facts = {"reader": reader, "read_on": "2026-11-02" if reader else "", "hearing": "review"}
        assert desk.post(around(starter, "publish"), facts).status_code == 302
        paper = desk.get(f"/library/{starter.pk}/sample-letter.pdf").content if family == "couple-one-thread" else b""
    starter.refresh_from_db()
    assert (starter.published_at is None, starter.read_by) == (False, printed)
    assert not paper or f"read by {printed}." in " ".join(sheets(paper))


def test_compare_shows_was_and_now(desk: Browser, draft: Edition) -> None:
    change_clause(desk, clause(draft, "often"), hint="Answers never count.")
    html = desk.get(around(draft, "compare")).content.decode()
    assert ("<del>Answers do not count.</del>" in html, "<ins>Answers never count.</ins>" in html) == (True, True)
    assert "<p>How often</p>" in html


def test_a_second_draft_leads_to_the_first(desk: Browser, draft: Edition) -> None:
    page = desk.post(around(builders.an_edition(), "copy"), follow=True)
    assert said(page) == ["There is a draft of this family already: edition 2. Go on with it, or delete it first."]


def test_a_retired_edition_says_so(desk: Browser) -> None:
    first = builders.an_edition()
    before = contents()
    assert desk.get(around(first, "retire")).status_code == 200
    assert contents() == before
    desk.post(around(first, "retire"))
    html = desk.get(reverse("admin:agreements_edition_changelist")).content.decode()
    assert '<td class="field-state">retired</td>' in html
    assert b"/retire/" not in desk.get(page_of(first)).content


def test_a_draft_is_not_retired(desk: Browser, draft: Edition) -> None:
    assert [desk.get(around(draft, "retire")).status_code, desk.post(around(draft, "retire")).status_code] == [404, 404]


def test_the_order_of_clauses_is_changed_on_the_page_of_the_edition(desk: Browser, draft: Edition) -> None:
    posted = filled_in(desk.get(page_of(draft)))
    posted |= {"clauses-0-order": 2, "clauses-1-order": 1}
    assert desk.post(page_of(draft), posted).status_code == 302
    assert list(draft.clauses.values_list("key", flat=True))[:3] == ["often", "purpose", "window"]
    posted |= {"clauses-2-order": 2, "funding": "A grant."}
    page = desk.post(page_of(draft), posted)
    found = [form.errors.get("order") for form in page.context["inline_admin_formsets"][0].formset.forms]
    words = ["Two rows have this number. Each needs its own."]
    assert found[:4] == [words, None, words, None]
    assert "A grant." in page.content.decode()


def test_a_new_edition_begins_empty_with_the_next_number(desk: Browser) -> None:
    family = builders.an_edition().family
    posted = {
        "family": family.pk, "update_rule": "Once a year.", "funding": "Nobody paid.",
        "clauses-TOTAL_FORMS": 0, "clauses-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert desk.post(reverse("admin:agreements_edition_add"), posted).status_code == 302
    made = Edition.objects.get(family=family, number=2)
    assert (made.read_by, made.published_at) == ("nobody yet", None)


def test_a_published_edition_is_read_and_never_changed(desk: Browser) -> None:
    first = builders.an_edition()
    before = contents()
    page = desk.get(page_of(first))
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert desk.get(page_of(clause(first, "often"))).status_code == 200
    assert b"Answers do not count." in desk.get(page_of(clause(first, "often"))).content
    assert b"1 or 2 a week" in desk.get(page_of(clause(first, "often"))).content
    for row in (first, clause(first, "often")):
        assert desk.post(page_of(row), {"heading": "Changed", "funding": "Changed"}).status_code == 403
        assert desk.post(page_of(row).replace("/change/", "/delete/"), {"post": "yes"}).status_code == 403
    posted = {**NEW, "edition": first.pk}
    page = desk.post(reverse("admin:agreements_clause_add"), posted)
    assert "edition" in page.context["adminform"].form.errors
    assert contents() == before


def test_a_draft_may_be_deleted_whole(desk: Browser, draft: Edition) -> None:
    desk.post(page_of(draft).replace("/change/", "/delete/"), {"post": "yes"})
    left = [
        Edition.objects.filter(pk=draft.pk),
        Clause.objects.filter(edition=draft),
        Option.objects.filter(clause__edition=draft),
    ]
    assert [found.count() for found in left] == [0, 0, 0]


def queries(desk: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(address).status_code == 200
    return len(asked)


PAGES = {"change": 26, "publish": 24, "compare": 19}


def test_a_page_asks_as_often_for_thirty_clauses_as_for_sixteen(desk: Browser, draft: Edition) -> None:
    def counts(edition: Edition) -> dict[str, int]:
        pages = {"change": page_of(edition), **{name: around(edition, name) for name in ("publish", "compare")}}
        return {name: queries(desk, address) for name, address in pages.items()}

    data = adult()
    misread = next(row for row in data["clauses"] if row["key"] == "misread")
    data["clauses"] += [{**misread, "order": number, "key": f"own-{number}", "topic": ""} for number in range(40, 56)]
    larger = library.read_in(data=data, by=None, now=NOW)
    assert (draft.clauses.count(), larger.clauses.count()) == (len(data["clauses"]) - 16, len(data["clauses"]))
    counts(draft)  # what the first page asks is remembered
    assert counts(draft) == counts(larger) == PAGES

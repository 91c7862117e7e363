"""A clause on its page: its words and options in the practice's language, faults at their fields, nothing typed lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions import library
from agreements.models import Clause, ClauseText, Edition, Option, OptionText
from tests.actions.test_library import content
from tests.admin.desk import NEW, change_clause, clause, filled_in, page_of
from tests.builders import NOW

pytestmark = pytest.mark.django_db
ADD = "admin:agreements_clause_add"


def in_file(edition: Edition, key: str) -> dict[str, Any]:
    return next(row for row in content(edition) if row["key"] == key)


def faults(page: HttpResponse) -> dict[str, list[str]]:
    """Every fault of a page by the name of its field."""
    found = {name: list(errors) for name, errors in page.context["adminform"].form.errors.items()}
    for inline in page.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {form.add_prefix(name): list(errors) for name, errors in form.errors.items()}
    return found


def test_saving_a_clause_as_it_is_changes_nothing(desk: Browser, draft: Edition) -> None:
    before = content(draft)
    for each in draft.clauses.all():
        assert (each.key, change_clause(desk, each).status_code) == (each.key, 302)
    assert content(draft) == before


def test_one_page_changes_a_clause_its_words_and_its_options(desk: Browser, draft: Edition) -> None:
    change_clause(
        desk, clause(draft, "late"), heading="Late", question="What then?", hint="Use the box.", words="Then: [[chosen]].",
        suggests="call, session", suggests_words="", mode="optional",
        options__0__label="Once more", options__0__consequence="Good. Bad.", options__0__words="once more",
    )  # fmt: skip
    found = in_file(draft, "late")
    assert found["texts"]["en"] == {
        "heading": "Late", "question": "What then?", "hint": "Use the box.", "words": "Then: [[chosen]].",
    }  # fmt: skip
    assert (found["mode"], found["suggested"]) == ("optional", {"chosen": ["call", "session"], "words": ""})
    assert found["options"][0]["texts"]["en"] == {
        "label": "Once more",
        "consequence": "Good. Bad.",
        "words": "once more",
    }


def test_another_language_stays_as_it_is(desk: Browser, draft: Edition) -> None:
    late = clause(draft, "late")
    ClauseText.objects.create(clause=late, language="es", heading="Tarde", words="[[chosen]]")
    OptionText.objects.create(option=late.options.first(), language="es", label="Un texto")
    change_clause(desk, late, heading="Late", options__0__label="Once more")
    found = in_file(draft, "late")
    assert (found["texts"]["en"]["heading"], found["texts"]["es"]["heading"]) == ("Late", "Tarde")
    labels = {language: text["label"] for language, text in found["options"][0]["texts"].items()}
    assert labels == {"en": "Once more", "es": "Un texto"}


def test_an_option_is_added_and_taken_out(desk: Browser, draft: Edition) -> None:
    late = clause(draft, "late")
    posted = filled_in(desk.get(page_of(late)))
    new = {"id": "", "clause": late.pk, "order": 9, "key": "wait", "label": "Wait", "words": "wait", "consequence": ""}
    posted |= {f"options-4-{name}": value for name, value in new.items()}
    posted |= {"options-4-meaning": '{"step": "comfort"}', "options-TOTAL_FORMS": 5, "options-0-DELETE": "on"}
    assert desk.post(page_of(late), posted).status_code == 302
    assert [option["key"] for option in in_file(draft, "late")["options"]] == ["call", "session", "comfort", "wait"]


def test_a_new_clause_comes_last_in_its_edition_and_leads_back_there(desk: Browser, draft: Edition) -> None:
    last = content(draft)[-1]["order"]
    page = desk.get(f"{reverse(ADD)}?edition={draft.pk}")
    assert page.context["adminform"].form["order"].value() == last + 1
    answer = desk.post(reverse(ADD), {**NEW, "edition": draft.pk, "order": last + 1})
    assert answer.headers["Location"] == page_of(draft)
    assert [option["texts"]["en"]["label"] for option in in_file(draft, "emoji")["options"]] == ["Yes", "No"]


def test_beside_each_option_stands_what_the_rules_read(desk: Browser, draft: Edition) -> None:
    page = desk.get(page_of(clause(draft, "look_again"))).content.decode()
    assert page.count("The rules read this as") == Option.objects.filter(clause=clause(draft, "look_again")).count() + 1
    assert page.count("look again after 4 weeks, then every 3 months") == 1


def test_no_browser_cuts_what_is_pasted_into_a_clause(desk: Browser, draft: Edition) -> None:
    page = desk.get(page_of(clause(draft, "late")))
    forms = [page.context["adminform"].form, *page.context["inline_admin_formsets"][0].formset.forms]
    limited = {name for form in forms for name, field in form.fields.items() if "maxlength" in field.widget.attrs}
    assert limited == {"key"}


LONG = "word " * 10_000
MARKUP = "<script>alert(1)</script> {{ secret }} {% load x %}"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"heading": ""}, {"heading": ["This field is required."]}),
        ({"words": LONG}, {"words": ["Please use at most 2000 characters. You have 49999."]}),
        ({"heading": "Thai \u0e01"}, {"heading": ["These characters cannot be printed: \u0e01 (U+0E01)."]}),
        ({"key": "often"}, {"key": ["Another clause has this key. Each needs its own."]}),
        (
            {"key": "two words"},
            {"key": ["A key has letters without accents, digits, “-” and “_” only, such as “time_away”."]},
        ),
        ({"order": 1}, {"order": ["Another clause has this number. Each needs its own."]}),
        ({"topic": "often"}, {"topic": ["Another clause is about this topic. Each topic stands once."]}),
        (
            {"options-0-key": "call"},
            {
                "options-0-key": ["Two options have this key. Each needs its own."],
                "options-1-key": ["Two options have this key. Each needs its own."],
            },
        ),
        (
            {"options-2-order": 1},
            {
                "options-0-order": ["Two rows have this number. Each needs its own."],
                "options-2-order": ["Two rows have this number. Each needs its own."],
            },
        ),
        ({"options-0-label": ""}, {"options-0-label": ["This field is required."]}),
        (
            {"options-0-meaning": "{step: nudge}"},
            {
                "options-0-meaning": [
                    "This cannot be read. Write it like {“hours”: 24}, with straight quotation marks, or nothing."
                ]
            },
        ),
        (
            {"options-0-meaning": "{" + '"hours": ' + "1" * 5_000 + "}"},
            {
                "options-0-meaning": [
                    "This cannot be read. Write it like {“hours”: 24}, with straight quotation marks, or nothing."
                ]
            },
        ),
        (
            {"options-0-meaning": "[1]"},
            {
                "options-0-meaning": [
                    "This cannot be read. Write it like {“hours”: 24}, with straight quotation marks, or nothing."
                ]
            },
        ),
        (
            {"options-0-meaning": '{"step": "wave"}'},
            {
                "options-0-meaning": [
                    "The topic “late” cannot read this: step is one of: nudge, call, session, comfort."
                ]
            },
        ),
        (
            {"options-0-meaning": ""},
            {"options-0-meaning": ["The topic “late” cannot read this: a meaning here has exactly: step."]},
        ),
    ],
)
def test_a_fault_stands_at_its_field_and_what_was_typed_stays(
    desk: Browser, draft: Edition, typed: dict[str, Any], fault: dict[str, list[str]]
) -> None:
    late, before = clause(draft, "late"), content(draft)
    posted = {**filled_in(desk.get(page_of(late))), "question": "What did I type?", **typed}
    page = desk.post(page_of(late), posted)
    assert (page.status_code, faults(page)) == (200, fault)
    assert "What did I type?" in page.content.decode()
    for name, value in typed.items():
        form = page.context["adminform"].form
        if name.startswith("options-"):
            _options, number, field = name.split("-")
            form, name = page.context["inline_admin_formsets"][0].formset.forms[int(number)], field
        assert str(form[name].value()) == str(value)
    assert content(draft) == before


def test_code_that_came_in_by_another_way_is_shown_as_text_and_marked(desk: Browser, draft: Edition) -> None:
    often = clause(draft, "often")
    ClauseText.objects.filter(clause=often).update(hint=MARKUP)
    OptionText.objects.filter(option=often.options.first()).update(label=MARKUP)
    for page in (page_of(often), page_of(draft), f"/library/{draft.pk}/preview/turn/"):
        html = desk.get(page).content.decode()
        assert "<script>alert" not in html
    assert "{{ secret }} {% load x %}" in desk.get(f"/library/{draft.pk}/preview/turn/").content.decode()
    beside = desk.get(page_of(often)).context["remarks"]
    assert [one.text.split(" look")[0] for one in beside if one.blocks] == [
        "“<script>”, “{{ secret }}”, “{% load x %}”"
    ]


def test_line_breaks_of_a_browser_are_kept_as_one_character(desk: Browser, draft: Edition) -> None:
    change_clause(desk, clause(draft, "often"), words="[[chosen]]\r\nTwo.")
    assert in_file(draft, "often")["texts"]["en"]["words"] == "[[chosen]]\nTwo."


def test_the_remarks_of_a_clause_stand_beside_its_form_and_stay_there_after_a_fault(
    desk: Browser, draft: Edition
) -> None:
    often = clause(draft, "often")
    change_clause(desk, often, hint="Our policy.")
    for page in (desk.get(page_of(often)), change_clause(desk, often, heading="")):
        html = page.content.decode()
        assert [one.text for one in page.context["remarks"]] == ["Avoid “policy”."]
        assert html.index("Avoid “policy”.") < html.index('name="heading"')
    assert [one.text for one in desk.get(page_of(clause(draft, "night"))).context["remarks"]] == []


def test_an_edition_published_meanwhile_takes_no_change(desk: Browser, draft: Edition) -> None:
    often = clause(draft, "often")
    posted = {**filled_in(desk.get(page_of(often))), "heading": "Often"}
    ClauseText.objects.filter(clause=clause(draft, "late")).update(hint="Use the box.")
    library.publish(edition=draft, by=None, now=NOW)
    before = content(draft)
    assert desk.post(page_of(often), posted).status_code == 403
    assert content(draft) == before


def test_a_clause_is_deleted_with_its_parts_and_leads_back(desk: Browser, draft: Edition) -> None:
    late = clause(draft, "late")
    answer = desk.post(page_of(late).replace("/change/", "/delete/"), {"post": "yes"})
    assert answer.headers["Location"] == page_of(draft)
    with pytest.raises(ObjectDoesNotExist):
        Clause.objects.get(pk=late.pk)
    assert not Option.objects.filter(clause=late.pk).exists()


@pytest.mark.parametrize("edition", ["", "nothing", "00000000-0000-4000-8000-000000000000"])
def test_a_clause_is_added_to_a_draft_or_not_at_all(desk: Browser, edition: str) -> None:
    page = desk.get(f"{reverse(ADD)}?edition={edition}")
    assert '<select name="edition"' in page.content.decode()
    page = desk.post(reverse(ADD), {**NEW, "edition": edition})
    assert set(faults(page)) == {"edition"}


def test_a_clause_stays_in_its_edition(desk: Browser, draft: Edition) -> None:
    late, other = clause(draft, "late"), Edition.objects.exclude(pk=draft.pk).filter(published_at=None).first()
    assert other is not None
    change_clause(desk, late, edition=other.pk, heading="Late")
    late.refresh_from_db()
    assert (late.edition, late.texts.get().heading) == (draft, "Late")


def test_an_option_without_a_meaning_shows_an_empty_field(desk: Browser, draft: Edition) -> None:
    desk.post(reverse(ADD), {**NEW, "edition": draft.pk})
    page = desk.get(page_of(clause(draft, "emoji")))
    forms = page.context["inline_admin_formsets"][0].formset.forms
    assert [form["meaning"].value() for form in forms] == ["", ""]


def test_the_page_asks_as_often_for_many_options_as_for_few(desk: Browser, draft: Edition) -> None:
    late = clause(draft, "late")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(page_of(late)).status_code == 200
        return len(asked)

    queries()  # what the first page asks is remembered
    few = queries()
    for number in range(10, 30):
        option = Option.objects.create(clause=late, order=number, key=f"more-{number}", meaning={"step": "call"})
        OptionText.objects.create(option=option, language="en", label=f"More {number}")
    assert (few, queries()) == (28, 28)

"""What the desk says to a crisis row that is unsafe, or still says the number it takes away."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from agreements.actions import crisis, pdf, pdf_draft, pdf_notice, sealing
from agreements.actions.refusals import Unreadable, Unsafe
from agreements.models import CrisisResource, Recall, Version
from agreements.reads import notices
from agreements.reads import room as rooms
from agreements.reads.take_home import take_home
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CheckedHow
from tests import builders, recalls
from tests.admin.desk import page_of, said
from tests.admin.test_crisis_rows import ADD, READ, at, errors, write
from tests.builders import NOW
from tests.doors import on_the_day
from tests.models.rows import LINE
from tests.recalls import quick_paper, row

__all__ = ["on_the_day", "quick_paper"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
BAD = [
    ("non_voice", "leave Dr Lee a voicemail and wait until morning"),
    ("non_voice", "text Dr Lee at (555) 010-0147 and wait for an answer"),
    ("non_voice", "ask Robin"),
    ("service", "Pay $5 per call line"),
    ("hours", "wait until morning"),
    ("note", "Promise to call back tomorrow."),
    ("place", "Voicemail"),
    ("call", "(555) 010-0143"),
]


def in_use_already(field: str, text: str) -> CrisisResource:
    """A row that says this and was published before anybody looked at its words."""
    facts = {name: getattr(row("us-911"), name) for name in crisis.EDITED}
    old = row("us-911")
    made = CrisisResource.objects.create(**{**facts, "key": old.key, "replaces": old, field: text, "published_at": NOW})
    crisis.check(resource=made, how=CheckedHow.CALLED, by=None, today=NOW.date(), now=NOW)
    return made


@pytest.mark.parametrize(("field", "text"), BAD)
def test_h07_an_unsafe_text_of_a_row_is_told_at_its_field_and_never_published(
    desk: Browser, field: str, text: str
) -> None:
    therapist = builders.a_therapist()
    therapist.called = "Robin"
    therapist.save()
    typed = {**LINE, "key": "us-new", "languages": "en", field: text}
    page = desk.post(ADD, typed)
    assert list(errors(page)) == [field]
    assert errors(page)[field][0].endswith(f"Please change: “{text}”")
    assert page.context["adminform"].form[field].value() == text
    draft = CrisisResource.objects.create(**{**LINE, "key": "us-new", field: text})
    assert "Please change" in desk.get(at(draft, "publish")).content.decode()
    with pytest.raises(Unreadable) as refused:
        recalls.published(draft)
    draft.refresh_from_db()
    assert (refused.value.field, draft.published_at) == (field, None)


def test_h03_no_row_leads_to_a_number_that_the_practice_gave_up() -> None:
    builders.a_practice()
    draft = CrisisResource.objects.create(**{**LINE, "key": "us-new", "call": "(555) 010-0111"})
    assert "call" not in crisis.faults(draft, today=NOW.date())
    Recall.objects.create(phone="(555) 010-0111", at=NOW)
    assert "Please change" in crisis.faults(draft, today=NOW.date())["call"]


def test_h07_an_unsafe_row_in_use_stops_signing() -> None:
    builders.a_practice()
    in_use_already("non_voice", "text Dr Lee at (555) 010-0147 and wait for an answer")
    draft = builders.a_draft(until=Step.READ)
    with pytest.raises(Unsafe) as unsafe:
        sealing.freeze(draft=draft, by=draft.agreement.therapist, now=NOW)
    assert [(each.rule, each.where) for each in unsafe.value.findings] == [("H7", "crisis")]
    assert "text Dr Lee at (555) 010-0147" in unsafe.value.findings[0].words
    assert Version.objects.count() == 0


def test_h07_an_unsafe_row_in_use_is_on_no_draft_to_take_home() -> None:
    draft = builders.a_draft(until=Step.START)
    taken = take_home(rooms.enter(draft.pk, positions_of=()), now=NOW)
    assert pdf_draft.render(taken).startswith(b"%PDF")
    in_use_already("non_voice", "text Dr Lee")
    with pytest.raises(pdf.RenderRefused, match="“text Dr Lee”"):
        pdf_draft.render(take_home(rooms.enter(draft.pk, positions_of=()), now=NOW))


@pytest.mark.usefixtures("quick_paper")
def test_h07_an_unsafe_row_in_use_is_on_no_notice() -> None:
    agreement = builders.a_sealed_agreement(script=builders.NO_TEXTING)
    recalls.changed("us-988")
    notice = notices.notice(agreement, now=NOW)
    assert notice is not None and pdf_notice.render(notice).startswith(b"%PDF")
    in_use_already("non_voice", "leave a voicemail")
    notice = notices.notice(agreement, now=NOW)
    assert notice is not None
    with pytest.raises(pdf.RenderRefused, match="leave a voicemail"):
        pdf_notice.render(notice)


def test_trap_1_the_old_number_left_in_a_text_is_pointed_out_before_publishing(desk: Browser) -> None:
    draft = recalls.draft_of("us-988")
    words = "The old number 988 still stands here. Is that right?"
    left = ["Number to text", "Service", "Chat address", "Note for editors"]
    page = write(desk, page_of(draft), call="989", **READ)
    assert [each for each in said(page) if each.endswith(words)] == [f"{label}: {words}" for label in left]
    fields = desk.get(page_of(draft)).context["adminform"].form.fields
    assert [name for name in fields if words in str(fields[name].help_text)] == ["service", "text_to", "chat", "note"]
    shown = desk.get(at(draft, "publish"))
    assert shown.context["left"] == [f"{label}: {words}" for label in left]
    assert all(f'<li class="warning">{label}: {words}</li>' in shown.content.decode() for label in left)
    assert b'name="how"' in shown.content
    clean = {"call": "989", "text_to": "989", "service": "989 Lifeline", "chat": "989.example", "note": ""}
    write(desk, page_of(draft), **clean, **READ)
    assert desk.get(at(draft, "publish")).context["left"] == []


def test_a_published_row_with_the_old_number_left_is_read_as_it_is(desk: Browser) -> None:
    text = desk.get(page_of(recalls.changed("us-988", call="989"))).content.decode()
    assert "989" in text and "still stands here" not in text


def test_what_the_row_before_says_is_text_on_the_page(desk: Browser) -> None:
    old = row("us-988")
    CrisisResource.objects.create(**{**LINE, "key": "us-odd", "read_from": "<b>page</b>", "published_at": NOW})
    draft = recalls.draft_of("us-odd")
    text = desk.get(page_of(draft)).content.decode()
    assert "&lt;b&gt;page&lt;/b&gt;" in text and "<b>page</b>" not in text
    assert old.published_at is not None


def test_trap_9_a_word_is_confirmed_by_two_sources_or_by_texting(desk: Browser) -> None:
    label = "Confirmed: two sources name this word now, or somebody texted it and the line answered"
    assert desk.get(ADD).context["adminform"].form.fields["keyword_confirmed"].label == label
    for key, word in (("us-ctl", "HOME"), ("gb-shout", "SHOUT")):
        kept = row(key)
        assert (kept.text_keyword, kept.keyword_confirmed) == (word, True)
        assert len(kept.read_from.split("; ")) == 2 and kept.note.startswith(f"Two sources name {word}")


def test_trap_9_a_confirmation_stays_with_the_word_and_the_number_it_was_of(desk: Browser) -> None:
    draft = recalls.draft_of("gb-shout")
    words = "Nobody has confirmed “HELLO” to 85258 yet, so the word is not printed."
    page = write(desk, page_of(draft), text_keyword="HELLO", read_from="a blog", as_of="2026-11-20")
    assert [each.rpartition(": ")[2] for each in said(page)][0] == words
    field = desk.get(page_of(draft)).context["adminform"].form["keyword_confirmed"]
    assert (field.value(), words in field.help_text) == (False, True)
    assert "(not confirmed, not printed)" in desk.get(at(draft, "publish")).content.decode()
    write(desk, page_of(draft), keyword_confirmed="on")
    draft.refresh_from_db()
    assert (draft.text_keyword, draft.keyword_confirmed) == ("HELLO", True)


def test_h17_a_row_that_would_push_another_out_of_the_box_is_told_at_its_kind(desk: Browser) -> None:
    police = {**LINE, "key": "gb-101", "country": "GB", "kind": "emergency", "place": "United Kingdom", "call": "101"}
    police |= {"service": "Police", "text_to": "", "chat": "", "languages": "en", "non_voice": ""}
    page = desk.post(ADD, police)
    [words] = errors(page)["kind"]
    assert list(errors(page)) == ["kind"] and "press “The number changed”" in words
    draft = CrisisResource.objects.create(**{**police, "languages": ["en"]})
    with pytest.raises(Unreadable) as refused:
        recalls.published(draft)
    assert (refused.value.field, row("gb-999").call) == ("kind", "999")
    assert "kind" not in crisis.faults(
        CrisisResource(**{**police, "languages": ["en"], "kind": "local"}), today=NOW.date()
    )


def test_the_page_before_publishing_says_what_the_box_will_say(desk: Browser) -> None:
    draft = recalls.draft_of("gb-999", call="998", non_voice="text 998")
    shown = desk.get(at(draft, "publish"))
    boxes = shown.context["boxes"]
    assert [place for place, *_said in boxes] == ["United Kingdom, England"] * 2
    assert all("999" in was and "998" in now for _place, was, now in boxes)
    assert "The box will say (United Kingdom, England): “1 · Danger now." in shown.content.decode()

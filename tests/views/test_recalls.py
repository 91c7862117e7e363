"""A number changed: the therapist sees whom to tell, prints a page and a card, and says how it went."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from pypdf import PdfReader

from agreements.actions import endings
from agreements.models import Agreement, AuditEvent, Document, RecallAnswer, Reminder, Version
from agreements.reads import recalls as reads
from agreements.rules.digest import check_code
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role
from tests import builders
from tests.builders import NO_TEXTING, NOW
from tests.doors import seen_by
from tests.papers import sheets
from tests.recalls import changed, quick_paper, withdrawn

__all__ = ["quick_paper"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
WAS = "988 Suicide &amp; Crisis Lifeline: call [988] (United States), or text [988] (United States), any hour, or chat at [988lifeline.org]"
WAS = WAS.replace("[", '<strong class="number">').replace("]", "</strong>")
NOW_IS = WAS.replace("988<", "989<", 1).replace("988 Suicide &amp; Crisis Lifeline", "989 Lifeline")


def sealed(name: str = "Ana", **facts: object) -> Agreement:
    client = builders.a_client(name=name, called=name, **facts)
    return builders.a_sealed_agreement(client=client, script=NO_TEXTING)


def waits(page: object) -> list[str]:
    """Whose paper carries an old number, as the home page says it."""
    return [line.split(":")[0] for line in page.main.split("<span>") if "please tell, 988" in line]


def address(agreement: Agreement) -> str:
    return f"/clients/{agreement.client_id}/numbers/{reads.of_agreement(agreement)[0].recall.pk}/"


@pytest.mark.usefixtures("quick_paper")
def test_home_names_who_carries_the_number_until_it_is_recorded():
    ana, ben = sealed("Ana"), sealed("Ben")
    sealed("Cleo", country="CA")
    assert waits(seen_by().page) == []
    changed()
    lee = seen_by()
    assert waits(lee.page) == ["A.", "B."]
    assert f'href="{address(ana)}"' in lee.page.main and f'href="{address(ben)}"' in lee.page.main
    lee.open(address(ana))
    lee.press(value="handed")
    assert waits(lee.open("/")) == ["B."]


@pytest.mark.usefixtures("quick_paper")
@pytest.mark.parametrize("how", ["handed", "told", "unreached"])
def test_how_it_went_is_kept_once_with_who_and_when(how):
    agreement = sealed()
    changed()
    lee = seen_by(at=address(agreement))
    form = lee.page.form_with(value=how)
    for _ in range(2):
        lee.post(form.action, {**form.given, "how": how})
    [made] = RecallAnswer.objects.all()
    assert (made.how, made.agreement, made.by) == (how, agreement, builders.a_therapist())
    event = AuditEvent.objects.get(kind="recall answered", chain=agreement.pk)
    assert {**event.details, "row": None} == {"recall": str(made.recall_id), "how": how, "row": None}
    client_page = lee.open(f"/clients/{agreement.client_id}/").main
    assert ("Could not reach, 23 November 2026" in client_page) == (how == "unreached")
    assert ("A number on their paper no longer holds" in client_page) == (how == "unreached")


@pytest.mark.usefixtures("quick_paper")
def test_could_not_reach_stays_said_until_a_new_paper():
    agreement = sealed()
    changed()
    seen_by(at=address(agreement)).press(value="unreached")
    builders.a_sealed_document(client=agreement.client, script=NO_TEXTING, now=NOW + timedelta(minutes=5))
    assert "Could not reach" not in seen_by(at=f"/clients/{agreement.client_id}/").page.main


@pytest.mark.usefixtures("quick_paper")
def test_the_page_says_was_and_now_and_the_whole_new_step():
    agreement = sealed()
    changed(call="989", service="989 Lifeline")
    page = seen_by(at=address(agreement)).page
    assert WAS in page.main and NOW_IS in page.main
    assert "2 · <b>Suicidal, but not about to act.</b>" in page.main
    assert 'Not sure which step: call <strong class="number">989</strong>.' in page.main
    assert f"version 1, check code {check_code(agreement.versions.get().digest)}" in page.main


def test_an_ended_agreement_says_it_quietly_on_the_client_page_and_has_its_page():
    agreement = builders.a_sealed_agreement()
    facts = {"by_role": Role.CLIENT, "planned": False, "effective_on": NOW.date()}
    endings.stop(agreement=agreement, by=agreement.therapist, now=NOW, **facts)
    changed(call="989", service="989 Lifeline")
    lee = seen_by()
    assert "please tell" not in lee.page.main
    there = f"/clients/{agreement.client_id}/"
    page = lee.open(there).main
    assert "Their last paper carries a number that no longer holds: 988 Suicide &amp; Crisis Lifeline changed." in page
    assert "A number on their paper no longer holds" not in page and f'href="{address(agreement)}"' in page
    first, card = sheets(lee.client.get(f"{address(agreement)}page.pdf").content)
    assert "No printer at hand?" in card
    assert "call 989 (United States) right away" in first
    lee.open(address(agreement))
    lee.press(value="told")
    assert "Their last paper" not in lee.open(there).main


@pytest.mark.usefixtures("quick_paper")
def test_another_therapist_finds_nothing_there():
    agreement = sealed()
    changed()
    url = address(agreement)
    roe = seen_by("roe")
    assert waits(roe.page) == []
    roe.open("/usual/")
    assert [roe.open(each).status for each in (url, f"{url}page.pdf")] == [404, 404]
    roe.open("/usual/")
    assert (roe.post(f"{url}told/", {"how": "told"}).status, RecallAnswer.objects.count()) == (404, 0)


@pytest.mark.usefixtures("quick_paper")
def test_only_the_three_answers_are_taken_and_only_posted():
    agreement = sealed()
    changed()
    lee = seen_by(at=address(agreement))
    for how in ("", "mailed"):
        lee.open(address(agreement))
        assert lee.post(f"{address(agreement)}told/", {"how": how}).status == 404
    assert lee.client.get(f"{address(agreement)}told/").status_code == 405
    assert RecallAnswer.objects.count() == 0


def test_the_printed_page_and_card_say_what_holds_and_the_sealed_paper_stays():
    agreement = sealed()
    before = bytes(Document.objects.get(agreement=agreement).content)
    changed(call="989", service="989 Lifeline")
    reply = seen_by().client.get(f"{address(agreement)}page.pdf")
    assert reply.headers["Content-Disposition"] == 'inline; filename="page-and-card.pdf"'
    first, second = sheets(reply.content)
    box = "call 989 (United States) right away, any hour."
    assert box in first and box in second and "Not sure which step: call 989." in second
    for words in (
        "New crisis steps", "For Ana, from Dr J. Lee. Elm Street Practice, (555) 010-0143. 23 November 2026.",
        f"version 1, check code {check_code(agreement.versions.get().digest)}.", "What you signed stays as it is",
    ):  # fmt: skip
        assert words in first
    assert PdfReader(BytesIO(reply.content)).attachments == {}
    assert bytes(Document.objects.get(agreement=agreement).content) == before


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
@pytest.mark.usefixtures("quick_paper")
def test_it_is_printed_on_the_clients_paper(paper, size, monkeypatch):
    agreement = sealed(paper=paper)
    changed()
    monkeypatch.undo()  # from here on papers are real
    made = PdfReader(BytesIO(seen_by().client.get(f"{address(agreement)}page.pdf").content))
    assert [tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in made.pages] == [size, size]


def test_a_line_whose_check_has_run_out_is_given_and_marked(on_the_day):
    agreement = sealed()
    changed("us-ctl", text_to="741742")
    on_the_day.move_to(NOW + timedelta(days=400))
    lee = seen_by(at=address(agreement))
    assert "Nobody has checked these in the last twelve months: Emergency (United States), 988 Suicide" in lee.page.main
    first = sheets(lee.client.get(f"{address(agreement)}page.pdf").content)[0]
    assert "Check this number: Crisis Text Line (United States)" in first
    assert "Line busy: text 741742 (Crisis Text Line, United States)." in first


def test_a_withdrawn_line_leaves_nobody_without_one():
    agreement = sealed()
    withdrawn("us-988")
    page = seen_by(at=address(agreement)).page
    assert "No longer given. Nothing takes its place." in page.main
    first = sheets(seen_by().client.get(f"{address(agreement)}page.pdf").content)[0]
    assert "No longer given. Please use the steps above." in first
    assert "call 911 (United States) right away" in first


@pytest.mark.usefixtures("quick_paper")
def test_nobody_is_mailed_the_number():
    agreement = sealed()
    changed()
    lee = seen_by(at=address(agreement))
    lee.press(value="told")
    texting = Version.objects.filter(outcome="texting").values("review")
    assert (mail.outbox, Reminder.objects.exclude(subject__in=texting).count()) == ([], 0)


@pytest.mark.usefixtures("quick_paper")
def test_the_next_round_says_it_before_anything_else():
    agreement = sealed()
    changed(call="989", service="989 Lifeline")
    seen_by(at=address(agreement)).press(value="told")
    draft, lee = builders.a_draft(client=agreement.client, until=Step.START), seen_by()
    page = lee.open(f"/room/{draft.pk}/start/")
    assert page.main.index("New since your last paper") < page.main.index("<h1")
    assert WAS in page.main and NOW_IS in page.main
    new = builders.a_draft(client=builders.a_client(name="Zoe", called="Zoe"))
    assert "New since your last paper" not in lee.open(f"/room/{new.pk}/start/").main

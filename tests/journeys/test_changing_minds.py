"""Changing a term, changing it at two screens at once, sending the same twice, and walking out of order."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from agreements.models import (
    AuditEvent,
    Client,
    CopyRecord,
    Draft,
    Ending,
    Position,
    Signature,
    StepTaken,
    Term,
    Version,
)
from agreements.rules.steps import Step, journey
from tests import builders, tablet
from tests.doors import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def at_step(step: Step) -> Visitor:
    """Dr Lee with a draft that stands at this step."""
    draft = builders.a_draft(until=step)
    lee = Visitor(builders.a_therapist())
    lee.open(f"/room/{draft.pk}/")
    return lee


def send_twice(lee: Visitor, label: str = "", *, value: str = "", second_answer: int = 302, **chosen) -> None:
    """A double tap: the same form, with the same key, two times."""
    form = lee.page.form_with(label, value)
    button = form.button(label, value)
    data = {**form.filled(**chosen), **({button[1]: [button[2]]} if button[1] else {})}
    url = urljoin(lee.page.path, form.action)
    first, second = lee.client.post(url, data), lee.client.post(url, data)
    assert (first.status_code, second.status_code) == (302, second_answer)
    lee.open(first.headers["Location"])


def test_a_change_from_the_reading_page_leads_back_to_it():
    lee = at_step(Step.READ)
    links = [url for words, url in lee.page.links.items() if words.startswith("Change ") and "/change/" in url]
    assert len(links) == 16
    for key, field, value in (("often", "often", "one_two"), ("ending", "ending", "date"), ("late", "late", "call")):
        lee.open(next(url for url in links if url.endswith(f"/{key}/")))
        lee.press("Save for both of us", **{field: value})
        assert tablet.at(lee.page) == "read"
        assert Term.objects.get(clause__key=key).value["chosen"] == [value]
    lee.open(next(url for url in links if url.endswith("/misread/")))
    lee.press("Save for both of us", misread_words="We talk, and Dr Lee says sorry first.")
    assert "We talk, and Dr Lee says sorry first." in lee.page.main


def test_a_change_from_the_what_if_page_leads_back_to_it():
    lee = at_step(Step.WHAT_IF)
    lee.open(f"/room/{Draft.objects.get().pk}/change/night/")
    lee.press("Save for both of us", night="none")
    assert tablet.at(lee.page) == "what-if"


def test_every_change_page_shows_what_stands_now():
    lee = at_step(Step.READ)
    for term in Term.objects.select_related("clause"):
        lee.open(f"/room/{term.draft_id}/change/{term.clause.key}/")
        key = term.clause.key
        form = lee.page.form_with("Save for both of us")
        assert (key, form.given.get(key, [])) == (key, term.value["chosen"])
        assert form.given.get(f"{key}_words", [""]) == [term.value["words"]]


def test_an_edit_after_the_first_signature_voids_it_and_both_read_again():
    lee = at_step(Step.SIGN)
    lee.press("Sign as", typed="Maya R.")
    draft = Draft.objects.get()
    lee.open(f"/room/{draft.pk}/change/often/")
    lee.press("Save for both of us", often="one_two")
    assert tablet.at(lee.page) == "read"
    assert tablet.at(lee.press("This is right.")) == "client"
    assert Signature.objects.count() == 1
    assert [version.draft_rev == Draft.objects.get().rev for version in Version.objects.all()] == [False, True]
    assert "You have signed." not in lee.page.main


def test_what_was_changed_meanwhile_is_not_signed_from_an_older_screen():
    lee = at_step(Step.SIGN)
    other = Visitor(builders.a_therapist())
    other.open(f"/room/{Draft.objects.get().pk}/change/often/")
    other.press("Save for both of us", often="one_two")
    other.press("This is right.")
    lee.press("Sign as", typed="Maya R.")
    assert "The agreement changed. Please read it again." in lee.page.main
    assert Signature.objects.count() == 0


def test_a_term_decided_at_another_screen_is_not_overwritten_from_an_older_one():
    lee, draft = at_step(Step.READ), Draft.objects.get()
    other = Visitor(builders.a_therapist())
    for visitor in (lee, other):
        visitor.open(f"/room/{draft.pk}/change/often/")
    other.press("Save for both of us", often="one_two")
    lee.press("Save for both of us", often="no_number")
    assert (lee.page.status, tablet.at(lee.page)) == (409, "often")
    assert all(words in lee.page.main for words in ("Saved", "1 or 2 a week", "Here", "No set number"))
    assert Term.objects.get(clause__key="often").value["chosen"] == ["one_two"]
    lee.press("Use mine")
    assert Term.objects.get(clause__key="often").value["chosen"] == ["no_number"]


def test_the_turn_at_two_screens_keeps_the_saved_answer_and_names_both():
    lee, draft = at_step(Step.TURN), Draft.objects.get()
    other = Visitor(builders.a_therapist())
    other.open(f"/room/{draft.pk}/turn/")
    other.press("Stop for today", often="one_two")
    tablet.take_turn(lee, often="no_number")
    assert (lee.page.status, tablet.at(lee.page)) == (409, "turn")
    assert all(words in lee.page.main for words in ("Saved", "1 or 2 a week", "Here", "No set number"))
    assert Position.objects.get(term__clause__key="often", party__role="client").value["chosen"] == ["one_two"]
    assert tablet.at(lee.press("Use mine")) == "seen"
    assert Position.objects.get(term__clause__key="often", party__role="client").value["chosen"] == ["no_number"]


def test_coming_back_to_the_turn_and_changing_an_answer_reopens_what_came_of_it():
    lee, draft = at_step(Step.HARD), Draft.objects.get()
    lee.open(f"/room/{draft.pk}/turn/")
    assert lee.page.values("window") == ["next_day"]
    lee.press("Save and compare", window="same_day")
    assert tablet.at(lee.page) == "seen"
    assert tablet.talk(lee, {"window": "next_day"}) == ["window"]
    assert tablet.at(lee.page) == "hard"


@pytest.mark.parametrize("step", [Step.START, Step.TURN, Step.TALK, Step.HOW, Step.SIGN])
def test_a_page_out_of_order_leads_to_where_the_two_are(step):
    lee, draft = at_step(step), Draft.objects.get()
    here = lee.page.path
    pages = journey("texting")
    for later in (*pages[pages.index(step) + 1 :], Step.SHORT):
        address = {Step.SIGN: "sign/client", Step.TALK: "talk/often"}.get(later, later.value)
        lee.open(f"/room/{draft.pk}/{address}/")
        assert (later, lee.page.path) == (later, here)
        if later is not Step.KEPT:  # that page takes no post
            lee.post(f"/room/{draft.pk}/{address}/", {"kind": "paper", "choice": "one_two"})
            assert (later, lee.page.path) == (later, here)
    assert (Version.objects.count(), Signature.objects.count()) == ((1 if step is Step.SIGN else 0), 0)


def test_a_kept_agreement_has_only_its_last_page():
    document = builders.a_sealed_document()
    draft, lee = document.version.draft, Visitor(builders.a_therapist())
    before = AuditEvent.objects.count()
    lee.open(f"/room/{draft.pk}/kept/")
    for page in ("prepare", "start", "box", "turn", "hard", "how", "read", "sign/client", "change/often", "short"):
        lee.open(f"/room/{draft.pk}/{page}/")
        assert (page, tablet.at(lee.page)) == (page, "kept")
        lee.post(f"/room/{draft.pk}/{page}/", {"often": "one_two", "kind": "paper", "outcome": "no_texting"})
        assert (page, tablet.at(lee.page)) == (page, "kept")
    assert lee.client.post(f"/room/{draft.pk}/turn/often/", {"value": "one_two"}).status_code in (403, 422)
    assert AuditEvent.objects.count() == before


def test_a_client_added_twice_is_one_client():
    lee = tablet.lee()
    lee.open("/clients/new/")
    send_twice(lee, "Save", name="Maya R.", called="Maya", **tablet.CLIENT)
    assert Client.objects.count() == 1


def test_a_round_started_prepared_and_begun_twice_is_one_round():
    lee = tablet.lee()
    tablet.add_client(lee)
    lee.press("Start together")
    send_twice(lee, "Texting, adult outpatient")
    assert Draft.objects.count() == 1
    send_twice(lee, "Save and begin together", second_answer=403, **tablet.PREPARED)  # their screen alone by then
    send_twice(lee, "Maya answers first")
    send_twice(lee, "This is right for me")
    send_twice(lee, value="also_feelings")
    assert AuditEvent.objects.filter(kind__in=("prepared", "page start", "page box", "decided")).count() == 4
    send_twice(lee, "Save and compare", **tablet.TURN)
    assert Position.objects.filter(party__role="client").values_list("rev", flat=True).distinct().get() == 1
    assert StepTaken.objects.filter(step=Step.TURN).count() == 1


def test_a_decision_sent_twice_is_one_decision():
    lee = at_step(Step.TALK)
    send_twice(lee, value="three_five")
    assert Term.objects.get(clause__key="often").rev == 2
    send_twice(lee, value="open:therapist")
    assert Term.objects.get(clause__key="night").rev == 2
    assert tablet.at(lee.page) == "hard"
    send_twice(lee, "Save and go on", **tablet.HARD)
    send_twice(lee, "This works for both of us")
    assert set(Term.objects.filter(clause__asked__in=("hard", "how")).values_list("rev", flat=True)) == {2}


def test_frozen_signed_copied_and_stopped_twice_leaves_one_row_each():
    lee = at_step(Step.READ)
    send_twice(lee, "This is right.")
    assert Version.objects.count() == 1
    send_twice(lee, "Sign as", typed="Maya R.")
    send_twice(lee, "Sign as", typed="Dr J. Lee")
    assert Signature.objects.count() == 2
    send_twice(lee, value="photo")
    assert CopyRecord.objects.count() == 1
    lee.leave()
    lee.open(f"/agreements/{Draft.objects.get().agreement_id}/stop/")
    send_twice(lee, "Record it", by_role="client")
    assert Ending.objects.count() == 1

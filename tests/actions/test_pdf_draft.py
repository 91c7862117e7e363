"""The draft to take home: the box first, not signed, what there is, what is open, and nobody's position."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from agreements.actions import pdf, pdf_draft
from agreements.management.walk import ORIGIN, Script, choose
from agreements.models import CrisisCheck, Draft, Term
from agreements.reads import room as rooms
from agreements.reads.take_home import TakeHome, take_home
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Paper, Voice
from tests import builders, verifiers
from tests.builders import NOW
from tests.papers import sheets
from tests.tools import needs
from tests.views.conftest import house

__all__ = ["house"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
QUESTIONS = (
    "Do you know the choices?", "Is it clear what matters to you?", "Do you have enough help?",
    "Are you sure enough for now?",
)  # fmt: skip
TELLING = Script(
    therapist={**ORIGIN, "often": choose("one_two"), "night": choose("eight_eight")},
    client={**ORIGIN, "often": choose("no_number")},
    reasons={key: f"My own reason about {key}." for key in ORIGIN},
    decisions={"often": "open:therapist", "night": "nine_eight"},
)


def at(step: Step, script: Script | None = None, **facts: object) -> TakeHome:
    draft = builders.a_draft(until=step, client=builders.a_client(**facts), script=script)
    return seen(draft)


def seen(draft: Draft) -> TakeHome:
    return take_home(rooms.enter(draft.pk, positions_of=()), now=NOW)


def printed(draft: TakeHome) -> str:
    return " ".join(sheets(pdf_draft.render(draft)))


@pytest.mark.parametrize(
    ("voice", "paper"), [(Voice.CALLS, Paper.LETTER), (Voice.NO_VOICE, Paper.A4), (Voice.UNSAFE, Paper.LETTER)]
)
def test_the_crisis_box_comes_first_in_its_own_words(paper: Paper, voice: Voice) -> None:
    draft = at(Step.START, paper=paper, voice=voice, contact="text")
    first = sheets(pdf_draft.render(draft))[0]
    places = [first.index(step.head) for step in draft.box.steps]
    assert first.startswith("1 · Danger now.")
    assert places == sorted(places)
    squeezed = "".join(first.split())
    assert all("".join(step.words.split()) in squeezed for step in draft.box.steps)
    assert places[-1] < first.index(draft.box.last) < first.index("A draft to take home")
    assert "A draft to take home Not signed. Nothing here counts yet." in first


def test_what_is_decided_stands_in_printed_words_and_the_rest_with_its_choices() -> None:
    text = printed(at(Step.HARD, TELLING))
    assert "How often Left open for now. Until then: About 1 or 2 texts a week. Answers do not count." in text
    assert "9 pm to 8 am: write it, send it after breakfast." in text
    so_far, still_open = text.split("Still open")
    assert "Changes" not in so_far
    assert "How long before a change does Dr Lee say so?" in still_open
    for label in ("2 sessions before", "4 sessions before", "8 sessions before", "There is time to talk it over."):
        assert label in still_open
    assert "Dr Lee says this when you two meet." in still_open
    assert "For example: We ask: “I read that as" in still_open
    assert "How often" not in still_open
    assert "can stay open" not in still_open


def test_a_term_that_was_left_out_is_on_neither_list() -> None:
    draft = builders.a_draft(until=Step.READ)
    Term.objects.filter(draft=draft, clause__key="asking").update(value={"chosen": [], "words": ""})
    found = seen(draft)
    headings = [row.heading for row in found.so_far]
    assert ("Asking clearly" in headings, "Misread texts" in headings, found.still_open) == (False, True, ())


@pytest.mark.parametrize("step", [Step.SEEN, Step.TALK, Step.READ])
def test_nobodys_position_why_or_reason_is_in_it(step: Step) -> None:
    draft = builders.a_draft(until=step, script=TELLING)
    Term.objects.filter(draft=draft).update(why="Because I said so.", why_of="client")
    other = replace(TELLING, therapist={**TELLING.client}, client={**TELLING.therapist}, reasons={})
    again = builders.a_draft(until=step, script=replace(other, decisions=TELLING.decisions))
    text = printed(seen(draft))
    assert "reason about" not in text and "Because I said so" not in text
    if step in (Step.SEEN, Step.TALK):
        assert printed(seen(again)) == text


def test_where_texts_go_stands_there_once_the_two_have_compared() -> None:
    found = {
        step: "Texts would go by: Text message (SMS), (555) 010-0147." in printed(at(step))
        for step in (Step.TURN, Step.SEEN)
    }
    assert found == {Step.TURN: False, Step.SEEN: True}


def test_the_four_questions_and_nothing_to_sign() -> None:
    text = printed(at(Step.READ))
    places = [text.index(question) for question in QUESTIONS]
    assert places == sorted(places) and "For you alone." in text
    assert not [word for word in ("Signatures", "Check code", "check code") if word in text]


def test_who_has_signed_already_is_not_told_that_nobody_did() -> None:
    assert at(Step.READ).begun_to_sign is False
    text = printed(replace(at(Step.READ), begun_to_sign=True))
    assert "Not signed by both. Nothing here counts yet." in text
    assert "Not signed. " not in text


def test_a_line_nobody_checked_is_marked() -> None:
    draft = at(Step.START)
    assert (draft.unchecked, "Check this number" in printed(draft)) == ((), False)
    stale = take_home(rooms.enter(Draft.objects.get().pk, positions_of=()), now=NOW.replace(year=2028))
    assert len(stale.unchecked) == CrisisCheck.objects.filter(resource__country="US").count()
    assert printed(stale).count("Check this number:") == len(stale.unchecked) > 0


def test_no_texting_has_nothing_open_and_still_the_box() -> None:
    draft = at(Step.SHORT, builders.NO_TEXTING)
    assert (draft.so_far, draft.still_open, draft.channel) == ((), (), None)
    assert printed(draft).startswith("1 · Danger now.")


def test_no_name_stands_in_title_or_foot_and_a_demo_says_so() -> None:
    draft = replace(at(Step.START, name="Zephyrine Q.", called="Zephyrine"), demo=True)
    made = pdf_draft.render(draft)
    reader = PdfReader(BytesIO(made))
    assert reader.metadata is not None
    assert reader.metadata.title == "Draft, not signed, 23 November 2026"
    pages = sheets(made)
    for number, page in enumerate(pages, start=1):
        assert f"Draft, not signed · 23 November 2026 Page {number} of {len(pages)}" in page
        assert "Demo: crisis lines not checked" in page
    assert (list(reader.attachments), "Zephyrine Q." in " ".join(pages)) == ([], False)


@pytest.mark.parametrize("called", ["Ελένη", "Наталія", "מאיה", "مايا", "श्रीमती", "Ánh & <b>"])
def test_any_name_is_printed_as_it_is(called: str) -> None:
    assert pdf_draft.render(at(Step.READ, name=called, called=called)).startswith(b"%PDF")


def test_what_cannot_be_printed_is_refused_with_its_reason() -> None:
    draft = at(Step.START)
    with pytest.raises(pdf.RenderRefused, match=r"美 \(U\+7F8E\)"):
        pdf_draft.render(replace(draft, people=("美", "Dr Lee")))


def test_what_did_not_come_out_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    draft, own = at(Step.START), pdf.render_to_string
    monkeypatch.setattr(pdf, "render_to_string", lambda name, context: own(name, {**context, "questions": []}))
    with pytest.raises(pdf.RenderRefused, match="lost these words: Do you know the choices"):
        pdf_draft.render(draft)


@needs("pdfinfo", "pdffonts")
@pytest.mark.parametrize("paper", list(Paper))
def test_it_can_be_read_aloud_and_every_font_came_along(paper: Paper) -> None:
    made = pdf_draft.render(at(Step.HARD, paper=paper))
    facts, tree = verifiers.facts(made), verifiers.structure(made, with_text=True)
    assert facts["Tagged"] == "yes"
    assert facts["Page size"].endswith("(letter)" if paper == Paper.LETTER else "(A4)")
    assert tree.index("Danger now.") < tree.index("H1") < tree.index("Table") < tree.index("H3")
    assert all(embedded for _name, embedded in verifiers.fonts(made))


def test_it_stays_short() -> None:
    """Four pages when nothing is decided, two when everything is."""
    assert [len(sheets(pdf_draft.render(at(step)))) for step in (Step.START, Step.READ)] == [4, 2]

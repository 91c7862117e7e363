"""Papers out of the ordinary: from right to left, many signatures, a version that takes another's place, a card that folds."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from django.utils import translation

from agreements.actions import pdf_blank
from agreements.actions.pdf import PDFIUM, render
from agreements.actions.pdf_page import Names
from agreements.actions.pdf_page import page as texts
from agreements.rules.digest import check_code
from agreements.rules.record_parts import WasRecord
from agreements.rules.vocabulary import Paper, Role, Voice
from tests import pdf_ua
from tests.papers import on_paper, people, sheets, take_home
from tests.records import LOCAL_TIME, a_box, a_record, marks, signed
from tests.scripts import record_in


def test_twelve_people_sign_and_each_block_stays_whole() -> None:
    record = a_record()
    drawn = [replace(mark, name=f"{mark.name} the {n}th") for n in range(6) for mark in marks(record)]
    made = render(signed(record), drawn)
    pages = sheets(made)
    assert len(pages) <= 4
    for mark in drawn:
        (page,) = [page for page in pages if f"{mark.name}, {mark.role.value}" in page]
        assert page.count(f"{mark.name}, {mark.role.value} {LOCAL_TIME}") == 1
    assert pdf_ua.faults(made) == []


def test_in_large_print_two_signatures_stand_beside_each_other() -> None:
    record = a_record()
    made = render(
        signed(record), [replace(mark, name=f"{mark.name} {n}") for n in "12" for mark in marks(record)][:3], large=True
    )
    with PDFIUM, pypdfium2.PdfDocument(made) as document:
        (found,) = [
            page for page in (sheet.get_textpage() for sheet in document) if page.search("Maya R. 1, client").get_next()
        ]
        heights = [
            found.get_charbox(found.search(name).get_next()[0])[1]
            for name in ("Maya R. 1,", "Dr J. Lee 1,", "Maya R. 2,")
        ]
    assert round(heights[0]) == round(heights[1]) > heights[2]


@pytest.mark.parametrize("script", ["arabic", "hebrew"])
def test_a_document_from_right_to_left_keeps_numbers_codes_and_names_whole(script: str) -> None:
    """An English sentence in it is not refused, and what is to be dialled or compared reads from left to right."""
    record = record_in(script)
    sealed = signed(record)
    with translation.override(record.language):
        seen = texts(sealed, marks(record))
    code, lines = check_code(sealed.digest), [seen["tie"], *seen["about"], *(step["runs"] for step in seen["steps"])]
    runs = [run.text for line in lines for run in line]
    assert f"\u2066{code}\u2069" in runs
    assert "\u2066(555) 010-0143\u2069" in runs
    assert f"\u2066{code}\u2069" in seen["foot"]
    assert not [text for text in runs if code[:9] in text and code not in text]
    assert len(sheets(render(sealed, marks(record)))) == 3


@pytest.mark.parametrize("script", ["arabic", "hebrew", "arabic-in-english", "hebrew-in-english"])
def test_an_open_term_does_not_mix_the_ways_of_writing(script: str) -> None:
    """Our sentence and their answer are paragraphs of their own, and the number to dial in it is kept whole."""
    record = record_in(script)
    with translation.override(record.language):
        (still_open,) = [row for row in texts(signed(record), [])["terms"] if len(row["lines"]) > 1]
    ours, theirs, again = still_open["lines"]
    assert (ours[0].text, again[0].text) == ("Not decided yet. Until then:", "We look again on ")
    assert "\u2066(555) 010-0143\u2069" in "".join(run.text for run in theirs)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("טלפון: (555) 010-0143. מחר", "(555) 010-0143"),
        ("בשעה 9 p.m. בערב", "9 p.m."),
        ("בשעה 9 pm. אחר כך", "9 pm"),
        ("מאיה 010-0143.", "010-0143"),
        ("מאיה (010-0143)", "010-0143"),
        ("גרסה (9f3c 71ab 20de 44c8)", "9f3c 71ab 20de 44c8"),
    ],
)
def test_a_number_in_hebrew_is_whole_and_a_full_stop_is_no_part_of_it(said: str, number: str) -> None:
    """On an English paper as on a Hebrew one: else the stop, or half of the number, stands on its other side."""
    assert [run.text for run in Names().runs(said) if run.whole] == [f"\u2066{number}\u2069"]
    assert [run.text for run in Names().runs(f"Call {number} now") if run.whole] == [number]


def test_the_heading_of_a_term_that_changed_does_not_turn_what_stands_beside_it() -> None:
    record = replace(record_in("hebrew"), changed=("בלילה", "בלילה"), replaces="a" * 64)
    with translation.override("he"):
        head = "".join(run.text for run in texts(signed(record), [])["head"])
    assert "Changed since then: \u2068בלילה\u2069, \u2068בלילה\u2069." in head


@pytest.mark.parametrize("paper", Paper)
def test_what_changed_stands_beside_the_square_and_makes_no_more_pages(paper: Paper) -> None:
    terms = a_record().terms
    was = (
        WasRecord("How often", "About 1 or 2 texts a week."),
        *(WasRecord(each.heading, each.words) for each in terms[3:5]),
    )
    record = a_record(
        paper=paper, replaces="a" * 64, changed=("How often",), was=(*was, WasRecord("A late answer", ""))
    )
    *_before, last = sheets(on_paper(record))
    assert len(_before) == 2
    told = last.partition("What changed")[2]
    places = [told.index(each.words or "Please look at the paper before this one.") for each in record.was]
    assert places == sorted(places)


def test_a_card_folds_to_the_size_of_a_bank_card() -> None:
    """Fifty-four millimetres, three times: the words of every voice fit, on both papers."""
    for voice in Voice:
        made = on_paper(a_record(box=a_box(voice), demo=True))
        with PDFIUM, pypdfium2.PdfDocument(made) as document:
            text = document[2].get_textpage()
            tops = [text.get_charbox(place)[3] for place in range(text.count_chars())]
            said = text.get_text_range()
            first, last = said.index("Crisis steps"), said.index("box wins")
            assert (tops[first] - tops[last]) / 72 * 25.4 < 162 - 10


def test_no_heading_of_a_form_stands_alone_at_the_end_of_a_page() -> None:
    record = record_in("latin")
    signers = (Role.CLIENT, Role.GUARDIAN, Role.GUARDIAN, Role.THERAPIST)
    first, second, *more = sheets(pdf_blank.render(take_home(record), record.edition.name, signers))
    assert "Number" in first and "What we agree" not in first
    assert second.startswith("What we agree")
    lines = f"Client Date Guardian Name Date Guardian Name Date {people(record)[1]} Date To fill in by hand"
    assert lines in more[-2]


@pytest.mark.parametrize("code", ["5688 731e 6e53 76b6", "1234 5678 9012 3456", "9f3c\u00a071ab\u00a020de\u00a044c8"])
@pytest.mark.parametrize("said", ["It replaces {}.", "Version 2, {}: 16 terms", "({})", "код{}", "代码{}。"])
def test_a_check_code_is_never_broken_across_lines(said: str, code: str) -> None:
    text = said.format(code)
    runs = Names().runs(text)
    assert "".join(run.text for run in runs) == text
    assert [run.whole for run in runs if code[:4] in run.text] == [True]

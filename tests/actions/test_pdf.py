"""The paper: whole, legible for eyes and for programs, and refused when it is not."""

import json
import re
import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from agreements.actions.pdf import render
from agreements.actions.pdf_ink import ink_path
from agreements.actions.pdf_page import term_lines
from agreements.rules.digest import check_code
from agreements.rules.record import AgreementRecord, Sealed
from agreements.rules.vocabulary import Outcome, Paper, SignatureKind, Voice
from tests import verifiers
from tests.papers import named, on_paper, sheets, worded
from tests.records import LOCAL_TIME, a_box, a_record, a_short_record, marks, signed
from tests.tools import needs

SHORT = [Outcome.NO_TEXTING, Outcome.NOT_FOR_NOW]


def test_the_sample_is_what_the_paper_is_laid_out_for() -> None:
    terms = a_record().terms
    said = " ".join(" ".join((term.heading, term.words, term.interim.words if term.interim else "")) for term in terms)
    assert len(terms) == 16
    assert 380 <= len(said.split()) <= 400


@pytest.mark.parametrize(
    ("paper", "kind"), [*((Paper.LETTER, kind) for kind in SignatureKind), (Paper.A4, SignatureKind.PAPER)]
)
def test_two_pages_and_one_of_cards(paper: Paper, kind: SignatureKind) -> None:
    pages = sheets(on_paper(replace(a_record(), paper=paper), kind))
    assert len(pages) == 3
    assert "About this paper" in pages[1]
    assert "Crisis steps" in pages[2]
    assert "Before I text" in pages[2]
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of 3" in page


@pytest.mark.parametrize(("paper", "voice"), [*((Paper.LETTER, voice) for voice in Voice), (Paper.A4, Voice.UNSAFE)])
def test_two_pages_whatever_the_box_has_to_say(paper: Paper, voice: Voice) -> None:
    assert len(sheets(on_paper(a_record(paper=paper, box=a_box(voice), replaces="a" * 64)))) == 3


@pytest.mark.parametrize(("paper", "voice"), [(paper, voice) for paper in Paper for voice in Voice])
def test_the_cards_page_carries_the_whole_box(paper: Paper, voice: Voice) -> None:
    record = a_record(paper=paper, box=a_box(voice), demo=True)
    pages = sheets(on_paper(record))
    assert len(pages) == 3
    said = "".join(pages[2].split())
    places = [said.index("".join(f"{step.head} {step.words}".split())) for step in record.box.steps]
    assert places == sorted(places)
    assert said.index("".join(record.box.last.split())) > places[-1]
    for line in record.before_text:
        assert "".join(line.split()) in said


@pytest.mark.parametrize("outcome", SHORT)
def test_no_texting_and_not_for_now_take_one_page_and_the_card(outcome: Outcome) -> None:
    record = a_short_record(outcome)
    pages = sheets(render(Sealed.of(record), []))
    assert len(pages) == 2
    assert "Signatures" not in pages[0]
    assert "care stays the same" in pages[0]
    assert "Crisis steps" in pages[1]
    assert len(sheets(on_paper(record))) == 2


@pytest.mark.parametrize("record", [a_record(), *map(a_short_record, SHORT)], ids=lambda record: record.outcome)
def test_the_crisis_box_is_the_first_thing_on_the_first_page(record: AgreementRecord) -> None:
    first = sheets(on_paper(record))[0]
    assert first.startswith("1 · Danger now.")
    assert first.index(record.box.last) < first.index("Between Maya R. and Dr J. Lee.")


def test_every_word_of_the_record_is_there() -> None:
    record = a_record()
    text = "".join("".join(sheets(on_paper(record))).split())
    for term in record.terms:
        for said in (term.heading, *term_lines(term)):
            assert "".join(said.split()) in text
    for step in record.box.steps:
        assert "".join(step.line.split()) in text
    for wanted in ("Maya R.", "Dr J. Lee", "(555) 010-0143", "read by nobody yet", "Texting, adult outpatient"):
        assert "".join(wanted.split()) in text


def test_an_open_term_says_what_holds_until_then_and_when_the_two_look_again() -> None:
    assert (
        "Not decided yet. Until then: About 3 to 5 texts a week. Answers do not count. We look again on "
        "21 December 2026." in sheets(on_paper(a_record()))[0]
    )


def test_the_check_code_stands_on_every_page_and_once_in_the_text() -> None:
    sealed = signed(a_record())
    pages = sheets(render(sealed, marks(sealed.agreement)))
    code = check_code(sealed.digest)
    assert all(f"version 1 · check code {code}" in page for page in pages)
    assert f"Check code {code}." in pages[1]
    assert f"version 1, check code {code}: 16 terms, 1 open." in pages[1]


def test_what_this_paper_is_not_stands_on_it() -> None:
    said = sheets(on_paper(a_record()))[1]
    assert "not a promise to stay safe, not a crisis service, and gives up none of your rights" in said
    assert "You can say no, or stop at any time. Your care will not change." in said


@pytest.mark.parametrize(
    ("kind", "how"),
    [(SignatureKind.DRAWN, "Drawn on screen."), (SignatureKind.TYPED, "Typed on screen.")],
)
def test_a_signature_says_who_when_and_how(kind: SignatureKind, how: str) -> None:
    said = sheets(on_paper(a_record(), kind))[1]
    assert f"{how} I mean this as my signature, and I agree to sign on a screen." in said
    assert "Maya R., client" in said
    assert "Dr J. Lee, therapist" in said
    assert said.count(LOCAL_TIME) == 2


def test_a_paper_signature_leaves_room_and_asks_for_the_date() -> None:
    said = sheets(on_paper(a_record(), SignatureKind.PAPER))[1]
    assert "Date Seen by By hand on paper." in said
    assert LOCAL_TIME not in said
    assert "sign on a screen" not in said


def test_no_name_stands_in_title_or_foot() -> None:
    reader = PdfReader(BytesIO(on_paper(a_record())))
    assert reader.metadata is not None
    assert reader.metadata.title == "Texting agreement, version 1, 23 November 2026"
    assert all("Maya" not in page for page in sheets(on_paper(a_record()))[2:])


def test_a_demo_says_so_on_every_page_and_card() -> None:
    pages = sheets(on_paper(a_record(demo=True)))
    assert all("Demo: crisis lines not checked" in page for page in pages)
    assert pages[0].count("Demo: crisis lines not checked") == 2
    assert not any("Demo" in page for page in sheets(on_paper(a_record())))


def test_the_record_is_attached_and_nothing_else() -> None:
    sealed = signed(a_record())
    reader = PdfReader(BytesIO(render(sealed, marks(sealed.agreement))))
    assert list(reader.attachments) == ["agreement.json"]
    (content,) = reader.attachments["agreement.json"]
    assert Sealed.from_json(json.loads(content)) == sealed
    assert not re.search(rb'"(why|position|address|safe_contact|strokes)', content)


@pytest.mark.parametrize("record", [a_record(), a_record(demo=True, paper=Paper.A4)])
def test_it_stays_small(record: AgreementRecord) -> None:
    wild = tuple(
        tuple(((7 * step * stroke) % 1001, (11 * step * step + stroke) % 301) for step in range(200))
        for stroke in range(1, 21)
    )
    drawn = [replace(mark, strokes=wild) for mark in marks(record)]
    assert len(render(signed(record), drawn)) < 55_000


@pytest.mark.parametrize(
    ("client", "therapist", "called"),
    [
        ("Nguyễn Thị Hoàng Ánh", "Μαρία Παπαδοπούλου", "Ánh"),
        ("Олександра Ґжицька", "माया शर्मा क्षेत्रपाल", "Олександра"),
        ("מאיה רוזן", "مايا الخطيب", "מאיה"),
        ("क्षेत्रपाल", "डॉ. ज्ञानेश्वर त्रिवेदी", "क्षेत्रपाल"),
        ("Ma\u200bya\u200e R.\ufeff", "Dr Ja\u00adne Lee", "Maya"),
        ("<b>Maya</b> & {{ x }} {% y %}", "Zoe\u0308 N\u0308", "[[client]]"),
        ("Wolfeschlegelsteinhausenbergerdorff " * 3 + "von der Alten Mühle am Waldesrand", "M" * 140, "Wolfe"),
    ],
)
def test_any_name_is_printed_as_it_is(client: str, therapist: str, called: str) -> None:
    text = "".join(sheets(on_paper(named(client, therapist, called))))
    shaped = any(unicodedata.category(char) == "Mc" for char in client + therapist)  # no program reads those back
    letters = {char for char in unicodedata.normalize("NFD", client + therapist) if char.isalpha() and not shaped}
    assert letters <= set(unicodedata.normalize("NFD", text))


def test_text_that_looks_like_a_template_is_text() -> None:
    words = "<script>x</script> {{ secret }} {% if %} [[not a blank]] None & NaN"
    assert words in sheets(on_paper(worded(words)))[0]


def test_a_dot_is_ink_and_a_way_back_is_not_lost() -> None:
    assert ink_path((((5, 6),),)) == "M5 6L5 6"
    assert ink_path((((0, 0), (1, 0), (2, 0), (100, 0), (50, 0)), ())) == "M0 0L100 0L50 0"


@needs("pdfinfo", "pdftotext")
def test_the_tags_are_those_of_a_document_to_be_read_aloud() -> None:
    made = on_paper(a_record())
    facts, tree = verifiers.facts(made), verifiers.structure(made, with_text=True)
    assert facts["Tagged"] == "yes"
    assert facts["Page size"].endswith("(letter)")
    assert verifiers.facts(on_paper(a_record(paper=Paper.A4)))["Page size"].endswith("(A4)")
    assert tree.index("Danger now.") < tree.index("H1")
    assert tree.count("Figure") == 3
    assert tree.count("TH\n") + tree.count("TH ") == 18
    assert "Table" in tree
    assert verifiers.text(made, page=1).lstrip().startswith("1 · Danger now.")


@needs("pdfinfo")
def test_a_drawn_signature_is_spoken() -> None:
    made = on_paper(a_record())
    assert f"Handwritten signature of Maya R., drawn on screen, {LOCAL_TIME}" in _alternatives(made)


@needs("pdftotext")
def test_numbers_and_dates_stay_on_one_line() -> None:
    lines = verifiers.text(on_paper(a_record())).splitlines()
    whole = [line for line in lines if "(555) 010-0143" in line]
    assert len(whole) == len([line for line in lines if "0143" in line or "(555)" in line])
    assert not [line for line in lines if re.search(r"\b21$|^December|\b21 December$", line.strip())]


@needs("pdffonts")
def test_every_font_came_along_and_is_ours() -> None:
    names = verifiers.fonts(on_paper(named("מאיה רוזן", "مايا الخطيب", "מאיה")))
    assert all(embedded for _name, embedded in names)
    assert {name.split("+")[1].removesuffix("-Bold") for name, _embedded in names} == {"Noto-Sans", "Rubik"}


@needs("pdfdetach")
def test_another_program_finds_the_record() -> None:
    sealed = signed(a_record())
    made = render(sealed, marks(sealed.agreement))
    assert json.loads(verifiers.attached(made, "agreement.json")) == sealed.to_json()


def _alternatives(made: bytes) -> set[str]:
    """Every alternative text in the tag tree."""
    reader = PdfReader(BytesIO(made))
    found = set()
    for number in range(1, len(reader.xref_objStm) + 500):
        try:
            read = reader.get_object(number)
        except Exception:  # numbers of objects have gaps
            continue
        if isinstance(read, dict) and "/Alt" in read:
            found.add(str(read["/Alt"]))
    return found

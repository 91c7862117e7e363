"""What programs read where lines run from right to left: the words that stand there, in the order of their letters."""

from __future__ import annotations

import unicodedata

import pydyf
import pypdfium2
import pytest

from agreements.actions import keys
from agreements.actions.pdf import PDFIUM, render
from agreements.actions.pdf_letters import say_letters
from agreements.actions.pdf_setting import set_page
from agreements.actions.pdf_signature import seal
from tests import verifiers
from tests.papers import sheets
from tests.records import SIGNED_AT, a_key_folder, marks, signed
from tests.scripts import record_in
from tests.tools import needs

SENTENCES = (
    "خطر الآن.",
    "لا ترسل رسالة.",
    "أفكار انتحارية، دون أن تكون على وشك الفعل.",
    "لا تستطيع الكلام، أو الكلام غير آمن:",
    "لا بأس. قد لا تُقرأ إلا بعد ساعات.",
    "تصل معظم الردود خلال يوم عمل واحد.",
)


def whole(text: str) -> str:
    """Without white space and marks of direction; a letter as it is drawn is the letters that it means."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) != "Cf")


@needs("pdftotext")
def test_a_sealed_paper_in_arabic_reads_back_and_a_no_in_it_is_found() -> None:
    record = record_in("arabic")
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        pdf = seal(render(signed(record), marks(record)), SIGNED_AT)
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        pages = [sheet.get_textpage() for sheet in document]
        told = {"PDFium": "".join(page.get_text_bounded() for page in pages), "poppler": verifiers.text(pdf)}
        assert [each for each in SENTENCES if not any(page.search(each).get_next() for page in pages)] == []
    lost = {(program, each) for program, text in told.items() for each in SENTENCES if whole(each) not in whole(text)}
    assert lost == set()


@pytest.mark.parametrize("words", ["שָׁלוֹם לְכֻלָּם הוּא בָּא", "נִפְגָּשִׁים בַּבֹּקֶר", "السَّلامُ عليكُم", "إلّا مثلًا", "fi"])
def test_points_below_and_within_a_letter_are_each_said_once(words: str) -> None:
    page = f'<html lang="he" dir="rtl"><title>Words</title><body data-foot=""><p>{words}</p></body></html>'
    assert whole(words) in whole("".join(sheets(set_page(page, ("paper",)).pdf)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("لا", "ﻻ"),
        ("لآ", "ﻵ"),
        ("لأ", "ﻷ"),
        ("لإ", "ﻹ"),
        ("لى", "ﱃ"),
        ("ل", "ل"),
        ("لم يكن", "لم يكن"),
        ("\u064e\u0651", "\u064e\u0651"),
        ("क्ष", "क्ष"),
        ("fi", "fi"),
        ("", ""),
    ],
)
def test_one_character_is_said_where_it_means_just_these_letters(text: str, said: str) -> None:
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Stream([b"1 beginbfchar", entry(text), b"endbfchar"]))
    pdf.add_object(pydyf.Dictionary({"FontFile3": b"1 0 R"}))
    pdf.add_object(pydyf.Dictionary({"FontDescriptor": pdf.objects[-1].reference}))
    below = pydyf.Array([pdf.objects[-1].reference])
    pdf.add_object(pydyf.Dictionary({"ToUnicode": pdf.objects[-3].reference, "DescendantFonts": below}))
    say_letters(pdf)
    assert pdf.objects[-4].stream == [b"1 beginbfchar", entry(said), b"endbfchar"]
    assert unicodedata.normalize("NFKC", said) == unicodedata.normalize("NFKC", text)


def entry(text: str) -> bytes:
    return b"<0273> <%s>" % text.encode("utf-16-be").hex().encode()

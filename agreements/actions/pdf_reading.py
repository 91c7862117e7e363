"""What a paper says, read back from its bytes: nothing lost, nothing left over, every font came along."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.actions.pdf_glyphs import spelled
from agreements.actions.pdf_page import ISOLATES

if TYPE_CHECKING:
    from pypdf import PdfReader

LEFT_OVER = re.compile(r"\[\[|\]\]|\{\{|\}\}|\{%|\bNone\b|\bNaN\b")
PDFIUM = threading.Lock()  # PDFium serves one thread at a time: hold this wherever it is used


class RenderRefused(Exception):
    """The paper did not come out right; the text says what is wrong."""


def refuse_unlike(pdf: bytes, says: Sequence[str], *, foot: Sequence[str] = ()) -> PdfReader:
    """Read the paper back: every text is there, nothing is left over, every font came along. Raises RenderRefused.

    `foot` is what stands at the foot of each page, where it may cut a paragraph in two.
    PDFium reads fast, but it stumbles over a few joined letters; what it misses, pypdf looks for again.
    """
    from pypdf import PdfReader

    says = [spelled(text) for text in says]
    reader, text = PdfReader(BytesIO(pdf)), _without_foot(_text_by_pdfium(pdf), foot)
    if _lost(says, text):
        text = _without_foot([sheet.extract_text() for sheet in reader.pages], foot)
    if lost := _lost(says, text):
        raise RenderRefused(_("The paper lost these words: %(words)s") % {"words": lost[0]})
    source = "\n".join(says)
    for found in LEFT_OVER.findall(text):
        if found not in source:
            raise RenderRefused(_("Something was left over on the paper: %(text)s") % {"text": found})
    _refuse_fonts(reader)
    return reader


def _without_foot(pages: Sequence[str], foot: Sequence[str]) -> str:
    """The text of the pages as one, less the lines at their feet."""
    text = ""
    for number, said in enumerate(pages, start=1):
        for line in filter(None, foot and (*foot, page_of(number, len(pages)))):
            said = re.sub(r"\s*".join(map(re.escape, _squeezed(line))), "", said, count=1)
        text += said + "\n"
    return text


def page_of(number: int, of: int) -> str:
    """What the templates print beside the foot of each page."""
    page, among = pgettext("before a page number", "Page"), pgettext("between page number and number of pages", "of")
    return f"{page} {number} {among} {of}"


def _text_by_pdfium(pdf: bytes) -> list[str]:
    import pypdfium2  # type: ignore[import-untyped]

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]


def _lost(says: Sequence[str], text: str) -> list[str]:
    """The texts that cannot be found on the paper. Scripts whose letters move are looked for letter by letter."""
    squeezed, letters = _squeezed(text), _letters(text)
    return [
        wanted
        for wanted in says
        if _squeezed(wanted) not in squeezed and not (_is_shaped(wanted) and _letters(wanted) <= letters)
    ]


def _squeezed(text: str) -> str:
    """Text as compared: NFC, without white space and marks that cannot be seen."""
    text = unicodedata.normalize("NFC", text)
    return "".join("".join(char for char in text if char not in ISOLATES).split())


def _is_shaped(text: str) -> bool:
    """Whether the script moves or joins its letters, so that reading back gives them in another order."""
    return any(
        unicodedata.bidirectional(char) in {"R", "AL"} or unicodedata.category(char) in {"Mn", "Mc"}
        for char in unicodedata.normalize("NFC", text)
    )


def _letters(text: str) -> frozenset[str]:
    return frozenset(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char)[0] in "LMN")


def _refuse_fonts(reader: PdfReader) -> None:
    for sheet in reader.pages:
        resources: Any = sheet["/Resources"]
        for name, font in resources.get("/Font", {}).items():
            for inner in font.get("/DescendantFonts", [font]):
                if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get_object().get("/FontDescriptor", {})):
                    raise RenderRefused(_("A font did not come along: %(font)s") % {"font": name})

"""What a paper says, read back from its bytes: nothing lost, nothing left over, every font came along."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from agreements.actions.pdf_glyphs import is_mark, spelled

if TYPE_CHECKING:
    from pypdf import PdfReader

LEFT_OVER = re.compile(r"\[\[|\]\]|\{\{|\}\}|\{%|\bNone\b|\bNaN\b")
PDFIUM = threading.Lock()  # PDFium serves one thread at a time: hold this wherever it is used


class RenderRefused(Exception):
    """The paper did not come out right; the text says what is wrong."""


def refuse_unlike(pdf: bytes, says: Sequence[str], *, foot: Sequence[str], drawn: str) -> PdfReader:
    """Read the paper back: every text is there, nothing is left over, every font came along. Raises RenderRefused.

    `foot` is what stands at the foot of each page, where it may cut a paragraph in two; `drawn` is what was drawn.
    PDFium reads fast, but it stumbles over a few joined letters; what it misses, pypdf looks for again. Scripts that
    move or join their letters no program reads back right: those texts are looked for in what was drawn.
    """
    from pypdf import PdfReader

    says = [spelled(text) for text in says]
    still, moving = [each for each in says if not _moves(each)], [each for each in says if _moves(each)]
    reader, text = PdfReader(BytesIO(pdf)), _without_foot(_text_by_pdfium(pdf), foot)
    if _lost(still, text):
        text = _without_foot([sheet.extract_text() for sheet in reader.pages], foot)
    if lost := _lost(still, text) or _lost(moving, drawn):
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
    squeezed = _squeezed(text)
    return [wanted for wanted in says if _squeezed(wanted) not in squeezed]


def _squeezed(text: str) -> str:
    """Text as compared: NFC, without white space and marks that cannot be seen."""
    text = unicodedata.normalize("NFC", text)
    return "".join("".join(char for char in text if not is_mark(char)).split())


def _moves(text: str) -> bool:
    """Whether letters stand in another order on the page than in the text: by their script, or by the page's."""
    return get_language_bidi() or any(
        unicodedata.bidirectional(char) in {"R", "AL"} or unicodedata.category(char) in {"Mn", "Mc"}
        for char in unicodedata.normalize("NFC", text)
    )


def _refuse_fonts(reader: PdfReader) -> None:
    for sheet in reader.pages:
        resources: Any = sheet["/Resources"]
        for name, font in resources.get("/Font", {}).items():
            for inner in font.get("/DescendantFonts", [font]):
                if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get_object().get("/FontDescriptor", {})):
                    raise RenderRefused(_("A font did not come along: %(font)s") % {"font": name})

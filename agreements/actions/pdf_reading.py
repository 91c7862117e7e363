"""What a paper says, read back from its bytes: nothing lost, nothing left over, every font came along."""

from __future__ import annotations

import ctypes
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from agreements.actions.pdf_glyphs import is_mark, spelled

LEFT_OVER = re.compile(r"\[\[|\]\]|\{\{|\}\}|\{%|\bNone\b|\bNaN\b")
PDFIUM = threading.Lock()  # PDFium serves one thread at a time: hold this wherever it is used


class RenderRefused(Exception):
    """The paper did not come out right; the text says what is wrong."""


class _Seen(NamedTuple):
    """The text of each page, the fonts that did not come along, and the names of the attached files."""

    pages: list[str]
    without: list[str]
    attached: list[str]


def refuse_unlike(pdf: bytes, says: Sequence[str], *, foot: Sequence[str], drawn: str) -> list[str]:
    """Read the paper back: every text is there, nothing is left over, every font came along. Gives the names of the
    attached files. Raises RenderRefused.

    `foot` is what stands at the foot of each page, where it may cut a paragraph in two; `drawn` is what was drawn.
    PDFium reads fast, but it stumbles over a few joined letters; what it misses, pypdf looks for again. Scripts that
    move or join their letters no program reads back right: those texts are looked for in what was drawn.
    """
    says = [spelled(text) for text in says]
    moving = [each for each in says if _moves(each)]
    still = [each for each in says if each not in moving]
    seen = _seen_by_pdfium(pdf)
    text = _without_foot(seen.pages, foot)
    lost = _lost(still, text)
    if lost:
        text = _without_foot(_text_by_pypdf(pdf), foot)
        lost = _lost(lost, text)
    if lost := lost or _lost(moving, drawn):
        raise RenderRefused(_("The paper lost these words: %(words)s") % {"words": lost[0]})
    source = "\n".join(says)
    for found in LEFT_OVER.findall(text):
        if found not in source:
            raise RenderRefused(_("Something was left over on the paper: %(text)s") % {"text": found})
    if seen.without:
        raise RenderRefused(_("A font did not come along: %(font)s") % {"font": seen.without[0]})
    return seen.attached


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


def _seen_by_pdfium(pdf: bytes) -> _Seen:
    import pypdfium2  # type: ignore[import-untyped]

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        sheets = [document[number] for number in range(len(document))]
        attached = [document.get_attachment(number).get_name() for number in range(document.count_attachments())]
        pages = [sheet.get_textpage().get_text_bounded() for sheet in sheets]
        return _Seen(pages, [name for sheet in sheets for name in _without_fonts(sheet)], attached)


def _without_fonts(sheet: Any) -> Iterator[str]:
    """The fonts of what is written on a page whose letters did not come along."""
    from pypdfium2 import raw

    for each in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = raw.FPDFTextObj_GetFont(each)
        if raw.FPDFFont_GetIsEmbedded(font) != 1:
            name = ctypes.create_string_buffer(100)
            raw.FPDFFont_GetBaseFontName(font, name, len(name))
            yield name.value.decode(errors="replace")


def _text_by_pypdf(pdf: bytes) -> list[str]:
    from pypdf import PdfReader

    return [sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages]


def _lost(says: Sequence[str], text: str) -> list[str]:
    squeezed = _squeezed(text)
    return [wanted for wanted in says if _squeezed(wanted) not in squeezed]


def _squeezed(text: str) -> str:
    """Text as compared: NFC, without white space and marks that cannot be seen."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = text.translate({ord(char): None for char in set(text) if is_mark(char)})
    return "".join(text.split())


def _moves(text: str) -> bool:
    """Whether letters stand in another order on the page than in the text: by their script, or by the page's."""
    if text.isascii():
        return get_language_bidi()
    return get_language_bidi() or any(
        unicodedata.bidirectional(char) in {"R", "AL"} or unicodedata.category(char) in {"Mn", "Mc"}
        for char in set(unicodedata.normalize("NFC", text))
    )

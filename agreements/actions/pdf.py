"""An agreement on paper: a tagged PDF of exactly what the record says, checked before it is handed on.

Made once, from the record alone, with the bundled fonts and nothing from outside. Whatever does not come out as it
should stops the sealing with a plain reason.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import unicodedata
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fontpkg
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions.pdf_glyphs import FONTS, missing_glyphs, spelled
from agreements.actions.pdf_page import ISOLATES, Mark, changed_line, page, term_lines
from agreements.actions.pdf_qr import PICTURE
from agreements.rules.record import AgreementRecord, Sealed, TermRecord
from agreements.rules.vocabulary import SignatureKind

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["PDFIUM", "Mark", "RenderRefused", "missing_glyphs", "render"]

ATTACHED = "agreement.json"
LEFT_OVER = re.compile(r"\[\[|\]\]|\{\{|\}\}|\{%|\bNone\b|\bNaN\b")
PLACEHOLDER = re.compile(r"\[\[(?:client|therapist|phone|chosen|words)\]\]")
RENDERING = threading.Lock()
PDFIUM = threading.Lock()  # PDFium serves one thread at a time: hold this wherever it is used


class RenderRefused(Exception):
    """The paper did not come out right; the text says what is wrong."""


def render(sealed: Sealed, marks: Sequence[Mark], *, sample: bool = False) -> bytes:
    """The unsealed PDF of a record with its signatures, in the record's language. Raises RenderRefused.

    A `sample` says on every page and on the cards that it is none of anybody's.
    """
    record = sealed.agreement
    with translation.override(record.language):
        _refuse_unready(record, marks)
        html = render_to_string(f"pdf/{record.outcome.value}.html", _context(sealed, marks, sample))
        attached = json.dumps(sealed.to_json(), ensure_ascii=False, indent=1).encode()
        pdf = _set(html, attached, datetime.combine(record.made_on, datetime.min.time(), UTC))
        reader = refuse_unlike(pdf, _says(record, marks))
        if reader.attachments.get(ATTACHED) is None:
            raise RenderRefused(_("The attached file is missing."))
    return pdf


def _context(sealed: Sealed, marks: Sequence[Mark], sample: bool) -> dict[str, Any]:
    says = [_("Sample, not an agreement")] if sample else []
    says += [_("Demo: crisis lines not checked")] if sealed.agreement.demo else []
    return {
        **page(sealed, marks),
        "demo": " · ".join(says),
        "right_to_left": translation.get_language_bidi(),
    }


def refuse_unprintable(text: str) -> None:
    """Raises RenderRefused for a character that no bundled font has."""
    if missing := missing_glyphs(text):
        shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:5])
        raise RenderRefused(_("These characters cannot be printed: %(characters)s.") % {"characters": shown})


def set_page(html: str) -> bytes:
    """A page without an attached file, by the same fonts and the same refusals. Raises RenderRefused."""
    return _set(html, None, None)


def _set(html: str, attached: bytes | None, made: datetime | None) -> bytes:
    """Let WeasyPrint set the page: one at a time, so that a warning belongs to the page that caused it."""
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyBundled(URLFetcher):  # type: ignore[misc]
        """Gives out the bundled fonts and the squares we made, and nothing else."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url.startswith(PICTURE):
                return URLFetcherResponse(url, b64decode(url.removeprefix(PICTURE)))
            if url not in FONTS:
                raise ValueError(f"nothing is fetched for a paper, and not {url}")
            return URLFetcherResponse(url, fontpkg.path(FONTS[url]).read_bytes())

    fonts, fetcher = FontConfiguration(), OnlyBundled()
    with RENDERING, _no_warning():
        style = CSS(string=_style_sheet(), font_config=fonts, url_fetcher=fetcher)
        told = {"created": made, "modified": made, "relationship": "Data", "url_fetcher": fetcher}
        files = [Attachment(string=attached, name=ATTACHED, **told)] if attached is not None else []
        document = HTML(string=html, url_fetcher=fetcher)
        return bytes(
            document.write_pdf(stylesheets=[style], font_config=fonts, attachments=files, pdf_variant="pdf/ua-1")
        )


@lru_cache(maxsize=1)
def _style_sheet() -> str:
    return Path(settings.BASE_DIR, "templates", "pdf", "paper.css").read_text(encoding="utf-8")


@contextmanager
def _no_warning() -> Iterator[None]:
    """Turn any warning of WeasyPrint, or any failure in it, into RenderRefused."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger, listener = logging.getLogger("weasyprint"), Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield
    except Exception as error:
        raise RenderRefused(_("The paper could not be set (%(why)s).") % {"why": error}) from error
    finally:
        logger.removeHandler(listener)
    if heard:
        raise RenderRefused(_("The paper could not be set (%(why)s).") % {"why": heard[0]})


def _refuse_unready(record: AgreementRecord, marks: Sequence[Mark]) -> None:
    for mark in marks:
        if mark.kind == SignatureKind.DRAWN and not any(mark.strokes):
            raise RenderRefused(_("The drawing of %(name)s is empty.") % {"name": mark.name})
        if mark.kind == SignatureKind.TYPED and not mark.typed.strip():
            raise RenderRefused(_("The typed name of %(name)s is empty.") % {"name": mark.name})
    for term in record.terms:
        if PLACEHOLDER.search(_without_own_words(record, term)):
            raise RenderRefused(_("A blank in “%(heading)s” was not filled in.") % {"heading": term.heading})
    refuse_unprintable("".join(_says(record, marks)))


def _without_own_words(record: AgreementRecord, term: TermRecord) -> str:
    """A term as printed, less what people typed: that may look like a blank and still be meant."""
    text = "\n".join((term.heading, *term_lines(term)))
    typed = [term.value.words, term.interim.value.words if term.interim else ""]
    typed += [name for party in record.parties for name in (party.name, party.called)]
    for own in filter(None, typed):
        text = text.replace(own, "")
    return text


def _says(record: AgreementRecord, marks: Sequence[Mark]) -> list[str]:
    """Every text of the record that must stand on the paper."""
    edition, box = record.edition, record.box
    says = [party.name for party in record.parties]
    says += [record.practice.name, record.practice.phone, edition.name, edition.read_by]
    says += [edition.update_rule, edition.funding, box.last, *record.before_text]
    for step in (*box.steps, *box.card):
        says += [step.head, step.words]
    says += [line.words for line in box.more]
    for term in record.terms:
        says += [term.heading, *term_lines(term)]
    if record.channel:
        says.append(record.channel.number)
    if record.changed:
        says.append(changed_line(record))
    for mark in marks:
        says += [mark.name, mark.typed, mark.local_time if mark.kind != SignatureKind.PAPER else ""]
    return [text for text in says if text]


def refuse_unlike(pdf: bytes, says: Sequence[str]) -> PdfReader:
    """Read the paper back: every text is there, nothing is left over, every font came along. Raises RenderRefused.

    PDFium reads fast, but it stumbles over a few joined letters; what it misses, pypdf looks for again.
    """
    from pypdf import PdfReader

    says = [spelled(text) for text in says]
    reader, text = PdfReader(BytesIO(pdf)), _text_by_pdfium(pdf)
    if _lost(says, text):
        text = "\n".join(sheet.extract_text() for sheet in reader.pages)
    if lost := _lost(says, text):
        raise RenderRefused(_("The paper lost these words: %(words)s") % {"words": lost[0]})
    source = "\n".join(says)
    for found in LEFT_OVER.findall(text):
        if found not in source:
            raise RenderRefused(_("Something was left over on the paper: %(text)s") % {"text": found})
    _refuse_fonts(reader)
    return reader


def _text_by_pdfium(pdf: bytes) -> str:
    import pypdfium2  # type: ignore[import-untyped]

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))


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

"""WeasyPrint at work: a page of HTML becomes a tagged PDF, with the bundled fonts and nothing from outside.

Its fonts and style sheets are read once in a process. Whatever it complains of stops the paper with a plain reason.
"""

from __future__ import annotations

import atexit
import logging
import re
import threading
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from agreements.actions import pdf_tags
from agreements.actions.pdf_fonts import FACES, face
from agreements.actions.pdf_letters import say_letters
from agreements.actions.pdf_packing import pack
from agreements.actions.pdf_qr import PICTURE
from agreements.actions.pdf_reading import RenderRefused

ATTACHED = "agreement.json"
NOTES = re.compile(r"^::(?:foot)?note-.*\n", re.MULTILINE)  # rules for notes in WeasyPrint's own style sheet
RENDERING = threading.Lock()


class Page(NamedTuple):
    """A PDF, and the words it was drawn from: line after line, in the order in which they are read."""

    pdf: bytes
    drawn: str


@dataclass(frozen=True)
class _Held:
    """A style sheet with the fonts it names, and where their files lie: a temporary folder that may be cleared away."""

    fonts: Any
    style: Any
    files: tuple[Path, ...]


_held: dict[str, _Held] = {}  # by the text of the style sheet; read and written under RENDERING
atexit.register(_held.clear)  # the fonts' folder goes while there is still somebody to clear it away


def set_page(html: str, styles: Sequence[str], attached: bytes | None = None, made: datetime | None = None) -> Page:
    """The page as WeasyPrint sets it: one at a time, so that a warning belongs to the page that caused it.

    `styles` are the names of style sheets in templates/pdf; `attached` goes along as a file dated `made`.
    Raises RenderRefused.
    """
    from weasyprint import Attachment

    fetcher, drawn = _only_bundled(), []
    with RENDERING:
        with _no_warning():
            held = _styles("\n".join(map(style_sheet, styles)), fetcher)
            told = {"created": made, "modified": made, "relationship": "Data", "url_fetcher": fetcher}
            files = [Attachment(string=attached, name=ATTACHED, **told)] if attached is not None else []

            def finished(document: Any, pdf: Any) -> None:
                drawn.append(pdf_tags.drawn(document))
                pdf_tags.mend(pdf)
                say_letters(pdf)
                pack(pdf)

            content = _html()(string=html, url_fetcher=fetcher).write_pdf(
                stylesheets=[held.style],
                font_config=held.fonts,
                attachments=files,
                pdf_variant="pdf/ua-1",
                finisher=finished,
            )
        return Page(bytes(content), drawn[0])


def _styles(text: str, fetcher: Any) -> _Held:
    """The style sheet with this text, parsed anew only when it never was or its fonts lie no longer where they lay."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    known = _held.get(text)
    if known is None or not all(path.exists() for path in known.files):
        _held.pop(text, None)
        fonts = FontConfiguration()
        style = CSS(string=text, font_config=fonts, url_fetcher=fetcher)
        known = _Held(fonts, style, tuple(Path(fonts._folder).iterdir()) if fonts._folder else ())
        _held[text] = known
    return known


@cache
def _html() -> Any:
    """HTML as WeasyPrint reads it, less what it holds ready on every element for notes, of which a paper has none."""
    from weasyprint import CSS, HTML
    from weasyprint.css.counters import CounterStyle
    from weasyprint.html import UA

    usual = CSS(string=NOTES.sub("", UA), counter_style=CounterStyle())

    class Paper(HTML):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [usual]

    return Paper


@cache
def _only_bundled() -> Any:
    """Gives WeasyPrint the bundled fonts and the squares we made, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyBundled(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url.startswith(PICTURE):
                return URLFetcherResponse(url, b64decode(url.removeprefix(PICTURE)))
            if url not in FACES:
                raise ValueError(f"nothing is fetched for a paper, and not {url}")
            return URLFetcherResponse(url, face(url))

    return OnlyBundled()


@cache
def style_sheet(name: str) -> str:
    """The text of a style sheet in templates/pdf."""
    return Path(settings.BASE_DIR, "templates", "pdf", f"{name}.css").read_text(encoding="utf-8")


@contextmanager
def _no_warning() -> Iterator[None]:
    """Turn any warning of WeasyPrint, or any failure in it, into RenderRefused. What was parsed then is not kept."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger, listener = logging.getLogger("weasyprint"), Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield
    except Exception as error:
        _held.clear()
        raise RenderRefused(_("The paper could not be set (%(why)s).") % {"why": error}) from error
    finally:
        logger.removeHandler(listener)
    if heard:
        _held.clear()
        raise RenderRefused(_("The paper could not be set (%(why)s).") % {"why": heard[0]})

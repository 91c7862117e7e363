"""An agreement on paper: a tagged PDF of exactly what the record says, checked before it is handed on.

Made once, from the record alone, with the bundled fonts and nothing from outside. Whatever does not come out as it
should stops the sealing with a plain reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions.pdf_glyphs import FontsGone, missing_glyphs
from agreements.actions.pdf_page import Mark, changed_line, term_lines, was_line
from agreements.actions.pdf_page import page as texts
from agreements.actions.pdf_reading import PDFIUM, RenderRefused, refuse_unlike
from agreements.actions.pdf_setting import ATTACHED, set_page
from agreements.actions.pdf_sides import sided
from agreements.rules.record import AgreementRecord, Sealed, TermRecord
from agreements.rules.vocabulary import SignatureKind

__all__ = ["PDFIUM", "Mark", "RenderRefused", "made", "refuse_unlike", "render", "set_page"]

PAPER, LARGE = ("paper",), ("paper", "large")
INDENT = re.compile(r"\s*\n\s*(?=</?(?:body|div|h[1-3]|head|main|meta|p|section|t(?:able|body|d|h|head|itle|r)|ul)\b)")
PLACEHOLDER = re.compile(r"\[\[(?:client|therapist|phone|chosen|words)\]\]")


def render(sealed: Sealed, marks: Sequence[Mark], *, sample: bool = False, large: bool = False) -> bytes:
    """The unsealed PDF of a record with its signatures, in the record's language. Raises RenderRefused.

    A `sample` says on every page and on the cards that it is none of anybody's. `large` sets the same words in 18
    points and one column, without the cards.
    """
    record = sealed.agreement
    with translation.override(record.language):
        _refuse_unready(record, marks)
        context = {**_context(sealed, marks, sample), "large": large}
        html = _html(f"pdf/{record.outcome.value}.html", context)
        attached = json.dumps(sealed.to_json(), ensure_ascii=False, indent=1).encode()
        made = datetime.combine(record.made_on, datetime.min.time(), UTC)
        page = set_page(html, LARGE if large else PAPER, attached, made)
        says = _says(record, marks) + _says_on_cards(record) * (not large)
        came_along = refuse_unlike(page.pdf, says, foot=(context["demo"], context["foot"]), drawn=page.drawn)
        if ATTACHED not in came_along:
            raise RenderRefused(_("The attached file is missing."))
    return page.pdf


def _context(sealed: Sealed, marks: Sequence[Mark], sample: bool) -> dict[str, Any]:
    says = [_("Sample, not an agreement")] if sample else []
    says += [_("Demo: crisis lines not checked")] if sealed.agreement.demo else []
    return {
        **texts(sealed, marks),
        "demo": " · ".join(says),
        "right_to_left": translation.get_language_bidi(),
    }


def refuse_unprintable(text: str) -> None:
    """Raises RenderRefused for a character that no font has, and when the fonts themselves are gone."""
    try:
        missing = missing_glyphs(text)
    except FontsGone as gone:
        raise RenderRefused(str(gone)) from gone
    if missing:
        shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:5])
        raise RenderRefused(_("These characters cannot be printed: %(characters)s.") % {"characters": shown})


def made(template: str, context: dict[str, Any], says: Sequence[str], styles: Sequence[str] = PAPER) -> bytes:
    """A page without an attached file, set and read back: it says everything of `says`. Raises RenderRefused."""
    wanted = [text for text in says if text]
    refuse_unprintable("".join(wanted))
    page = set_page(_html(template, context), styles)
    refuse_unlike(page.pdf, wanted, foot=(context["demo"], context["foot"]), drawn=page.drawn)
    return page.pdf


def _html(template: str, context: dict[str, Any]) -> str:
    html = INDENT.sub("", render_to_string(template, context))
    return sided(html, right_to_left=context["right_to_left"])


def _refuse_unready(record: AgreementRecord, marks: Sequence[Mark]) -> None:
    for mark in marks:
        if mark.kind == SignatureKind.DRAWN and not any(mark.strokes):
            raise RenderRefused(_("The drawing of %(name)s is empty.") % {"name": mark.name})
        if mark.kind == SignatureKind.TYPED and not mark.typed.strip():
            raise RenderRefused(_("The typed name of %(name)s is empty.") % {"name": mark.name})
    for term in record.terms:
        if PLACEHOLDER.search(_without_own_words(record, term)):
            raise RenderRefused(_("A blank in “%(heading)s” was not filled in.") % {"heading": term.heading})
    refuse_unprintable("".join(_says(record, marks) + _says_on_cards(record)))


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
    says += [edition.update_rule, edition.funding, box.last, *(line.words for line in box.more)]
    for step in box.steps:
        says += [step.head, step.words]
    for term in record.terms:
        says += [term.heading, *term_lines(term)]
    if record.channel:
        says.append(record.channel.number)
    if record.changed:
        says.append(changed_line(record))
    for was in record.was:
        says += [was.heading, was_line(was)]
    for mark in marks:
        says += [mark.name, mark.typed, mark.local_time if mark.kind != SignatureKind.PAPER else ""]
    return [text for text in says if text]


def _says_on_cards(record: AgreementRecord) -> list[str]:
    return [*(text for step in record.box.card for text in (step.head, step.words)), *record.before_text]

"""Two pages made when they are asked for, kept nowhere: texting has ended, and how the two got there."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions import pdf, pdf_qr
from agreements.actions.pdf_page import Names, day, names_of, paragraphs, says_box, term_lines, unsigned
from agreements.reads.closing import Closing, Way
from agreements.rules import log_words
from agreements.rules.record_people import parties, signed_too
from agreements.rules.wording import one_stop


def ended(closing: Closing) -> bytes:
    """The page that says that texting has ended, with the crisis box that holds and its card, as a PDF.

    In the agreement's language, on the client's paper. Raises pdf.RenderRefused.
    """
    record = closing.record
    with translation.override(record.language):
        names = names_of(record)
        lines = _ended_lines(closing)
        agreed = [
            {"heading": names.runs(term.heading), "lines": [names.runs(line) for line in term_lines(term)]}
            for term in closing.terms
        ]
        context = {
            **unsigned(record),
            "title": f"{_heading(closing)}, {day(closing.on)}",
            "foot": f"{_heading(closing)} · "
            + _("goes with check code %(code)s") % {"code": names.number(closing.code)},
            "lines": [names.runs(line) for line in lines],
            "terms": agreed,
            "ahead": closing.ahead,
            "heading": _heading(closing),
            "squares": pdf_qr.of_steps(record.box),
            **_page(closing, names),
        }
        page = closing.page
        says = [_heading(closing), *lines, *([page.instead, page.taper] if page else [])]
        says += [*(line for term in closing.terms for line in (term.heading, *term_lines(term)))]
        return pdf.made("pdf/ended.html", context, [*says_box(record.box), *says])


def how_we_got_there(way: Way) -> bytes:
    """The log of every round as a PDF of its own: it is no part of the agreement. Raises pdf.RenderRefused."""
    record = way.record
    with translation.override(record.language):
        names = names_of(record)
        rounds = [
            {"began": began, "lines": [[names.runs(cell) for cell in line] for line in lines]}
            for began, lines in way.rounds
        ]
        context = {
            **unsigned(record),
            "title": _("How we got there"),
            "foot": _("How we got there · no part of the agreement"),
            "rounds": rounds,
        }
        told = [cell for _began, lines in way.rounds for line in lines for cell in line]
        return pdf.made("pdf/log.html", context, [*says_box(record.box), *told])


def _heading(closing: Closing) -> str:
    return _("Texting ends") if closing.ahead else _("Texting has ended")


def _page(closing: Closing, names: Names) -> dict[str, Any]:
    """What the two wrote down for the end; where they did not, the page has lines to write on."""
    page = closing.page
    if page is None:
        return {}
    return {
        "instead": [names.runs(line) for line in paragraphs(page.instead)],
        "taper": [names.runs(line) for line in paragraphs(page.taper)],
        "last_text": names.runs(day(page.last_text_on)),
    }


def _ended_lines(closing: Closing) -> list[str]:
    facts = {"number": closing.number, "code": closing.code}
    on = day(closing.on)
    return [
        " ".join(
            [one_stop(_("Between %(people)s.") % {"people": parties(closing.record)}), *signed_too(closing.record)]
        ),
        log_words.stopped(
            closing.by,
            on,
            without_notice=closing.without_notice,
            reason=closing.reason,
            ahead=closing.ahead,
            consent=closing.consent,
        ),
        _("What was signed stays as it was: version %(number)s, check code %(code)s.") % facts,
    ]

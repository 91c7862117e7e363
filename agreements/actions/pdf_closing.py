"""Two pages made when they are asked for, kept nowhere: texting has ended, and how the two got there."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions import pdf
from agreements.actions.pdf_page import day, names_of, says_box, term_lines, unsigned
from agreements.reads.closing import Closing, Way
from agreements.rules import log_words


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
            "title": _("Texting has ended, %(day)s") % {"day": day(closing.on)},
            "foot": _("Texting has ended · goes with check code %(code)s") % {"code": names.number(closing.code)},
            "lines": [names.runs(line) for line in lines],
            "terms": agreed,
        }
        says = [*lines, *(line for term in closing.terms for line in (term.heading, *term_lines(term)))]
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


def _ended_lines(closing: Closing) -> list[str]:
    facts = {"client": closing.client, "therapist": closing.therapist, "number": closing.number, "code": closing.code}
    on = day(closing.on)
    return [
        _("Between %(client)s and %(therapist)s.") % facts,
        log_words.stopped(closing.by, on, without_notice=closing.without_notice, reason=closing.reason),
        _("What was signed stays as it was: version %(number)s, check code %(code)s.") % facts,
    ]

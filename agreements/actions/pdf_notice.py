"""The page that goes with a new wallet card when a crisis number changed: two sheets, made when they are asked for.

Nothing of it is kept, and the sealed paper is not touched.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions import pdf, pdf_qr
from agreements.actions.pdf_page import day, names_of, part_runs, unsigned
from agreements.reads.notices import Notice
from agreements.rules.record_people import given_to
from agreements.rules.safety_box import row_words
from agreements.rules.vocabulary import Role
from agreements.rules.wording import one_stop


def render(notice: Notice) -> bytes:
    """The PDF, in the agreement's language, on the client's paper. Raises pdf.RenderRefused."""
    with translation.override(notice.record.language):
        if unsafe := row_words(notice.record):
            raise pdf.RenderRefused(unsafe[0].words)
        context = _context(notice)
        return pdf.made("pdf/notice.html", context, _says(notice, context))


def _context(notice: Notice) -> dict[str, Any]:
    record, names = notice.record, names_of(notice.record)
    return {
        **unsigned(record),
        "title": _("New crisis steps"),
        "foot": _("New crisis steps · %(day)s · goes with check code %(code)s")
        % {"day": day(notice.made_on), "code": names.number(notice.code)},
        "lines": [names.runs(line) for line in _lines(notice)],
        "changed": [{"was": part_runs(each.was, names), "now": part_runs(each.now, names)} for each in notice.changed],
        "unchecked": [names.runs(each) for each in notice.unchecked],
        "squares": pdf_qr.of_steps(record.box),
    }


def _lines(notice: Notice) -> list[str]:
    record = notice.record
    people = {"people": given_to(record), "therapist": record.party(Role.THERAPIST).name}
    reach = ", ".join(filter(None, (record.practice.name, record.practice.phone)))
    paper = {"number": notice.number, "code": notice.code}
    return [
        one_stop(_("For %(people)s, from %(therapist)s.") % people + f" {reach}. {day(notice.made_on)}."),
        _(
            "From today the steps above hold. They take the place of the crisis box on your paper: "
            "version %(number)s, check code %(code)s."
        )
        % paper,
    ]


def _says(notice: Notice, context: dict[str, Any]) -> list[str]:
    """Every text that must stand on the two sheets."""
    box = notice.record.box
    says = [text for step in (*box.steps, *box.card) for text in (step.head, step.words)]
    says += [box.last, *(line.words for line in box.more), *_lines(notice), *notice.unchecked]
    says += ["".join(part.text for part in half) for each in notice.changed for half in (each.was, each.now)]
    return [text for text in [*says, context["title"]] if text]

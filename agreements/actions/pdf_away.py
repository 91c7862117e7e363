"""The away sheet: one page for one client, the crisis box first, then what to do meanwhile. Made when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions import pdf
from agreements.actions.pdf_page import day, names_of, says_box, unsigned
from agreements.reads.absences import Sheet
from agreements.rules import dates
from agreements.rules.safety_box import row_words
from agreements.rules.shown_names import initials
from agreements.rules.vocabulary import Role

SIZES = ("", "middle", "small")  # of the letters below the box: the first at which it fits on one page


def render(sheet: Sheet) -> bytes:
    """The PDF, in the agreement's language, on the client's paper, on one page. Raises pdf.RenderRefused."""
    from pypdf import PdfReader

    record = sheet.record
    with translation.override(record.language):
        if unsafe := row_words(record):
            raise pdf.RenderRefused(unsafe[0].words)
        lines = _lines(sheet)
        context, says = _context(sheet, lines), _says(sheet, lines)
        for size in SIZES:
            made = pdf.made("pdf/away.html", {**context, "size": size}, says)
            if len(PdfReader(BytesIO(made)).pages) == 1:
                break
    return made


def render_all(sheets: Sequence[Sheet]) -> bytes:
    """The sheets one after another in one file, each on its own page. Raises pdf.RenderRefused."""
    from pypdf import PdfWriter

    writer, made = PdfWriter(), BytesIO()
    for sheet in sheets:
        writer.append(BytesIO(render(sheet)), import_outline=False)
    writer.add_metadata({"/Title": _("Away sheets")})
    writer.write(made)
    return made.getvalue()


def _context(sheet: Sheet, lines: list[str]) -> dict[str, Any]:
    record, days = sheet.record, sheet.days
    told = (days.starts_on, days.ends_on, days.back_on, days.half_way, sheet.before_on, sheet.after_on)
    names = names_of(record, *(dates.day_name(each) for each in told if each))
    return {
        **unsigned(record),
        "title": _("Away sheet"),
        "heading": names.runs(_heading(sheet)),
        "foot": _foot(sheet),
        "lines": names.runs(" ".join(lines)),
        "rows": [
            {"title": names.runs(row.title), "says": names.runs(" ".join(row.says), strong=row.danger)}
            for row in sheet.rows
        ],
        "hold": names.runs(" ".join(sheet.hold)),
        "cover": names.runs(" ".join(sheet.cover)),
        "instead": names.runs(sheet.instead),
        "unchecked": [names.runs(each) for each in sheet.unchecked],
    }


def _foot(sheet: Sheet) -> str:
    """Whose sheet it is, so that in a pile nobody is handed another one's, and how long it holds."""
    whose = initials(sheet.record.party(Role.CLIENT).name)
    facts = {"whose": whose, "day": day(sheet.days.ends_on), "made": day(sheet.record.made_on)}
    return _("%(whose)s · until %(day)s · made on %(made)s") % facts


def _heading(sheet: Sheet) -> str:
    return _("While %(therapist)s is away") % {"therapist": sheet.record.party(Role.THERAPIST).called}


def _lines(sheet: Sheet) -> list[str]:
    """Until when, whether texts go on, and the sessions around it."""
    days = sheet.days
    facts = {
        "therapist": sheet.record.party(Role.THERAPIST).called,
        "first": dates.day_name(days.starts_on),
        "last": dates.day_name(days.ends_on),
        "back": dates.day_name(days.back_on),
    }
    away = _("%(therapist)s is away from %(first)s to %(last)s, and back on %(back)s.")
    if days.starts_on == days.ends_on:
        away = _("%(therapist)s is away on %(first)s, and back on %(back)s.")
    lines = [away % facts, sheet.texting]
    if sheet.before_on:
        lines.append(_("Our last session before: %(day)s.") % {"day": dates.day_name(sheet.before_on)})
    if sheet.after_on:
        lines.append(_("Our first session after: %(day)s.") % {"day": dates.day_name(sheet.after_on)})
    return [line for line in lines if line]


def _says(sheet: Sheet, lines: list[str]) -> list[str]:
    """Every text that must stand on the sheet."""
    rows = [text for row in sheet.rows for text in (row.title, *row.says)]
    more = [line.words for line in sheet.record.box.more]
    return [
        *says_box(sheet.record.box),
        *more,
        _heading(sheet),
        *lines,
        *rows,
        *sheet.hold,
        *sheet.cover,
        sheet.instead,
    ]

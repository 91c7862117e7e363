"""The page for a young person's guardians: the crisis box, what to do when they are worried tonight, what they may see.

Made when it is asked for, from the paper that was signed and the numbers that hold now. Kept nowhere.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions import pdf
from agreements.actions.pdf_page import day, names_of, part_runs, says_box, term_lines, unsigned
from agreements.rules import worried
from agreements.rules.record import AgreementRecord
from agreements.rules.safety_box import box_facts
from agreements.rules.vocabulary import Role
from agreements.rules.wording import listed, one_stop


def render(record: AgreementRecord, code: str) -> bytes:
    """The PDF that goes with the paper of this check code, in its language. Raises pdf.RenderRefused."""
    with translation.override(record.language):
        names, young = names_of(record), record.party(Role.CLIENT)
        steps = worried.steps(box_facts(record), record.crisis, young=young.called)
        sees = [line for term in record.terms if term.topic == "guardian" for line in term_lines(term)]
        lines = _lines(record, code)
        context: dict[str, Any] = {
            **unsigned(record),
            "title": _("For guardians"),
            "foot": _("For guardians · goes with check code %(code)s") % {"code": names.number(code)},
            "lines": [names.runs(line) for line in lines],
            "worried": [part_runs(step, names) for step in steps],
            "sees": [names.runs(line) for line in sees],
        }
        says = [*says_box(record.box), *lines, *sees, *("".join(part.text for part in step) for step in steps)]
        return pdf.made("pdf/guardian.html", context, says)


def _lines(record: AgreementRecord, code: str) -> list[str]:
    people = {
        "guardians": listed([person.name for person in record.people(Role.GUARDIAN)]),
        "young": record.party(Role.CLIENT).name,
        "therapist": record.party(Role.THERAPIST).name,
    }
    facts = {"number": record.number, "code": code}
    lines = [
        one_stop(_("For %(guardians)s. It goes with the texting agreement of %(young)s and %(therapist)s.") % people),
        _("That paper is version %(number)s, check code %(code)s. You may ask for a copy of it.") % facts,
    ]
    if record.review_on:
        lines.append(_("We look at it again on %(day)s.") % {"day": day(record.review_on)})
    return lines

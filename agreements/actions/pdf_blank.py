"""The blank form: the layout of the paper with boxes to tick and lines to write on, and the card. Kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions import pdf, pdf_draft, pdf_qr
from agreements.actions.pdf_page import Names, rows_of, says_box
from agreements.reads.take_home import TakeHome
from agreements.rules.vocabulary import Channel, Contact, Role, Voice
from agreements.rules.wording import one_stop


def render(form: TakeHome, edition: str, signers: Sequence[Role]) -> bytes:
    """The PDF, in the practice's language; `edition` is what its foot names, `signers` have a line each.

    Raises pdf.RenderRefused.
    """
    with translation.override(form.language):
        if form.unsafe:
            raise pdf.RenderRefused(form.unsafe[0])
        names = Names(form.therapist, form.practice)
        reach = {"therapist": form.therapist, "name": ", ".join(filter(None, (form.practice, form.phone)))}
        context = {
            **pdf_draft.context(form),
            "title": _("Texting agreement, a form to fill in by hand"),
            "foot": _("To fill in by hand · %(edition)s") % {"edition": edition},
            "head": names.runs(one_stop(_("With %(therapist)s. Practice: %(name)s.") % reach)),
            "voices": Voice.labels,
            "contacts": Contact.labels,
            "channels": Channel.labels,
            "signatures": rows_of([_line(role, form.therapist, names) for role in signers]),
            "squares": pdf_qr.of_steps(form.box),
        }
        says = [*says_box(form.box), form.therapist, form.practice]
        for term in form.still_open:
            says += [term.heading, term.question, term.hint, *(text for choice in term.choices for text in choice)]
        return pdf.made("pdf/blank.html", context, says)


def _line(role: Role, therapist: str, names: Names) -> dict[str, Any]:
    """A line to sign on; who is not named elsewhere on the form writes their name below it."""
    return {
        "who": names.runs(therapist if role == Role.THERAPIST else str(role.label)),
        "by_name": role not in (Role.CLIENT, Role.THERAPIST),
    }

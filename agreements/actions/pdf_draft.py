"""The unsigned draft that somebody takes home to think it over: made when it is asked for, kept nowhere."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions import pdf
from agreements.actions.pdf_page import Names, crisis_steps, day, paragraphs, says_box
from agreements.actions.pdf_sides import SLOT, framed
from agreements.reads.take_home import SoFar, StillOpen, TakeHome
from agreements.rules.wording import listed, one_stop

MORE_LINES_TO_WRITE_ON = 2


def render(draft: TakeHome) -> bytes:
    """The PDF, in the agreement's language, on the client's paper. Raises pdf.RenderRefused."""
    with translation.override(draft.language):
        if draft.unsafe:
            raise pdf.RenderRefused(draft.unsafe[0])
        return pdf.made("pdf/draft.html", context(draft), _says(draft))


def context(draft: TakeHome) -> dict[str, Any]:
    """What its template needs; the caller activates the language."""
    names = Names(*draft.people, draft.practice, draft.box.contact_person)
    made_on = {"day": day(draft.made_on)}
    return {
        **crisis_steps(draft.box, names),
        "draft": draft,
        "title": _("Draft, not signed, %(day)s") % made_on,
        "foot": _("Draft, not signed · %(day)s") % made_on,
        "not_signed": _not_signed(draft),
        "head": names.runs(_head(draft)),
        "unchecked": [names.runs(each) for each in draft.unchecked],
        "so_far": [
            {"heading": names.runs(row.heading), "lines": [names.runs(line) for line in _lines(row)]}
            for row in draft.so_far
        ],
        "still_open": [_open(row, names) for row in draft.still_open],
        "questions": _questions(),
        "room_to_write": range(MORE_LINES_TO_WRITE_ON),
        "demo": _("Demo: crisis lines not checked") if draft.demo else "",
        "right_to_left": translation.get_language_bidi(),
    }


def _open(row: StillOpen, names: Names) -> dict[str, Any]:
    return {
        "heading": names.runs(row.heading),
        "question": names.runs(row.question),
        "hint": names.runs(row.hint),
        "choices": [{"label": names.runs(label), "line": names.runs(line)} for label, line in row.choices],
    }


def _not_signed(draft: TakeHome) -> str:
    if draft.begun_to_sign:
        by_all = _("Not signed by all. Nothing here counts yet.")
        return by_all if len(draft.people) > 2 else _("Not signed by both. Nothing here counts yet.")
    return _("Not signed. Nothing here counts yet.")


def _head(draft: TakeHome) -> str:
    people = {"people": listed(draft.people), "day": day(draft.made_on)}
    says = [_("A draft of the texting agreement of %(people)s, as it stood on %(day)s.") % people]
    if draft.channel:
        channel = {"channel": draft.channel.kind.label, "number": draft.channel.number}
        says.append(_("Texts would go by: %(channel)s, %(number)s.") % channel)
    reach = ", ".join(filter(None, (draft.practice, draft.phone)))
    return one_stop(" ".join([*says, _("Practice: %(name)s.") % {"name": reach}]))


def _lines(row: SoFar) -> list[str]:
    if not row.left_open:
        return paragraphs(row.words)
    return framed(_("Left open for now. Until then: %(words)s") % {"words": SLOT}, " ".join(paragraphs(row.words)))


def _questions() -> list[str]:
    """The four of moments.md, to be answered by nobody but the reader."""
    return [
        _("Do you know the choices?"),
        _("Is it clear what matters to you?"),
        _("Do you have enough help?"),
        _("Are you sure enough for now?"),
    ]


def _says(draft: TakeHome) -> list[str]:
    """Every text that must stand on the draft."""
    box = draft.box
    says = [*says_box(box), *(line.words for line in box.more), *draft.unchecked, _not_signed(draft), _head(draft)]
    for term in draft.so_far:
        says += [term.heading, *_lines(term)]
    for still in draft.still_open:
        says += [still.heading, still.question, still.hint, *(text for choice in still.choices for text in choice)]
    return [text for text in [*says, *_questions()] if text]

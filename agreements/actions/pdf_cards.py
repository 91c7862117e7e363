"""What goes into a pocket: the two cards on a page of their own, and a picture for a telephone. Kept nowhere."""

from __future__ import annotations

from io import BytesIO
from math import sqrt

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions import pdf, pdf_qr
from agreements.actions.pdf_page import names_of, says_box, unsigned
from agreements.rules.record import AgreementRecord

WIDE, HIGH = 1179, 2556  # pixels; the clock has the upper third, buttons the lower one
MIDDLE, SIDE = HIGH // 3, 60
LOOKS = ("light", "dark")
LARGEST, SMALLEST = 44, 26  # pixels of a letter
SPACE_OF_A_LETTER = 0.66  # of the square of its size, the space between lines included


def cards(record: AgreementRecord, code: str) -> bytes:
    """The page of cards that goes with the paper of this check code, as a PDF. Raises pdf.RenderRefused."""
    with translation.override(record.language):
        names = names_of(record)
        context = {
            **unsigned(record),
            "title": _("Cards to keep with you"),
            "foot": _("Cards · go with check code %(code)s") % {"code": names.number(code)},
            "before_text": [names.runs(line) for line in record.before_text],
            "squares": pdf_qr.of_steps(record.box),
        }
        says = [*says_box(record.box), *record.before_text]
        return pdf.made("pdf/cards_page.html", context, says)


def picture(record: AgreementRecord, look: str) -> bytes:
    """The crisis steps as a PNG for the lock screen; `look` is one of LOOKS. Raises pdf.RenderRefused."""
    with translation.override(record.language):
        context = {**unsigned(record), "title": _("Crisis steps"), "foot": "", "look": look}
        for size in range(_size(record), SMALLEST - 1, -1):
            made = pdf.made("pdf/phone.html", {**context, "size": size}, says_box(record.box), ("phone",))
            if png := _photographed(made):
                return png
    raise pdf.RenderRefused(_("The steps are too long for a picture. Please print the cards."))


def _size(record: AgreementRecord) -> int:
    """The size at which the steps should just fill their third."""
    letters = sum(map(len, says_box(record.box)))
    return min(LARGEST, int(sqrt(MIDDLE * (WIDE - 2 * SIDE) / (SPACE_OF_A_LETTER * letters))))


def _photographed(made: bytes) -> bytes:
    """The one page as PDFium draws it, a pixel for a pixel; nothing when it did not fit on one."""
    import pypdfium2  # type: ignore[import-untyped]

    with pdf.PDFIUM, pypdfium2.PdfDocument(made) as document:
        if len(document) > 1:
            return b""
        drawn, content = document[0].render(scale=4 / 3, grayscale=True).to_pil(), BytesIO()
    drawn.crop((0, 0, WIDE, HIGH)).save(content, "PNG", optimize=True)
    return content.getvalue()

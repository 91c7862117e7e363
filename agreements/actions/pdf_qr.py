"""Squares that a phone reads: an address, or the crisis steps themselves as text, for a place without a network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

from agreements.rules.record import BoxRecord

PICTURE = "data:image/png;base64,"
QUIET = 4  # modules around a square that stay white
MOST_BYTES = 1400  # what a phone still reads from a photograph of the page
MARK_OF_UTF8 = "\ufeff"


def of_address(address: str) -> str:
    """A square with the address of a version, as a picture in an address of its own (data:). A quarter of it may be
    lost (level Q)."""
    from qrcode.constants import ERROR_CORRECT_Q

    return _square(address, ERROR_CORRECT_Q)


def of_steps(box: BoxRecord) -> list[str]:
    """The crisis steps as text, in order; more than one square where one would be too dense."""
    from qrcode.constants import ERROR_CORRECT_L

    return [_square(text, ERROR_CORRECT_L) for text in texts_of_steps(box)]


def texts_of_steps(box: BoxRecord) -> list[str]:
    """What those squares hold: the steps word for word. Phones that guess at letters are told that it is UTF-8."""
    lines = [f"{step.number}. {step.head} {step.words}" for step in box.steps] + [box.last]
    parts = _parts([line.replace("’", "'").replace("\u00a0", " ") for line in lines])
    return [part if part.isascii() else MARK_OF_UTF8 + part for part in parts]


def _parts(lines: Sequence[str]) -> list[str]:
    parts = [lines[0]]
    for line in lines[1:]:
        longer = f"{parts[-1]}\n{line}"
        if len(longer.encode()) <= MOST_BYTES:
            parts[-1] = longer
        else:
            parts.append(line)
    return parts


@lru_cache(maxsize=64)
def _square(text: str, level: int) -> str:
    from qrcode.main import QRCode

    code, content = QRCode(error_correction=level, border=QUIET, box_size=1), BytesIO()
    code.add_data(text.encode(), optimize=0)
    code.make(fit=True)
    code.make_image().save(content)
    return PICTURE + b64encode(content.getvalue()).decode()

"""Ways to change a sealed PDF, from clumsy to clever. None may pass as genuine."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import NameObject

from agreements.actions import keys, pdf_signature
from tests.records import SIGNED_AT, a_key_folder


def flips(pdf: bytes, number: int, seed: int) -> Iterator[bytes]:
    """One bit changed somewhere; every third time inside the seal's own digits."""
    chance = random.Random(seed)
    before, after = gap(pdf)
    for turn in range(number):
        place = chance.randrange(before, after) if turn % 3 == 0 else chance.randrange(len(pdf))
        yield pdf[:place] + bytes([pdf[place] ^ (1 << chance.randrange(8))]) + pdf[place + 1 :]


def bytes_changed(pdf: bytes, number: int, seed: int) -> Iterator[bytes]:
    """One byte made another one somewhere; every third time inside the seal's own digits."""
    chance = random.Random(seed)
    before, after = gap(pdf)
    for turn in range(number):
        place = chance.randrange(before, after) if turn % 3 == 0 else chance.randrange(len(pdf))
        other = (pdf[place] + chance.randrange(1, 256)) % 256
        yield pdf[:place] + bytes([other]) + pdf[place + 1 :]


def gap(pdf: bytes) -> tuple[int, int]:
    """Where the seal stands: what it does not cover."""
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) ", pdf)
    assert found
    return int(found[1]), int(found[2])


def first_revision(pdf: bytes) -> bytes:
    """The file as it was before it was sealed."""
    end = pdf.index(b"%%EOF") + len(b"%%EOF")
    return pdf[:end] + b"\n"


def upper_case_digits(pdf: bytes) -> bytes:
    before, after = gap(pdf)
    return pdf[:before] + pdf[before:after].upper() + pdf[after:]


def something_in_the_padding(pdf: bytes) -> bytes:
    _before, after = gap(pdf)
    return pdf[: after - 5] + b"beef" + pdf[after - 1 :]


def empty_revision(pdf: bytes) -> bytes:
    writer, out = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    writer._force_write_when_empty = True
    writer.write(out)
    return out.getvalue()


def _added(pdf: bytes, change: Callable[[PdfWriter], Any]) -> bytes:
    writer, out = PdfWriter(BytesIO(pdf), incremental=True), BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def changed_title(pdf: bytes) -> bytes:
    return _added(pdf, lambda writer: writer.add_metadata({"/Title": "Something else"}))


def annotation(pdf: bytes) -> bytes:
    note = FreeText(text="Text me any time", rect=(50, 550, 200, 650))
    return _added(pdf, lambda writer: writer.add_annotation(page_number=0, annotation=note))


def rewritten_by_pypdf(pdf: bytes) -> bytes:
    out = BytesIO()
    PdfWriter(clone_from=PdfReader(BytesIO(pdf))).write(out)
    return out.getvalue()


def stripped(pdf: bytes) -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(pdf))), BytesIO()
    for key in ("/AcroForm", "/Perms"):
        writer.root_object.pop(NameObject(key), None)
    for page in writer.pages:
        page.pop(NameObject("/Annots"), None)
    writer.write(out)
    return out.getvalue()


def sealed_with_another_key(pdf: bytes) -> bytes:
    """The same pages under a new key whose certificates carry the same names."""
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        return pdf_signature.seal(first_revision(pdf), SIGNED_AT)


TAMPERED: dict[str, Callable[[bytes], bytes]] = {
    "junk after the end": lambda pdf: pdf + b"junk",
    "a line break after the end": lambda pdf: pdf + b"\n",
    "something before the start": lambda pdf: b"\n" + pdf,
    "cut off by one byte": lambda pdf: pdf[:-1],
    "cut off by a tail": lambda pdf: pdf[:-700],
    "cut in half": lambda pdf: pdf[: len(pdf) // 2],
    "twice in one file": lambda pdf: pdf + pdf,
    "an empty extra revision": empty_revision,
    "a changed title": changed_title,
    "an added annotation": annotation,
    "rewritten by another program": rewritten_by_pypdf,
    "the seal stripped": stripped,
    "the seal cut away": first_revision,
    "sealed with another key of the same name": sealed_with_another_key,
    "the seal's digits in upper case": upper_case_digits,
    "something in the padding": something_in_the_padding,
}

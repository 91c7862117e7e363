"""Files that somebody may send to be checked; hostile_process.py tells what each of them costs."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.records import a_key_folder, a_sealed_pdf

LARGE = 200 * 1024 * 1024


def encrypted() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(300, 300)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def with_javascript() -> bytes:
    """Of ours, with a script added that runs when it is opened."""
    writer = PdfWriter(BytesIO(a_sealed_pdf()[0]), incremental=True)
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")})
    writer.root_object[NameObject("/OpenAction")] = script
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def zip_bomb() -> bytes:
    """Two hundred megabytes of nothing, packed."""
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(b"0" * 1_000_000) for _ in range(200)) + packing.flush()
    head = b"%%PDF-1.7\n1 0 obj <</Length %d /Filter /FlateDecode>> stream\n" % len(packed)
    return head + packed + b"\nendstream endobj\n%%EOF"


@cache
def signed_twice() -> bytes:
    """Twenty tagged pages with two signatures by one key that allow filling in: what other signing programs make."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf
    from weasyprint import HTML

    from agreements.actions import keys
    from tests.records import SIGNED_AT

    pages = "".join(f"<h1 style='page-break-before: always'>{page}</h1><p>We text.</p>" for page in range(20))
    content = HTML(string=f"<html lang=en><title>A</title><body>{pages}").write_pdf(pdf_variant="pdf/ua-1")
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        for name, certify in (("First", True), ("Second", False)):
            meta = PdfSignatureMetadata(
                field_name=name, md_algorithm="sha256", certify=certify, docmdp_permissions=MDPPerm.FILL_FORMS
            )
            content = sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), meta, keys.load_signer()).getvalue()
    return content


HOSTILE: dict[str, Callable[[], bytes]] = {
    "encrypted": encrypted,
    "truncated": lambda: a_sealed_pdf()[0][:-700],
    "a zip bomb": zip_bomb,
    "not a PDF": lambda: b"\x89PNG\r\n" + b"0" * 1000,
    "empty": lambda: b" ",
    "with JavaScript": with_javascript,
    "two seals": lambda: a_sealed_pdf()[0] + a_sealed_pdf()[0],
    "twenty pages signed twice": signed_twice,
    "many ranges": lambda: b"%PDF-1.7\n" + b"/ByteRange [" * 400_000,
    "five megabytes": lambda: b"%PDF-1.7\n" + b"0" * (5 * 1024 * 1024 - 100),
}


def write(folder: Path) -> None:
    """All of them, one of 200 MB, and the genuine one, which comes first; with the root that stands behind it."""
    sealed, root = a_sealed_pdf()
    (folder / "keys").mkdir()
    (folder / "keys" / "root.pem").write_bytes(root)
    (folder / " genuine.pdf").write_bytes(sealed)
    for name, make in HOSTILE.items():
        (folder / f"{name}.pdf").write_bytes(make())
    with (folder / "two hundred megabytes.pdf").open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(LARGE)

"""The seal: what others say of it, and that nothing changed passes for it."""

import asyncio
import os
import re
import subprocess
import sys
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm

from agreements.actions import keys, pdf_signature
from agreements.actions.pdf_signature import GENUINE, NOT_GENUINE, UNREADABLE, SealRefused, judge, seal
from tests import verifiers
from tests.records import SIGNED_AT, a_key_folder, a_sealed_pdf
from tests.tampering import TAMPERED, first_revision, flips, gap
from tests.tools import needs

READ_THEN_SEAL = """
import sys, datetime, pathlib, django
django.setup()
from agreements.actions import pdf_signature
broken, trusted = (pathlib.Path(name).read_bytes() for name in sys.argv[1:3])
print(pdf_signature.judge(broken, trusted).status)
pdf_signature.self_test(datetime.datetime.fromisoformat(sys.argv[3]))
"""


def test_a_fresh_seal_is_genuine() -> None:
    sealed, root = a_sealed_pdf()
    assert judge(sealed, root) == pdf_signature.Verdict(GENUINE, "It is exactly as it was sealed.")


@pytest.mark.parametrize("way", TAMPERED)
def test_a_changed_file_is_never_genuine(way: str) -> None:
    sealed, root = a_sealed_pdf()
    changed = TAMPERED[way](sealed)
    assert changed != sealed
    verdict = judge(changed, root)
    assert verdict.status != GENUINE
    assert verdict.reason.endswith(".")


@needs("qpdf")
def test_a_file_rewritten_by_qpdf_is_not_genuine() -> None:
    sealed, root = a_sealed_pdf()
    assert judge(verifiers.rewritten(sealed), root).status == NOT_GENUINE


def test_no_single_changed_bit_passes() -> None:
    sealed, root = a_sealed_pdf()
    found = {judge(changed, root).status for changed in flips(sealed, number=150, seed=7)}
    assert found == {NOT_GENUINE, UNREADABLE} or found == {NOT_GENUINE}


def test_no_changed_byte_of_the_seal_itself_passes() -> None:
    sealed, root = a_sealed_pdf()
    before, after = gap(sealed)
    used = len(sealed[before:after].rstrip(b"0>"))
    for place in range(before, before + used, 2):
        digit = b"0" if sealed[place : place + 1] != b"0" else b"1"
        assert judge(sealed[:place] + digit + sealed[place + 1 :], root).status == NOT_GENUINE, place


def test_the_reason_tells_a_change_from_another_key_from_no_seal() -> None:
    sealed, root = a_sealed_pdf()
    assert judge(sealed + b"x", root).reason == "It was changed after it was sealed."
    foreign = TAMPERED["sealed with another key of the same name"](sealed)
    assert judge(foreign, root).reason == "It was sealed with another key."
    assert judge(first_revision(sealed), root).reason == "It carries no seal."


@pytest.mark.parametrize(
    ("spelled", "reason"),
    [
        (rb"/ByteRange [00\1 \2", "It was changed after it was sealed."),
        (rb"/ByteRange [0 \1x\2", "It was changed after it was sealed."),
        (rb"/ByteRange [0 00000\1 00000\2", "It carries no seal."),  # as other programs write theirs
    ],
)
def test_a_seal_whose_range_is_no_range_any_more_was_changed(spelled: bytes, reason: str) -> None:
    sealed, root = a_sealed_pdf()
    assert judge(re.sub(rb"/ByteRange \[0 (\d+) (\d+)", spelled, sealed, count=1), root).reason == reason


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n", b"%PD", b"<html>"])
def test_what_is_no_pdf_is_unreadable(content: bytes) -> None:
    assert judge(content, a_sealed_pdf()[1]) == pdf_signature.Verdict(UNREADABLE, "This is not a readable PDF.")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"/ByteRange [" * 400_000,
        b"%PDF-1.7\n" + b"[" * 5_000_000,
        b"%PDF-1.7\n/ByteRange [0 9 99999999 1]",
        b"%PDF-1.7\n/ByteRange [0 1 1 1]",
        b"%PDF-1.7\n" + b"0" * 6_000_000,
    ],
    ids=["only a head", "many ranges", "deep", "far off", "empty gap", "large"],
)
def test_a_hostile_file_costs_no_time(content: bytes) -> None:
    started = time.process_time()
    assert judge(content, a_sealed_pdf()[1]).status == NOT_GENUINE
    assert time.process_time() - started < 2


def test_the_signature_locks_the_whole_document() -> None:
    sealed, _root = a_sealed_pdf()
    (signature,) = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert signature.docmdp_level == MDPPerm.NO_CHANGES
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.self_reported_timestamp == SIGNED_AT
    field = signature.sig_field
    assert field["/TU"] == "Seal of this document"
    assert all(float(edge) < -1000 for edge in field["/Rect"])


def test_the_seal_shows_no_name_of_practice_or_client() -> None:
    sealed, _root = a_sealed_pdf()
    added = sealed[len(first_revision(sealed)) :]
    assert b"Maya" not in added
    assert b"Riverside" not in added


def test_it_seals_also_while_an_event_loop_runs() -> None:
    sealed, _root = a_sealed_pdf()
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)

        async def within() -> bytes:
            return seal(first_revision(sealed), SIGNED_AT + timedelta(hours=1))

        assert judge(asyncio.run(within()), keys.root_certificate()).status == GENUINE


def test_a_sealed_file_is_not_sealed_again() -> None:
    sealed, _root = a_sealed_pdf()
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        with pytest.raises(SealRefused):
            seal(sealed, SIGNED_AT)


def test_a_process_that_first_read_a_broken_seal_still_seals(tmp_path: Path) -> None:
    sealed, root = a_sealed_pdf()
    broken, trusted = tmp_path / "broken.pdf", tmp_path / "root.pem"
    broken.write_bytes(next(flips(sealed, number=1, seed=7)))
    trusted.write_bytes(root)
    with a_key_folder() as folder:
        keys.make_seal_key(SIGNED_AT)
        command = [sys.executable, "-c", READ_THEN_SEAL, str(broken), str(trusted), SIGNED_AT.isoformat()]
        environment = {**os.environ, "KEY_DIR": str(folder)}
        told = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert (told.stdout, told.stderr) == ("not genuine\n", "")


def test_what_is_no_pdf_is_not_sealed() -> None:
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        with pytest.raises(SealRefused, match="could not be put on"):
            seal(b"hello", SIGNED_AT)


def test_without_a_key_nothing_is_sealed() -> None:
    with a_key_folder(), pytest.raises(keys.KeyMissing, match="backup"):
        seal(first_revision(a_sealed_pdf()[0]), SIGNED_AT)


@pytest.mark.parametrize("root", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_root_that_cannot_be_read_is_said(root: bytes) -> None:
    with pytest.raises(keys.KeyUnreadable, match="root certificate"):
        judge(a_sealed_pdf()[0], root)


@needs("pdfsig")
def test_poppler_agrees() -> None:
    report = verifiers.pdfsig(a_sealed_pdf()[0])
    assert "Signature is Valid" in report
    assert "Total document signed" in report
    assert "Not total" not in report
    assert "Signature #2" not in report
    assert "ETSI.CAdES.detached" in report


@needs("mutool")
def test_mupdf_agrees() -> None:
    assert "The document is unchanged since signing" in verifiers.mutool_sign(a_sealed_pdf()[0])


@needs("openssl")
def test_openssl_agrees_and_knows_another_key() -> None:
    sealed, root = a_sealed_pdf()
    assert verifiers.openssl_accepts(sealed, root)
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        assert not verifiers.openssl_accepts(sealed, keys.root_certificate())


@needs("pdfinfo", "pdffonts", "pdfdetach")
def test_sealing_breaks_neither_tags_nor_fonts_nor_the_attached_file() -> None:
    sealed, _root = a_sealed_pdf()
    assert verifiers.facts(sealed)["Tagged"] == "yes"
    assert "H1" in verifiers.structure(sealed)
    assert all(embedded for _name, embedded in verifiers.fonts(sealed))
    assert verifiers.attached(sealed, "agreement.json").startswith(b"{")

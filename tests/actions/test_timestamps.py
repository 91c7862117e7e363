"""A trusted time: honest when it is there, honest when it is not, and nobody takes it away or puts one in."""

from __future__ import annotations

import logging
import re
import time
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from asn1crypto.cms import ContentInfo
from django.test import override_settings

from agreements.actions import keys
from agreements.actions.pdf_signature import GENUINE, NOT_GENUINE, judge, seal
from agreements.actions.pdf_verdict import stamped_at
from tests import time_authority, verifiers
from tests.records import SIGNED_AT, a_key_folder, a_sealed_pdf
from tests.tampering import TAMPERED, first_revision, flips, gap
from tests.tools import needs

pytestmark = needs("openssl")


def unsealed() -> bytes:
    return first_revision(a_sealed_pdf()[0])


@cache
def stamped() -> tuple[bytes, bytes, bytes]:
    """A sealed PDF with a trusted time, our root, and the authority's."""
    with a_key_folder(), time_authority.running() as folder:
        now = datetime.now(UTC)
        keys.make_seal_key(now)
        return seal(unsealed(), now), keys.root_certificate(), (folder / "root.pem").read_bytes()


def test_a_stamped_seal_is_genuine_and_says_when() -> None:
    sealed, root, _authority = stamped()
    verdict = judge(sealed, root)
    assert verdict.status == GENUINE
    assert verdict.stamped_at == stamped_at(sealed)
    assert abs(verdict.stamped_at - datetime.now(UTC)) < timedelta(minutes=10)


def test_without_an_authority_there_is_no_time() -> None:
    sealed, root = a_sealed_pdf()
    assert (judge(sealed, root).stamped_at, stamped_at(sealed), stamped_at(b"hello")) == (None, None, None)


FAULTS = {
    "slow": "too slow",
    "under another policy": "under another policy",
    "to another question": "another question",
    "about something else": "not in order",
    "a refusal": "not in order",
    "no answer at all": "not in order|no answer",
    "not an answer": "not in order",
    "without certificates": "not in order",
}


@pytest.mark.parametrize("way", FAULTS)
def test_a_fault_of_the_authority_leaves_a_seal_without_a_time(way: str, caplog: pytest.LogCaptureFixture) -> None:
    with a_key_folder(), time_authority.running(way):
        keys.make_seal_key(datetime.now(UTC))
        began = time.monotonic()
        sealed = seal(unsealed(), datetime.now(UTC))
        assert time.monotonic() - began < 5
        verdict = judge(sealed, keys.root_certificate())
    assert (verdict.status, verdict.stamped_at) == (GENUINE, None)
    (line,) = [record for record in caplog.records if record.name.endswith("pdf_signature")]
    assert line.levelno == logging.WARNING
    assert re.search(FAULTS[way], line.getMessage())


def test_an_authority_that_is_not_there_leaves_a_seal_without_a_time() -> None:
    with a_key_folder(), time_authority.running(), override_settings(TSA_URL="http://127.0.0.1:9/"):
        keys.make_seal_key(datetime.now(UTC))
        assert stamped_at(seal(unsealed(), datetime.now(UTC))) is None


def test_a_clock_that_is_a_day_behind_gets_no_trusted_time() -> None:
    with a_key_folder(), time_authority.running():
        keys.make_seal_key(datetime.now(UTC) - timedelta(days=2))
        sealed = seal(unsealed(), datetime.now(UTC) - timedelta(days=1))
        assert judge(sealed, keys.root_certificate()).status == GENUINE
        assert stamped_at(sealed) is None


def test_an_authority_we_do_not_trust_gives_no_time() -> None:
    with a_key_folder(), time_authority.running() as one, time_authority.running():
        keys.make_seal_key(datetime.now(UTC))
        with override_settings(TSA_ROOT=str(one / "root.pem")):
            assert stamped_at(seal(unsealed(), datetime.now(UTC))) is None
        with override_settings(TSA_ROOT=str(one / "nothing.pem")):
            assert stamped_at(seal(unsealed(), datetime.now(UTC))) is None


@pytest.mark.parametrize("way", TAMPERED)
def test_a_changed_file_is_never_genuine(way: str) -> None:
    sealed, root, _authority = stamped()
    assert judge(TAMPERED[way](sealed), root).status != GENUINE


def test_no_single_changed_bit_passes() -> None:
    sealed, root, _authority = stamped()
    assert {judge(changed, root).status for changed in flips(sealed, number=200, seed=11)} == {NOT_GENUINE}


def test_no_changed_byte_of_the_seal_with_its_time_passes() -> None:
    sealed, root, _authority = stamped()
    before, after = gap(sealed)
    used = len(sealed[before:after].rstrip(b"0>"))
    for place in range(before + 1, before + used, 30):
        digit = b"0" if sealed[place : place + 1] != b"0" else b"1"
        assert judge(sealed[:place] + digit + sealed[place + 1 :], root).status == NOT_GENUINE, place


def sealed_again(sealed: bytes, info: ContentInfo) -> bytes:
    """The file with this in the place of its seal."""
    before, after = gap(sealed)
    return sealed[: before + 1] + info.dump().hex().encode().ljust(after - before - 2, b"0") + sealed[after - 1 :]


def seal_of(sealed: bytes) -> ContentInfo:
    before, after = gap(sealed)
    return ContentInfo.load(bytes.fromhex(sealed[before + 1 : after - 1].decode()))


def test_the_time_cannot_be_taken_away() -> None:
    sealed, root, _authority = stamped()
    info = seal_of(sealed)
    del info["content"]["signer_infos"][0]["unsigned_attrs"]
    changed = sealed_again(sealed, info)
    assert judge(changed, root).reason == "It was changed after it was sealed."


def test_the_time_of_another_seal_or_another_authority_cannot_be_put_in() -> None:
    sealed, root, _authority = stamped()
    info = seal_of(sealed)
    with a_key_folder(), time_authority.running():
        keys.make_seal_key(datetime.now(UTC))
        foreign = seal_of(seal(unsealed(), datetime.now(UTC)))
    info["content"]["signer_infos"][0]["unsigned_attrs"] = foreign["content"]["signer_infos"][0]["unsigned_attrs"]
    assert judge(sealed_again(sealed, info), root).status == NOT_GENUINE


def test_a_time_cannot_be_put_into_a_seal_without_one() -> None:
    (sealed, root), (other, _root, _authority) = a_sealed_pdf(), stamped()
    info = seal_of(sealed)
    info["content"]["signer_infos"][0]["unsigned_attrs"] = seal_of(other)["content"]["signer_infos"][0][
        "unsigned_attrs"
    ]
    before, after = gap(sealed)
    wider = info.dump().hex().encode()
    assert judge(sealed[: before + 1] + wider + sealed[after - 1 :], root).status == NOT_GENUINE


@needs("openssl")
def test_openssl_agrees_on_seal_and_time() -> None:
    sealed, root, authority = stamped()
    assert verifiers.openssl_accepts(sealed, root)
    assert verifiers.openssl_accepts_time(sealed, authority)
    assert not verifiers.openssl_accepts_time(sealed, root)


@needs("pdfsig", "mutool")
def test_poppler_and_mupdf_agree() -> None:
    report = verifiers.pdfsig(stamped()[0])
    assert "Signature is Valid" in report
    assert "Total document signed" in report
    assert "The document is unchanged since signing" in verifiers.mutool_sign(stamped()[0])


def test_the_days_of_the_tests_are_not_ours() -> None:
    """The seal's own date is what the sealing machine said; the authority's word is another thing."""
    assert judge(a_sealed_pdf()[0], a_sealed_pdf()[1]).stamped_at is None
    assert SIGNED_AT.year == 2026

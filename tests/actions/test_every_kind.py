"""Every kind of sealed document: four programs of other people find its seal right, and its tags are in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from agreements.actions.pdf_signature import GENUINE, NOT_GENUINE, UNREADABLE, judge
from tests import pdf_ua, verifiers
from tests.sealed_kinds import KINDS, STAMPED, of_kind, stamped
from tests.tampering import TAMPERED, bytes_changed
from tests.tools import needs

GOLDEN = Path(__file__).parent / "golden_tree.txt"
each_kind = pytest.mark.parametrize("kind", KINDS)


@needs("openssl", "pdfsig", "mutool")
@each_kind
def test_four_programs_of_other_people_agree(kind: str) -> None:
    sealed, root = of_kind(kind)
    report = verifiers.pdfsig(sealed)
    assert "Signature is Valid" in report
    assert "Total document signed" in report
    assert "Not total" not in report
    assert "Signature #2" not in report
    assert "The document is unchanged since signing" in verifiers.mutool_sign(sealed)
    assert verifiers.openssl_accepts(sealed, root)
    also = [stamped()[2]] if kind == STAMPED else []
    assert verifiers.pyhanko(sealed, root, *also) == (0, "VALID")
    assert not also or verifiers.openssl_accepts_time(sealed, *also)


@needs("openssl", "pdfsig", "mutool")
def test_those_programs_can_say_no() -> None:
    sealed, root = of_kind("not for now")
    middle = sealed.index(b"stream") + 40
    changed = sealed[:middle] + bytes([sealed[middle] ^ 1]) + sealed[middle + 1 :]
    assert "Digest Mismatch" in verifiers.pdfsig(changed)
    assert "unchanged" not in verifiers.mutool_sign(changed)
    assert not verifiers.openssl_accepts(changed, root)
    assert verifiers.pyhanko(changed, root) == (1, "INVALID")
    assert not verifiers.openssl_accepts_time(of_kind(STAMPED)[0], root)


@needs("openssl")
@each_kind
def test_the_tags_are_in_order_after_the_seal(kind: str) -> None:
    assert pdf_ua.faults(of_kind(kind)[0]) == []


@needs("openssl")
@each_kind
def test_nothing_in_it_leads_nowhere_or_stands_there_for_nothing(kind: str) -> None:
    sealed = of_kind(kind)[0]
    assert len(sealed) <= 60_000
    assert pdf_ua.loose(sealed) == []


def test_the_structure_is_the_one_that_was_looked_at() -> None:
    """After a change that is meant, look at the difference and write the tree anew: `pdf_ua.tree(of_kind(…)[0])`."""
    assert pdf_ua.tree(of_kind("drawn on Letter")[0]) == GOLDEN.read_text(encoding="utf-8")


@needs("openssl")
@pytest.mark.parametrize("way", TAMPERED)
@each_kind
def test_no_tampered_file_of_any_kind_is_genuine(kind: str, way: str) -> None:
    sealed, root = of_kind(kind)
    assert judge(sealed, root).status == GENUINE
    assert judge(TAMPERED[way](sealed), root).status in (NOT_GENUINE, UNREADABLE)


@needs("openssl")
@each_kind
def test_no_byte_changed_anywhere_passes(kind: str) -> None:
    """A thousand for the agreement and a hundred for each other kind: any byte to any other, `/Contents` included."""
    sealed, root = of_kind(kind)
    number = 1000 if kind == KINDS[0] else 100
    assert [judge(changed, root).status for changed in bytes_changed(sealed, number, seed=11)].count(GENUINE) == 0

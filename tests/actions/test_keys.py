"""The practice's own key for the seal."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from agreements.actions import keys
from tests.records import SIGNED_AT, a_key_folder


@pytest.fixture
def folder():
    with a_key_folder() as found:
        yield found


@pytest.fixture
def made(folder: Path) -> Path:
    keys.make_seal_key(SIGNED_AT)
    return folder


def certificates(folder: Path) -> tuple[x509.Certificate, x509.Certificate]:
    return tuple(x509.load_pem_x509_certificate((folder / name).read_bytes()) for name in ("seal.crt", "root.pem"))


def test_only_the_owner_reads_the_files(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == ["root.pem", "seal.crt", "seal.key"]
    assert {path.stat().st_mode & 0o777 for path in made.iterdir()} == {0o600}
    assert made.stat().st_mode & 0o777 == 0o700


def test_the_key_is_on_p_256_and_holds_for_25_years(made: Path) -> None:
    leaf, root = certificates(made)
    assert isinstance(leaf.public_key(), ec.EllipticCurvePublicKey)
    assert leaf.public_key().curve.name == "secp256r1"
    for certificate in (leaf, root):
        assert certificate.not_valid_before_utc <= SIGNED_AT - timedelta(hours=23)
        assert certificate.not_valid_after_utc >= SIGNED_AT + timedelta(days=25 * 365)


def test_the_certificates_say_what_they_are_for_and_whom_to_ask_nobody(made: Path) -> None:
    leaf, root = certificates(made)
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    for kind in (x509.CRLDistributionPoints, x509.AuthorityInformationAccess):
        with pytest.raises(x509.ExtensionNotFound):
            leaf.extensions.get_extension_for_class(kind)


def test_the_name_says_nothing_of_the_practice(made: Path) -> None:
    leaf, root = certificates(made)
    assert leaf.subject.rfc4514_string() == "CN=Between Sessions seal"
    leaf.verify_directly_issued_by(root)


def test_the_key_of_the_root_is_nowhere(made: Path) -> None:
    assert [path.name for path in made.iterdir() if b"PRIVATE KEY" in path.read_bytes()] == ["seal.key"]


@pytest.mark.parametrize("there", ["seal.key", "seal.crt", "root.pem"])
def test_what_is_there_is_never_written_over(folder: Path, there: str) -> None:
    folder.mkdir()
    (folder / there).write_text("mine")
    with pytest.raises(keys.KeyExists, match=there):
        keys.make_seal_key(SIGNED_AT)
    assert (folder / there).read_text() == "mine"


def test_the_signer_is_read_once(made: Path) -> None:
    assert keys.load_signer() is keys.load_signer()


def test_a_restored_key_is_read_anew(made: Path) -> None:
    before = keys.load_signer()
    for path in made.iterdir():
        path.unlink()
    keys.make_seal_key(SIGNED_AT)
    assert keys.load_signer() is not before


@pytest.mark.parametrize("gone", ["seal.key", "seal.crt", "root.pem"])
def test_a_missing_file_is_said_with_a_way_forward(made: Path, gone: str) -> None:
    (made / gone).unlink()
    with pytest.raises(keys.KeyMissing, match="backup"):
        keys.load_signer()


@pytest.mark.parametrize("broken", ["seal.key", "seal.crt", "root.pem"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff\x00", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_broken_file_is_said_with_a_way_forward(made: Path, broken: str, content: bytes) -> None:
    (made / broken).write_bytes(content)
    with pytest.raises(keys.KeyUnreadable, match="backup"):
        keys.load_signer()


@pytest.mark.parametrize("unreadable", ["seal.key", "seal.crt", "root.pem"])
def test_a_file_that_does_not_open_is_said(made: Path, unreadable: str) -> None:
    (made / unreadable).unlink()
    (made / unreadable).mkdir()
    with pytest.raises(keys.KeyUnreadable, match="backup"):
        keys.load_signer()


@pytest.mark.parametrize("swapped", ["seal.key", "seal.crt", "root.pem"])
def test_files_that_do_not_belong_together_are_refused(made: Path, swapped: str) -> None:
    with a_key_folder() as other:
        keys.make_seal_key(SIGNED_AT)
        (made / swapped).write_bytes((other / swapped).read_bytes())
    with pytest.raises(keys.KeyUnreadable):
        keys.load_signer()

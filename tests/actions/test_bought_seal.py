"""A seal bought elsewhere: PKCS#12 by file or environment, with the certificates above it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as serial
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from agreements.actions import keys, pdf_signature
from agreements.actions.pdf_signature import GENUINE, NOT_GENUINE, judge, seal
from tests import verifiers
from tests.records import SIGNED_AT, a_sealed_pdf
from tests.tampering import TAMPERED, first_revision, flips
from tests.tools import needs

SECRET = "only for tests"


def issued(name: str, key: Any, issuer: x509.Certificate | None, issuer_key: Any) -> x509.Certificate:
    """A certificate for one of the three floors of a bought chain."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    is_seal = name == "seal"
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only"), False
    )
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer.subject if issuer else subject)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(SIGNED_AT - timedelta(days=9)).not_valid_after(SIGNED_AT + timedelta(days=700))
    builder = builder.add_extension(x509.BasicConstraints(ca=not is_seal, path_length=None), critical=True)
    builder = builder.add_extension(
        x509.KeyUsage(digital_signature=is_seal, content_commitment=is_seal, key_cert_sign=not is_seal, **usage),
        critical=True,
    )
    return builder.sign(issuer_key, hashes.SHA256())


def a_bought_seal(passphrase: str = SECRET) -> bytes:
    """An RSA seal with the authority that issued it and that one's root."""
    root_key, inner_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    key = rsa.generate_private_key(65537, 2048)
    root = issued("root", root_key, None, root_key)
    inner = issued("inner", inner_key, root, root_key)
    leaf = issued("seal", key, inner, inner_key)
    locked = serial.BestAvailableEncryption(passphrase.encode()) if passphrase else serial.NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"seal", key, leaf, [root, inner], locked)


@pytest.fixture(scope="module")
def bought() -> bytes:
    a_sealed_pdf()  # made once in a process: with the practice's own seal, before another is named
    return a_bought_seal()


@pytest.fixture(params=["a file", "the environment"])
def named(request: pytest.FixtureRequest, settings: Any, tmp_path: Path, bought: bytes) -> Iterator[None]:
    """The settings name the bought seal, and there is no key folder."""
    settings.KEY_DIR, settings.SEAL_PASSPHRASE = tmp_path / "none", SECRET
    if request.param == "a file":
        (tmp_path / "seal.p12").write_bytes(bought)
        settings.SEAL_PKCS12 = str(tmp_path / "seal.p12")
    else:
        settings.SEAL_PKCS12_BASE64 = base64.b64encode(bought).decode()
    yield


def test_it_seals_and_what_it_sealed_is_genuine(named: None) -> None:
    sealed = seal(first_revision(a_sealed_pdf()[0]), SIGNED_AT)
    root = keys.root_certificate()
    assert judge(sealed, root).status == GENUINE
    assert judge(sealed, a_sealed_pdf()[1]).reason == "It was sealed with another key."
    assert {judge(changed, root).status for changed in flips(sealed, number=150, seed=5)} == {NOT_GENUINE}
    ways = ("junk after the end", "an added annotation", "something in the padding", "the seal cut away")
    assert {judge(TAMPERED[way](sealed), root).status for way in ways} == {NOT_GENUINE}
    pdf_signature.self_test(SIGNED_AT)


@needs("openssl")
def test_openssl_agrees(named: None) -> None:
    sealed = seal(first_revision(a_sealed_pdf()[0]), SIGNED_AT)
    assert verifiers.openssl_accepts(sealed, keys.root_certificate())


@pytest.mark.parametrize(
    ("changes", "error", "says"),
    [
        ({"SEAL_PASSPHRASE": "another"}, keys.KeyUnreadable, "passphrase is not right"),
        ({"SEAL_PKCS12_BASE64": "%%%"}, keys.KeyUnreadable, "cannot be read"),
        ({"SEAL_PKCS12_BASE64": base64.b64encode(b"hello").decode()}, keys.KeyUnreadable, "no PKCS#12 file"),
        ({"SEAL_PKCS12_BASE64": "", "SEAL_PKCS12": "nowhere.p12"}, keys.KeyMissing, "SEAL_PKCS12"),
    ],
)
def test_what_cannot_be_opened_is_said_without_the_secret(
    settings: Any, bought: bytes, changes: dict[str, str], error: type[Exception], says: str
) -> None:
    settings.SEAL_PKCS12_BASE64, settings.SEAL_PASSPHRASE = base64.b64encode(bought).decode(), SECRET
    for name, value in changes.items():
        setattr(settings, name, value)
    for ask in (keys.load_signer, keys.root_certificate):
        with pytest.raises(error, match=says) as refusal:
            ask()
        assert SECRET not in str(refusal.value)

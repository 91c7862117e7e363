"""A seal bought elsewhere: PKCS#12 by file or environment, with the certificates above it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as serial
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.test import override_settings

from agreements.actions import keys, pdf_signature, proving
from agreements.actions.pdf_signature import GENUINE, NOT_GENUINE, judge, seal
from tests import verifiers
from tests.records import SIGNED_AT, a_sealed_pdf
from tests.tampering import TAMPERED, first_revision, flips
from tests.tools import needs

SECRET = "only for tests"


def issued(
    name: str, key: Any, issuer: x509.Certificate | None, issuer_key: Any, *, is_seal: bool = False
) -> x509.Certificate:
    """A certificate for one of the three floors of a bought chain."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
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


@cache
def an_authority() -> tuple[x509.Certificate, x509.Certificate, Any]:
    """One that sells seals: its root, the certificate that it issues with, and the key of that one."""
    root_key, inner_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = issued("root", root_key, None, root_key)
    return root, issued("inner", inner_key, root, root_key), inner_key


def a_bought_seal(passphrase: str = SECRET, name: str = "Riverside Practice", key: Any = None) -> bytes:
    """An RSA seal with the authority that issued it and that one's root."""
    root, inner, inner_key = an_authority()
    key = key or rsa.generate_private_key(65537, 2048)
    leaf = issued(name, key, inner, inner_key, is_seal=True)
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


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(serial.Encoding.PEM) for each in certificates)


@pytest.fixture(scope="module")
def two(bought: bytes) -> dict[str, bytes]:
    """What two customers of one authority sealed, by their names."""
    unsealed, made = first_revision(a_sealed_pdf()[0]), {}
    for name, sold in {"Riverside Practice": bought, "Mallory Ltd": a_bought_seal(name="Mallory Ltd")}.items():
        with override_settings(SEAL_PKCS12_BASE64=base64.b64encode(sold).decode(), SEAL_PASSPHRASE=SECRET):
            made[name] = seal(unsealed, SIGNED_AT)
    return made


def test_a_seal_of_another_customer_of_the_same_authority_is_not_ours(
    named: None, two: dict[str, bytes], bought: bytes
) -> None:
    trusted = keys.root_certificate()
    assert [judge(two[name], trusted).reason for name in two] == [
        "It is exactly as it was sealed.",
        "It was sealed with another key.",
    ]
    root, inner, _key = an_authority()
    for file in (pem(root), pem(inner), pem(root, inner)):
        for name, sealed in two.items():
            verdict = judge(sealed, file)
            assert (verdict.status, verdict.changed) == (NOT_GENUINE, False)
            assert verdict.reason == (
                f"It was sealed by “{name}”. The trust file vouches for that name only, not for whose seal this should"
                " be: it has to hold the certificate of the seal itself."
            )


def test_a_renewed_certificate_of_the_same_key_counts_and_one_without_its_authority_is_said(
    two: dict[str, bytes], bought: bytes
) -> None:
    sealed, (root, inner, inner_key) = two["Riverside Practice"], an_authority()
    held = pkcs12.load_pkcs12(bought, SECRET.encode())
    assert held.cert
    renewed = issued("Riverside Practice", held.key, inner, inner_key, is_seal=True)
    assert judge(sealed, pem(renewed, root)).status == GENUINE
    says = "The trust file does not hold the certificates above that of the seal."
    assert judge(sealed, pem(held.cert.certificate)).reason == says


@pytest.mark.django_db
def test_an_upload_is_held_against_our_own_certificate(named: None, two: dict[str, bytes]) -> None:
    ours, other = (proving.of_file(two[name], SIGNED_AT) for name in two)
    assert ours.reason == "Our key sealed it, but it is not among the documents kept here."
    assert (other.unaltered, other.ours) == (None, False)
    assert other.reason == "It is not one of ours. It was sealed with another key."


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

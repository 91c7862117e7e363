"""The practice's own seal: a root everybody can pin, and the key that signs documents.

Three files in settings.KEY_DIR: seal.key (secret), seal.crt (its certificate) and root.pem (to check with,
may be given away). The root's own key signs one certificate and is forgotten. Instead of them an operator may name a
PKCS#12 file with a bought seal.
"""

from __future__ import annotations

import base64
import os
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

KEY, CERTIFICATE, ROOT = "seal.key", "seal.crt", "root.pem"
NAME = "Between Sessions seal"
ROOT_NAME = "Between Sessions root"
LIFE = timedelta(days=25 * 365 + 6)
EARLY = timedelta(days=1)


class KeyProblem(Exception):
    """The seal's key cannot be used. Its text says what to do."""


class KeyMissing(KeyProblem):
    """There is no key yet, or part of it is gone."""


class KeyUnreadable(KeyProblem):
    """There is a key, but it cannot be read or its files do not belong together."""


class KeyExists(KeyProblem):
    """A key is there already; it is never written over."""


def make_seal_key(now: datetime) -> None:
    """Make the three files, valid from a day before `now` (clocks differ) for 25 years. Raises KeyExists.

    The certificates name no address to ask about revocation: nobody would answer there, and a checker that
    cannot ask calls a good seal bad.
    """
    folder = Path(settings.KEY_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if there := [name for name in (KEY, CERTIFICATE, ROOT) if (folder / name).exists()]:
        raise KeyExists(_("%(files)s stands in the key folder already.") % {"files": ", ".join(there)})
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(ROOT_NAME, root_key.public_key(), None, root_key, now)
    leaf = _certificate(NAME, key.public_key(), root, root_key, now)
    pem = serialization.Encoding.PEM
    _write(folder / ROOT, root.public_bytes(pem))
    _write(folder / CERTIFICATE, leaf.public_bytes(pem))
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _write(folder / KEY, secret)


def load_signer() -> SimpleSigner:
    """The signer, read once in a process and again only when the key file changes.

    Raises KeyMissing or KeyUnreadable.
    """
    if bought := _bought():
        return _signer_of(*bought)
    folder = Path(settings.KEY_DIR)
    try:
        stamp = os.stat(folder / KEY)
    except FileNotFoundError:
        raise KeyMissing(
            _("The key for the seal is missing. Put the key files back from a backup, or run setup on a new machine.")
        ) from None
    except OSError as error:
        raise _unreadable(error) from None
    return _signer(folder, stamp.st_mtime_ns, stamp.st_ino)


def root_certificate() -> bytes:
    """root.pem as it stands, for checking a seal; of a bought one its own certificate and those above, for its root
    stands above the seals of others, too. Raises KeyMissing or KeyUnreadable.
    """
    if bought := _bought():
        return b"".join(each.public_bytes(serialization.Encoding.PEM) for each in _chain_of(*bought))
    return _read(Path(settings.KEY_DIR) / ROOT)


def certificate_ends() -> datetime:
    """When the certificate that seals is over (UTC). Raises KeyMissing or KeyUnreadable."""
    certificate = load_signer().signing_cert
    assert certificate is not None
    ends: datetime = certificate["tbs_certificate"]["validity"]["not_after"].native
    return ends


@lru_cache(maxsize=1)
def _signer(folder: Path, _changed: int, _file: int) -> SimpleSigner:
    secret, leaf = _read(folder / KEY), _read(folder / CERTIFICATE)
    try:
        key = serialization.load_pem_private_key(secret, password=None)
        certificate = x509.load_pem_x509_certificate(leaf)
        root = x509.load_pem_x509_certificate(_read(folder / ROOT))
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise _unreadable(error) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise _unreadable(_("the files do not belong together"))
    return _simple_signer(key, [certificate])


def _bought() -> tuple[bytes, bytes | None] | None:
    """The bought seal's bytes and passphrase, or None where the practice's own is used."""
    try:
        if settings.SEAL_PKCS12_BASE64:
            raw = base64.b64decode(settings.SEAL_PKCS12_BASE64, validate=True)
        elif settings.SEAL_PKCS12:
            raw = Path(settings.SEAL_PKCS12).read_bytes()
        else:
            return None
    except FileNotFoundError:
        raise KeyMissing(_("The file that SEAL_PKCS12 names is missing.")) from None
    except (OSError, ValueError) as error:
        raise _unreadable(error) from None
    return raw, settings.SEAL_PASSPHRASE.encode() or None


@lru_cache(maxsize=1)
def _opened(raw: bytes, passphrase: bytes | None) -> pkcs12.PKCS12KeyAndCertificates:
    try:
        held = pkcs12.load_pkcs12(raw, passphrase)
    except ValueError:
        raise _unreadable(_("the passphrase is not right, or it is no PKCS#12 file")) from None
    if held.key is None or held.cert is None:
        raise _unreadable(_("it holds no key with its certificate"))
    if not isinstance(held.key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise _unreadable(_("only RSA and elliptic curves are used here"))
    return held


def _chain_of(raw: bytes, passphrase: bytes | None) -> list[x509.Certificate]:
    """The certificate of a bought seal, the one that issued it, and so on up."""
    held = _opened(raw, passphrase)
    assert held.cert is not None
    chain, others = [held.cert.certificate], [each.certificate for each in held.additional_certs]
    while above := next((each for each in others if each.subject == chain[-1].issuer and each not in chain), None):
        chain.append(above)
    return chain


@lru_cache(maxsize=1)
def _signer_of(raw: bytes, passphrase: bytes | None) -> SimpleSigner:
    chain = _chain_of(raw, passphrase)
    return _simple_signer(_opened(raw, passphrase).key, chain[:-1] or chain)


def _simple_signer(key: Any, certificates: list[x509.Certificate]) -> SimpleSigner:
    """A signer with the seal's certificate first, and those that go into the seal with it."""
    from asn1crypto import keys as asn1_keys
    from asn1crypto import x509 as asn1_x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    der = serialization.Encoding.DER
    plain = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    leaf, *above = [asn1_x509.Certificate.load(each.public_bytes(der)) for each in certificates]
    return SimpleSigner(
        signing_cert=leaf,
        signing_key=asn1_keys.PrivateKeyInfo.load(plain),
        cert_registry=SimpleCertificateStore.from_certs(above),
    )


def _certificate(
    name: str,
    public_key: ec.EllipticCurvePublicKey,
    issuer: x509.Certificate | None,
    issuer_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    is_root = issuer is None
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only"), False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLY)
        .not_valid_after(now - EARLY + LIFE)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root, content_commitment=not is_root, key_cert_sign=is_root, **usage
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _write(path: Path, content: bytes) -> None:
    """A new file that only its owner may read. Raises KeyExists: an existing one is never replaced."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyExists(_("%(files)s stands in the key folder already.") % {"files": path.name}) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KeyMissing(_("%(file)s is missing. Put it back from a backup.") % {"file": path.name}) from None
    except OSError as error:
        raise _unreadable(error) from None


def _unreadable(why: object) -> KeyUnreadable:
    return KeyUnreadable(
        _("The key for the seal cannot be read (%(why)s). Put the key files back from a backup.") % {"why": why}
    )

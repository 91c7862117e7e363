"""A trusted time for a seal (RFC 3161): asked for where the operator names an authority, never replaced by our clock.

The seal says beforehand which authority it is going to ask: the digest of that authority's root certificate stands in
the signed part of the PDF. So a time can be neither taken away nor put in by somebody else, and whoever checks the seal
needs no file but our own root.
"""

from __future__ import annotations

import hashlib
import secrets
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from agreements.actions.cms_spelling import certificates_of, spelled

if TYPE_CHECKING:
    from asn1crypto.cms import ContentInfo

PATIENCE = 3.0  # seconds for the whole answer
LARGEST = 8 * 1024  # bytes of a token; the seal keeps room for it
APART = timedelta(minutes=10)  # our clock and theirs
ASKS, ANSWERS = "application/timestamp-query", "application/timestamp-reply"


class NoTime(Exception):
    """No trusted time could be had; the text says why."""


def configured() -> bool:
    """Whether the operator named an authority."""
    return bool(settings.TSA_URL)


def authority() -> str:
    """The SHA-256 of the authority's root certificate, as the seal names it. Raises NoTime."""
    return hashlib.sha256(_root().dump()).hexdigest()


async def stamp(signature: bytes, now: datetime) -> ContentInfo:
    """A token for these bytes, checked and spelled our way. Raises NoTime within some four seconds."""
    asked, root = _request(signature), _root()
    try:
        token = _token(_posted(asked.dump()), asked)
        token = spelled(token, await _path(token, signature, root))
        await stamped_at(token, signature, authority(), now)
    except (ValueError, TypeError, KeyError) as error:
        raise NoTime(_("the answer is not in order (%(why)s)") % {"why": " ".join(str(error).split())}) from None
    if len(token.dump()) > LARGEST:
        raise NoTime(_("the answer is too long"))
    return token


async def stamped_at(token: ContentInfo, signature: bytes, named: str, signed_at: datetime) -> datetime:
    """The time of a token, when it is for these bytes and from the authority the seal names (its root's SHA-256).

    Raises ValueError otherwise: also when a certificate too many came along, or the time is not that of the signing.
    """
    roots = [each for each in certificates_of(token) if hashlib.sha256(each.dump()).hexdigest() == named]
    if len(roots) != 1:
        raise ValueError("another authority")
    path = await _path(token, signature, roots[0])
    if {each.dump() for each in path} != {each.dump() for each in certificates_of(token)}:
        raise ValueError("a certificate too many")
    at = told_at(token)
    if abs(at - signed_at) > APART:
        raise ValueError(_("its clock and ours are more than ten minutes apart"))
    return at


def told_at(token: ContentInfo) -> datetime:
    """The time a token tells, UTC, whoever made it."""
    at: datetime = _told(token)["gen_time"].native
    return at


def _root() -> Any:
    from asn1crypto import pem, x509

    try:
        _kind, _headers, der = pem.unarmor(Path(settings.TSA_ROOT).read_bytes())
        root = x509.Certificate.load(der, strict=True)
        root.native  # noqa: B018  asn1crypto reads lazily: this is what finds a broken one
    except (OSError, ValueError, TypeError) as error:
        raise NoTime(_("TSA_ROOT cannot be read (%(why)s)") % {"why": error}) from None
    return root


def _request(signature: bytes) -> Any:
    from asn1crypto import tsp

    asked = {
        "version": "v1",
        "message_imprint": {
            "hash_algorithm": {"algorithm": "sha256"},
            "hashed_message": hashlib.sha256(signature).digest(),
        },
        "nonce": secrets.randbits(63),
        "cert_req": True,
    }
    if settings.TSA_POLICY:
        asked["req_policy"] = settings.TSA_POLICY
    return tsp.TimeStampReq(asked)


def _posted(body: bytes) -> bytes:
    """The authority's answer. A thread of its own, because nothing else bounds the whole of it: name, line, drip."""
    got: list[bytes] = []
    why: list[Exception] = []

    def ask() -> None:
        request = urllib.request.Request(settings.TSA_URL, body, {"Content-Type": ASKS, "Accept": ANSWERS})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                got.append(answer.read(8 * LARGEST))
        except Exception as error:  # whatever the line or the server does, the seal goes on without
            why.append(error)

    thread = Thread(target=ask, daemon=True)
    began = time.monotonic()
    thread.start()
    thread.join(PATIENCE - (time.monotonic() - began))
    if not got:
        raise NoTime(_("no answer from the time authority (%(why)s)") % {"why": why[0] if why else _("too slow")})
    return got[0]


def _token(answer: bytes, asked: Any) -> ContentInfo:
    """The token of an answer to this very question. Raises NoTime or ValueError."""
    from asn1crypto import tsp

    reply = tsp.TimeStampResp.load(answer, strict=True)
    status = reply["status"]["status"].native
    if status not in ("granted", "granted_with_mods"):
        raise NoTime(_("the time authority refused (%(why)s)") % {"why": status})
    token: ContentInfo = reply["time_stamp_token"]
    told = _told(token)
    if told["nonce"].native != asked["nonce"].native:
        raise NoTime(_("the answer is to another question"))
    if settings.TSA_POLICY and told["policy"].dotted != settings.TSA_POLICY:
        raise NoTime(_("the answer is under another policy"))
    return token


def _told(token: ContentInfo) -> Any:
    return token["content"]["encap_content_info"]["content"].parsed


async def _path(token: ContentInfo, signature: bytes, root: Any) -> list[Any]:
    """The certificates from the one that stamped up to `root`, of a token that holds for these bytes.

    Raises ValueError when it does not hold, or does not say which certificate stamped it.
    """
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_tst_signed_data
    from pyhanko.sign.validation.status import TimestampSignatureStatus
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=[root], moment=told_at(token), allow_fetching=False)
    (signer,) = token["content"]["signer_infos"]
    if get_signing_cert_attr(signer["signed_attrs"]) is None:
        raise ValueError("the certificate is not named")
    try:
        facts = await validate_tst_signed_data(
            token["content"], context, lambda name: hashlib.new(name, signature).digest()
        )
    except SignatureValidationError as error:
        raise ValueError(str(error)) from None
    status = TimestampSignatureStatus(**facts)
    if not (status.intact and status.valid and status.trusted) or status.validation_path is None:
        raise ValueError(_("its certificate is not one we trust"))
    return list(status.validation_path.iter_certs(include_root=True))

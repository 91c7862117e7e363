"""Whether a sealed PDF is still what was sealed, by its bytes and a trust file: no database, no network.

A valid signature alone says too little: libraries call a file valid that had something added after its end. So the
bytes decide first, then the certificate, and only a file that came from our key is ever opened as a PDF: a hostile one
costs no time.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from agreements.actions import timestamps, trust
from agreements.actions.cms_spelling import certificates_of, leaf_of, spelled

if TYPE_CHECKING:
    from asn1crypto.cms import ContentInfo
    from pyhanko_certvalidator import ValidationContext

    from agreements.actions.trust import Trust

GENUINE, NOT_GENUINE, UNREADABLE = "genuine", "not genuine", "unreadable"
LARGEST = 5 * 1024 * 1024
LONGEST_SEAL = 64 * 1024
RANGE = re.compile(rb"/ByteRange\s{0,9}\[\s{0,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{0,20}\]")
BROKEN = re.compile(rb"/ByteRange \[0(?!(?:\s+\d+){3}\s*\])[^\]]{9,60}\]")  # ours, but for its numbers
TOKEN = "signature_time_stamp_token"


@dataclass(frozen=True)
class Verdict:
    """What a file is ("genuine", "not genuine" or "unreadable"), and why, in plain words.

    `stamped_at` is the time authority's word for when it was sealed; None where it carries none. `changed` says of a
    file that is not genuine that it is no longer what its seal covers.
    """

    status: str
    reason: str
    stamped_at: datetime | None = None
    changed: bool = False


class _Fault(Exception):
    """Why a file is not genuine; `changed` when it carries our seal or another and is not what that covers."""

    def __init__(self, why: str, changed: bool = False) -> None:
        super().__init__(why)
        self.changed = changed


def judge(pdf: bytes, trusted: bytes) -> Verdict:
    """Whether the file is, byte for byte, what the key sealed that a trust file means (PEM, trust.py).

    The date of the signing is not judged: without a timestamp it is only what the sealing machine said.
    Raises KeyUnreadable when `trusted` holds no certificate.
    """
    believed = trust.read(trusted)
    if not looks_like_pdf(pdf):
        return Verdict(UNREADABLE, _("This is not a readable PDF."))
    try:
        covered, contents = _cut(pdf)
        info, context = _read_seal(covered, contents, believed)
        _check_seal(covered, info, context, believed)
        stamped_at = _check_time(info, *_check_opened(pdf, context))
    except _Fault as fault:
        return Verdict(NOT_GENUINE, str(fault), changed=fault.changed)
    return Verdict(GENUINE, _("It is exactly as it was sealed."), stamped_at)


def stamped_at(sealed: bytes) -> datetime | None:
    """The trusted time of a file that was judged before; None where it carries none."""
    try:
        token = _token_of(_loaded(_cut(sealed)[1]))
    except (_Fault, ValueError):
        return None
    return timestamps.told_at(token) if token else None


def certificate_ended(sealed: bytes, now: datetime) -> datetime | None:
    """When the certificate of a file that was judged before was over; None while it holds at `now`."""
    try:
        ends: datetime = leaf_of(_loaded(_cut(sealed)[1]))["tbs_certificate"]["validity"]["not_after"].native
    except (_Fault, ValueError):
        return None
    return ends if ends < now else None


def is_sealed(content: bytes) -> bool:
    """Whether anything in a file says that it carries a seal, ours or another's, whole or broken."""
    return b"/ByteRange" in content


def looks_like_pdf(content: bytes) -> bool:
    """Whether a file begins as a PDF begins."""
    return content.startswith(b"%PDF-")


def finished(work: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine, also where an event loop is running already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


def _cut(pdf: bytes) -> tuple[bytes, bytes]:
    """The bytes the seal covers and the seal itself. Every byte of the file is one, the other, or a zero."""
    if len(pdf) > LARGEST:
        raise _Fault(_("It is larger than any document sealed here."))
    found = RANGE.findall(pdf)
    if not found:
        raise _changed() if BROKEN.search(pdf) else _Fault(_("It carries no seal."))
    if len(found) > 1 or pdf.count(b"/ByteRange") > 1:
        raise _Fault(_("It carries more than one seal."))
    start, before, after, rest = map(int, found[0])
    if start != 0 or after + rest != len(pdf) or not before < after or after - before > 2 * LONGEST_SEAL:
        raise _changed()
    gap = pdf[before:after]
    if not re.fullmatch(rb"<(?:[0-9a-f]{2})+>", gap):
        raise _changed()
    return pdf[:before] + pdf[after:], bytes.fromhex(gap[1:-1].decode("ascii"))


def _read_seal(covered: bytes, contents: bytes, believed: Trust) -> tuple[ContentInfo, ValidationContext]:
    """The seal, read and written again: had one bit of it changed, the two would differ."""
    from pyhanko_certvalidator import ValidationContext

    try:
        info = _loaded(contents)
        der = info.dump()
        if _digest_in(info) != hashlib.sha256(covered).digest():
            raise _changed()
        again = _written_again(info)
        context = ValidationContext(
            trust_roots=believed.anchors,
            other_certs=[],
            moment=leaf_of(info)["tbs_certificate"]["validity"]["not_before"].native,
            allow_fetching=False,
        )
    except Exception:  # whatever a broken seal makes the reader stumble over, and what is said above
        raise _changed() from None
    if again != der or contents[: len(der)] != der or contents[len(der) :].strip(b"\0"):
        raise _changed()
    return info, context


def _loaded(contents: bytes) -> ContentInfo:
    from asn1crypto.cms import ContentInfo

    return ContentInfo.load(contents)


def _digest_in(info: ContentInfo) -> bytes:
    """The SHA-256 that the seal says it covers: most changes show here, before anything is checked that costs time."""
    (signer,) = info["content"]["signer_infos"]
    (found,) = [each for each in signer["signed_attrs"] if each["type"].native == "message_digest"]
    (digest,) = found["values"]
    return bytes(digest.native)


def _token_of(info: ContentInfo) -> ContentInfo | None:
    """The token of a trusted time, the one unsigned thing a seal may carry. Raises ValueError on anything else."""
    (signer,) = info["content"]["signer_infos"]
    if not signer["unsigned_attrs"]:
        return None
    (attribute,) = signer["unsigned_attrs"]
    (token,) = attribute["values"]
    if attribute["type"].native != TOKEN:
        raise ValueError(attribute["type"].native)
    return token


def _written_again(info: ContentInfo) -> bytes:
    """A seal as ours are written, with this one's certificates, signed attributes, signature and time."""
    token, unsigned = _token_of(info), []
    if token is not None:
        unsigned.append({"type": TOKEN, "values": [spelled(token, certificates_of(token))]})
    return bytes(spelled(info, certificates_of(info), unsigned).dump())


def _check_seal(covered: bytes, info: ContentInfo, context: ValidationContext, believed: Trust) -> None:
    from pyhanko.sign.validation.generic_cms import async_validate_detached_cms

    try:
        status = finished(async_validate_detached_cms(covered, info["content"], context))
    except Exception:  # a seal that cannot even be checked is not ours
        raise _changed() from None
    if not (status.intact and status.valid):
        raise _changed()
    if not status.trusted or status.validation_path is None:
        raise _Fault(_("It was sealed with another key."))
    path = list(status.validation_path.iter_certs(include_root=True))
    came_along = {each.dump() for each in certificates_of(info)}
    if len(path) == 1 and len(came_along) > 1:
        raise _Fault(_("The trust file does not hold the certificates above that of the seal."))
    if not came_along <= {each.dump() for each in path}:
        raise _changed()
    _check_whose(path, believed)


def _check_whose(path: list[Any], believed: Trust) -> None:
    """Authorities issue seals for others, too."""
    if believed.believes(path):
        return
    if not believed.names_no_seal:
        raise _Fault(_("It was sealed with another key."))
    says = _(
        "It was sealed by “%(name)s”. The trust file vouches for that name only, not for whose seal this should be:"
    )
    more = _("it has to hold the certificate of the seal itself.")
    raise _Fault(" ".join((says, more)) % {"name": trust.name_in(path[-1])})


def _check_time(info: ContentInfo, named: str, signed_at: datetime) -> datetime | None:
    """The trusted time, when the seal names an authority; a seal that names none carries none."""
    token = _token_of(info)
    if token is None and not named:
        return None
    (signer,) = info["content"]["signer_infos"]
    try:
        if token is None:
            raise ValueError("taken away")
        at: datetime = finished(timestamps.stamped_at(token, signer["signature"].native, named, signed_at))
    except Exception:  # whatever a broken token makes the reader stumble over
        raise _changed() from None
    return at


def _check_opened(pdf: bytes, context: ValidationContext) -> tuple[str, datetime]:
    """What the PDF itself says of its seal, whose bytes are ours by now: its time authority and its date."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
        status = finished(async_validate_pdf_signature(found[0], context, skip_diff=True))
        whole = found[0].coverage == SignatureCoverageLevel.ENTIRE_FILE
        locked = found[0].docmdp_level == MDPPerm.NO_CHANGES
        made_by = found[0].sig_object.get("/Prop_Build", {}).get("/App", {})
        named, signed_at = str(made_by.get("/REx", "")), found[0].self_reported_timestamp
    except Exception as error:
        raise _Fault(_("Its seal cannot be checked (%(why)s).") % {"why": error}) from None
    if len(found) != 1 or not (status.valid and status.intact and status.trusted and whole and locked):
        raise _Fault(_("Its seal does not cover it whole."))
    return named, signed_at


def _changed() -> _Fault:
    return _Fault(_("It was changed after it was sealed."), changed=True)

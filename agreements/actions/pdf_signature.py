"""The seal of a PDF: put it on once, and tell whether a file is still what was sealed.

One PAdES signature (baseline B-B) that allows no change, over the whole file. A valid signature alone says too
little: libraries call a file valid that had something added after its end. So the bytes decide first, then the
certificate, and only a file that came from our key is ever opened as a PDF: a hostile one costs no time.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from agreements.actions.keys import KeyProblem, KeyUnreadable, load_signer, root_certificate

if TYPE_CHECKING:
    from asn1crypto.cms import ContentInfo
    from pyhanko_certvalidator import ValidationContext

GENUINE, NOT_GENUINE, UNREADABLE = "genuine", "not genuine", "unreadable"
FIELD = "Seal"
LARGEST = 5 * 1024 * 1024
LONGEST_SEAL = 64 * 1024
RANGE = re.compile(rb"/ByteRange\s{0,9}\[\s{0,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{0,20}\]")
DER_HEAD = 4


class SealRefused(Exception):
    """The PDF was not sealed; the text says why."""


@dataclass(frozen=True)
class Verdict:
    """What a file is ("genuine", "not genuine" or "unreadable"), and why, in plain words."""

    status: str
    reason: str


class _Fault(Exception):
    """Why a file is not genuine."""


def seal(pdf: bytes, now: datetime) -> bytes:
    """The PDF with the practice's seal on it, dated `now`, checked before it is given back.

    Raises SealRefused, KeyMissing or KeyUnreadable.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    spec = SigFieldSpec(
        sig_field_name=FIELD,
        readable_field_name=_("Seal of this document"),
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
    signer = load_signer()
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        session = PdfSigner(meta, signer, new_field_spec=spec).init_signing_session(writer)
        session.system_time = now.astimezone(UTC)
        sealed = _one_spelling(_finished(_signed(session)).getvalue())
    except Exception as error:  # pyHanko has no common base: whatever stops the seal is told, never passed over
        raise SealRefused(_("The seal could not be put on (%(why)s).") % {"why": error}) from error
    verdict = judge(sealed, root_certificate())
    if verdict.status != GENUINE:
        raise SealRefused(_("The fresh seal did not hold: %(why)s") % {"why": verdict.reason})
    return sealed


def judge(pdf: bytes, root_pem: bytes) -> Verdict:
    """Whether the file is, byte for byte, what the key behind this root sealed.

    The date of the signing is not judged: without a timestamp it is only what the sealing machine said.
    Raises KeyUnreadable when `root_pem` is no certificate.
    """
    root = _root(root_pem)
    if not looks_like_pdf(pdf):
        return Verdict(UNREADABLE, _("This is not a readable PDF."))
    try:
        covered, contents = _cut(pdf)
        info, context = _read_seal(contents, root)
        _check_seal(covered, info, context)
        _check_opened(pdf, context)
    except _Fault as fault:
        return Verdict(NOT_GENUINE, str(fault))
    return Verdict(GENUINE, _("It is exactly as it was sealed."))


def looks_like_pdf(content: bytes) -> bool:
    """Whether a file begins as a PDF begins."""
    return content.startswith(b"%PDF-")


async def _signed(session: Any) -> Any:
    """The steps of pyHanko's own `sign_pdf`, for a session whose time we have set."""
    from pyhanko.sign.signers.pdf_signer import PdfCMSSignedAttributes

    reserved = await session.estimate_signature_container_size(None)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=reserved)
    digest, output = document.digest_tbs_document()
    await document.perform_signature(
        document_digest=digest.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=session.system_time),
    )
    return output


def _one_spelling(sealed: bytes) -> bytes:
    """The seal's hexadecimal digits in lower case, as `judge` wants them: the seal does not cover itself."""
    (_start, before, after, _rest) = map(int, RANGE.findall(sealed)[0])
    return sealed[:before] + sealed[before:after].lower() + sealed[after:]


def _finished(work: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine, also where an event loop is running already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


def _root(root_pem: bytes) -> Any:
    from asn1crypto import pem, x509

    try:
        _kind, _headers, der = pem.unarmor(root_pem)
        root = x509.Certificate.load(der, strict=True)
        root.native  # noqa: B018  asn1crypto reads lazily: this is what finds a broken one
    except (ValueError, TypeError) as error:
        raise KeyUnreadable(_("The root certificate cannot be read (%(why)s).") % {"why": error}) from None
    return root


def _cut(pdf: bytes) -> tuple[bytes, bytes]:
    """The bytes the seal covers and the seal itself. Every byte of the file is one, the other, or a zero."""
    if len(pdf) > LARGEST:
        raise _Fault(_("It is larger than any document sealed here."))
    found = RANGE.findall(pdf)
    if not found:
        raise _Fault(_("It carries no seal."))
    if len(found) > 1 or pdf.count(b"/ByteRange") > 1:
        raise _Fault(_("It carries more than one seal."))
    start, before, after, rest = map(int, found[0])
    if start != 0 or after + rest != len(pdf) or not before < after or after - before > 2 * LONGEST_SEAL:
        raise _changed()
    gap = pdf[before:after]
    if not re.fullmatch(rb"<(?:[0-9a-f]{2})+>", gap):
        raise _changed()
    return pdf[:before] + pdf[after:], bytes.fromhex(gap[1:-1].decode("ascii"))


def _read_seal(contents: bytes, root: Any) -> tuple[ContentInfo, ValidationContext]:
    """The seal, read and written again: had one bit of it changed, the two would differ."""
    from asn1crypto.cms import ContentInfo
    from pyhanko_certvalidator import ValidationContext

    try:
        info = ContentInfo.load(contents)
        der = info.dump()
        again = _written_again(info)
        (certificate,) = info["content"]["certificates"]
        context = ValidationContext(
            trust_roots=[root],
            other_certs=[],
            moment=certificate.chosen["tbs_certificate"]["validity"]["not_before"].native,
            allow_fetching=False,
        )
    except Exception:  # whatever a broken seal makes the reader stumble over
        raise _changed() from None
    if again != der or contents[: len(der)] != der or contents[len(der) :].strip(b"\0"):
        raise _changed()
    return info, context


def _written_again(info: ContentInfo) -> bytes:
    """A seal as ours are written, with this one's certificate, signed attributes and signature."""
    from asn1crypto import cms

    (certificate,) = info["content"]["certificates"]
    (signer,) = info["content"]["signer_infos"]
    leaf = certificate.chosen
    digest = {"algorithm": "sha256"}
    written = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": leaf.issuer, "serial_number": leaf.serial_number}
                    )
                }
            ),
            "digest_algorithm": digest,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signed_attrs": signer["signed_attrs"],
            "signature": signer["signature"].native,
        }
    )
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [digest],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [written],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


def _check_seal(covered: bytes, info: ContentInfo, context: ValidationContext) -> None:
    from pyhanko.sign.validation.generic_cms import async_validate_detached_cms

    try:
        status = _finished(async_validate_detached_cms(covered, info["content"], context))
    except Exception:  # a seal that cannot even be checked is not ours
        raise _changed() from None
    if not (status.intact and status.valid):
        raise _changed()
    if not status.trusted:
        raise _Fault(_("It was sealed with another key."))


def _check_opened(pdf: bytes, context: ValidationContext) -> None:
    """What the PDF itself says of its seal. The bytes are ours by now."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
        status = _finished(async_validate_pdf_signature(found[0], context, skip_diff=True))
        whole = found[0].coverage == SignatureCoverageLevel.ENTIRE_FILE
        locked = found[0].docmdp_level == MDPPerm.NO_CHANGES
    except Exception as error:
        raise _Fault(_("Its seal cannot be checked (%(why)s).") % {"why": error}) from None
    if len(found) != 1 or not (status.valid and status.intact and status.trusted and whole and locked):
        raise _Fault(_("Its seal does not cover it whole."))


def _changed() -> _Fault:
    return _Fault(_("It was changed after it was sealed."))


__all__ = ["GENUINE", "NOT_GENUINE", "UNREADABLE", "KeyProblem", "SealRefused", "Verdict", "judge", "seal"]

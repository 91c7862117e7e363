"""The seal of a PDF, put on once: one PAdES signature over the whole file that allows no change.

Baseline B-B, or B-T where a time authority is named and answers.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from agreements.actions import timestamps
from agreements.actions.cms_spelling import certificates_of, spelled
from agreements.actions.keys import KeyProblem, load_signer, root_certificate
from agreements.actions.pdf_verdict import GENUINE, NOT_GENUINE, RANGE, TOKEN, UNREADABLE, Verdict, finished, judge

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "Seal"
LOG = logging.getLogger(__name__)
_reserved: dict[bytes, int] = {}  # how much room a seal with this certificate takes: asked for once, by a trial


class SealRefused(Exception):
    """The PDF was not sealed; the text says why."""


def seal(pdf: bytes, now: datetime) -> bytes:
    """The PDF with the practice's seal on it, dated `now`, checked before it is given back.

    With a trusted time where an authority is named and answers in order; else without any. Raises SealRefused,
    KeyMissing or KeyUnreadable.
    """
    if timestamps.configured():
        try:
            return _sealed(pdf, now, timestamps.authority())
        except timestamps.NoTime as problem:
            LOG.warning("A document is sealed without a trusted time: %s.", problem)
    return _sealed(pdf, now, "")


def self_test(now: datetime) -> None:
    """Seal an empty page and check it, as a real one would be; no authority is asked. Raises SealRefused, KeyMissing or
    KeyUnreadable.
    """
    from pypdf import PdfWriter

    writer, page = PdfWriter(), BytesIO()
    writer.add_blank_page(72, 72)
    writer.write(page)
    _sealed(page.getvalue(), now, "")


def _sealed(pdf: bytes, now: datetime, authority: str) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.signers.pdf_byterange import BuildProps

    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        app_build_props=BuildProps(name="TimeAuthority", revision=authority) if authority else None,
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
        sealed = _one_spelling(finished(_signed(session, signer, now if authority else None)).getvalue())
    except timestamps.NoTime:
        raise
    except Exception as error:  # pyHanko has no common base: whatever stops the seal is told, never passed over
        LOG.exception("The seal could not be put on")
        words = _("The seal could not be put on. What you signed is kept. The log of the server says why.")
        raise SealRefused(words) from error
    verdict = judge(sealed, root_certificate())
    if verdict.status != GENUINE:
        raise SealRefused(_("The fresh seal did not hold: %(why)s") % {"why": verdict.reason})
    return sealed


async def _signed(session: Any, signer: SimpleSigner, stamp_at: datetime | None) -> Any:
    """The steps of pyHanko's own `sign_pdf`, for a session whose time we have set; a trusted time is asked for last."""
    from pyhanko.sign.signers.pdf_signer import PdfCMSSignedAttributes

    assert signer.signing_cert is not None
    certificate = signer.signing_cert.sha256
    if (reserved := _reserved.get(certificate)) is None:
        _reserved.clear()
        reserved = _reserved[certificate] = await session.estimate_signature_container_size(None)
    room = 2 * timestamps.LARGEST if stamp_at else 0
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=reserved + room)
    digest, output = document.digest_tbs_document()
    attributes = PdfCMSSignedAttributes(signing_time=session.system_time)
    info = await signer.async_sign(digest.document_digest, "sha256", use_pades=True, signed_attr_settings=attributes)
    unsigned = []
    if stamp_at:
        (signature,) = (each["signature"].native for each in info["content"]["signer_infos"])
        unsigned.append({"type": TOKEN, "values": [await timestamps.stamp(signature, stamp_at)]})
    digest.fill_with_cms(output, spelled(info, certificates_of(info), unsigned))
    return output


def _one_spelling(sealed: bytes) -> bytes:
    """The seal's hexadecimal digits in lower case, as `judge` wants them: the seal does not cover itself."""
    (_start, before, after, _rest) = map(int, RANGE.findall(sealed)[0])
    return sealed[:before] + sealed[before:after].lower() + sealed[after:]


__all__ = ["GENUINE", "NOT_GENUINE", "UNREADABLE", "KeyProblem", "SealRefused", "Verdict", "judge", "seal"]

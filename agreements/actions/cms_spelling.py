"""One way to write a CMS signature down. What is read and written again must be the same bytes: a signature does not
cover itself, so whatever it leaves open is closed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import asn1crypto.tsp  # noqa: F401  # it adds names to CMS, which must be known before the first CMS is read

if TYPE_CHECKING:
    from asn1crypto.cms import ContentInfo


def leaf_of(info: ContentInfo) -> Any:
    """The certificate of the one who signed. Raises ValueError when it is not there exactly once."""
    (signer,) = info["content"]["signer_infos"]
    named = signer["sid"].chosen
    (leaf,) = [
        each
        for each in certificates_of(info)
        if each.issuer == named["issuer"] and each.serial_number == named["serial_number"].native
    ]
    return leaf


def certificates_of(info: ContentInfo) -> list[Any]:
    """The certificates that came along."""
    return [each.chosen for each in info["content"]["certificates"]]


def spelled(info: ContentInfo, certificates: Sequence[Any], unsigned: Sequence[dict[str, Any]] = ()) -> ContentInfo:
    """The signature as we write it: with these certificates, its own signed attributes, and `unsigned` ones.

    The signer is named by issuer and serial number. Raises ValueError or TypeError on what is no such signature.
    """
    from asn1crypto import cms

    (signer,) = info["content"]["signer_infos"]
    leaf, content = leaf_of(info), info["content"]["encap_content_info"]
    kind = content["content_type"].native
    digest = {"algorithm": signer["digest_algorithm"]["algorithm"].native}
    sid = cms.IssuerAndSerialNumber({"issuer": leaf.issuer, "serial_number": leaf.serial_number})
    written: dict[str, Any] = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": sid}),
        "digest_algorithm": digest,
        "signature_algorithm": signer["signature_algorithm"].native,
        "signed_attrs": signer["signed_attrs"],
        "signature": signer["signature"].native,
    }
    if unsigned:
        written["unsigned_attrs"] = list(unsigned)
    data = {
        "version": "v1" if kind == "data" else "v3",
        "digest_algorithms": [digest],
        "encap_content_info": {"content_type": kind, **({} if kind == "data" else {"content": content["content"]})},
        "certificates": [_certificate(each) for each in certificates],
        "signer_infos": [cms.SignerInfo(written)],
    }
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)})


def _certificate(certificate: Any) -> Any:
    """A certificate whose outer part repeats what its signed part says."""
    from asn1crypto import x509

    signed = certificate["tbs_certificate"]
    algorithm, value = signed["signature"], certificate["signature_value"].native
    return x509.Certificate(
        {"tbs_certificate": signed, "signature_algorithm": algorithm.copy(), "signature_value": value}
    )

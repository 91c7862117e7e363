"""Whose seal is believed: what the certificates of a trust file say.

An authority that sells seals vouches for a name, and for as many names as it has customers. So a trust file has to hold
the seal's own certificate. Only a root that a practice made itself is enough alone: its key signed one certificate and
is forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.actions.keys import ROOT_NAME, KeyUnreadable

LONGEST_NAME = 100


@dataclass(frozen=True)
class Trust:
    """The certificates of a trust file, as they stand there."""

    certificates: tuple[Any, ...]

    @property
    def anchors(self) -> list[Any]:
        """The topmost ones: those that none of the others issued; no seal is one where an authority is there."""
        known = [each for each in self.certificates if each.ca] or self.certificates
        return [each for each in known if not any(each.issuer == other.subject for other in known if other != each)]

    def believes(self, path: Sequence[Any]) -> bool:
        """Whether the seal at the end of a proven path, from its anchor down, is the one the file means.

        A certificate with the same key counts too: it was renewed.
        """
        keys = {each.public_key.dump() for each in self.certificates}
        return path[-1].public_key.dump() in keys or _is_self_made(path[0])

    @property
    def names_no_seal(self) -> bool:
        """Whether it holds authorities only."""
        return all(each.ca for each in self.certificates)


def read(pem_file: bytes) -> Trust:
    """The certificates in a file in PEM. Raises KeyUnreadable when there is none, or one cannot be read."""
    from asn1crypto import pem, x509

    try:
        found = [der for kind, _headers, der in pem.unarmor(pem_file, multiple=True) if kind == "CERTIFICATE"]
        certificates = tuple(x509.Certificate.load(der, strict=True) for der in found)
        for each in certificates:
            each.native  # noqa: B018  asn1crypto reads lazily: this is what finds a broken one
        if not certificates:
            raise ValueError(_("it holds none"))
    except (ValueError, TypeError) as error:
        raise KeyUnreadable(_("The root certificate cannot be read (%(why)s).") % {"why": error}) from None
    return Trust(certificates)


def name_in(certificate: Any) -> str:
    """Whom a certificate names, in one short line."""
    named = certificate.subject.native.get("common_name") or certificate.subject.human_friendly
    return "".join(char for char in str(named) if char.isprintable())[:LONGEST_NAME]


def _is_self_made(root: Any) -> bool:
    """Whether it is a root as `keys.make_seal_key` makes them."""
    limits = root.basic_constraints_value
    return (
        root.issuer == root.subject
        and root.subject.native == {"common_name": ROOT_NAME}
        and limits is not None
        and limits.native == {"ca": True, "path_len_constraint": 0}
    )

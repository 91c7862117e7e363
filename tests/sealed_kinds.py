"""One sealed file of each kind of document, made once in a process under one key."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from django.utils import timezone

from agreements.actions import keys, pdf, pdf_signature
from agreements.rules.record import Sealed
from agreements.rules.vocabulary import Outcome, Paper, SignatureKind
from tests import time_authority
from tests.records import SIGNED_AT, a_key_folder, a_record, a_short_record, marks, signed

STAMPED = "stamped by an authority"
KINDS = (
    "drawn on Letter",
    "by hand on A4",
    "typed, a later version",
    "no texting",
    "not for now",
    "large print",
    STAMPED,
)


@cache
def sealed_kinds() -> tuple[dict[str, bytes], bytes]:
    """The files by kind, and the root certificate behind their seal. The last kind needs openssl: see `stamped`."""
    record, letter = a_record(), drawn()
    later = replace(record, replaces="a" * 64, changed=("How often", "At night"), number=2, demo=True)
    on_a4 = replace(record, paper=Paper.A4)
    made = {
        "drawn on Letter": letter,
        "by hand on A4": pdf.render(signed(on_a4, SignatureKind.PAPER), marks(on_a4, SignatureKind.PAPER)),
        "typed, a later version": pdf.render(signed(later, SignatureKind.TYPED), marks(later, SignatureKind.TYPED)),
        "no texting": pdf.render(Sealed.of(a_short_record(Outcome.NO_TEXTING)), []),
        "not for now": pdf.render(Sealed.of(a_short_record(Outcome.NOT_FOR_NOW)), []),
        "large print": pdf.render(signed(record), marks(record), large=True),
    }
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        return {kind: pdf_signature.seal(each, SIGNED_AT) for kind, each in made.items()}, keys.root_certificate()


@cache
def drawn() -> bytes:
    """The unsealed agreement."""
    return pdf.render(signed(a_record()), marks(a_record()))


@cache
def stamped() -> tuple[bytes, bytes, bytes]:
    """A file stamped by an authority on this machine, the root of its seal, the authority's root. Needs openssl."""
    now = timezone.now()
    with a_key_folder(), time_authority.running() as folder:
        keys.make_seal_key(now)
        made = pdf_signature.seal(drawn(), now)
        return made, keys.root_certificate(), (folder / "root.pem").read_bytes()


def of_kind(kind: str) -> tuple[bytes, bytes]:
    """The sealed file of a kind, and its root."""
    if kind == STAMPED:
        return stamped()[:2]
    made, root = sealed_kinds()
    return made[kind], root

"""Who signs, in which order, and the facts that stand under each signature. The software decides no law: who must sign
is what the therapist set (H15, H20). The caller activates the language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agreements.rules.vocabulary import Known, Role, SignatureKind

HELPERS = (Role.INTERPRETER, Role.HELPER)
ADDED = (Role.PARTNER, Role.GUARDIAN, Role.COVERING, *HELPERS)  # whom a therapist may add, in any number
ORDER = tuple(Role)
STAYS_FROZEN = timedelta(days=14)  # how long a text that the client signed waits for somebody who signs another day


def key_of(role: str, number: int) -> str:
    """The key of a person within one agreement: "client", "guardian", "guardian-2". It never names them."""
    return str(role) if number == 1 else f"{role}-{number}"


def role_of(key: str) -> Role:
    """The role in a key. Raises ValueError for what is no key."""
    return Role(key.partition("-")[0])


def number_of(key: str) -> int:
    """Which one of their role a key is. Raises ValueError for what is no key."""
    role, _dash, number = key.partition("-")
    if role not in Role:
        raise ValueError(key)
    return int(number or 1)


def in_order(keys: Iterable[str]) -> list[str]:
    """Keys as people stand on the paper and sign: the client first, the therapist after partners and guardians."""
    return sorted(keys, key=lambda key: (ORDER.index(role_of(key)), len(key), key))


def awaited(signers: Collection[str], signed: Collection[str]) -> list[str]:
    """Whose signature is still missing, in the order of signing."""
    return [key for key in in_order(signers) if key not in signed]


def may_sign(key: str, signers: Collection[str], signed: Collection[str]) -> bool:
    """Whether it is this person's turn: the client first, the therapist last, all others in any order between."""
    left = awaited(signers, signed)
    if key not in left:
        return False
    if key == Role.CLIENT or Role.CLIENT not in left:
        return key != Role.THERAPIST or left == [Role.THERAPIST]
    return False


def waits_for_somebody(
    frozen_on: date, today: date, *, review_on: date | None, signers: Collection[str], signed: Collection[str]
) -> bool:
    """Whether a text of an earlier day may still be signed without reading it together anew (local days).

    With two people a day later is a new reading: its dates would be old. Where more must sign, one of them may come
    another day: what the client signed waits two weeks for them, and never until the day of the review.
    """
    joined = bool(set(signers) - {Role.CLIENT, Role.THERAPIST})
    return joined and Role.CLIENT in signed and today <= last_day(frozen_on, review_on)


def last_day(frozen_on: date, review_on: date | None) -> date:
    """The last local day on which a text of `frozen_on` waits for somebody: before the look at it, in any case."""
    waits = frozen_on + STAYS_FROZEN
    return waits if review_on is None else min(waits, review_on - timedelta(days=1))


def intent(role: str, *, therapist: str) -> str:
    """What a person means by signing, in their own voice: it stands beside the button and under the signature."""
    says = {
        Role.GUARDIAN: _("I consent to this. I mean this as my signature."),
        Role.COVERING: _("I have read this. I stand in when %(therapist)s is away. I mean this as my signature."),
    }
    agree = _("I agree to this. I mean this as my signature.")
    return says.get(Role(role), agree) % {"therapist": therapist}


def on_screen(kind: str) -> str:
    """The agreement to sign on a screen, given by the same tap; nothing where the mark is made by hand."""
    return "" if kind == SignatureKind.PAPER else _("I agree to sign on a screen. I can ask for paper.")


def known_words(known: str, *, client: str, therapist: str) -> str:
    """Who knew the person and how; "" where nothing was recorded."""
    says = {
        Known.PERSON: _("Known to %(therapist)s in person."),
        Known.DOCUMENT: _("Showed %(therapist)s a document with a photo."),
        Known.INTRODUCED: _("Introduced to %(therapist)s by %(client)s, in the room."),
        Known.SIGNED_IN: _("Signed in with their own password."),
    }
    return says[Known(known)] % {"client": client, "therapist": therapist} if known else ""


def printed_role(role: str) -> str:
    """A person's place as it stands after their name."""
    says = {
        Role.CLIENT: _("client"), Role.PARTNER: _("partner"), Role.GUARDIAN: _("guardian"),
        Role.COVERING: _("covering therapist"), Role.THERAPIST: _("therapist"),
        Role.INTERPRETER: _("interpreter"), Role.HELPER: _("helper"),
    }  # fmt: skip
    return says[Role(role)]

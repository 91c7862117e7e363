"""Who takes part in an agreement, and whom it waits for. Never writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from agreements.models import Agreement, Draft, Party
from agreements.reads.room import Room
from agreements.rules import dates, signing
from agreements.rules.shown_names import Naming, initials
from agreements.rules.steps import SIGNERS
from agreements.rules.vocabulary import Role, SignatureKind


@dataclass(frozen=True)
class PersonSeen:
    """One person as the desk shows them: their place, and what they do about signing. `may_change`: they were added."""

    party: Party
    role: str
    does: str
    may_change: bool


def takes_part(agreement: Agreement) -> dict[str, Any]:
    """The context of the page "Who signs": everybody in the order of signing.

    `tells_nothing`: a guardian takes part, and the open round's wording does not say what a guardian sees (H20).
    """
    people = {party.key: party for party in agreement.parties.filter(gone=False)}
    in_order = [people[key] for key in signing.in_order(people)]
    draft = Draft.objects.filter(agreement=agreement, set_aside_at=None).order_by("-number").first()
    asked = draft and draft.edition.clauses.filter(topic="guardian").exists()
    has_guardian = any(party.role == Role.GUARDIAN for party in in_order)
    return {
        "agreement": agreement,
        "client": agreement.client,
        "people": [_seen(party) for party in in_order],
        "tells_nothing": bool(draft and has_guardian and not asked),
    }


def named(awaited: Iterable[Party], naming: Naming) -> list[str]:
    """Those who are waited for, as a list that others may see names them; the therapist, whose list it is, is "you"."""
    return [_named(party, naming) for party in awaited]


def either_of_a_couple(agreement: Agreement) -> str:
    """The client, as they are called; of a couple one of them, and it is not asked or kept which."""
    partners = [party.called for party in agreement.parties.filter(role=Role.PARTNER, gone=False)]
    if not partners:
        return str(agreement.client.called)
    return _("%(client)s or %(others)s") % {"client": agreement.client.called, "others": ", ".join(partners)}


def may_stop(agreement: Agreement) -> dict[str, Any]:
    """Who may stop texting, as they are called: the client, the therapist, and by key the `others`, who stop at once.

    A partner stops their own texting. A guardian takes back the consent they signed; who did not sign gave none.
    """
    people = [party for party in agreement.parties.all() if not party.gone]
    called = {party.key: str(party.called) for party in people}
    consented = [party.key for party in people if party.role == Role.GUARDIAN and party.signs]
    partners = [party.key for party in people if party.role == Role.PARTNER]
    others = {key: called[key] for key in signing.in_order([*partners, *consented])}
    return {"client": called[Role.CLIENT], "therapist": called[Role.THERAPIST], "others": others}


@dataclass(frozen=True)
class Sentences:
    """What stands beside the button and under the signature: what it means, and the screen; "" for paper."""

    intent: str
    on_screen: str


def sentences(room: Room, party: Party) -> Sentences:
    """The two sentences of a person's signature, in the language that is active."""
    intent = signing.intent(party.role, therapist=room.therapist.called)
    return Sentences(intent, signing.on_screen(SignatureKind.DRAWN))


def last_to_sign(room: Room, *, now: datetime) -> str:
    """Who had the tablet before, as they are called; "" when nobody signed in this session."""
    in_order = [room.signatures[key] for key in reversed(signing.in_order(room.signatures))]
    latest = max(in_order, key=lambda each: each.at, default=None)
    if latest is None or now - latest.at > dates.PAUSE:
        return ""
    return str(latest.party.called)


def waits_until(room: Room, party: Party) -> date | None:
    """The last day, local to the practice, on which this text waits for them if they come another day; None for the two
    and before the client signed.
    """
    if room.version is None or party.key in SIGNERS or Role.CLIENT not in room.signatures:
        return None
    frozen_on = room.version.frozen_at.astimezone(ZoneInfo(room.practice.zone)).date()
    return signing.last_day(frozen_on, room.version.review_on)


def _named(party: Party, naming: Naming) -> str:
    if party.role == Role.THERAPIST:
        return _("you")
    if naming is Naming.HIDDEN:
        return signing.printed_role(party.role)
    return initials(party.name) if naming is Naming.INITIALS else str(party.called)


def _seen(party: Party) -> PersonSeen:
    if party.role in signing.HELPERS:
        does = _("Helps. No party, and signs nothing.")
    elif party.signs:
        does = _("Must sign.")
    else:
        does = _("Is named, and does not sign.")
    return PersonSeen(party, str(Role(party.role).label), does, party.role in signing.ADDED)

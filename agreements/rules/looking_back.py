"""People look at what they signed: where each term stands with them, and what they talk about again.

Each says of each term that it is working, not working or not used. What nobody questions stays as signed. Whoever says
something stands here by key (rules/signing.py): the client, partners, the therapist.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.rules.vocabulary import Enough, Load, Role, Works

OF_IT_ALL = "our texting"  # beside the clause keys, none of which has a space: what was said of it as a whole


class Sooner(TextChoices):
    """Why the two look again before the day they agreed on."""

    CRISIS = "crisis", _("After a crisis")
    HURT = "hurt", _("After a hurt")
    AWAY = "away", _("After time away")
    ASKED = "asked", _("One of us asks")


class Place(StrEnum):
    """Where a term stands with all of them."""

    WORKING = "working"
    UNUSED = "not used"
    NOT = "not working"
    OPEN = "open"


@dataclass(frozen=True)
class TermLook:
    """One term with what each says of it. `left_open` as it was signed; `new` when it was not in what they signed."""

    key: str
    topic: str
    says: Mapping[str, Works]
    left_open: bool = False
    new: bool = False


def place(look: TermLook) -> Place:
    """Open stays open; one "not working" is enough; "working" needs all."""
    if look.left_open or look.new:
        return Place.OPEN
    said = set(look.says.values())
    if Works.NOT in said:
        return Place.NOT
    return Place.UNUSED if Works.UNUSED in said else Place.WORKING


def texting_of(key: str) -> type[Enough] | type[Load]:
    """What this person is asked openly each time: the therapist about strain, all others too much or too little."""
    return Load if key == Role.THERAPIST else Enough


def asked_for(texting: Mapping[str, str]) -> frozenset[str]:
    """The topics that an open answer asks about: too much or too little, how often; strain, the therapist's limit."""
    asks = {Enough: ("often", (Enough.MUCH, Enough.LITTLE)), Load: ("limit", (Load.MUCH, Load.STRAIN))}
    found = [(said, *asks[texting_of(key)]) for key, said in texting.items()]
    return frozenset(topic for said, topic, answers in found if said in answers)


def needs_saying_anew(texting: str) -> bool:
    """Whether the therapist, by this answer, must say anew what they can do without strain before it stands."""
    return bool(asked_for({Role.THERAPIST: texting}))


def may_be_said_anew(texting: str, *, eased: bool) -> bool:
    """Whether the signed sentence about the limit may be what the therapist says anew. After "no longer" only once
    something else was decided otherwise (`eased`): with all as it was, it is not true.
    """
    return texting != Load.STRAIN or eased


def to_talk_about(
    looks: Sequence[TermLook], raised: Sequence[str] = (), topics: Collection[str] = ()
) -> tuple[str, ...]:
    """Keys of the terms that are open again: what was raised first, then what an open answer asks about (`topics`),
    then what is not working, for more before for fewer, then what was left open. Equals keep the order they came in.
    """
    known = [look.key for look in looks]
    asked = [look.key for look in looks if look.topic in topics]
    not_working = [look for look in looks if place(look) is Place.NOT]
    not_working.sort(key=lambda look: -sum(said == Works.NOT for said in look.says.values()))
    left = [look.key for look in looks if place(look) is Place.OPEN]
    order = [*(key for key in raised if key in known), *asked, *(look.key for look in not_working), *left]
    return tuple(dict.fromkeys(order))

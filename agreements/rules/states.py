"""States are computed, never stored: one pure function each for a draft, a version and an agreement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agreements.rules.vocabulary import Outcome


class DraftState(StrEnum):
    """Where one round of negotiation stands."""

    OPEN = "open"
    FROZEN = "frozen"
    SET_ASIDE = "set aside"
    NOT_FOR_NOW = "not for now"
    DONE = "done"


class VersionState(StrEnum):
    """Where one version stands. A void version was overtaken by an edit of its draft."""

    VOID = "void"
    AWAITING = "awaiting"
    SIGNED = "signed"
    SEALING = "sealing"
    SEAL_FAILED = "seal failed"
    SEALED = "sealed"
    REPLACED = "replaced"


class AgreementState(StrEnum):
    """Where the two stand with each other."""

    NONE = "none"
    NOT_FOR_NOW = "not for now"
    NO_TEXTING = "no texting"
    IN_FORCE = "in force"
    STOPPED = "stopped"
    ENDED = "ended"


@dataclass(frozen=True)
class VersionFacts:
    """What the rows say of one version. `awaited` are the roles whose signature is missing; a lease end is UTC."""

    counts: bool
    awaited: Collection[str] = ()
    sealed: bool = False
    replaced: bool = False
    leased_until: datetime | None = None
    reason: str = ""


def version_state(facts: VersionFacts, now: datetime) -> VersionState:
    """The state of one version at `now` (UTC)."""
    if facts.replaced:
        return VersionState.REPLACED
    if facts.sealed:
        return VersionState.SEALED
    if not facts.counts:
        return VersionState.VOID
    if facts.awaited:
        return VersionState.AWAITING
    if facts.reason:
        return VersionState.SEAL_FAILED
    if facts.leased_until is not None and facts.leased_until > now:
        return VersionState.SEALING
    return VersionState.SIGNED


def draft_state(*, outcome: str, set_aside: bool, frozen: bool, sealed: bool) -> DraftState:
    """The state of one round."""
    if sealed:
        return DraftState.NOT_FOR_NOW if outcome == Outcome.NOT_FOR_NOW else DraftState.DONE
    if set_aside:
        return DraftState.SET_ASIDE
    return DraftState.FROZEN if frozen else DraftState.OPEN


@dataclass(frozen=True)
class AgreementFacts:
    """What the rows say of one agreement. `outcome` is the newest sealed version's, empty when there is none.

    `ending_planned`: None while nobody stopped; `ends_on` the first local day on which nobody texts.
    """

    outcome: str = ""
    ending_planned: bool | None = None
    ends_on: date | None = None
    review_on: date | None = None
    away: Collection[tuple[date, date]] = ()


@dataclass(frozen=True)
class Standing:
    """An agreement's state with its flags. `ends_on`: the day ahead for which a stop or an end is announced."""

    state: AgreementState
    time_to_look: bool = False
    away: bool = False
    ends_on: date | None = None


def is_over(ends_on: date | None, today: date) -> bool:
    """Whether nobody texts any more on the local day `today`. `ends_on`: None while nobody stopped. An end that is
    announced changes nothing before its day (H21)."""
    return ends_on is not None and ends_on <= today


def standing(facts: AgreementFacts, today: date) -> Standing:
    """The state of an agreement on the local day `today`. An overdue review never voids or extends anything, and a stop
    that is announced changes nothing before its day (H21)."""
    if facts.ending_planned is not None and is_over(facts.ends_on, today):
        return Standing(AgreementState.ENDED if facts.ending_planned else AgreementState.STOPPED)
    states = {
        "": AgreementState.NONE,
        Outcome.NOT_FOR_NOW: AgreementState.NOT_FOR_NOW,
        Outcome.NO_TEXTING: AgreementState.NO_TEXTING,
    }
    state = states.get(facts.outcome, AgreementState.IN_FORCE)
    if state is not AgreementState.IN_FORCE:
        return Standing(state)
    due = facts.review_on is not None and facts.review_on <= today
    return Standing(state, due, any(start <= today <= end for start, end in facts.away), facts.ends_on)

"""One client's page: standing, what is next, versions, what was raised. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import Absence, Client, Look, Party, Raised, Version
from agreements.reads import away, ends, home, lines, looking_back, offers, recalls
from agreements.reads import raised as raising
from agreements.reads import room as rooms
from agreements.rules import log_words
from agreements.rules.looking_back import Sooner
from agreements.rules.states import AgreementState
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Amount, Outcome, Role, StopReason
from agreements.rules.wording import listed


@dataclass(frozen=True)
class Next:
    """What the page's one main button says. `makes_pdf`: both signed and the PDF is still to be made.

    While a round is open: `prepares` until the two compare, `may_take_home` until all signed, and from when it was read
    through `waits_for` names whose signature is missing.
    """

    label: str
    makes_pdf: bool = False
    prepares: bool = False
    may_take_home: bool = False
    waits_for: str = ""


@dataclass(frozen=True)
class RaisedSeen:
    """What one of them raised: who, of a couple not which, what they say of the texting, the term it is about or ""."""

    row: Raised
    who: str
    amount: str
    heading: str


def page(client: Client, *, now: datetime) -> dict[str, Any]:
    """The context of the client page at `now` (UTC)."""
    seen = home.one(client, now)
    today = now.astimezone(ZoneInfo(client.zone)).date()
    versions = _kept(seen)
    in_force = seen.standing.state is AgreementState.IN_FORCE
    begins_look = in_force and seen.draft is None and not seen.unsealed
    over = seen.standing.state in (AgreementState.ENDED, AgreementState.STOPPED)
    ending = getattr(seen.agreement, "ending", None)
    return {
        "client": client,
        "unchecked": [line for line in lines.for_client(client, today) if not line.holds],
        "seen": seen,
        "next": _next(seen),
        "recalls": [each for each in recalls.of_clients([client], today) if not each.is_done],
        "raised": _raised(seen),
        "stricter": _stricter(seen),
        "versions": versions,
        "last_look": last_look(versions[0]) if versions else None,
        "next_look": _next_look(versions[0], seen) if versions and not over else None,
        "begins_look": begins_look,
        "new_wording": begins_look and _new_wording(seen),
        "sooner": Sooner.choices if in_force and not seen.standing.time_to_look else [],
        "may_raise": bool(versions) and not over,
        "over": over,
        "has_ended": bool(versions) and ending is not None,
        "ending": ending,
        "absences": _absences(seen, today),
        "to_ask": away.to_ask_about(seen.agreement, today=today) if seen.agreement and not over else [],
        "texting": seen.newest is not None and seen.newest.outcome == Outcome.TEXTING,
    }


def _new_wording(seen: home.ClientSeen) -> bool:
    """Whether the two choose between their wording and the practice's new one before they look again."""
    if seen.newest is None or seen.agreement is None:
        return False
    return offers.newer(seen.newest.draft.edition, seen.agreement.language) is not None


def _kept(seen: home.ClientSeen) -> list[Version]:
    """The versions that were locked, the newest first."""
    if seen.agreement is None:
        return []
    all_of_them = seen.agreement.versions.select_related("document", "review").prefetch_related("review__looks")
    return [version for version in all_of_them.order_by("-number") if hasattr(version, "document")]


def _next_look(newest: Version, seen: home.ClientSeen) -> date | None:
    """The day of the look that the two still have before them; none on or after the day from which nobody texts."""
    review, ends_on = getattr(newest, "review", None), seen.standing.ends_on
    return review.due_on if review and (ends_on is None or review.due_on < ends_on) else None


def last_look(version: Version) -> Look | None:
    """When the two last looked at this version and kept it as it is; its looks should be prefetched."""
    review = getattr(version, "review", None)
    return max(review.looks.all(), key=lambda look: look.at, default=None) if review else None


def _next(seen: home.ClientSeen) -> Next:
    if seen.unsealed:
        return Next(_("Make the PDF again"), makes_pdf=True)
    if seen.draft is None:
        in_force = seen.standing.state is AgreementState.IN_FORCE
        return Next(_("Look again together") if in_force else _("Start together"))
    room = rooms.enter(seen.draft.pk, positions_of=())
    before_comparing = Step.TURN not in room.taken and room.texting
    if room.draft.review_id:
        before_comparing = bool(looking_back.still_to_say(room))
    waits_for = listed([party.called for party in room.awaited]) if room.version and room.texting else ""
    takes_home = room.version is None or bool(room.awaited)
    if room.next_step is Step.PREPARE:
        return Next(_("Go on together: first your own answers"), may_take_home=takes_home)
    label = _("Go on together at “%(page)s”") % {"page": _page_name(room)}
    return Next(label, prepares=before_comparing, may_take_home=takes_home, waits_for=waits_for)


def _page_name(room: rooms.Room) -> str:
    names = {
        Step.START: _("Start"),
        Step.BOX: _("Crisis steps"),
        Step.PRIVACY: _("How private texts are"),
        Step.TURN: _("%(client)s’s turn") % {"client": room.client.called},
        Step.SEEN: _("What we see"),
        Step.TALK: _("Not the same yet"),
        Step.HARD: _("If it gets hard"),
        Step.HOW: _("How we text"),
        Step.WHAT_IF: _("What would happen if …"),
        Step.READ: _("Read it through"),
        Step.SHORT: _("Our page"),
        Step.SINCE: _("How did it go?"),
        Step.SINCE_THERAPIST: _("How did it go?"),
        Step.WORKS: _("What we see"),
        Step.AGAIN: _("Not the same yet"),
        Step.CHANGES: _("What changes"),
        Step.SIGN: _("Sign"),
    }
    return names.get(room.next_step, "")


def _absences(seen: home.ClientSeen, today: date) -> list[tuple[Absence, bool]]:
    """Times away that are not over and fall into this agreement, with whether the two went through them as they are."""
    if seen.agreement is None or seen.standing.state is not AgreementState.IN_FORCE:
        return []
    ahead = away.in_use().filter(therapist=seen.client.therapist_id, ends_on__gte=today).order_by("starts_on")
    if last := ends.day_of(seen.agreement):
        ahead = ahead.filter(starts_on__lt=last)
    done = away.gone_through(rows := list(ahead))
    return [(row, (row.pk, seen.agreement.pk) in done) for row in rows]


def _stricter(seen: home.ClientSeen) -> str:
    """What the therapist last said gets stricter, in words; "" where there is nothing."""
    if seen.tighter is None or seen.agreement is None or seen.newest is None:
        return ""
    headings = raising.headings(seen.newest.draft.edition, seen.agreement.language)
    row, heading = seen.tighter, headings.get(seen.tighter.clause_key, "")
    reason = str(StopReason(row.reason).label) if row.without_notice else ""
    return log_words.stricter(heading, date_format(row.from_on, "j F Y"), reason=reason)


def _raised(seen: home.ClientSeen) -> list[RaisedSeen]:
    if not seen.raised or seen.agreement is None or seen.newest is None:
        return []
    headings = raising.headings(seen.newest.draft.edition, seen.agreement.language)
    called = {party.role: party.called for party in Party.objects.filter(agreement=seen.agreement).order_by("-gone")}
    if Role.PARTNER in called:  # a couple, also once one of them is gone: who of them raised it is not told on
        called[Role.CLIENT] = called[Role.PARTNER] = _("One of you")
    return [
        RaisedSeen(row, called[row.by_role], str(Amount(row.amount).label), headings.get(row.clause_key, ""))
        for row in seen.raised
    ]

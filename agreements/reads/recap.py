"""One line about the last time, for two people who go on where they stopped. Never writes."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import AuditEvent
from agreements.reads import talk
from agreements.reads.room import Room
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Outcome, TermState

TOGETHER = Q(kind__startswith="page ") | Q(kind="session began")


def line(room: Room) -> str:
    """ "Last time, on 23 November: three terms agreed, two to talk about." The day is local to the practice.

    Empty before the two have begun. Ask before the new session is written down.
    """
    if not room.taken - {Step.PREPARE, Step.SINCE_THERAPIST}:
        return ""
    events = AuditEvent.objects.filter(TOGETHER, chain=room.draft.agreement_id, subject=room.draft.pk)
    last = events.order_by("-sequence").values_list("at", flat=True).first()
    if last is None:
        return ""
    day = date_format(last.astimezone(ZoneInfo(room.practice.zone)), "j F")
    return _("Last time, on %(day)s: %(what)s.") % {"day": day, "what": ", ".join(_where(room))}


def _looking_again(room: Room) -> str:
    """How far they came in looking again; what they talk about is counted only once both have said how it went."""
    if Step.WORKS not in room.taken:
        return _("we began to look again")
    left = sum(not seen.decided for seen in room.terms)
    return ngettext("%(number)s to talk about", "%(number)s to talk about", left) % {"number": apnumber(left)}


def _where(room: Room) -> list[str]:
    """How far the two came. What they do not agree on is counted only once they have compared."""
    if room.draft.outcome != Outcome.TEXTING:
        return [_("we were at “%(outcome)s”") % {"outcome": Outcome(room.draft.outcome).label}]
    if room.draft.review_id:
        return [_looking_again(room)]
    own = [seen for seen in room.terms if not seen.fixed]
    agreed = sum(seen.term.state == TermState.AGREED for seen in own)
    left = sum(seen.term.state == TermState.OPEN for seen in own)
    apart = 0
    if Step.TURN in room.taken:
        seen = talk.overview(room)
        apart = sum(not each.decided for each in (*seen.different, *seen.unsure))
    counted = (
        (agreed, ngettext("%(number)s term agreed", "%(number)s terms agreed", agreed)),
        (left, ngettext("%(number)s left open", "%(number)s left open", left)),
        (apart, ngettext("%(number)s to talk about", "%(number)s to talk about", apart)),
    )
    said = [words % {"number": apnumber(number)} for number, words in counted if number]
    return said or [_("we began")]

"""Texting stops or ends. The two are not symmetrical: the client stops at once and without a reason (H14, H21)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.actions import audit, drafting, reminders
from agreements.actions.people import refuse_unprintable
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import Agreement, EndedSooner, Ending, EndingPage, Tightening, User
from agreements.reads import agreed, ends
from agreements.rules import away, states, stopping
from agreements.rules.vocabulary import Outcome, Role, StoppedHow, StopReason


@transaction.atomic
def stop(
    *,
    agreement: Agreement,
    by_role: str,
    effective_on: date,
    by: User,
    now: datetime,
    planned: bool = False,
    without_notice: bool = False,
    reason: str = "",
    how: str = "",
    form_key: UUID | None = None,
) -> Ending:
    """Record that nobody texts from the local day `effective_on`. The signed text stays; an open round is laid down.

    `by_role` is the key of who stops: at once, said or texted (`how`), without a reason; only the therapist after the
    agreed notice, or sooner with a `reason` of StopReason (H21), also before an announced day. Raises Unreadable where
    the reason is missing or the day does not fit, NotNow when nothing is in force.
    """
    audit.lock(agreement)
    known = Ending.objects.filter(agreement=agreement).select_related("sooner").first()
    if known and (known.day <= ends.local_day(now) or effective_on >= known.day or audit.replayed(form_key)):
        return known
    sooner = without_notice and by_role == Role.THERAPIST and not planned
    if sooner and reason not in StopReason:
        raise Unreadable(_("Please choose why texting stops without the agreed notice."), "reason")
    at_once = sooner or by_role != Role.THERAPIST and not planned
    notice = by_role == Role.THERAPIST and not planned and known is None
    _refuse_day(effective_on, agreement, now, at_once=at_once, notice=notice)
    facts: dict[str, Any] = {"by_role": by_role, "reason": reason if sooner else ""}
    facts["how"] = how if at_once and not sooner and how in StoppedHow else ""
    kept = {**facts, "planned": planned, "without_notice": sooner, "effective_on": effective_on}
    details = {**kept, "effective_on": effective_on.isoformat(), "ahead": effective_on > ends.local_day(now)}
    log: dict[str, Any] = {"chain": agreement, "by": by, "now": now, "details": details, "form_key": form_key}
    if known:
        return _sooner(known, facts, effective_on, log, at_once=at_once)
    ending = Ending.objects.create(agreement=agreement, at=now, **kept)
    audit.record(kind="texting stopped", subject=ending.pk, **log)
    return _follow(ending, by=by, now=now)


def _follow(ending: Ending, *, by: User, now: datetime) -> Ending:
    """What comes of an end at once: reminders of what lies after it are off, and so is an open round if it has come."""
    is_over = states.is_over(ending.day, ends.local_day(now))
    reminders.end(agreement=ending.agreement, on=None if is_over else ending.day)
    for draft in drafting.open_rounds().filter(agreement=ending.agreement) if is_over else ():
        drafting.set_aside(draft=draft, by=by, now=now)
    return ending


def _signed_on(agreement: Agreement) -> date:
    signed = agreement.documents.filter(version__outcome=Outcome.TEXTING).order_by("sealed_at").first()
    if signed is None:
        raise NotNow(_("There is no texting agreement in force."))
    return ends.local_day(signed.sealed_at)


def _sooner(ending: Ending, facts: dict[str, Any], on: date, log: dict[str, Any], *, at_once: bool) -> Ending:
    """An end is announced, and somebody stops before its day: at once, or it stays as announced."""
    if not at_once:
        raise NotNow(_("An end is announced already. Sooner than that is written down as without the agreed notice."))
    row = EndedSooner.objects.create(ending=ending, on=on, at=log["now"], **facts)
    audit.record(kind="texting stopped sooner", subject=row.pk, **log)
    ending = Ending.objects.select_related("sooner", "agreement").get(pk=ending.pk)
    return _follow(ending, by=log["by"], now=log["now"])


def _refuse_day(day: date, agreement: Agreement, now: datetime, *, at_once: bool, notice: bool) -> None:
    """A stop at once is written down on its day or later. With `notice` the therapist stops when it is over, or at
    once on a day before that."""
    today, signed_on, day_before = ends.local_day(now), _signed_on(agreement), timedelta(days=1)
    sessions = agreed.sessions_of_notice(agreement) if notice else 0
    over = stopping.notice_over(today, sessions) if sessions else None
    first = over if over and not at_once else signed_on
    last = (over - day_before if over else today) if at_once else today + stopping.LONGEST
    if not first <= day <= last:
        facts = {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
        raise Unreadable(_("Please choose a day from %(first)s to %(last)s.") % facts, "effective_on")


@transaction.atomic
def fill(
    *,
    ending: Ending,
    instead: str,
    taper: str,
    last_text_on: date,
    by: User,
    now: datetime,
    form_key: UUID | None = None,
) -> EndingPage:
    """The ending page: what takes the place of texting, how it gets less, the local day of the last text.

    It may be filled again; the newest row counts. Raises Unreadable for words that do not fit beside the crisis steps,
    or a last text before the two signed or after the day from which nobody texts.
    """
    audit.lock(ending.agreement)
    if again := audit.replayed(form_key):
        return EndingPage.objects.get(pk=again.subject)
    refuse_unprintable(instead=instead, taper=taper)
    for field, words in (("instead", instead), ("taper", taper)):
        if unfit := away.unfit_words(ending.agreement.language, words):
            says = _("This says something else than the crisis steps, or holds a number: “%(text)s” Please change it.")
            raise Unreadable(says % {"text": unfit}, field)
    if last_text_on < (began := _signed_on(ending.agreement)):
        raise Unreadable(_("You signed on %(day)s. Please choose that day or one after.") % _day(began), "last_text_on")
    if last_text_on > ending.day:
        words = _("Texting ends on %(day)s. Please choose that day or one before.")
        raise Unreadable(words % _day(ending.day), "last_text_on")
    page = EndingPage.objects.create(
        ending=ending, instead=instead.strip(), taper=taper.strip(), last_text_on=last_text_on, by=by, at=now
    )
    audit.record(
        chain=ending.agreement, kind="ending page filled", by=by, now=now, subject=page.pk, form_key=form_key
    )  # fmt: skip
    return page


@transaction.atomic
def tighten(
    *,
    agreement: Agreement,
    clause_key: str,
    from_on: date,
    by: User,
    now: datetime,
    without_notice: bool = False,
    reason: str = "",
    form_key: UUID | None = None,
) -> Tightening:
    """The therapist said today that a term gets stricter from the local day `from_on`.

    Nothing changes by itself: the two decide it in their next round and sign it.

    Raises as `stop` does; Unreadable also for a day on which nobody texts any more.
    """
    audit.lock(agreement)
    if again := audit.replayed(form_key):
        return Tightening.objects.get(pk=again.subject)
    today, ending = ends.local_day(now), Ending.objects.filter(agreement=agreement).select_related("sooner").first()
    if agreed.last_signed(agreement) is None or (ending and states.is_over(ending.day, today)):
        raise NotNow(_("There is no texting agreement in force."))
    if without_notice and reason not in StopReason:
        raise Unreadable(_("Please choose why it is sooner than agreed."), "reason")
    if ending and from_on >= ending.day:
        raise Unreadable(_("Texting ends on %(day)s. Please choose a day before.") % _day(ending.day), "from_on")
    first = today if without_notice else stopping.notice_over(today, agreed.sessions_of_notice(agreement))
    if not first <= from_on <= today + stopping.LONGEST:
        facts = {"first": date_format(first, "j F Y"), "last": date_format(today + stopping.LONGEST, "j F Y")}
        raise Unreadable(_("Please choose a day from %(first)s to %(last)s.") % facts, "from_on")
    facts = {"clause_key": clause_key, "reason": reason if without_notice else ""}
    row = Tightening.objects.create(
        agreement=agreement, from_on=from_on, without_notice=without_notice, by=by, at=now, **facts
    )  # fmt: skip
    details = {**facts, "from_on": from_on.isoformat()}
    audit.record(
        chain=agreement, kind="tightening announced", by=by, now=now, subject=row.pk, details=details, form_key=form_key
    )
    return row


def _day(day: date) -> dict[str, str]:
    return {"day": date_format(day, "j F Y")}

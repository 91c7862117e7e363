"""The therapist's time away: announced, changed, called off. What is done for each agreement stands in away.py."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.actions import audit, reminders
from agreements.actions import away as of_agreements
from agreements.actions.people import refuse_unprintable
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import Absence, AbsenceTask, CalledOff, Practice, User
from agreements.reads import away, ends, resources
from agreements.rules import away as rules
from agreements.rules.away_words import AwayTexting, Cover
from agreements.rules.safety_box import same_number
from agreements.rules.safety_phrases import in_danger
from agreements.rules.typed_numbers import number_in


@transaction.atomic
def announce(
    *,
    therapist: User,
    starts_on: date | None,
    ends_on: date | None,
    cover: str,
    by: User,
    now: datetime,
    cover_name: str = "",
    cover_phone: str = "",
    sudden: bool = False,
    replaces: Absence | None = None,
    form_key: UUID | None = None,
) -> Absence:
    """The therapist is away on these local days, both inclusive (H23). What holds then stands in each agreement.

    Raises Unreadable when a day or the cover is missing or unfit, the days are not in order, over, or taken already;
    NotNow when no crisis line of the practice's country holds up to the last day: while nobody answers, there is only
    the line. The same `form_key` twice returns the same absence.
    """
    practice = Practice.objects.get()
    audit.lock(practice)
    if again := audit.replayed(form_key):
        return Absence.objects.get(pk=again.subject)
    if cover != Cover.PERSON:
        cover_name = cover_phone = ""
    _refuse_days(starts_on, ends_on, ends.local_day(now))
    _refuse_overlap(therapist, starts_on, ends_on, but=replaces)
    days = rules.Days(starts_on, ends_on) if starts_on and ends_on else None
    _refuse_cover(practice, days, rules.Covered(cover, cover_name, cover_phone))
    assert days is not None
    absence = Absence.objects.create(
        therapist=therapist, starts_on=days.starts_on, ends_on=days.ends_on, sudden=sudden, cover=cover,
        cover_name=cover_name.strip(), cover_phone=cover_phone.strip(), replaces=replaces, at=now,
    )  # fmt: skip
    audit.append(
        chain=practice, kind="time away announced", by=by, now=now, subject=absence.pk, form_key=form_key,
        details={"replaces": str(replaces.pk) if replaces else ""},
    )  # fmt: skip
    return absence


def _refuse_days(starts_on: date | None, ends_on: date | None, today: date) -> None:
    if starts_on is None or ends_on is None:
        raise Unreadable(_("Please give the first and the last day away."), "ends_on" if starts_on else "starts_on")
    if ends_on < starts_on:
        raise Unreadable(_("The last day away comes before the first."), "ends_on")
    if ends_on < today:
        raise Unreadable(_("These days are over already. Please choose days that lie ahead."), "ends_on")
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if abs((day - today).days) > of_agreements.LONGEST:
            raise Unreadable(_("Please choose days within a year."), field)


def _refuse_overlap(therapist: User, starts_on: date | None, ends_on: date | None, *, but: Absence | None) -> None:
    """Each day has one sheet: days that another time away holds already are changed there."""
    others = away.in_use().filter(therapist=therapist, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if but:
        others = others.exclude(pk=but.pk)
    other = others.order_by("starts_on").first()
    if other is not None:
        facts = {"first": date_format(other.starts_on, "j F"), "last": date_format(other.ends_on, "j F Y")}
        words = _("You are away from %(first)s to %(last)s already. Please change that one, or choose other days.")
        raise Unreadable(words % facts, "starts_on" if starts_on and other.starts_on <= starts_on else "ends_on")


def _refuse_cover(practice: Practice, days: rules.Days | None, covered: rules.Covered) -> None:
    refuse_unprintable(cover_name=covered.name, cover_phone=covered.phone)
    if in_danger(covered.name) or number_in(covered.name):
        raise Unreadable(_("Please write a name and nothing else."), "cover_name")
    if same_number(covered.phone, resources.plain(list(resources.holding()))):
        raise Unreadable(_("This number is a crisis line’s. Please write the one of who covers."), "cover_phone")
    place = (practice.country, "")
    until = away.lines_until([place], demo=practice.demo)[place]
    for finding in rules.h23(days, covered, texting=AwayTexting.NONE, line_until=until):
        if finding.where == "crisis":
            raise NotNow(finding.words)
        raise Unreadable(finding.words, finding.where)


@transaction.atomic
def change(*, absence: Absence, by: User, now: datetime, form_key: UUID | None = None, **facts: Any) -> Absence:
    """New days or another cover, as `announce` takes them. The old row stays; its tasks move and keep their id.

    What the two chose is taken along and offered to them, but not what somebody else may know who covers now. Who was
    told, who went through it and which sheets were printed is asked anew. Raises what `announce` raises, NotNow when
    the absence was changed or called off elsewhere.
    """
    plans = away.newest_plans([absence]).values()
    for plan in sorted(plans, key=lambda plan: plan.agreement_id):
        audit.lock(plan.agreement)
    audit.lock(Practice.objects.get())
    if again := audit.replayed(form_key):
        return Absence.objects.get(pk=again.subject)
    of_agreements.refuse_unless_in_use(absence)
    new = announce(
        therapist=absence.therapist, sudden=absence.sudden, replaces=absence, by=by, now=now, form_key=form_key, **facts
    )
    AbsenceTask.objects.filter(absence=absence).update(absence=new)
    covers = away.covered(absence) == away.covered(new)
    for plan in plans:
        of_agreements.take_along(plan, new, knows=plan.knows if covers else "", by=by, now=now)
    return new


@transaction.atomic
def call_off(*, absence: Absence, by: User, now: datetime) -> CalledOff:
    """The therapist is not away after all. Twice is the same. Raises NotNow when its days were changed elsewhere."""
    practice = Practice.objects.get()
    audit.lock(practice)
    if known := CalledOff.objects.filter(absence=absence).first():
        return known
    of_agreements.refuse_unless_in_use(absence)
    row = CalledOff.objects.create(absence=absence, by=by, at=now)
    reminders.cancel(subjects=AbsenceTask.objects.filter(absence=absence).values_list("pk", flat=True))
    audit.append(chain=practice, kind="time away called off", by=by, now=now, subject=row.pk)
    return row

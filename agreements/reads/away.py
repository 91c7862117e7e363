"""The therapist's time away as it holds now: its days, who was told, what is to do. Never writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from agreements.models import (
    Absence,
    AbsenceTask,
    Agreement,
    AwayPlan,
    AwaySheet,
    AwayTold,
    CrisisResource,
    Document,
    User,
)
from agreements.reads import ends, resources
from agreements.rules import away
from agreements.rules.away_words import Cover
from agreements.rules.moment import Stretch
from agreements.rules.safety import expires_on
from agreements.rules.vocabulary import CheckedHow, Outcome

AnyRow = TypeVar("AnyRow", AwayPlan, AwaySheet, AwayTold)


def in_use() -> QuerySet[Absence]:
    """Absences that were not called off and whose days were not changed since."""
    return Absence.objects.filter(called_off=None, replaced_by=None)


def stretches(therapist_id: UUID) -> tuple[Stretch, ...]:
    """The first and the last day of each time away of this therapist."""
    return tuple(in_use().filter(therapist=therapist_id).values_list("starts_on", "ends_on"))


def plan_of(row: AwayPlan) -> away.Plan:
    """What the two chose, as the rules read it, without session days that do not fit the days away any more."""
    return away.fitting(days_of(row.absence), _chosen(row))


def unfit_days(row: AwayPlan) -> tuple[str, ...]:
    """The session days that do not fit any more, in words."""
    return away.unfit_days(days_of(row.absence), _chosen(row))


def _chosen(row: AwayPlan) -> away.Plan:
    facts = {name: getattr(row, name) for name in away.Plan.__dataclass_fields__ if name != "planned"}
    return away.Plan(**facts)


def is_whole(row: AwayPlan) -> bool:
    """Whether the two went through it as it is now, also what the one who covers may know."""
    return not is_kept(row) and bool(row.knows or row.absence.cover != Cover.PERSON)


def is_kept(row: AwayPlan) -> bool:
    """Whether the two chose it before the time away changed: it is offered to them, and they have to go through it."""
    changed_at = row.absence.at if row.absence.replaces_id else None
    return changed_at is not None and row.at <= changed_at


def days_of(absence: Absence) -> away.Days:
    """The days of an absence as the rules read them."""
    return away.Days(absence.starts_on, absence.ends_on)


def covered(absence: Absence) -> away.Covered:
    """Who is there meanwhile."""
    return away.Covered(absence.cover, absence.cover_name or "", absence.cover_phone or "")


def newest_plans(absences: Iterable[Absence]) -> dict[tuple[UUID, UUID], AwayPlan]:
    """(absence, agreement) → what the two chose last."""
    return _newest(AwayPlan.objects.filter(absence__in=list(absences)).select_related("absence"))


def gone_through(absences: Iterable[Absence]) -> set[tuple[UUID, UUID]]:
    """(absence, agreement) the two went through whole; after a change, once they went through it again."""
    return {key for key, plan in newest_plans(absences).items() if is_whole(plan)}


def newest_told(absences: Iterable[Absence]) -> dict[tuple[UUID, UUID], AwayTold]:
    """(absence, agreement) → when the client was told, as it was recorded last."""
    return _newest(AwayTold.objects.filter(absence__in=list(absences)))


def newest_sheets(absences: Iterable[Absence]) -> dict[tuple[UUID, UUID], AwaySheet]:
    """(absence, agreement) → when its sheet was printed last."""
    return _newest(AwaySheet.objects.filter(absence__in=list(absences)))


def _newest(rows: QuerySet[AnyRow]) -> dict[tuple[UUID, UUID], AnyRow]:
    return {(row.absence_id, row.agreement_id): row for row in rows}


def wanted() -> QuerySet[AbsenceTask]:
    """What is still to do, in a time away that stands and on a day on which the agreement is in force."""
    standing = {"called_off_at": None, "absence__called_off": None, "absence__replaced_by": None}
    return AbsenceTask.objects.filter(~ends.over(F("due_on"), "agreement"), done_at=None, not_done_at=None, **standing)


def open_tasks(until: date) -> QuerySet[AbsenceTask]:
    """What is still to do by the local day `until`, the earliest first."""
    return wanted().filter(due_on__lte=until).order_by("due_on", "pk")


def tasks_of(therapist: User, until: date) -> QuerySet[AbsenceTask]:
    """The same for the agreements of one therapist."""
    return open_tasks(until).filter(agreement__therapist=therapist)


@dataclass(frozen=True)
class ToPrepare:
    """A time away ahead, and how many agreements in force nobody has gone through it with; after a sudden one: told."""

    absence: Absence
    number: int


def to_prepare(therapist: User, today: date) -> list[ToPrepare]:
    """Times away that are not over on the local day `today`, with how many are still to be gone through or told."""
    ahead = list(in_use().filter(therapist=therapist, ends_on__gte=today).order_by("starts_on"))
    done = gone_through(ahead) | {*newest_told([each for each in ahead if each.sudden])} if ahead else set()
    found = []
    for absence in ahead:
        pks = in_force(absence.starts_on).filter(therapist=therapist).values_list("pk", flat=True)
        if left := sum((absence.pk, pk) not in done for pk in pks):
            found.append(ToPrepare(absence, left))
    return found


def in_force(on: date) -> QuerySet[Agreement]:
    """Agreements in which the two text, by their newest paper, and of which no end comes by the local day `on`."""
    newest = Document.objects.filter(agreement=OuterRef("pk")).order_by("-number").values("version__outcome")[:1]
    texting = Agreement.objects.annotate(outcome=Subquery(newest)).filter(outcome=Outcome.TEXTING)
    return texting.filter(~ends.over(on))


def to_ask_about(agreement: Agreement, *, today: date) -> list[Absence]:
    """Times away that are over on the local day `today` and of which the next review asks "How was it?", oldest first.

    They ended since the two signed or looked last. A client who was not there yet is asked about none.
    """
    known = Agreement.objects.filter(pk=agreement.pk).aggregate(
        sealed_at=Max("documents__sealed_at"), held_on=Max("versions__review__looks__held_on")
    )
    if known["sealed_at"] is None:
        return []
    since = max(ends.local_day(known["sealed_at"]), known["held_on"] or date.min)
    over = in_use().filter(therapist=agreement.therapist_id, ends_on__lt=today, ends_on__gte=since)
    return list(over.order_by("starts_on"))


def lines_until(places: Iterable[resources.Place], *, demo: bool) -> dict[resources.Place, date | None]:
    """Place → the last local day on which a checked line there that answers day and night counts; None: there is none.

    An area has its own lines and those of its country. What a demo did not check counts in a demo alone (H17, H23).
    """
    wanted = set(places)
    rows = list(resources.holding().filter(country__in={country for country, _area in wanted}))
    always = {row.key for row in resources.plain(rows) if row.is_line}
    checks = resources.checks(rows)
    counts = {
        row.pk: expires_on(checks[row.key])
        for row in rows
        if row.key in always and row.key in checks and (demo or checks[row.key].how != CheckedHow.DEMO)
    }
    return {place: max(_days_at(place, rows, counts), default=None) for place in wanted}


def _days_at(place: resources.Place, rows: list[CrisisResource], counts: dict[UUID, date]) -> list[date]:
    country, area = place
    return [counts[row.pk] for row in rows if row.pk in counts and row.country == country and row.area in ("", area)]

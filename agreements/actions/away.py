"""What is done for one agreement around a time away: told, gone through, its tasks, its sheet."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.actions import audit, reminders
from agreements.actions.people import refuse_unprintable
from agreements.actions.refusals import NotNow, Unreadable, Unsafe
from agreements.models import Absence, AbsenceTask, Agreement, AwayPlan, AwaySheet, AwayTold, User
from agreements.reads import absences, agreed, away, ends
from agreements.rules import away as rules
from agreements.rules.away_words import AwayTask, AwayTexting, Cover, Hold, Knows, Post
from agreements.rules.safety_phrases import in_danger
from agreements.rules.typed_numbers import number_in

AnyRow = TypeVar("AnyRow", AwayPlan, AwaySheet, AwayTold)
LONGEST = 366  # days that a time away may lie back or ahead


@transaction.atomic
def tell(
    *, absence: Absence, agreement: Agreement, on: date, by: User, now: datetime, form_key: UUID | None = None
) -> AwayTold:
    """The client was told on the local day `on`, today or before. A later row corrects an earlier one.

    Raises Unreadable for a day that lies ahead or before the year, NotNow when the absence is no longer in use.
    """
    audit.lock(agreement)
    if again := audit.replayed(form_key):
        return AwayTold.objects.get(pk=again.subject)
    refuse_unless_in_use(absence)
    today = ends.local_day(now)
    if not 0 <= (today - on).days <= LONGEST:
        words = _("Please choose the day on which you said it: %(today)s or before.")
        raise Unreadable(words % {"today": date_format(today, "j F Y")}, "on")
    row = AwayTold.objects.create(absence=absence, agreement=agreement, on=on, by=by, at=now)
    return _record(row, "time away told", by=by, now=now, form_key=form_key)


@transaction.atomic
def go_through(
    *,
    absence: Absence,
    agreement: Agreement,
    plan: rules.Plan,
    mailer: str,
    by: User,
    now: datetime,
    form_key: UUID | None = None,
) -> AwayPlan:
    """The two went through the time away: what holds this time. Its tasks are set, and the client counts as told.

    Raises Unreadable where an answer is missing, Unsafe with H23's findings while something stops the time away, NotNow
    when it is over, changed or called off, or the agreement is not in force then.
    """
    audit.lock(agreement)
    if again := audit.replayed(form_key):
        return AwayPlan.objects.get(pk=again.subject)
    refuse_unless_in_use(absence)
    today, meaning = ends.local_day(now), _agreed(absence, agreement)
    if absence.ends_on < today:
        raise NotNow(_("This time away is over."))
    plan, mailer = _whole(plan, mailer.strip(), absence, agreement.language)
    if found := absences.lacks(absence, agreement, plan.texting):
        raise Unsafe(found)
    row = AwayPlan.objects.create(
        absence=absence, agreement=agreement, texting=plan.texting, hold=plan.hold, post=plan.post, mailer=mailer,
        instead=plan.instead, knows=plan.knows, before_on=plan.before_on, after_on=plan.after_on, by=by, at=now,
        as_agreed=(plan.texting, plan.hold) == (meaning.texting, meaning.hold),
    )  # fmt: skip
    _set_tasks(absence, agreement, plan, now)
    if not AwayTold.objects.filter(absence=absence, agreement=agreement).exists():
        tell(absence=absence, agreement=agreement, on=today, by=by, now=now)
    return _record(row, "time away gone through", by=by, now=now, form_key=form_key)


def _agreed(absence: Absence, agreement: Agreement) -> rules.Plan:
    version = agreed.last_signed(agreement)
    if version is None or Agreement.objects.filter(ends.over(absence.starts_on), pk=agreement.pk).exists():
        raise NotNow(_("There is no texting agreement in force."))
    meaning = rules.agreed_away(agreed.meanings(version))
    return rules.as_agreed(meaning) if meaning else rules.Plan()


def _whole(plan: rules.Plan, mailer: str, absence: Absence, language: str) -> tuple[rules.Plan, str]:
    """The plan with what it does not need left out. Raises Unreadable at the first answer that is missing or unfit."""
    _refuse_gaps(plan, mailer, absence)
    if unfit := rules.unfit_words(language, plan.instead):
        words = _("This says something else than the crisis steps, or holds a number: “%(text)s” Please change it.")
        raise Unreadable(words % {"text": unfit}, "instead")
    if in_danger(mailer) or number_in(mailer):
        raise Unreadable(_("Please write a name and nothing else."), "mailer")
    post = plan.post if plan.hold == Hold.CARD else ""
    knows = plan.knows if absence.cover == Cover.PERSON else ""
    whole = rules.Plan(
        plan.texting, plan.hold, post, plan.instead.strip(), knows, plan.before_on, plan.after_on
    )  # fmt: skip
    return whole, mailer if post == Post.MAILED else ""


def _refuse_gaps(plan: rules.Plan, mailer: str, absence: Absence) -> None:
    card = plan.hold == Hold.CARD
    before, after = plan.before_on, plan.after_on
    gaps = (
        (plan.texting not in AwayTexting, "texting", _("Please say whether texts go on then.")),
        (plan.hold not in Hold, "hold", _("Please choose what there is to hold on to. “Nothing” is an answer too.")),
        (card and plan.post not in Post, "post", _("Please choose how the card comes.")),
        (card and plan.post == Post.MAILED and not mailer, "mailer", _("Please write who mails it.")),
        (
            absence.cover == Cover.PERSON and plan.knows not in Knows,
            "knows",
            _("Please choose what they may know. “Nothing” is an answer too."),
        ),
        (before is not None and before > absence.starts_on, "before_on", _("This day comes after the first day away.")),
        (after is not None and after <= absence.ends_on, "after_on", _("This day comes before the time away is over.")),
    )
    for missing, field, words in gaps:
        if missing:
            raise Unreadable(words, field)
    refuse_unprintable(mailer=mailer, instead=plan.instead)


def _set_tasks(absence: Absence, agreement: Agreement, plan: rules.Plan, now: datetime) -> None:
    """The tasks as this plan has them: moved, added, called off, wanted again. What is done, or was not, stays so.

    None is taken away: calendars that carry it hear by a higher number that it is off.
    """
    wanted = rules.tasks(away.days_of(absence), plan, ends.local_day(now))
    rows = {AwayTask(row.kind): row for row in AbsenceTask.objects.filter(absence=absence, agreement=agreement)}
    for kind in wanted.keys() - rows.keys():
        AbsenceTask.objects.create(absence=absence, agreement=agreement, kind=kind, due_on=wanted[kind])
    for kind, row in rows.items():
        due_on = wanted.get(kind, row.due_on)
        stays = row.due_on == due_on and (row.called_off_at is None) is (kind in wanted)
        if stays or row.done_at is not None or row.not_done_at is not None:
            continue
        row.due_on, row.sequence, row.called_off_at = due_on, row.sequence + 1, None if kind in wanted else now
        row.save(update_fields=["due_on", "sequence", "called_off_at"])
        reminders.cancel(subjects=[row.pk])


@transaction.atomic
def tick(*, task: AbsenceTask, done: bool, missed: bool = False, by: User, now: datetime) -> AbsenceTask:
    """The task is done; its day went by without it (`missed`); or after all it is neither. Twice is the same."""
    audit.lock(task.agreement)
    task.refresh_from_db()
    if (task.done_at is not None, task.not_done_at is not None) != (done, missed):
        task.done_at, task.not_done_at = now if done else None, now if missed else None
        task.save(update_fields=["done_at", "not_done_at"])
        details = {"kind": task.kind, "done": done, "missed": missed}
        audit.append(
            chain=task.agreement, kind="away task ticked", by=by, now=now, subject=task.pk, details=details
        )  # fmt: skip
    return task


@transaction.atomic
def printed(
    *, absence: Absence, agreement: Agreement, by: User, now: datetime, form_key: UUID | None = None
) -> AwaySheet:
    """The therapist says that the away sheet is printed."""
    audit.lock(agreement)
    if again := audit.replayed(form_key):
        return AwaySheet.objects.get(pk=again.subject)
    row = AwaySheet.objects.create(absence=absence, agreement=agreement, by=by, at=now)
    return _record(row, "away sheet printed", by=by, now=now, form_key=form_key)


def _record(
    row: AnyRow, kind: str, *, by: User, now: datetime, form_key: UUID | None = None, **details: bool
) -> AnyRow:
    audit.record(chain=row.agreement, kind=kind, by=by, now=now, subject=row.pk, form_key=form_key, details=details)
    return row


def take_along(plan: AwayPlan, new: Absence, *, knows: str, by: User, now: datetime) -> AwayPlan:
    """What the two chose is offered to them for the changed absence `new`, and its tasks move. It counts as gone
    through once they went through it again: `at` stays the moment when they chose it. Session days stay too; those
    that do not fit any more are named and hold for nothing (rules.away.fitting).

    Call inside a transaction.
    """
    names = ("texting", "hold", "as_agreed", "post", "mailer", "instead", "before_on", "after_on")
    facts = {name: getattr(plan, name) for name in names}
    row = AwayPlan.objects.create(absence=new, agreement=plan.agreement, knows=knows, by=by, at=plan.at, **facts)
    _set_tasks(new, plan.agreement, away.plan_of(row), now)
    _record(row, "time away gone through", by=by, now=now, taken_along=True)
    return row


def refuse_unless_in_use(absence: Absence) -> None:
    """Raises NotNow when somebody changed or called off this absence meanwhile."""
    if not away.in_use().filter(pk=absence.pk).exists():
        raise NotNow(_("This time away was changed or called off elsewhere."))

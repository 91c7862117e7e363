"""The days of a therapist as calendar entries. A kind is one function below and its call in `of`. Never writes.

They name nobody, so that a shared calendar or a lock screen tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from agreements.models import AbsenceTask, Review, User
from agreements.reads import due, ends

KEPT_FOR = timedelta(days=366)  # what lies further back is of no use in a calendar


@dataclass(frozen=True)
class Entry:
    """An all-day entry. `uid` never changes; `sequence` rises with each change of it, also when it is called off."""

    uid: str
    day: date
    sequence: int
    title: str
    cancelled: bool = False


def of(therapist: User, *, today: date) -> list[Entry]:
    """Everything of the therapist's clients from a year ago on, by day. The caller activates the language."""
    theirs = Review.objects.filter(version__agreement__therapist=therapist, due_on__gte=today - KEPT_FOR)
    tasks = AbsenceTask.objects.filter(agreement__therapist=therapist, due_on__gte=today - KEPT_FOR)
    return sorted((*_looks(theirs), *_away_tasks(tasks)), key=lambda entry: (entry.day, entry.uid))


def of_client(agreement_id: UUID, *, title: str = "") -> Entry:
    """The one look that a client has before them, or had last: the same entry from paper to paper, so that a newer file
    moves it. `title`: the client's own words for it, "" for the usual ones."""
    theirs = Review.objects.filter(version__agreement=agreement_id).order_by("version__number")
    *before, last = _looks(theirs, title)
    sequence = last.sequence + sum(each.sequence + 1 for each in before)
    return replace(last, uid=f"look-{agreement_id}@between-sessions", sequence=sequence)


def of_task(task_id: UUID) -> Entry:
    """One task around a time away."""
    [entry] = _away_tasks(AbsenceTask.objects.filter(pk=task_id))
    return entry


def _looks(reviews: QuerySet[Review], title: str = "") -> list[Entry]:
    open_still = Exists(due.open_reviews().filter(pk=OuterRef("pk")))
    return [
        Entry(
            uid=f"review-{pk}@between-sessions",
            day=day,
            sequence=sequence + (not is_open),
            title=title or _("Look at our agreement"),
            cancelled=not is_open,
        )
        for pk, day, sequence, is_open in reviews.annotate(is_open=open_still).values_list(
            "pk", "due_on", "sequence", "is_open"
        )
    ]


def _away_tasks(tasks: QuerySet[AbsenceTask]) -> list[Entry]:
    """What is to do around a time away; called off by itself, with it, or when texting ends before its day. What is
    done stays where it was."""
    return [
        Entry(
            uid=f"task-{task.pk}@between-sessions",
            day=task.due_on,
            sequence=task.sequence + (is_off and task.called_off_at is None),
            title=_("Something you planned"),
            cancelled=is_off,
        )
        for task in tasks.select_related("absence__called_off", "absence__replaced_by", "agreement__ending__sooner")
        for is_off in [_is_off(task)]
    ]


def _is_off(task: AbsenceTask) -> bool:
    absence = task.absence
    falls_away = hasattr(absence, "called_off") or hasattr(absence, "replaced_by")
    off = task.called_off_at is not None or falls_away or ends.is_over(task.agreement, task.due_on)
    return off and task.done_at is None

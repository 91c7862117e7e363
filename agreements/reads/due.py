"""What falls due, and who is told. A kind of thing is one function below and one line of KINDS. Never writes.

A function of a kind gives the things that still want a reminder at this moment: it is asked when reminders are planned
and again when one is sent, so whatever settles a thing settles its reminders too. Its rows have these columns:

`subject` (id), `sequence` (rises with each move of the day), `day` (local date), `to` (id of the User or the Wish that
is told) and `zone` (IANA name of that person's calendar; "": the practice's).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from agreements.models import AbsenceTask, Document, Reminder, ReminderState, Review, User
from agreements.rules.vocabulary import Contact

Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of thing. `mail` names the three templates of its message.

    The first reminder goes out `before` the day; with `repeats` one follows every two weeks while the thing stays
    open. `to` is the column of the reminder that says who gets it. `until_the_day`: too late it is not sent at all.
    """

    name: str
    mail: str
    open: Callable[[], Rows]
    to: str = "recipient"
    before: timedelta = timedelta()
    repeats: bool = False
    until_the_day: bool = False

    def first_on(self, day: date) -> date:
        """The local day of the first reminder."""
        return day - self.before

    def day_of_reminder(self) -> Subquery:
        """For a query over reminders of this kind: the day of the thing, if it is still open, on that same day and
        for that same person; else nothing."""
        same = {"subject": OuterRef("subject"), "sequence": OuterRef("sequence"), "to": OuterRef(self.to)}
        return Subquery(self.open().filter(**same).values("day")[:1])

    def is_too_late(self, day: date, today: date) -> bool:
        """Whether nothing goes out any more on the local day `today`."""
        return self.until_the_day and today > day


def open_reviews() -> QuerySet[Review]:
    """Looks that the two still have before them: no newer paper, and no ending."""
    agreement = "version__agreement"
    newer = Document.objects.filter(agreement=OuterRef(agreement), number__gt=OuterRef("version__number"))
    return Review.objects.filter(~Exists(newer), version__agreement__ending=None)


def reviews() -> Rows:
    """The therapist is told of every look, until the two have looked or moved the day."""
    return open_reviews().values(
        "sequence", subject=F("pk"), day=F("due_on"), to=F("version__agreement__therapist"), zone=Value("")
    )


def own_dates() -> Rows:
    """The client is told of the look if they asked for it and may still be written to (H19)."""
    wish = "version__agreement__wishes"
    wished = open_reviews().filter(**{f"{wish}__isnull": False, f"{wish}__stopped_at__isnull": True})
    return wished.exclude(version__agreement__client__contact=Contact.NONE).values(
        "sequence", subject=F("pk"), day=F("due_on"), to=F(wish),
        zone=F("version__agreement__client__zone"),
    )  # fmt: skip


def away_tasks() -> Rows:
    """The therapist is told of what is to do around a time away, as long as it stands and texting has not ended."""
    open_ones = AbsenceTask.objects.filter(
        done_at=None, absence__called_off=None, absence__replaced_by=None, agreement__ending=None
    )
    return open_ones.order_by().values(
        "sequence", subject=F("pk"), day=F("due_on"), to=F("agreement__therapist"), zone=Value("")
    )


KINDS = {
    kind.name: kind
    for kind in (
        Kind("review", "review_due", reviews, repeats=True),
        Kind("away-task", "task_due", away_tasks),
        Kind("own-date", "own_date", own_dates, to="wish", before=timedelta(days=1), until_the_day=True),
    )
}


def failed_of(therapist: User) -> QuerySet[Reminder]:
    """Reminders that could not be sent, to this therapist or to their clients, of things that are still open."""
    failed = Reminder.objects.filter(state=ReminderState.FAILED)
    theirs = failed.filter(Q(recipient=therapist) | Q(wish__agreement__therapist=therapist))
    days = [
        Q(kind=kind.name, pk__in=theirs.annotate(day=kind.day_of_reminder()).filter(day__isnull=False).values("pk"))
        for kind in KINDS.values()
    ]
    return theirs.filter(reduce(or_, days))

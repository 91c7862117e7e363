"""What falls due, and who is told. A kind of thing is one function below and one line of KINDS. Never writes.

A function of a kind gives the things that still want a reminder at this moment: it is asked when reminders are planned
and again when one is sent, so whatever settles a thing settles its reminders too. Its rows have these columns:

`subject` (id), `sequence` (rises with each move of the day), `day` (local date), `to` (id of the User or the Wish that
is told), `zone` (IANA name of that person's calendar; "": the practice's) and `ends_on` (the local day from which
nobody texts, or nothing).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from agreements.models import Document, Practice, Reminder, ReminderState, Review, User
from agreements.reads import away, ends
from agreements.rules.vocabulary import Contact

Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of thing. `mail` names the three templates of its message, `letter` the columns it is written from.

    The first reminder goes out `before` the day; with `repeats` one follows every two weeks while the thing stays
    open. `to` is the column of the reminder that says who gets it. `until_the_day`: too late it is not sent at all.
    """

    name: str
    mail: str
    open: Callable[[], Rows]
    letter: Mapping[str, Any]
    to: str = "recipient"
    before: timedelta = timedelta()
    repeats: bool = False
    until_the_day: bool = False

    def first_on(self, day: date) -> date:
        """The local day of the first reminder."""
        return day - self.before

    def of_reminder(self, column: str) -> Subquery:
        """For a query over reminders of this kind: a column of the thing, if it is still open, on that same day and
        for that same person; else nothing."""
        same = {"subject": OuterRef("subject"), "sequence": OuterRef("sequence"), "to": OuterRef(self.to)}
        return Subquery(self.open().filter(**same).values(column)[:1])

    def still(self, reminder: Reminder) -> dict[str, Any] | None:
        """What the mail of this reminder needs, if its thing is still open on that same day for that same person."""
        same = {"subject": reminder.subject, "sequence": reminder.sequence, "to": getattr(reminder, f"{self.to}_id")}
        return next(iter(self._letters.filter(**same)[:1]), None)

    @cached_property
    def _letters(self) -> Rows:
        return self.open().values("day", "ends_on", **self.letter)

    def last_on(self, thing: Mapping[str, Any]) -> date:
        """The last local day on which somebody is told of a thing."""
        last = date.max if thing["ends_on"] is None else thing["ends_on"] - DAY
        return min(last, thing["day"]) if self.until_the_day else last


def to_therapist(agreement: str) -> dict[str, Any]:
    """What a mail to the therapist needs: `address` ("" while the account is off), `language`, and no word to stop it.
    `agreement` is the way to the agreement."""
    email = When(**{f"{agreement}__therapist__is_active": True}, then=F(f"{agreement}__therapist__email"))
    language = Subquery(Practice.objects.values("language")[:1])
    return {"address": Case(email, default=Value("")), "language": language, "stop": Value("")}


def to_client(agreement: str) -> dict[str, Any]:
    """The same for a client, with the word that stops these mails."""
    wish = f"{agreement}__wishes"
    return {"address": F(f"{wish}__email"), "language": F(f"{agreement}__language"), "stop": F(f"{wish}__token")}


def open_reviews() -> QuerySet[Review]:
    """Looks that the two still have before them: no newer paper, and a day on which the agreement is in force."""
    agreement = "version__agreement"
    newer = Document.objects.filter(agreement=OuterRef(agreement), number__gt=OuterRef("version__number"))
    return Review.objects.filter(~Exists(newer), ~ends.over(F("due_on"), agreement))


def reviews() -> Rows:
    """The therapist is told of every look, until the two have looked or moved the day."""
    return open_reviews().values(
        "sequence", subject=F("pk"), day=F("due_on"), to=F("version__agreement__therapist"), zone=Value(""),
        ends_on=ends.day_in("version__agreement"),
    )  # fmt: skip


def own_dates() -> Rows:
    """The client is told of the look if they asked for it and may still be written to (H19)."""
    wish = "version__agreement__wishes"
    wished = open_reviews().filter(**{f"{wish}__isnull": False, f"{wish}__stopped_at__isnull": True})
    return wished.exclude(version__agreement__client__contact=Contact.NONE).values(
        "sequence", subject=F("pk"), day=F("due_on"), to=F(wish),
        zone=F("version__agreement__client__zone"), ends_on=ends.day_in("version__agreement"),
    )  # fmt: skip


def away_tasks() -> Rows:
    """The therapist is told of what is to do around a time away, on a day on which the agreement is in force."""
    return away.wanted().order_by().values(
        "sequence", subject=F("pk"), day=F("due_on"), to=F("agreement__therapist"), zone=Value(""),
        ends_on=ends.day_in("agreement"),
    )  # fmt: skip


DAY = timedelta(days=1)
KINDS = {
    kind.name: kind
    for kind in (
        Kind("review", "review_due", reviews, to_therapist("version__agreement"), repeats=True),
        Kind("away-task", "task_due", away_tasks, to_therapist("agreement")),
        Kind("own-date", "own_date", own_dates, to_client("version__agreement"), "wish", DAY, until_the_day=True),
    )
}


def unsent_of(therapist: User, today: date) -> QuerySet[Reminder]:
    """Reminders that could not be sent, twice or for good, to this therapist or to their clients, of things that are
    still open on the local day `today`. What failed once is most often only asked to come again."""
    tried_twice = Q(state=ReminderState.WAITING, attempts__gte=2) & ~Q(failure="")
    theirs = Reminder.objects.filter(Q(state=ReminderState.FAILED) | tried_twice).filter(
        Q(recipient=therapist) | Q(wish__agreement__therapist=therapist)
    )
    days = [Q(kind=kind.name, pk__in=_open_still(kind, theirs, today).values("pk")) for kind in KINDS.values()]
    return theirs.filter(reduce(or_, days))


def _open_still(kind: Kind, rows: QuerySet[Reminder], today: date) -> QuerySet[Reminder]:
    found = rows.annotate(day=kind.of_reminder("day"), ends_on=kind.of_reminder("ends_on"))
    return found.filter(Q(ends_on=None) | Q(ends_on__gt=today), day__isnull=False)

"""The day of each look back against its log: as it was signed, unless an entry says that it was moved."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.actions.chain_walk import COMING_OF_AGE, MOVED, Entry, Fault, Walked
from agreements.models import Look, Review

LOOKED = "looked at again"


def faults(walked: Walked, agreement: UUID) -> Iterator[Fault]:
    """Each look back whose day no entry gave it, and each that was moved and is not there any more.

    Where an older version wrote a coming of age down, it did not say which day that gave: nothing is said then. One
    that was never moved and is gone is made again, for the day that was signed.
    """
    if any("review" not in entry.details for entry in walked.entries.get(COMING_OF_AGE, [])):
        return
    rows = Review.objects.filter(version__agreement=agreement).values_list("pk", "due_on", "version__review_on")
    reviews = {str(pk): due_on for pk, due_on, _signed in rows}
    given = {str(pk): (1, str(signed)) for pk, _due_on, signed in rows}
    for sequence, pk, day in sorted(_moves(walked, agreement)):
        if pk not in reviews:
            yield walked.fault(sequence, _("the look back that was moved is not there any more"))
        given[pk] = (sequence, day)
    for pk, due_on in reviews.items():
        sequence, day = given[pk]
        if due_on.isoformat() != day:
            yield walked.fault(sequence, _("the day of a look back is not the one that was agreed"))


def _moves(walked: Walked, agreement: UUID) -> Iterator[tuple[int, str, str]]:
    """The entries that gave a look back its day, as (number, id of the review, day)."""
    looked = dict(Look.objects.filter(review__version__agreement=agreement).values_list("pk", "review_id"))
    for entry in walked.entries.get(LOOKED, []):
        if entry.subject in looked and "next_on" in entry.details:
            yield entry.sequence, str(looked[entry.subject]), entry.details["next_on"]
    moved: list[tuple[str, Entry]] = [(str(each.subject), each) for each in walked.entries.get(MOVED, [])]
    moved += [(each.details["review"], each) for each in walked.entries.get(COMING_OF_AGE, [])]
    yield from ((entry.sequence, pk, entry.details["now"]) for pk, entry in moved if pk and "now" in entry.details)

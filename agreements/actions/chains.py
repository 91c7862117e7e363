"""Whether the logs are whole: every chain from its first entry, against what the sealed papers and the kept rows say.

A chain alone cannot tell that its end is missing. So it is held against the place and digest that each sealed PDF
prints, against the rows that came of its entries, and against the practice's log, where an agreement's entries are
written down; the practice's log against what each sealing wrote down of it; and each log against the mark of its head,
which only the keys make, and these marks against each other. Whoever puts back all rows and marks of an earlier moment
is not found here. A paper in other hands still proves what it prints: `verify_pdf` says that our key sealed it and that
it is not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.actions import audit, chain_keys, chain_papers, chain_reviews, chain_rows, log_heads
from agreements.actions.bound_rows import ROW
from agreements.actions.chain_walk import Entry, Fault, Walked, walk
from agreements.models import Agreement, AuditEvent, LogHead, Practice

NO_LOG = UUID(int=0)
SEALINGS = ("sealed", "large print sealed")
Notes = dict[UUID, list[Entry]]  # of an agreement's log, in the practice's


def faults() -> Iterator[Fault]:
    """Every fault of every chain, chain by chain. Raises nothing: what cannot be opened or read is a fault.

    While an id is spelled otherwise than ids are kept, only that is said: rows are told apart by their ids. A value
    that is not of its column's kind (SQLite keeps any) ends the looking.
    """
    try:
        yield from _faults()
    except (AttributeError, TypeError, ValueError) as error:
        says = _("a value cannot be read (%(why)s): what comes after it was not looked at")
        yield Fault(NO_LOG, 0, says % {"why": error})


def _faults() -> Iterator[Fault]:
    if tables := list(chain_keys.spelled_otherwise()):
        says = _("in “%(table)s” an id is not spelled as ids are kept here: nothing else was looked at")
        yield from (Fault(NO_LOG, 0, says % {"table": table}) for table in tables)
        return
    agreements = list(Agreement.objects.order_by("created_at").values_list("pk", flat=True))
    practices = [walk(pk) for pk in Practice.objects.values_list("pk", flat=True)]
    notes = _notes(practices)
    said: list[tuple[int, str]] = []
    unnoted = 0
    for pk in agreements:
        walked, noted = walk(pk), notes.pop(pk, [])
        said += _said_of_practice(walked)
        unnoted += _unnoted(walked, noted)
        yield from walked.faults
        yield from chain_rows.faults(walked, pk)
        yield from chain_papers.faults(walked)
        yield from chain_reviews.faults(walked, pk)
        named = [(each.details["entry"], each.details["digest"]) for each in noted]
        yield from walked.unlike(named, _("the practice’s log wrote down another entry"))
    for practice in practices:
        yield from practice.faults
        yield from chain_rows.faults(practice, None)
        yield from practice.unlike(said, _("a sealing wrote down another entry"))
        yield from _gone(practice, notes)
        if unnoted:
            says = _("an entry “%(kind)s” is missing, at this place or before it") % {"kind": audit.NOTED}
            yield practice.fault(practice.end + 1, says)
        if not log_heads.agree(practice.chain):
            yield practice.fault(practice.end, _("the mark of its end does not go with the marks of the other logs"))
    known = {*agreements, *(each.chain for each in practices)}
    logs = (set(model._default_manager.values_list("chain", flat=True)) for model in (AuditEvent, LogHead))
    for pk in sorted(set().union(*logs) - known):
        yield Fault(pk, 1, _("this is the log of nothing that is kept here"))


def counted() -> tuple[int, int]:
    """How many chains there are, and how many entries in all."""
    return AuditEvent.objects.order_by().values("chain").distinct().count(), AuditEvent.objects.count()


def _notes(practices: list[Walked]) -> Notes:
    notes: Notes = {}
    for practice in practices:
        for entry in practice.entries.get(audit.NOTED, []):
            if "entry" in entry.details and "digest" in entry.details:
                notes.setdefault(entry.subject, []).append(entry)
    return notes


def _said_of_practice(walked: Walked) -> list[tuple[int, str]]:
    """The places of the practice's log that the sealings of an agreement wrote down."""
    said = [entry.details.get("practice") for kind in SEALINGS for entry in walked.entries.get(kind, [])]
    return [(place[0], place[1]) for place in said if place]


def _unnoted(walked: Walked, noted: list[Entry]) -> int:
    """How many entries that bind their row the practice's log does not know: older ones bind none and are in none."""
    known = {entry.details["entry"] for entry in noted}
    bound = {entry.sequence for entries in walked.entries.values() for entry in entries if ROW in entry.details}
    return len(bound - known)


def _gone(practice: Walked, notes: Notes) -> Iterator[Fault]:
    """The first note of each agreement that is not here, and each of its sealed papers."""
    for entries in notes.values():
        for entry in entries:
            if "sha256" in entry.details:
                yield practice.fault(entry.sequence, _("the agreement sealed then is not there any more"))
        if not any("sha256" in entry.details for entry in entries):
            yield practice.fault(entries[0].sequence, _("the agreement written down here is not there any more"))

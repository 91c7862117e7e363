"""One walk along one log, from its first entry: is each entry what was written, and where it was written?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.actions import audit, log_heads
from agreements.actions.bound_rows import BOUND, READ_IN
from agreements.models import AuditEvent
from agreements.models.fields import FieldKeyUnavailable

MOVED, COMING_OF_AGE = "review moved", "coming of age"
ALSO_KEPT = (audit.NOTED, READ_IN, MOVED, COMING_OF_AGE)


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of a chain; `sequence` is the entry's number from 1, 0 for the chain as a whole."""

    chain: UUID
    sequence: int
    what: str


@dataclass(frozen=True)
class Entry:
    """An entry that counts when the rows are compared: its number, its subject and its details."""

    sequence: int
    subject: UUID
    details: dict[str, Any]


@dataclass
class Walked:
    """What one walk found: digest by number, the entries that bind rows or name other logs by kind, and faults."""

    chain: UUID
    digests: dict[int, str] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The number of the last entry, 0 when there is none."""
        return max(self.digests, default=0)

    def fault(self, sequence: int, what: str) -> Fault:
        """A fault at one place of this chain."""
        return Fault(self.chain, sequence, what)

    def unlike(self, named: Iterable[tuple[int, str]], what: str) -> Iterator[Fault]:
        """Places at which something else stands than was named elsewhere, as (number, digest)."""
        for place, digest in sorted(set(named)):
            if place and self.digests.get(place) != digest:
                yield self.fault(place, what)


def walk(chain: UUID) -> Walked:
    """The whole of one chain. What cannot be opened was changed."""
    walked, before, place = Walked(chain), "", 1
    for event, details in _events(chain):
        if event.sequence != place:
            walked.faults.append(walked.fault(place, _("an entry is missing")))
        elif event.previous != before:
            walked.faults.append(walked.fault(place, _("it does not follow the entry before it")))
        event.details = details
        if details is None or audit.digest(event) != event.digest:
            walked.faults.append(walked.fault(event.sequence, _("it was changed")))
        if event.kind in BOUND or event.kind in ALSO_KEPT:
            entry = Entry(event.sequence, event.subject, details or {})
            walked.entries.setdefault(event.kind, []).append(entry)
        walked.digests[event.sequence] = before = event.digest
        place = event.sequence + 1
    if not walked.digests:
        walked.faults.append(walked.fault(1, _("an entry is missing")))
    walked.faults += _of_the_head(walked)
    return walked


def _of_the_head(walked: Walked) -> Iterator[Fault]:
    """What the mark of the head says otherwise than the log: it moves with each entry, in one step with it."""
    try:
        mark = log_heads.marked(walked.chain)
    except FieldKeyUnavailable:
        yield walked.fault(walked.end, _("the mark of its end does not open"))
        return
    if mark is None:
        yield walked.fault(walked.end, _("the mark of its end is missing"))
    elif mark["chain"] != str(walked.chain):
        yield walked.fault(walked.end, _("the mark of its end is that of another log"))
    elif mark["sequence"] > walked.end:
        yield walked.fault(walked.end + 1, _("entries were removed at its end: the mark of its end stands further on"))
    elif (mark["sequence"], mark["digest"]) != (walked.end, walked.digests.get(walked.end)):
        yield walked.fault(mark["sequence"], _("the mark of its end names another entry"))


def _events(chain: UUID) -> list[tuple[AuditEvent, Any]]:
    """The entries with their details; None where these do not open."""
    events = AuditEvent.objects.filter(chain=chain).order_by("sequence")
    try:
        return [(event, event.details) for event in events]
    except FieldKeyUnavailable:
        return [(event, _details(event.pk)) for event in events.defer("details")]


def _details(pk: UUID) -> Any:
    try:
        return AuditEvent.objects.values_list("details", flat=True).get(pk=pk)
    except FieldKeyUnavailable:
        return None

"""Whether the logs are whole: every chain from its first entry, against what the sealed papers and the kept rows say.

A chain alone cannot tell that its end is missing. So it is held against the place and digest that each sealed PDF
prints, and against the rows that came of its entries; the practice's log against what each sealing wrote down of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.actions import audit
from agreements.actions.pdf import ATTACHED
from agreements.models import (
    Agreement,
    AuditEvent,
    CopyRecord,
    CrisisCheck,
    Document,
    Ending,
    Practice,
    Raised,
    Recall,
    RecallAnswer,
    SeenInk,
    Signature,
    Version,
)
from agreements.models.fields import FieldKeyUnavailable

OF_AN_AGREEMENT: dict[str, tuple[type[Any], str]] = {
    "frozen": (Version, "agreement"),
    "signed": (Signature, "version__agreement"),
    "sealed": (Document, "agreement"),
    "ink seen": (SeenInk, "signature__version__agreement"),
    "copy given": (CopyRecord, "document__agreement"),
    "texting stopped": (Ending, "agreement"),
    "texting raised": (Raised, "agreement"),
    "recall answered": (RecallAnswer, "agreement"),
}
OF_THE_PRACTICE: dict[str, type[Any]] = {"crisis resource checked": CrisisCheck, "recall": Recall}


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of a chain; `sequence` is the entry's number from 1, 0 for the chain as a whole."""

    chain: UUID
    sequence: int
    what: str


@dataclass
class _Walked:
    """What one walk along a chain found: digest by number, ids by kind, and what each sealing said of the practice."""

    digests: dict[int, str] = field(default_factory=dict)
    came_of: dict[str, set[UUID]] = field(default_factory=dict)
    practice: list[tuple[int, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def faults() -> Iterator[Fault]:
    """Every fault of every chain, chain by chain. Raises nothing: what cannot be opened is a fault."""
    said: list[tuple[int, str]] = []
    practices = list(Practice.objects.values_list("pk", flat=True))
    agreements = list(Agreement.objects.order_by("created_at").values_list("pk", flat=True))
    for pk in agreements:
        walked = _walk(pk)
        said += walked.practice
        yield from walked.faults
        for kind, (model, way) in OF_AN_AGREEMENT.items():
            yield from _without_entry(pk, walked, kind, model.objects.filter(**{way: pk}).values_list("pk", flat=True))
        yield from _papers(pk, walked)
    for pk in practices:
        walked = _walk(pk)
        yield from walked.faults
        for kind, model in OF_THE_PRACTICE.items():
            yield from _without_entry(pk, walked, kind, model.objects.values_list("pk", flat=True))
        yield from _unlike(pk, walked, said, _("a sealing wrote down another entry"))
    strangers = AuditEvent.objects.exclude(chain__in=[*practices, *agreements]).order_by()
    for pk in strangers.values_list("chain", flat=True).distinct():
        yield Fault(pk, 1, _("this is the log of nothing that is kept here"))


def counted() -> tuple[int, int]:
    """How many chains there are, and how many entries in all."""
    return AuditEvent.objects.order_by().values("chain").distinct().count(), AuditEvent.objects.count()


def _walk(chain: UUID) -> _Walked:
    walked, before, place = _Walked(), "", 1
    for event, details in _events(chain):
        if event.sequence != place:
            walked.faults.append(Fault(chain, place, _("an entry is missing")))
        elif event.previous != before:
            walked.faults.append(Fault(chain, place, _("it does not follow the entry before it")))
        event.details = details
        if details is None or audit.digest(event) != event.digest:
            walked.faults.append(Fault(chain, event.sequence, _("it was changed")))
        elif event.kind == "sealed" and "practice" in details:
            walked.practice.append((details["practice"][0], details["practice"][1]))
        walked.digests[event.sequence] = before = event.digest
        walked.came_of.setdefault(event.kind, set()).add(event.subject)
        place = event.sequence + 1
    if not walked.digests:
        walked.faults.append(Fault(chain, 1, _("an entry is missing")))
    return walked


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


def _without_entry(chain: UUID, walked: _Walked, kind: str, ids: Iterable[UUID]) -> Iterator[Fault]:
    """Rows that came of an entry of this kind, and the entry is not there."""
    for _pk in set(ids) - walked.came_of.get(kind, set()):
        says = _("an entry “%(kind)s” is missing, at this place or before it") % {"kind": kind}
        yield Fault(chain, max(walked.digests, default=0) + 1, says)


def _unlike(chain: UUID, walked: _Walked, named: Iterable[tuple[int, str]], says: str) -> Iterator[Fault]:
    """Places of the chain at which something else stands than was named elsewhere."""
    for place, digest in sorted(set(named)):
        if place and walked.digests.get(place) != digest:
            yield Fault(chain, place, says)


def _papers(agreement: UUID, walked: _Walked) -> Iterator[Fault]:
    """The chain against what each sealed PDF says of it, and each version that waits for its seal."""
    waiting = Version.objects.filter(agreement=agreement, document=None).exclude(log_head="")
    named = list(waiting.values_list("log_entries", "log_head"))
    for pk in Document.objects.filter(agreement=agreement).values_list("pk", flat=True):
        log = _log_in(pk)
        if log is None:
            yield Fault(agreement, max(walked.digests, default=1), _("the paper that was sealed here was changed"))
        elif log:
            named.append((log["entries"], log["head"]))
    yield from _unlike(agreement, walked, named, _("a sealed paper names another entry"))


def _log_in(document: UUID) -> dict[str, Any] | None:
    """What the file in a sealed PDF says of the log, empty when it was sealed before it said so; None when the PDF is
    not the one that was kept, or does not open."""
    from pypdf import PdfReader

    try:
        content, sha256 = Document.objects.values_list("content", "sha256").get(pk=document)
    except FieldKeyUnavailable:
        return None
    if hashlib.sha256(content).hexdigest() != sha256:
        return None
    (attached,) = PdfReader(BytesIO(content)).attachments[ATTACHED]
    return dict(json.loads(attached).get("log", {}))

"""The kept rows against the entries they came of: each row has its entry, each entry its row, and both say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from agreements.actions import bound_rows
from agreements.actions.bound_rows import BOUND, READ_IN, ROW, ROWS, Bound
from agreements.actions.chain_walk import Fault, Walked
from agreements.models import CrisisResource, Party
from agreements.models.fields import FieldKeyUnavailable
from agreements.rules.signing import ADDED


def faults(walked: Walked, agreement: UUID | None) -> Iterator[Fault]:
    """What the rows of one agreement, or with None those of the practice, do not have in common with their log."""
    for kind, bound in BOUND.items():
        if bool(bound.way) == (agreement is not None):
            yield from _of_kind(walked, kind, bound, agreement)
    if agreement is None:
        yield from _of_resources(walked)
    two = Party.objects.filter(agreement=agreement).exclude(role__in=ADDED)
    if agreement and two.exclude(signs=True, gone=False).exists():
        yield walked.fault(1, _("the client and the therapist always sign, and a row says otherwise"))


def _of_kind(walked: Walked, kind: str, bound: Bound, agreement: UUID | None) -> Iterator[Fault]:
    entries = {entry.subject: entry for entry in walked.entries.get(kind, [])}
    rows = bound.model._default_manager.filter(**({bound.way: agreement} if bound.way else {}))
    there = set(rows.values_list(bound.by, flat=True))
    if bound.every:
        for _row in set(rows.filter(**bound.among).values_list(bound.by, flat=True)) - entries.keys():
            says = _("an entry “%(kind)s” is missing, at this place or before it") % {"kind": kind}
            yield walked.fault(walked.end + 1, says)
    others = [entry for until in bound.until for entry in walked.entries.get(until, [])]
    newest = {entry.subject: entry.sequence for entry in sorted(others, key=lambda entry: entry.sequence)}
    for subject, entry in entries.items():
        if newest.get(subject, 0) > entry.sequence:
            continue
        if subject not in there:
            yield walked.fault(entry.sequence, _("what came of it is not there any more"))
        elif _is_changed(rows, bound, subject, {**bound.says, **entry.details}):
            yield walked.fault(entry.sequence, _("what came of it was changed"))


def _of_resources(walked: Walked) -> Iterator[Fault]:
    """Each published crisis resource was read in or published, and is what was read in.

    A log that was begun before such entries bound their rows says nothing of them until one does.
    """
    binding = [entry for entry in walked.entries.get(READ_IN, []) if ROWS in entry.details]
    rows = {str(row.pk): row for row in CrisisResource.objects.all()} if binding else {}
    named = {str(entry.subject) for entry in walked.entries.get("crisis resource published", [])}
    for entry in binding:
        kept = entry.details[ROWS]
        named |= kept["sha256"].keys()
        for pk, digest in kept["sha256"].items():
            if pk not in rows:
                says = _("a crisis resource that it binds is not there any more: %(id)s") % {"id": pk}
                yield walked.fault(entry.sequence, says)
            elif bound_rows.differs(rows[pk], {ROW: {"of": kept["of"], "sha256": digest}}):
                says = _("a crisis resource that it binds was changed: %(key)s") % {"key": rows[pk].key}
                yield walked.fault(entry.sequence, says)
    for pk, row in rows.items():
        if row.published_at and pk not in named:
            says = _("a crisis resource is in use that no entry knows: %(key)s") % {"key": row.key}
            yield walked.fault(walked.end + 1, says)


def _is_changed(rows: QuerySet[Model], bound: Bound, subject: UUID, details: dict[str, Any]) -> bool:
    try:
        return bound_rows.differs(bound_rows.stored(rows, bound, subject), details)
    except FieldKeyUnavailable:
        return True

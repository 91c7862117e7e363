"""Where each log ends, said by a mark that nobody makes without the keys.

The mark of the practice's log says as well what the marks of all other logs say together. It moves with every entry of
every log, so that an older mark put back into one log alone is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import xor
from typing import Any
from uuid import UUID

from agreements.models import AuditEvent, LogHead
from agreements.models.fields import FieldKeyUnavailable
from agreements.rules.digest import sha256

Mark = dict[str, Any]
OTHERS = "others"


def marked(chain: UUID) -> Mark | None:
    """What the mark of the log's end says; None where there is none. Raises FieldKeyUnavailable."""
    mark: Mark | None = LogHead.objects.filter(chain=chain).values_list("mark", flat=True).first()
    return mark


def others(practice: UUID) -> str:
    """What the marks of all logs but the practice's say now, together. Raises FieldKeyUnavailable."""
    return _together(map(sha256, LogHead.objects.exclude(chain=practice).values_list("mark", flat=True)))


def agree(practice: UUID) -> bool:
    """Whether the marks of all other logs are those that the practice's was last moved with, if it has one."""
    try:
        mark = marked(practice)
        return mark is None or mark.get(OTHERS, _together([])) == others(practice)
    except FieldKeyUnavailable:
        return False


def move_on(event: AuditEvent, *, practice: UUID) -> None:
    """The mark moves on to this event from the one before. Call under the locks of the log and of the practice's.

    One that named another event stays, and what the practice's says of it: what was wrong would be forgotten.
    """
    now = {"chain": str(event.chain), "sequence": event.sequence, "digest": event.digest}
    before = {**now, "sequence": event.sequence - 1, "digest": event.previous} if event.sequence > 1 else None
    if _moved(event.chain, before, now) and event.chain != practice:
        _take_along(practice, [sha256(mark) for mark in (before, now) if mark])


def _moved(chain: UUID, before: Mark | None, now: Mark) -> bool:
    try:
        mark = marked(chain)
    except FieldKeyUnavailable:
        return False
    if mark is None and before is None:
        LogHead.objects.create(chain=chain, mark=now)
    elif mark and before and mark | before == mark:
        LogHead.objects.filter(chain=chain).update(mark=mark | now)
    else:
        return False
    return True


def _take_along(practice: UUID, out_and_in: list[str]) -> None:
    try:
        mark = marked(practice)
    except FieldKeyUnavailable:
        return
    if mark is not None:
        said = [mark[OTHERS]] if OTHERS in mark else []
        LogHead.objects.filter(chain=practice).update(mark={**mark, OTHERS: _together([*said, *out_and_in])})


def _together(digests: Iterable[str]) -> str:
    """Digests as one, in whatever order; one that is in twice is out again."""
    return f"{reduce(xor, (int(each, 16) for each in digests), 0):064x}"

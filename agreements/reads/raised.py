"""What one of the two raised about their texting, or said gets stricter, and they have not looked at yet. Never writes.

It holds until a version is sealed after it, or until the two looked and changed nothing. Nobody is sent anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from agreements.models import ClauseText, Document, Edition, Look, Raised, Tightening
from agreements.reads.room import Room
from agreements.rules.vocabulary import ClauseKind
from agreements.rules.wording import listed

Row = TypeVar("Row", Raised, Tightening)


def still_open() -> QuerySet[Raised]:
    """Everything raised that no later paper and no later look settled, the oldest first."""
    return _unsettled(Raised.objects.order_by("at"))


def stricter() -> QuerySet[Tightening]:
    """What therapists said gets stricter and no later paper and no later look settled, the oldest first."""
    return _unsettled(Tightening.objects.order_by("at"))


def _unsettled(rows: QuerySet[Row]) -> QuerySet[Row]:
    later = Document.objects.filter(agreement=OuterRef("agreement"), sealed_at__gte=OuterRef("at"))
    looked = Look.objects.filter(review__version__agreement=OuterRef("agreement"), at__gte=OuterRef("at"))
    return rows.filter(~Exists(later), ~Exists(looked))


def keys(agreement_id: UUID) -> list[str]:
    """Clause keys of what was raised or said to get stricter, the oldest first; "" stands for all their texting."""
    own = [each.filter(agreement=agreement_id).order_by() for each in (still_open(), stricter())]
    said, tightened = [each.values_list("clause_key", "at") for each in own]
    return [*dict.fromkeys(key for key, _at in said.union(tightened, all=True).order_by("at"))]


def first(agreement_id: UUID, of: Sequence[str]) -> list[str]:
    """`of`, keys of clauses, with those of `keys` in front."""
    raised = keys(agreement_id)
    return [*(key for key in raised if key in of), *(key for key in of if key not in raised)]


def first_today(room: Room) -> str:
    """What the two talk about first, in words; empty when there is nothing. Not who raised it, and not why."""
    first = keys(room.draft.agreement_id)
    named = (room.by_key[key].text.heading if key in room.by_key else _("our texting as a whole") for key in first)
    return listed([*dict.fromkeys(named)])


def headings(edition: Edition, language: str) -> dict[str, str]:
    """Clause key → heading for every term that two people can look at again, in the order of the edition."""
    texts = ClauseText.objects.filter(clause__edition=edition, language=language)
    shown = texts.exclude(clause__kind=ClauseKind.FIXED).order_by("clause__order")
    return dict(shown.values_list("clause__key", "heading"))

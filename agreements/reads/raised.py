"""What one of the two raised about their texting and the two have not looked at yet. Never writes.

It holds until a version is sealed after it, or until the two looked and changed nothing. Nobody is sent anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from agreements.models import ClauseText, Document, Edition, Look, Raised
from agreements.reads.room import Room
from agreements.rules.vocabulary import ClauseKind
from agreements.rules.wording import listed


def still_open() -> QuerySet[Raised]:
    """Everything raised that no later paper and no later look settled, the oldest first."""
    later = Document.objects.filter(agreement=OuterRef("agreement"), sealed_at__gte=OuterRef("at"))
    looked = Look.objects.filter(review__version__agreement=OuterRef("agreement"), at__gte=OuterRef("at"))
    return Raised.objects.filter(~Exists(later), ~Exists(looked)).order_by("at")


def keys(agreement_id: UUID) -> list[str]:
    """Clause keys that were raised, in the order in which they were raised; "" stands for the texting as a whole."""
    return [*dict.fromkeys(still_open().filter(agreement=agreement_id).values_list("clause_key", flat=True))]


def first(agreement_id: UUID, of: Sequence[str]) -> list[str]:
    """`of`, keys of clauses, with those that were raised in front, in the order in which they were raised."""
    raised = keys(agreement_id)
    return [*(key for key in raised if key in of), *(key for key in of if key not in raised)]


def first_today(room: Room) -> str:
    """What the two talk about first, in words; empty when nothing was raised. Not who raised it, and not why."""
    keys = still_open().filter(agreement=room.draft.agreement_id).values_list("clause_key", flat=True)
    named = (room.by_key[key].text.heading if key in room.by_key else _("our texting as a whole") for key in keys)
    return listed([*dict.fromkeys(named)])


def headings(edition: Edition, language: str) -> dict[str, str]:
    """Clause key → heading for every term that two people can look at again, in the order of the edition."""
    texts = ClauseText.objects.filter(clause__edition=edition, language=language)
    shown = texts.exclude(clause__kind=ClauseKind.FIXED).order_by("clause__order")
    return dict(shown.values_list("clause__key", "heading"))

"""What became of a paper: in force, replaced by a newer one, or texting ended. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agreements.models import Document, Practice, Version
from agreements.reads import ends


@dataclass(frozen=True)
class Afterwards:
    """Days of the practice's. `newer` is the paper that took this one's place, on `replaced_on`.

    `ends_on` is the day from which nobody texts, None while nobody stopped; `over`: it has come; `planned`: both ended
    it as planned.
    """

    newer: Document | None = None
    replaced_on: date | None = None
    ends_on: date | None = None
    over: bool = False
    planned: bool = False

    @property
    def in_force(self) -> bool:
        """Nothing newer took its place, and texting goes on today."""
        return self.newer is None and not self.over

    @property
    def announced(self) -> bool:
        """The end is said, and its day lies ahead: until then nothing changes (H21)."""
        return self.in_force and self.ends_on is not None


def of(document: Document, now: datetime) -> Afterwards:
    """What became of this paper by `now` (UTC)."""
    newer = Document.objects.filter(agreement=document.agreement_id, number__gt=document.number)
    first = newer.defer("content").select_related("version").order_by("number").first()
    zone, day = ZoneInfo(Practice.objects.values_list("zone", flat=True).get()), ends.day_of(document.agreement)
    return Afterwards(
        newer=first,
        replaced_on=first.sealed_at.astimezone(zone).date() if first else None,
        ends_on=day,
        over=ends.is_over(document.agreement, now.astimezone(zone).date()),
        planned=day is not None and _planned(document),
    )


def of_version(version: Version | None, now: datetime) -> tuple[Document, Afterwards] | None:
    """The paper of a version, without its bytes, and what became of it by `now` (UTC); None before it is locked."""
    papers = Document.objects.filter(version=version).select_related("agreement__ending__sooner").defer("content")
    return (document, of(document, now)) if (document := papers.first()) else None


def _planned(document: Document) -> bool:
    ending = document.agreement.ending
    return ending.planned and not hasattr(ending, "sooner")

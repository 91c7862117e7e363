"""Until when an agreement is in force: one notion for every page, reminder and calendar. Never writes.

A stop or an end that is announced changes nothing before its local day (H21); from that day on nobody texts.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from agreements.models import Agreement, Practice
from agreements.rules import states


def local_day(now: datetime) -> date:
    """The practice's date at `now` (UTC)."""
    return now.astimezone(ZoneInfo(Practice.objects.values_list("zone", flat=True).get())).date()


def day_of(agreement: Agreement) -> date | None:
    """The local day from which nobody texts, also one that lies ahead; None while nobody stopped."""
    ending = getattr(agreement, "ending", None)
    return ending.day if ending else None


def is_over(agreement: Agreement, today: date) -> bool:
    """Whether texting has stopped or ended by the local day `today`."""
    return states.is_over(day_of(agreement), today)


def over(day: date | F, agreement: str = "") -> Q:
    """For a query: agreements that are over on this local day. `agreement` is the way to them, "" where they are asked
    for themselves."""
    ending = f"{agreement}__ending" if agreement else "ending"
    return Q(**{f"{ending}__effective_on__lte": day}) | Q(**{f"{ending}__sooner__on__lte": day})


def day_in(agreement: str) -> Coalesce:
    """For a query: the local day from which nobody texts, or nothing. `agreement` is the way to it."""
    return Coalesce(F(f"{agreement}__ending__sooner__on"), F(f"{agreement}__ending__effective_on"))

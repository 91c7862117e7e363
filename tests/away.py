"""A time away for tests: two weeks in December, gone through with a card that is mailed half-way, or not yet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from agreements.actions import absences, away
from agreements.models import Absence, Agreement, User
from agreements.rules.away import Plan
from agreements.rules.away_words import AwayTexting, Cover, Hold, Knows, Post
from tests.builders import NOW

FIRST, LAST = date(2026, 12, 14), date(2026, 12, 27)
CARD = Plan(AwayTexting.NONE, Hold.CARD, Post.MAILED, knows=Knows.NAME)
PERSON = {"cover": Cover.PERSON, "cover_name": "Dr Okafor", "cover_phone": "(555) 010-0160"}


def announced(therapist: User, first: date = FIRST, last: date = LAST, **facts: Any) -> Absence:
    """The therapist is away, and nobody heard of it yet."""
    given = {"starts_on": first, "ends_on": last, **PERSON, **facts}
    return absences.announce(therapist=therapist, by=therapist, now=NOW, **given)


def a_time_away(agreement: Agreement, plan: Plan = CARD, at: datetime = NOW, **facts: Any) -> Absence:
    """Announced, and gone through with this client."""
    absence = announced(agreement.therapist, **facts)
    away.go_through(
        absence=absence, agreement=agreement, plan=plan, mailer="Rosa", by=agreement.therapist, now=at
    )  # fmt: skip
    return absence

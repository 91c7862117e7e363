"""The demo's time away: next week, for two weeks, and gone through by the origin pair."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from agreements.actions import absences, away
from agreements.models import Client, User
from agreements.rules.away import Plan
from agreements.rules.away_words import AwayTexting, Cover, Hold, Knows, Post


def tell_of(therapist: User, zone: tzinfo, now: datetime) -> None:
    """Two weeks from next Monday. The origin pair went through it: no texts, a card that is mailed half-way."""
    today = now.astimezone(zone).date()
    first = today + timedelta(7 - today.weekday())
    facts = {"cover": Cover.PERSON, "cover_name": "Dr Okafor", "cover_phone": "(555) 010-0160"}
    absence = absences.announce(
        therapist=therapist, starts_on=first, ends_on=first + timedelta(13), by=therapist, now=now, **facts
    )
    [pair] = [client for client in Client.objects.filter(therapist=therapist) if client.name == "Maya R."]
    agreement, told = pair.agreements.get(), today - timedelta(2)
    away.tell(absence=absence, agreement=agreement, on=told, by=therapist, now=now)
    plan = Plan(
        AwayTexting.NONE, Hold.CARD, Post.MAILED, instead="A walk, and the music we made a list of.", knows=Knows.NAME,
        after_on=first + timedelta(15),
    )  # fmt: skip
    away.go_through(absence=absence, agreement=agreement, plan=plan, mailer="Rosa, at the desk", by=therapist, now=now)

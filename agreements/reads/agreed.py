"""What a signed agreement says, in the words of its paper, and what that means. Never writes."""

from __future__ import annotations

from typing import Any

from agreements.models import Agreement, Option, Version
from agreements.rules import topics
from agreements.rules.record import AgreementRecord
from agreements.rules.vocabulary import Answer, Outcome, TermState


def last_signed(agreement: Agreement) -> Version | None:
    """The newest sealed version in which the two text; None where there is none."""
    return agreement.versions.filter(document__isnull=False, outcome=Outcome.TEXTING).order_by("number").last()


def notice(agreement: Agreement) -> str:
    """How long before a change the therapist says so, as the newest texting paper has it; "" where there is none."""
    signed = last_signed(agreement)
    terms = AgreementRecord.from_json(signed.snapshot).terms if signed else ()
    return next((term.interim.words if term.interim else term.words for term in terms if term.topic == "notice"), "")


def meanings(version: Version) -> dict[str, topics.Meaning | topics.Open]:
    """What the terms of a sealed version mean, by topic; terms left open by what holds until then."""
    known: dict[str, dict[str, Any]] = {}
    options = Option.objects.filter(clause__edition__drafts=version.draft_id)
    for clause, key, meaning in options.values_list("clause__key", "key", "meaning"):
        known.setdefault(clause, {})[key] = meaning
    found: dict[str, topics.Meaning | topics.Open] = {}
    for term in AgreementRecord.from_json(version.snapshot).terms:
        value = term.interim.value if term.interim else term.value
        if term.topic and value != Answer():
            meaning = topics.read(term.topic, value, known.get(term.key, {}))
            found[term.topic] = topics.Open(meaning) if term.state == TermState.OPEN else meaning
    return found


def sessions_of_notice(agreement: Agreement) -> int:
    """How many sessions before a change the therapist says so (five-4); 0 where nothing was agreed."""
    signed = last_signed(agreement)
    meaning = meanings(signed).get("notice") if signed else None
    found = topics.in_force(meaning) if meaning else None
    return found.sessions if isinstance(found, topics.Notice) else 0

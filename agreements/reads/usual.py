"""The questions a therapist answers once for all clients. The limit is not among them."""

from __future__ import annotations

from agreements.models import Edition, Term
from agreements.reads.room import TermSeen, seen_clause
from agreements.rules.vocabulary import AskedOn, ClauseKind

NEVER_USUAL = ("limit",)


def questions(edition: Edition, language: str = "en") -> list[TermSeen]:
    """The turn questions of an edition, without any draft."""
    asked = edition.clauses.filter(asked=AskedOn.TURN).exclude(kind=ClauseKind.FIXED).exclude(topic__in=NEVER_USUAL)
    clauses = asked.prefetch_related("texts", "options__texts")
    return [seen_clause(Term(clause=clause), language) for clause in clauses]

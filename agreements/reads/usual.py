"""The questions a therapist answers once for all clients. The limit is not among them."""

from __future__ import annotations

from agreements.models import Edition, Term
from agreements.reads.room import TermSeen, seen_clause
from agreements.rules.vocabulary import AskedOn


def questions(edition: Edition, language: str = "en") -> list[TermSeen]:
    """The turn questions of an edition, without any draft."""
    clauses = edition.clauses.filter(asked=AskedOn.TURN).prefetch_related("texts", "options__texts")
    return [seen_clause(Term(clause=clause), language) for clause in clauses]

"""What was signed goes into the next round: a round in which the two look again begins with their own terms."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from agreements.models import Draft, Option, Term
from agreements.rules.vocabulary import Answer, ClauseKind, ClauseMode, TermState


def carry_over(terms: list[Term], signed: Draft) -> None:
    """Give each of these unsaved terms what the round `signed` decided on the clause of the same key.

    Where this edition asks in another way, has lost one of the options, or did not have the clause, the term stays
    undecided. The practice's own text is decided anyway.
    """
    before = {term.clause.key: term for term in signed.terms.select_related("clause")}
    keys: dict[UUID, set[str]] = defaultdict(set)
    for clause_id, key in Option.objects.filter(clause__in=[t.clause_id for t in terms]).values_list("clause", "key"):
        keys[clause_id].add(key)
    for term in terms:
        old = before.get(term.clause.key)
        if old is not None and term.clause.kind != ClauseKind.FIXED and _still_fits(old, term, keys[term.clause_id]):
            term.state, term.value, term.interim, term.interim_of = old.state, old.value, old.interim, old.interim_of


def _still_fits(old: Term, term: Term, keys: set[str]) -> bool:
    stored = old.interim if old.state == TermState.OPEN else old.value
    if stored is None or old.clause.kind != term.clause.kind:
        return False
    value = Answer.from_json(stored)
    if value == Answer():
        return term.clause.mode == ClauseMode.OPTIONAL
    return set(value.chosen) <= keys

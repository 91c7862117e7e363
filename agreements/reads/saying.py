"""What the clauses of an edition say, in one language. Never writes.

A published edition never changes (triggers), so a process reads each but once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from agreements.models import Clause, ClauseText, Edition, Option, OptionText

EDITIONS_REMEMBERED = 32


@dataclass(frozen=True)
class Choice:
    """One option of a clause with its words in the agreement's language."""

    key: str
    label: str
    consequence: str
    words: str
    meaning: dict[str, object]


@dataclass(frozen=True)
class Said:
    """A clause with its words and its choices."""

    clause: Clause
    text: ClauseText
    choices: tuple[Choice, ...]


def said(clause: Clause, text: ClauseText, options: Iterable[tuple[Option, OptionText]]) -> Said:
    """The clause with these words; options in their order."""
    choices = [Choice(option.key, each.label, each.consequence, each.words, option.meaning) for option, each in options]
    return Said(clause, text, tuple(choices))


def clauses(edition: Edition, language: str) -> Mapping[UUID, Said]:
    """What each clause of a published edition says, in the edition's order. Not to be changed by who asks."""
    assert edition.published_at is not None
    return _published(edition.pk, edition.published_at, language)


@lru_cache(maxsize=EDITIONS_REMEMBERED)
def _published(edition_id: UUID, published_at: datetime, language: str) -> Mapping[UUID, Said]:
    """Four plain queries: a prefetch costs twice as much. The time tells a publishing that was undone from a later."""
    texts = {text.clause_id: text for text in ClauseText.objects.filter(clause__edition=edition_id, language=language)}
    words = OptionText.objects.filter(option__clause__edition=edition_id, language=language)
    words_of = {text.option_id: text for text in words}
    options: dict[UUID, list[tuple[Option, OptionText]]] = defaultdict(list)
    for option in Option.objects.filter(clause__edition=edition_id):
        options[option.clause_id].append((option, words_of[option.pk]))
    return {
        clause.pk: said(clause, texts[clause.pk], options[clause.pk])
        for clause in Clause.objects.filter(edition=edition_id)
    }

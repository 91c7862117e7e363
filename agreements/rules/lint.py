"""Remarks on an edition in its file form, beside the clause while somebody edits it and before it is published.

Remarks on wording advise; those on how it is built (lint_structure.py), on what must not be typed (lint_typing.py) and
of the safety rules (lint_safety.py) block.
Words and grade are measured on the longest text that a sensible pair can make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from agreements.rules.edition_texts import (
    Clause,
    Remark,
    cut,
    document_words,
    every_text,
    is_texting,
    is_whole,
    languages,
    longest,
    options,
    screen_texts,
)
from agreements.rules.lint_meaning import of_clause as meant
from agreements.rules.lint_safety import safety
from agreements.rules.lint_structure import structure
from agreements.rules.lint_typing import of_edition
from agreements.rules.topics import NO_TEXTING
from agreements.rules.vocabulary import AskedOn, ClauseKind
from agreements.rules.wording import grade, sentences, word_count

__all__ = ["MOST_PAGES", "Remark", "document_grade", "document_words", "languages", "lint", "longest", "screen_texts"]

MOST_WORDS = 390
MOST_PAGES = 2
MOST_CLAUSE_WORDS = 45
LONGEST_SENTENCE = 19
HIGHEST_GRADE = 6.0
MOST_OPTIONS = 5
BALANCE = 1.5
AVOIDED = re.compile(
    r"\b(privileges?|abus\w+|violat\w+|inappropriate|complian\w+|excessive\w*|needy|boundar\w+|polic(?:y|ies)"
    r"|shall|must not|plans?)\b|and/or",
    re.IGNORECASE,
)


def lint(edition: Mapping[str, Any], *needed: str) -> list[Remark]:
    """All remarks, those that block first. `needed` are languages in which it must be whole, besides its own."""
    clauses = sorted(edition["clauses"], key=lambda clause: int(clause["order"]))
    found = structure(clauses) + of_edition(edition)
    for language in sorted({*languages(edition), *needed}):
        found += safety(clauses, language)
        found += [Remark("", text) for text in _whole(clauses, language)]
        for clause in clauses:
            if is_whole(clause, language):
                found += meant(clause, language)
                for check in (_words, _texts, _grade, _options):
                    found += [Remark(clause["key"], text) for text in check(clause, language)]
    return sorted(dict.fromkeys(found), key=lambda remark: not remark.blocks)


def document_grade(clauses: Sequence[Clause], language: str) -> float | None:
    """The estimated reading grade of the longest document; None where it means nothing (not English)."""
    whole = [longest(clause, language) for clause in clauses if is_whole(clause, language)]
    return grade("\n".join(whole), language)


def _whole(clauses: Sequence[Clause], language: str) -> Iterator[str]:
    if is_texting(clauses) and not any(option["key"] == NO_TEXTING for each in clauses for option in each["options"]):
        yield _("“No texting” is not among the choices.")
    words = document_words(clauses, language)
    if words > MOST_WORDS:
        yield _("The longest document has %(words)s words; two pages hold %(most)s.") % {
            "words": words,
            "most": MOST_WORDS,
        }
    if not language.startswith("en"):
        yield _("The reading grade of “%(language)s” is not estimated: that works for English only.") % {
            "language": language
        }


def _words(clause: Clause, language: str) -> Iterator[str]:
    words = word_count(longest(clause, language))
    if words > MOST_CLAUSE_WORDS:
        yield _("This clause can print %(words)s words; aim for %(most)s or fewer.") % {
            "words": words,
            "most": MOST_CLAUSE_WORDS,
        }


def _texts(clause: Clause, language: str) -> Iterator[str]:
    long: set[str] = set()  # a sentence as it is typed stands in the one that is printed
    for text in every_text(clause, language):
        for word in dict.fromkeys(found.group() for found in AVOIDED.finditer(text)):
            yield _("Avoid “%(word)s”.") % {"word": word}
        for sentence in sentences(text):
            said = sentence.rstrip(".!?… ")
            if word_count(sentence) > LONGEST_SENTENCE and not any(each in said for each in long):
                long.add(said)
                yield _("This sentence is long: %(sentence)s") % {"sentence": cut(sentence)}


def _grade(clause: Clause, language: str) -> Iterator[str]:
    for text in (longest(clause, language), "\n".join(screen_texts(clause, language))):
        level = grade(text, language)
        if level is not None and level > HIGHEST_GRADE:
            yield _("The reading grade is about %(grade)s; aim for 6 or less.") % {"grade": level}


def _options(clause: Clause, language: str) -> Iterator[str]:
    found = options(clause)
    unsure = clause["asked"] == AskedOn.TURN  # there “not sure yet” is one more
    if clause["kind"] in (ClauseKind.CHOOSE, ClauseKind.HOURS) and len(found) + unsure > MOST_OPTIONS:
        yield _("More than %(most)s options, “not sure yet” among them, are hard to choose from.") % {
            "most": MOST_OPTIONS
        }
    lines = [option["texts"][language]["consequence"] for option in found]
    if not any(lines):
        return
    if not all(lines):
        yield _("Every option has a consequence line, or none has.")
        return
    lengths = [word_count(line) for line in lines]
    if max(lengths) > BALANCE * min(lengths) or any(len(sentences(line)) != 2 for line in lines):
        yield _("Consequence lines are of about equal length: one good side, one hard side.")

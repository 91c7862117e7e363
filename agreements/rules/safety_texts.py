"""Where the words of an agreement stand, for the rules that read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agreements.rules.phrasing import sentences
from agreements.rules.record import AgreementRecord, TermRecord
from agreements.rules.safety_phrases import refused, refused_together
from agreements.rules.vocabulary import Answer

BEFORE_TEXT = "before_text"


def texts(record: AgreementRecord) -> Iterator[tuple[str, str]]:
    """Every printed text but the box, with its place: a term's key or "before_text"."""
    for term in record.terms:
        for text in (term.heading, term.words, *([term.interim.words] if term.interim else ())):
            yield term.key, text
    for text in record.before_text:
        yield BEFORE_TEXT, text


def all_words(record: AgreementRecord) -> str:
    """All of these texts, a line each."""
    return "\n".join(text for _, text in (*texts(record), *typed(record)))


@dataclass(frozen=True)
class Hit:
    """A sentence that a rule refuses, and where it stands. `typed`: it would be no hit without the pair's own words."""

    where: str
    sentence: str
    typed: bool


def refused_sentences(record: AgreementRecord, rule: str) -> list[Hit]:
    """Each sentence that holds a phrase this rule refuses, once per place: first as the two typed it, then as printed.

    A printed sentence that only repeats a typed one is not told twice.
    """
    found = [Hit(key, hit, True) for key, text in typed(record) for hit in refused(rule, record.language, text)]
    told = [hit.sentence.rstrip(".!") for hit in found]
    for where, sentence in _printed(record, rule):
        if any(each in sentence for each in told):
            continue
        rest, keys = _without_typed(record, sentence)
        is_typed = bool(keys) and not refused(rule, record.language, rest)
        found.append(Hit(keys[0] if is_typed else where, sentence, is_typed))
    return list(dict.fromkeys(found))


def _printed(record: AgreementRecord, rule: str) -> Iterator[tuple[str, str]]:
    """The refused sentences as they print, each with its place: alone, then what a heading says with its words."""
    for where, text in texts(record):
        yield from ((where, sentence) for sentence in refused(rule, record.language, text))
    own = {key for key, _text in typed(record)}
    for term in record.terms:
        for words in (term.words, *([term.interim.words] if term.interim else ())):
            hits = refused_together(rule, record.language, term.heading, words, printed=term.key not in own)
            yield from ((term.key, sentence) for sentence in hits)


def _without_typed(record: AgreementRecord, sentence: str) -> tuple[str, list[str]]:
    """The sentence less what the two typed in it, and the keys of the terms in which they did."""
    own = {piece.rstrip(".!"): key for key, text in typed(record) for piece in (text, *sentences(text))}
    keys = []
    for piece in sorted(own, key=len, reverse=True):
        sentence, times = re.subn(rf"(?<!\w){re.escape(piece)}(?!\w)", " ", sentence)
        keys += [own[piece]] if times else []
    return sentence, keys


def typed(record: AgreementRecord) -> Iterator[tuple[str, str]]:
    """What the two wrote in their own words, with the key of its term; what holds until then among it."""
    for term in record.terms:
        for answer in (term.value, *([term.interim.value] if term.interim else ())):
            if words := answer.words.strip():
                yield term.key, words


def term_on(record: AgreementRecord, topic: str) -> TermRecord | None:
    """The term that answers this topic."""
    return next((term for term in record.terms if term.topic == topic), None)


def answered(record: AgreementRecord, topic: str) -> bool:
    """Whether the topic has an answer in force: agreed, or for now while it is left open. "Not sure" is none."""
    term = term_on(record, topic)
    if term is None:
        return False
    value: Answer = term.interim.value if term.interim else term.value
    return bool(value.chosen or value.words.strip()) and not value.unsure

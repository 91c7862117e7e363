"""Where the words of an agreement stand, for the rules that read them."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.rules.record import AgreementRecord, TermRecord
from agreements.rules.safety_phrases import refused
from agreements.rules.vocabulary import Answer

BEFORE_TEXT = "before_text"


def texts(record: AgreementRecord) -> Iterator[tuple[str, str]]:
    """Every text but the box, with its place: a term's key or "before_text"."""
    for term in record.terms:
        interim = (term.interim.words, term.interim.value.words) if term.interim else ()
        for text in (term.heading, term.words, term.value.words, *interim):
            yield term.key, text
    for text in record.before_text:
        yield BEFORE_TEXT, text


def all_words(record: AgreementRecord) -> str:
    """All of these texts, a line each."""
    return "\n".join(text for _, text in texts(record))


def refused_sentences(record: AgreementRecord, rule: str) -> list[tuple[str, str]]:
    """Each sentence that holds a phrase this rule refuses, once per place: (place, sentence)."""
    found = ((where, sentence) for where, text in texts(record) for sentence in refused(rule, record.language, text))
    return list(dict.fromkeys(found))


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

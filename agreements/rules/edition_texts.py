"""What an edition in its file form says: every text an editor can write, and the longest document it can make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agreements.rules.topics import NO_TEXTING
from agreements.rules.vocabulary import ClauseKind
from agreements.rules.wording import fill, printed, word_count

SAMPLE = {"client": "Maya", "therapist": "Dr Lee", "phone": "(555) 010-0143"}
SAMPLE_WORDS = "Up to five texts a week, read on working days."
WHY_NOT = "why_not"
FIRST_WORDS = 40

Clause = Mapping[str, Any]
Text = Mapping[str, str]


@dataclass(frozen=True)
class Remark:
    """Something about an edition that its editor should look at. `where` is a clause key, or "" for the whole.

    One that `blocks` keeps the edition from being published.
    """

    where: str
    text: str
    blocks: bool = False


def languages(edition: Mapping[str, Any]) -> list[str]:
    """The languages in which any part of the edition is written."""
    return sorted({language for clause in edition["clauses"] for each in _texts(clause) for language in each})


def is_texting(clauses: Sequence[Clause]) -> bool:
    """Whether the two text under this edition; else all of it is the practice's own, and `why_not` says why."""
    if any(clause["topic"] == "purpose" for clause in clauses):
        return True
    if any(clause["key"] == WHY_NOT for clause in clauses):
        return False
    return any(clause["kind"] != ClauseKind.FIXED for clause in clauses)


def is_whole(clause: Clause, language: str) -> bool:
    """Whether the clause and each of its options have words in this language."""
    return all(language in texts for texts in _texts(clause))


def options(clause: Clause) -> list[Mapping[str, Any]]:
    """The options in their order."""
    return sorted(clause["options"], key=lambda option: int(option["order"]))


def suggested_words(clause: Clause) -> str:
    """The words that one tap would take, or nothing."""
    return str((clause.get("suggested") or {}).get("words") or "")


def longest(clause: Clause, language: str) -> str:
    """The longest sensible printed text of a clause: every use, every reason, the longest option of a choice."""
    words = [
        option["texts"][language]["words"] or option["texts"][language]["label"]
        for option in options(clause)
        if option["key"] != NO_TEXTING
    ]
    if clause["kind"] not in (ClauseKind.MANY, ClauseKind.WORDS):
        words = [max(words, key=word_count)] if words else []
    return shown(clause["texts"][language]["words"], words, suggested_words(clause) or SAMPLE_WORDS)


def document_words(clauses: Sequence[Clause], language: str) -> int:
    """Words of the longest document's terms, headings among them."""
    whole = [clause for clause in clauses if is_whole(clause, language)]
    return sum(word_count(clause["texts"][language]["heading"] + " " + longest(clause, language)) for clause in whole)


def screen_texts(clause: Clause, language: str) -> list[str]:
    """Everything a clause says on screen: question, hint, labels and consequence lines."""
    text = clause["texts"][language]
    choices = [option["texts"][language] for option in options(clause)]
    said = [text["question"], text["hint"], *(each[part] for each in choices for part in ("label", "consequence"))]
    return [line for line in said if line]


def templates(clause: Clause, language: str) -> list[str]:
    """The texts of a clause in which placeholders may stand."""
    text = clause["texts"][language]
    return [text["question"], text["hint"], text["words"]]


def plain_texts(clause: Clause, language: str) -> list[str]:
    """The texts that are shown as they are: heading, options, what is suggested."""
    said = [clause["texts"][language]["heading"]]
    said += [value for option in options(clause) for value in option["texts"][language].values()]
    return [text for text in [*said, suggested_words(clause)] if text]


def every_text(clause: Clause, language: str) -> list[str]:
    """All that an editor can write in a clause, each once, with sample names; and each option as it would print."""
    said = [filled(text) for text in templates(clause, language)] + plain_texts(clause, language)
    said.append(longest(clause, language))
    for option in options(clause):
        words = option["texts"][language]["words"] or option["texts"][language]["label"]
        said.append(shown(clause["texts"][language]["words"], [words], SAMPLE_WORDS))
    return [text for text in dict.fromkeys(said) if text]


def read_together(clause: Clause, language: str) -> list[tuple[str, str]]:
    """What a reader meets as one: the heading and the words below it, a question and its hint or one of its options."""
    text, own = clause["texts"][language], suggested_words(clause) or SAMPLE_WORDS
    heading = text["heading"]
    asked = filled(text["question"]) or heading
    found = [(heading, longest(clause, language)), (asked, filled(text["hint"])), (asked, suggested_words(clause))]
    for option in options(clause):
        said = option["texts"][language]
        words = said["words"] or said["label"]
        found.append((heading, shown(text["words"], [words], own)))
        found += [(asked, each) for each in (words, said["label"], said["consequence"])]
    return [pair for pair in dict.fromkeys(found) if all(pair)]


def cut(sentence: str) -> str:
    """A sentence to find it again by: its first words where it is very long."""
    said = sentence.split()
    return sentence if len(said) <= FIRST_WORDS else " ".join([*said[:FIRST_WORDS], "…"])


def filled(template: str) -> str:
    """A template with sample names. One with an unknown placeholder stays as it is."""
    try:
        return fill(template, **SAMPLE, chosen="", words="")
    except ValueError:
        return template


def shown(template: str, words: Sequence[str], own: str) -> str:
    """A clause as it would print; unknown placeholders stay as they are written."""
    try:
        return printed(template, words, **SAMPLE, words=own)
    except ValueError:
        return template


def without_sample_phone(text: str) -> str:
    """A filled text less the one number that a placeholder put there."""
    return re.sub(re.escape(SAMPLE["phone"]), "", text)


def _texts(clause: Clause) -> Iterator[Mapping[str, Text]]:
    yield clause["texts"]
    for option in clause["options"]:
        yield option["texts"]

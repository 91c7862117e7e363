"""Remarks on the wording of an edition in the file form of fixtures/library/: for tests, and for whoever edits it.

Remarks advise; publishing is a person's decision. Grade and word budget are measured on the longest text that a
sensible pair can make: every use, every reason, and the longest option of each choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.rules.safety_phrases import ENGLISH, REFUSED, refused
from agreements.rules.topics import FIVE, NO_TEXTING, REQUIRED, TOPICS, read
from agreements.rules.vocabulary import Answer, AskedOn, ClauseKind
from agreements.rules.wording import grade, printed, sentences, unknown_placeholders, word_count

MOST_WORDS = 390
LONGEST_SENTENCE = 19
HIGHEST_GRADE = 6.0
MOST_OPTIONS = 4
BALANCE = 1.5
SAMPLE = {"client": "Maya", "therapist": "Dr Lee", "phone": "(555) 010-0143"}
SAMPLE_WORDS = "Up to five texts a week, read on working days."
AVOIDED = re.compile(
    r"\b(privileges?|abus\w+|violat\w+|inappropriate|complian\w+|excessive\w*|needy|boundar\w+|polic(?:y|ies)"
    r"|shall|must not|plans?)\b|and/or",
    re.IGNORECASE,
)

Clause = Mapping[str, Any]


@dataclass(frozen=True)
class Remark:
    """Something about an edition that an editor should look at. `where` is a clause key, or "" for the whole."""

    where: str
    text: str


def lint(edition: Mapping[str, Any], language: str = "en") -> list[Remark]:
    """All remarks on the edition's texts of one language."""
    clauses: Sequence[Clause] = edition["clauses"]
    found = [Remark("", text) for text in _whole(clauses, language)]
    for clause in clauses:
        for check in (_topic, _texts, _grade, _placeholders, _options, _suggestion):
            found += [Remark(clause["key"], text) for text in check(clause, language)]
    return found


def longest(clause: Clause, language: str) -> str:
    """The longest sensible printed text of a clause, with sample names."""
    options = sorted(clause["options"], key=lambda option: int(option["order"]))
    words = [option["texts"][language]["words"] for option in options if option["key"] != NO_TEXTING]
    if clause["kind"] not in (ClauseKind.MANY, ClauseKind.WORDS):
        words = [max(words, key=word_count)] if words else []
    own = (clause.get("suggested") or {}).get("words") or SAMPLE_WORDS
    return printed(clause["texts"][language]["words"], words, **SAMPLE, words=own)


def document_words(clauses: Sequence[Clause], language: str) -> int:
    """Words of the longest document's terms, headings among them."""
    return sum(word_count(clause["texts"][language]["heading"] + " " + longest(clause, language)) for clause in clauses)


def screen_texts(clause: Clause, language: str) -> list[str]:
    """Everything a clause says on screen: question, hint, labels and consequence lines."""
    text = clause["texts"][language]
    options = [option["texts"][language] for option in clause["options"]]
    said = [text["question"], text["hint"], *(option[part] for option in options for part in ("label", "consequence"))]
    return [line for line in said if line]


def _whole(clauses: Sequence[Clause], language: str) -> Iterator[str]:
    keys = [clause["key"] for clause in clauses]
    if len(set(keys)) < len(keys) or [clause["order"] for clause in clauses] != list(range(1, len(clauses) + 1)):
        yield _("Keys are unique and clauses are numbered from 1.")
    if missing := [topic for topic in REQUIRED if topic not in {clause["topic"] for clause in clauses}]:
        yield _("No clause asks: %(topics)s.") % {"topics": ", ".join(missing)}
    if not any(option["key"] == NO_TEXTING for clause in clauses for option in clause["options"]):
        yield _("“No texting” is not among the choices.")
    words = document_words(clauses, language)
    if words > MOST_WORDS:
        yield _("The longest document has %(words)s words; two pages hold %(most)s.") % {
            "words": words,
            "most": MOST_WORDS,
        }


def _topic(clause: Clause, language: str) -> Iterator[str]:
    topic, meanings = clause["topic"], {option["key"]: option["meaning"] for option in clause["options"]}
    if not topic:
        return
    if topic not in TOPICS or clause["kind"] not in TOPICS[topic].kinds:
        yield _("The code does not know this topic in this kind of clause.")
        return
    answers = [Answer((key,)) for key in meanings] or [Answer(words=SAMPLE_WORDS)]
    for answer in answers:
        try:
            read(topic, answer, meanings)
        except ValueError as error:
            yield _("The code cannot read %(option)s: %(error)s.") % {"option": answer.chosen, "error": error}


def _texts(clause: Clause, language: str) -> Iterator[str]:
    said = [clause["texts"][language]["heading"], *screen_texts(clause, language)]
    for option in [*clause["options"], None]:
        words = [option["texts"][language]["words"]] if option else []
        said.append(printed(clause["texts"][language]["words"], words, **SAMPLE, words=SAMPLE_WORDS))
    for text in [*said, longest(clause, language)]:
        if avoided := AVOIDED.search(text):
            yield _("Avoid “%(word)s”.") % {"word": avoided.group()}
        if re.search(r"\d{3}", re.sub(re.escape(SAMPLE["phone"]), "", text)):
            yield _("Phone numbers come from the practice, not from the text: %(text)s") % {"text": text}
        for rule in REFUSED[ENGLISH]:
            for sentence in refused(rule, language, text):
                yield _("This sentence breaks the safety rule %(rule)s: %(sentence)s") % {
                    "rule": rule,
                    "sentence": sentence,
                }
        for sentence in sentences(text):
            if word_count(sentence) > LONGEST_SENTENCE:
                yield _("This sentence is long: %(sentence)s") % {"sentence": sentence}


def _grade(clause: Clause, language: str) -> Iterator[str]:
    for text in (longest(clause, language), "\n".join(screen_texts(clause, language))):
        level = grade(text, language)
        if level is not None and level > HIGHEST_GRADE:
            yield _("The reading grade is about %(grade)s; aim for 6 or less.") % {"grade": level}


def _placeholders(clause: Clause, language: str) -> Iterator[str]:
    text = clause["texts"][language]
    for name in unknown_placeholders(" ".join((text["question"], text["hint"], text["words"]))):
        yield _("[[%(name)s]] is not a placeholder.") % {"name": name}
    plain = [text["heading"], *(value for option in clause["options"] for value in option["texts"][language].values())]
    if any("[[" in value for value in plain):
        yield _("Headings and options take no placeholders.")
    wanted = {"[[chosen]]"} if clause["options"] else set()
    wanted |= {"[[words]]"} if clause["kind"] == ClauseKind.WORDS else set()
    for name in sorted(wanted):
        if name not in text["words"]:
            yield _("The text never shows the answer: %(name)s is missing.") % {"name": name}


def _options(clause: Clause, language: str) -> Iterator[str]:
    options = clause["options"]
    if clause["asked"] == AskedOn.TURN and clause["kind"] != ClauseKind.MANY and len(options) > MOST_OPTIONS:
        yield _("More than %(most)s options beside “not sure yet”.") % {"most": MOST_OPTIONS}
    if [option["order"] for option in options] != list(range(1, len(options) + 1)):
        yield _("Options are numbered from 1.")
    lines = [option["texts"][language]["consequence"] for option in options]
    if not any(lines):
        return
    if not all(lines):
        yield _("Every option has a consequence line, or none has.")
        return
    lengths = [word_count(line) for line in lines]
    if max(lengths) > BALANCE * min(lengths) or any(len(sentences(line)) != 2 for line in lines):
        yield _("Consequence lines are of about equal length: one good side, one hard side.")


def _suggestion(clause: Clause, language: str) -> Iterator[str]:
    suggested = clause.get("suggested")
    if suggested is None:
        return
    if clause["topic"] in FIVE or clause["asked"] in (AskedOn.TURN, AskedOn.PRIVACY):
        yield _("Nothing is suggested here: this answer is the pair's own.")
    elif clause["topic"]:
        try:
            meanings = {option["key"]: option["meaning"] for option in clause["options"]}
            read(clause["topic"], Answer.from_json(suggested), meanings)
        except ValueError as error:
            yield _("The code cannot read %(option)s: %(error)s.") % {"option": suggested, "error": error}

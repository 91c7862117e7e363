"""What keeps an edition from being published because of how it is built: missing terms, wrong kinds, doubled keys.

Each remark blocks. Words are for a template editor who does not write programs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from agreements.rules.edition_texts import SAMPLE_WORDS, WHY_NOT, Clause, Remark, is_texting
from agreements.rules.topics import FIVE, REQUIRED, TOPICS, read
from agreements.rules.vocabulary import LEAVE_OUT, UNSURE, Answer, AskedOn, ClauseKind, ClauseMode

ALWAYS_ANSWERED = (ClauseMode.REQUIRED, ClauseMode.STATED)
OPTIONS_FEWEST = 2


def structure(clauses: Sequence[Clause]) -> list[Remark]:
    """Every fault of how these clauses are built."""
    found = [Remark("", text, blocks=True) for text in _whole(clauses)]
    for clause in clauses:
        checks = (_place, _topic, _mode, _options, _meanings, _suggestion)
        found += [Remark(clause["key"], text, blocks=True) for check in checks for text in check(clause)]
        if not is_texting(clauses) and clause["kind"] != ClauseKind.FIXED:
            words = _("Nobody texts with this edition: there is nothing to ask. Choose “Set by the practice”.")
            found.append(Remark(clause["key"], words, blocks=True))
    return found


def meaning_fault(topic: str, kind: str, key: str, meaning: Any) -> str:
    """Why the program cannot read what this option of a topic means, or nothing."""
    try:
        read(topic, Answer((key,), SAMPLE_WORDS if kind == ClauseKind.WORDS else ""), {key: meaning})
    except ValueError as error:
        return str(error)
    return ""


def _whole(clauses: Sequence[Clause]) -> Iterator[str]:
    if not clauses:
        yield _("This edition has no clauses yet.")
        return
    for key in _twice(clause["key"] for clause in clauses):
        yield _("Two clauses have the key “%(key)s”. Each needs its own.") % {"key": key}
    for order in _twice(clause["order"] for clause in clauses):
        yield _("Two clauses have the number %(order)s. Each needs its own.") % {"order": order}
    for topic in _twice(clause["topic"] for clause in clauses if clause["topic"]):
        yield _("Two clauses are about “%(topic)s”. Keep one of them.") % {"topic": topic}
    if not is_texting(clauses):
        if not any(clause["key"] == WHY_NOT for clause in clauses):
            yield _("Add a clause with the key “why_not”: it says why the five answers are not needed.")
        return
    there = {clause["topic"] for clause in clauses}
    for topic in REQUIRED:
        if topic not in there:
            words = _("The clause “%(topic)s” is missing. Every texting agreement has it.")
            if topic in FIVE:
                words = _("The clause “%(topic)s” is missing. It is one of the five answers that keep texting whole.")
            yield words % {"topic": topic}


def _twice(values: Any) -> list[Any]:
    return [value for value, times in Counter(values).items() if times > 1]


def _place(clause: Clause) -> Iterator[str]:
    fixed = clause["kind"] == ClauseKind.FIXED
    if fixed and clause["asked"] != AskedOn.HOW:
        yield _("A text set by the practice stands on the page “How we text”. Choose that page.")
    elif (clause["asked"] == AskedOn.PRIVACY) != (clause["topic"] == "privacy"):
        yield _("The page “How private texts are” holds the clause on privacy and no other.")
    if fixed != (clause["mode"] == ClauseMode.LOCKED):
        yield _("“Locked” and “Set by the practice” belong together: choose both or neither.")
    if clause["mode"] == ClauseMode.STATED and clause["asked"] != AskedOn.HARD:
        yield _("What the therapist states is asked on the page “If it gets hard”. Choose that page.")


def _topic(clause: Clause) -> Iterator[str]:
    topic, key = clause["topic"], clause["key"]
    if not topic:
        if key in TOPICS:
            yield _("The key “%(key)s” is kept for its topic. Choose the topic, or another key.") % {"key": key}
        return
    if topic not in TOPICS:
        yield _("There is no topic “%(topic)s”. Choose one from the list, or none.") % {"topic": topic}
        return
    if key != topic:
        yield _("The key of the clause on “%(topic)s” is “%(topic)s”.") % {"topic": topic}
    if clause["kind"] not in TOPICS[topic].kinds:
        kinds = " · ".join(str(ClauseKind(kind).label) for kind in sorted(TOPICS[topic].kinds))
        yield _("The topic “%(topic)s” is asked in this kind: %(kinds)s.") % {"topic": topic, "kinds": kinds}


def _mode(clause: Clause) -> Iterator[str]:
    if clause["topic"] == "limit" and (clause["mode"], clause["asked"]) != (ClauseMode.STATED, AskedOn.HARD):
        yield _("The therapist states the limit, on the page “If it gets hard”.")
    elif clause["topic"] in REQUIRED and clause["mode"] not in ALWAYS_ANSWERED:
        yield _("This question needs an answer. Choose “Required”.")
    if clause["topic"] in FIVE and clause.get("suggested") is not None:
        yield _("Nothing is suggested here: this answer is the pair’s own.")


def _options(clause: Clause) -> Iterator[str]:
    kind, found = clause["kind"], clause["options"]
    for key in _twice(option["key"] for option in found):
        yield _("Two options have the key “%(key)s”. Each needs its own.") % {"key": key}
    for order in _twice(option["order"] for option in found):
        yield _("Two options have the number %(order)s. Each needs its own.") % {"order": order}
    for option in found:
        if option["key"] in (UNSURE, LEAVE_OUT):
            yield _("The program offers “%(key)s” by itself. Take this option out.") % {"key": option["key"]}
    if kind == ClauseKind.FIXED and found:
        yield _("A text set by the practice has no options. Take them out.")
    if kind in (ClauseKind.CHOOSE, ClauseKind.MANY, ClauseKind.HOURS) and len(found) < OPTIONS_FEWEST:
        yield _("There is nothing to choose from. Add at least two options.")


def _meanings(clause: Clause) -> Iterator[str]:
    if clause["topic"] not in TOPICS or clause["kind"] not in TOPICS[clause["topic"]].kinds:
        return
    for option in clause["options"]:
        if fault := meaning_fault(clause["topic"], clause["kind"], option["key"], option["meaning"]):
            yield _("The program cannot read the meaning of the option “%(key)s”: %(fault)s.") % {
                "key": option["key"],
                "fault": fault,
            }


def _suggestion(clause: Clause) -> Iterator[str]:
    suggested = clause.get("suggested")
    if suggested is None or clause["topic"] in FIVE:
        return
    if clause["asked"] != AskedOn.HOW or clause["kind"] == ClauseKind.FIXED:
        yield _("Nothing is suggested on this page: the two answer for themselves.")
        return
    if fault := _unreadable(clause, suggested):
        yield _("What is suggested cannot be read: %(fault)s.") % {"fault": fault}


def _unreadable(clause: Clause, suggested: Mapping[str, Any]) -> str:
    """Why the suggested answer does not fit its clause, or nothing."""
    meanings = {option["key"]: option["meaning"] for option in clause["options"]}
    try:
        answer = Answer.from_json(dict(suggested))
        if clause["topic"] in TOPICS:
            read(clause["topic"], answer, meanings)
    except ValueError as error:
        return str(error)
    if unknown := [key for key in answer.chosen if key not in meanings]:
        return _("there is no option “%(key)s”") % {"key": unknown[0]}
    if len(answer.chosen) > 1 and clause["kind"] in (ClauseKind.CHOOSE, ClauseKind.HOURS):
        return _("only one option can be chosen here")
    if not answer.chosen and not answer.words.strip():
        return _("it is empty")
    return ""

"""The starter edition as tests of the rules read it: from its file, without a database."""

import json
from pathlib import Path
from typing import Any

from agreements.rules.differences import Option, Question
from agreements.rules.topics import Meaning, read
from agreements.rules.vocabulary import Answer, ClauseKind
from agreements.rules.wording import printed

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "library" / "texting-adult-outpatient.json"
EDITION: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
CLAUSES: dict[str, dict[str, Any]] = {clause["key"]: clause for clause in EDITION["clauses"]}


def options(key: str) -> list[str]:
    return [option["key"] for option in CLAUSES[key]["options"]]


def says(key: str, *chosen: str, words: str = "", client: str = "Maya", therapist: str = "Dr Lee") -> str:
    """What the paper prints for an answer."""
    texts = [option["texts"]["en"]["words"] for option in CLAUSES[key]["options"] if option["key"] in chosen]
    return printed(CLAUSES[key]["texts"]["en"]["words"], texts, client=client, therapist=therapist, words=words)


def meaning(key: str, *chosen: str, words: str = "") -> Meaning:
    """What the rules read for an answer."""
    meanings = {option["key"]: option["meaning"] for option in CLAUSES[key]["options"]}
    return read(CLAUSES[key]["topic"], Answer(chosen, words), meanings)


def suggested(key: str) -> str:
    """The words that one tap would take."""
    return str(CLAUSES[key]["suggested"]["words"])


def question(key: str) -> Question:
    """A clause as the comparing rules need it."""
    clause = CLAUSES[key]
    return Question(
        topic=clause["topic"],
        kind=ClauseKind(clause["kind"]),
        options=tuple(
            Option(option["key"], option["texts"]["en"]["label"], option["meaning"]) for option in clause["options"]
        ),
    )

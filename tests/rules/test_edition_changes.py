"""Was and Now: what changed between two editions, clause by clause."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from agreements.rules.edition_changes import Kind, Line, changes, same
from agreements.rules.edition_file import checked
from tests.rules.edition import EDITION

BEFORE = checked(EDITION)


def after(**facts: Any) -> dict[str, Any]:
    """The starter edition; `facts` are set at the clause on how often."""
    found = deepcopy(BEFORE)
    found["clauses"][1] |= facts
    return found


def test_nothing_changed() -> None:
    assert (changes(BEFORE, deepcopy(BEFORE), "en"), same(BEFORE, deepcopy(BEFORE))) == ([], True)


def test_a_changed_line_is_marked_on_both_sides() -> None:
    now = deepcopy(BEFORE)
    now["clauses"][1]["options"][0]["texts"]["en"]["words"] = "Once or twice."
    [change] = changes(BEFORE, now, "en")
    assert (change.key, change.heading, change.kind) == ("often", "How often", Kind.CHANGED)
    lead = "Option: 1 or 2 a week — It is easy to keep up. A hard week may feel long. — "
    assert [line.text for line in change.was if not line.same] == [lead + "About 1 or 2 texts a week."]
    assert [line.text for line in change.now if not line.same] == [lead + "Once or twice."]
    assert change.was[0] == Line("How often", same=True)


def test_new_clauses_stand_at_their_place_and_what_went_comes_last() -> None:
    now = deepcopy(BEFORE)
    now["clauses"][0] |= {"key": "uses", "topic": ""}
    found = changes(BEFORE, now, "en")
    assert [(change.key, change.kind, bool(change.was), bool(change.now)) for change in found] == [
        ("uses", Kind.ADDED, False, True),
        ("purpose", Kind.REMOVED, True, False),
    ]


def test_the_first_edition_is_all_new() -> None:
    assert [change.kind for change in changes(None, BEFORE, "en")] == [Kind.ADDED] * len(BEFORE["clauses"])


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"mode": "optional"}, "Choose one · Optional · The client's turn"),
        ({"asked": "how"}, "Choose one · Required · How we text"),
        ({"suggested": {"chosen": ["one_two"], "words": "Yes."}}, "Suggested: one_two, Yes."),
    ],
)
def test_how_a_clause_is_asked_counts(facts: dict[str, Any], line: str) -> None:
    [change] = changes(BEFORE, after(**facts), "en")
    assert [each.text for each in change.now if not each.same] == [line]
    assert same(BEFORE, after(**facts)) is False


def test_what_an_option_means_counts() -> None:
    now = deepcopy(BEFORE)
    now["clauses"][1]["options"][0]["meaning"] = {"least": 1, "most": 3}
    [change] = changes(BEFORE, now, "en")
    assert [each.text for each in change.now if not each.same] == ["It means: least: 1, most: 3"]


def test_another_language_counts_and_is_named() -> None:
    now = deepcopy(BEFORE)
    now["clauses"][1]["texts"]["es"] = {"heading": "Cada cuánto", "question": "", "hint": "", "words": "[[chosen]]"}
    [change] = changes(BEFORE, now, "en")
    assert [each.text for each in change.now if not each.same] == ["es: Cada cuánto — [[chosen]]"]


def test_numbers_do_not_count_but_the_order_does() -> None:
    tens = deepcopy(BEFORE)
    for clause in tens["clauses"]:
        clause["order"] *= 10
    assert (same(BEFORE, tens), changes(BEFORE, tens, "en")) == (True, [])
    turned = deepcopy(BEFORE)
    turned["clauses"][0]["order"], turned["clauses"][1]["order"] = 2, 1
    assert same(BEFORE, turned) is False


@pytest.mark.parametrize(
    ("fact", "expected"), [("number", True), ("read_by", True), ("funding", False), ("update_rule", False)]
)
def test_who_read_it_makes_no_other_edition_but_what_it_says_of_itself_does(fact: str, expected: bool) -> None:
    now = deepcopy(BEFORE)
    now["edition"][fact] = 7 if fact == "number" else "Something else."
    assert same(BEFORE, now) is expected

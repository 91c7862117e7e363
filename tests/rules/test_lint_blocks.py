"""What keeps an edition from being published, each fault at its clause: how it is built, and the safety rules."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from agreements.rules import lint
from agreements.rules.phrase_lists import ENGLISH, REFUSED
from agreements.rules.topics import FIVE, REQUIRED
from tests.rules.edition import CLAUSES, EDITION
from tests.rules.test_lint import changed

CALL_DANGER = "In danger text first."
SAYS_H7 = (
    "This seems to say something else than the crisis box. Say it with the crisis box: “In danger use the box, at any "
    "hour.” (H7) Please change: “In danger text first.”"
)


def blocks(edition: dict[str, Any], *needed: str) -> list[tuple[str, str]]:
    return [(one.where, one.text) for one in lint.lint(edition, *needed) if one.blocks]


def without(key: str) -> dict[str, Any]:
    edition = deepcopy(EDITION)
    edition["clauses"] = [clause for clause in edition["clauses"] if clause["key"] != key]
    return edition


def with_clause(**facts: Any) -> dict[str, Any]:
    edition = deepcopy(EDITION)
    own = {
        "order": 17, "key": "own", "topic": "", "kind": "fixed", "mode": "locked", "asked": "how",
        "texts": {"en": {"heading": "Own", "question": "", "hint": "", "words": "We use plain words."}}, "options": [],
    }  # fmt: skip
    edition["clauses"].append({**own, **facts})
    return edition


@pytest.mark.parametrize("topic", REQUIRED)
def test_a_texting_edition_without_a_term_it_needs_is_blocked(topic: str) -> None:
    said = [text for where, text in blocks(without(topic)) if f"“{topic}” is missing" in text and where == ""]
    assert len(said) == 1
    assert ("five answers" in said[0]) is (topic in FIVE)


@pytest.mark.parametrize("topic", FIVE)
def test_the_five_are_never_suggested(topic: str) -> None:
    some = {"chosen": [CLAUSES[topic]["options"][0]["key"]], "words": ""}
    assert blocks(changed(topic, "suggested", some)) == [
        (topic, "Nothing is suggested here: this answer is the pair’s own.")
    ]


@pytest.mark.parametrize("topic", sorted(set(REQUIRED) - {"limit"}))
def test_a_needed_term_is_answered(topic: str) -> None:
    assert blocks(changed(topic, "mode", "optional")) == [(topic, "This question needs an answer. Choose “Required”.")]


@pytest.mark.parametrize(
    ("key", "path", "value", "remark"),
    [
        ("limit", "mode", "required", "The therapist states the limit, on the page “If it gets hard”."),
        ("often", "key", "frequency", "The key of the clause on “often” is “often”."),
        ("often", "topic", "", "The key “often” is kept for its topic. Choose the topic, or another key."),
        ("often", "topic", "moon", "There is no topic “moon”. Choose one from the list, or none."),
        ("often", "kind", "many", "The topic “often” is asked in this kind: Choose one."),
        ("often", "asked", "privacy", "The page “How private texts are” holds the clause on privacy and no other."),
        ("privacy", "asked", "how", "The page “How private texts are” holds the clause on privacy and no other."),
        ("often", "mode", "locked", "“Locked” and “Set by the practice” belong together: choose both or neither."),
        (
            "often",
            "mode",
            "stated",
            "What the therapist states is asked on the page “If it gets hard”. Choose that page.",
        ),
        ("often", "options.0.key", "unsure", "The program offers “unsure” by itself. Take this option out."),
        ("often", "options.0.key", "no_number", "Two options have the key “no_number”. Each needs its own."),
        ("often", "options.0.order", 2, "Two options have the number 2. Each needs its own."),
        ("often", "options", [], "There is nothing to choose from. Add at least two options."),
        (
            "late",
            "options.0.meaning",
            {"step": "wave"},
            "The program cannot read the meaning of the option “nudge”: step is one of: nudge, call, session, comfort.",
        ),
        (
            "often",
            "suggested",
            {"chosen": ["one_two"], "words": ""},
            "Nothing is suggested on this page: the two answer for themselves.",
        ),
        (
            "late",
            "suggested",
            {"chosen": ["wave"], "words": ""},
            "What is suggested cannot be read: late has no option 'wave'.",
        ),
        (
            "often",
            "texts.en.hint",
            "For [[name]].",
            "[[name]] is not known. There are: [[client]], [[therapist]], [[phone]], [[chosen]], [[words]].",
        ),
        ("often", "texts.en.heading", "[[client]]", "Headings, options and what is suggested take no [[…]]."),
        ("often", "options.0.texts.en.label", "[[client]]", "Headings, options and what is suggested take no [[…]]."),
        ("late", "suggested.words", "[[client]]", "Headings, options and what is suggested take no [[…]]."),
        ("often", "texts.en.words", "As agreed.", "The printed words never show the answer: [[chosen]] is missing."),
        ("extra", "texts.en.words", "As agreed.", "The printed words never show the answer: [[words]] is missing."),
        (
            "often",
            "texts.en.words",
            "[[chosen]] [[words]]",
            "There is no answer that [[words]] could show. Take it out.",
        ),
        ("often", "texts", {}, "The words in the language “en” are missing, here or at an option."),
        ("often", "options.0.texts", {}, "The words in the language “en” are missing, here or at an option."),
    ],
)
def test_a_fault_of_how_a_clause_is_built_is_named_at_the_clause(key: str, path: str, value: Any, remark: str) -> None:
    found = [(where, text) for where, text in blocks(changed(key, path, value)) if where]
    where = "frequency" if value == "frequency" else key
    assert (where, remark) in found
    assert {each for each, _text in found} == {where}


@pytest.mark.parametrize(
    ("facts", "remark"),
    [
        ({"order": 3}, ("", "Two clauses have the number 3. Each needs its own.")),
        ({"key": "window"}, ("", "Two clauses have the key “window”. Each needs its own.")),
        ({"topic": "window"}, ("", "Two clauses are about “window”. Keep one of them.")),
        ({"asked": "turn"}, ("own", "A text set by the practice stands on the page “How we text”. Choose that page.")),
        ({"options": [CLAUSES["late"]["options"][0]]}, ("own", "A text set by the practice has no options. Take them out.")),
    ],
)  # fmt: skip
def test_a_clause_that_does_not_fit_the_others_is_blocked(facts: dict[str, Any], remark: tuple[str, str]) -> None:
    assert blocks(with_clause()) == []
    assert remark in blocks(with_clause(**facts))


def test_an_edition_in_which_nobody_texts_says_why_and_asks_nothing() -> None:
    own = with_clause()["clauses"][-1]
    assert blocks({"clauses": [own]}) == [
        ("", "Add a clause with the key “why_not”: it says why the five answers are not needed.")
    ]
    assert blocks({"clauses": [{**own, "key": "why_not"}]}) == []
    asked = {**CLAUSES["misread"], "order": 18}
    assert (
        "misread",
        "Nobody texts with this edition: there is nothing to ask. Choose “Set by the practice”.",
    ) in blocks({"clauses": [{**own, "key": "why_not"}, asked]})


def test_an_edition_is_whole_in_the_language_of_the_practice() -> None:
    assert blocks(EDITION, "en") == []
    assert {text for where, text in blocks(EDITION, "es") if where} == {
        "The words in the language “es” are missing, here or at an option."
    }


def test_h07_each_text_that_an_editor_can_write_is_read_against_the_box() -> None:
    option = "options.0.texts.en"
    for path in ("heading", "question", "hint", "words"):
        assert ("late", SAYS_H7) in blocks(changed("late", f"texts.en.{path}", CALL_DANGER))
    for path in ("label", "consequence", "words"):
        found = blocks(changed("late", f"{option}.{path}", CALL_DANGER))
        assert any("(H7)" in text and where == "late" for where, text in found), path
    assert ("misread", SAYS_H7) in blocks(changed("misread", "suggested.words", CALL_DANGER))


SENTENCES = {
    "H6": "The crisis line costs a fee.",
    "H7": CALL_DANGER,
    "H8": "I promise to stay safe.",
    "H9": "An answer is guaranteed.",
    "H10": "Your texts are monitored.",
    "H11": "You waive this.",
    "H12": "This is completely private.",
    "H14": "No texting, no therapy.",
    "H28": "Texting is treatment.",
}


@pytest.mark.parametrize("rule", REFUSED[ENGLISH])
def test_every_rule_that_reads_free_text_reads_an_edition(rule: str) -> None:
    if rule in ("H22", "H26"):
        found = lint.lint(changed("late", "texts.en.hint", "You lose the right."))
        assert [one.blocks for one in found if "(H26)" in one.text] == [False]
        return
    found = lint.lint(changed("late", "texts.en.hint", SENTENCES[rule]))
    assert [one.blocks for one in found if f"({rule})" in one.text] == [True]


@pytest.mark.parametrize(
    "text", ["Call 988.", "Dial 9-1-1.", "Or 55 50 12.", "(555) 010-0199", "Ring ９８８.", "Call 1-800-GET-HELP."]
)
def test_h17_a_phone_number_is_never_typed(text: str) -> None:
    [(where, said)] = blocks(changed("often", "texts.en.hint", text))
    assert (where, said.endswith("use the crisis box or [[phone]]. (H17)")) == ("often", True)


@pytest.mark.parametrize("text", ["Since 2024.", "10:30 to 11:30.", "24 hours.", "3, 4 or 5.", "Call [[phone]]."])
def test_h17_a_number_that_is_no_phone_number_may_stand(text: str) -> None:
    assert blocks(changed("often", "texts.en.hint", text)) == []


def test_h12_h25_law_and_cost_stand_in_a_clause_of_every_texting_edition() -> None:
    edition = deepcopy(EDITION)
    text = edition["clauses"][15]["texts"]["en"]
    text["words"] = "Others may read ordinary texts. [[client]] chooses: [[chosen]]."
    assert [each for each in blocks(edition) if not each[0]] == [
        ("", "No clause says that the law can require sharing. (H12)"),
        ("", "No clause says what texting costs, if only that it costs nothing. (H25)"),
    ]


def test_h20_the_words_on_a_guardian_tell_what_is_seen() -> None:
    options = [
        {
            "order": number,
            "key": key,
            "meaning": {"sees": key},
            "texts": {"en": {"label": key, "consequence": "", "words": key}},
        }
        for number, key in enumerate(("none", "times"), 1)
    ]
    texts = {"heading": "A guardian", "question": "What?", "hint": "", "words": "A guardian sees: [[chosen]]."}
    facts = {"key": "guardian", "topic": "guardian", "kind": "choose", "mode": "required", "options": options}
    assert blocks(with_clause(**facts, texts={"en": texts})) == []
    texts = {**texts, "words": "A guardian: [[chosen]]."}
    assert blocks(with_clause(**facts, texts={"en": texts})) == [
        ("guardian", "The printed words must tell the young person what a guardian sees. (H20)")
    ]

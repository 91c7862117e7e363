"""The file of an edition: read strictly, every fault named with its place, and the same after a round trip."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules.edition_file import FaultyFile, checked, from_file, to_file
from agreements.rules.markup import code_in
from agreements.rules.topics import TOPICS
from agreements.rules.vocabulary import AskedOn, ClauseKind, ClauseMode
from tests.rules.edition import EDITION, FILE


def faults(data: Any) -> list[str]:
    with pytest.raises(FaultyFile) as caught:
        from_file(data if isinstance(data, bytes) else json.dumps(data).encode())
    return [str(fault) for fault in caught.value.faults]


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    data = deepcopy(EDITION)
    change(data)
    return data


plain = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf")), max_size=30)
    .map(lambda text: __import__("unicodedata").normalize("NFC", text))
    .filter(lambda text: not code_in(text))
)
said = plain.filter(lambda text: bool(text.strip()))
keys = st.from_regex(r"\A[a-zA-Z0-9_-]{1,12}\Z")


def distinct(row: st.SearchStrategy[dict[str, Any]], most: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows with keys, numbers and topics of their own."""
    return st.lists(row, max_size=most, unique_by=lambda each: each["key"]).map(
        lambda rows: [{**each, "order": number} for number, each in enumerate(rows, 1)]
    )


def texts(**parts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(["en", "es", "pt-BR"]), st.fixed_dictionaries(parts), min_size=1)  # type: ignore[arg-type]


options = st.fixed_dictionaries(
    {
        "key": keys,
        "meaning": st.dictionaries(keys, st.none() | st.booleans() | st.integers() | plain, max_size=3),
        "texts": texts(label=said, consequence=plain, words=plain),
    }
)
clauses = st.fixed_dictionaries(
    {
        "key": keys,
        "topic": st.just(""),
        "kind": st.sampled_from(ClauseKind.values),
        "mode": st.sampled_from(ClauseMode.values),
        "asked": st.sampled_from(AskedOn.values),
        "suggested": st.none() | st.fixed_dictionaries({"chosen": st.lists(keys, max_size=3), "words": plain}),
        "texts": texts(heading=said, question=plain, hint=plain, words=said),
        "options": distinct(options, 3),
    }
)
editions = st.fixed_dictionaries(
    {
        "format": st.just("between-sessions-edition/1"),
        "family": st.fixed_dictionaries({"key": keys, "name": said, "about": plain}),
        "edition": st.fixed_dictionaries(
            {"number": st.integers(1, 9999), "read_by": said, "update_rule": said, "funding": said}
        ),
        "clauses": distinct(clauses, 4),
    }
)


@given(editions)
def test_every_edition_is_the_same_after_a_round_trip(edition: dict[str, Any]) -> None:
    assert from_file(to_file(edition)) == edition


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | plain, lambda each: st.lists(each) | st.dictionaries(plain, each)
    )
)
def test_whatever_is_no_edition_is_named_as_one_fault_or_more(data: Any) -> None:
    assert faults(data) != []


def test_the_starter_edition_reads_as_it_is_written() -> None:
    once = from_file(FILE.read_bytes())
    assert from_file(to_file(once)) == once
    assert [clause["key"] for clause in once["clauses"]] == [clause["key"] for clause in EDITION["clauses"]]


def test_what_may_be_left_out_is_filled_in() -> None:
    def least(data: dict[str, Any]) -> None:
        clause = data["clauses"][0]
        clause["options"][0]["texts"]["en"] = {"label": "One"}
        del clause["options"][0]["meaning"], clause["texts"]["en"]["hint"]
        data["family"].pop("about", None)
        data["clauses"] = [clause, {**data["clauses"][1]}]
        del data["clauses"][1]["options"]

    found = from_file(json.dumps(changed(least)).encode())
    assert found["family"]["about"] == ""
    assert found["clauses"][0]["options"][0]["meaning"] == {}
    assert found["clauses"][0]["options"][0]["texts"]["en"] == {"label": "One", "consequence": "", "words": ""}
    assert (found["clauses"][1]["options"], found["clauses"][1]["suggested"]) == ([], None)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("clauses.3.options.0.texts.en.label", "", "clauses[3].options[0].texts.en.label: is empty"),
        (
            "clauses.3.options.0.texts.en.label",
            "x" * 141,
            "clauses[3].options[0].texts.en.label: is too long: 141 characters, at most 140 fit",
        ),
        (
            "clauses.3.texts.en.words",
            "word " * 10_000,
            "clauses[3].texts.en.words: is too long: 50000 characters, at most 2000 fit",
        ),
        ("clauses.3.texts.en.words", 7, "clauses[3].texts.en.words: must be text, in quotation marks"),
        (
            "clauses.3.texts.en.words",
            "a\u0007",
            "clauses[3].texts.en.words: holds a character that cannot be printed (U+0007)",
        ),
        ("clauses.3.texts.en.colour", "red", "clauses[3].texts.en.colour: is not known here"),
        ("clauses.3.texts", {}, "clauses[3].texts: has no language. Write for example “en”."),
        ("clauses.3.texts", [], "clauses[3].texts: must be an object, in braces"),
        ("clauses.3.texts.English", {"heading": "A", "words": "B"}, "clauses[3].texts.English: is not the code of a language, such as “en”"),
        ("clauses.3.order", "3", "clauses[3].order: must be a whole number from 1 to 9999"),
        ("clauses.3.order", True, "clauses[3].order: must be a whole number from 1 to 9999"),
        ("clauses.3.order", 0, "clauses[3].order: must be a whole number from 1 to 9999"),
        ("clauses.3.kind", "mood", "clauses[3].kind: must be one of: choose, many, hours, words, fixed"),
        ("clauses.3.topic", "moon", f"clauses[3].topic: must be one of: \"\", {', '.join(TOPICS)}"),
        ("clauses.3.key", "two words", "clauses[3].key: holds only letters, digits, “-” and “_”"),
        ("clauses.3.suggested", "nudge", "clauses[3].suggested: must be an object, in braces"),
        ("clauses.3.suggested", {"chosen": [1]}, "clauses[3].suggested.chosen[0]: must be text"),
        ("clauses.3.options.0.meaning", "x", "clauses[3].options[0].meaning: must be an object, in braces"),
        ("clauses.3.options.0.meaning", {"a": "x" * 3000}, "clauses[3].options[0].meaning: is too long"),
        ("clauses.3", "night", "clauses[3]: must be an object, in braces"),
        ("clauses", {}, "clauses: must be a list, in square brackets"),
        ("family.key", "", "family.key: is empty"),
        ("edition", [], "edition: must be an object, in braces"),
        ("extra", 1, "extra: is not known here"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_key(path: str, value: Any, fault: str) -> None:
    data = deepcopy(EDITION)
    *way, last = path.split(".")
    where: Any = data
    for step in way:
        where = where[int(step)] if isinstance(where, list) else where[step]
    where[int(last) if isinstance(where, list) else last] = value
    assert faults(data)[0] == fault


def test_all_faults_are_named_at_once() -> None:
    def spoil(data: dict[str, Any]) -> None:
        del data["family"]["name"]
        data["clauses"][2]["mode"] = 1
        data["clauses"][4]["options"][1]["texts"]["en"]["label"] = None
        data["clauses"][7]["key"] = "notice"
        data["clauses"][9]["order"] = 1

    assert faults(changed(spoil)) == [
        "family.name: is missing",
        "clauses[2].mode: must be one of: locked, stated, required, optional",
        "clauses[4].options[1].texts.en.label: must be text, in quotation marks",
        "clauses[7].key: another clause has the key “notice”, too",
        "clauses[8].key: another clause has the key “notice”, too",
        "clauses[0].order: another clause has the number 1, too",
        "clauses[9].order: another clause has the number 1, too",
    ]


def test_two_options_with_one_key_or_number_are_named() -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["clauses"][1]["options"][1] |= {"key": "one_two", "order": 1}

    assert faults(changed(spoil)) == [
        "clauses[1].options[0].key: another option has the key “one_two”, too",
        "clauses[1].options[1].key: another option has the key “one_two”, too",
        "clauses[1].options[0].order: another option has the number 1, too",
        "clauses[1].options[1].order: another option has the number 1, too",
    ]


def test_two_clauses_on_one_topic_are_named() -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["clauses"][1]["topic"] = "window"

    assert faults(changed(spoil)) == [
        "clauses[1].topic: another clause is about “window”, too",
        "clauses[2].topic: another clause is about “window”, too",
    ]


def test_too_many_clauses_are_said_and_not_read() -> None:
    data = changed(lambda data: data.update(clauses=[data["clauses"][12]] * 600))
    assert faults(data)[0] == "clauses: has 600 entries; at most 60 fit"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"a": 1,\n "b" 2}', ["line 2, column 6: this is not JSON (Expecting ':' delimiter)"]),
        (to_file(EDITION)[:-40], None),
        (b'{"format": "x', ["line 1, column 12: the file stops in the middle. Was it copied or saved only in part?"]),
        (b'{"a": NaN}', ["This is not an edition: it cannot be read as JSON."]),
        (b"[" * 100_000, ["This is not an edition: it cannot be read as JSON."]),
        (b'{"format": 1, "format": 2}', ["format: stands there twice in the same place"]),
        ("ü".encode("latin-1"), ["This is not a text file in UTF-8."]),
        (b"x" * (1024 * 1024 + 1), ["The file is larger than 1 MB. That is no edition."]),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_broken_is_named_by_its_line(raw: bytes, said: list[str] | None) -> None:
    found = faults(raw)
    if said is None:
        [found_one] = found
        assert found_one.startswith("line ")
        assert "the file stops in the middle" in found_one
    else:
        assert found == said


def test_a_mark_at_the_start_of_the_file_does_not_matter() -> None:
    assert from_file(b"\xef\xbb\xbf" + to_file(EDITION)) == checked(EDITION)

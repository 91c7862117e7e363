"""The six starter families: each is whole, plain and safe in its wording, for whoever can or cannot speak."""

import json
import re
from typing import Any

import pytest

from agreements.rules import edition_file, family_topics, lint
from agreements.rules.edition_texts import every_text
from agreements.rules.topics import FIVE
from agreements.rules.vocabulary import ClauseKind, ClauseMode, Role
from agreements.rules.wording import sentences, word_count
from tests.editions import FILES, LIBRARY

PUBLISHED = ("no-texting", "texting-adult-outpatient", "times-and-dates")
DRAFTS = ("couple-one-thread", "dbt-coaching", "young-person")
TEXTING = [name for name in FILES if name != "no-texting"]
# What takes for granted that somebody speaks or hears. "Say" does not: people say things in signs, too.
VOICE = re.compile(
    r"\b(call\w*|phon(?:e|ing) (?:the|us|me)|ring\w*|voice\w*|aloud|hear\w*|listen\w*|spoken|speak\w*)\b", re.I
)
WITHOUT_VOICE = re.compile(r"\b(relay|in person|letter|note|signed)\b", re.I)
EDITIONS: dict[str, dict[str, Any]] = {name: edition_file.from_file(path.read_bytes()) for name, path in FILES.items()}
every_family = pytest.mark.parametrize("name", FILES)


def clauses(name: str) -> dict[str, dict[str, Any]]:
    return {clause["key"]: clause for clause in EDITIONS[name]["clauses"]}


def words(name: str, key: str) -> str:
    return str(clauses(name)[key]["texts"]["en"]["words"])


def test_three_are_published_and_three_are_drafts_that_nobody_read() -> None:
    assert sorted(path.stem for path in LIBRARY.glob("*.json")) == sorted(PUBLISHED)
    assert sorted(path.stem for path in (LIBRARY / "drafts").glob("*.json")) == sorted(DRAFTS)
    read_by = {name: EDITIONS[name]["edition"]["read_by"] for name in FILES}
    assert read_by == dict.fromkeys(FILES, "nobody yet")


@every_family
def test_there_is_nothing_to_remark(name: str) -> None:
    assert lint.lint(EDITIONS[name]) == []


@every_family
def test_the_longest_document_fits_two_pages_in_plain_words(name: str) -> None:
    rows = EDITIONS[name]["clauses"]
    grade = lint.document_grade(rows, "en")
    assert len(rows) <= 16
    assert lint.document_words(rows, "en") <= 390
    assert max(word_count(lint.longest(row, "en")) for row in rows) <= 45
    assert grade is not None and grade <= 6


@every_family
def test_a_family_says_in_a_few_words_for_whom_it_is(name: str) -> None:
    assert 5 <= word_count(EDITIONS[name]["family"]["about"]) <= 15


@every_family
def test_a_form_to_fill_in_has_a_line_for_each_who_may_have_to_sign(name: str) -> None:
    more = {"young-person": (Role.GUARDIAN, Role.GUARDIAN), "couple-one-thread": (Role.PARTNER,)}
    topics = {clause["topic"] for clause in EDITIONS[name]["clauses"]}
    found = family_topics.signers(EDITIONS[name]["family"]["key"], topics)
    assert found == (Role.CLIENT, *more.get(name, ()), Role.THERAPIST)


@pytest.mark.parametrize("name", TEXTING)
def test_every_texting_family_holds_the_five_answers(name: str) -> None:
    modes = {key: clauses(name)[key]["mode"] for key in FIVE}
    assert modes == {**dict.fromkeys(FIVE, ClauseMode.REQUIRED), "limit": ClauseMode.STATED}


def test_where_nobody_texts_it_says_why_the_five_are_not_needed_and_asks_nothing() -> None:
    found = clauses("no-texting")
    assert {row["kind"] for row in found.values()} == {ClauseKind.FIXED}
    assert words("no-texting", "why_not") == "Nobody texts, so the five answers on texting are not needed."


@every_family
def test_h16_nobody_is_sent_to_a_call_who_cannot_speak_and_nobody_must_hear(name: str) -> None:
    found = [
        sentence
        for clause in EDITIONS[name]["clauses"]
        for text in every_text(clause, "en")
        for sentence in sentences(text)
        if VOICE.search(sentence) and not WITHOUT_VOICE.search(sentence)
    ]
    assert found == []


def test_h12_h25_privacy_says_the_law_and_that_the_crisis_steps_never_cost() -> None:
    for name in TEXTING:
        said = words(name, "privacy")
        for part in ("Others may read ordinary texts", "can change", "lock phones and hide previews", "record"):
            assert part in said
        assert said.endswith("by law others too. Texting costs nothing. Crisis steps never cost.")


def test_h24_the_rest_after_self_harm_prints_what_never_waits() -> None:
    coaching = clauses("dbt-coaching")["coaching"]
    assert [option["meaning"] for option in coaching["options"]] == [{"hours": 24}, {"hours": None}]
    assert words("dbt-coaching", "coaching") == ("[[chosen]] Care for a wound, repair and the crisis steps never wait.")
    assert "ask for repair, on any day" in str(clauses("dbt-coaching")["misread"]["suggested"]["words"])
    assert words("dbt-coaching", "before_urge").endswith("If you may hurt yourself, do not text. Use the box.")


def test_h20_the_young_person_knows_what_guardians_see_and_the_box_stays() -> None:
    guardian = clauses("young-person")["guardian"]
    assert [option["meaning"]["sees"] for option in guardian["options"]] == ["none", "times", "all"]
    assert words("young-person", "guardian") == (
        "Guardians see [[chosen]]. [[client]] knows this. If a life is at risk, [[therapist]] may tell them more. "
        "No one may change the box."
    )
    assert words("young-person", "worried") == (
        "Do not text and do not wait. Go by the crisis box at the top. It holds for you too."
    )


def test_a_couple_has_one_thread_and_a_worry_is_told_alone_and_not_by_text() -> None:
    assert words("couple-one-thread", "thread").startswith("We use one thread that you both see.")
    assert words("couple-one-thread", "alone").startswith("Each of you answers and signs alone.")
    assert words("couple-one-thread", "worry") == (
        "Tell [[therapist]] alone: in person, or by a call or relay call, never by text. Who told it stays unsaid. "
        "In danger use the box."
    )


@pytest.mark.parametrize(
    ("name", "for_two"),
    [
        ("young-person", r"\b(both|all two)( of us)? (must )?signs?\b|\beither\b"),
        ("couple-one-thread", r"\bus both\b|\bboth of us\b|\[\[client\]\] (may|stops?)\b|may \[\[client\]\]"),
    ],
)
def test_where_more_than_two_take_part_no_sentence_is_for_two(name: str, for_two: str) -> None:
    written = json.dumps(EDITIONS[name]["clauses"], ensure_ascii=False)
    assert [found[0] for found in re.finditer(for_two, written, re.I)] == []

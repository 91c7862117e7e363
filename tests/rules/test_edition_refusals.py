"""What a file is refused for in words of its own: a format that is not ours or too new, and code in its texts."""

from __future__ import annotations

from typing import Any

import pytest

from agreements.rules.edition_file import checked
from tests.rules.edition import EDITION
from tests.rules.test_edition_file import changed, faults

NEWER = "This file was made by a newer version of Between Sessions. Update it here first."


@pytest.mark.parametrize("found", ["2", "3", "10", "999", "1234567", "9" * 5000])
def test_a_newer_format_is_called_newer(found: str) -> None:
    assert faults({**EDITION, "format": f"between-sessions-edition/{found}"}) == [f"format: {NEWER}"]


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("999", "999"),
        (999, "999"),
        (True, "true"),
        (None, "null"),
        ({"a": 1}, '{"a": 1}'),
        ("", ""),
        ("between-sessions-edition/0", "between-sessions-edition/0"),
        ("between-sessions-edition/01", "between-sessions-edition/01"),
        ("between-sessions-edition/2x", "between-sessions-edition/2x"),
        ("between-sessions-edition/٣", "between-sessions-edition/٣"),
        ("Between-Sessions-Edition/1", "Between-Sessions-Edition/1"),
        ("surveyjs/2", "surveyjs/2"),
        ("a\ud800b", "a?b"),
        ("x" * 90, "x" * 39 + "…"),
    ],
)
def test_a_format_that_is_not_ours_is_said_to_be_none_of_ours(found: Any, shown: str) -> None:
    words = (
        f"format: “{shown}” is not a format of editions. One from Between Sessions says “between-sessions-edition/1”."
    )
    assert faults({**EDITION, "format": found}) == [words]


def test_a_file_of_an_agreement_is_called_one() -> None:
    words = "format: This file is an agreement, not an edition. Its terms cannot be read in here."
    assert faults({"format": "between-sessions/1", "agreement": {}}) == [words]


def test_a_file_without_a_format_is_said_to_lack_one() -> None:
    words = "format: is missing. A file from Between Sessions says “between-sessions-edition/1” here."
    assert faults(changed(lambda data: data.pop("format"))) == [words]
    assert faults({}) == [words]


IS_CODE = (
    "“%s” looks like code of a web page or a program. It would be printed just as it stands. Please use plain words."
)


def test_code_is_named_by_its_key_wherever_it_stands() -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["family"] |= {"name": "<b>Adults</b>", "about": "{{ about }}"}
        data["edition"] |= {"read_by": "&nbsp;", "update_rule": "{% now %}", "funding": "{# none #}"}
        clause = data["clauses"][3]
        clause["texts"]["en"] |= {"heading": "<i>", "question": "{{ q }}", "hint": "<script>x", "words": "<img src=x>"}
        clause["options"][0]["texts"]["en"] |= {"label": "<b>", "consequence": "&lt;", "words": "{therapist}"}
        clause["suggested"] = {"chosen": [], "words": "<br>"}

    texts, option = "clauses[3].texts.en", "clauses[3].options[0].texts.en"
    assert set(faults(changed(spoil))) == {
        f"family.name: {IS_CODE % '<b>'}",
        f"family.about: {IS_CODE % '{{ about }}'}",
        f"edition.read_by: {IS_CODE % '&nbsp;'}",
        f"edition.update_rule: {IS_CODE % '{% now %}'}",
        f"edition.funding: {IS_CODE % '{# none #}'}",
        f"{texts}.heading: {IS_CODE % '<i>'}",
        f"{texts}.question: {IS_CODE % '{{ q }}'}",
        f"{texts}.hint: {IS_CODE % '<script>'}",
        f"{texts}.words: {IS_CODE % '<img src=x>'}",
        f"{option}.label: {IS_CODE % '<b>'}",
        f"{option}.consequence: {IS_CODE % '&lt;'}",
        f"{option}.words: {IS_CODE % '{therapist}'}",
        f"clauses[3].suggested.words: {IS_CODE % '<br>'}",
    }


def test_a_lone_sign_is_read_in() -> None:
    data = changed(lambda data: data["clauses"][3]["texts"]["en"].update(hint="3 < 4, {, <3 and AT&T;"))
    assert checked(data)["clauses"][3]["texts"]["en"]["hint"] == "3 < 4, {, <3 and AT&T;"


def test_a_name_that_no_page_can_show_is_shown_as_well_as_can_be() -> None:
    assert faults({**EDITION, "\ud800\u202e": 1}) == ["??: is not known here"]
    twice = b'{"format": 1, "\\ud800": 1, "\\ud800": 2}'
    assert faults(twice) == ["?: stands there twice in the same place"]

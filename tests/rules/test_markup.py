"""Code of web pages and templates is named; signs that people use in plain words are not."""

import pytest

from agreements.rules.markup import code_fault, code_in


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Call {{ client }} first.", "{{ client }}"),
        ("{% load x %} and more", "{% load x %}"),
        ("{# not printed #}", "{# not printed #}"),
        ("Half a {{ name", "{{ name"),
        ("For {therapist} only.", "{therapist}"),
        ("This is <b>bold</b>.", "<b>"),
        ("bold</B> here", "</B>"),
        ("<script>alert(1)</script>", "<script>"),
        ('See <img src="x" onerror=alert(1)>', '<img src="x" onerror=alert(1)>'),
        ("See <img src=x", "<img src=x"),
        ("<IFRAME\nsrc='x'>", "<IFRAME src='x'>"),
        ("One<br/>two", "<br/>"),
        ("<!-- hidden --> shown", "<!-- hidden -->"),
        ("Dear <name>,", "<name>"),
        ("two&nbsp;words", "&nbsp;"),
        ("it&#39;s", "&#39;"),
        ("it&#x27;s", "&#x27;"),
        ("<input disabled>", "<input disabled>"),
        ("<p id=" + "x" * 90 + ">", "<p id=" + "x" * 33 + "…"),
    ],
)
def test_code_is_named_as_it_was_written(text: str, code: str) -> None:
    assert code_in(text) == code


def test_every_piece_of_code_is_named_once() -> None:
    assert code_fault("{{ x }} <b>bold</b> {{ x }} and &nbsp;").startswith("“{{ x }}”, “<b>”, “&nbsp;” look like code")
    assert code_fault("<b>bold</b>").startswith("“<b>” looks like code")


@pytest.mark.parametrize(
    "text",
    [
        "", "3 < 4", "a lone < here", "4 > 3 and 2 < 3", "<3", "We <3 cats.", "{", "a } b {", "{ }", "{ not this }", "{1, 2}",
        "50 %", "50%} off", "#1", "AT&T; R&D;", "you & me; us", "&", "-> next <- back", "<-- look", "Mail <me@example.org>.",
        "[[client]] and [[therapist]]", "**bold** and *soft*", "a <b", "1<x and y>2", ":-{ and :-}",
    ],
)  # fmt: skip
def test_signs_in_plain_words_may_stand(text: str) -> None:
    assert code_in(text) == ""

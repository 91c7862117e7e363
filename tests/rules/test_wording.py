"""Wording: placeholders are filled once, values stay inert, Markdown becomes plain text or safe HTML."""

import re
from html.parser import HTMLParser

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import wording

NAMES = {"client": "Maya", "therapist": "Dr Lee", "phone": "(555) 010-0143", "chosen": "two", "words": "Short."}
HOSTILE = ("[[client]]", "[[secret]]", "<b>Ann</b>", "**x**", "\\1", "{{ settings.SECRET_KEY }}", "{% debug %}", "&lt;")


def test_fill_takes_the_five_placeholders_and_no_others() -> None:
    template = "[[client]] and [[ therapist ]], [[phone]]: [[chosen]]. [[words]]"
    assert wording.fill(template, **NAMES) == "Maya and Dr Lee, (555) 010-0143: two. Short."


@pytest.mark.parametrize("name", ["secret", "Client", "__class__", "", "client|safe", "client\n[[words"])
def test_fill_names_an_unknown_placeholder(name: str) -> None:
    with pytest.raises(ValueError, match=f"unknown placeholder {re.escape(f'[[{name}]]')}"):
        wording.fill(f"Hello [[{name}]].", **NAMES)


@pytest.mark.parametrize("value", HOSTILE)
def test_fill_leaves_values_as_they_are(value: str) -> None:
    assert wording.fill("[[client]] and [[words]]", **{**NAMES, "client": value}) == f"{value} and Short."


def test_an_empty_value_takes_its_space_away() -> None:
    filled = [wording.fill(text, **{**NAMES, "words": ""}) for text in ("Yes. [[words]] No.", "[[words]] No.")]
    assert filled == ["Yes. No.", "No."]


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (list("abcd"), "a, b, c and d")],
)
def test_listed(items: list[str], expected: str) -> None:
    assert wording.listed(items) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("For Ana B. and Rafi B.. It goes on.", "For Ana B. and Rafi B. It goes on."),
        ("With Dr Lee.", "With Dr Lee."),
        ("Practice: Oak Inc..", "Practice: Oak Inc."),
        ("Wait...", "Wait..."),
    ],
)
def test_a_name_with_a_full_stop_ends_a_sentence_with_one(said: str, expected: str) -> None:
    assert wording.one_stop(said) == expected


@given(st.lists(st.text(), max_size=5))
def test_listed_items_are_inert(items: list[str]) -> None:
    with translation.override("en"):
        assert [item for item in items if item not in wording.listed(items)] == []


def test_printed_is_plain_text_with_options_and_words() -> None:
    text = wording.printed("**[[client]]** may *[[chosen]]*. [[words]]", ["text", "call"], **_names(), words="Be kind")
    assert text == "Maya may text and call. Be kind."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Be kind", "Be kind."),
        (" Be kind. ", "Be kind."),
        ("Is it?", "Is it?"),
        ("“Be kind.”", "“Be kind.”"),
        ("“Be kind”", "“Be kind”."),
        ("שלום؟", "שלום؟"),
        ("दया करो।", "दया करो।"),
        ("", ""),
    ],
)
def test_printed_words_end_like_a_sentence(words: str, expected: str) -> None:
    assert wording.printed("[[words]]", [], **_names(), words=words) == expected


def test_printed_keeps_lists_as_lines() -> None:
    markdown = "We say:\n\n- one *kind* thing\n- two\n\n1. first\n2. second\n\nLine\nbreak, 2 \\* 3"
    assert wording.printed(markdown, [], **_names()) == (
        "We say:\n- one kind thing\n- two\n1. first\n2. second\nLine\nbreak, 2 * 3"
    )


@pytest.mark.parametrize("value", HOSTILE)
def test_printed_values_are_never_read_as_markdown(value: str) -> None:
    assert wording.printed("[[chosen]] [[words]]", [value], **_names(), words=f"{value}.") == f"{value} {value}."


def test_to_html_knows_bold_emphasis_lists_and_breaks() -> None:
    html = wording.to_html("We **text** *kindly*\nwith [[client]].\n\n- one\n- two", {"client": "Maya"})
    assert html == (
        "<p>We <strong>text</strong> <em>kindly</em><br>\nwith Maya.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    )


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](https://example.org/x.png)", "<p>![x](https://example.org/x.png)</p>"),
        ("# Big", "<p># Big</p>"),
        ("{{ settings.SECRET_KEY }} {% debug %}", "<p>{{ settings.SECRET_KEY }} {% debug %}</p>"),
        ("[[client]]", "<p>[[client]]</p>"),
    ],
)
def test_to_html_leaves_everything_else_as_text(markdown: str, expected: str) -> None:
    assert wording.to_html(markdown) == expected


def test_to_html_escapes_values_and_never_reads_them() -> None:
    html = wording.to_html("**[[client]]**", {"client": '<b onclick=x>Ann</b> *x* [[client]] &amp; "q"'})
    assert html == '<p><strong>&lt;b onclick=x&gt;Ann&lt;/b&gt; *x* [[client]] &amp;amp; "q"</strong></p>'


def test_to_html_names_an_unknown_placeholder() -> None:
    with pytest.raises(ValueError, match=re.escape("unknown placeholder [[secret]]")):
        wording.to_html("[[secret]]", {"client": "Maya"})


pieces = st.lists(
    st.text(max_size=8) | st.sampled_from([*HOSTILE, "<p", "'>", "- ", "**", "\n\n", "&#60;"]), max_size=8
)


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, len(attrs)))


@given(markdown=pieces.map("".join), value=pieces.map("".join))
def test_to_html_holds_only_allowed_tags_without_attributes(markdown: str, value: str) -> None:
    source = markdown.replace("[[", "").replace("]]", "")
    tags = Tags()
    tags.feed(wording.to_html(f"{source} [[client]]", {"client": value}))
    assert {(tag, count) for tag, count in tags.seen} <= {(tag, 0) for tag in wording.TAGS}


def test_unknown_placeholders_are_named_in_order() -> None:
    assert wording.unknown_placeholders("[[b]] [[client]] [[a]]") == ["b", "a"]


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("… – !", 0), ("half-way", 1), ("Dr Lee’s 2 texts", 4), ("“Are you still there?”", 4)],
)
def test_word_count(text: str, count: int) -> None:
    assert wording.word_count(text) == count


def test_sentences_end_at_marks_and_lines() -> None:
    text = "We ask: “Is it so?” Then we talk. Good\nnight, 2.5 times… and so on!"
    assert [wording.word_count(sentence) for sentence in wording.sentences(text)] == [5, 3, 1, 6]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The cat sat on the mat.", "en", -1.4),
        ("The cat sat on the mat.", "en-GB", -1.4),
        ("Administrative documentation necessitates considerable deliberation.", "en", 40.6),
        ("Die Katze saß auf der Matte.", "de", None),
        ("123 …", "en", None),
    ],
)
def test_grade_is_an_estimate_for_english_only(text: str, language: str, expected: float | None) -> None:
    assert wording.grade(text, language) == expected


def _names() -> dict[str, str]:
    return {"client": "Maya", "therapist": "Dr Lee"}

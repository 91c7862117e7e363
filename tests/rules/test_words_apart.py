"""Two texts beside each other: what one of the two added, in that person's own words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import words_apart
from agreements.rules.differences import Different, Names, Option, Question, compare
from agreements.rules.vocabulary import Answer, ClauseKind

NAMES = {"client": "Maya", "therapist": "Dr Lee"}
NOT_YET = "Your words are not the same yet."


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        ("We ask first, and on Sundays we wait.", "We ask first.", "Maya added: “and on Sundays we wait”."),
        ("We ask first.", "We ask first, by day.", "Dr Lee added: “by day”."),
        ("We ask, then talk soon.", "We ask, then talk later.", "Maya added: “soon”. Dr Lee added: “later”."),
        (
            "Now we ask first and then we talk about it.",
            "We ask first and we talk about it calmly.",
            "Maya added: “Now”, “then”. Dr Lee added: “calmly”.",
        ),
        ("We ask.", "We talk.", "Maya added: “ask”. Dr Lee added: “talk”."),
        ("We ask.", "Nobody says a word about that.", NOT_YET),
        ("We ask.", "we ask", NOT_YET),
        ("We ask.", "We ask…", NOT_YET),
        ("", "We ask.", NOT_YET),
    ],
)
def test_what_each_added(mine, theirs, said):
    assert words_apart.sentence(mine, theirs, **NAMES) == said


words = st.lists(st.sampled_from(["we", "ask", "first", "then", "talk", "—", "Soon."]), max_size=9).map(" ".join)


@given(words, words)
def test_what_is_called_added_stands_in_that_persons_own_words(mine, theirs):
    said = words_apart.sentence(mine, theirs, **NAMES)
    quoted = re.findall(r"“(.*?)”|(Maya|Dr Lee) added", said)
    owner = ""
    for run, name in quoted:
        owner = name or owner
        assert run in {"Maya": mine, "Dr Lee": theirs}[owner]
    assert (said == NOT_YET) == (not quoted)


def test_words_with_options_say_where_each_is_apart():
    options = tuple(Option(key, key.capitalize(), {}) for key in ("family", "health"))
    own = Question("", ClauseKind.WORDS, options)
    names = Names("Maya", "Dr Lee")
    same_words = compare(own, Answer(("family",), "We ask."), Answer(("health",), "We ask."), names)
    assert same_words == Different("Only Maya: Family. Only Dr Lee: Health.", 1)
    both = compare(own, Answer(("family",), "We ask."), Answer(("family", "health"), "We ask soon."), names)
    assert both == Different("Dr Lee added: “soon”. Both: Family. Only Dr Lee: Health.", 1)

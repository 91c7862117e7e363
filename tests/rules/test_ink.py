"""A drawn signature: a simple mark is enough, and whatever else a browser may post is refused in plain words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import ink

POINT = st.tuples(st.integers(0, ink.WIDTH), st.integers(0, ink.HEIGHT))
DRAWING = st.lists(st.lists(POINT, max_size=12), max_size=8)
LINE = [(400, 150), (430, 150)]
EMPTY = "Draw your name, or choose another way to sign."
TORN = "The drawing did not arrive whole. Please draw it again."
HUGE = "This drawing is too large to keep. Please clear it and draw a simpler one."
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def moved(drawing: list) -> list:
    """The drawing without points that repeat the one before, and without empty strokes."""
    kept = [
        [point for place, point in enumerate(stroke) if not place or stroke[place - 1] != point] for stroke in drawing
    ]
    return [stroke for stroke in kept if stroke]


@given(DRAWING.map(lambda drawing: [*drawing, LINE]))
def test_any_drawing_on_the_pad_is_kept_point_by_point(drawing: list) -> None:
    assert ink.read_strokes(json.dumps(drawing)) == tuple(tuple(stroke) for stroke in moved(drawing))


@given(DRAWING.map(lambda drawing: [*drawing, LINE]))
def test_what_was_read_reads_the_same_again(drawing: list) -> None:
    once = ink.read_strokes(json.dumps(drawing))
    assert ink.read_strokes(json.dumps(once)) == once


def test_when_a_point_was_drawn_is_not_kept() -> None:
    """How fast somebody's hand moves is theirs: a point is a place and nothing else."""
    with pytest.raises(ValueError, match=TORN):
        ink.read_strokes(json.dumps([[[400, 150, 12], [430, 150, 31]]]))
    assert {len(point) for stroke in ink.read_strokes(json.dumps([LINE])) for point in stroke} == {2}


@given(st.text() | ANY_JSON.map(json.dumps))
def test_anything_else_is_refused_in_one_of_three_sentences(text: str) -> None:
    try:
        strokes = ink.read_strokes(text)
    except ValueError as refusal:
        assert str(refusal) in {EMPTY, TORN, HUGE}
    else:
        assert sum(map(len, strokes)) >= 2


@pytest.mark.parametrize("text", ["", "  \n", "[]", "[[]]", "[[[5,5]]]", "[[[5,5],[5,5],[5,5]]]"])
def test_no_ink_is_no_signature(text: str) -> None:
    with pytest.raises(ValueError) as refusal:
        ink.read_strokes(text)
    assert str(refusal.value) == EMPTY


@pytest.mark.parametrize(
    "text",
    [
        "[[[0,0],[1001,0]]]",
        "[[[0,0],[0,301]]]",
        "[[[-1,0],[0,0]]]",
        "[[[0.5,0],[1,1]]]",
        "[[[true,false],[1,1]]]",
        '[[["0","0"],[1,1]]]',
        "[[[0,0,0],[1,1]]]",
        "[[0,0],[1,1]]",
        '{"a": 1}',
        "null",
        "7",
        "[[[0,0],[1,1]]",
        "[[[NaN,0],[1,1]]]",
        "[" * 5000,
    ],
)
def test_what_is_no_drawing_is_asked_for_again(text: str) -> None:
    with pytest.raises(ValueError) as refusal:
        ink.read_strokes(text)
    assert str(refusal.value) == TORN


@pytest.mark.parametrize(
    "text",
    [
        " " * 80_000 + "[]",
        json.dumps([[[x % 1000, x % 7] for x in range(ink.MOST_POINTS + 1)]], separators=(",", ":")),
        json.dumps([[[x, 1], [x, 2]] for x in range(ink.MOST_STROKES + 1)]),
    ],
    ids=["characters", "points", "strokes"],
)
def test_too_much_ink_is_refused_and_not_cut(text: str) -> None:
    with pytest.raises(ValueError) as refusal:
        ink.read_strokes(text)
    assert str(refusal.value) == HUGE


def test_the_largest_drawing_is_kept_whole() -> None:
    drawing = [[[x, y % 300] for y in range(ink.MOST_POINTS // ink.MOST_STROKES)] for x in range(ink.MOST_STROKES)]
    assert sum(map(len, ink.read_strokes(json.dumps(drawing)))) == ink.MOST_POINTS


def test_one_line_is_a_signature() -> None:
    assert ink.read_strokes("[[[100,150],[900,150]]]") == (((100, 150), (900, 150)),)


def test_a_twitch_of_the_hand_is_no_signature() -> None:
    with pytest.raises(ValueError, match="Draw your name"):
        ink.read_strokes("[[[0,0],[1,1]]]")
    assert ink.read_strokes("[[[100,100],[130,100]]]") == (((100, 100), (130, 100)),)

"""A drawn signature as strokes: integers, x 0 to 1000 from the left, y 0 to 300 from the top of the pad."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

WIDTH, HEIGHT = 1000, 300
SMALLEST = 30  # a short line is a signature, a twitch of the hand is none
MOST_STROKES = 200
MOST_POINTS = 4000
MOST_CHARACTERS = 80_000

Strokes = tuple[tuple[tuple[int, int], ...], ...]


def read_strokes(text: str) -> Strokes:
    """The strokes a pad posted, repeated points dropped.

    Raises ValueError with a plain sentence when there is no ink, too much of it, or something else than strokes.
    A simple mark is a signature: one line is enough.
    """
    if not text.strip():
        raise ValueError(_("Draw your name, or choose another way to sign."))
    if len(text) > MOST_CHARACTERS:
        raise ValueError(_("This drawing is too large to keep. Please clear it and draw a simpler one."))
    try:
        strokes = tuple(_stroke(stroke) for stroke in json.loads(text))
    except (ValueError, TypeError, RecursionError):
        raise ValueError(_("The drawing did not arrive whole. Please draw it again.")) from None
    strokes = tuple(stroke for stroke in strokes if stroke)
    points = sum(len(stroke) for stroke in strokes)
    if points < 2 or _span(strokes) < SMALLEST:
        raise ValueError(_("Draw your name, or choose another way to sign."))
    if len(strokes) > MOST_STROKES or points > MOST_POINTS:
        raise ValueError(_("This drawing is too large to keep. Please clear it and draw a simpler one."))
    return strokes


def _span(strokes: Strokes) -> int:
    """How far the ink reaches, across or down, in units of the pad."""
    across = [x for stroke in strokes for x, _y in stroke]
    down = [y for stroke in strokes for _x, y in stroke]
    return max(max(across) - min(across), max(down) - min(down))


def _stroke(points: Any) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for x, y in points:
        if type(x) is not int or type(y) is not int or not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            raise ValueError("a point off the pad")
        if not found or found[-1] != (x, y):
            found.append((x, y))
    return tuple(found)

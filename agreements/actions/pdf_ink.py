"""A drawn signature as one SVG path, with no more points than a line needs."""

from __future__ import annotations

from math import hypot

from agreements.rules.ink import HEIGHT, Strokes

Points = tuple[tuple[int, int], ...]
MOST_POINTS = 400


def ink_path(strokes: Strokes) -> str:
    """Strokes as one SVG path; a single point becomes a dot.

    Points that lie on a straight line with their neighbours are left out, within a hair's breadth: a twentieth of a
    millimetre on paper, more only for a drawing of very many points.
    """
    hair = 1.0
    kept = [_plotted(stroke, hair) for stroke in strokes if stroke]
    while sum(map(len, kept)) > MOST_POINTS and hair < HEIGHT:
        hair *= 2
        kept = [_plotted(stroke, hair) for stroke in strokes if stroke]
    lines = [[*stroke, stroke[-1]] if len(stroke) == 1 else stroke for stroke in kept]
    return " ".join("M" + "L".join(f"{x} {y}" for x, y in line) for line in lines)


def _plotted(stroke: Points, hair: float) -> list[tuple[int, int]]:
    """The points of a stroke that a line needs to stay within `hair` of it (Ramer, Douglas and Peucker)."""
    needed, spans = {0, len(stroke) - 1}, [(0, len(stroke) - 1)]
    while spans:
        first, last = spans.pop()
        away = [(_distance(stroke[at], stroke[first], stroke[last]), at) for at in range(first + 1, last)]
        if away and max(away)[0] > hair:
            furthest = max(away)[1]
            needed.add(furthest)
            spans += [(first, furthest), (furthest, last)]
    return [stroke[at] for at in sorted(needed)]


def _distance(point: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> float:
    """How far a point lies from the straight line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    along, down = x2 - x1, y2 - y1
    length = along * along + down * down
    share = min(1.0, max(0.0, ((x - x1) * along + (y - y1) * down) / length)) if length else 0.0
    return hypot(x - x1 - share * along, y - y1 - share * down)

"""In a paper from right to left, what is still in a left-to-right language keeps its own order, full stops and all."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

FIRST_ISOLATE, END_ISOLATE = "\u2068", "\u2069"
INNERMOST = re.compile(
    r"<(p|h1|h2|h3|th|td)((?: [^>]*)?)>((?:(?!<(?:p|h1|h2|h3|div|section|ul|table)\b).)*?)</\1>", re.DOTALL
)
TAG, ISOLATED = re.compile(r"<[^>]*>"), re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
FOOT = re.compile(r'data-foot="([^"]+)"')
TURNED = {"R", "AL"}


def sided(html: str) -> str:
    """The page with a direction of its own on each paragraph that has no letter from right to left, names aside."""
    html = FOOT.sub(lambda found: f'data-foot="{FIRST_ISOLATE}{found[1]}{END_ISOLATE}"', html)
    return INNERMOST.sub(_with_side, html)


def _with_side(found: re.Match[str]) -> str:
    kinds = {unicodedata.bidirectional(char) for char in _own(unescape(TAG.sub("", found[3])))}
    if "L" not in kinds or kinds & TURNED:
        return found[0]
    return f'<{found[1]}{found[2]} dir="ltr">{found[3]}</{found[1]}>'


def _own(text: str) -> str:
    """The text without what is isolated in it, from the innermost outwards."""
    while (less := ISOLATED.sub("", text)) != text:
        text = less
    return text

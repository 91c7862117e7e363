"""What runs the other way than the paper keeps its own order, full stops and all: a paragraph in Hebrew on an English
paper, one that is still in English on a paper from right to left.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

FIRST_ISOLATE, LEFT_ISOLATE, END_ISOLATE = "\u2068", "\u2066", "\u2069"
INNERMOST = re.compile(
    r"<(p|h1|h2|h3|th|td)((?: [^>]*)?)>((?:(?!<(?:p|h1|h2|h3|div|section|ul|table)\b).)*?)</\1>", re.DOTALL
)
TAG, ISOLATED = re.compile(r"<[^>]*>"), re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
FOOT = re.compile(r'data-foot="([^"]+)"')
LEFT, TURNED = frozenset({"L"}), frozenset({"R", "AL"})
SLOT = "\ufffc"


def sided(html: str, *, right_to_left: bool) -> str:
    """The page with a direction of its own on each paragraph in which every letter, names aside, runs the other way."""
    if right_to_left:
        html = FOOT.sub(lambda found: f'data-foot="{FIRST_ISOLATE}{found[1]}{END_ISOLATE}"', html)
    elif not is_turned(html):
        return html
    other, own, side = (LEFT, TURNED, "ltr") if right_to_left else (TURNED, LEFT, "rtl")

    def with_side(found: re.Match[str]) -> str:
        text = unescape(TAG.sub("", found[3]))
        kinds = _kinds(outside(text)) or _kinds(outside(text.replace(LEFT_ISOLATE, "")))
        if not kinds & other or kinds & own:
            return found[0]
        return f'<{found[1]}{found[2]} dir="{side}">{found[3]}</{found[1]}>'

    return INNERMOST.sub(with_side, html)


def is_turned(text: str) -> bool:
    """Whether it has a letter that is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in TURNED for char in set(text))


def outside(text: str) -> str:
    """The text without what is isolated in it, from the innermost outwards."""
    while (less := ISOLATED.sub("", text)) != text:
        text = less
    return text


def framed(frame: str, words: str) -> list[str]:
    """A sentence of ours with what somebody answered in place of its SLOT: one paragraph, or the answer in one of its
    own where it is written the other way round."""
    before, _slot, after = frame.partition(SLOT)
    if _first(before or after) in {_first(words), None} or _first(words) is None:
        return [frame.replace(SLOT, words)]
    return [part for part in (before.strip(), words, after.strip()) if part]


def _kinds(text: str) -> set[str]:
    """The ways in which its letters are written."""
    return {unicodedata.bidirectional(char) for char in set(text)} & (LEFT | TURNED)


def _first(text: str) -> bool | None:
    """Whether the first letter of `text` is from right to left; None without a letter."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind in TURNED for kind in kinds if kind in TURNED | LEFT), None)

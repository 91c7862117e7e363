"""Turning the wording of a clause and an answer into the text that people read and sign.

A clause's words are limited Markdown (bold, emphasis, lists, line breaks) with [[placeholders]]. They are never a
template of any engine, and what is filled in is never read as Markdown, HTML or another placeholder.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

import nh3
import pyphen
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

PLACEHOLDERS = ("client", "therapist", "phone", "chosen", "words")
TAGS = {"p", "em", "strong", "ul", "ol", "li", "br"}

_PLACEHOLDER = re.compile(r"( ?)\[\[(.*?)\]\]", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')]*\s+|\n+")
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
_MARKDOWN = MarkdownIt("zero", {"html": False, "breaks": True}).enable(["emphasis", "list", "newline", "escape"])


def fill(template: str, *, client: str, therapist: str, phone: str, chosen: str, words: str) -> str:
    """`template` with its placeholders replaced in a single pass, so that values stay inert.

    An empty value takes the space before it away. Raises ValueError naming a placeholder that does not exist.
    """
    names = {"client": client, "therapist": therapist, "phone": phone}
    return _substitute(template, {**names, "chosen": chosen, "words": words})


def printed(
    clause_words: str,
    option_words: Sequence[str],
    *,
    client: str,
    therapist: str,
    phone: str = "",
    words: str = "",
) -> str:
    """The plain text of one term as it is signed: Markdown marks are gone, options joined as a list.

    `option_words` are the words of the chosen options, in the order of the clause. Free `words` get a full stop when
    they end without one.
    """
    return fill(
        _plain(clause_words),
        client=client,
        therapist=therapist,
        phone=phone,
        chosen=listed(option_words),
        words=_finished(words),
    )


def listed(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c", in the active language."""
    if len(items) < 2:
        return "".join(items)
    start = items[0]
    for item in items[1:-1]:
        start = _("%(start)s, %(next)s") % {"start": start, "next": item}
    return _("%(start)s and %(last)s") % {"start": start, "last": items[-1]}


def one_stop(sentence: str) -> str:
    """A sentence of ours, less our full stop where a name before it ends with its own: "With Rafi B.".

    Three dots stay three.
    """
    return _TWO_STOPS.sub(".", sentence)


def to_html(markdown: str, values: Mapping[str, str] | None = None) -> str:
    """Safe HTML of limited Markdown: Markdown first, then the escaped `values`, and nh3's allow-list last.

    With `values` None a placeholder is shown as it is written. No tag ever carries an attribute. Raises ValueError
    naming a placeholder that does not exist or has no value.
    """
    rendered = _MARKDOWN.render(markdown)
    if values is not None:
        rendered = _substitute(rendered, {name: html.escape(value) for name, value in values.items()})
    return nh3.clean(rendered, tags=TAGS, attributes={}, link_rel=None).strip()


def unknown_placeholders(template: str) -> list[str]:
    """Names between double square brackets that `fill` would refuse, in the order written."""
    names = [match.group(2).strip() for match in _PLACEHOLDER.finditer(template)]
    return [name for name in names if name not in PLACEHOLDERS]


def word_count(text: str) -> int:
    """Runs of characters between spaces that hold at least one letter or digit."""
    return len(re.findall(r"\S*\w\S*", text))


def sentences(text: str) -> list[str]:
    """The sentences of `text`: they end at a full stop, question or exclamation mark, or a new line."""
    return [part for part in (piece.strip() for piece in _SENTENCE_END.split(text)) if word_count(part)]


def grade(text: str, language: str) -> float | None:
    """Estimated Flesch-Kincaid school grade, or None: it means something for English only, and for some text."""
    words = re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)*", text)
    if not language.lower().startswith("en") or not words:
        return None
    syllables = sum(_syllables(word) for word in words)
    return round(0.39 * len(words) / max(1, len(sentences(text))) + 11.8 * syllables / len(words) - 15.59, 1)


def _substitute(text: str, values: Mapping[str, str]) -> str:
    def value_of(match: re.Match[str]) -> str:
        name = match.group(2).strip()
        if name not in values:
            raise ValueError(f"unknown placeholder [[{name}]]")
        return match.group(1) + values[name] if values[name] else ""

    return _PLACEHOLDER.sub(value_of, text).strip()


def _finished(words: str) -> str:
    words = words.strip()
    last = words.rstrip("\"”’')»")[-1:]
    return words + "." if last and not unicodedata.category(last).startswith("P") else words


def _plain(markdown: str) -> str:
    """Limited Markdown without its marks: paragraphs and list items on lines of their own."""
    lines, mark = [], ""
    for token in _MARKDOWN.parse(markdown):
        if token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "inline":
            lines.append(mark + "".join(_text_of(child) for child in token.children or ()))
            mark = ""
    return "\n".join(lines)


def _text_of(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


@lru_cache(maxsize=1)
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def _syllables(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1

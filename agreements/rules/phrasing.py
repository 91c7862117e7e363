"""How free text is read: made plain, in sentences, and held against phrases of whole words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from agreements.rules.lookalikes import bare, seen, unmasked

END = re.compile(r"(?<=[.!])(?<![Dd]r\.)[\"”’)]*\s+")
LINE = re.compile(r"[ \t]*\n\s*")
SCRAP = 2  # words of what is no sentence of its own
TURNING = re.compile(r"[;:]|,? but |,? (?:except|unless|yet|although|however) ")


@dataclass(frozen=True)
class Phrase:
    """A sentence holds the phrase when every pattern of `all_of` is in it and `unless` is not.

    `unless` does not see what `aside` takes out of the sentence, nor does it excuse what stands beyond a "but".
    """

    all_of: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None = None
    aside: re.Pattern[str] | None = None

    def is_in(self, sentence: str) -> bool:
        """Whether a plain sentence (see `plain`) holds it."""
        for pattern in self.all_of:  # said plainly: this is asked a thousand times for a page
            if not pattern.search(sentence):
                return False
        if self.unless is None or not self._excused(sentence):
            return True
        parts = TURNING.split(sentence)
        return len(parts) > 1 and any(self._holds(part) for part in parts)

    def _holds(self, part: str) -> bool:
        return all(pattern.search(part) for pattern in self.all_of) and not self._excused(part)

    def _excused(self, text: str) -> bool:
        rest = self.aside.sub(";", text) if self.aside else text
        return bool(self.unless and self.unless.search(rest))


def phrase(*all_of: str, unless: str = "", aside: str = "") -> Phrase:
    """Patterns of whole words."""
    return Phrase(tuple(map(words, all_of)), words(unless) if unless else None, words(aside) if aside else None)


def words(pattern: str) -> re.Pattern[str]:
    """A pattern that is found as whole words only."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text made comparable: compatibility forms, nothing unseen, lower case, no accents, Latin for what looks Latin,
    straight apostrophes, single spaces."""
    return " ".join(bare(seen(text).casefold()).replace("\u2019", "'").split())


def readings(sentence: str) -> tuple[str, ...]:
    """The sentence made plain, and once more where it hides words: "t3xt", "te-xt", "t e x t"."""
    said = plain(sentence)
    return tuple(dict.fromkeys((said, unmasked(said))))


def sentences(text: str) -> list[str]:
    """The sentences of a text. Neither a question mark nor a new line ends one: "In danger? Text me" is one thought."""
    return [piece.strip() for piece in END.split(LINE.sub(" ", text)) if piece.strip()]


def runs(text: str) -> list[list[str]]:
    """The sentences of a text, each with the scraps that go on with it: “We answer. Every day. Without exception.”"""
    found: list[list[str]] = []
    for sentence in sentences(text):
        if found and len(sentence.split()) <= SCRAP:
            found[-1].append(sentence)
        else:
            found.append([sentence])
    return found

"""What a safety rule says when it finds something, and where."""

from __future__ import annotations

from dataclasses import dataclass

BOX = "box"
CRISIS = "crisis"
PRACTICE = "practice"


@dataclass(frozen=True)
class Finding:
    """What a rule found. `where` is a term's key, "box", "practice", "crisis" or "before_text".

    One that does not block is shown to both, who may go on (H22, H26). One that `asks` is about a `sentence` the two
    wrote themselves: it blocks until they have looked at it `beside` the step of the crisis box (H7).
    """

    rule: str
    words: str
    where: str
    blocks: bool = True
    asks: bool = False
    sentence: str = ""
    beside: str = ""

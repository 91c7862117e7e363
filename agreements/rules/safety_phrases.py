"""Which sentences of free text the safety rules refuse (H6-H12, H14, H22, H26, H28), and which words they miss in it.

Phrases (phrase_lists.py) miss much and at times ask without need, so what speaks of danger is read the other way round
as well (danger.py). What carries the load is the box itself and its last line.
"""

from __future__ import annotations

from functools import lru_cache

from agreements.rules.danger import contradictions, is_fine, without_harmless
from agreements.rules.phrase_lists import ENGLISH, REFUSED
from agreements.rules.phrase_words import (
    COACHING,
    CRISIS,
    HELPED,
    HIDDEN,
    NEXT,
    RESTING,
    SELF_HARM,
    STEPS,
    TEXTING,
    VOICEMAIL,
    WAITING,
)
from agreements.rules.phrasing import Phrase, phrase, plain, readings, runs, sentences, words


def _never_waits(what: str) -> str:
    """Words for: this goes on at once, also while coaching rests."""
    waiting = r"(?:waits?|rests?|stops?|pauses?)"
    return (
        rf"(?:{what}){NEXT}{{0,8}}\W+(?:never|not|\w+n't)(?: \w+)? {waiting}"
        rf"|(?:never|not|\w+n't) (?:\w+ )?(?:for|delays?|holds? up|stops?|touch\w*){NEXT}{{0,10}}\W+(?:{what})"
    )


REPAIR = _never_waits(r"repair\w*|mak(?:e|ing) up|sort(?:ing)? (?:it|things) out")
RESTS: dict[str, tuple[Phrase, Phrase]] = {
    ENGLISH: (
        phrase(COACHING, RESTING, unless=r"(?:not|never|\w+n't) (?:waits?|rests?|pauses?|stops?)"),
        phrase(SELF_HARM),
    )
}
ASKED: dict[str, dict[str, Phrase]] = {
    ENGLISH: {
        "H12": phrase(r"laws?|legal\w*|courts?"),
        "H20": phrase(r"sees?|seen|reads?|show[ns]?|shares?|shared|looks?"),
        "H24": phrase(
            _never_waits(STEPS), _never_waits("care|hospital|doctor") + r"|care first|first[^.]*care", REPAIR
        ),
        "H25": phrase(r"fees?|costs?|charge[ds]?|free|pays?|bill(?:s|ed)?"),
    }
}
CRISIS_WORDS = words(CRISIS)
LEADING = tuple(map(words, (HIDDEN, TEXTING, VOICEMAIL, HELPED)))
TELLING = words(rf"if|when|in an?|call|dial|ring|use|go|then|first|do|not|no|\d+|{WAITING}")
NAMELESS = tuple(map(words, (CRISIS, HIDDEN, TEXTING, VOICEMAIL, HELPED)))

FIRM = ("H6", "H8", "H10", "H11", "H12", "H28")  # these say more of a sentence about danger than H7 does
TOGETHER = ("H6", "H8", "H9", "H11", "H14")  # what is read as one thought, “heading: words”


def refused(rule: str, language: str, text: str) -> list[str]:
    """The sentences of `text` that hold a phrase this rule refuses; for H7 also two that do so only together."""
    if rule != "H7":
        return [hit for run in runs(text) for hit in _of_run(rule, language, run)]
    thoughts = sentences(text)
    hits = [each for each in thoughts if _holds(rule, language, without_harmless(each)) and not is_fine(each)]
    more = contradictions(thoughts)
    return [*hits, *(each for each in more if not (any(hit in each for hit in hits) or _told(language, each)))]


def _of_run(rule: str, language: str, run: list[str]) -> list[str]:
    """The sentences of a run that the rule refuses, or all of it where only together they say so."""
    hits = [each for each in run if _holds(rule, language, each)]
    whole = ", ".join(each.rstrip(".! ") for each in run)
    return hits if hits or len(run) == 1 or not _holds(rule, language, whole) else [" ".join(run)]


def refused_together(rule: str, language: str, head: str, text: str, *, printed: bool) -> list[str]:
    """What a heading, or a question, says only together with the text below it: “In danger: Text us.”.

    `printed`: all of it is the wording of an edition, where danger is read strictly.
    """
    heads, below = sentences(head), sentences(text)
    if rule == "H7":
        alone = [each for each in (*heads, *below) if _holds(rule, language, each)]
        found = contradictions([*heads, *below], printed=printed)
        return [each for each in found if not (any(hit in each for hit in alone) or _told(language, each))]
    if rule not in TOGETHER or not (heads and below):
        return []
    one = f"{heads[0].rstrip('.:')}: {below[0]}"
    apart = _holds(rule, language, heads[0]) or _holds(rule, language, below[0])
    return [one] if _holds(rule, language, one) and not apart else []


def _told(language: str, sentence: str) -> bool:
    """Whether another rule refuses the sentence already, and not only asks about it: one reason is enough."""
    return any(_holds(rule, language, sentence) for rule in FIRM)


@lru_cache(maxsize=32768)
def _holds(rule: str, language: str, sentence: str) -> bool:
    phrases = REFUSED.get(language, REFUSED[ENGLISH])[rule]
    return any(one.is_in(said) for said in readings(sentence) for one in phrases)


def is_no_name(text: str) -> bool:
    """Whether what stands where a name belongs says more: it sends somebody to a text or a call, or tells what to do
    in danger. “Elm Street Crisis Counselling” is a name."""
    said = readings(text)
    if any(pattern.search(each) for pattern in LEADING for each in said):
        return True
    return any(CRISIS_WORDS.search(each) and TELLING.search(each) for each in said)


def in_danger(text: str) -> bool:
    """Whether a text that is no sentence, such as a name, speaks of danger or sends somebody to a text or a call."""
    return any(pattern.search(said) for pattern in NAMELESS for said in readings(text))


def lacks(rule: str, language: str, text: str) -> bool:
    """Whether `text` lacks what this rule asks for. Never true in a language without a list."""
    asked = ASKED.get(language, {}).get(rule)
    return asked is not None and not asked.is_in(plain(text))


def rests(language: str, text: str, *, coaching: bool = False) -> bool:
    """Whether `text` lets coaching or texting rest for hours after self-harm (H24); `coaching`: it is about that rule.

    Such a text must not lack what H24 asks for.
    """
    rest, harm = RESTS.get(language, RESTS[ENGLISH])
    return any(rest.is_in(plain(each)) for each in sentences(text)) and (coaching or harm.is_in(plain(text)))

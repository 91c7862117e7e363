"""Phrases that free text must not hold (H6-H12, H26, H28) and two that a texting agreement must (H12, H25).

The lists are humble: short, whole words, one sentence at a time. They miss much and at times ask without need; what
carries the load is the box itself and its last line. A language without a list is read with the English one, and is
asked for no phrase it could not have.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ENGLISH = "en"
NEXT = r"(?:\W+\w+)"
CRISIS = (
    r"(?:suicid\w*|kill(?:ing)? (?:my|your|him|her|them)sel\w+|end(?:ing)? (?:my|your) life|wants? to die"
    r"|(?:hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?) (?:my|your|him|her|them)sel\w+|self[- ]?harm\w*|overdos\w*"
    r"|danger\w*|cris[ie]s|emergenc\w+|unsafe|not safe|about to act|911|988|999|112)"
)
TEXTING = r"(?:text(?:s|ed|ing)?|messag(?:e|es|ing)|e-?mail(?:s|ing)?|whatsapp)"
WAITING = r"(?:wait(?:s|ing)?|hold off|sleep on it|after breakfast|(?:until|till|in the) (?:\w+ )?(?:morning|session))"
CHARGING = r"(?:fees?|charge[ds]?|costs?|pays?|paid|bill(?:s|ed)?|invoice\w*|[$€£] ?\d+)"
CAPPING = r"(?:counts? (?:as|to|toward)\w*|cap|quota|weekly limit|quiet hours|(?:after|for|within) (?:24|48) hours)"
NO = r"(?:not|never|no|nor|nobody|nothing|none|without|free|\w+n't)"
NOT_TO = r"(?:do not|don't|never|no need to|not to|instead of|rather than|before|without)"
CALLING = r"(?:call(?:s|ing)?|ring(?:ing)?|phon(?:e|ing)|dial(?:ling|ing)?|go(?:ing)? to)"
HELP = r"(?:911|988|999|112|emergenc\w+|ambulance|hospital|police|crisis|the line)"
SELF = r"(?:my|your|him|her|them)sel\w+"
HARM = rf"(?:die|self[- ]?harm\w*|(?:kill|hurt|harm|cut) {SELF}|end (?:my|your) life|attempt suicide)"
LINE = r"(?:988|741741|85258|1737|911|999|114|(?:the|a) (?:crisis )?line)"
ANSWERING = r"(?:repl\w+|answers?|respond\w*|texts? back)"
WHOLLY = r"(?:completely|totally|absolutely|fully|entirely|100 ?%|always)"
RIGHTS = r"(?:complain\w*|sue|report (?:you|dr|the therapist))"


@dataclass(frozen=True)
class Phrase:
    """A sentence holds the phrase when every pattern of `all_of` is in it and `unless` is not."""

    all_of: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None = None

    def is_in(self, sentence: str) -> bool:
        """Whether a plain sentence (see `plain`) holds it."""
        if self.unless and self.unless.search(sentence):
            return False
        return all(pattern.search(sentence) for pattern in self.all_of)


def phrase(*all_of: str, unless: str = "") -> Phrase:
    """Patterns of whole words."""
    found = tuple(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in all_of)
    return Phrase(found, re.compile(rf"(?<!\w)(?:{unless})(?!\w)") if unless else None)


REFUSED: dict[str, dict[str, tuple[Phrase, ...]]] = {
    ENGLISH: {
        "H6": (phrase(CRISIS, CHARGING, unless=NO), phrase(CRISIS, CAPPING, unless=NO)),
        "H7": (
            phrase(
                CRISIS,
                TEXTING,
                unless=rf"{NO}{NEXT}{{0,2}}\W+{TEXTING}|(?:instead of|rather than) {TEXTING}"
                rf"|{TEXTING}{NEXT}{{0,2}}\W+{NO}|{TEXTING} (?:\w+ to )?{LINE}",
            ),
            phrase(CRISIS, rf"{TEXTING}{NEXT}{{0,3}}\W+(?:first|before)", unless=rf"{NO}{NEXT}{{0,2}}\W+{TEXTING}"),
            phrase(CRISIS, rf"(?:hesitate|forget|afraid) to (?:\w+ )?{TEXTING}"),
            phrase(CRISIS, WAITING, unless=rf"{NO}{NEXT}{{0,2}}\W+{WAITING}"),
            phrase(rf"{NOT_TO} (?:\w+ )?{CALLING}{NEXT}{{0,5}}\W+{HELP}"),
        ),
        "H8": (
            phrase(
                rf"(?:promis\w*|swear|vow|commit|agree|contract){NEXT}{{0,6}}\W+(?:(?:not|never)(?: to)?|won't) {HARM}",
                unless=rf"{NO}{NEXT}{{0,1}}\W+(?:promise|contract)",
            ),
            phrase(
                rf"(?:promis\w*|swear|vow|agree){NEXT}{{0,4}}\W+(?:stay|keep|be|remain)(?: {SELF})? (?:safe|alive)",
                unless=rf"{NO}{NEXT}{{0,1}}\W+promise",
            ),
            phrase(rf"(?:(?:will|shall) (?:not|never)|won't) {HARM}"),
            phrase(r"no[- ](?:suicide|harm|self[- ]harm) (?:contract|agreement|pact)|contract for safety"),
            phrase(rf"if{NEXT}{{1,3}}\W+{HARM}", r"stops?|ends?|lose|over|no more", TEXTING),
            phrase(r"(?:only if|as long as|on condition)", r"(?:stay|stays|am|is|are|keep\w*) safe", TEXTING),
        ),
        "H9": (
            phrase(r"guarantee\w*|24 ?/ ?7|around the clock|(?:all )?day and night|day or night", unless=rf"{NO}|line"),
            phrase(
                r"(?:always|no matter what)(?:\W+\w+){0,2}\W+(?:repl\w+|answers?|respond\w*|texts? back)", unless=NO
            ),
            phrase(r"promis\w+(?:\W+\w+){0,4}\W+(?:repl\w+|answers?|respond\w*)", unless=NO),
        ),
        "H10": (
            phrase(r"(?:texts?|messages?)(?: \w+){0,3} (?:monitored|watched)", unless=NO),
            phrase(r"(?:reads?|sees?|watch(?:es)?)(?: \w+){0,4} (?:live|all day|all the time)", unless=NO),
        ),
        "H11": (
            phrase(r"waives?|waiver", unless=NO),
            phrase(r"gives? up (?:my|your|the|any|all|our|his|her|their) (?:\w+ )?rights?", unless=NO),
            phrase(rf"(?:not|never|cannot|can't|won't) (?:\w+ )?{RIGHTS}", unless=r"whether or not"),
            phrase(r"(?:not|never) (?:be )?liable|no liability|hold\w* harmless|releases?(?: \w+){1,4} from liability"),
            phrase(r"(?:not|never|cannot|can't) (?:\w+ )?(?:see|ask for|ask to see|get) (?:the|my|your|any) records?"),
        ),
        "H12": (
            phrase(
                rf"{WHOLLY} (?:private|confidential|secret|secure)",
                unless=rf"(?:not|never|\w+n't)(?: \w+)? {WHOLLY}",
            ),
            phrase(r"(?:nobody|no one|no-one) (?:else )?(?:will|can|could) (?:ever )?(?:see|read|know|find)"),
            phrase(r"(?:will|can) never (?:be )?(?:shared|told|shown|passed on|share|tell|show)"),
        ),
        "H26": (
            phrase(r"punish\w*|penalt\w+|privileges?|abus(?:e|ing) (?:the )?text\w*"),
            phrase(r"(?:lose|loses|earn|earns) (?:\w+ )?(?:right|texting|texts)|(?:taken|take it|take this) away"),
        ),
        "H28": (
            phrase(r"risk assessment|assess(?:es)? (?:\w+ )?risk|diagnos\w+|clinically proven|proven to", unless=NO),
            phrase(r"(?:is|are|as) (?:a|an|our|your) (?:\w+ )?(?:crisis|emergency) (?:service|line)", unless=NO),
            phrase(
                r"(?:text(?:s|ing)|this agreement) (?:is|are|will)?(?: \w+)? ?(?:treatment|cures?|prevents? \w+)",
                unless=NO,
            ),
        ),
    }
}
ASKED: dict[str, dict[str, Phrase]] = {
    ENGLISH: {
        "H12": phrase(r"laws?|legal\w*|courts?"),
        "H25": phrase(r"fees?|costs?|charge[ds]?|free|pays?|bill(?:s|ed)?"),
    }
}


def plain(text: str) -> str:
    """Text made comparable: compatibility forms, lower case, straight apostrophes, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return " ".join(folded.split())


def sentences(text: str) -> list[str]:
    """The sentences of a text. A question mark ends none: "In danger? Text me" is one thought."""
    return [piece.strip() for piece in re.split(r"(?<=[.!])\s+|\n+", text) if piece.strip()]


def refused(rule: str, language: str, text: str) -> list[str]:
    """The sentences of `text` that hold a phrase this rule refuses."""
    phrases = REFUSED.get(language, REFUSED[ENGLISH])[rule]
    return [sentence for sentence in sentences(text) if any(one.is_in(plain(sentence)) for one in phrases)]


def lacks(rule: str, language: str, text: str) -> bool:
    """Whether `text` lacks what this rule asks for. Never true in a language without a list."""
    asked = ASKED.get(language, {}).get(rule)
    return asked is not None and not asked.is_in(plain(text))

"""What an edition always says beside an answer, whatever the two choose: it may be worded anew and never left out.

A few forms of each sentence pass, and only as a whole sentence: “Never wait to open the box of tea.” holds the words
and says nothing. What follows may not take it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agreements.rules.edition_texts import Clause, filled, options, shown
from agreements.rules.phrase_lists import ENGLISH
from agreements.rules.phrasing import plain

ON = r"(?: (?:above|on (?:page 1|the first page|your card)))?"
BOX = rf"(?:the |your |our |this )?(?:crisis (?:box|steps|card)|box|steps){ON}"
USE = rf"(?:please )?(?:use|go by|follow|open|turn to|start with|go to) {BOX}"
ANY_HOUR = r"(?:,? (?:at any (?:hour|time)|any hour|at once|right away|now|day (?:and|or) night|always))*"
UNSAFE = (
    r"(?:(?:if|when|should) (?:you|one of (?:you|us)) (?:are |is |feels? |be )?(?:in (?:danger|a crisis)|unsafe)"
    r"|(?:in danger|in (?:a crisis|an emergency)|unsafe|danger))[,:?]?"
)
NOW = r"(?:do not|don't|never) wait(?: for (?:an answer|a text|a reply|it))?"
HOPE = r"(?:a|our) hope(?:,? (?:and )?(?:not|never) a promise)?"
TEXTS = r"(?:ordinary |plain |normal |your |our |these |such )*(?:texts|messages)"
OTHERS = r"(?:others|other people|someone else|somebody else|people)"
WHO = r"(?:you|we|either of (?:you|us)|both of (?:you|us)|each of (?:you|us)|maya)"
STEPS = r"(?:the )?crisis (?:steps?|calls?|lines?|box)"
TAKEN_BACK = re.compile(
    r"(?<!\w)(?:jok(?:e|es|ing)|kidding|never mind|not really|(?:not|n't) mean (?:it|that|this)|so they say"
    r"|ignore (?:that|this|it)|forget (?:that|this|it)|not true|untrue|only words|fine print|in theory|lol|haha)(?!\w)"
)


@dataclass(frozen=True)
class Standing:
    """A sentence that must stand: the forms that pass, the rule that asks for it, and words that pass."""

    forms: str
    rule: str
    example: str

    def is_in(self, text: str) -> bool:
        """Whether it stands there as a whole sentence, or as all that follows a colon, and is not taken back."""
        said = plain(text)
        return _whole(self.forms).search(said) is not None and TAKEN_BACK.search(said) is None


PRINTED: dict[str, tuple[Standing, ...]] = {
    "window": (
        Standing(
            rf"(?:(?:this|it|that|each of these) is )?{HOPE}|we hope for answers(?: by then)?"
            r"|(?:we|dr lee|nobody|no one|none of us) (?:can ?not|can|can't|never|do not|does not) promise"
            r" (?:it|this|an answer|a time)(?: by then)?"
            r"|(?:this|it|that) is (?:not|never) (?:a promise|promised|guaranteed|sure|certain)"
            r"|(?:answers|replies) are (?:not|never) (?:a promise|promised|guaranteed|sure|certain)",
            "H9",
            gettext_noop("a hope, not a promise"),
        ),
    ),
    "late": (
        Standing(
            rf"{UNSAFE} {NOW}[.,:;]? (?:and )?{USE}{ANY_HOUR}|{NOW} {UNSAFE}[.:;]? {USE}{ANY_HOUR}"
            rf"|{UNSAFE} {USE}{ANY_HOUR}(?:[.,;] (?:and )?|,? and ){NOW}",
            "H6",
            gettext_noop("Unsafe? Do not wait. Use the box."),
        ),
    ),
    "night": (
        Standing(
            rf"{UNSAFE} (?:{NOW}[.,:;]? (?:and )?)?{USE}{ANY_HOUR}|{USE} (?:if you are )?in danger{ANY_HOUR}"
            rf"|{UNSAFE}{ANY_HOUR}: {BOX}{ANY_HOUR}",
            "H6",
            gettext_noop("In danger use the box, at any hour."),
        ),
    ),
    "privacy": (
        Standing(
            rf"{OTHERS} (?:may|can|could|might) (?:also )?(?:read|see) {TEXTS}"
            rf"|{TEXTS} (?:may|can|could|might) be (?:read|seen)(?: by {OTHERS})?"
            rf"|{TEXTS} are (?:not|never) (?:really |fully |completely )?private",
            "H13",
            gettext_noop("Others may read ordinary texts."),
        ),
        Standing(
            r"(?:this|it|the answer|your answer) can (?:be changed|change|be taken back)(?:,? at)?,? any ?time"
            rf"|{WHO} (?:can|may) (?:always )?(?:change (?:this|it|your mind|our minds|the answer|her mind)"
            r"|take (?:this|it) back|say no later|stop)(?:,? (?:at )?any ?time| later)?",
            "H13",
            gettext_noop("This can change any time."),
        ),
        Standing(
            rf"{STEPS} (?:never costs?|costs? nothing|(?:is|are) (?:always )?free|(?:is|are) never (?:charged|billed))"
            rf"(?: (?:anything|money|you anything|of charge))?|(?:you|we) never (?:pay|charge) for {STEPS}"
            rf"|you will never be charged for {STEPS}|{STEPS} (?:is|are) always free",
            "H25",
            gettext_noop("Crisis steps never cost."),
        ),
    ),
}
ON_SCREEN: dict[str, tuple[Standing, ...]] = {
    "privacy": (
        Standing(
            r"(?:you (?:are|'re) (?:always )?free to say no|you (?:can|may) (?:always )?say no|(?:it|this) is up to you"
            r"|(?:it|this) is (?:all )?your(?: own)? choice|you need not say yes)(?: here)?"
            rf"(?:,? and {WHO} (?:can|may) change your mind(?: (?:at )?any ?time)?)?",
            "H13",
            gettext_noop("You are free to say no."),
        ),
    ),
}


def standing(clause: Clause, language: str) -> Iterator[str]:
    """What the clause on a topic lacks, in the language whose phrases we have."""
    if not language.startswith(ENGLISH):
        return
    text, topic = clause["texts"][language], clause["topic"]
    printed = [shown(text["words"], [option["texts"][language]["words"]], "") for option in options(clause)]
    for wanted in PRINTED.get(topic, ()):
        if not all(wanted.is_in(each) for each in printed or [filled(text["words"])]):
            words = _(
                "The printed words must hold a sentence such as “%(example)s”, whole and not taken back (%(rule)s)"
            )
            yield words % {"example": _(wanted.example), "rule": wanted.rule}
    screen = filled("\n".join((text["question"], text["hint"], text["words"])))
    for wanted in ON_SCREEN.get(topic, ()):
        if not wanted.is_in(screen):
            words = _(
                "The question or its hint must hold words such as “%(example)s”, whole and not taken back (%(rule)s)"
            )
            yield words % {"example": _(wanted.example), "rule": wanted.rule}


@lru_cache(maxsize=64)
def _whole(forms: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[.!?:;][\"”’)]* )(?:{forms})(?=[.!;]|$)")

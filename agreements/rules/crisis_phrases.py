"""Phrases that no text of a crisis row may hold: a row is read in a crisis, so nothing in it has to name one.

A row leads to help at once: never to a voicemail, a wait or the therapist (H3, H7), a fee or a cap (H6), a promise
(H8, H9). The lists are as humble as those for free text, and a language without a list is read with the English one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from agreements.rules.crisis_rows import Resource
from agreements.rules.phrase_lists import ENGLISH, NO_HELP
from agreements.rules.phrase_words import ANSWERING, CALLING, NEXT, TEXTING, VOICEMAIL, WAITING
from agreements.rules.phrasing import phrase, plain
from agreements.rules.safety_phrases import refused
from agreements.rules.typed_numbers import numbers

WORDS = ("service", "place", "hours", "text_keyword", "text_app", "chat", "non_voice", "note")
NUMBERS = ("call", "text_to")
TIMED = ("hours", "note")  # where "until Friday" and "only between 9 and 5" say when a line answers
LINKS = r"need|have|has|to|ever|just|any|a|an|the|more|extra|leave|end|ends|stop|stops|at|on|in|with|by|for"
NO = r"(?:not|never|no|nor|nobody|nothing|none|without|free of|free from|instead of|rather than|\w+n't)"
NOT = rf"{NO}(?: (?:{LINKS}))*"
NAMED = ("service", "place", "text_app", "chat")  # these are names, and never of a person or practice of ours
STAYING = (
    r"go(?:ing)? (?:home|to (?:bed|sleep))|rest(?: up)?|stay(?:ing)? (?:where you are|home|at home|put|in bed)|lie down"
    r"|calm (?:yourself )?down|do nothing|unless|except"
)
HOLDING = (
    r"holds?(?! (?:on to|down|the (?:\w+ )?(?:button|key)s?)\b)|queu\w+|stand(?:ing)? by|stay(?:ing)? on the line"
    r"|(?:until|till) (?:\w+ ){1,4}(?:is|are|becomes?|gets?) (?:free|available|there)"
)
WRITTEN = r"e-?mails?|(?:our |the |client )?portal|forum|contact form|guest ?book|post(?:ing)? (?:on|in)"
LEAVING = r"(?:leav(?:e|es|ing)|record(?:s|ing)?) (?:\w+\.? ){0,4}(?:messages?|names?|numbers?|details)"
BACK = r"get(?:s|ting)? back to \w+|(?:call|ring|phone|text|writ)(?:s|e|es|ing|ed)?(?: \w+)? back|call-?backs?"
A_WHILE = (
    r"(?:in|within|after) (?:about |up to )?(?:\d+|an?|one|two|three|four|five|ten|some|a few) (?:minute|hour|day)s?"
)
LATER = (
    r"tomorrow|next (?:\w+ )?(?:day|week|session|appointment|morning)|(?:try|call|ring|phone|text) (?:\w+ ){0,2}later"
)
COSTING = (
    r"(?:fees?|charge[ds]?|costs?|pays?|paid|billed|bills? (?:you|me|your|my|for)|invoice\w*|premium rate"
    r"|[$€£¥] ?\d+|\d+ ?(?:cents?|dollars?|euros?|pounds?|pence)|credit cards?)"
)
LIMITING = r"only (?:after|before|between|during)|at most|limited to|quota|counts? (?:as|toward)\w*"
CLOCK = r"in the (?:\w+ )?morning|(?:until|till) (?:\w+ ){0,2}(?:morning|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
ASKING = rf"(?:{TEXTING}|{CALLING}|asks?|tells?|contacts?|reach(?:es)?|tr(?:y|ies)|leaves?|sends?|sees?)"
OWN = r"(?:your|my|the|our) (?:\w+ )?(?:therapist|counsell?or|psycholog\w+|psychiatrist|clinician|coach|practice)"
LOCAL = 7  # digits of a number as neighbours dial it
STANDING = ("H8", "H10", "H11", "H12")  # these rules read a row as they read any text


@dataclass(frozen=True)
class Ours:
    """Whom a crisis row must not lead to (H3): the therapists by name, and the practice's own numbers."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowFault:
    """What a safety rule says to one field of a row."""

    field: str
    rule: str
    words: str


def row_faults(row: Resource, ours: Ours = Ours(), language: str = ENGLISH) -> list[RowFault]:  # noqa: B008 (frozen)
    """Everything the safety rules refuse in the texts of a row, at most one fault for each field."""
    found = []
    for field in (*NUMBERS, *WORDS):
        text = getattr(row, field)
        if rule := _own_number(text, ours) or (field in WORDS and _rule(field, text, ours, language)):
            facts = {"why": _why(rule), "rule": rule, "text": text}
            found.append(RowFault(field, rule, _("%(why)s (%(rule)s) Please change: “%(text)s”") % facts))
    return found


@lru_cache(maxsize=1024)
def _rule(field: str, text: str, ours: Ours, language: str) -> str:
    """The first rule that refuses the text, or ""."""
    said = plain(text)
    said = re.sub(rf"(?<!\w){CLOCK}(?!\w)", ";", said) if field in TIMED else said
    hits = [rule for rule in STANDING if refused(rule, language, said)]
    hits += [rule for rule, patterns in _patterns(field, ours) for pattern in patterns if _holds(said, pattern)]
    hits += ["H7"] if any(each.is_in(said) for each in NO_HELP) else []
    return next(iter(hits), "")


def _patterns(field: str, ours: Ours) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names = "|".join(re.escape(plain(name)) for name in ours.names if name.strip())
    person = rf"(?:dr\.? \w+|(?:a |your )?therapist|{OWN}{'|' + names if names else ''})"
    named = (person, r"(?:\w+ )?(?:practice|mobile|cell ?phone)") if field in NAMED else ()
    when = () if field in TIMED else (LATER, A_WHILE, BACK)
    return (
        ("H7", named),
        ("H7", (rf"{ASKING}{NEXT}{{0,3}}?\W+{person}", rf"{TEXTING} (?:me|us)", rf"{person} first")),
        ("H3", (VOICEMAIL, LEAVING, WAITING, HOLDING, STAYING, WRITTEN, r"delay\w*", *when)),
        ("H6", (COSTING, *(() if field in TIMED else (LIMITING,)))),
        ("H7", (rf"(?:bring|keep|save|leave){NEXT}{{0,5}}?\W+sessions?",)),
        ("H9", (r"guarantee\w*|promis\w+", rf"(?:always|no matter what|never fails? to){NEXT}{{0,2}}?\W+{ANSWERING}")),
        ("H9", (rf"(?:count|rely) on{NEXT}{{0,3}}?\W+{ANSWERING}",)),
    )


def _holds(said: str, pattern: str) -> bool:
    """Whether the text holds it, beyond saying that it is not so: "do not wait", "free of charge", "costs nothing"."""
    harmless = rf"(?<!\w)(?:in charge|{NOT} (?:{pattern})|(?:{pattern}) (?:nothing|you nothing|no money))(?!\w)"
    return phrase(pattern).is_in(re.sub(harmless, ";", said))


def _own_number(text: str, ours: Ours) -> str:
    said = (_digits(text), *numbers(text))
    own = [_digits(phone)[-LOCAL:] for phone in ours.phones]
    return "H3" if any(len(phone) == LOCAL and phone in each for phone in own for each in said) else ""


def _digits(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char in "0123456789")


def _why(rule: str) -> str:
    return {
        "H3": _("A crisis line leads to help at once, never to a voicemail, a wait, a call back or the practice."),
        "H6": _("A crisis step is never limited, and nothing about it may ask for money."),
        "H7": _("A crisis line leads to help, never to a therapist and never away from it."),
        "H8": _("Nobody has to promise to stay safe."),
        "H9": _("No one can promise an answer."),
    }.get(rule, _("This breaks a safety rule."))


def refused_rows(rows: Iterable[Resource], ours: Ours, language: str) -> list[tuple[Resource, RowFault]]:
    """Every row of these that says what none may, with its fault."""
    return [(row, fault) for row in rows for fault in row_faults(row, ours, language)]

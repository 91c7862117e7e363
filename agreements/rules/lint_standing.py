"""What an edition always says beside an answer, whatever the two choose: it may be worded anew and never left out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agreements.rules.edition_texts import Clause, options, shown
from agreements.rules.phrase_lists import ENGLISH
from agreements.rules.phrasing import Phrase, phrase, plain

BOX = r"(?:the |your )?(?:crisis )?(?:box|steps)"
NOW = r"(?:do not|don't|never|not) wait"
# topic: what the printed words hold, which rule asks for it, and words that pass
PRINTED: dict[str, tuple[tuple[Phrase, str, str], ...]] = {
    "window": (
        (
            phrase(r"(?:not|no|never)(?: \w+){0,2} (?:promise\w*|guarantee\w*|sure|certain)|hope[sd]?"),
            "H9",
            gettext_noop("a hope, not a promise"),
        ),
    ),
    "late": ((phrase(NOW, BOX), "H6", gettext_noop("Unsafe? Do not wait. Use the box.")),),
    "night": (
        (phrase(BOX, r"danger|unsafe|crisis|emergency"), "H6", gettext_noop("In danger use the box, at any hour.")),
    ),
    "privacy": (
        (
            phrase(r"others?|someone|somebody|people|not (?:\w+ )?private", r"(?:read|see|seen|private)"),
            "H13",
            gettext_noop("Others may read ordinary texts."),
        ),
        (
            phrase(r"chang\w+|take (?:it|this) back|say (?:no|stop) later|stop"),
            "H13",
            gettext_noop("This can change any time."),
        ),
        (
            phrase(r"crisis (?:steps?|box|lines?|calls?)", r"never|nothing|free|not|no"),
            "H25",
            gettext_noop("Crisis steps never cost."),
        ),
    ),
}
ON_SCREEN: dict[str, tuple[tuple[Phrase, str, str], ...]] = {
    "privacy": (
        (
            phrase(r"say no|(?:is|are) free|up to you|your (?:own )?choice|need not"),
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
    for wanted, rule, example in PRINTED.get(topic, ()):
        if not all(wanted.is_in(plain(each)) for each in printed or [text["words"]]):
            words = _("The printed words must say something like “%(example)s” (%(rule)s)")
            yield words % {"example": _(example), "rule": rule}
    screen = plain(" ".join((text["question"], text["hint"], text["words"])))
    for wanted, rule, example in ON_SCREEN.get(topic, ()):
        if not wanted.is_in(screen):
            words = _("The question or its hint must say something like “%(example)s” (%(rule)s)")
            yield words % {"example": _(example), "rule": rule}

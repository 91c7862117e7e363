"""What the rules read in an option, said to the person who words it; and the words by which an option says the same.

The words are those of plain English. `SAYS` holds them for each meaning that is one word of a few.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.rules.family_topics import Coaching, GuardianSees
from agreements.rules.topics import (
    NO_TEXTING,
    Away,
    Ending,
    Frequency,
    LateStep,
    Limit,
    Meaning,
    Notice,
    Privacy,
    Purpose,
    QuietHours,
    ReplyWindow,
    ReviewRhythm,
    Signal,
    Silence,
    read,
)
from agreements.rules.vocabulary import Answer

NO_TEXTS = (
    r"no (?:\w+ )?(?:texts?|texting|messages?)|(?:not|never|n't) (?:to )?(?:use )?(?:texts?|texting|message)"
    r"|without (?:any )?(?:texts?|texting)|no ?(?:body|[- ]one) texts?|neither of us texts|none of us texts"
)
SAYS: dict[tuple[str, str], str] = {  # (what the meaning calls it, its word): a pattern of whole words
    ("use", NO_TEXTING): NO_TEXTS,
    ("use", "times"): r"times?|dates?|days?|late|where|places?|move|cancel\w*|appointments?|when",
    ("manner", "taper"): r"less|fewer|gradual\w*|bit by bit|step by step|slow\w*|taper\w*|little by little|fad\w+",
    ("manner", "date"): r"(?:set|fixed|agreed|last|certain|chosen) (?:day|date)|(?:a|the) (?:day|date)|dates?",
    ("manner", "pause"): r"breaks?|pauses?|rests?",
    ("manner", "session"): r"sessions?|meetings?|talk\w*|in person",
    ("way", "first_notice"): r"first|whoever|who|either|each of us|one of us",
    ("way", "note"): r"notes?|cards?|letters?|slips?|on paper|written|writes?",
    ("way", "monthly"): r"months?|monthly|four weeks|4 weeks",
    ("way", "each_session"): r"(?:each|every) (?:session|meeting|appointment|time we meet)|whenever we meet",
    ("depends_on", "clients"): r"clients?|patients?|caseload|people|others|work\w*",
    ("depends_on", "family"): r"famil\w+|child\w*|kids|home|partner",
    ("depends_on", "free_days"): r"free|days? off|weekends?|holidays?|evenings?",
    ("depends_on", "health"): r"health\w*|sleep\w*|ill\w*|rest\w*|strength|body",
    ("texting", "none"): NO_TEXTS,
    ("texting", "one"): r"(?:one|1|a|single) (?:\w+ )?(?:text|message|sign)",
    ("texting", "slower"): r"slow\w*|later|longer|go on|less often|fewer|rare\w*",
    ("step", "nudge"): r"texts?|nudge|messages?|ask again|remind\w*|write",
    ("step", "call"): r"call\w*|phone|ring|office|practice",
    ("step", "session"): r"sessions?|meet\w*",
    ("step", "comfort"): r"calm\w*|comfort\w*|sooth\w*|skills?|hold on|helps?|card|box",
    ("choice", "times_only"): r"times?|dates?|appointments?",
    ("choice", "also_feelings"): r"feel\w*|how (?:i|you) (?:am|are)|all|anything|more|moods?",
    ("choice", "secure_app"): r"app|apps|secure\w*|portal",
    ("choice", "no_ordinary"): r"no|not|none|never|paper|without",
    ("sees", "none"): r"nothing|none|not|no",
    ("sees", "times"): r"times?|dates?",
    ("sees", "all"): r"all|every\w*|anything|whole",
    ("substitute", "card"): r"cards?|letters?|postcards?",
    ("substitute", "keepsake"): r"hold\w*|keep\w*|things?|objects?",
}


def reading(topic: str, key: str, meaning: Any, *, words: str = "") -> str:
    """One line about what the rules read in an option, or nothing where they read nothing or cannot."""
    try:
        return said(read(topic, Answer((key,), words), {key: meaning}))
    except (ValueError, TypeError):
        return ""


def said(meaning: Meaning) -> str:
    """The same of a meaning."""
    match meaning:
        case Purpose(uses=uses):
            return _used(uses) if meaning.texting else _("nobody texts")
        case Frequency(least=None):
            return _("no set number of texts")
        case Frequency(least=least, most=most):
            return _("%(least)s to %(most)s texts a week") % {"least": least, "most": most}
        case ReplyWindow():
            return _window(meaning)
        case QuietHours(start=None):
            return _("no quiet hours")
        case QuietHours(start=start, end=end, send_after=after):
            facts = {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "after": f"{after:%H:%M}"}
            return _("quiet from %(start)s to %(end)s; texts go out after %(after)s") % facts
        case ReviewRhythm(first_weeks=weeks, then_months=months):
            first = ngettext("look again after %(n)s week", "look again after %(n)s weeks", weeks) % {"n": weeks}
            then = ngettext("then every month", "then every %(n)s months", months) % {"n": months}
            return f"{first}, {then}"
        case Notice(sessions=sessions):
            words = ngettext(
                "%(n)s session of notice before a change", "%(n)s sessions of notice before a change", sessions
            )
            return words % {"n": sessions}
        case Away(texting=texting, substitute=substitute, notice_weeks=weeks):
            told = ngettext("told %(n)s week before", "told %(n)s weeks before", weeks) % {"n": weeks}
            return f"{_named(f'Away.{texting}')}; {_named(f'Away.{substitute}.')}; {told}"
        case Coaching(hours=hours):
            rests = _("coaching rests %(n)s hours after self-harm") % {"n": hours}
            return rests if hours else _("coaching does not rest")
        case _:
            return _named(_word(meaning))


def _word(meaning: Meaning) -> str:
    match meaning:
        case (
            Ending(manner=word)
            | Signal(way=word)
            | LateStep(step=word)
            | Privacy(choice=word)
            | GuardianSees(sees=word)
        ):
            return f"{type(meaning).__name__}.{word}"
        case Limit(depends_on=words) | Silence(reasons=words):
            return ", ".join(words)
        case _:
            return ""


def _used(uses: tuple[str, ...]) -> str:
    return (
        _("texts about times and dates") if uses == ("times",) else _("texts for: %(use)s") % {"use": ", ".join(uses)}
    )


def _window(window: ReplyWindow) -> str:
    facts = {"days": window.working_days, "outer": window.outer_days}
    if window.working_days is None:
        words = _("answers come in session; late after %(outer)s days")
    elif window.working_days == 0:
        words = _("most answers the same day; late after %(outer)s days")
    else:
        words = _("most answers in %(days)s days; late after %(outer)s days")
    return f"{words % facts}, {_('every day counts') if window.weekends else _('Monday to Friday')}"


def _named(word: str) -> str:
    """A word that the code knows, in words; one that an edition made up stays as it is."""
    known: Mapping[str, str] = {
        "Ending.taper": _("texting ends with less each week"),
        "Ending.date": _("texting goes on as before until a set day"),
        "Ending.pause": _("a break first, then the two decide"),
        "Ending.session": _("a session about it first"),
        "Signal.first_notice": _("whoever notices first says so"),
        "Signal.note": _("whoever notices first brings a note"),
        "Signal.monthly": _("the two ask each other every month"),
        "Signal.each_session": _("the two ask each other at every session"),
        "LateStep.nudge": _("one more short text"),
        "LateStep.call": _("a call to the office"),
        "LateStep.session": _("it waits for session"),
        "LateStep.comfort": _("what calms, until session"),
        "Privacy.times_only": _("ordinary texts for times and dates only"),
        "Privacy.also_feelings": _("ordinary texts, also about feelings"),
        "Privacy.secure_app": _("a secure app and no ordinary texts"),
        "Privacy.no_ordinary": _("no ordinary texts"),
        "GuardianSees.none": _("a guardian sees no text"),
        "GuardianSees.times": _("a guardian sees times and dates"),
        "GuardianSees.all": _("a guardian sees every text"),
        "Away.none": _("no texts while away"),
        "Away.one": _("one text while away"),
        "Away.slower": _("texts go on while away, with slower answers"),
        "Away.none.": _("nothing in their place"),
        "Away.card.": _("a card"),
        "Away.keepsake.": _("something to hold on to"),
    }  # fmt: skip
    return known.get(word, word)

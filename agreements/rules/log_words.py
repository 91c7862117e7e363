"""The plain words of the log: one short line for one event. Whose answer it was, what was decided, what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.rules.looking_back import OF_IT_ALL, texting_of
from agreements.rules.vocabulary import Role, Works
from agreements.rules.wording import listed

SIMPLE = {
    "agreement started": _lazy("This round began."),
    "transcribed": _lazy("Written over from a signed paper."),
    "way: together": _lazy("The two go through it together."),
    "way: client first": _lazy("The client answers first, then they compare."),
    "coming of age": _lazy("The day the client comes of age was written down."),
    "renamed": _lazy("The client’s name was changed."),
    "channel": _lazy("Where texts go was changed."),
    "laid down": _lazy("This round was laid down."),
    "page start": _lazy("The two began."),
    "page box": _lazy("The crisis steps were read."),
    "page seen": _lazy("The two saw what is the same and what is not the same yet."),
    "page hard": _lazy("“If it gets hard” is done."),
    "page how": _lazy("“How we text” is done."),
    "page works": _lazy("The two saw how each of these went, and heard what the therapist can do without strain."),
    "page what-if": _lazy("“What would happen if …” is done."),
    "frozen": _lazy("The two read it through. This text may be signed."),
    "looked at both texts": _lazy("A sentence was looked at beside the crisis steps. It stays."),
    "tablet handed over": _lazy("The tablet was handed over."),
    "sealed": _lazy("Locked, as a PDF."),
    "large print sealed": _lazy("The large print was made and locked."),
    "session began": _lazy("The two sat down together."),
    "reminder asked for": _lazy("The client asked for a reminder by e-mail."),
    "reminder stopped": _lazy("The reminders to the client were stopped."),
    "session ended": _lazy("The therapist took the screen back."),
    "time away told": _lazy("Time away was told."),
    "away sheet printed": _lazy("The away sheet was printed."),
    "away task ticked": _lazy("A task for the time away was ticked."),
    "ending page filled": _lazy("What takes the place of texting was written down."),
}


def simple(kind: str) -> str:
    """The line of an event that needs nothing but its kind; a kind without words of its own is named as it is."""
    return str(SIMPLE.get(kind) or f"{kind[:1].upper()}{kind[1:]}.")


def away(*, kept: bool) -> str:
    """The two went through a time away; or it changed, and what they had chosen is offered to them for it."""
    if kept:
        return _("The time away changed. What the two had chosen is kept until they go through it again.")
    return _("The two went through the time away.")


def sentences(parts: Sequence[str]) -> str:
    """The parts as sentences of one line. A part that ends with a mark of its own gets no second one."""
    return " ".join(part if part.rstrip("”’\"'")[-1:] in ".!?…" else f"{part}." for part in parts)


def own_answers(name: str, answers: Sequence[str]) -> str:
    """What the therapist wrote down before the session."""
    if not answers:
        return _("%(name)s looked at their own answers again.") % {"name": name}
    return sentences([_("%(name)s’s own answers.") % {"name": name}, *answers])


def outside(name: str) -> str:
    """An answer came at the desk, or after signing in again: `name`'s, or "" for what the two decide."""
    if name:
        return _("%(name)s’s answer came from a screen that was not theirs alone.") % {"name": name}
    return _("An answer came from a screen that was not theirs alone.")


def gone(name: str) -> str:
    """Somebody left the round."""
    return _("%(name)s takes part no longer.") % {"name": name}


def voided(name: str) -> str:
    """Somebody’s signature stopped counting."""
    return _("The text changes. What %(name)s signed no longer counts.") % {"name": name}


def answered(name: str, answers: Sequence[str]) -> str:
    """A partner's turn is over, alone."""
    return sentences([_("%(name)s answered alone.") % {"name": name}, *answers])


def compared(name: str, answers: Sequence[str]) -> str:
    """The client's turn is over; `answers` are those that were not told before."""
    return sentences([*([_("%(name)s’s answers.") % {"name": name}, *answers] if answers else []), _("Both compared.")])


def keeps(name: str) -> str:
    """Somebody looked again and agreed to change nothing."""
    return _("%(name)s agreed to leave all as it is.") % {"name": name}


def looked_back(name: str, who: str, said: Mapping[str, str], heading: Callable[[str], str]) -> list[str]:
    """What `name`, by key, said of each term and of it all, where that was written down. Nothing of what hurt."""
    keys = [key for key, works in said.items() if key != OF_IT_ALL and works == Works.NOT]
    facts = {"name": name, "what": listed([heading(key) for key in keys])}
    terms = _("Each term is working for %(name)s")
    if keys:
        terms = _("Not working for %(name)s: %(what)s")
    elif Works.UNUSED in said.values():
        terms = _("Each term is working for %(name)s, or was not used")
    if OF_IT_ALL not in said:
        return [terms % facts]
    about = _("Without strain? %(answer)s") if who == Role.THERAPIST else _("Our texting is: %(answer)s")
    return [terms % facts, about % {"answer": texting_of(who)(said[OF_IT_ALL]).label}]


def stricter(heading: str, day: str, *, reason: str = "") -> str:
    """The therapist said that a term gets stricter on a day; `reason` where it was without the agreed notice (H21)."""
    says = _("It was said that “%(term)s” gets stricter from %(day)s.")
    if reason:
        says = _("It was said that “%(term)s” gets stricter from %(day)s, without the agreed notice: %(reason)s.")
    return says % {"term": heading, "day": day, "reason": reason}


def stopped(
    name: str, day: str, *, without_notice: bool, reason: str, ahead: bool = False, consent: bool = False
) -> str:
    """Who stopped texting, since when (H21). `name` is "" where both end it as planned; `ahead`: it has not come;
    `consent`: a guardian took it back.
    """
    facts = {"name": name, "day": day, "reason": reason}
    if not name:
        both = (
            _("Both end texting as planned, on %(day)s.") if ahead else _("Both ended texting as planned, on %(day)s.")
        )
        return both % facts
    if consent:
        return _("%(name)s took the consent back. Texting stopped on %(day)s.") % facts
    if without_notice and ahead:
        return _("%(name)s said that texting stops on %(day)s, without the agreed notice: %(reason)s.") % facts
    if without_notice:
        return _("%(name)s stopped texting on %(day)s, without the agreed notice: %(reason)s.") % facts
    if ahead:
        return _("%(name)s said that texting stops on %(day)s.") % facts
    return _("%(name)s stopped texting on %(day)s.") % facts

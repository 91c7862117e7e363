"""What would happen if …: eleven situations, answered from the pair's own terms before they sign (moments.md).

An answer never has a clock time, only a likely day. A danger scene says the crisis steps and nothing else, whatever
the terms are (H1, H2, H6), so it can advise neither to text nor to wait.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time

from django.utils.translation import gettext as _

from agreements.rules import night
from agreements.rules.topics import (
    Away,
    LateStep,
    Meaning,
    Open,
    Purpose,
    QuietHours,
    ReplyWindow,
    Signal,
    in_force,
)

Terms = Mapping[str, Meaning | Open]
TUESDAY, SATURDAY = 1, 5
WEEK = 7


@dataclass(frozen=True)
class RehearsalTexts:
    """What the two are called, the practice's phone, and by topic the printed words that hold now."""

    client: str
    therapist: str
    phone: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """One situation. `topic` is the term it comes from, so that a page can link to change it; danger has none."""

    key: str
    title: str
    says: tuple[str, ...]
    danger: bool
    topic: str | None


def scenes(terms: Terms, texts: RehearsalTexts, box: Sequence[str]) -> tuple[Scene, ...]:
    """The eleven situations in the order of moments.md. `box`: the four crisis steps as plain lines, in order.

    Raises ValueError when the box has not four steps.
    """
    if len(box) != 4:
        raise ValueError("the crisis box has four steps")
    first, second, no_voice, texted = box
    ordinary = {key: _ordinary(key, terms, texts) for key in ORDINARY}
    danger = {
        "suicidal": Scene("suicidal", _("Suicidal at 2 a.m."), (second, no_voice, texted), True, None),
        "about_to_act": Scene("about_to_act", _("About to act"), (first, no_voice), True, None),
        "already_hurt": Scene("already_hurt", _("Already hurt myself"), (first, no_voice), True, None),
    }
    return tuple({**ordinary, **danger}[key] for key in ORDER)


def before_text(terms: Terms, texts: RehearsalTexts) -> tuple[str, ...]:
    """The lines of the second card, "Before I text / No answer yet". Terms not agreed leave no line.

    Order: labels (O6), night (O8), silence (O3), late step (H9), a misread text (O7), the next look (O5).
    Our own lines name nobody, since somebody else may find the card; the pair's words stand as the two wrote them.
    """
    misread = texts.terms.get("misread", "")
    quiet = in_force(terms["night"]) if "night" in terms else None
    lines = [
        texts.terms.get("asking", ""),
        _("At night: write it. Send it after breakfast, or not at all, or bring it. If you do send it, nothing breaks.")
        if isinstance(quiet, QuietHours) and quiet.quiet
        else "",
        _about(_("No answer yet"), "silence", texts),
        _late_line(terms),
        _("It hurt? %(words)s") % {"words": misread} if misread else "",
        _about(_("We look again"), "look_again", texts),
    ]
    return tuple(line for line in lines if line)


def _ordinary(key: str, terms: Terms, texts: RehearsalTexts) -> Scene:
    title, topic, says = ORDINARY[key]
    purpose = in_force(terms["purpose"]) if "purpose" in terms else None
    if isinstance(purpose, Purpose) and not purpose.texting:
        lines = [_("We chose not to text. Bring it to session."), _in_danger()]
    elif topic not in terms and key in NEEDS:
        lines = [_("We have not agreed this yet. We can talk about it in session."), _in_danger()]
    else:
        lines = says(terms, texts)
        if isinstance(terms.get(topic), Open):
            lines = [*lines, _("This holds for now. We look at it again.")]
    return Scene(key, title() % {"therapist": texts.therapist}, tuple(line for line in lines if line), False, topic)


def _good_morning(terms: Terms, texts: RehearsalTexts) -> list[str]:
    return _answer_lines(terms, TUESDAY)


def _no_answer(terms: Terms, texts: RehearsalTexts) -> list[str]:
    step = in_force(terms["late"])
    assert isinstance(step, LateStep)
    after = _("After that: %(step)s") % {"step": _late_step(step.step)}
    return [texts.terms.get("silence", ""), after, _("Later does not mean not caring."), _in_danger()]


def _saturday(terms: Terms, texts: RehearsalTexts) -> list[str]:
    return [*_night_lines(terms, time(23)), *_answer_lines(terms, SATURDAY, at_night=True), _in_danger()]


def _four_am(terms: Terms, texts: RehearsalTexts) -> list[str]:
    return [
        _("Write it, and bring it to session.")
        if _only_times(terms)
        else _("Write it. Send it after breakfast, or not at all, or bring it."),
        _("If you do send it, nothing breaks."),
        _in_danger(),
    ]


def _hurt(terms: Terms, texts: RehearsalTexts) -> list[str]:
    return [texts.terms.get("misread", ""), _("Short texts are easy to misread. Ask before you decide what it meant.")]


def _vacation(terms: Terms, texts: RehearsalTexts) -> list[str]:
    away = in_force(terms["away"])
    assert isinstance(away, Away)
    texting = {
        "none": _("We do not text then, so that the break is real."),
        "one": _("One text comes half-way, on a day we choose."),
        "slower": _("Texts go on. Answers come later than at other times."),
    }
    instead = {
        "card": _("A handwritten card, written before, is mailed half-way."),
        "keepsake": _("You have something to hold on to, chosen before."),
        "none": "",
    }
    return [texting[away.texting], instead[away.substitute], _in_danger()]


def _too_much(terms: Terms, texts: RehearsalTexts) -> list[str]:
    signal = in_force(terms["too_much"])
    assert isinstance(signal, Signal)
    ways = {
        "first_notice": _("Who notices first says it in the next session: “Let’s look at our texting.”"),
        "note": _("Who notices first brings a note to the next session: “Let’s look at our texting.”"),
        "monthly": _("Once a month we ask each other. Sooner, say: “Let’s look at our texting.”"),
        "each_session": _("At every session we ask each other: “Let’s look at our texting.”"),
    }
    return [
        ways[signal.way],
        _("Not by text and not at the door. It is no one’s fault."),
        texts.terms.get("notice", ""),
    ]


def _fine_again(terms: Terms, texts: RehearsalTexts) -> list[str]:
    return [
        _("Good. You need not explain or say sorry."),
        _("You can tell it in session.")
        if _only_times(terms)
        else _("You may text “Fine again”, or tell it in session."),
        texts.terms.get("extra", ""),
    ]


def _only_times(terms: Terms) -> bool:
    """Whether the two text about times and dates and nothing else."""
    purpose = in_force(terms["purpose"]) if "purpose" in terms else None
    return isinstance(purpose, Purpose) and set(purpose.uses) == {"times"}


def _answer_lines(terms: Terms, weekday: int, at_night: bool = False) -> list[str]:
    """When an answer may come to a text of that weekday (0 is Monday), and what holds after the outer limit."""
    window = in_force(terms["window"])
    assert isinstance(window, ReplyWindow)
    caring = _("It may be later. Later does not mean not caring.")
    if window.working_days is None:
        return [_("No answer comes by text. We talk about it in session."), caring, _after_limit(terms, _("a week"))]
    later = 1 if at_night and window.working_days == 0 else 0
    likely = _counted(weekday, window.working_days + later, window.weekends)
    outer = _counted(weekday, window.outer_days + later, window.weekends)
    return [
        _("Most likely on %(day)s.") % {"day": _day(weekday, likely)},
        caring,
        _after_limit(terms, _day(weekday, outer)),
    ]


def _after_limit(terms: Terms, limit: str) -> str:
    step = in_force(terms["late"]) if "late" in terms else None
    what = _late_step(step.step) if isinstance(step, LateStep) else _("we talk about it in session.")
    return _("After %(day)s: %(step)s") % {"day": limit, "step": what}


def _counted(weekday: int, days: int, weekends: bool) -> int:
    """Calendar days from `weekday` until `days` days that count have gone by."""
    gone = 0
    while days > 0:
        gone += 1
        if weekends or (weekday + gone) % WEEK < SATURDAY:
            days -= 1
    return gone


def _day(weekday: int, later: int) -> str:
    days = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    name = days[(weekday + later) % WEEK]
    if later < WEEK:
        return name
    line = _("%(day)s of the week after") if later < 2 * WEEK else _("%(day)s two or more weeks later")
    return line % {"day": name}


def _late_step(step: str) -> str:
    return {
        "nudge": _("you may send one more short text."),
        "call": _("you may ask the office."),
        "session": _("we talk about it in session."),
        "comfort": _("use what calms, then bring it to session."),
    }[step]


def _night_lines(terms: Terms, at: time) -> list[str]:
    quiet = in_force(terms["night"]) if "night" in terms else None
    if isinstance(quiet, QuietHours) and night.covers(quiet, at):
        return [_("These are quiet hours. Write it, and send it after breakfast. If you do send it, nothing breaks.")]
    return []


def _late_line(terms: Terms) -> str:
    """The late step for a card: no name, since somebody else may find it."""
    step = in_force(terms["late"]) if "late" in terms else None
    if not isinstance(step, LateStep):
        return ""
    return _("A late answer: %(step)s Unsafe? Do not wait. Use the crisis steps.") % {"step": _late_step(step.step)}


def _about(head: str, topic: str, texts: RehearsalTexts) -> str:
    words = texts.terms.get(topic, "")
    return _("%(head)s: %(words)s") % {"head": head, "words": words} if words else ""


def _in_danger() -> str:
    return _("If it turns into danger, use the crisis steps, at any hour.")


Says = Callable[[Terms, RehearsalTexts], list[str]]
ORDINARY: dict[str, tuple[Callable[[], str], str, Says]] = {
    "good_morning": (lambda: _("Good morning, on a Tuesday"), "window", _good_morning),
    "no_answer": (lambda: _("No answer after the time we said"), "late", _no_answer),
    "saturday": (lambda: _("Saturday, 11 p.m., and upset"), "window", _saturday),
    "four_am": (lambda: _("4 a.m., a long angry text"), "night", _four_am),
    "hurt": (lambda: _("A text that hurt"), "misread", _hurt),
    "vacation": (lambda: _("%(therapist)s’s vacation"), "away", _vacation),
    "too_much": (lambda: _("Too much for one of us"), "too_much", _too_much),
    "fine_again": (lambda: _("Fine again on Wednesday"), "extra", _fine_again),
}
NEEDS = frozenset({"good_morning", "no_answer", "saturday", "vacation", "too_much"})
ORDER = (
    "good_morning", "no_answer", "saturday", "four_am", "hurt", "suicidal", "about_to_act", "already_hurt",
    "vacation", "too_much", "fine_again",
)  # fmt: skip

"""When a text is sent and when an answer may come. An answer has a likely day, never a clock time (moments.md)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from agreements.rules import dates
from agreements.rules.moment import EVENING, MORNING, NOON, WEEK, Clocks, Moment
from agreements.rules.situations import Agreed, Line
from agreements.rules.topics import LateStep, ReplyWindow, in_force


def late_step(step: str) -> str:
    """What holds after the outer limit (H9), as the end of a sentence."""
    return {
        "nudge": _("you may send one more short text."),
        "call": _("you may ask the office."),
        "session": _("we talk about it in session."),
        "comfort": _("use what calms, then bring it to session."),
    }[step]


def step_after(day: str, agreed: Agreed) -> Line:
    """What holds after `day`, named in words (empty: after the time that was said): the late step, or the session."""
    late = in_force(agreed.terms["late"]) if "late" in agreed.terms else None
    step = late_step(late.step if isinstance(late, LateStep) else "session")
    line = _("After %(day)s: %(step)s") if day else _("After that: %(step)s")
    return Line(line % {"day": day, "step": step}, "late")


def quiet_line(agreed: Agreed) -> list[Line]:
    """In quiet hours: when to send instead (O8). They are the practice's, whatever the client's clock says."""
    if not agreed.is_quiet:
        return []
    if _ends_with_breakfast(agreed):
        words = _("These are quiet hours. Write it, and send it after breakfast. %(nothing_breaks)s")
    elif agreed.moment.elsewhere:
        words = _(
            "These are quiet hours where %(therapist)s is. Write it, and send it when they are over. %(nothing_breaks)s"
        )
    else:
        words = _("These are quiet hours. Write it, and send it when they are over. %(nothing_breaks)s")
    return [Line(words % {"therapist": agreed.texts.therapist, "nothing_breaks": nothing_breaks(agreed)}, "night")]


def nothing_breaks(agreed: Agreed) -> str:
    """What a text in quiet hours does: it is answered as if it came at their end. If it wakes anybody, nobody said."""
    if agreed.in_session:
        return _("If you do send it, nothing breaks: it can wait for session.")
    if _ends_with_breakfast(agreed):
        return _("If you do send it, nothing breaks: it counts as sent in the morning.")
    return _("If you do send it, nothing breaks: it counts as sent when they are over.")


def when_to_send(agreed: Agreed) -> str:
    """When to send what was written in anger, at night after breakfast (O8)."""
    local = agreed.moment.local
    if agreed.is_quiet and not _ends_with_breakfast(agreed):
        return _("Write it. Send it when quiet hours are over, or not at all, or bring it.")
    if agreed.is_quiet or (local is not None and not MORNING <= local < EVENING):
        return _("Write it. Send it after breakfast, or not at all, or bring it.")
    return _("Write it. Send it later, or not at all, or bring it.")


def days(agreed: Agreed, *, silence: bool = True) -> list[Line]:
    """When an answer may come (O3), what silence means until then, and what holds after the outer limit (H9).

    In a time away in which texts go on, no likely day is named. Raises KeyError while no reply window is agreed.
    """
    window, moment = in_force(agreed.terms["window"]), agreed.moment
    assert isinstance(window, ReplyWindow)
    reasons = agreed.words("silence") if moment.chosen and silence else []
    if window.working_days is None:
        return [*_in_session(agreed), *reasons]
    caring = [Line(_("It may be later. Later does not mean not caring.")), *reasons]
    likely = moment.counted(agreed.read_from, window.working_days, weekends=window.weekends)
    more = window.outer_days - window.working_days
    outer = likely and moment.counted(likely, more, weekends=window.weekends)
    if likely is None or outer is None:
        return [Line(_("We cannot name a day. We talk about it in session."), "window"), *caring]
    hope = _("Most likely on %(day)s.") % {"day": _day(moment, likely)}
    notes = {
        _("%(therapist)s is away in between. Those days do not count."): moment.is_away_between(moment.day, outer),
        _("Days count where %(therapist)s is."): moment.elsewhere,
    }
    return [
        *([Line(hope, "window")] if agreed.last_day_away is None else []),
        *caring,
        step_after(_day(moment, outer), agreed),
        *(Line(note % {"therapist": agreed.texts.therapist}) for note, holds in notes.items() if holds),
    ]


def _in_session(agreed: Agreed) -> list[Line]:
    """Answers are given in session; the late step holds where a week goes by without one (H9)."""
    hope = Line(_("No answer comes by text. We talk about it in session."), "window")
    late = in_force(agreed.terms["late"]) if "late" in agreed.terms else None
    if not isinstance(late, LateStep) or late.step == "session":
        return [hope]
    return [hope, Line(_("No session within a week: %(step)s") % {"step": late_step(late.step)}, "late")]


def of_the_clocks(moment: Moment) -> list[Line]:
    """What to know when the client's clocks change at that moment."""
    return {
        Clocks.USUAL: [],
        Clocks.SKIPPED: [Line(_("The clocks go forward then and leave this time out. We took the time after it."))],
        Clocks.TWICE: [Line(_("The clocks go back then, and this time comes twice. This holds for both."))],
    }[moment.clocks]


def _ends_with_breakfast(agreed: Agreed) -> bool:
    """Whether quiet hours end where the client has breakfast: in the morning, by the same clock."""
    send_after = agreed.quiet.send_after if agreed.quiet else None
    return send_after is not None and send_after < NOON and not agreed.moment.elsewhere


def _day(moment: Moment, day: date) -> str:
    """A weekday; further off with its date, and where nobody picked a day, in words."""
    later, name = (day - moment.day).days, dates.weekday_name(day)
    if moment.chosen:
        return name if later < WEEK - 1 else dates.day_name(day)
    if later < WEEK:
        return name
    line = _("%(day)s of the week after") if later < 2 * WEEK else _("%(day)s two or more weeks later")
    return line % {"day": name}

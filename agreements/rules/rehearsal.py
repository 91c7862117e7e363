"""What would happen if …: what the two do then, answered from their own terms before they sign (moments.md).

The eleven situations of the page, any day, time and situation that the two choose, and the second card are the same
function at different moments. Danger is answered by the crisis box and nothing else, whatever the terms, the hour or
an absence are (H1, H2, H6), so no answer to it can advise to text or to wait.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from agreements.rules import dates, moment
from agreements.rules.moment import Around, Moment
from agreements.rules.sending import (
    days,
    late_step,
    nothing_breaks,
    of_the_clocks,
    quiet_line,
    step_after,
    when_to_send,
)
from agreements.rules.situations import Agreed, Line, RehearsalTexts, Situation, Terms
from agreements.rules.topics import Away, LateStep, Open, Signal, in_force

TUESDAY, WEDNESDAY, SATURDAY = 1, 2, 5
HERE = ZoneInfo("UTC")
A_NIGHT = moment.like_any_other(None, time(4), Around(HERE, HERE), date(2026, 1, 1))  # for a card that knows no day


@dataclass(frozen=True)
class Scene:
    """One situation and what to do. `topics` are the terms that say so, the main one first; danger has none."""

    key: str
    title: str
    says: tuple[str, ...]
    danger: bool
    topics: tuple[str, ...]


def scenes(
    terms: Terms, texts: RehearsalTexts, box: Sequence[str], *, around: Around, today: date
) -> tuple[Scene, ...]:
    """The eleven situations in the order of moments.md. `box`: the four crisis steps as plain lines, in order.

    They happen on a day like any other, with nobody away, by the client's clock as it goes in the week of `today`.
    Raises ValueError when the box has not four steps.
    """
    found = []
    for key, title, situation, weekday, at in ELEVEN:
        when = moment.like_any_other(weekday, at, around, today)
        scene = rehearse(situation, when, terms=terms, texts=texts, box=box)
        aloud = _aloud(key, Agreed(terms, texts, when))
        name = title() % {"therapist": texts.therapist}
        found.append(replace(scene, key=key, title=name, says=(*scene.says, *(line.words for line in aloud))))
    return tuple(found)


def rehearse(
    situation: Situation, when: Moment | None, *, terms: Terms, texts: RehearsalTexts, box: Sequence[str]
) -> Scene:
    """What the two do when that happens `when`. Danger is the same at any moment and needs none.

    `box` as for `scenes`. Raises ValueError when the box has not four steps, or an ordinary situation no moment.
    """
    if len(box) != 4:
        raise ValueError("the crisis box has four steps")
    title = str(situation.label)
    if situation in DANGER:
        return Scene(situation.value, title, tuple(box[number - 1] for number in DANGER[situation]), True, ())
    if when is None:
        raise ValueError("an ordinary situation has a moment")
    agreed = Agreed(terms, texts, when)
    said = _lines(situation, agreed)
    main = _main(situation, agreed)
    spoken = dict.fromkeys(line.topic for line in said if line.topic)
    topics = sorted(spoken, key=lambda topic: topic != main) or [main]
    return Scene(situation.value, title, tuple(line.words for line in said), False, tuple(topics))


def before_text(terms: Terms, texts: RehearsalTexts) -> tuple[str, ...]:
    """The lines of the second card, "Before I text / No answer yet", as the rehearsal says them.

    What is not agreed has no line. Order: labels (O6), night (O8), silence (O3), late step (H9), a misread text (O7),
    the next look (O5).
    Our own lines name nobody, since somebody else may find the card; the pair's words stand as the two wrote them.
    """
    agreed = Agreed(terms, texts, A_NIGHT)
    look_again = _headed(_("We look again: %(words)s"), agreed.words("look_again"))
    if not agreed.texting:
        return tuple(line.words for line in (_no_texting(agreed), *look_again))
    lines = [
        *agreed.words("asking"),
        *(_headed(_("At night: %(words)s"), _angry(agreed)) if agreed.quiet else []),
        *_headed(_("No answer yet: %(words)s"), agreed.words("silence")),
        *_late_line(agreed),
        *_headed(_("It hurt? %(words)s"), agreed.words("misread")),
        *look_again,
    ]
    return tuple(line.words for line in lines)


def _lines(situation: Situation, agreed: Agreed) -> tuple[Line, ...]:
    """What to do then, in order. Raises KeyError for a situation of danger."""
    says, topic = SAYS[situation]
    if not agreed.texting:
        found = [Line(_in_danger()), _no_texting(agreed)]
    elif _is_away(situation, agreed):
        found = [Line(_in_danger()), *_while_away(situation, agreed)]
    elif situation in NEEDS and topic not in agreed.terms:
        return Line(_in_danger()), Line(_not_yet(), topic)
    else:
        found = [*([Line(_in_danger())] if situation in MAY_TURN else []), *says(agreed)]
    if any(isinstance(agreed.terms.get(line.topic), Open) for line in found):
        found.append(Line(_("This holds for now. We look at it again.")))
    return (*found, *(of_the_clocks(agreed.moment) if agreed.texting else ()))


def _main(situation: Situation, agreed: Agreed) -> str:
    """The topic of the term that decides what to do then."""
    if not agreed.texting:
        return "purpose"
    return "away" if _is_away(situation, agreed) else SAYS[situation][1]


def _no_texting(agreed: Agreed) -> Line:
    """They chose not to text, or do not as long as they have not decided."""
    is_open = isinstance(agreed.terms.get("purpose"), Open)
    words = (
        _("We do not text so far. Bring it to session.") if is_open else _("We chose not to text. Bring it to session.")
    )
    return Line(words, "purpose")


def _is_away(situation: Situation, agreed: Agreed) -> bool:
    """Whether time away decides what to do. What is too much is said in session."""
    return agreed.texting and agreed.last_day_away is not None and situation is not Situation.TOO_MUCH


def _in_danger() -> str:
    """The line that leads from everything else to the crisis steps (H1, H6)."""
    return _("In danger? Use the crisis steps first, at any hour.")


def _not_yet() -> str:
    return _("We have not agreed this yet. We can talk about it in session.")


def _ordinary(agreed: Agreed) -> list[Line]:
    return [*quiet_line(agreed), *days(agreed)]


def _no_answer(agreed: Agreed) -> list[Line]:
    if agreed.moment.chosen and "window" in agreed.terms:
        return [*agreed.words("silence"), *days(agreed, silence=False)]
    if agreed.in_session:
        return [*days(agreed), *agreed.words("silence")]
    return [step_after("", agreed), *agreed.words("silence"), Line(_("Later does not mean not caring."))]


def _upset(agreed: Agreed) -> list[Line]:
    if agreed.only_times:
        return [Line(_("We text about times and dates only. Bring it to session."), agreed.only_times)]
    return _ordinary(agreed)


def _angry(agreed: Agreed) -> list[Line]:
    if agreed.only_times:
        found = [Line(_("Write it, and bring it to session."), agreed.only_times)]
    else:
        found = [Line(when_to_send(agreed), "night")]
    found.append(Line(nothing_breaks(agreed) if agreed.is_quiet else _("If you do send it, nothing breaks.")))
    return [*found, *days(agreed)] if agreed.moment.chosen and "window" in agreed.terms else found


def _aloud(key: str, agreed: Agreed) -> list[Line]:
    """What no term knows and the therapist says in the room: if a text of the night wakes them."""
    if key != "four_am" or not agreed.texting:
        return []
    return [Line(_("%(therapist)s says now if the phone is silent at night.") % {"therapist": agreed.texts.therapist})]


def _hurt(agreed: Agreed) -> list[Line]:
    ask = Line(_("Short texts are easy to misread. Ask before you decide what it meant."))
    return [*quiet_line(agreed), *agreed.words("misread"), ask]


def _away(agreed: Agreed) -> list[Line]:
    away = in_force(agreed.terms["away"])
    assert isinstance(away, Away)
    texting = {
        "none": _("We do not text then, so that the break is real."),
        "one": _("One text comes half-way, on a day we choose."),
        "slower": _("Texts go on. Answers come later than at other times."),
    }
    instead = {
        "card": [Line(_("A handwritten card, written before, is mailed half-way."), "away")],
        "keepsake": [Line(_("You have something to hold on to, chosen before."), "away")],
        "none": [],
    }
    return [Line(texting[away.texting], "away"), *instead[away.substitute]]


def _while_away(situation: Situation, agreed: Agreed) -> list[Line]:
    """A text in a time away says what the two agreed for it; texts that go on are answered as at other times, later."""
    last = agreed.last_day_away
    assert last is not None
    facts = {"therapist": agreed.texts.therapist, "day": dates.day_name(last)}
    head = Line(_("%(therapist)s is away then. The last day away is %(day)s.") % facts)
    if "away" not in agreed.terms:
        return [head, Line(_not_yet(), "away")]
    away, (says, topic) = in_force(agreed.terms["away"]), SAYS[situation]
    assert isinstance(away, Away)
    if situation is Situation.AWAY:
        return [head, *_away(agreed)]
    if away.texting == "slower":
        return [head, *_away(agreed), *(says(agreed) if topic in agreed.terms or situation not in NEEDS else [])]
    silence = agreed.words("silence") if situation is Situation.NO_ANSWER else []
    return [head, *_away(agreed), *silence, Line(_("Bring it to the first session after."))]


def _too_much(agreed: Agreed) -> list[Line]:
    signal = in_force(agreed.terms["too_much"])
    assert isinstance(signal, Signal)
    ways = {
        "first_notice": _("Who notices first says it in the next session: “Let’s look at our texting.”"),
        "note": _("Who notices first brings a note to the next session: “Let’s look at our texting.”"),
        "monthly": _("Once a month we ask each other. Sooner, say: “Let’s look at our texting.”"),
        "each_session": _("At every session we ask each other: “Let’s look at our texting.”"),
    }
    manner = Line(_("Not by text and not at the door. It is no one’s fault."))
    return [Line(ways[signal.way], "too_much"), manner, *agreed.words("notice")]


def _fine_again(agreed: Agreed) -> list[Line]:
    good = Line(_("Good. You need not explain or say sorry."))
    if agreed.only_times:
        return [good, Line(_("You can tell it in session."), agreed.only_times), *agreed.words("extra")]
    tell = Line(_("You may text “Fine again”, or tell it in session."))
    return [good, *quiet_line(agreed), tell, *agreed.words("extra")]


def _late_line(agreed: Agreed) -> list[Line]:
    """The late step for a card: no name, since somebody else may find it."""
    step = in_force(agreed.terms["late"]) if "late" in agreed.terms else None
    if not isinstance(step, LateStep):
        return []
    words = _("A late answer: %(step)s Unsafe? Do not wait. Use the crisis steps.")
    if agreed.in_session and step.step != "session":
        words = _("No session within a week: %(step)s Unsafe? Do not wait. Use the crisis steps.")
    return [Line(words % {"step": late_step(step.step)}, "late")]


def _headed(head: str, said: Sequence[Line]) -> list[Line]:
    """Lines of the rehearsal as one line of a card."""
    return [Line(head % {"words": " ".join(line.words for line in said)})] if said else []


Says = Callable[[Agreed], list[Line]]
SAYS: dict[Situation, tuple[Says, str]] = {
    Situation.ORDINARY: (_ordinary, "window"),
    Situation.NO_ANSWER: (_no_answer, "late"),
    Situation.UPSET: (_upset, "window"),
    Situation.ANGRY: (_angry, "night"),
    Situation.HURT: (_hurt, "misread"),
    Situation.AWAY: (_away, "away"),
    Situation.TOO_MUCH: (_too_much, "too_much"),
    Situation.FINE_AGAIN: (_fine_again, "extra"),
}
NEEDS = frozenset({Situation.ORDINARY, Situation.NO_ANSWER, Situation.UPSET, Situation.AWAY, Situation.TOO_MUCH})
MAY_TURN = frozenset({Situation.NO_ANSWER, Situation.UPSET, Situation.ANGRY, Situation.HURT, Situation.AWAY})

DANGER: dict[Situation, tuple[int, ...]] = {
    Situation.SUICIDAL: (2, 3, 4),
    Situation.ABOUT_TO_ACT: (1, 3),
    Situation.ALREADY_HURT: (1, 3),
    Situation.NOT_SURE: (1, 2, 3, 4),
}
ELEVEN: tuple[tuple[str, Callable[[], str], Situation, int | None, time | None], ...] = (
    ("good_morning", lambda: _("Good morning, on a Tuesday"), Situation.ORDINARY, TUESDAY, time(9)),
    ("no_answer", lambda: _("No answer after the time we said"), Situation.NO_ANSWER, None, None),
    ("saturday", lambda: _("Saturday, 11 p.m., and upset"), Situation.UPSET, SATURDAY, time(23)),
    ("four_am", lambda: _("4 a.m., a long angry text"), Situation.ANGRY, None, time(4)),
    ("hurt", lambda: _("A text that hurt"), Situation.HURT, None, None),
    ("suicidal", lambda: _("Suicidal at 2 a.m."), Situation.SUICIDAL, None, time(2)),
    ("about_to_act", lambda: _("About to act"), Situation.ABOUT_TO_ACT, None, None),
    ("already_hurt", lambda: _("Already hurt myself"), Situation.ALREADY_HURT, None, None),
    ("vacation", lambda: _("%(therapist)s’s vacation"), Situation.AWAY, None, None),
    ("too_much", lambda: _("Too much for one of us"), Situation.TOO_MUCH, None, None),
    ("fine_again", lambda: _("Fine again on Wednesday"), Situation.FINE_AGAIN, WEDNESDAY, None),
)

"""A time away: its days, what is to be done for it, what stops it (H23), and the words of the away sheet.

Days are the practice's local dates, both ends inclusive. The caller activates the language. A situation of danger is
answered by the steps of the crisis box and by nothing else, whatever the two agreed for the time away (H1, H2, H6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from agreements.rules import dates, moment, rehearsal
from agreements.rules.away_words import AwayTask, AwayTexting, Cover, Hold, Knows, Post
from agreements.rules.safety_finding import Finding
from agreements.rules.safety_phrases import refused
from agreements.rules.situations import RehearsalTexts, Situation, Terms
from agreements.rules.topics import Away, in_force
from agreements.rules.typed_numbers import is_phone, number_in
from agreements.rules.wording import one_stop

DAY = timedelta(days=1)
BEFORE = {AwayTask.WRITE: 7 * DAY, AwayTask.GIVE: 2 * DAY, AwayTask.HAND: DAY}  # days before the first day away
UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Days:
    """The first and the last day away."""

    starts_on: date
    ends_on: date

    @property
    def half_way(self) -> date:
        """The day in the middle; of two, the later one."""
        return self.starts_on + (self.back_on - self.starts_on).days // 2 * DAY

    @property
    def back_on(self) -> date:
        """The first day back."""
        return self.ends_on + DAY

    def say_by(self, notice_weeks: int) -> date:
        """The last day on which it is said as early as the two agreed."""
        return dates.add_weeks(self.starts_on, -notice_weeks)


@dataclass(frozen=True)
class Plan:
    """What holds for one agreement in one time away. Empty `texting`: nobody said. `mailer` never stands on a sheet.

    `planned`: the two went through it, so what it holds has its tasks; else a sheet promises no day.
    """

    texting: str = ""
    hold: str = Hold.NONE
    post: str = ""
    instead: str = ""
    knows: str = ""
    before_on: date | None = None
    after_on: date | None = None
    planned: bool = True


@dataclass(frozen=True)
class Covered:
    """Who is there meanwhile: a colleague with a name and a phone, or the crisis lines alone."""

    cover: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the sheet: what happens, what to do then. `danger`: it leads to the crisis box and nowhere else."""

    title: str
    says: tuple[str, ...]
    danger: bool = False


def as_agreed(away: Away) -> Plan:
    """What the term about time away says by itself."""
    return Plan(texting=away.texting, hold=away.substitute)


def fitting(days: Days, plan: Plan) -> Plan:
    """The plan without a session day that lies in the time away, or on its other side, since the days changed."""
    before, after = plan.before_on, plan.after_on
    return replace(
        plan,
        before_on=before if before and before <= days.starts_on else None,
        after_on=after if after and after > days.ends_on else None,
    )


def unfit_days(days: Days, plan: Plan) -> tuple[str, ...]:
    """What `fitting` leaves out, in words, each day named."""
    fits, said = fitting(days, plan), []
    if plan.before_on != fits.before_on and plan.before_on:
        words = _("Our last session before was to be on %(day)s. That day does not fit any more.")
        said.append(words % {"day": dates.day_name(plan.before_on)})
    if plan.after_on != fits.after_on and plan.after_on:
        words = _("Our first session after was to be on %(day)s. That day does not fit any more.")
        said.append(words % {"day": dates.day_name(plan.after_on)})
    return tuple(said)


def tasks(days: Days, plan: Plan, today: date) -> dict[AwayTask, date]:
    """What is to be done, and on which day: nothing that comes before the time away lies before `today`."""
    found: dict[AwayTask, date] = {}
    if plan.hold == Hold.CARD:
        found[AwayTask.WRITE] = days.starts_on - BEFORE[AwayTask.WRITE]
        if plan.post == Post.MAILED:
            found[AwayTask.GIVE] = days.starts_on - BEFORE[AwayTask.GIVE]
    if plan.hold == Hold.KEEPSAKE or (plan.hold == Hold.CARD and plan.post == Post.SEALED):
        found[AwayTask.HAND] = plan.before_on or days.starts_on - BEFORE[AwayTask.HAND]
    found = {kind: max(day, today) for kind, day in found.items()}
    if plan.hold == Hold.CARD and plan.post == Post.MAILED:
        found[AwayTask.MAIL] = days.half_way
    if plan.texting == AwayTexting.ONE:
        found[AwayTask.TEXT] = days.half_way
    if plan.hold != Hold.NONE:
        found[AwayTask.REREAD] = plan.after_on or days.back_on
    return found


def h23(days: Days | None, covered: Covered, *, texting: str, line_until: date | None) -> list[Finding]:
    """What a time away still lacks: days in order, the state of texting, cover, a line whose check counts to its end.

    `line_until` is the last day on which a checked line that answers day and night counts; None: there is none.
    """
    found = []
    if days is None:
        found.append(Finding("H23", _("Please give the first and the last day away."), "starts_on"))
    elif days.ends_on < days.starts_on:
        found.append(Finding("H23", _("The last day away comes before the first."), "ends_on"))
    if texting not in AwayTexting:
        found.append(Finding("H23", _("Please say whether texts go on then."), "texting"))
    if covered.cover not in Cover:
        found.append(Finding("H23", _("Please choose who is there meanwhile."), "cover"))
    elif covered.cover == Cover.PERSON and not covered.name.strip():
        found.append(Finding("H23", _("Please write the name of the one who covers."), "cover_name"))
    elif covered.cover == Cover.PERSON and not covered.phone.strip():
        found.append(Finding("H23", _("Please write the phone of the one who covers."), "cover_phone"))
    elif covered.cover == Cover.PERSON and not is_phone(covered.phone):
        found.append(Finding("H23", _("Please write the number in digits, as it is dialled."), "cover_phone"))
    if line_until is None or (days is not None and line_until < days.ends_on):
        words = _("Please check the crisis lines first, up to the last day away. They are what helps meanwhile.")
        found.append(Finding("H23", words, "crisis"))
    return found


def unfit_words(language: str, words: str) -> str:
    """The first sentence of the pair's own words that must not stand on a sheet beside the crisis box; or ""."""
    rules = ("H6", "H7", "H8", "H9", "H10", "H11", "H12", "H14", "H28")
    found = [sentence for rule in rules for sentence in refused(rule, language, words)]
    return found[0] if found else words if number_in(words) else ""


def rows(days: Days, plan: Plan, *, terms: Terms, texts: RehearsalTexts, box: Sequence[str]) -> tuple[Row, ...]:
    """What to do meanwhile: danger first, then ordinary moments, from the terms as they hold this time.

    `box` as for rehearsal.scenes: the four crisis steps as plain lines.
    """
    around = moment.Around(UTC, UTC, ((days.starts_on, days.ends_on),))
    when = moment.chosen(days.half_way, None, around)
    away = Away(plan.texting, plan.hold, 1)
    agreed: Mapping[str, object] = {**terms, "away": away}
    told = set(_says(Situation.AWAY, when, agreed, texts, box))
    found: dict[frozenset[str], tuple[list[str], tuple[str, ...]]] = {}
    for situation, title in _ordinary(plan):
        says = tuple(line for line in _says(situation, when, agreed, texts, box) if line not in told)
        if says:
            found.setdefault(frozenset(says), ([], says))[0].append(title)
    return (*danger_rows(), *(Row(" · ".join(titles), says) for titles, says in found.values()))


def danger_rows() -> tuple[Row, ...]:
    """Where each situation of danger leads: to its steps in the box, the last one, for who texted anyway, left out."""
    return (
        Row(_("About to act, or already hurt"), (_first_step(Situation.ABOUT_TO_ACT),), True),
        Row(_("Suicidal, or not sure if safe"), (_first_step(Situation.SUICIDAL),), True),
    )


def _first_step(situation: Situation) -> str:
    first, silent = (number for number in rehearsal.DANGER[situation] if number != 4)
    facts = {"number": first, "silent": silent}
    return _("Do step %(number)s above, right away, at any hour. Cannot speak: step %(silent)s.") % facts


def _ordinary(plan: Plan) -> list[tuple[Situation, str]]:
    """The ordinary moments of a time away; where nobody texts, nobody waits for an answer."""
    found = [
        (Situation.ORDINARY, _("Something to tell")),
        (Situation.UPSET, _("Upset, and safe")),
        (Situation.HURT, _("A text still hurts")),
    ]
    return found + [(Situation.NO_ANSWER, _("No answer yet"))] * (plan.texting != AwayTexting.NONE)


def _says(
    situation: Situation, when: moment.Moment, terms: Mapping[str, object], texts: RehearsalTexts, box: Sequence[str]
) -> tuple[str, ...]:
    return rehearsal.rehearse(situation, when, terms=terms, texts=texts, box=box).says  # type: ignore[arg-type]


def texting_line(days: Days, plan: Plan) -> str:
    """Whether texts go on, with the day where there is one."""
    one = _("One text comes half-way, on %(day)s.") % {"day": dates.day_name(days.half_way)}
    return {
        AwayTexting.NONE: _("We do not text then, so that the break is real."),
        AwayTexting.ONE: one if plan.planned else _("We agreed on one text half-way. No day is set for it yet."),
        AwayTexting.SLOWER: _("Texts go on. Answers come later than at other times."),
    }.get(AwayTexting(plan.texting), "")


def hold_lines(days: Days, plan: Plan) -> tuple[str, ...]:
    """What there is to hold on to, and when."""
    facts = {"day": dates.day_name(days.half_way)}
    again = _("Keep it. You can read it again as often as you like.")
    if plan.hold == Hold.CARD and plan.post == Post.SEALED:
        return _("You have a closed card. Open it on %(day)s, or when you need it.") % facts, again
    if plan.hold == Hold.CARD:
        return _("A handwritten card goes into the post on %(day)s. It may take a few days.") % facts, again
    return (_("You have something to hold on to, chosen before."),) if plan.hold == Hold.KEEPSAKE else ()


def cover_lines(therapist: str, covered: Covered, plan: Plan) -> tuple[str, ...]:
    """Who is there meanwhile and what they know. It is never a way around the crisis steps."""
    if covered.cover != Cover.PERSON:
        says = _("The crisis steps above are there day and night. Nobody else stands in for %(name)s.")
        return (one_stop(says % {"name": therapist}),)
    facts = {"name": covered.name, "phone": covered.phone}
    knows = {
        Knows.NOTHING.value: _("%(name)s knows nothing about you. You say what you want to say."),
        Knows.NAME.value: _("%(name)s knows your name, and that you may call."),
        Knows.STEPS.value: _("%(name)s knows your name and what helps you."),
    }
    lines = [_("%(name)s is there for you meanwhile: %(phone)s.") % facts]
    lines += [knows[plan.knows] % facts] if plan.knows in knows else []
    return (*lines, _("In danger the crisis steps above come first."))


def agreed_away(terms: Terms) -> Away | None:
    """The term about time away as it holds today; None where the two have none."""
    meaning = in_force(terms["away"]) if "away" in terms else None
    return meaning if isinstance(meaning, Away) else None

"""One time away, agreement by agreement: what each agreed, what is to do, what its sheet says. Never writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import translation

from agreements.models import (
    Absence,
    AbsenceTask,
    Agreement,
    AwayPlan,
    AwaySheet,
    AwayTold,
    Client,
    Option,
    Practice,
    Version,
)
from agreements.reads import agreed, away, home, notices, paper
from agreements.reads import room as rooms
from agreements.rules import away as rules
from agreements.rules import topics
from agreements.rules.away_words import Hold
from agreements.rules.record import AgreementRecord
from agreements.rules.safety_finding import Finding
from agreements.rules.shown_names import Naming
from agreements.rules.states import AgreementState
from agreements.rules.vocabulary import Answer, Contact, Outcome, Role

AT_ONCE = 20  # sheets in one document: it is made while somebody waits


@dataclass(frozen=True)
class Affected:
    """An agreement in force that a time away falls into. `words` is what its paper says of it.

    `holds`: what holds this time, as gone through; else the texting that was agreed, and nothing that nobody planned.
    `say_by` is the last day on which it is said as early as agreed; `lacks` stops the page and the sheet until it is
    mended (H23).
    """

    client: Client
    label: str
    agreement: Agreement
    draft_id: UUID
    words: str
    holds: rules.Plan
    say_by: date
    plan: AwayPlan | None
    told: AwayTold | None
    sheet: AwaySheet | None
    tasks: tuple[AbsenceTask, ...]
    lacks: tuple[Finding, ...]

    @property
    def late_days(self) -> int:
        """How many days later it was said than the two agreed; 0 when it was not late, or not said yet."""
        return max(0, (self.told.on - self.say_by).days) if self.told else 0

    @property
    def contact(self) -> str:
        """How the client may be reached first."""
        return str(Contact(self.client.contact).label)

    @property
    def whole(self) -> bool:
        """Whether the two went through it, and nothing is to be asked anew."""
        return self.plan is not None and away.is_whole(self.plan)

    @property
    def kept(self) -> bool:
        """Whether what they chose is from before the days or the cover changed."""
        return self.plan is not None and away.is_kept(self.plan)

    @property
    def unfit_days(self) -> tuple[str, ...]:
        """Session days of theirs that do not fit any more, in words."""
        return away.unfit_days(self.plan) if self.plan else ()

    @property
    def printed(self) -> bool:
        """Whether a sheet was printed that says what holds now."""
        return self.sheet is not None and (self.plan is None or self.sheet.at >= self.plan.at)


@dataclass(frozen=True)
class Sheet:
    """What one away sheet says. `record` is the newest paper's with the crisis box that holds now; `rows` what to do.

    `unchecked` names lines that nobody checked within twelve months.
    """

    record: AgreementRecord
    days: rules.Days
    texting: str
    hold: tuple[str, ...]
    cover: tuple[str, ...]
    rows: tuple[rules.Row, ...]
    instead: str
    before_on: date | None
    after_on: date | None
    unchecked: tuple[str, ...]


def affected(absence: Absence, *, now: datetime, shown: Naming = Naming.INITIALS) -> list[Affected]:
    """Every agreement in force when this time away begins, in the order and under the names of the home page."""
    seen = [each for each in home.clients(absence.therapist, now, shown) if _falls_in(each, absence)]
    facts = _Around.of(absence, seen)
    return [found for each in seen if (found := _one(each, facts)) is not None]


def _falls_in(each: home.ClientSeen, absence: Absence) -> bool:
    stands = each.standing
    return stands.state is AgreementState.IN_FORCE and not (stands.ends_on and stands.ends_on <= absence.starts_on)


@dataclass(frozen=True)
class _Around:
    """What `_one` needs of all agreements together, read in a constant number of queries."""

    absence: Absence
    terms: dict[UUID, dict[str, object]]
    meanings: dict[tuple[UUID, str], dict[str, object]]
    plans: dict[tuple[UUID, UUID], AwayPlan]
    told: dict[tuple[UUID, UUID], AwayTold]
    sheets: dict[tuple[UUID, UUID], AwaySheet]
    tasks: dict[UUID, list[AbsenceTask]]
    lines: dict[tuple[str, str], date | None]

    @classmethod
    def of(cls, absence: Absence, seen: Sequence[home.ClientSeen]) -> _Around:
        newest = [each.newest for each in seen if each.newest]
        snapshots = Version.objects.filter(pk__in=[version.pk for version in newest]).values_list("pk", "snapshot")
        editions = {version.draft.edition_id for version in newest}
        options = Option.objects.filter(clause__topic="away", clause__edition__in=editions).select_related("clause")
        tasks: dict[UUID, list[AbsenceTask]] = {}
        for task in AbsenceTask.objects.filter(absence=absence, called_off_at=None):
            tasks.setdefault(task.agreement_id, []).append(task)
        places = {(each.client.country, each.client.area) for each in seen}
        return cls(
            absence=absence,
            terms={pk: found for pk, snapshot in snapshots if (found := _away_term(snapshot))},
            meanings={(option.clause.edition_id, option.key): option.meaning for option in options},
            plans=away.newest_plans([absence]),
            told=away.newest_told([absence]),
            sheets=away.newest_sheets([absence]),
            tasks=tasks,
            lines=away.lines_until(places, demo=Practice.objects.get().demo),
        )


def _away_term(snapshot: dict[str, list[dict[str, object]]]) -> dict[str, object] | None:
    return next((term for term in snapshot["terms"] if term["topic"] == "away"), None)


def _one(each: home.ClientSeen, facts: _Around) -> Affected | None:
    if each.agreement is None or each.newest is None:
        return None
    absence, key = facts.absence, (facts.absence.pk, each.agreement.pk)
    plan, days = facts.plans.get(key), away.days_of(absence)
    words, meaning = _meaning(facts, each.newest)
    holds = _holds(plan, meaning)
    until = facts.lines[each.client.country, each.client.area]
    return Affected(
        client=each.client,
        label=each.label,
        agreement=each.agreement,
        draft_id=each.newest.draft_id,
        words=words,
        holds=holds,
        say_by=days.say_by(meaning.notice_weeks if meaning else 0),
        plan=plan,
        told=facts.told.get(key),
        sheet=facts.sheets.get(key),
        tasks=tuple(facts.tasks.get(each.agreement.pk, ())),
        lacks=tuple(rules.h23(days, away.covered(absence), texting=holds.texting, line_until=until)),
    )


def _meaning(facts: _Around, version: Version) -> tuple[str, topics.Away | None]:
    """What the paper says about time away, and what that means."""
    term: dict[str, object] = facts.terms.get(version.pk, {})
    says = term.get("interim") or term
    if not isinstance(says, dict) or not says.get("value"):
        return "", None
    edition = version.draft.edition_id
    known = {key: meaning for (of, key), meaning in facts.meanings.items() if of == edition}
    meaning = topics.read("away", Answer.from_json(says["value"]), known)
    return str(says["words"]), meaning if isinstance(meaning, topics.Away) else None


def _holds(plan: AwayPlan | None, meaning: topics.Away | None) -> rules.Plan:
    """What holds this time. A card that nobody planned is not promised, nor is the day of a text."""
    if plan is not None:
        return away.plan_of(plan)
    return rules.Plan(texting=meaning.texting, planned=False) if meaning else rules.Plan(planned=False)


def lacks(absence: Absence, agreement: Agreement, texting: str) -> list[Finding]:
    """What stops the two from going through this time away with these texts, or a sheet from being printed (H23)."""
    client = agreement.client
    place = (client.country, client.area)
    until = away.lines_until([place], demo=Practice.objects.get().demo)[place]
    return rules.h23(away.days_of(absence), away.covered(absence), texting=texting, line_until=until)


def holds_now(absence: Absence, room: rooms.Room) -> rules.Plan:
    """What holds for the agreement of this room in this time away."""
    plans = away.newest_plans([absence])
    return _holds(plans.get((absence.pk, room.draft.agreement_id)), rules.agreed_away(room.meanings()))


def sheet(absence: Absence, room: rooms.Room, *, now: datetime) -> Sheet | None:
    """The away sheet of the agreement of this room, in its language; None where the two do not text.

    `now` is UTC. The days are the practice's.
    """
    agreement = room.draft.agreement
    version = agreed.last_signed(agreement)
    if version is None or room.draft.outcome != Outcome.TEXTING:
        return None
    with translation.override(agreement.language):
        record, unchecked = notices.held_now(version, now=now)
        plan, days = holds_now(absence, room), away.days_of(absence)
        box = [step.line for step in record.box.steps]
        terms, texts = room.meanings(), paper.rehearsal_texts(room)
        therapist = record.party(Role.THERAPIST).called
        return Sheet(
            record=record,
            days=days,
            texting=rules.texting_line(days, plan) if plan.texting else "",
            hold=rules.hold_lines(days, plan) if plan.hold != Hold.NONE else (),
            cover=rules.cover_lines(therapist, away.covered(absence), plan),
            rows=rules.rows(days, plan, terms=terms, texts=texts, box=box) if plan.texting else rules.danger_rows(),
            instead=plan.instead,
            before_on=plan.before_on,
            after_on=plan.after_on,
            unchecked=unchecked,
        )


def to_print(absence: Absence, rows: Sequence[Affected]) -> list[Affected]:
    """Whose sheets are printed next in one go: those not printed yet and not stopped by H23, a few at a time."""
    return [row for row in rows if not row.printed and (absence.sudden or not row.lacks)][:AT_ONCE]


def current(therapist_id: UUID, zone: str, now: datetime) -> tuple[list[Absence], list[Absence]]:
    """Times away that are not over, the next one first, and those that are, the last one first; `now` is UTC."""
    today = now.astimezone(ZoneInfo(zone)).date()
    rows = away.in_use().filter(therapist=therapist_id)
    return list(rows.filter(ends_on__gte=today).order_by("starts_on")), list(
        rows.filter(ends_on__lt=today).order_by("-starts_on")[:20]
    )

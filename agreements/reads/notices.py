"""What an agreement's newest paper says in a crisis, and what holds now: for the page that goes with a new card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import translation

from agreements.models import Agreement, Practice, Version
from agreements.reads import lines, paper, recalls, resources
from agreements.rules import crisis, crisis_rows
from agreements.rules.crisis_rows import Parts
from agreements.rules.digest import check_code
from agreements.rules.record import AgreementRecord, PracticeRecord
from agreements.rules.vocabulary import Paper, Role


@dataclass(frozen=True)
class WasNow:
    """What a paper says, and what holds instead; `now` is empty when nothing took its place."""

    was: Parts
    now: Parts


@dataclass(frozen=True)
class Notice:
    """`record` is the newest paper's, with the practice, the crisis box and the card as they hold on `made_on`.

    `number` and `code` name that paper, which stays as it is. `changed` says what changed, `steps` which steps of the
    box say something else now. `unchecked` names lines that nobody checked within twelve months (H17): they are still
    given, and marked.
    """

    record: AgreementRecord
    made_on: date
    number: int
    code: str
    changed: tuple[WasNow, ...]
    steps: tuple[crisis.Step, ...]
    unchecked: tuple[str, ...]


def notice(agreement: Agreement, *, now: datetime) -> Notice | None:
    """The notice for an agreement, in its language; None when its newest paper carries nothing that changed."""
    carried = recalls.of_agreement(agreement)
    if not carried:
        return None
    version, practice = carried[0].version, Practice.objects.get()
    made_on = now.astimezone(ZoneInfo(practice.zone)).date()
    with translation.override(agreement.language):
        old = AgreementRecord.from_json(version.snapshot)
        holds, unchecked = _holds_now(old, version, practice, made_on)
        return Notice(
            record=holds,
            made_on=made_on,
            number=version.number,
            code=check_code(version.digest),
            changed=_changed(carried),
            steps=_steps(old, holds),
            unchecked=unchecked,
        )


def to_carry(version: Version, *, now: datetime) -> AgreementRecord:
    """What a card or a picture of this version says: as it was signed, but never a number that no longer holds."""
    found = notice(version.agreement, now=now)
    if found and found.code == check_code(version.digest):
        return found.record
    return AgreementRecord.from_json(version.snapshot)


def holds_now(version: Version, *, now: datetime) -> AgreementRecord:
    """The record of a version with the practice and the crisis box as they hold at `now` (UTC)."""
    return held_now(version, now=now)[0]


def held_now(version: Version, *, now: datetime) -> tuple[AgreementRecord, tuple[str, ...]]:
    """The same, with the names of its lines that nobody checked within twelve months (H17)."""
    practice, old = Practice.objects.get(), AgreementRecord.from_json(version.snapshot)
    with translation.override(old.language):
        return _holds_now(old, version, practice, now.astimezone(ZoneInfo(practice.zone)).date())


def changed(agreement: Agreement) -> tuple[WasNow, ...]:
    """What the newest paper of an agreement says that no longer holds, in its language."""
    with translation.override(agreement.language):
        return _changed(recalls.of_agreement(agreement))


def _changed(carried: list[recalls.Carried]) -> tuple[WasNow, ...]:
    return tuple(WasNow(each.was(), each.now()) for each in carried)


def _holds_now(
    old: AgreementRecord, version: Version, practice: Practice, made_on: date
) -> tuple[AgreementRecord, tuple[str, ...]]:
    client = version.agreement.client
    rows = list(resources.current(resources.places_of(client)))
    facts = resources.box_facts(
        practice=practice, client=client, therapist=old.party(Role.THERAPIST).called, language=old.language
    )
    plain = crisis.carried(facts, resources.plain(rows))
    record = replace(
        old,
        made_on=made_on,
        paper=Paper(client.paper),
        demo=practice.demo,
        practice=PracticeRecord(practice.name, practice.phone, practice.zone),
        crisis=plain,
        box=paper.box_record(facts, plain),
    )
    due = {line.row.key for line in lines.for_client(client, made_on) if not line.holds}
    return record, tuple(f"{row.service} ({crisis_rows.place_name(row)})" for row in plain if row.key in due)


def _steps(old: AgreementRecord, new: AgreementRecord) -> tuple[crisis.Step, ...]:
    """The steps of the box that say something else now, each whole."""
    pairs = zip(old.box.steps, new.box.steps, strict=True)
    return tuple(now for was, now in pairs if was != now)

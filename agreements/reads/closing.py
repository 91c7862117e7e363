"""What the page about the end of texting says, and the page of how the two got there. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format

from agreements.models import Agreement, Client, EndedSooner, Ending, EndingPage, Practice, Version
from agreements.reads import agreed, log, notices
from agreements.rules import stopping, topics
from agreements.rules.digest import check_code
from agreements.rules.record import AgreementRecord, TermRecord
from agreements.rules.signing import role_of
from agreements.rules.vocabulary import Role, StopReason


@dataclass(frozen=True)
class Closing:
    """The end of texting on the local day `on`; `record` is the last paper's, with the crisis box that holds now.

    `by` is who stopped, "" where both ended it as planned; `consent`: a guardian took it back; `terms` what the two had
    agreed for this day. `ahead`: the day has not come. `page` is what the two wrote down for it; `taper` the days on
    which it gets less, as agreed.
    """

    record: AgreementRecord
    on: date
    by: str
    consent: bool
    without_notice: bool
    reason: str
    number: int
    code: str
    terms: tuple[TermRecord, ...]
    ahead: bool = False
    page: EndingPage | None = None
    taper: tuple[date, ...] = ()


@dataclass(frozen=True)
class Way:
    """The rounds of one client: when each began, then its lines as (when, term, what happened, who wrote it down)."""

    record: AgreementRecord
    rounds: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...]


def closing(agreement: Agreement, *, now: datetime) -> Closing | None:
    """The end of this agreement's texting, also one that is announced; None while it goes on. `now` is UTC."""
    ending, version = getattr(agreement, "ending", None), agreed.last_signed(agreement)
    if ending is None or version is None:
        return None
    record = notices.holds_now(version, now=now)
    called = {party.key: str(party.called) for party in agreement.parties.all()}
    last: Ending | EndedSooner = getattr(ending, "sooner", ending)
    without_notice = bool(last.reason) if isinstance(last, EndedSooner) else last.without_notice
    with translation.override(record.language):
        reason = str(StopReason(last.reason).label) if last.reason else ""
    return Closing(
        record=record,
        on=ending.day,
        by="" if isinstance(last, Ending) and last.planned else called[last.by_role],
        consent=role_of(last.by_role) is Role.GUARDIAN,
        without_notice=without_notice,
        reason=reason,
        number=version.number,
        code=check_code(version.digest),
        terms=tuple(term for term in record.terms if term.topic == "ending"),
        ahead=ending.day > record.made_on,
        page=ending.pages.last(),
        taper=_taper(ending, version),
    )


def _taper(ending: Ending, version: Version) -> tuple[date, ...]:
    meaning = agreed.meanings(version).get("ending")
    manner = topics.in_force(meaning) if meaning else None
    said_on = ending.at.astimezone(ZoneInfo(Practice.objects.get().zone)).date()
    return stopping.taper(manner if isinstance(manner, topics.Ending) else None, said_on, ending.day)


def way(client: Client, *, now: datetime) -> Way | None:
    """How the two got there, in the language of their paper, in the practice's time; None before the first paper."""
    version = Version.objects.filter(agreement__client=client, document__isnull=False).order_by("frozen_at").last()
    if version is None:
        return None
    record = notices.holds_now(version, now=now)
    zone = ZoneInfo(Practice.objects.get().zone)
    with translation.override(record.language):
        rounds = tuple(
            (date_format(each.began.astimezone(zone), "j F Y"), tuple(_line(line, zone) for line in each.lines))
            for each in log.rounds(client)
        )
    return Way(record, rounds)


def _line(line: log.Line, zone: ZoneInfo) -> tuple[str, str, str, str]:
    return date_format(line.at.astimezone(zone), "j F Y, g:i a"), line.about, line.words, line.by

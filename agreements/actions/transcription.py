"""An agreement that was made on paper, or exported elsewhere, becomes a sealed one here: same rules, same seal.

The file goes through the actions that two people would trigger. Whatever it says must come out equal, less its nonce,
number and dates; otherwise nothing is kept and the key that differs is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions import audit, documents, drafting, negotiation, pages, people, reviews, sealing, signers
from agreements.actions.refusals import Unreadable, Unsafe
from agreements.models import ClauseText, Client, Document, Draft, Edition, Practice, User, Version
from agreements.reads import resources
from agreements.reads import room as rooms
from agreements.rules import safety
from agreements.rules.crisis import split_place
from agreements.rules.record import AgreementRecord, TermRecord
from agreements.rules.signing import ADDED
from agreements.rules.steps import Step
from agreements.rules.vocabulary import UNSURE, Answer, AskedOn, ClauseMode, Outcome, Role, SignatureKind

SHORTENED = 120
ELSEWHERE = ("Etc/UTC", "UTC")  # zones for a client of whose own the file says only that it is not the practice's


@transaction.atomic
def transcribe(*, told: AgreementRecord, therapist: User, now: datetime) -> Document:
    """A new client of `therapist` with a new agreement that says what `told` says, signed "by hand on paper".

    Raises Unsafe with the findings; Unreadable, naming the key, when the file and this installation do not say the
    same; SealingFailed. Nothing is kept then.
    """
    _refuse_unsafe(told, now)
    edition = _edition(told)
    client = _client(told, by=therapist, now=now)
    draft = drafting.start(client=client, edition=edition, by=therapist, now=now)
    _add_people(draft, told, by=therapist, now=now)
    audit.record(chain=draft.agreement, kind="transcribed", by=therapist, now=now, subject=draft.pk)
    _Scribe(draft, told, therapist, now).follow()
    version = _frozen(draft, by=therapist, now=now)
    _refuse_unless_equal(told, version)
    for role in sealing.awaited(version):
        seen = version.digest
        sealing.sign(
            draft=draft, role=role, kind=SignatureKind.PAPER, digest_seen=seen, elsewhere=True, by=therapist, now=now
        )
    document = documents.issue(version=version, by=therapist, now=now)
    reviews.schedule(version=version, now=now)
    return document


def _refuse_unsafe(told: AgreementRecord, now: datetime) -> None:
    """The rules judge the file as it is, before anything is made of it."""
    travels = [split_place(key) for key in told.box.travels_to]
    rows = list(resources.current([(told.box.country, told.box.area), *travels]))
    today = now.astimezone(ZoneInfo(Practice.objects.get().zone)).date()
    with translation.override(told.language):
        found = safety.findings(told, today=today, checks=resources.checks(rows))
    if refused := [finding for finding in found if finding.blocks]:
        raise Unsafe(refused)


def _edition(told: AgreementRecord) -> Edition:
    """The published edition the file was made with, when its clauses and the file's terms are the same ones."""
    if told.replaces is not None:
        raise _differs("replaces", _("this makes a new agreement, it cannot go on from an earlier version"))
    wanted = told.edition
    edition = Edition.objects.filter(
        family__key=wanted.family, number=wanted.number, published_at__isnull=False
    ).first()
    if edition is None:
        problem = _("the edition %(family)s %(number)d is not published here")
        raise _differs("edition", problem % {"family": wanted.family, "number": wanted.number})
    if not ClauseText.objects.filter(clause__edition=edition, language=told.language).exists():
        raise _differs("language", _("the edition is not here in this language"))
    if told.outcome == Outcome.TEXTING:
        here, there = edition.clauses.values_list("key", flat=True), [term.key for term in told.terms]
        left_out = set(edition.clauses.filter(mode=ClauseMode.OPTIONAL).values_list("key", flat=True)) - set(there)
        for key in sorted((set(here) ^ set(there)) - left_out):
            problem = _("“%(key)s” is missing") if key in here else _("the edition has no clause “%(key)s”")
            raise _differs("terms", problem % {"key": key})
    return edition


def _client(told: AgreementRecord, *, by: User, now: datetime) -> Client:
    who, box = told.party(Role.CLIENT), told.box
    return people.add_client(
        by=by,
        now=now,
        name=who.name,
        called=who.called,
        zone=_zone(told),
        country=box.country,
        area=box.area,
        voice=box.voice,
        contact=box.contact,
        registered=box.registered,
        contact_person=box.contact_person,
        travels_to=list(box.travels_to),
        language=told.language,
        paper=told.paper,
    )


def _add_people(draft: Draft, told: AgreementRecord, *, by: User, now: datetime) -> None:
    """Everybody but the two, as the file names them. How they are known, a file of another place cannot say for us."""
    for person in told.people(*ADDED):
        signers.add(
            agreement=draft.agreement,
            role=person.role,
            name=person.name,
            called=person.called,
            signs=not person.named_only,
            known="",
            by=by,
            now=now,
        )


def _zone(told: AgreementRecord) -> str:
    """The practice's zone; another one where the file says that the call hours are not in the client's time."""
    ours = told.practice.zone
    return next(zone for zone in ELSEWHERE if zone != ours) if told.box.calls.zone else ours


@dataclass(frozen=True)
class _Scribe:
    """Takes a draft through every page of the journey, answering as the file says."""

    draft: Draft
    told: AgreementRecord
    by: User
    now: datetime

    def follow(self) -> None:
        where: dict[str, Any] = {"draft": self.draft, "by": self.by, "now": self.now}
        self.prepare()
        pages.take(step=Step.START, **where)
        if self.told.outcome != Outcome.TEXTING:
            negotiation.head_for(outcome=self.told.outcome, **where)
            pages.take(step=Step.BOX, **where)
            return
        pages.take(step=Step.BOX, **where)
        self.decide(AskedOn.PRIVACY)
        self.answer_for_client()
        if pages.compare(**where).outcome != self.told.outcome:
            raise _differs("outcome", _("“no texting” was chosen, so this is no texting agreement"))
        for partner in self.room().turns_left:
            pages.compare(who=partner.key, **where)
        pages.agree_where_same(**where)
        self.decide(AskedOn.TURN)
        self.decide_hard()
        self.decide(AskedOn.HOW)
        pages.take_suggested(**where)
        pages.take(step=Step.WHAT_IF, **where)

    def prepare(self) -> None:
        """The therapist wanted what was agreed and what holds until then. Who else did, the paper does not say."""
        channel = self.told.channel
        drafting.prepare(
            draft=self.draft,
            by=self.by,
            now=self.now,
            channel=channel.kind if channel else "",
            text_number=channel.number if channel else "",
            answers={
                seen.key: self.holds(seen)
                for seen in self.room().terms
                if (term := self.term(seen))
                and not seen.fixed
                and self.told.outcome == Outcome.TEXTING
                and (seen.clause.asked == AskedOn.TURN or term.interim is not None)
            },
            reasons={},
        )

    def answer_for_client(self) -> None:
        """What was agreed is the client's answer too; what was left open, or out, counts as "not sure yet"."""
        room = self.room()
        for seen in room.asked(AskedOn.TURN):
            term = self.term(seen)
            value = Answer((UNSURE,)) if term is None or term.interim else term.value
            for who in (Role.CLIENT, *(party.key for party in room.turns_left)):
                with _naming(seen.key):
                    negotiation.answer(term=seen.term, role=who, value=value, seen_rev=0, by=self.by, now=self.now)

    def decide(self, page: AskedOn) -> None:
        """Each term of a page that is not decided yet, agreed or left open."""
        for seen in self.room().asked(page):
            with _naming(seen.key):
                term = self.term(seen)
                if term and term.interim is not None:
                    self.leave_open(seen)
                elif not seen.decided:
                    negotiation.decide(
                        term=seen.term,
                        value=term.value if term else Answer(),
                        seen_rev=seen.term.rev,
                        by=self.by,
                        now=self.now,
                    )

    def decide_hard(self) -> None:
        """The page "If it gets hard" is answered as a whole first."""
        values = {seen.key: self.holds(seen) for seen in self.room().asked(AskedOn.HARD)}
        with _naming(", ".join(values)):
            pages.decide_hard(draft=self.draft, values=values, by=self.by, now=self.now)
        self.decide(AskedOn.HARD)

    def leave_open(self, seen: rooms.TermSeen) -> None:
        negotiation.leave_open(
            term=seen.term, interim_of=Role.THERAPIST, seen_rev=seen.term.rev, by=self.by, now=self.now
        )

    def room(self) -> rooms.Room:
        return rooms.enter(self.draft.pk)

    def term(self, seen: rooms.TermSeen) -> TermRecord | None:
        """What the file says of a clause; None where an optional one was left out."""
        return next((term for term in self.told.terms if term.key == seen.key), None)

    def holds(self, seen: rooms.TermSeen) -> Answer:
        """The answer in force: the agreed one, the one until then, or none where it was left out."""
        term = self.term(seen)
        if term is None:
            return Answer()
        return term.interim.value if term.interim else term.value


@contextmanager
def _naming(key: str) -> Iterator[None]:
    """What cannot be an answer is told with the key of its term."""
    try:
        yield
    except Unreadable as error:
        raise _differs(f"terms ({key})", str(error)) from error


def _frozen(draft: Draft, *, by: User, now: datetime) -> Version:
    try:
        return sealing.freeze(draft=draft, by=by, now=now)
    except ValueError as error:  # an answer that means nothing to its topic
        raise _differs("terms", str(error)) from error


def _refuse_unless_equal(told: AgreementRecord, version: Version) -> None:
    here = AgreementRecord.from_json(version.snapshot)
    for key, theirs, ours in _differences("", _lasting(told), _lasting(here)):
        problem = _("the file says %(theirs)s, here it would be %(ours)s")
        raise _differs(key, problem % {"theirs": _short(theirs), "ours": _short(ours)})


def _lasting(record: AgreementRecord) -> dict[str, Any]:
    """What an agreement says, less its nonce, number and dates."""
    kept = record.to_json()
    for key in ("nonce", "number", "made_on", "review_on"):
        del kept[key]
    del kept["edition"]["published_on"]
    for term in kept["terms"]:
        del term["open_until"]
    return kept


def _differences(key: str, theirs: Any, ours: Any) -> Iterator[tuple[str, Any, Any]]:
    """(key, theirs, ours) for every plain value that is not the same."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in {**theirs, **ours}:
            yield from _differences(f"{key}.{name}".removeprefix("."), theirs.get(name), ours.get(name))
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for number, (one, other) in enumerate(zip(theirs, ours, strict=True)):
            yield from _differences(f"{key}[{number}]", one, other)
    elif theirs != ours:
        yield key, theirs, ours


def _short(value: Any) -> str:
    text = str(value)
    return f"“{text}”" if len(text) <= SHORTENED else f"“{text[:SHORTENED]} …”"


def _differs(key: str, problem: str) -> Unreadable:
    return Unreadable(f"agreement.{key}: {problem.rstrip('.')}.")

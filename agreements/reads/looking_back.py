"""The two look again at what they signed: the signed words, what each says of them, what changes. Never writes.

What the other says is not read from the database before both have said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import OpenlyAsked, StepTaken, Verdict, Version
from agreements.reads import away, raised
from agreements.reads.room import Room, TermSeen
from agreements.rules import looking_back
from agreements.rules.looking_back import Place, TermLook
from agreements.rules.record import AgreementRecord, TermRecord
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Enough, Hurt, Load, Role, TermState, Works
from agreements.rules.wording import listed

BOTH_SAID = {Step.SINCE, Step.SINCE_THERAPIST}
TEXTING: dict[str, type[Enough] | type[Load]] = {Role.CLIENT: Enough, Role.THERAPIST: Load}


@dataclass(frozen=True)
class Row:
    """One term with its words as they were signed, or until then as signed; `signed` is None where it is new."""

    seen: TermSeen
    signed: TermRecord | None

    @property
    def key(self) -> str:
        return self.seen.key

    @property
    def left_open(self) -> bool:
        return self.signed is not None and self.signed.state == TermState.OPEN

    @property
    def words(self) -> str:
        if self.signed is None:
            return ""
        return self.signed.interim.words if self.signed.interim else self.signed.words


@dataclass(frozen=True)
class Own:
    """What one person has said so far."""

    verdicts: Mapping[str, Verdict]
    openly: OpenlyAsked | None

    @property
    def openly_answered(self) -> bool:
        return self.openly is not None and bool(self.openly.texting and self.openly.hurt)


@dataclass(frozen=True)
class Said:
    """What one person answered to what was asked openly, in words; `filled` are headings that a button filled in."""

    who: str
    side: str
    texting: str
    hurt: str
    hurt_words: str
    missing: str
    away: str
    filled: tuple[str, ...]
    wants_to_talk: bool


@dataclass(frozen=True)
class Both:
    """What both said, once both have."""

    own: Mapping[Role, Own]
    rows: tuple[Row, ...] = field(default=())

    def verdicts_of(self, role: Role) -> dict[str, Works]:
        return {key: Works(verdict.says) for key, verdict in self.own[role].verdicts.items()}

    def says(self, key: str) -> dict[Role, Works]:
        """What each says of one term; nothing of one that is new."""
        return {role: said[key] for role in self.own if key in (said := self.verdicts_of(role))}

    def look(self, row: Row) -> TermLook:
        """A term as the rules sort it."""
        new = not row.seen.decided and row.seen.term.rev == 1
        return TermLook(row.key, row.seen.clause.topic, self.says(row.key), row.left_open, new)

    def at(self, place: Place) -> list[Row]:
        """The terms that stand there."""
        return [row for row in self.rows if looking_back.place(self.look(row)) is place]


def signed(room: Room) -> AgreementRecord:
    """What the two look at again, exactly as it was signed."""
    return AgreementRecord.from_json(Version.objects.get(review=room.draft.review_id).snapshot)


def rows(room: Room, before: AgreementRecord) -> tuple[Row, ...]:
    """The terms that are not the practice's own text, in the order of the edition; what both left out is not there."""
    terms = {term.key: term for term in before.terms}
    own = [seen for seen in room.terms if not seen.fixed]
    return tuple(Row(seen, terms.get(seen.key)) for seen in own if seen.key in terms or not seen.left_out)


def asked(room: Room) -> list[str]:
    """Clause keys of the terms of which each says how it went: what was signed and still stands in the edition."""
    return [row.key for row in rows(room, signed(room)) if row.signed is not None]


def own(room: Room, role: Role) -> Own:
    """What this person has said so far. Nothing of the other is read."""
    said = Verdict.objects.filter(term__draft=room.draft, party__role=role).select_related("term__clause")
    verdicts = {verdict.term.clause.key: verdict for verdict in said}
    return Own(verdicts, OpenlyAsked.objects.filter(draft=room.draft, party__role=role).first())


def both(room: Room) -> Both | None:
    """What both said; None before both have."""
    taken = StepTaken.objects.filter(draft=room.draft, step__in=BOTH_SAID)
    if taken.count() < len(BOTH_SAID):
        return None
    return Both({role: own(room, role) for role in (Role.CLIENT, Role.THERAPIST)}, rows(room, signed(room)))


def to_talk_about(room: Room, said: Both | None = None) -> list[TermSeen]:
    """The terms that are open again, in the order in which the two talk about them. None before both have said."""
    said = said or both(room)
    if said is None:
        return []
    looks = [said.look(row) for row in said.rows]
    texting = {role: each.openly.texting for role, each in said.own.items() if each.openly}
    brought_up = raised.keys(room.draft.agreement_id)
    keys = looking_back.to_talk_about(looks, brought_up, looking_back.asked_for(texting))
    return [room.by_key[key] for key in keys]


def next_to_talk(room: Room) -> TermSeen:
    """The first term that the two have not settled yet."""
    return next(seen for seen in [*to_talk_about(room), *room.terms] if not seen.decided)


def said_openly(room: Room, said: Both) -> list[Said]:
    """What each answered to what is asked openly, the client first."""
    found = []
    for role, each in said.own.items():
        openly = each.openly or OpenlyAsked()
        by_button = {key for key, verdict in each.verdicts.items() if verdict.filled}
        found.append(
            Said(
                who=room.parties[role].called,
                side=role,
                texting=str(TEXTING[role](openly.texting).label),
                hurt=str(Hurt(openly.hurt).label),
                hurt_words=openly.hurt_words,
                missing=openly.missing,
                away=openly.away_words or "",
                filled=tuple(row.seen.text.heading for row in said.rows if row.key in by_button),
                wants_to_talk=openly.hurt != Hurt.NO,
            )
        )
    return found


def away_asked(room: Room, *, now: datetime) -> str:
    """What each is asked about times away that are over since they signed or looked last; "" where there was none."""
    today = now.astimezone(ZoneInfo(room.practice.zone)).date()
    over = away.to_ask_about(room.draft.agreement, today=today)
    if not over:
        return ""
    days = [
        _("%(first)s to %(last)s")
        % {"first": date_format(each.starts_on, "j F"), "last": date_format(each.ends_on, "j F")}
        for each in over
    ]
    facts = {"therapist": room.therapist.called, "days": listed(days)}
    return _("%(therapist)s was away %(days)s. How was it? (optional)") % facts


def repair(rows_seen: tuple[Row, ...]) -> str:
    """What the two do about a text that was misread, as signed (O7)."""
    return next((row.words for row in rows_seen if row.seen.clause.topic == "misread"), "")


def limit(rows_seen: tuple[Row, ...]) -> str:
    """What the therapist can do without strain, as signed: said in the room every time."""
    return next((row.words for row in rows_seen if row.seen.clause.topic == "limit"), "")

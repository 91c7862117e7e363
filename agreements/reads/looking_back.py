"""They look again at what they signed: the signed words, what each says of them, what changes. Never writes.

What somebody says is read from the database for their own page alone, until all have said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import OpenlyAsked, Party, Verdict, Version
from agreements.reads import away, raised
from agreements.reads.room import Room, TermSeen
from agreements.rules import looking_back
from agreements.rules.looking_back import Place, TermLook
from agreements.rules.record import AgreementRecord, TermRecord
from agreements.rules.steps import Step, own_page
from agreements.rules.vocabulary import Hurt, Role, TermState, Works
from agreements.rules.wording import listed


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
    key: str
    texting: str
    hurt: str
    hurt_words: str
    missing: str
    away: str
    filled: tuple[str, ...]
    wants_to_talk: bool


@dataclass(frozen=True)
class AllSaid:
    """What each said, by key, once all have."""

    own: Mapping[str, Own]
    rows: tuple[Row, ...] = field(default=())

    def verdicts_of(self, who: str) -> dict[str, Works]:
        return {key: Works(verdict.says) for key, verdict in self.own[who].verdicts.items()}

    def says(self, key: str) -> dict[str, Works]:
        """What each says of one term; nothing of one that is new."""
        return {who: said[key] for who in self.own if key in (said := self.verdicts_of(who))}

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
    """The terms that are not the practice's own text, in the order of the edition; what all left out is not there."""
    terms = {term.key: term for term in before.terms}
    own = [seen for seen in room.terms if not seen.fixed]
    return tuple(Row(seen, terms.get(seen.key)) for seen in own if seen.key in terms or not seen.left_out)


def asked(room: Room) -> list[str]:
    """Clause keys of the terms of which each says how it went: what was signed and still stands in the edition."""
    return [row.key for row in rows(room, signed(room)) if row.signed is not None]


def joined_since(before: AgreementRecord, party: Party) -> bool:
    """Whether this partner of a couple takes part only since it was signed: they say how it is for them, too."""
    return party.role == Role.PARTNER and party.name not in {each.name for each in before.people(Role.PARTNER)}


def still_to_say(room: Room) -> list[Party]:
    """Who has not said yet how it went, in the order in which the tablet goes round."""
    return [room.parties[who] for who in room.answering if own_page(Step.SINCE, who) not in room.taken]


def before(room: Room, who: str) -> list[Party]:
    """Whose turn comes before theirs."""
    keys = list(room.answering)
    return [room.parties[key] for key in keys[: keys.index(who)]]


def is_closed(room: Room, who: str) -> bool:
    """Whether this person's answers are in no page: they have said, and somebody else has not."""
    left = still_to_say(room)
    return bool(left) and room.parties[who] not in left


def own(room: Room, who: str) -> Own:
    """What this person has said so far. Nothing of anybody else is read."""
    return _own(room, [who])[who]


def all_said(room: Room) -> AllSaid | None:
    """What each said; None before all have."""
    if still_to_say(room):
        return None
    return AllSaid(_own(room, room.answering), rows(room, signed(room)))


def _own(room: Room, keys: Iterable[str]) -> dict[str, Own]:
    """What these people have said so far, in two queries."""
    those = {room.parties[key].pk: key for key in keys}
    verdicts: dict[str, dict[str, Verdict]] = {key: {} for key in those.values()}
    for verdict in Verdict.objects.filter(term__draft=room.draft, party__in=those).select_related("term__clause"):
        verdicts[those[verdict.party_id]][verdict.term.clause.key] = verdict
    openly = {those[each.party_id]: each for each in OpenlyAsked.objects.filter(draft=room.draft, party__in=those)}
    return {key: Own(said, openly.get(key)) for key, said in verdicts.items()}


def to_talk_about(room: Room, said: AllSaid | None = None) -> list[TermSeen]:
    """The terms that are open again, in the order in which they are talked about. None before all have said."""
    said = said or all_said(room)
    if said is None:
        return []
    looks = [said.look(row) for row in said.rows]
    texting = {who: each.openly.texting for who, each in said.own.items() if each.openly}
    brought_up = raised.keys(room.draft.agreement_id)
    keys = looking_back.to_talk_about(looks, brought_up, looking_back.asked_for(texting))
    return [room.by_key[key] for key in keys]


def next_to_talk(room: Room) -> TermSeen:
    """The first term that is not settled yet."""
    return next(seen for seen in [*to_talk_about(room), *room.terms] if not seen.decided)


def said_openly(room: Room, said: AllSaid) -> list[Said]:
    """What each answered to what is asked openly, the client first."""
    found = []
    for who, each in said.own.items():
        openly = each.openly or OpenlyAsked()
        by_button = {key for key, verdict in each.verdicts.items() if verdict.filled}
        found.append(
            Said(
                who=room.parties[who].called,
                key=who,
                texting=str(looking_back.texting_of(who)(openly.texting).label),
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


def load(room: Room) -> str:
    """What the therapist said about strain so far (Load), or "". Not for pages on which not all have said yet."""
    said = OpenlyAsked.objects.filter(draft=room.draft, party=room.therapist).values_list("texting", flat=True)
    return said.first() or ""


def repair(rows_seen: tuple[Row, ...]) -> str:
    """What the two do about a text that was misread, as signed (O7)."""
    return next((row.words for row in rows_seen if row.seen.clause.topic == "misread"), "")


def limit(rows_seen: tuple[Row, ...]) -> str:
    """What the therapist can do without strain, as signed: said in the room every time."""
    return next((row.words for row in rows_seen if row.seen.clause.topic == "limit"), "")

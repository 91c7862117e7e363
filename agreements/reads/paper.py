"""What the paper would say for a draft as it stands: the one way from rows to an AgreementRecord. Never writes."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import translation

from agreements.models import CrisisResource, Version
from agreements.reads import resources
from agreements.reads.room import Room, TermSeen
from agreements.rules import crisis, dates, record_changes, rehearsal, situations, topics, wording
from agreements.rules.record import (
    AgreementRecord,
    BoxRecord,
    ChannelRecord,
    EditionRecord,
    InterimRecord,
    PartyRecord,
    PracticeRecord,
    TermRecord,
)
from agreements.rules.vocabulary import Answer, Channel, Outcome, Paper, Role, TermState


def rows_for(room: Room) -> list[CrisisResource]:
    """The crisis rows this paper would carry: those of the places where the client is (H18)."""
    return list(resources.current(resources.places_of(room.draft.agreement.client)))


def record(room: Room, *, rows: list[CrisisResource], now: datetime, replaces: Version | None) -> AgreementRecord:
    """Exactly what would be printed at `now` (UTC), in the agreement's language; dates local to the practice.

    `replaces` is the sealed version whose place it takes.
    """
    draft, practice = room.draft, room.practice
    made_on = now.astimezone(ZoneInfo(practice.zone)).date()
    before = AgreementRecord.from_json(replaces.snapshot) if replaces else None
    with translation.override(draft.agreement.language):
        look_on = review_on(room, made_on, before)
        texting = draft.outcome == Outcome.TEXTING
        made = AgreementRecord(
            nonce=secrets.token_hex(16),
            number=replaces.number + 1 if replaces else draft.number,
            outcome=Outcome(draft.outcome),
            made_on=made_on,
            review_on=look_on,
            edition=edition_record(room),
            language=draft.agreement.language,
            paper=Paper(draft.agreement.client.paper),
            demo=practice.demo,
            practice=PracticeRecord(practice.name, practice.phone, practice.zone),
            parties=tuple(
                PartyRecord(Role(party.role), party.name, party.called, not party.signs)
                for party in room.parties.values()
            ),
            channel=ChannelRecord(Channel(draft.channel), draft.text_number) if texting and draft.channel else None,
            crisis=(plain := crisis.carried(facts(room), resources.plain(rows))),
            box=box_record(facts(room), plain),
            before_text=before_text(room) if texting else (),
            terms=tuple(term_record(room, seen, look_on) for seen in says(room)),
            replaces=replaces.digest if replaces else None,
        )
        if before is None:
            return made
        return replace(made, changed=record_changes.since(before, made), was=record_changes.was(before, made))


def says(room: Room) -> list[TermSeen]:
    """The terms of the paper: what was decided and not left out. A "no" to texting has none, unless the practice
    wrote the whole of it.
    """
    whole = Outcome.TEXTING if room.texting else Outcome.NO_TEXTING
    return [seen for seen in room.terms if seen.decided and not seen.left_out] if room.draft.outcome == whole else []


def facts(room: Room) -> crisis.BoxFacts:
    """What the crisis box of this room is built from."""
    agreement = room.draft.agreement
    return resources.box_facts(
        practice=room.practice,
        client=agreement.client,
        therapist=room.therapist.called,
        language=agreement.language,
    )


def box_record(known: crisis.BoxFacts, plain: tuple[crisis.Resource, ...]) -> BoxRecord:
    """The crisis box and its card, with the answers they are built from."""
    box = crisis.box(known, plain)
    return BoxRecord(
        country=known.country,
        area=known.area,
        voice=known.voice,
        contact=known.contact,
        registered=known.registered,
        contact_person=known.contact_person,
        calls=known.calls,
        steps=box.steps,
        last=box.last,
        card=crisis.card(known, plain),
        travels_to=known.travels_to,
        more=box.more,
    )


def edition_record(room: Room) -> EditionRecord:
    """What the foot of the paper says about the edition; the day is local to the practice."""
    edition = room.draft.edition
    assert edition.published_at is not None
    return EditionRecord(
        family=edition.family.key,
        name=edition.family.name,
        number=edition.number,
        published_on=edition.published_at.astimezone(ZoneInfo(room.practice.zone)).date(),
        read_by=edition.read_by,
        update_rule=edition.update_rule,
        funding=edition.funding,
    )


def term_record(room: Room, seen: TermSeen, look_on: date | None) -> TermRecord:
    """One decided or open term with its printed words."""
    interim = seen.interim if seen.term.state == TermState.OPEN else None
    value = seen.answer or Answer()
    return TermRecord(
        key=seen.key,
        topic=seen.clause.topic,
        heading=seen.text.heading,
        state=TermState(seen.term.state),
        value=value,
        words=printed(room, seen, value) if interim is None else "",
        interim=InterimRecord(interim, printed(room, seen, interim)) if interim else None,
        open_until=look_on if interim else None,
    )


def printed(room: Room, seen: TermSeen, value: Answer) -> str:
    """What the paper says for this answer."""
    return wording.printed(
        seen.text.words,
        seen.option_words(value),
        client=room.client.called,
        therapist=room.therapist.called,
        phone=room.practice.phone,
        words=value.words,
    )


def before_text(room: Room) -> tuple[str, ...]:
    """The lines of the card "Before I text"."""
    return rehearsal.before_text(room.meanings(), rehearsal_texts(room))


def rehearsal_texts(room: Room) -> situations.RehearsalTexts:
    """The two names and the printed words that hold now, by topic."""
    return situations.RehearsalTexts(
        client=room.client.called,
        therapist=room.therapist.called,
        phone=room.practice.phone,
        terms={
            seen.clause.topic: printed(room, seen, value)
            for seen in room.terms
            if (value := seen.interim or seen.answer) is not None and seen.clause.topic and not seen.left_out
        },
    )


def review_on(room: Room, made_on: date, before: AgreementRecord | None) -> date | None:
    """The day of the next look for an agreement made on the local day `made_on`; None where nobody texts.

    A version that comes of a look goes on in the rhythm; where the two changed it, or how often they text, it is the
    first look of something new, and comes sooner. `before` is the record whose place it takes.
    """
    if room.draft.outcome != Outcome.TEXTING:
        return None
    rhythm = room.meanings().get("look_again")
    if isinstance(rhythm, topics.Open):
        rhythm = rhythm.interim
    if not isinstance(rhythm, topics.ReviewRhythm):
        return None
    of_age_on = room.draft.agreement.client.of_age_on
    goes_on = room.draft.review_id is not None and before is not None and not _is_anew(room, before)
    look_on = dates.next_review(made_on, rhythm) if goes_on else dates.first_review(made_on, rhythm)
    return dates.by_coming_of_age(look_on, of_age_on, after=made_on)


def _is_anew(room: Room, before: AgreementRecord) -> bool:
    """Whether the rhythm of looking again, or how often they text, is not what it was."""
    was = {term.topic: term.interim.value if term.interim else term.value for term in before.terms}
    now = {seen.clause.topic: seen.interim or seen.answer for seen in says(room)}
    return any(was.get(topic) != now.get(topic) for topic in ("look_again", "often"))

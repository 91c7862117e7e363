"""A round of two sample people with an edition, in memory only: what its pages and paper would say. Never writes."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import datetime
from enum import Enum

from django.utils.translation import gettext as _

from agreements.models import Agreement, Clause, Client, Draft, Edition, Party, Position, Practice, Term, User
from agreements.reads.room import Room, TermSeen, seen_clause
from agreements.rules.edition_texts import SAMPLE_WORDS
from agreements.rules.topics import NO_TEXTING, PURPOSE
from agreements.rules.vocabulary import (
    Answer,
    AskedOn,
    Channel,
    ClauseKind,
    ClauseMode,
    Contact,
    Outcome,
    Paper,
    Role,
    TermState,
    Voice,
)


class Stage(Enum):
    """How far the two sample people came."""

    BEGUN = "nobody answered yet"
    ANSWERED = "each answered, one answer differs"
    DECIDED = "everything is decided"


class NotWhole(ValueError):
    """A clause or an option has no words in the language: there is nothing to show."""


CONTACT = {Voice.CALLS: Contact.CALL, Voice.NO_VOICE: Contact.RELAY, Voice.UNSAFE: Contact.TEXT}


def room(
    edition: Edition,
    practice: Practice,
    *,
    stage: Stage,
    now: datetime,
    paper: Paper = Paper.LETTER,
    voice: Voice = Voice.CALLS,
    longest: bool = False,
) -> Room:
    """Maya and Dr Lee with an edition, draft or published, as `reads.library.whole` loads it. Raises NotWhole.

    Nothing in it is saved or can be: its rows exist in memory only. Decisions are what the edition suggests, else the
    first option; with `longest` what prints the most, as rules/edition_texts.py counts it.
    """
    clauses = list(edition.clauses.all())
    texting = any(clause.topic == PURPOSE for clause in clauses)
    agreement = _agreement(practice, paper, now, voice)
    parties: dict[str, Party] = {
        role: Party(agreement=agreement, role=role, name=person.name, called=person.called)
        for role, person in ((Role.CLIENT, agreement.client), (Role.THERAPIST, agreement.therapist))
    }
    seen = tuple(_seen(clause, practice.language, stage, longest) for clause in clauses)
    if stage is not Stage.BEGUN:
        seen = _answered(seen, parties)
    draft = Draft(
        agreement=agreement,
        edition=_as_published(edition, now),
        number=1,
        outcome=Outcome.TEXTING if texting else Outcome.NO_TEXTING,
        channel=Channel.SMS,
        text_number="(555) 010-0147",
        started_at=now,
    )
    nothing = frozenset[str]()
    return Room(draft, practice, parties, seen, taken=nothing, version=None, signatures={}, kept=False)


def differing(room: Room) -> TermSeen | None:
    """The question of the client's turn on which the two sample people differ."""
    return next((seen for seen in room.asked(AskedOn.TURN) if _may_differ(seen)), None)


def _agreement(practice: Practice, paper: Paper, now: datetime, voice: Voice) -> Agreement:
    therapist = User(name="Dr J. Lee", called="Dr Lee")
    client = Client(
        therapist=therapist,
        name="Maya R.",
        called="Maya",
        zone=practice.zone,
        country=practice.country,
        voice=voice,
        contact=CONTACT[voice],
        language=practice.language,
        paper=paper,
    )
    return Agreement(client=client, therapist=therapist, language=practice.language, created_at=now)


def _as_published(edition: Edition, now: datetime) -> Edition:
    """The same edition as it would be if it were published now."""
    if edition.published_at is not None:
        return edition
    found = copy(edition)
    found.published_at = now
    return found


def _seen(clause: Clause, language: str, stage: Stage, longest: bool) -> TermSeen:
    term = Term(clause=clause)
    written = [{text.language for text in clause.texts.all()}]
    written += [{text.language for text in option.texts.all()} for option in clause.options.all()]
    if not all(language in each for each in written):
        raise NotWhole(clause.key)
    seen = seen_clause(term, language)
    if stage is Stage.DECIDED or clause.kind == ClauseKind.FIXED:
        term.state, term.value = TermState.AGREED, (_longest(seen) if longest else _answer(seen)).to_json()
    return seen


def _answered(terms: tuple[TermSeen, ...], parties: dict[str, Party]) -> tuple[TermSeen, ...]:
    differ = next((seen for seen in terms if seen.clause.asked == AskedOn.TURN and _may_differ(seen)), None)
    return tuple(replace(seen, positions=_positions(seen, seen is differ, parties)) for seen in terms)


def _positions(seen: TermSeen, differs: bool, parties: dict[str, Party]) -> dict[str, Position]:
    if seen.fixed or not (seen.clause.asked == AskedOn.TURN or seen.clause.mode == ClauseMode.STATED):
        return {}
    answers = {Role.THERAPIST: _answer(seen)}
    if seen.clause.mode != ClauseMode.STATED:
        answers[Role.CLIENT] = _answer(seen, 1 if differs else 0)
    reason = _("My evenings are for my family.") if differs else ""
    return {
        role: Position(party=parties[role], value=answer.to_json(), reason=reason if role == Role.THERAPIST else "")
        for role, answer in answers.items()
    }


def _may_differ(seen: TermSeen) -> bool:
    return seen.clause.kind == ClauseKind.CHOOSE and len(seen.choices) > 1


def _longest(seen: TermSeen) -> Answer:
    """Every use and every reason, or the choice with the most words; no other answer of the two prints more."""
    choices = [choice for choice in seen.choices if choice.key != NO_TEXTING]
    if seen.fixed or not choices:
        return _answer(seen)
    if seen.clause.kind not in (ClauseKind.MANY, ClauseKind.WORDS):
        return Answer((max(choices, key=lambda choice: len(choice.words or choice.label)).key,))
    own = (seen.suggested.words if seen.suggested else "") or SAMPLE_WORDS
    return Answer(tuple(choice.key for choice in choices), own if seen.clause.kind == ClauseKind.WORDS else "")


def _answer(seen: TermSeen, number: int = 0) -> Answer:
    """What a sample person answers: what is suggested, else the first options, or that with this number."""
    if seen.fixed:
        return Answer()
    if seen.suggested is not None:
        return seen.suggested
    keys = tuple(choice.key for choice in seen.choices if choice.key != NO_TEXTING)
    if seen.clause.kind == ClauseKind.WORDS:
        return Answer(keys[:2], SAMPLE_WORDS)
    return Answer(keys[:2] if seen.clause.kind == ClauseKind.MANY else keys[number : number + 1])

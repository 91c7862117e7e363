"""Walk a draft through the journey by the same actions two people trigger: for the demo, and for tests' builders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agreements.actions import documents, drafting, negotiation, pages, reviews, sealing
from agreements.models import Draft, User, Version
from agreements.reads import how, talk
from agreements.reads import room as rooms
from agreements.rules.steps import Step, journey
from agreements.rules.vocabulary import UNSURE, Answer, AskedOn, Channel, ClauseKind, Outcome, Role, SignatureKind

TAP = timedelta(seconds=8)


def choose(*keys: str, words: str = "") -> Answer:
    """An answer by option keys."""
    return Answer(keys, words)


ORIGIN = {
    "purpose": choose("reach_out", "still_there"),
    "often": choose("most_days"),
    "window": choose("next_day"),
    "night": choose("ten_seven"),
    "away": choose("card"),
    "look_again": choose("four_weeks"),
}
LIMIT = choose("clients", "family", words="I read texts twice a day, and not on Sundays.")


@dataclass(frozen=True)
class Script:
    """What two people want and decide. `decisions` are for differences; "open:<role>" leaves a term open."""

    client: Mapping[str, Answer] = field(default_factory=lambda: {**ORIGIN})
    therapist: Mapping[str, Answer] = field(
        default_factory=lambda: {**ORIGIN, "often": choose("three_five"), "night": choose("nine_eight")}
    )
    reasons: Mapping[str, str] = field(
        default_factory=lambda: {
            "often": "I want to read each one well, and most days is more than I can.",
            "window": "This I can keep up in a full week.",
            "night": "My children go to bed at nine.",
        }
    )
    limit: Answer = LIMIT
    privacy: Answer = choose("also_feelings")
    hard: Mapping[str, Answer] = field(
        default_factory=lambda: {
            "too_much": choose("first_notice"),
            "notice": choose("two_sessions"),
            "ending": choose("taper"),
        }
    )
    decisions: Mapping[str, str] = field(default_factory=lambda: {"often": "three_five", "night": "nine_eight"})
    kind: SignatureKind = SignatureKind.DRAWN
    outcome: Outcome = Outcome.TEXTING


def ink(name: str) -> str:
    """A drawn mark that differs from name to name: loops across the pad, as strokes."""
    seed = sum(ord(char) for char in name)
    curve = [[60 + 20 * step, 150 + ((seed + step * step * 7) % 160) - 80] for step in range(40)]
    return str([curve, [[120, 230], [500, 215], [820, 240]]]).replace(" ", "")


def walk(draft: Draft, *, by: User, now: datetime, until: Step | None = None, script: Script | None = None) -> Draft:
    """Take the steps of the journey before `until`, or all of them; a step every eight seconds from `now` (UTC)."""
    script = script or Script()
    if script.outcome != Outcome.TEXTING:
        negotiation.head_for(draft=draft, outcome=script.outcome, by=by, now=now)
    draft.refresh_from_db(fields=["outcome"])
    for number, step in enumerate(journey(draft.outcome)):
        if step is until:
            break
        take_step(step, draft, script=script, by=by, now=now + number * TAP)
    return Draft.objects.get(pk=draft.pk)


def take_step(step: Step, draft: Draft, *, script: Script, by: User, now: datetime) -> None:
    """Take one step of the journey, as the script says."""
    match step:
        case Step.PREPARE:
            _prepare(draft, script=script, by=by, now=now)
        case Step.PRIVACY:
            for key, value in _wanted(
                rooms.enter(draft.pk).asked(AskedOn.PRIVACY), {"privacy": script.privacy}
            ).items():
                _decide(draft, key, value, by=by, now=now)
        case Step.TURN:
            _turn(draft, script=script, by=by, now=now)
        case Step.SEEN:
            pages.agree_where_same(draft=draft, by=by, now=now)
        case Step.TALK:
            _talk(draft, script=script, by=by, now=now)
        case Step.HARD:
            asked = rooms.enter(draft.pk).asked(AskedOn.HARD)
            pages.decide_hard(
                draft=draft, values=_wanted(asked, {**script.hard, "limit": script.limit}), by=by, now=now
            )
        case Step.HOW:
            for seen in how.still_to_choose(rooms.enter(draft.pk)):
                _decide(draft, seen.key, any_answer(seen), by=by, now=now)
            pages.take_suggested(draft=draft, by=by, now=now)
        case Step.READ:
            sealing.freeze(draft=draft, by=by, now=now)
        case Step.SHORT:
            documents.issue(version=sealing.freeze(draft=draft, by=by, now=now), by=by, now=now)
        case Step.SIGN:
            _sign(draft, script=script, by=by, now=now)
        case Step.KEPT:
            _keep(draft, by=by, now=now)
        case _:
            pages.take(draft=draft, step=step, by=by, now=now)


def any_answer(seen: rooms.TermSeen) -> Answer:
    """An answer to a clause about which a script says nothing: its first option, a few words, or both."""
    words = "As we said it in the room." if seen.clause.kind == ClauseKind.WORDS else ""
    return Answer(tuple(choice.key for choice in seen.choices[:1]), words)


def _own(asked: list[rooms.TermSeen], script: Mapping[str, Answer]) -> dict[str, Answer]:
    """What the therapist wants: nothing where a script of the starter's questions says nothing."""
    return _wanted([seen for seen in asked if seen.key in script or seen.key not in ORIGIN], script)


def _wanted(asked: list[rooms.TermSeen], script: Mapping[str, Answer]) -> dict[str, Answer]:
    """What a script says on a page, as far as this edition knows the options."""
    found = {}
    for seen in asked:
        said = script.get(seen.key)
        known = said is not None and set(said.chosen) <= {UNSURE, *(choice.key for choice in seen.choices)}
        found[seen.key] = said if said is not None and known else any_answer(seen)
    return found


def _prepare(draft: Draft, *, script: Script, by: User, now: datetime) -> None:
    asked = rooms.enter(draft.pk).asked(AskedOn.TURN)
    drafting.prepare(
        draft=draft,
        by=by,
        now=now,
        channel=Channel.SMS,
        text_number="(555) 010-0147",
        answers={**_own(asked, script.therapist), "limit": script.limit},
        reasons=dict(script.reasons),
    )


def _turn(draft: Draft, *, script: Script, by: User, now: datetime) -> None:
    asked = rooms.enter(draft.pk, positions_of=(Role.CLIENT,)).asked(AskedOn.TURN)
    wanted = _wanted(asked, script.client)
    for who in (Role.CLIENT, *(party.key for party in rooms.enter(draft.pk, positions_of=()).turns_left)):
        for seen in asked:
            negotiation.answer(term=seen.term, role=who, value=wanted[seen.key], seen_rev=0, by=by, now=now)
        pages.compare(draft=draft, who=who, by=by, now=now)


def _talk(draft: Draft, *, script: Script, by: User, now: datetime) -> None:
    for seen in talk.to_talk_about(rooms.enter(draft.pk)):
        choice = script.decisions.get(seen.key, "")
        if not choice:
            _decide(draft, seen.key, seen.position(Role.THERAPIST) or any_answer(seen), by=by, now=now)
        elif choice.startswith("open:"):
            role = Role(choice.removeprefix("open:"))
            negotiation.leave_open(term=seen.term, interim_of=role, seen_rev=seen.term.rev, by=by, now=now)
        else:
            _decide(draft, seen.key, choose(*choice.split()), by=by, now=now)


def _decide(draft: Draft, key: str, value: Answer, *, by: User, now: datetime) -> None:
    seen = rooms.enter(draft.pk).by_key[key]
    negotiation.decide(term=seen.term, value=value, seen_rev=seen.term.rev, by=by, now=now)


def _sign(draft: Draft, *, script: Script, by: User, now: datetime) -> None:
    room = rooms.enter(draft.pk)
    assert room.version is not None
    for party in room.awaited:
        name = party.name
        sealing.sign(
            draft=draft,
            role=party.key,
            kind=script.kind,
            digest_seen=room.version.digest,
            strokes=ink(name) if script.kind == SignatureKind.DRAWN else "",
            typed=name if script.kind == SignatureKind.TYPED else "",
            by=by,
            now=now,
        )


def _keep(draft: Draft, *, by: User, now: datetime) -> None:
    version = Version.objects.filter(draft=draft).latest()
    documents.issue(version=version, by=by, now=now)
    reviews.schedule(version=version, now=now)

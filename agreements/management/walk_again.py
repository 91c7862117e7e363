"""Walk a round in which two people look again at what they signed, by the actions they trigger: demo and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agreements.actions import looking_back, negotiation, pages, reviews, sealing
from agreements.management import walk
from agreements.models import Client, Draft, Look, Party, User
from agreements.reads import looking_back as looks
from agreements.reads import room as rooms
from agreements.reads import what_changes
from agreements.rules.steps import LOOKING_AGAIN, Step
from agreements.rules.vocabulary import Answer, Enough, Hurt, Load, Role, SignatureKind, Works


@dataclass(frozen=True)
class Script:
    """What each says that is not plainly working, `partner` for every partner, and what they decide of a term that is
    open again: option keys, "keep" or "open" (the default)."""

    client: Mapping[str, Works] = field(default_factory=dict)
    therapist: Mapping[str, Works] = field(default_factory=dict)
    partner: Mapping[str, Works] = field(default_factory=dict)
    openly: Mapping[Role, Mapping[str, str]] = field(
        default_factory=lambda: {
            Role.CLIENT: {"texting": Enough.RIGHT, "hurt": Hurt.NO},
            Role.PARTNER: {"texting": Enough.RIGHT, "hurt": Hurt.NO},
            Role.THERAPIST: {"texting": Load.FINE, "hurt": Hurt.NO},
        }
    )
    decisions: Mapping[str, str] = field(default_factory=dict)
    kind: SignatureKind = SignatureKind.TYPED


TWO_CHANGES = Script(
    client={"often": Works.NOT, "window": Works.NOT}, decisions={"often": "one_two", "window": "two_days"}
)


def begin(client: Client, *, now: datetime) -> Draft:
    """The round in which the two look again, with the wording they have."""
    newest = Draft.objects.filter(agreement__client=client, versions__document__isnull=False).order_by("number").last()
    assert newest is not None
    return reviews.look_again(client=client, edition=newest.edition, by=client.therapist, now=now)


def walk_again(draft: Draft, *, now: datetime, until: Step | None = None, script: Script | None = None) -> Draft:
    """Take the steps of looking again from where they are to `until`, or all, eight seconds each from `now` (UTC)."""
    by, script = draft.agreement.therapist, script or Script()
    left = LOOKING_AGAIN[LOOKING_AGAIN.index(rooms.enter(draft.pk, positions_of=()).next_step) :]
    for number, step in enumerate(left):
        if step is until or Look.objects.filter(draft=draft).exists():
            break
        _take(draft, step, script=script, by=by, now=now + number * walk.TAP)
    draft.refresh_from_db()
    return draft


def _take(draft: Draft, step: Step, *, script: Script, by: User, now: datetime) -> None:
    match step:
        case Step.SINCE:
            room = rooms.enter(draft.pk, positions_of=())
            for party in [party for party in looks.still_to_say(room) if party.role != Role.THERAPIST]:
                _say(draft, party, getattr(script, party.role), script, by=by, now=now)
        case Step.SINCE_THERAPIST:
            _say(draft, rooms.enter(draft.pk, positions_of=()).therapist, script.therapist, script, by=by, now=now)
        case Step.WORKS:
            looking_back.talk_again(draft=draft, by=by, now=now)
        case Step.AGAIN:
            for seen in looks.to_talk_about(rooms.enter(draft.pk)):
                _decide(draft, seen.key, script.decisions.get(seen.key, "open"), by=by, now=now)
        case Step.CHANGES:
            _end(draft, by=by, now=now)
        case Step.SIGN | Step.KEPT:
            walk.take_step(step, draft, script=walk.Script(kind=script.kind), by=by, now=now)
        case _:
            pages.take(draft=draft, step=step, by=by, now=now)


def _say(draft: Draft, party: Party, verdicts: Mapping[str, Works], script: Script, *, by: User, now: datetime) -> None:
    said = {"verdicts": verdicts, "openly": script.openly[Role(party.role)], "rest_works": True}
    looking_back.say(draft=draft, who=party.key, by=by, now=now, **said)  # type: ignore[arg-type]


def _decide(draft: Draft, key: str, choice: str, *, by: User, now: datetime) -> None:
    room = rooms.enter(draft.pk)
    heard = looks.all_said(room)
    assert heard is not None
    row = what_changes.again(room, key, heard).row
    facts = {"term": row.seen.term, "seen_rev": row.seen.term.rev, "by": by, "now": now}
    signed = what_changes.signed_answer(row)
    if choice == what_changes.OPEN and signed is not None:
        negotiation.leave_as_signed(signed=signed, **facts)  # type: ignore[arg-type]
    else:
        kept = signed if choice == what_changes.KEEP else None
        negotiation.decide(value=kept or Answer(tuple(choice.split())), **facts)  # type: ignore[arg-type]


def _end(draft: Draft, *, by: User, now: datetime) -> None:
    room = rooms.enter(draft.pk)
    if what_changes.changes(room, now=now).same:
        for who in room.answering:
            reviews.agree_to_keep(draft=draft, who=who, by=by, now=now)
    else:
        sealing.freeze(draft=draft, by=by, now=now)

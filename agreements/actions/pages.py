"""The verbs of a page: what happens when the two are done with it. Single terms are in negotiation.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements.actions import audit
from agreements.actions.negotiation import decide, enter_open, head_for, leave_open, refuse_unless_whole, take_back
from agreements.actions.refusals import NotNow
from agreements.models import Draft, Position, StepTaken, Term, User
from agreements.reads import how, talk
from agreements.reads import room as rooms
from agreements.rules import differences, topics
from agreements.rules.steps import FIRST_THREE, TAKEN_BY_BUTTON, Step, may_open, own_page
from agreements.rules.vocabulary import Answer, AskedOn, ClauseMode, Outcome, Role
from agreements.rules.wording import listed


@transaction.atomic
def take(*, draft: Draft, step: Step, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """The two are done with a page that needs no answer of its own. Taking it twice is the same.

    Raises NotNow when earlier pages are not finished.
    """
    enter_open(draft, form_key)
    if step not in TAKEN_BY_BUTTON or not may_open(step, rooms.enter(draft.pk).progress):
        raise NotNow(_("Earlier pages come first."))
    _took(draft, step, by=by, now=now, form_key=form_key)


@transaction.atomic
def compare(*, draft: Draft, by: User, now: datetime, who: str = Role.CLIENT, form_key: UUID | None = None) -> Draft:
    """The client, or the partner with this key, is done with their turn. When nobody's is left, all see the answers.

    "No texting" among their uses is a whole answer: nothing else is asked (H14). Raises NotNow while a question of the
    turn has no answer.
    """
    enter_open(draft, form_key)
    room = rooms.enter(draft.pk, positions_of=(who,))
    said = {seen.key: seen.position(who) for seen in room.asked(AskedOn.TURN)}
    if any(answer and topics.NO_TEXTING in answer.chosen for answer in said.values()):
        return head_for(draft=draft, outcome=Outcome.NO_TEXTING, by=by, now=now, form_key=form_key)
    if None in said.values():
        raise NotNow(_("Some questions have no answer yet. “Not sure yet” is an answer too."))
    for key, answer in said.items():
        refuse_unless_whole(room.by_key[key].term, answer or Answer())
    waits_for = {Role.CLIENT, *(party.key for party in room.people(Role.PARTNER))} - {who}
    if all(own_page(Step.TURN, key) in room.taken for key in waits_for):
        Position.objects.filter(term__draft=draft, term__clause__asked=AskedOn.TURN).update(compared=True)
    answers = {key: answer.to_json() for key, answer in said.items() if answer}
    _took(draft, own_page(Step.TURN, who), by=by, now=now, form_key=form_key, details=answers)
    return draft


@transaction.atomic
def agree_where_same(*, draft: Draft, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """What both chose alike is decided; the pages that follow are about the rest."""
    enter_open(draft, form_key)
    room = rooms.enter(draft.pk)
    if Step.SEEN not in room.taken:
        StepTaken.objects.filter(draft=draft, step=FIRST_THREE).delete()
    for seen in room.asked(AskedOn.TURN):
        stand = talk.compared(room, seen)
        if not seen.decided and isinstance(stand, differences.Same):
            decide(term=seen.term, value=stand.answer, seen_rev=seen.term.rev, by=by, now=now)
    _took(draft, Step.SEEN, by=by, now=now, form_key=form_key)


@transaction.atomic
def first_three(*, draft: Draft, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """The two talk about three of many differences today. The others stay open until the review, each with a rule that
    holds meanwhile (reads/talk.later); where that waits for the therapist's reason, it is asked for after the three.
    """
    agree_where_same(draft=draft, by=by, now=now, form_key=form_key)
    rest = talk.later(rooms.enter(draft.pk))
    if rest:
        StepTaken.objects.get_or_create(draft=draft, step=FIRST_THREE, defaults={"at": now})
        _leave_open(rest, by=by, now=now)


@transaction.atomic
def leave_rest_open(*, draft: Draft, by: User, now: datetime) -> list[str]:
    """The therapist said a reason: what waited for it stays open until the review, too. The clause keys of it."""
    enter_open(draft, None)
    room = rooms.enter(draft.pk)
    return _leave_open(talk.later(room) if FIRST_THREE in room.taken else [], by=by, now=now)


def _leave_open(rest: list[talk.Later], *, by: User, now: datetime) -> list[str]:
    ruled = [(each.seen.term, each.role) for each in rest if each.role is not None]
    for term, role in ruled:
        leave_open(term=term, interim_of=role, seen_rev=term.rev, by=by, now=now)
    return [term.clause.key for term, _role in ruled]


@transaction.atomic
def take_suggested(*, draft: Draft, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """One tap for the page "How we text": what stands there works for both. Never for the five required answers.

    An optional clause for which nothing stands there is left out. Raises NotNow while one that is needed has no answer,
    or words do not work for one of the two.
    """
    enter_open(draft, form_key)
    room = rooms.enter(draft.pk)
    if missing := how.still_to_choose(room):
        raise NotNow(_("Please choose these first: %(what)s.") % {"what": _headings(missing)})
    if unfit := how.to_change(room, how.said(room)):
        raise NotNow(_("Please change these first: %(what)s.") % {"what": _headings(unfit)})
    for seen in room.asked(AskedOn.HOW):
        if not seen.decided:
            decide(term=seen.term, value=how.proposal(seen) or Answer(), seen_rev=seen.term.rev, by=by, now=now)
    _took(draft, Step.HOW, by=by, now=now, form_key=form_key)


def is_stated(term: Term) -> bool:
    """Whether the therapist stated this before the session: the client hears it and answers nothing else."""
    return term.clause.mode == ClauseMode.STATED and _of_therapist(term).exists()


@transaction.atomic
def hear(*, term: Term, heard: bool, seen_rev: int, by: User, now: datetime, form_key: UUID | None = None) -> Term:
    """What the therapist stated was said or signed, and the client heard or saw it: it is decided. Or not yet.

    Raises Clash or NotNow as `decide`, Position.DoesNotExist where nothing is stated.
    """
    facts: dict[str, Any] = {"term": term, "seen_rev": seen_rev, "by": by, "now": now, "form_key": form_key}
    return decide(value=Answer.from_json(_of_therapist(term).get().value), **facts) if heard else take_back(**facts)


def _of_therapist(term: Term) -> QuerySet[Position]:
    return Position.objects.filter(term=term, party__role=Role.THERAPIST)


@transaction.atomic
def decide_hard(
    *,
    draft: Draft,
    values: Mapping[str, Answer],
    revs: Mapping[str, int] | None = None,
    by: User,
    now: datetime,
    form_key: UUID | None = None,
) -> None:
    """The page "If it gets hard": each of its answers on its own, all or none, by clause key; `revs` as seen."""
    keep_hard(draft=draft, values=values, revs=revs, by=by, now=now)
    if AskedOn.HARD in rooms.enter(draft.pk).progress.undecided:
        raise NotNow(_("Some of these have no answer yet."))
    _took(draft, Step.HARD, by=by, now=now, form_key=form_key)


@transaction.atomic
def keep_hard(
    *, draft: Draft, values: Mapping[str, Answer], revs: Mapping[str, int] | None = None, by: User, now: datetime
) -> None:
    """What is answered so far on that page is kept; where the two stop for today, the page comes again."""
    enter_open(draft, None)
    for seen in rooms.enter(draft.pk).asked(AskedOn.HARD):
        if (value := values.get(seen.key)) is not None:
            decide(term=seen.term, value=value, seen_rev=(revs or {}).get(seen.key, seen.term.rev), by=by, now=now)


def _headings(terms: list[rooms.TermSeen]) -> str:
    return listed([seen.text.heading for seen in terms])


def _took(
    draft: Draft,
    step: str,
    *,
    by: User,
    now: datetime,
    form_key: UUID | None,
    details: dict[str, Any] | None = None,
) -> None:
    _, made = StepTaken.objects.get_or_create(draft=draft, step=step, defaults={"at": now})
    if made:
        audit.append(
            chain=draft.agreement,
            kind=f"page {step}",
            by=by,
            now=now,
            subject=draft.pk,
            details=details,
            form_key=form_key,
        )

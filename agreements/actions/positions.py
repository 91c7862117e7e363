"""Whose turn it is: which way the two take, one question at a time, and what each says later of their own answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit
from agreements.actions.drafting import give_reason
from agreements.actions.negotiation import answer, enter_open, log_term, refuse_unless_whole
from agreements.actions.refusals import NotNow
from agreements.models import Draft, Position, StepTaken, Term, User
from agreements.reads import how
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer, Fit, Role


@transaction.atomic
def choose_way(*, draft: Draft, together: bool, by: User, now: datetime) -> Draft:
    """How the two take the client's turn: the client first and then they compare, or together, question by question.

    Raises NotNow once the client has answered something and the other way is asked for.
    """
    enter_open(draft, None)
    if Draft.objects.filter(pk=draft.pk, together=not together).exists():
        if Position.objects.filter(term__draft=draft, party__role=Role.CLIENT, rev__gt=0).exists():
            raise NotNow(_("The turn has begun. We go on in the way we began."))
        Draft.objects.filter(pk=draft.pk).update(together=together)
        kind = "way: together" if together else "way: client first"
        audit.append(chain=draft.agreement, kind=kind, by=by, now=now, subject=draft.pk)
    draft.together = together
    return draft


@transaction.atomic
def compare_one(*, term: Term, by: User, now: datetime, form_key: UUID | None = None) -> Position:
    """Together: the client has answered this question, and the two now see both answers to it. Twice is once.

    From now on a change of either answer is logged. Raises NotNow while there is no answer, Unreadable when it could
    not be decided as it is.
    """
    enter_open(term.draft, form_key)
    position = Position.objects.get(term=term, party__role=Role.CLIENT)
    said = Answer.from_json(position.value)
    if said == Answer():
        raise NotNow(_("Please choose an answer first. “Not sure yet” is an answer too."))
    refuse_unless_whole(term, said)
    if not position.compared:
        Position.objects.filter(term=term).update(compared=True)
        log_term(term.draft, "compared", term, by=by, now=now, form_key=form_key, after=position.value)
        position.compared = True
    return position


@transaction.atomic
def change_own(*, term: Term, value: Answer, reason: str, by: User, now: datetime) -> Position:
    """After the two compared, the therapist says one of their own answers anew, and their reason for it. Each change is
    in the log, and what was decided from the old answer is open again. Twice is once.

    Raises Unreadable on what is no answer and on a reason that is too long.
    """
    enter_open(term.draft, None)
    therapist = term.draft.agreement.parties.get(role=Role.THERAPIST)
    nothing = {"value": Answer().to_json(), "rev": 0}
    position, _made = Position.objects.get_or_create(term=term, party=therapist, defaults=nothing)
    Position.objects.filter(pk=position.pk).update(compared=True)
    if reason and reason != position.reason:
        give_reason(term=term, reason=reason, by=by, now=now)
    elif reason != position.reason:
        Position.objects.filter(pk=position.pk).update(reason="")
        log_term(term.draft, "reason given", term, by=by, now=now, words="")
    return answer(term=term, role=Role.THERAPIST, value=value, seen_rev=position.rev, by=by, now=now)


@transaction.atomic
def say_if_it_fits(
    *, term: Term, of: Answer, fits: Mapping[str, Fit], by: User, now: datetime, form_key: UUID | None = None
) -> None:
    """What each says of the words `of`, which stand there for all: they work, can be lived with, or do not work.

    `fits` is by the keys of those who say it. Kept in the log. What does not work opens the page "How we text" again:
    the words are changed first.
    """
    if enter_open(term.draft, form_key):
        return
    for key, fit in fits.items():
        facts = {"role": key, "fit": fit, "of": of.to_json()}
        log_term(term.draft, how.FIT, term, by=by, now=now, form_key=form_key, **facts)
        form_key = None
    if Fit.NOT in fits.values():
        StepTaken.objects.filter(draft=term.draft, step=Step.HOW).delete()

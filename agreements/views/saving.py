"""One tap, saved by save.js while a page is filled in.

200 {rev, at}, where `at` also says whose signature a change took away; 409 with what another screen saved, even the
same, since something newer may wait on this one; 401 when nobody is signed in; 422 in plain words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.actions import audit, negotiation, pages
from agreements.actions.refusals import Clash, NotNow, Refused
from agreements.forms.hard import HEARD
from agreements.models import Position, Term
from agreements.reads import room as rooms
from agreements.reads import turn as turns
from agreements.rules.steps import Step, may_open
from agreements.rules.vocabulary import Answer, AskedOn, Role
from agreements.views import session_mode
from agreements.views.access import SignedIn, note_if_outside, number, posted
from agreements.views.frame import no_longer_counts


@login_not_required
@require_POST
def save(request: SignedIn, draft_id: UUID, key: str, who: str = Role.CLIENT) -> HttpResponse:
    """The answer of the one whose turn it is to a question of the turn."""
    return _tapped(request, draft_id, key, AskedOn.TURN, partial(_answer, who=who), who)


@login_not_required
@require_POST
def save_hard(request: SignedIn, draft_id: UUID, key: str) -> HttpResponse:
    """One of the answers of the page “If it gets hard”, which the two decide."""
    return _tapped(request, draft_id, key, AskedOn.HARD, _decide)


def _answer(request: SignedIn, term: Term, value: Answer, *, who: str) -> Position:
    if who != Role.CLIENT and not turns.answers(term, who):
        raise Http404
    seen, facts = number(request.POST.get("rev", "")), posted(request)
    saved = negotiation.answer(term=term, role=who, value=value, seen_rev=seen, **facts)
    if saved.rev != seen and saved.form_key != facts["form_key"]:
        raise Clash(saved, value)
    return saved


def _decide(request: SignedIn, term: Term, value: Answer) -> Term:
    seen, before, facts = number(request.POST.get("rev", "")), term.rev, posted(request)
    came_before = audit.replayed(facts["form_key"]) is not None
    if pages.is_stated(term):
        saved = pages.hear(term=term, heard=HEARD in value.chosen, seen_rev=seen, **facts)
    else:
        saved = negotiation.decide(term=term, value=value, seen_rev=seen, **facts)
    if before != seen and not came_before:
        raise Clash(saved, value)
    return saved


Save = Callable[[SignedIn, Term, Answer], Position | Term]
STEPS = {AskedOn.TURN: Step.TURN, AskedOn.HARD: Step.HARD}


def _tapped(request: SignedIn, draft_id: UUID, key: str, asked: AskedOn, save: Save, who: str = "") -> HttpResponse:
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    term = turns.term_for(draft_id, key, asked=asked, therapist=request.user)
    if term is None:
        return JsonResponse({}, status=404)
    try:
        _refuse_unless_there(request, draft_id, STEPS[asked], key, who)
        saved = save(request, term, Answer(tuple(request.POST.getlist("value")), request.POST.get("words", "")))
    except Clash as clash:
        return JsonResponse({**_facts(clash.saved, term), **_shown(clash.saved)}, status=409)
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    facts = _facts(saved, term)
    if term.signed and (gone := no_longer_counts(rooms.enter(draft_id, positions_of=()))):
        facts["at"] = f"{facts['at']}. {gone}"
    return JsonResponse(facts, headers={"X-Saved": "1"})


def _refuse_unless_there(request: SignedIn, draft_id: UUID, step: Step, key: str, who: str) -> None:
    """Outside session mode an answer is taken only where the two are already, and the log says so. Raises NotNow."""
    if session_mode.is_bound_to(request, draft_id):
        return
    room = rooms.enter(draft_id)
    if not may_open(step, room.progress):
        raise NotNow(_("Earlier pages come first."))
    note_if_outside(request, room, key, who)


def _facts(saved: Position | Term, term: Term) -> dict[str, object]:
    here = timezone.localtime(timezone=ZoneInfo(term.zone))
    return {"rev": saved.rev, "at": time_format(here, "g:i a")}


def _shown(saved: Position | Term) -> dict[str, object]:
    """What the page shows where this is saved; of what the therapist stated, that it was heard."""
    if isinstance(saved, Term) and pages.is_stated(saved):
        return {"chosen": [HEARD] if saved.value else [], "words": ""}
    return saved.value or Answer().to_json()

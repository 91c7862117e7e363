"""S2: the client's turn. The therapist's answers are not read for these pages, so they cannot be in their bytes."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.http import require_http_methods, require_POST

from agreements.actions import negotiation, pages
from agreements.actions.refusals import Refused, Stale
from agreements.forms.terms import AnswerForm
from agreements.models import Position
from agreements.reads import turn as turns
from agreements.reads.room import Room
from agreements.reads.room import turn_of as turn_name
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer, AskedOn, Role
from agreements.views.access import SignedIn, data_of, page, posted, room_for
from agreements.views.frame import in_room, names


@require_http_methods(["GET", "POST"])
@page(Step.TURN, positions_of=(Role.CLIENT,))
def turn(request: SignedIn, room: Room) -> HttpResponse:
    """Six questions on one page. "Save and compare" posts what scripts have not saved yet.

    Together the two take them one by one; after that, this is where the client changes their answers.
    """
    if request.method == "GET" and room.draft.together and Step.TURN not in room.taken:
        return redirect(_where(room))
    return _answer(request, room, Role.CLIENT)


@require_http_methods(["GET", "POST"])
@page(Step.TURN, positions_of=())
def turn_of(request: SignedIn, room: Room, who: str) -> HttpResponse:
    """The same page for the partner of a couple, alone: nobody else's answers are read for it."""
    if who not in {party.key for party in room.people(Role.PARTNER)}:
        raise Http404
    if Step.TURN not in room.taken:
        return redirect("room", room.draft.pk)
    return _answer(request, room_for(request, room.draft.pk, positions_of=(who,)), who)


def _answer(request: SignedIn, room: Room, who: str) -> HttpResponse:
    asked, over = room.asked(AskedOn.TURN), turn_name(who) in room.taken
    form = AnswerForm(
        data_of(request),
        terms=asked,
        names=names(room),
        shown={seen.key: seen.position(who) for seen in asked},
        unsure=True,
    )
    if request.method == "POST":
        complete = form.is_valid()
        clashes = keep_answers(request, room, form, who)
        if not clashes:
            if "stop" in request.POST:
                return redirect("pause", room.draft.pk)
            if complete or turns.says_no_texting(form.answers()):
                pages.compare(draft=room.draft, who=who, **posted(request))
                return redirect("room", room.draft.pk)
        for seen in clashes:
            form.add_error(seen.key, turns.clash_words(seen, who))
    revs = {seen.key: turns.rev(seen, who) for seen in asked}
    context = {"form": form, "revs": revs, "over": over, "step": Step.TURN, "stop_form": "turn"}
    context["answering"] = room.parties[who]
    context["all_left"] = [party for party in room.people(Role.PARTNER) if party.key != who]
    return in_room(request, room, "room/turn.html", context, status=422 if form.is_bound else 200)


def _where(room: Room) -> str:
    """Together: the question they are at, or the last one when all are gone through."""
    if left := turns.to_go_through(room):
        return reverse("together", args=[room.draft.pk, left[0].key])
    return reverse("both", args=[room.draft.pk, room.asked(AskedOn.TURN)[-1].key])


def keep_answers(request: SignedIn, room: Room, form: AnswerForm, who: str = Role.CLIENT) -> list[turns.TermSeen]:
    """Save each given answer of the one whose turn it is; the terms that were changed elsewhere meanwhile."""
    clashes = []
    for key, value in form.answers().items():
        seen = room.by_key[key]
        try:
            negotiation.answer(
                term=seen.term,
                role=who,
                value=value,
                seen_rev=_number(request.POST.get(f"{key}-rev", "")),
                by=request.user,
                now=timezone.now(),
            )
        except Stale:
            clashes.append(seen)
    return clashes


@login_not_required
@require_POST
def save(request: SignedIn, draft_id: UUID, key: str, who: str = Role.CLIENT) -> HttpResponse:
    """One tap, saved: 200 {rev, at}, 409 with the saved answer, 401 when nobody is signed in, 422 in plain words."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    term = turns.term_for(draft_id, key, therapist=request.user)
    if term is None or who != Role.CLIENT and not turns.answers(term, who):
        return JsonResponse({}, status=404)
    value = Answer(tuple(request.POST.getlist("value")), request.POST.get("words", ""))
    try:
        position = negotiation.answer(
            term=term, role=who, value=value, seen_rev=_number(request.POST.get("rev", "")), **posted(request)
        )
    except Stale as stale:
        return JsonResponse({**_saved(stale.saved, term.zone), **stale.saved.value}, status=409)
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=422)
    return JsonResponse(_saved(position, term.zone), headers={"X-Saved": "1"})


def _saved(position: Position, zone: str) -> dict[str, object]:
    here = timezone.localtime(timezone=ZoneInfo(zone))
    return {"rev": position.rev, "at": time_format(here, "g:i a")}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0

"""The therapist's own answers, said anew in the room after the two compared: nobody else's turn changes them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from agreements.actions import positions
from agreements.actions.refusals import Unreadable
from agreements.forms.terms import OwnAnswersForm
from agreements.reads import talk as talks
from agreements.reads.room import Room
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer, AskedOn, Role
from agreements.views.access import SignedIn, data_of, page
from agreements.views.frame import back_from_the_side, in_room, names, url_of


@require_GET
@page(Step.SEEN)
def own(request: SignedIn, room: Room) -> HttpResponse:
    """The therapist's answers to the questions of the turn, each with a way to change it."""
    context = {"rows": talks.own_rows(room), "back_url": back_from_the_side(room)}
    return in_room(request, room, "room/own.html", context)


@require_http_methods(["GET", "POST"])
@page(Step.SEEN)
def own_answer(request: SignedIn, room: Room, key: str) -> HttpResponse:
    """One answer of theirs, with their reason. What was decided from the old one is open again."""
    seen = room.by_key.get(key)
    if seen is None or seen.fixed or seen.clause.asked != AskedOn.TURN:
        raise Http404
    before = seen.positions.get(Role.THERAPIST)
    shown = Answer.from_json(before.value) if before else None
    reasons = {key: before.reason} if before else {}
    form = OwnAnswersForm(data_of(request), terms=[seen], names=names(room), shown={key: shown}, reasons=reasons)
    if request.method == "POST" and form.is_valid():
        facts = {"value": form.answers()[key], "reason": form.reasons()[key]}
        try:
            positions.change_own(term=seen.term, by=request.user, now=timezone.now(), **facts)
            return redirect("room", room.draft.pk)
        except Unreadable as error:
            form.add_error(None, str(error))
    context = {"form": form, "seen": seen, "back_url": url_of(room, Step.SEEN)}
    return in_room(request, room, "room/own_answer.html", context, status=422 if form.is_bound else 200)

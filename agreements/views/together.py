"""The turn gone through together: one question at a time, and the therapist's answer to it once the client's is saved.

Only the client's positions are read with the room; the therapist's comes question by question (reads/turn.both).
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agreements.actions import drafting, pages, positions
from agreements.actions.refusals import Unreadable
from agreements.forms.keyed import KeyedForm
from agreements.forms.terms import AnswerForm
from agreements.reads import talk as talks
from agreements.reads import turn as turns
from agreements.reads.room import Room, TermSeen
from agreements.rules.steps import Step
from agreements.rules.vocabulary import AskedOn, Role
from agreements.views.access import SignedIn, data_of, page, posted
from agreements.views.frame import in_room, names, url_of
from agreements.views.turn import keep_answers


@require_http_methods(["GET", "POST"])
@page(Step.TURN, positions_of=(Role.CLIENT,))
def ask(request: SignedIn, room: Room, key: str) -> HttpResponse:
    """One question, read aloud. The client's answer is saved; then the two see both."""
    seen = _question(room, key)
    shown = {key: seen.position(Role.CLIENT)}
    form = AnswerForm(data_of(request), terms=[seen], names=names(room), shown=shown, unsure=True)
    if request.method == "POST":
        complete = form.is_valid()
        keep_answers(request, room, form)
        if "stop" in request.POST:
            return redirect("pause", room.draft.pk)
        if complete:
            return _onward(request, room, seen, form)
    context = {**_number(room, key), "form": form, "seen": seen, "rev": turns.rev(seen), "stop_form": "turn"}
    context["back_url"] = _before(room, key)
    return in_room(request, room, "room/together.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@page(Step.TURN, positions_of=(Role.CLIENT,))
def both(request: SignedIn, room: Room, key: str) -> HttpResponse:
    """Both answers to one question. After the last one: save and compare."""
    seen, problem = turns.both(_question(room, key)), ""
    if seen is None:
        return redirect("together", room.draft.pk, key)
    if "reason" in request.POST:
        try:
            drafting.give_reason(term=seen.term, reason=request.POST["reason"], **posted(request))
            return redirect("both", room.draft.pk, key)
        except Unreadable as error:
            problem = str(error)
    elif request.method == "POST":
        pages.compare(draft=room.draft, **posted(request))
        return redirect("room", room.draft.pk)
    context = {**_number(room, key), "form": KeyedForm(), "seen": seen, "difference": talks.difference(room, seen)}
    context |= {"left": turns.to_go_through(room), "problem": problem, "typed": request.POST.get("reason", "")}
    context["back_url"] = reverse("together", args=[room.draft.pk, key])
    return in_room(request, room, "room/both.html", context, status=422 if problem else 200)


def _onward(request: SignedIn, room: Room, seen: TermSeen, form: AnswerForm) -> HttpResponse:
    """“No texting” is a whole answer; to any other the therapist's is shown now."""
    if turns.says_no_texting(form.answers()):
        pages.compare(draft=room.draft, **posted(request))
        return redirect("room", room.draft.pk)
    positions.compare_one(term=seen.term, **posted(request))
    return redirect("both", room.draft.pk, seen.key)


def _question(room: Room, key: str) -> TermSeen:
    seen = room.by_key.get(key)
    if seen is None or seen.fixed or seen.clause.asked != AskedOn.TURN or not room.draft.together:
        raise Http404
    return seen


def _number(room: Room, key: str) -> dict[str, int]:
    keys = [seen.key for seen in room.asked(AskedOn.TURN)]
    return {"number": keys.index(key) + 1, "total": len(keys)}


def _before(room: Room, key: str) -> str:
    """The page before a question: both answers to the one before it, or the page before the turn."""
    keys = [seen.key for seen in room.asked(AskedOn.TURN)]
    where = keys.index(key)
    return reverse("both", args=[room.draft.pk, keys[where - 1]]) if where else url_of(room, Step.PRIVACY)

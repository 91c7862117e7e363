"""S2: the client's turn. The therapist's answers are not read for these pages, so they cannot be in their bytes."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions import negotiation, pages
from agreements.actions.refusals import Clash
from agreements.forms.terms import AnswerForm
from agreements.reads import turn as turns
from agreements.reads.room import Room
from agreements.rules.steps import Step, own_page
from agreements.rules.vocabulary import AskedOn, Role
from agreements.views.access import SignedIn, data_of, number, page, posted, room_for
from agreements.views.frame import in_room, names


@require_http_methods(["GET", "POST"])
@page(Step.TURN, positions_of=(Role.CLIENT,))
def turn(request: SignedIn, room: Room) -> HttpResponse:
    """Six questions on one page. "Save and compare" posts what scripts have not saved yet.

    Together the two take them one by one; after that, this is where the client changes their answers.
    """
    if request.method == "GET" and room.draft.together and Step.TURN not in room.taken:
        return redirect(_where(room))
    if _is_closed(request, room, Role.CLIENT):
        return redirect("room", room.draft.pk)
    return _answer(request, room, Role.CLIENT)


@require_http_methods(["GET", "POST"])
@page(Step.TURN, positions_of=())
def turn_of(request: SignedIn, room: Room, who: str) -> HttpResponse:
    """The same page for the partner of a couple, alone: nobody else's answers are read for it."""
    if who not in {party.key for party in room.people(Role.PARTNER)}:
        raise Http404
    if Step.TURN not in room.taken or _is_closed(request, room, who):
        return redirect("room", room.draft.pk)
    return _answer(request, room_for(request, room.draft.pk, positions_of=(who,)), who)


def _is_closed(request: SignedIn, room: Room, who: str) -> bool:
    """Whether somebody else of a couple holds the screen to answer alone: what this person said is not shown."""
    return request.method == "GET" and own_page(Step.TURN, who) in room.taken and bool(room.turns_left)


def _answer(request: SignedIn, room: Room, who: str) -> HttpResponse:
    asked, over = room.asked(AskedOn.TURN), own_page(Step.TURN, who) in room.taken
    form = AnswerForm(
        data_of(request),
        terms=asked,
        names=names(room),
        shown={seen.key: seen.position(who) for seen in asked},
        unsure=True,
    )
    revs = {seen.key: turns.rev(seen, who) for seen in asked}
    if request.method == "POST":
        complete = form.is_valid()
        revs |= keep_answers(request, room, form, who)
        if "stop" in request.POST:
            return redirect("pause", room.draft.pk)
        if complete or turns.says_no_texting(form.answers()):
            pages.compare(draft=room.draft, who=who, **posted(request))
            return redirect("room", room.draft.pk)
    context = {"form": form, "revs": revs, "over": over, "step": Step.TURN, "stop_form": "turn"}
    context["answering"] = room.parties[who]
    context["all_left"] = [party for party in room.people(Role.PARTNER) if party.key != who]
    return in_room(request, room, "room/turn.html", context, status=422 if form.is_bound else 200)


def _where(room: Room) -> str:
    """Together: the question they are at, or the last one when all are gone through."""
    if left := turns.to_go_through(room):
        return reverse("together", args=[room.draft.pk, left[0].key])
    return reverse("both", args=[room.draft.pk, room.asked(AskedOn.TURN)[-1].key])


def keep_answers(request: SignedIn, room: Room, form: AnswerForm, who: str = Role.CLIENT) -> dict[str, int]:
    """Save each given answer of the one whose turn it is; the new revisions by clause key.

    Raises Clash when all that can be are saved.
    """
    revs, clash = {}, None
    for key, value in form.answers().items():
        facts = {"seen_rev": number(request.POST.get(f"{key}-rev", "")), "by": request.user, "now": timezone.now()}
        try:
            revs[key] = negotiation.answer(term=room.by_key[key].term, role=who, value=value, **facts).rev
        except Clash as found:
            clash = clash or found
    if clash:
        raise clash
    return revs

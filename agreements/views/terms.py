"""The pages on which the two decide: what we see, one page per difference, change one term."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions import drafting, negotiation, pages
from agreements.actions.refusals import Unreadable
from agreements.forms.keyed import KeyedForm
from agreements.forms.terms import AnswerForm
from agreements.reads import how as hows
from agreements.reads import talk as talks
from agreements.reads.room import Room, TermSeen
from agreements.rules.steps import Step, may_open
from agreements.rules.vocabulary import LEAVE_OUT, Answer, AskedOn, ClauseMode
from agreements.views.access import SignedIn, data_of, number, page, posted
from agreements.views.frame import back_from_the_side, in_room, names, url_of


@require_http_methods(["GET", "POST"])
@page(Step.SEEN)
def seen(request: SignedIn, room: Room) -> HttpResponse:
    """S3: what is the same, what is not the same yet, what is still open for one of them."""
    if request.method == "POST":
        done = pages.first_three if request.POST.get("today") == "three" else pages.agree_where_same
        done(draft=room.draft, **posted(request))
        return redirect("room", room.draft.pk)
    context = {"form": KeyedForm(), "overview": talks.overview(room), "later": talks.later(room), "step": Step.SEEN}
    return in_room(request, room, "room/seen.html", context)


@require_http_methods(["GET", "POST"])
@page(Step.TALK)
def talk(request: SignedIn, room: Room, key: str) -> HttpResponse:
    """S4: one difference; each choice is a button that decides it."""
    term = _term(room, key)
    if term.clause.asked != AskedOn.TURN:
        raise Http404
    problem = ""
    if "reason" in request.POST:
        try:
            return _say_reason(request, room, term)
        except Unreadable as error:
            problem = str(error)
    elif request.method == "POST":
        return _decide(request, room, term)
    context = {
        "form": KeyedForm(),
        "seen": term,
        "difference": talks.difference(room, term),
        "place": talks.place(room, term),
        "problem": problem,
        "typed": request.POST.get("reason", ""),
        "step": Step.SEEN,
        "back_url": back_from_the_side(room),
    }
    return in_room(request, room, "room/talk.html", context, status=422 if problem else 200)


def _say_reason(request: SignedIn, room: Room, term: TermSeen) -> HttpResponse:
    """The therapist's reason stands beside their answer now; what only waited for it stays open until the review."""
    drafting.give_reason(term=term.term, reason=request.POST["reason"], **posted(request))
    settled = pages.leave_rest_open(draft=room.draft, by=request.user, now=timezone.now())
    return redirect("room", room.draft.pk) if term.key in settled else redirect("talk", room.draft.pk, term.key)


def _decide(request: SignedIn, room: Room, term: TermSeen) -> HttpResponse:
    if talks.difference(room, term).bare:
        return redirect("talk", room.draft.pk, term.key)
    facts = {"term": term.term, "seen_rev": number(request.POST.get("rev", "")), **posted(request)}
    what, _colon, role = request.POST.get("choice", "").partition(":")
    if what == "open" and role in term.positions:
        negotiation.leave_open(interim_of=role, **facts)
    else:
        negotiation.decide(value=_chosen(term, what, role), **facts)
    return redirect("room", room.draft.pk)


@require_http_methods(["GET", "POST"])
@page(Step.SEEN)
def change(request: SignedIn, room: Room, key: str) -> HttpResponse:
    """Change one term, from the reading page or before it; then back to where the two were."""
    term = _term(room, key)
    if term.clause.asked in (AskedOn.HARD, AskedOn.HOW) and not may_open(Step.HARD, room.progress):
        raise Http404
    stands = term.answer or term.interim or (hows.proposal(term) if term.clause.asked == AskedOn.HOW else None)
    form = AnswerForm(data_of(request), terms=[term], names=names(room), shown={key: stands})
    if request.method == "POST" and form.is_valid():
        try:
            if term.clause.mode == ClauseMode.STATED:
                drafting.state_anew(term=term.term, value=form.answers()[key], **posted(request))
                return redirect("room", room.draft.pk)
            negotiation.decide(
                term=term.term,
                value=form.answers()[key],
                seen_rev=number(request.POST.get("rev", "")),
                **posted(request),
            )
            return redirect("room", room.draft.pk)
        except Unreadable as error:
            form.add_error(next(name for name in form.fields if name != "form_key"), str(error))
    context = {"form": form, "seen": term, "back_url": url_of(room, room.next_step)}
    return in_room(request, room, "room/change.html", context, status=422 if form.is_bound else 200)


def _term(room: Room, key: str) -> TermSeen:
    if key not in room.by_key or room.by_key[key].fixed:
        raise Http404
    return room.by_key[key]


def _chosen(term: TermSeen, what: str, role: str) -> Answer:
    """What a button of a difference page decides: somebody's answer, options by their keys, or nothing at all."""
    if what == "of":
        return term.position(role) or Answer()
    return Answer() if what == LEAVE_OUT else Answer(tuple(what.split()))

"""The two look again at what they signed: how did it go, what we see, one term at a time, what changes.

The pages on which each says how it went are made without what the other says, until both have said.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.actions import looking_back, negotiation
from agreements.actions.refusals import Unreadable
from agreements.forms.keyed import KeyedForm
from agreements.forms.looking_back import SinceForm
from agreements.forms.terms import AnswerForm
from agreements.reads import looking_back as looks
from agreements.reads import raised, talk, what_changes
from agreements.reads.room import Room
from agreements.rules.looking_back import Place
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer, Role
from agreements.views.access import SignedIn, data_of, page, posted, room_for
from agreements.views.frame import in_room, names, url_of

FILLED = "filled_in_for"  # in the session: whose filled-in answers the client may see until the tablet goes on


@require_http_methods(["GET", "POST"])
@page(Step.SINCE, positions_of=())
def since(request: SignedIn, room: Room) -> HttpResponse:
    """R1: the client says how it went. In the therapist's turn nothing of it is in the page; one tap says who has the
    tablet."""
    if not looking_back.is_closed(room) or request.method == "POST" and "mine" not in request.POST:
        return _since(request, room, Role.CLIENT)
    if request.method == "POST":
        looking_back.take_up_again(draft=room.draft, **posted(request))
        return redirect("since", room.draft.pk)
    return in_room(request, room, "room/since_closed.html", {"form": KeyedForm(), "step": Step.SINCE})


@require_http_methods(["GET", "POST"])
@page(Step.SINCE_THERAPIST, positions_of=())
def since_therapist(request: SignedIn, room: Room) -> HttpResponse:
    """R1: the therapist says how it went, when they have not said it alone before the session."""
    request.session.pop(FILLED, None)
    return _since(request, room, Role.THERAPIST)


def _since(request: SignedIn, room: Room, role: Role) -> HttpResponse:
    form = since_form(request, room, role)
    if request.method == "POST":
        complete = form.is_valid()
        if "stop" in request.POST or not complete:
            looking_back.keep(draft=room.draft, role=role, **said(form), by=request.user, now=timezone.now())
        if "stop" in request.POST:
            return redirect("pause", room.draft.pk)
        if complete:
            filled = looking_back.say(draft=room.draft, role=role, **said(form), **rest(request), **posted(request))
            if not filled or role is not Role.CLIENT:
                return redirect("room", room.draft.pk)
            request.session[FILLED] = str(room.draft.pk)
            return redirect("filled", room.draft.pk)
    both_said = {Step.SINCE, Step.SINCE_THERAPIST} <= room.taken
    context = {"form": form, "role": role, "stop_form": "since", "over": both_said}
    context["first_today"] = raised.first_today(room)
    context |= {"step": looking_back.PAGE[role]} if role is Role.CLIENT or both_said else {}
    return in_room(request, room, "room/since.html", context, status=422 if form.is_bound else 200)


def since_form(request: SignedIn, room: Room, role: Role) -> SinceForm:
    """The questions of one person, with what they said before and nothing of the other's."""
    rows, own = looks.rows(room, looks.signed(room)), looks.own(room, role)
    facts = {"rows": rows, "own": own, "names": names(room), "away": looks.away_asked(room, now=timezone.now())}
    return SinceForm(data_of(request), role=role, **facts, **rest(request))


def rest(request: SignedIn) -> dict[str, bool]:
    """Whether what was not answered counts as working."""
    return {"rest_works": request.POST.get("rest") == "working"}


def said(form: SinceForm) -> dict[str, dict[str, str]]:
    """What the form holds, as the action takes it."""
    return {"verdicts": {**form.verdicts()}, "openly": form.openly()}


@require_GET
@page(Step.SINCE_THERAPIST, positions_of=())
def filled(request: SignedIn, room: Room) -> HttpResponse:
    """What "All others are working" filled in for the client, who may change each; then the tablet goes over, and the
    page is closed."""
    if looking_back.is_closed(room) and request.session.get(FILLED) != str(room.draft.pk):
        return redirect("room", room.draft.pk)
    own = looks.own(room, Role.CLIENT)
    headings = [seen.text.heading for seen in room.terms if seen.key in own.verdicts and own.verdicts[seen.key].filled]
    context = {"headings": headings, "next_is_therapist": looking_back.is_closed(room)}
    context["form"] = KeyedForm()
    return in_room(request, room, "room/filled.html", context)


@require_http_methods(["GET", "POST"])
@page(Step.WORKS, positions_of=())
def works(request: SignedIn, room: Room) -> HttpResponse:
    """R2: where each term stands; what the therapist can do without strain is said aloud, every time."""
    if request.method == "POST":
        looking_back.talk_again(draft=room.draft, **posted(request))
        return redirect("room", room.draft.pk)
    both = looks.both(room)
    assert both is not None
    talk_about = looks.to_talk_about(room, both)
    keys = {seen.key for seen in talk_about}
    context = {
        "form": KeyedForm(),
        "said": looks.said_openly(room, both),
        "limit": looks.limit(both.rows),
        "repair": looks.repair(both.rows),
        "first_today": raised.first_today(room),
        "talk": talk_about,
        "step": Step.WORKS,
        "working": [row for row in both.at(Place.WORKING) if row.key not in keys],
        "unused": both.at(Place.UNUSED),
        "not_working": both.at(Place.NOT),
        "left_open": both.at(Place.OPEN),
    }
    return in_room(request, room, "room/works.html", context)


@require_http_methods(["GET", "POST"])
@page(Step.AGAIN, positions_of=())
def again(request: SignedIn, room: Room, key: str) -> HttpResponse:
    """R3: one term that is open again. Each choice is a button; words and several at once stand in a form."""
    both = looks.both(room)
    if both is None or key not in room.by_key or room.by_key[key].fixed:
        raise Http404
    seen, problem = what_changes.again(room, key, both), ""
    now = what_changes.signed_answer(seen.row)
    form = AnswerForm(
        data_of(request) if "save" in request.POST else None,
        terms=[seen.row.seen],
        names=names(room),
        shown={key: seen.row.seen.answer or now},
    )
    if request.method == "POST":
        try:
            if form.is_valid() or not form.is_bound:
                return _settle(request, room, seen, form.answers()[key] if form.is_bound else None)
        except Unreadable as error:
            problem = str(error)
    context = {"form": form, "again": seen, "seen": seen.row.seen, "problem": problem, "step": Step.AGAIN}
    context |= {"typed": request.POST.get("reason", ""), "back_url": url_of(room, Step.WORKS)}
    wrong = bool(problem) or form.is_bound
    return in_room(request, room, "room/again.html", context, status=422 if wrong else 200)


def _settle(request: SignedIn, room: Room, seen: what_changes.Again, given: Answer | None) -> HttpResponse:
    """Do what was pressed. Where the therapist's reason comes first, only that can be said."""
    facts = {"term": seen.row.seen.term, **posted(request)}
    if "reason" in request.POST:
        if not (reason := request.POST["reason"].strip()):
            raise Unreadable(_("Please write a few words."))
        negotiation.say_why(why=reason, why_of=Role.THERAPIST, **facts)
    if seen.bare:
        return redirect("again", room.draft.pk, seen.row.key)
    choice, now = request.POST.get("choice", ""), what_changes.signed_answer(seen.row)
    facts["seen_rev"] = int(rev) if (rev := request.POST.get("rev", "")).isdecimal() and len(rev) < 10 else 0
    if choice == what_changes.OPEN and now is not None:
        negotiation.leave_as_signed(signed=now, **facts)
    elif choice == what_changes.KEEP and now is not None:
        negotiation.decide(value=now, **facts)
    else:
        value = Answer() if choice == what_changes.LEAVE_OUT else given or Answer((choice,))
        negotiation.decide(value=value, **facts)
    return redirect("channel" if talk.channel_clashes(room_for(request, room.draft.pk)) else "room", room.draft.pk)

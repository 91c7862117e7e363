"""They look again at what they signed: how did it go, what we see, one term at a time, what changes.

The page on which each says how it went is made without what anybody else says, until all have said.
"""

from __future__ import annotations

from typing import Any

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
from agreements.rules.wording import listed
from agreements.views.access import SignedIn, data_of, page, posted, room_for
from agreements.views.frame import in_room, names, own_url, url_of

FILLED = "filled_in_for"  # in the session: who may see what was filled in for them, until the tablet goes on


@require_http_methods(["GET", "POST"])
@page(Step.SINCE, positions_of=())
def since(request: SignedIn, room: Room, who: str = Role.CLIENT) -> HttpResponse:
    """R1: the client says how it went, and after them each partner, alone. In somebody else's turn nothing of it is in
    the page; one tap says who has the tablet."""
    if who not in room.answering or who == Role.THERAPIST:
        raise Http404
    left = looks.still_to_say(room)
    if any(party in left for party in looks.before(room, who)):
        return redirect("room", room.draft.pk)
    if not looks.is_closed(room, who) or request.method == "POST" and "mine" not in request.POST:
        return _since(request, room, who)
    if request.method == "POST":
        looking_back.take_up_again(draft=room.draft, who=who, **posted(request))
        return redirect(own_url(room, Step.SINCE, who))
    context = {"form": KeyedForm(), "step": Step.SINCE, "answering": room.parties[who], "left": left}
    context["waits_for"] = listed([party.called for party in left])
    return in_room(request, room, "room/since_closed.html", context)


@require_http_methods(["GET", "POST"])
@page(Step.SINCE_THERAPIST, positions_of=())
def since_therapist(request: SignedIn, room: Room) -> HttpResponse:
    """R1: the therapist says how it went, when they have not said it alone before the session."""
    return _since(request, room, Role.THERAPIST)


def _since(request: SignedIn, room: Room, who: str) -> HttpResponse:
    request.session.pop(FILLED, None)
    form = since_form(request, room, who)
    if request.method == "POST":
        complete = form.is_valid()
        if "stop" in request.POST or not complete:
            looking_back.keep(draft=room.draft, who=who, **said(form), by=request.user, now=timezone.now())
        if "stop" in request.POST:
            return redirect("pause", room.draft.pk)
        if complete:
            filled = looking_back.say(draft=room.draft, who=who, **said(form), **rest(request), **posted(request))
            if not filled or who == Role.THERAPIST:
                return redirect("room", room.draft.pk)
            request.session[FILLED] = [str(room.draft.pk), who]
            return redirect("filled", room.draft.pk)
    return in_room(request, room, "room/since.html", _whose(room, form, who), status=422 if form.is_bound else 200)


def _whose(room: Room, form: SinceForm, who: str) -> dict[str, Any]:
    """What one person's page shows beside the questions: who had the tablet before, each with the way to change it."""
    over = not looks.still_to_say(room)
    had_it = [] if over else looks.before(room, who)
    return {
        "form": form,
        "answering": room.parties[who],
        "had_it": [(party, own_url(room, Step.SINCE, party.key)) for party in had_it],
        "stop_form": "since",
        "over": over,
        "first_today": raised.first_today(room),
        "step": Step.SINCE if over or who == Role.CLIENT else None,
    }


def since_form(request: SignedIn, room: Room, who: str) -> SinceForm:
    """The questions of one person, with what they said before and nothing of anybody else's."""
    signed = looks.signed(room)
    rows, own = looks.rows(room, signed), looks.own(room, who)
    facts = {"rows": rows, "own": own, "names": names(room), "away": looks.away_asked(room, now=timezone.now())}
    joined = looks.joined_since(signed, room.parties[who])
    return SinceForm(data_of(request), who=who, joined=joined, **facts, **rest(request))


def rest(request: SignedIn) -> dict[str, bool]:
    """Whether what was not answered counts as working."""
    return {"rest_works": request.POST.get("rest") == "working"}


def said(form: SinceForm) -> dict[str, dict[str, str]]:
    """What the form holds, as the action takes it."""
    return {"verdicts": {**form.verdicts()}, "openly": form.openly()}


@require_GET
@page(Step.SINCE, positions_of=())
def filled(request: SignedIn, room: Room) -> HttpResponse:
    """What "All others are working" filled in for who has the tablet, who may change each; then the tablet goes on, and
    the page is closed."""
    draft, who = request.session.get(FILLED, ("", ""))
    if draft != str(room.draft.pk) or who not in room.answering:
        return redirect("room", room.draft.pk)
    own = looks.own(room, who)
    headings = [seen.text.heading for seen in room.terms if seen.key in own.verdicts and own.verdicts[seen.key].filled]
    context = {"headings": headings, "left": looks.still_to_say(room), "mine": own_url(room, Step.SINCE, who)}
    context["form"] = KeyedForm()
    return in_room(request, room, "room/filled.html", context)


@require_http_methods(["GET", "POST"])
@page(Step.WORKS, positions_of=())
def works(request: SignedIn, room: Room) -> HttpResponse:
    """R2: where each term stands; what the therapist can do without strain is said aloud, every time."""
    if request.method == "POST":
        looking_back.talk_again(draft=room.draft, **posted(request))
        return redirect("room", room.draft.pk)
    heard = looks.all_said(room)
    assert heard is not None
    talk_about = looks.to_talk_about(room, heard)
    keys = {seen.key for seen in talk_about}
    context = {
        "form": KeyedForm(),
        "said": [(each, own_url(room, Step.SINCE, each.key)) for each in looks.said_openly(room, heard)],
        "limit": looks.limit(heard.rows),
        "repair": looks.repair(heard.rows),
        "first_today": raised.first_today(room),
        "talk": talk_about,
        "step": Step.WORKS,
        "working": [row for row in heard.at(Place.WORKING) if row.key not in keys],
        "asked_about": [row for row in heard.at(Place.WORKING) if row.key in keys],
        "unused": heard.at(Place.UNUSED),
        "not_working": heard.at(Place.NOT),
        "left_open": heard.at(Place.OPEN),
    }
    return in_room(request, room, "room/works.html", context)


@require_http_methods(["GET", "POST"])
@page(Step.AGAIN, positions_of=())
def again(request: SignedIn, room: Room, key: str) -> HttpResponse:
    """R3: one term that is open again. Each choice is a button; words and several at once stand in a form."""
    heard = looks.all_said(room)
    if heard is None or key not in room.by_key or room.by_key[key].fixed:
        raise Http404
    seen, problem = what_changes.again(room, key, heard), ""
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
    context["anew_url"] = own_url(room, Step.SINCE, Role.THERAPIST)
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
    if seen.strained and (given is None or what_changes.says_the_same(seen.row, given)):
        raise Unreadable(seen.strained)
    facts["seen_rev"] = int(rev) if (rev := request.POST.get("rev", "")).isdecimal() and len(rev) < 10 else 0
    if choice == what_changes.OPEN and now is not None:
        negotiation.leave_as_signed(signed=now, **facts)
    elif choice == what_changes.KEEP and now is not None:
        negotiation.decide(value=now, **facts)
    else:
        value = Answer() if choice == what_changes.LEAVE_OUT else given or Answer((choice,))
        negotiation.decide(value=value, **facts)
    return redirect("channel" if talk.channel_clashes(room_for(request, room.draft.pk)) else "room", room.draft.pk)

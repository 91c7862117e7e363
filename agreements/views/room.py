"""The first pages in the room: start, crisis box, how private texts are; and stopping for today."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.actions import drafting, negotiation, pages, people, positions
from agreements.actions.refusals import NotNow, Unreadable
from agreements.forms.keyed import KeyedForm
from agreements.forms.people import AboutMeForm
from agreements.forms.terms import ChannelForm
from agreements.models import Draft
from agreements.reads import looking_back, notices, raised, resources, talk
from agreements.reads import turn as turns
from agreements.reads.room import Room
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer, AskedOn, Contact, Outcome, Voice
from agreements.rules.wording import listed
from agreements.views.access import SignedIn, data_of, must_begin, page, posted, room_for
from agreements.views.frame import in_room, url_of


@require_GET
def room(request: SignedIn, draft_id: UUID) -> HttpResponse:
    """Where the two are: the next visit opens at the page where they stopped."""
    entered = room_for(request, draft_id)
    if must_begin(request, entered):
        return redirect("client", entered.draft.agreement.client_id)
    if entered.next_step is Step.TALK:
        return redirect("talk", draft_id, talk.to_talk_about(entered)[0].key)
    if entered.next_step is Step.AGAIN:
        return redirect("again", draft_id, looking_back.next_to_talk(entered).key)
    return redirect(url_of(entered, entered.next_step))


@require_GET
def rev(request: SignedIn, draft_id: UUID) -> HttpResponse:
    """The revision of the text, for a page that asks if it is still the one it shows."""
    found = Draft.objects.filter(pk=draft_id, agreement__client__therapist=request.user)
    return HttpResponse(str(get_object_or_404(found.only("rev")).rev), content_type="text/plain")


@require_http_methods(["GET", "POST"])
@page(Step.START)
def start(request: SignedIn, room: Room) -> HttpResponse:
    """S0: begin, the client first or together; or say no texting, or not for now."""
    if request.method == "POST":
        outcome = request.POST.get("outcome") or (Outcome.TEXTING if room.texting else Outcome.NO_TEXTING)
        if outcome not in Outcome:
            raise Http404
        if way := request.POST.get("way"):
            together = way == "together"
            positions.choose_way(draft=room.draft, together=together, by=request.user, now=timezone.now())
        negotiation.head_for(draft=room.draft, outcome=Outcome(outcome), by=request.user, now=timezone.now())
        pages.take(draft=room.draft, step=Step.START, **posted(request))
        return redirect("room", room.draft.pk)
    changed = notices.changed(room.draft.agreement)
    context = {"form": KeyedForm(), "step": Step.START, "stop_url": "", "changed": changed}
    context["everybody"] = listed(list(room.answering.values()))
    context |= {"first_today": raised.first_today(room), "begun": turns.begun(room)}
    return in_room(request, room, "room/start.html", context)


@require_http_methods(["GET", "POST"])
@page(Step.BOX)
def box(request: SignedIn, room: Room) -> HttpResponse:
    """S1: the crisis box, with the place, voice and contact it was built from."""
    if request.method == "POST":
        pages.take(draft=room.draft, step=Step.BOX, **posted(request))
        return redirect("room", room.draft.pk)
    person = room.draft.agreement.client
    facts = {
        "place": resources.place_name(person.country, person.area),
        "voice": Voice(person.voice).label,
        "contact": Contact(person.contact).label,
    }
    again = room.draft.review_id is not None and Step.BOX not in room.taken
    facts |= {"again": again, "changed": notices.changed(room.draft.agreement) if again else ()}
    return in_room(request, room, "room/box.html", {"form": KeyedForm(), "step": Step.BOX, **facts})


@require_http_methods(["GET", "POST"])
@page(Step.BOX)
def about_me(request: SignedIn, room: Room) -> HttpResponse:
    """The client changes where they are, how they can speak, how they can be reached."""
    person = room.draft.agreement.client
    form = AboutMeForm(
        data_of(request),
        places=resources.places(),
        initial={
            "place": resources.place_key(person.country, person.area),
            "travels_to": person.travels_to,
            "voice": person.voice,
            "registered": person.registered,
            "contact": person.contact,
            "contact_person": person.contact_person,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            people.change_client(client=person, by=request.user, now=timezone.now(), **form.values())
            return redirect("box", room.draft.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    context = {"form": form, "back_url": url_of(room, Step.BOX)}
    return in_room(request, room, "room/about_me.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@page(Step.PRIVACY)
def privacy(request: SignedIn, room: Room) -> HttpResponse:
    """S1: ordinary texts are not private; the client chooses freely how far they may go (H13)."""
    [seen] = room.asked(AskedOn.PRIVACY)
    if request.method == "POST":
        negotiation.decide(
            term=seen.term, value=Answer((request.POST.get("choice", ""),)), seen_rev=seen.term.rev, **posted(request)
        )
        entered = room_for(request, room.draft.pk)
        return redirect("channel" if talk.channel_clashes(entered) else "room", room.draft.pk)
    context = {"form": KeyedForm(), "seen": seen, "step": Step.PRIVACY}
    return in_room(request, room, "room/privacy.html", context)


@require_http_methods(["GET", "POST"])
@page(Step.PRIVACY, again=Step.AGAIN)
def channel(request: SignedIn, room: Room) -> HttpResponse:
    """Another way for messages, when the one prepared does not fit what the client chose."""
    excluded = talk.excluded_channels(room)
    chosen = "" if room.draft.channel in excluded else room.draft.channel
    initial = {"channel": chosen, "text_number": room.draft.text_number}
    form = ChannelForm(data_of(request), initial=initial, excluded=excluded, client=room.client.called)
    if request.method == "POST" and form.is_valid():
        try:
            drafting.change_channel(
                draft=room.draft,
                channel=form.cleaned_data["channel"],
                text_number=form.cleaned_data["text_number"],
                **posted(request),
            )
            return redirect("room", room.draft.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    context = {
        "form": form,
        "clashes": bool(excluded),
        "back_url": url_of(room, room.next_step if room.draft.review_id else Step.PRIVACY),
    }
    return in_room(request, room, "room/channel.html", context, status=422 if form.is_bound else 200)


@require_POST
def head_for(request: SignedIn, draft_id: UUID) -> HttpResponse:
    """The two change their mind about where this round is going."""
    entered = room_for(request, draft_id)
    outcome = request.POST.get("outcome", "")
    try:
        if outcome in Outcome:
            negotiation.head_for(draft=entered.draft, outcome=Outcome(outcome), by=request.user, now=timezone.now())
    except NotNow as refused:
        messages.info(request, str(refused))
    return redirect("room", draft_id)


@require_http_methods(["GET", "POST"])
def pause(request: SignedIn, draft_id: UUID) -> HttpResponse:
    """Stop for today: everything is kept, and the next visit opens at the same place."""
    entered = room_for(request, draft_id)
    if request.method == "POST":
        return redirect("pause", draft_id)
    if must_begin(request, entered):
        return redirect("client", entered.draft.agreement.client_id)
    context = {"stop_url": "", "title": _("Stopped for today")}
    context["waits_for"] = listed([party.called for party in entered.awaited])
    return in_room(request, entered, "room/pause.html", context)

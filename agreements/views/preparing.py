"""Before the session, the therapist alone: their usual answers, and their own answers for this client."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions import drafting, looking_back, people
from agreements.actions.refusals import Unreadable
from agreements.forms.terms import PrepareForm
from agreements.models import UsualAnswer, UsualChannel
from agreements.reads import looking_back as looks
from agreements.reads import offers
from agreements.reads import usual as usuals
from agreements.reads.room import Room
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer, AskedOn, ClauseMode, Role
from agreements.views.access import SignedIn, data_of, page, posted
from agreements.views.frame import names
from agreements.views.looking_back import rest, said, since_form
from agreements.views.sessions import go_in


@require_http_methods(["GET", "POST"])
@page(Step.PREPARE, again=Step.BOX)
def prepare(request: SignedIn, room: Room) -> HttpResponse:
    """The usual answers, tweaked for this client; the limit is always said anew. Looking again: how did it go?"""
    if room.draft.review_id:
        return _how_it_went(request, room)
    own = [seen for seen in room.terms if not seen.fixed]
    asked = [seen for seen in own if seen.clause.asked == AskedOn.TURN or seen.clause.mode == ClauseMode.STATED]
    form = PrepareForm(
        data_of(request),
        terms=asked,
        names=names(room),
        shown={seen.key: seen.position(Role.THERAPIST) for seen in asked},
        reasons={seen.key: seen.positions[Role.THERAPIST].reason for seen in asked if Role.THERAPIST in seen.positions},
        initial={"channel": room.draft.channel, "text_number": room.draft.text_number or room.practice.phone},
    )
    if request.method == "POST" and form.is_valid():
        try:
            drafting.prepare(
                draft=room.draft,
                **posted(request),
                channel=form.cleaned_data["channel"],
                text_number=form.cleaned_data["text_number"],
                answers=form.answers(),
                reasons=form.reasons(),
            )
            later = request.POST.get("then") == "later"
            return redirect("client", room.draft.agreement.client_id) if later else go_in(request, room.draft)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    context = {"form": form, "client": room.client, "draft": room.draft, "room": room}
    return render(request, "agreements/desk/prepare.html", context, status=422 if form.is_bound else 200)


def _how_it_went(request: SignedIn, room: Room) -> HttpResponse:
    """The therapist alone says how it went. Nobody sees anything of it before all have said."""
    if not looks.still_to_say(room):
        return redirect("client", room.draft.agreement.client_id)  # from now on they change it in the room
    form = since_form(request, room, Role.THERAPIST)
    if request.method == "POST":
        if form.is_valid():
            looking_back.say(draft=room.draft, who=Role.THERAPIST, **said(form), **rest(request), **posted(request))
            return redirect("client", room.draft.agreement.client_id)
        looking_back.keep(draft=room.draft, who=Role.THERAPIST, **said(form), by=request.user, now=timezone.now())
    context = {"form": form, "client": room.client, "draft": room.draft, "room": room}
    return render(request, "agreements/desk/since.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def usual(request: SignedIn, family: str = "") -> HttpResponse:
    """A therapist's usual answers, set once for each kind of agreement."""
    editions = offers.editions(texting_only=True)
    found = [edition for edition in editions if edition.family.key == family or len(editions) == 1]
    if not found:
        return render(request, "agreements/desk/usual_families.html", {"editions": editions})
    [edition] = found
    kept = {row.clause_key: row for row in UsualAnswer.objects.filter(therapist=request.user, family=edition.family)}
    channel = UsualChannel.objects.filter(therapist=request.user).first()
    form = PrepareForm(
        data_of(request),
        terms=usuals.questions(edition),
        names={"client": _("your client"), "therapist": request.user.called, "phone": ""},
        shown={key: Answer.from_json(row.value) for key, row in kept.items()},
        reasons={key: row.reason for key, row in kept.items()},
        initial={"channel": channel.channel if channel else "", "text_number": request.user.text_number},
    )
    if request.method == "POST" and form.is_valid():
        people.keep_usual_answers(
            by=request.user,
            now=timezone.now(),
            family=edition.family,
            channel=form.cleaned_data["channel"],
            text_number=form.cleaned_data["text_number"],
            answers=form.answers(),
            reasons=form.reasons(),
        )
        return redirect("home")
    context = {"form": form, "family": edition.family}
    return render(request, "agreements/desk/usual.html", context, status=422 if form.is_bound else 200)

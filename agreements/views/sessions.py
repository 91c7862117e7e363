"""Session mode begins and ends. To leave it, or to open a screen that lay idle, the therapist gives their password or
signs out."""

from __future__ import annotations

from uuid import UUID

from allauth.account.forms import ReauthenticateForm
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.actions import sessions
from agreements.models import Draft
from agreements.reads import recap
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.views import frame, naming, session_mode
from agreements.views.access import SignedIn, room_for


def go_in(request: SignedIn, draft: Draft) -> HttpResponse:
    """The two go on where they were, on a screen that is theirs alone. Before that the therapist prepares, alone."""
    room = room_for(request, draft.pk)
    if room.next_step is Step.PREPARE:
        return redirect("prepare", draft.pk)
    _sit_down(request, room)
    return redirect("room", draft.pk)


def go_to(request: SignedIn, room: rooms.Room, url: str) -> HttpResponse:
    """The two sit down to one page beside the journey of a round that is kept."""
    sessions.begin(draft=room.draft, by=request.user, now=timezone.now())
    session_mode.bind(request, room.draft.pk)
    return redirect(url)


def go_straight_in(request: SignedIn, url: str) -> None:
    """Begin session mode when that address is a page of an open round of theirs: it is shown next."""
    draft_id = session_mode.round_of(url)
    draft = Draft.objects.filter(pk=draft_id, agreement__client__therapist=request.user).select_related("agreement")
    if (found := draft.first()) and (room := rooms.enter(found.pk)).next_step not in (Step.PREPARE, Step.KEPT):
        _sit_down(request, room)


def _sit_down(request: SignedIn, room: rooms.Room) -> None:
    """Session mode begins; who was here before is told in one line how far they came."""
    if last_time := recap.line(room):
        messages.info(request, last_time)
    sessions.begin(draft=room.draft, by=request.user, now=timezone.now())
    session_mode.bind(request, room.draft.pk)


@require_http_methods(["GET", "POST"])
def leave(request: SignedIn) -> HttpResponse:
    """The therapist takes the screen back; the client page is next."""
    if (binding := session_mode.bound(request)) is None:
        return redirect("home")
    form = _is_them(request) if request.method == "POST" else ReauthenticateForm(user=request.user)
    if form.is_valid():
        draft = get_object_or_404(Draft.objects.select_related("agreement"), pk=binding.draft)
        sessions.end(draft=draft, by=request.user, now=timezone.now())
        session_mode.release(request)
        naming.cover(request)
        return redirect("client", draft.agreement.client_id)
    context = {"form": form, "box": frame.box(rooms.enter(UUID(binding.draft), positions_of=()))}
    return render(request, "agreements/session/leave.html", context, status=422 if form.is_bound else 200)


@require_GET
def back(request: SignedIn) -> HttpResponse:
    """From a closed page to where the two are."""
    binding = session_mode.bound(request)
    return redirect("room", binding.draft) if binding else redirect("home")


@require_POST
def lock(request: SignedIn) -> HttpResponse:
    """The screen lay idle. What was saved is saved."""
    session_mode.lock(request, request.POST.get("at", ""))
    return redirect("session_back")


@require_POST
def here(request: SignedIn) -> HttpResponse:
    """Somebody is still there: a hand moved, or pressed “Keep going”."""
    binding = session_mode.bound(request)
    if binding is not None and not binding.locked:
        session_mode.seen(request)
    return HttpResponse(status=403 if binding and binding.locked else 204)


@require_POST
def unlock(request: SignedIn) -> HttpResponse:
    """The therapist opens the screen again, on the page it showed."""
    if session_mode.bound(request) is None:
        return redirect("home")
    form = _is_them(request)
    if form.is_valid():
        return redirect(session_mode.unlock(request) or "session_back")
    context = {"form": form, "alone": session_mode.is_alone(request)}
    return render(request, "agreements/session/idle.html", context, status=403)


def _is_them(request: HttpRequest) -> ReauthenticateForm:
    """The password form; after many wrong ones it waits, as the sign-in page does."""
    if ratelimit.consume(request, action="reauthenticate", user=request.user):
        return ReauthenticateForm(request.POST, user=request.user)
    messages.info(request, _("Too many tries. Please wait a little, or sign out."))
    return ReauthenticateForm(user=request.user)

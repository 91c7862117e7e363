"""A reminder to the client: asked for in the room, stopped by one tap in the mail. Nobody is named on that page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agreements.actions import wishes
from agreements.actions.refusals import NotNow, Unreadable
from agreements.forms.wishes import WishForm
from agreements.reads import afterwards
from agreements.reads.room import Room
from agreements.rules.steps import Step
from agreements.views.access import SignedIn, data_of, page, posted
from agreements.views.frame import in_room


@sensitive_post_parameters("email")
@require_http_methods(["GET", "POST"])
@page(Step.KEPT)
def ask(request: SignedIn, room: Room) -> HttpResponse:
    """Would the client like a reminder, and to which address is it safe to write? Nothing is chosen beforehand."""
    agreement, form = room.draft.agreement, WishForm(data_of(request))
    if room.version is None or room.version.review_on is None or not _holds(room) or not wishes.may_ask(agreement):
        return redirect("kept", room.draft.pk)
    if request.method == "POST" and form.is_valid():
        try:
            wishes.ask(agreement=agreement, email=form.cleaned_data["email"], **posted(request))
            return redirect("reminder", room.draft.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
        except NotNow as error:
            form.add_error(None, str(error))
    kept = reverse("kept", args=[room.draft.pk])
    context = {"form": form, "wish": wishes.of(agreement), "stop_url": "", "back_url": kept}
    return in_room(request, room, "room/reminder.html", context, 422 if form.is_bound else 200)


def _holds(room: Room) -> bool:
    found = afterwards.of_version(room.version, timezone.now())
    return found is not None and found[1].in_force


@require_POST
@page(Step.KEPT)
def take_back(request: SignedIn, room: Room) -> HttpResponse:
    """No reminder after all."""
    if wish := wishes.of(room.draft.agreement):
        wishes.stop(wish=wish, by=request.user, now=timezone.now())
    return redirect("reminder", room.draft.pk)


@login_not_required
@csrf_exempt  # a mail program stops it without ever having seen the page (RFC 8058); the address itself is the key
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The page in the mail: looking changes nothing, one tap stops it."""
    wish = wishes.by_token(token)
    if wish is None:
        raise Http404
    if request.method == "POST":
        wishes.stop(wish=wish, by=None, now=timezone.now())
        wish.refresh_from_db(fields=["stopped_at"])
    response = render(request, "agreements/public/stop.html", {"stopped": wish.stopped_at is not None})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

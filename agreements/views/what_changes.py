"""Looking again comes to an end: read what changes and sign it, keep all as it is, or move the day."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions import reviews, sealing
from agreements.actions.refusals import Unreadable, Unsafe
from agreements.forms.keyed import KeyedForm
from agreements.forms.looking_back import MoveForm
from agreements.reads import paper, what_changes
from agreements.reads.room import Room
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role
from agreements.views.access import SignedIn, data_of, page, posted
from agreements.views.frame import in_room, own_url, url_of

WEEKS = (1, 2, 4)


@require_http_methods(["GET", "POST"])
@page(Step.CHANGES)
def changes(request: SignedIn, room: Room) -> HttpResponse:
    """R4: was and now, and what stays; then both sign. Where nothing changes, each agrees with one tap."""
    held = False
    if (who := request.POST.get("agree")) in room.answering:
        reviews.agree_to_keep(draft=room.draft, who=who, **posted(request))
        return redirect("changes", room.draft.pk)
    if request.method == "POST":
        try:
            sealing.freeze(draft=room.draft, by=request.user, now=timezone.now())
            return redirect("sign", room.draft.pk, Role.CLIENT)
        except Unsafe:
            held = True
    if room.looked:
        return in_room(request, room, "room/looked.html", {"look": room.draft.look, "stop_url": ""})
    context = {"form": KeyedForm(), "held": held, "step": Step.CHANGES, **_read(room)}
    template = "room/unchanged.html" if context["changes"].same else "room/changes.html"
    return in_room(request, room, template, context, status=422 if held else 200)


def _read(room: Room) -> dict[str, object]:
    """What would be signed now beside what was, what the rules say of it, and who agreed to leave it as it is."""
    now, rows = timezone.now(), paper.rows_for(room)
    seen = what_changes.changes(room, now=now)
    found = [] if seen.same else sealing.findings(room, seen.after, rows, now=now)
    return {
        "changes": seen,
        "record": seen.after,
        "blocked": [each for each in found if each.blocks and not each.asks],
        "asked": [each for each in found if each.asks],
        "warned": [each for each in found if not each.blocks],
        "agreed": [who for who in room.answering if reviews.has_agreed(who, room.draft.rev) in room.taken],
        "strained": what_changes.strain(room) if seen.same else [],
        "anew_url": own_url(room, Step.SINCE, Role.THERAPIST),
        "next_on": what_changes.next_on(room, what_changes.today(room, now)),
    }


@require_http_methods(["GET", "POST"])
@page(Step.BOX)
def move(request: SignedIn, room: Room) -> HttpResponse:
    """Both move the day: only here, with both in the room. Nobody moves it alone, and nothing moves it by itself."""
    if room.draft.review is None:
        raise Http404
    form = MoveForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            reviews.move(draft=room.draft, due_on=form.day(), **posted(request))
            day = date_format(form.day(), "j F Y")
            words = _("You both moved it. We look again on %(day)s.")
            if len(room.answering) > 2:
                words = _("You all moved it. We look again on %(day)s.")
            messages.info(request, words % {"day": day})
            return redirect("pause", room.draft.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    today = what_changes.today(room, timezone.now())
    context = {"form": form, "days": [today + timedelta(weeks=weeks) for weeks in WEEKS], "review": room.draft.review}
    context["back_url"] = url_of(room, room.next_step)
    return in_room(request, room, "room/move.html", context, status=422 if form.is_bound else 200)

"""An edition as two sample people would meet it, for those who keep the library. Nothing is saved, nothing can be sent.

Each screen is the view of the room itself, given a room that exists in memory only, and shown in a frame of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import wraps
from inspect import unwrap
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from agreements.actions.pdf import RenderRefused
from agreements.actions.sample_paper import sample_paper
from agreements.models import Edition, Practice
from agreements.reads import library, sample
from agreements.reads.room import Room
from agreements.reads.sample import Stage
from agreements.rules.vocabulary import Outcome, Paper
from agreements.views import agreeing, room, terms, turn
from agreements.views.access import View

LIVE = re.compile(rb'(?<=<a)([^>]*?)\shref="[^"]*"|<script\b[^>]*></script>')
BAND = re.compile(rb'<header class="top">.*?</header>', re.DOTALL)  # Back and the save status: here an empty band


@dataclass(frozen=True)
class Screen:
    """One page of the journey: its name for the editor, the view that makes it, how far the sample people are."""

    label: str | Promise
    view: View
    stage: Stage


SCREENS = {
    "start": Screen(_lazy("Start"), room.start, Stage.BEGUN),
    "box": Screen(_lazy("Crisis box"), room.box, Stage.BEGUN),
    "privacy": Screen(_lazy("Privacy"), room.privacy, Stage.BEGUN),
    "turn": Screen(_lazy("The client’s turn"), turn.turn, Stage.BEGUN),
    "seen": Screen(_lazy("What we see"), terms.seen, Stage.ANSWERED),
    "talk": Screen(_lazy("A difference"), terms.talk, Stage.ANSWERED),
    "hard": Screen(_lazy("If it gets hard"), agreeing.hard, Stage.ANSWERED),
    "how": Screen(_lazy("How we text"), agreeing.how, Stage.ANSWERED),
    "what-if": Screen(_lazy("What would happen if …"), agreeing.what_if, Stage.DECIDED),
    "read": Screen(_lazy("Read it through"), agreeing.read, Stage.DECIDED),
}
NOBODY_TEXTS = {
    "start": Screen(_lazy("Start"), room.start, Stage.BEGUN),
    "box": Screen(_lazy("Crisis box"), room.box, Stage.BEGUN),
    "short": Screen(_lazy("The one page"), agreeing.short, Stage.DECIDED),
}


def for_editors(view: View) -> View:
    """A page for those who may look at editions in the admin; for others there is nothing here."""

    @require_GET
    @wraps(view)
    def inner(request: HttpRequest, edition_id: UUID, **kwargs: Any) -> HttpResponse:
        if not (admin.site.has_permission(request) and request.user.has_perm("agreements.view_edition")):  # type: ignore[union-attr]
            raise Http404
        try:
            edition = library.whole(edition_id)
        except ObjectDoesNotExist:
            raise Http404 from None
        return view(request, edition, **kwargs)

    return inner


@for_editors
@xframe_options_sameorigin
def preview(request: HttpRequest, edition: Edition) -> HttpResponse:
    """One screen at a time, narrow and wide, and the way to the papers."""
    known = screens(edition)
    chosen = request.GET.get("screen", "")
    context = {
        **admin.site.each_context(request),
        "title": _("Preview: %(edition)s") % {"edition": edition},
        "edition": edition,
        "opts": Edition._meta,
        "screens": [(name, screen.label) for name, screen in known.items()],
        "chosen": chosen if chosen in known else next(iter(known)),
        "papers": Paper.choices,
    }
    return render(request, "admin/agreements/edition/preview.html", context)


@for_editors
@xframe_options_sameorigin
def screen(request: HttpRequest, edition: Edition, name: str) -> HttpResponse:
    """One page as the two would see it, without scripts and links; the frame around it lets nothing be sent."""
    if name not in (known := screens(edition)):
        raise Http404
    try:
        entered = _room(edition, known[name].stage)
        answer = unwrap(known[name].view)(request, entered, **_more(name, entered))
    except (sample.NotWhole, ValueError, LookupError) as fault:
        return _not_yet(request, fault)
    answer.content = LIVE.sub(lambda found: found[1] or b"", BAND.sub(b"", answer.content))
    return answer


@for_editors
def sample_pdf(request: HttpRequest, edition: Edition, paper: str) -> HttpResponse:
    """The paper of the sample people: marked as a sample, not sealed, not kept."""
    if paper not in Paper:
        raise Http404
    try:
        made = sample_paper(edition=edition, practice=Practice.objects.get(), paper=Paper(paper), now=timezone.now())
    except (RenderRefused, ValueError, LookupError) as fault:
        return _not_yet(request, fault)
    headers = {"Content-Disposition": f'inline; filename="sample-{paper}.pdf"'}
    return HttpResponse(made.pdf, content_type="application/pdf", headers=headers)


def screens(edition: Edition) -> dict[str, Screen]:
    """The screens that this edition has."""
    begun = _begun(edition)
    if begun is not None and begun.draft.outcome != Outcome.TEXTING:
        return NOBODY_TEXTS
    without = set() if begun is None or sample.differing(begun) else {"talk"}
    return {name: screen for name, screen in SCREENS.items() if name not in without}


def _begun(edition: Edition) -> Room | None:
    try:
        return _room(edition, Stage.BEGUN)
    except sample.NotWhole:
        return None


def _room(edition: Edition, stage: Stage) -> Room:
    return sample.room(edition, Practice.objects.get(), stage=stage, now=timezone.now())


def _more(name: str, entered: Room) -> dict[str, str]:
    differs = sample.differing(entered)
    return {"key": differs.key} if name == "talk" and differs else {}


def _not_yet(request: HttpRequest, fault: Exception) -> HttpResponse:
    return render(request, "admin/agreements/edition/not_yet.html", {"fault": str(fault)}, status=422)

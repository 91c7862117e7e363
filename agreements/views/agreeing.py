"""The second half: if it gets hard, how we text, what would happen if, and reading it through."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements.actions import documents, negotiation, pages, positions, sealing
from agreements.actions.refusals import Unreadable, Unsafe
from agreements.forms.fits import FitForm
from agreements.forms.hard import HardForm, WhyForm
from agreements.forms.keyed import KeyedForm
from agreements.forms.what_if import MomentForm
from agreements.reads import how as hows
from agreements.reads import paper, rehearsing
from agreements.reads import talk as talks
from agreements.reads.room import Room
from agreements.rules.steps import Step, reading
from agreements.rules.vocabulary import Answer, AskedOn, Role
from agreements.views import session_mode
from agreements.views.access import SignedIn, data_of, number, page, posted
from agreements.views.frame import box, in_room, joined, names, url_of


@require_http_methods(["GET", "POST"])
@page(Step.HARD)
def hard(request: SignedIn, room: Room) -> HttpResponse:
    """If it gets hard: the therapist's limit said aloud, too much, notice, ending. Each is answered on its own."""
    asked = room.asked(AskedOn.HARD)
    form = HardForm(
        data_of(request),
        terms=asked,
        names=names(room),
        shown={seen.key: seen.answer for seen in asked},
        stated={seen.key: seen.position(Role.THERAPIST) for seen in asked},
    )
    revs = {seen.key: number(request.POST.get(f"{seen.key}-rev", str(seen.term.rev))) for seen in asked}
    if request.method == "POST":
        complete = form.is_valid()
        if "stop" in request.POST:
            pages.keep_hard(draft=room.draft, values=form.so_far(), revs=revs, by=request.user, now=timezone.now())
            return redirect("pause", room.draft.pk)
        if complete:
            pages.decide_hard(draft=room.draft, values=form.answers(), revs=revs, **posted(request))
            return redirect("room", room.draft.pk)
    limits = [
        {"seen": seen, "words": paper.printed(room, seen, answer), "fields": [field]}
        for seen, answer, field in form.limits()
    ]
    context = {"form": form, "limits": limits, "revs": revs, "step": Step.HARD, "stop_form": "hard"}
    return in_room(request, room, "room/hard.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@page(Step.HOW)
def how(request: SignedIn, room: Room) -> HttpResponse:
    """How we text: what the practice suggests, taken in one tap or changed one by one."""
    given = hows.said(room)
    missing, unfit = hows.still_to_choose(room), hows.to_change(room, given)
    if request.method == "POST" and not (missing or unfit):
        pages.take_suggested(draft=room.draft, **posted(request))
        return redirect("room", room.draft.pk)
    stopped = request.method == "POST"
    context = {
        "form": KeyedForm(),
        "rows": hows.rows(room, given),
        "missing": missing if stopped else [],
        "unfit": unfit if stopped else [],
        "step": Step.HOW,
    }
    return in_room(request, room, "room/how.html", context, status=422 if stopped else 200)


@require_http_methods(["GET", "POST"])
@page(Step.HOW)
def fits(request: SignedIn, room: Room, key: str) -> HttpResponse:
    """Each may say of suggested words that they work, can be lived with, or do not work; then they are changed."""
    seen = room.by_key.get(key)
    if seen is None or not hows.can_fit(seen):
        raise Http404
    words = hows.stands(seen) or Answer()
    form = FitForm(data_of(request), called=room.answering, said=hows.said(room).get(key, {}))
    if request.method == "POST" and form.is_valid():
        positions.say_if_it_fits(term=seen.term, of=words, fits=form.fits(), **posted(request))
        return redirect("change", room.draft.pk, key) if form.wants_change() else redirect("room", room.draft.pk)
    context = {
        "form": form,
        "seen": seen,
        "words": paper.printed(room, seen, words),
        "back_url": url_of(room, Step.HOW),
    }
    return in_room(request, room, "room/fits.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@page(Step.WHAT_IF)
def what_if(request: SignedIn, room: Room) -> HttpResponse:
    """What would happen if: eleven moments and any that the two choose, answered from their own terms."""
    if request.method == "POST":
        pages.take(draft=room.draft, step=Step.WHAT_IF, **posted(request))
        return redirect("room", room.draft.pk)
    now, steps = timezone.now(), box(room)
    ask = MomentForm(request.GET if "what" in request.GET else None, today=now.date())
    asked = rehearsing.asked(room, steps, **ask.chosen) if ask.is_valid() else None
    rows = rehearsing.eleven(room, steps, now)
    context = {"form": KeyedForm(), "rows": rows, "ask": ask, "asked": asked, "step": Step.WHAT_IF}
    return in_room(request, room, "room/what_if.html", context, status=422 if ask.errors else 200)


@require_http_methods(["GET", "POST"])
@page(Step.READ)
def read(request: SignedIn, room: Room) -> HttpResponse:
    """Read it through: everything the paper will say, each with a way to change it, before anybody signs."""
    held = False
    if request.method == "POST":
        session_mode.join(request)
        try:
            sealing.freeze(draft=room.draft, by=request.user, now=timezone.now())
            return redirect("room", room.draft.pk)
        except Unsafe:
            held = True
    context = {"form": KeyedForm(), "held": held, **_reading(request, room), **_judged(room)}
    return in_room(request, room, "room/read.html", context, status=422 if held else 200)


@require_POST
@page(Step.READ, again=Step.CHANGES)
def two(request: SignedIn, room: Room) -> HttpResponse:
    """The two go on alone to change something, once the therapist opens the screen; or a guardian reads along again."""
    if "joins" in request.POST:
        session_mode.join(request)
    elif joined(request, room):
        session_mode.part(request, url_of(room, reading(room.draft.outcome, room.draft.review_id is not None)))
        return redirect("session_back")
    return redirect("room", room.draft.pk)


@require_POST
@page(Step.READ, again=Step.CHANGES)
def looked(request: SignedIn, room: Room) -> HttpResponse:
    """The two looked at their sentence and the crisis box side by side, and theirs stays (H7)."""
    sealing.look(draft=room.draft, sentence=request.POST.get("sentence", ""), **posted(request))
    return redirect(url_of(room, reading(room.draft.outcome, room.draft.review_id is not None)))


@require_http_methods(["GET", "POST"])
@page(Step.READ, for_two=True)
def why(request: SignedIn, room: Room, key: str) -> HttpResponse:
    """A short reason beside a term, in one person's words. Optional; it is kept and never printed."""
    if key not in room.by_key or room.by_key[key].fixed:
        raise Http404
    seen = room.by_key[key]
    form = WhyForm(
        data_of(request),
        called=room.answering,
        initial={"why": seen.term.why, "why_of": seen.term.why_of},
    )
    if request.method == "POST" and form.is_valid():
        try:
            negotiation.say_why(
                term=seen.term, why=form.cleaned_data["why"], why_of=form.cleaned_data["why_of"], **posted(request)
            )
            return redirect("read", room.draft.pk)
        except Unreadable as error:
            form.add_error("why", str(error))
    context = {"form": form, "seen": seen, "back_url": url_of(room, Step.READ)}
    return in_room(request, room, "room/why.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@page(Step.SHORT)
def short(request: SignedIn, room: Room) -> HttpResponse:
    """No texting, or not for now: one page that still carries the crisis box. No signature, no question why (H14)."""
    findings = []
    if request.method == "POST":
        try:
            version = sealing.freeze(draft=room.draft, by=request.user, now=timezone.now())
            documents.issue(version=version, by=request.user, now=timezone.now())
            return redirect("kept", room.draft.pk)
        except Unsafe as unsafe:
            findings = unsafe.findings
        except documents.SealingFailed as failed:
            messages.info(request, _("Nothing is lost. The page could not be made: %s") % failed.__cause__)
            return redirect("short", room.draft.pk)
    rows = talks.reading_rows(room) if paper.says(room) else []
    context = {"form": KeyedForm(), "findings": findings, "rows": rows, "step": Step.SHORT}
    return in_room(request, room, "room/short.html", context, status=422 if findings else 200)


def _reading(request: SignedIn, room: Room) -> dict[str, object]:
    """The rows to read. Where a guardian joins here, nothing but what the paper says."""
    rows = talks.reading_rows(room)
    return {"rows": talks.only_the_paper(rows)} if joined(request, room) else {"rows": rows, "step": Step.READ}


def _judged(room: Room) -> dict[str, object]:
    """What the paper would say, and what the rules say about it: it stops signing, it asks, or it warns."""
    now, rows = timezone.now(), paper.rows_for(room)
    record = paper.record(room, rows=rows, now=now, replaces=None)
    found = sealing.findings(room, record, rows, now=now)
    return {
        "record": record,
        "blocked": [each for each in found if each.blocks and not each.asks],
        "asked": [each for each in found if each.asks],
        "warned": [each for each in found if not each.blocks],
    }

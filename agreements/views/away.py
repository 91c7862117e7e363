"""Before each time away the two go through it on one screen; and its sheet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.actions import away, pdf, pdf_away
from agreements.actions.refusals import NotNow, Unreadable, Unsafe
from agreements.forms.absences import AwayPlanForm
from agreements.models import Absence, AwayPlan
from agreements.reads import absences, paper
from agreements.reads import away as reads
from agreements.reads.room import Room
from agreements.rules import away as rules
from agreements.rules import dates
from agreements.rules.away_words import Cover
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Outcome
from agreements.views.access import SignedIn, absence_for, agreement_for, data_of, page, posted, room_for
from agreements.views.frame import in_room, names
from agreements.views.prints import given
from agreements.views.sessions import go_to


@require_POST
def begin(request: SignedIn, absence_id: UUID, agreement_id: UUID) -> HttpResponse:
    """The two sit down to it, on a screen that is theirs alone."""
    absence, agreement = absence_for(request, absence_id), agreement_for(request, agreement_id)
    signed = agreement.documents.order_by("-number").defer("content").select_related("version").first()
    if signed is None or signed.version.outcome != Outcome.TEXTING:
        raise Http404
    return go_to(
        request, room_for(request, signed.version.draft_id), reverse("away", args=[signed.version.draft_id, absence.pk])
    )


@require_http_methods(["GET", "POST"])
@page(Step.KEPT)
def together(request: SignedIn, room: Room, absence_id: UUID) -> HttpResponse:
    """As agreed, or different this time; something to hold on to; who mails it; who may know what."""
    absence = absence_for(request, absence_id)
    plan = reads.newest_plans([absence]).get((absence.pk, room.draft.agreement_id))
    form = _form(request, room, absence, plan)
    if request.method == "POST" and form.is_valid():
        try:
            away.go_through(absence=absence, agreement=room.draft.agreement, **form.facts(), **posted(request))
            return redirect("away_kept", room.draft.pk, absence.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
        except (NotNow, Unsafe) as error:
            form.add_error(None, str(error))
    words = paper.rehearsal_texts(room).terms.get("away", "")
    context = {"form": form, "absence": absence, "words": words, **_days(room, absence)}
    with translation.override(room.draft.agreement.language):
        context["unfit"] = reads.unfit_days(plan) if plan else ()
    return in_room(request, room, "room/away.html", context, status=422 if form.is_bound else 200)


@require_GET
@page(Step.KEPT)
def kept(request: SignedIn, room: Room, absence_id: UUID) -> HttpResponse:
    """What the two chose, as their sheet says it."""
    absence = absence_for(request, absence_id)
    found = absences.sheet(absence, room, now=timezone.now())
    if found is None:
        raise Http404
    context = {"absence": absence, "sheet": found, **_days(room, absence)}
    context["back_url"] = reverse("away", args=[room.draft.pk, absence.pk])
    return in_room(request, room, "room/away_kept.html", context)


@require_GET
@page(Step.KEPT)
def sheet(request: SignedIn, room: Room, absence_id: UUID) -> HttpResponse:
    """The away sheet: one page, the crisis steps first. Not before what H23 asks for is there, but on a sudden day."""
    absence = absence_for(request, absence_id)
    lacks = absences.lacks(absence, room.draft.agreement, absences.holds_now(absence, room).texting)
    found = absences.sheet(absence, room, now=timezone.now())
    if found is None:
        raise Http404
    if lacks and not absence.sudden:
        messages.error(request, lacks[0].words)
        return redirect("absence", absence.pk)
    try:
        return given(pdf_away.render(found), "application/pdf", "away-sheet.pdf")
    except pdf.RenderRefused as refused:
        messages.error(request, str(refused))
        return redirect("absence", absence.pk)


def _days(room: Room, absence: Absence) -> dict[str, str]:
    """The first and the last day away as the sheet names them, in the agreement's language."""
    with translation.override(room.draft.agreement.language):
        return {"first": dates.day_name(absence.starts_on), "last": dates.day_name(absence.ends_on)}


def _form(request: SignedIn, room: Room, absence: Absence, plan: AwayPlan | None) -> AwayPlanForm:
    """Empty at first; later with what these two chose: nobody else's card is spoken of here."""
    initial = {**vars(reads.plan_of(plan)), "mailer": plan.mailer} if plan else {}
    meaning = rules.agreed_away(room.meanings())
    with translation.override(room.draft.agreement.language):
        half_way = dates.day_name(reads.days_of(absence).half_way)
    cover = reads.covered(absence).name if absence.cover == Cover.PERSON else ""
    agreed = rules.as_agreed(meaning) if meaning else rules.Plan()
    return AwayPlanForm(
        data_of(request), agreed=agreed, half_way=half_way, names=names(room), cover_name=cover, initial=initial
    )

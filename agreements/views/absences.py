"""The therapist's time away, alone at the desk: entered once, seen client by client, its tasks and its sheets."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.actions import absences
from agreements.actions import away as of_agreements
from agreements.actions.refusals import NotNow, Unreadable
from agreements.forms.absences import AbsenceForm, SuddenForm, ToldForm
from agreements.forms.keyed import KeyedForm
from agreements.models import AbsenceTask, Practice
from agreements.reads import absences as reads
from agreements.reads import away
from agreements.views import naming
from agreements.views.access import SignedIn, absence_for, agreement_for, data_of, posted


@require_GET
def absence_list(request: SignedIn) -> HttpResponse:
    """Times away ahead, and the last ones that are over."""
    ahead, over = reads.current(request.user.pk, Practice.objects.get().zone, timezone.now())
    return render(request, "agreements/desk/absences.html", {"ahead": ahead, "over": over})


@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Entered once; each agreement in force says what holds then."""
    form = AbsenceForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = absences.announce(therapist=request.user, **form.facts(), **posted(request))
            return redirect("absence", made.pk)
        except (Unreadable, NotNow) as error:
            _say_in(form, error)
    return _form(request, form, {"title": _("New time away")})


@require_http_methods(["GET", "POST"])
def sudden(request: SignedIn) -> HttpResponse:
    """Ill today: what to do now, whom to tell, and a sheet for each."""
    form = SuddenForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        facts = {"starts_on": _today(), **form.facts()}
        try:
            made = absences.announce(therapist=request.user, sudden=True, **facts, **posted(request))
            return redirect("absence", made.pk)
        except (Unreadable, NotNow) as error:
            _say_in(form, error)
    return _form(request, form, {"title": _("Away all of a sudden"), "sudden": True})


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, absence_id: UUID) -> HttpResponse:
    """Other days, or somebody else who covers; or it is called off."""
    absence = absence_for(request, absence_id)
    initial = {name: getattr(absence, name) for name in AbsenceForm.base_fields if hasattr(absence, name)}
    form = AbsenceForm(data_of(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = absences.change(absence=absence, **form.facts(), **posted(request))
            return redirect("absence", made.pk)
        except (Unreadable, NotNow) as error:
            _say_in(form, error)
    return _form(request, form, {"title": _("Change the time away"), "absence": absence})


@require_POST
def call_off(request: SignedIn, absence_id: UUID) -> HttpResponse:
    """Not away after all."""
    absence = absence_for(request, absence_id)
    try:
        absences.call_off(absence=absence, by=request.user, now=timezone.now())
        messages.info(request, _("Called off. Please tell those who knew of it."))
    except NotNow as error:
        messages.info(request, str(error))
    return redirect("absences")


@require_GET
def absence(request: SignedIn, absence_id: UUID) -> HttpResponse:
    """One time away, client by client: told, gone through, what is to do, the sheet."""
    found = absence_for(request, absence_id)
    rows = reads.affected(found, now=timezone.now(), shown=naming.chosen(request))
    context = {"absence": found, "days": away.days_of(found), "rows": rows, "today": _today(), "form": KeyedForm()}
    context["told"] = ToldForm(initial={"on": _today()})
    return render(request, "agreements/desk/absence.html", context)


@require_GET
def sheets(request: SignedIn, absence_id: UUID) -> HttpResponse:
    """The away sheets one after another: which is next, which are printed. Stop and go on at any time."""
    found = absence_for(request, absence_id)
    rows = reads.affected(found, now=timezone.now(), shown=naming.chosen(request))
    left = [row for row in rows if not row.printed]
    context = {"absence": found, "rows": rows, "left": left, "done": len(rows) - len(left), "form": KeyedForm()}
    return render(request, "agreements/desk/away_sheets.html", context)


@require_POST
def printed(request: SignedIn, absence_id: UUID, agreement_id: UUID) -> HttpResponse:
    """The therapist says that this sheet is printed; the next one comes up."""
    found, agreement = absence_for(request, absence_id), agreement_for(request, agreement_id)
    of_agreements.printed(absence=found, agreement=agreement, **posted(request))
    return redirect("away_sheets", found.pk)


@require_POST
def told(request: SignedIn, absence_id: UUID, agreement_id: UUID) -> HttpResponse:
    """The client was told, today or on an earlier day."""
    found, agreement = absence_for(request, absence_id), agreement_for(request, agreement_id)
    form = ToldForm(request.POST)
    try:
        if not form.is_valid():
            raise Unreadable(_("Please choose the day."), "on")
        of_agreements.tell(absence=found, agreement=agreement, on=form.cleaned_data["on"], **posted(request))
    except (Unreadable, NotNow) as error:
        messages.error(request, str(error))
    return redirect("absence", found.pk)


@require_POST
def tick(request: SignedIn, task_id: UUID) -> HttpResponse:
    """A task is done, or after all it is not. From the first page it leads back there."""
    task = get_object_or_404(
        AbsenceTask.objects.select_related("agreement"), pk=task_id, absence__therapist=request.user
    )
    of_agreements.tick(task=task, done=request.POST.get("done") != "0", by=request.user, now=timezone.now())
    return redirect("home") if "home" in request.POST else redirect("absence", task.absence_id)


def _form(request: SignedIn, form: AbsenceForm, context: dict[str, Any]) -> HttpResponse:
    shown = {"form": form, **context}
    return render(request, "agreements/desk/absence_form.html", shown, status=422 if form.is_bound else 200)


def _say_in(form: AbsenceForm, error: Unreadable | NotNow) -> None:
    field = getattr(error, "field", None)
    form.add_error(field if field in form.fields else None, str(error))


def _today() -> date:
    return timezone.now().astimezone(ZoneInfo(Practice.objects.get().zone)).date()

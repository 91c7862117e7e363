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

from agreements.actions import absences, calendar, pdf, pdf_away
from agreements.actions import away as of_agreements
from agreements.actions.refusals import NotNow, Unreadable
from agreements.forms.absences import AbsenceForm, SuddenForm, ToldForm
from agreements.forms.keyed import KeyedForm
from agreements.models import AbsenceTask, Practice
from agreements.reads import absences as reads
from agreements.reads import away
from agreements.reads import room as rooms
from agreements.views import naming
from agreements.views.access import SignedIn, absence_for, agreement_for, data_of, posted
from agreements.views.local import in_zone
from agreements.views.prints import given


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


@require_http_methods(["GET", "POST"])
def call_off(request: SignedIn, absence_id: UUID) -> HttpResponse:
    """Not away after all: a page says what comes of it before it is done."""
    absence = absence_for(request, absence_id)
    if request.method == "GET":
        tasks = away.wanted().filter(absence=absence).count()
        return render(request, "agreements/desk/absence_off.html", {"absence": absence, "tasks": tasks})
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
    zone = Practice.objects.get().zone
    today = timezone.now().astimezone(ZoneInfo(zone)).date()
    context = {"absence": found, "days": away.days_of(found), "rows": rows, "today": today, "form": KeyedForm()}
    context["told"] = ToldForm(initial={"on": today})
    return in_zone(zone, request, "desk/absence.html", context)


@require_GET
def sheets(request: SignedIn, absence_id: UUID) -> HttpResponse:
    """The away sheets one after another: which is next, which are printed. Stop and go on at any time."""
    found = absence_for(request, absence_id)
    rows = reads.affected(found, now=timezone.now(), shown=naming.chosen(request))
    left = [row for row in rows if not row.printed]
    context = {"absence": found, "rows": rows, "left": left, "done": len(rows) - len(left), "form": KeyedForm()}
    context["at_once"] = reads.to_print(found, rows)
    return in_zone(Practice.objects.get().zone, request, "desk/away_sheets.html", context)


@require_GET
def all_sheets(request: SignedIn, absence_id: UUID) -> HttpResponse:
    """Those not printed yet in one file, each on its own page. Whether they are printed, the therapist says."""
    found, now = absence_for(request, absence_id), timezone.now()
    rows = reads.to_print(found, reads.affected(found, now=now, shown=naming.chosen(request)))
    made = [reads.sheet(found, rooms.enter(row.draft_id), now=now) for row in rows]
    if not any(made):
        return redirect("away_sheets", found.pk)
    try:
        return given(pdf_away.render_all([sheet for sheet in made if sheet]), "application/pdf", "away-sheets.pdf")
    except pdf.RenderRefused as refused:
        messages.error(request, str(refused))
        return redirect("away_sheets", found.pk)


@require_POST
def all_printed(request: SignedIn, absence_id: UUID) -> HttpResponse:
    """The therapist says that these are printed; the next ones come up. Twice is once."""
    found, now = absence_for(request, absence_id), timezone.now()
    chosen = request.POST.getlist("agreement")
    for row in reads.to_print(found, reads.affected(found, now=now)):
        if str(row.agreement.pk) in chosen:
            of_agreements.printed(absence=found, agreement=row.agreement, by=request.user, now=now)
    return redirect("away_sheets", found.pk)


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
    """A task is done, was not done, or after all is still to do. From the first page it leads back there."""
    task = get_object_or_404(
        AbsenceTask.objects.select_related("agreement"), pk=task_id, absence__therapist=request.user
    )
    how = request.POST.get("done", "1")
    facts = {"done": how == "1", "missed": how == "missed"}
    of_agreements.tick(task=task, **facts, by=request.user, now=timezone.now())
    return redirect("home") if "home" in request.POST else redirect("absence", task.absence_id)


@require_GET
def task_ics(request: SignedIn, task_id: UUID) -> HttpResponse:
    """One task as an all-day entry with a neutral title."""
    task = get_object_or_404(AbsenceTask, pk=task_id, absence__therapist=request.user)
    return HttpResponse(
        calendar.task_event(task, now=timezone.now()),
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
        headers={"Content-Disposition": 'attachment; filename="task.ics"'},
    )


def _form(request: SignedIn, form: AbsenceForm, context: dict[str, Any]) -> HttpResponse:
    shown = {"form": form, **context}
    return render(request, "agreements/desk/absence_form.html", shown, status=422 if form.is_bound else 200)


def _say_in(form: AbsenceForm, error: Unreadable | NotNow) -> None:
    field = getattr(error, "field", None)
    form.add_error(field if field in form.fields else None, str(error))


def _today() -> date:
    return timezone.now().astimezone(ZoneInfo(Practice.objects.get().zone)).date()

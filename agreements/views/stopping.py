"""Texting stops. The client says so and it is so; no reason, no second question."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions import endings
from agreements.actions.refusals import NotNow, Unreadable
from agreements.forms.people import StopForm
from agreements.models import Practice
from agreements.rules.vocabulary import Role
from agreements.views.access import SignedIn, agreement_for, data_of, posted


@require_http_methods(["GET", "POST"])
def stop(request: SignedIn, agreement_id: UUID) -> HttpResponse:
    """Record who stopped. The signed text stays as it was; the crisis steps stay in force."""
    agreement = agreement_for(request, agreement_id)
    form = StopForm(data_of(request), client=agreement.client.called, therapist=agreement.therapist.called)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        who = form.cleaned_data["by_role"]
        try:
            endings.stop(
                agreement=agreement,
                by_role=Role.CLIENT if who == "both" else Role(who),
                planned=who == "both",
                without_notice=form.cleaned_data["without_notice"] and who == Role.THERAPIST,
                reason=form.cleaned_data["reason"] if who == Role.THERAPIST else "",
                effective_on=now.astimezone(ZoneInfo(Practice.objects.get().zone)).date(),
                **posted(request),
            )
            return redirect("client", agreement.client_id)
        except Unreadable as error:
            form.add_error("reason", str(error))
        except NotNow as error:
            form.add_error(None, str(error))
    context = {"form": form, "client": agreement.client}
    return render(request, "agreements/desk/stop.html", context, status=422 if form.is_bound else 200)

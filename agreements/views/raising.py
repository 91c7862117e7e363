"""“Let’s look at our texting”: any of them raises it, on any day. It is written down here and sent nowhere."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions import reviews
from agreements.actions.refusals import NotNow
from agreements.forms.people import RaiseForm
from agreements.reads import home, raised, who
from agreements.rules.vocabulary import Amount, Outcome, Role
from agreements.views.access import SignedIn, agreement_for, data_of, posted


@require_http_methods(["GET", "POST"])
def raise_texting(request: SignedIn, agreement_id: UUID) -> HttpResponse:
    """Who, too much or too little, and, if they like, which term. Words to say it come with it."""
    agreement = agreement_for(request, agreement_id)
    newest = home.one(agreement.client, timezone.now()).newest
    if newest is None or newest.agreement_id != agreement.pk:
        return redirect("client", agreement.client_id)
    texting = newest.outcome == Outcome.TEXTING
    terms = raised.headings(newest.draft.edition, agreement.language) if texting else {}
    named = {"client": who.either_of_a_couple(agreement), "therapist": agreement.therapist.called}
    form = RaiseForm(data_of(request), terms=terms, **named)
    if request.method == "POST" and form.is_valid():
        try:
            reviews.raise_texting(
                agreement=agreement,
                by_role=Role(form.cleaned_data["by_role"]),
                amount=Amount(form.cleaned_data["amount"]),
                clause_key=form.cleaned_data.get("clause_key", ""),
                **posted(request),
            )
        except NotNow as error:
            messages.info(request, str(error))
        return redirect("client", agreement.client_id)
    context = {"form": form, "client": agreement.client}
    return render(request, "agreements/desk/raise.html", context, status=422 if form.is_bound else 200)

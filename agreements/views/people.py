"""The therapist, alone: who takes part in an agreement and who must sign it. Nobody is there but the two at first."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.actions import reviews, signers
from agreements.actions.refusals import Unreadable
from agreements.forms.keyed import KeyedForm
from agreements.forms.signers import NAMED, SIGNS, OfAgeForm, PersonForm
from agreements.models import Agreement, Party
from agreements.reads import who
from agreements.rules.signing import ADDED
from agreements.rules.vocabulary import Role
from agreements.views.access import SignedIn, agreement_for, data_of, posted


@require_GET
def people(request: SignedIn, agreement_id: UUID) -> HttpResponse:
    """Everybody who takes part, in the order of signing, and the day a young person comes of age."""
    agreement = agreement_for(request, agreement_id)
    return _page(request, agreement, OfAgeForm(initial={"on": agreement.client.of_age_on}))


@require_POST
def of_age(request: SignedIn, agreement_id: UUID) -> HttpResponse:
    """The day a young person comes of age, or none."""
    agreement = agreement_for(request, agreement_id)
    form = OfAgeForm(request.POST)
    if not form.is_valid():
        return _page(request, agreement, form)
    reviews.comes_of_age(agreement=agreement, on=form.cleaned_data["on"], **posted(request))
    return redirect("people", agreement.pk)


@require_http_methods(["GET", "POST"])
def add(request: SignedIn, agreement_id: UUID) -> HttpResponse:
    """Somebody more. Nothing is chosen beforehand."""
    agreement = agreement_for(request, agreement_id)
    form = PersonForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            role = Role(form.cleaned_data["role"])
            signers.add(agreement=agreement, role=role, **form.values(), **posted(request))
            return redirect("people", agreement.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    return _person(request, agreement, form)


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, agreement_id: UUID, key: str) -> HttpResponse:
    """Other facts about somebody who was added, or they take part no longer."""
    agreement = agreement_for(request, agreement_id)
    person = _added(agreement, key)
    if "out" in request.POST:
        signers.take_out(person=person, **posted(request))
        return redirect("people", agreement.pk)
    known = {"name": person.name, "called": person.called, "known": person.known}
    initial = {**known, "part": SIGNS if person.signs else NAMED}
    form = PersonForm(data_of(request), role=Role(person.role), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            signers.change(person=person, **form.values(), **posted(request))
            return redirect("people", agreement.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    return _person(request, agreement, form, person)


def _added(agreement: Agreement, key: str) -> Party:
    found = {person.key: person for person in agreement.parties.filter(gone=False) if person.role in ADDED}
    if key not in found:
        raise Http404
    return found[key]


def _page(request: SignedIn, agreement: Agreement, form: OfAgeForm) -> HttpResponse:
    context = {"form": form, **who.takes_part(agreement)}
    return render(request, "agreements/desk/people.html", context, status=422 if form.is_bound else 200)


def _person(request: SignedIn, agreement: Agreement, form: KeyedForm, person: Party | None = None) -> HttpResponse:
    context = {"form": form, "agreement": agreement, "person": person}
    return render(request, "agreements/desk/person.html", context, status=422 if form.is_bound else 200)

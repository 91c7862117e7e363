"""Blank forms for a day without power: one for each edition in use, to print beforehand."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agreements.actions import pdf, pdf_blank
from agreements.models import Practice
from agreements.reads import blank, library, offers
from agreements.rules.vocabulary import Paper
from agreements.views.access import SignedIn
from agreements.views.prints import given


@require_GET
def forms(request: SignedIn) -> HttpResponse:
    """Which form, on which paper."""
    editions = offers.editions(language=Practice.objects.get().language)
    return render(request, "agreements/desk/blank_forms.html", {"editions": editions, "papers": Paper.choices})


@require_GET
def form(request: SignedIn, family: str, paper: str) -> HttpResponse:
    """The newest edition of a family as a form to fill in by hand."""
    practice = Practice.objects.get()
    editions = {each.family.key: each for each in offers.editions(language=practice.language)}
    if family not in editions or paper not in Paper.values:
        raise Http404
    edition = library.whole(editions[family].pk)
    asked = blank.form(edition, practice, request.user, paper=Paper(paper), now=timezone.now())
    try:
        made = pdf_blank.render(asked, str(edition), blank.signers(edition))
    except pdf.RenderRefused as refused:
        messages.error(request, str(refused))
        return redirect("blank_forms")
    return given(made, "application/pdf", f"blank-form-{paper}.pdf")

"""How the two got there: the therapist's own page, never shown in the room."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from agreements.actions import pdf, pdf_closing
from agreements.models import Practice
from agreements.reads import closing
from agreements.reads.log import rounds
from agreements.views.access import SignedIn, client_for
from agreements.views.local import in_zone
from agreements.views.prints import given


@require_GET
def annex(request: SignedIn, client_id: UUID) -> HttpResponse:
    """The same on paper, when it is chosen: a document of its own, kept nowhere."""
    way = closing.way(client_for(request, client_id), now=timezone.now())
    if way is None:
        raise Http404
    try:
        return given(pdf_closing.how_we_got_there(way), "application/pdf", "how-we-got-there.pdf")
    except pdf.RenderRefused as refused:
        messages.error(request, str(refused))
        return redirect("log", client_id)


@require_GET
def log(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Every round with one client, a line for each event: who wanted what, what was decided, who recorded it, when."""
    found = client_for(request, client_id)
    context = {"client": found, "rounds": rounds(found)}
    return in_zone(Practice.objects.get().zone, request, "desk/log.html", context)

"""A draft to take home before anybody signs: made now, kept nowhere."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from agreements.actions import pdf, pdf_draft
from agreements.reads.take_home import take_home as draft_of
from agreements.views import session_mode
from agreements.views.access import SignedIn, room_for


@require_GET
def take_home(request: SignedIn, draft_id: UUID) -> HttpResponse:
    """The unsigned draft as a PDF. Nobody's position is read for it. Once both have signed there is none."""
    room = room_for(request, draft_id, positions_of=())
    if room.kept or room.draft.set_aside_at or not room.awaited:
        return redirect("room", draft_id)
    try:
        made = pdf_draft.render(draft_of(room, now=timezone.now()))
    except pdf.RenderRefused as refused:
        messages.error(request, str(refused))
        if session_mode.is_bound_to(request, draft_id):
            return redirect("pause", draft_id)
        return redirect("client", room.draft.agreement.client_id)
    headers = {"Content-Disposition": 'inline; filename="draft-to-take-home.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)

"""A number on a client's paper changed: what it was and is now, a page and a new card to print, and who was told."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from agreements.actions import pdf, pdf_notice, recalls
from agreements.forms.keyed import KeyedForm
from agreements.models import Client
from agreements.reads import notices
from agreements.reads.recalls import Carried, of_clients
from agreements.rules.vocabulary import Told
from agreements.views.access import SignedIn, client_for, posted
from agreements.views.local import in_zone


@require_GET
def recall(request: SignedIn, client_id: UUID, recall_id: UUID) -> HttpResponse:
    """Was, now, what to print, and three ways to say how it went. Nobody is sent the number."""
    client = client_for(request, client_id)
    carried = _carried(client, recall_id)
    notice = notices.notice(carried.agreement, now=timezone.now())
    context = {"client": client, "carried": carried, "notice": notice, "form": KeyedForm()}
    return in_zone(client.zone, request, "desk/recall.html", context)


@require_POST
def told(request: SignedIn, client_id: UUID, recall_id: UUID) -> HttpResponse:
    """New card handed over, told, or could not reach."""
    client = client_for(request, client_id)
    carried = _carried(client, recall_id)
    how = request.POST.get("how", "")
    if how not in Told:
        raise Http404
    recalls.answer(recall=carried.recall, agreement=carried.agreement, how=Told(how), **posted(request))
    return redirect("client", client.pk)


@require_GET
def page_and_card(request: SignedIn, client_id: UUID, recall_id: UUID) -> HttpResponse:
    """The dated page with the whole new crisis box, and the new card. Made now, kept nowhere."""
    carried = _carried(client_for(request, client_id), recall_id)
    notice = notices.notice(carried.agreement, now=timezone.now())
    if notice is None:
        raise Http404
    try:
        made = pdf_notice.render(notice)
    except pdf.RenderRefused as refused:
        messages.error(request, str(refused))
        return redirect("recall", client_id, recall_id)
    headers = {"Content-Disposition": 'inline; filename="page-and-card.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _carried(client: Client, recall_id: UUID) -> Carried:
    """What this client's newest paper carries of it, or 404."""
    for each in of_clients([client]):
        if each.recall.pk == recall_id:
            return each
    raise Http404

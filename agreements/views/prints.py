"""What else a signed paper gives: large print, cards, a picture for a telephone, a note for the health record."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agreements.actions import pdf, pdf_cards, pdf_guardian
from agreements.models import Document, LargePrint
from agreements.reads import file_note, notices
from agreements.rules.digest import check_code
from agreements.rules.vocabulary import Role
from agreements.views.access import SignedIn, document_for, newest_document_for


@require_GET
def large(request: SignedIn, document_id: UUID) -> HttpResponse:
    """The sealed bytes of the large print, once it was asked for."""
    found = get_object_or_404(LargePrint, document=document_for(request, document_id))
    return given(found.content, "application/pdf", f"texting-agreement-v{found.document.number}-large.pdf")


@require_GET
def cards(request: SignedIn, document_id: UUID) -> HttpResponse:
    """The cards on a page of their own. A number that changed since is the new one."""
    found = newest_document_for(request, document_id)
    record = notices.to_carry(found.version, now=timezone.now())
    try:
        made = pdf_cards.cards(record, check_code(found.version.digest))
    except pdf.RenderRefused as refused:
        return _back(request, found, refused)
    return given(made, "application/pdf", f"texting-agreement-v{found.number}-cards.pdf")


@require_GET
def guardian(request: SignedIn, document_id: UUID) -> HttpResponse:
    """The page for a young person's guardians; 404 where none takes part."""
    found = newest_document_for(request, document_id)
    record = notices.to_carry(found.version, now=timezone.now())
    if not record.people(Role.GUARDIAN):
        raise Http404
    try:
        made = pdf_guardian.render(record, check_code(found.version.digest))
    except pdf.RenderRefused as refused:
        return _back(request, found, refused)
    return given(made, "application/pdf", f"texting-agreement-v{found.number}-page.pdf")


@require_GET
def phone(request: SignedIn, document_id: UUID, look: str) -> HttpResponse:
    """The crisis steps as a picture for the lock screen, light or dark."""
    if look not in pdf_cards.LOOKS:
        raise Http404
    found = newest_document_for(request, document_id)
    try:
        made = pdf_cards.picture(notices.to_carry(found.version, now=timezone.now()), look)
    except pdf.RenderRefused as refused:
        return _back(request, found, refused)
    return given(made, "image/png", f"crisis-steps-{look}.png")


@require_GET
def note(request: SignedIn, document_id: UUID) -> HttpResponse:
    """Plain text to paste into a health record: no more than the paper shows."""
    found = document_for(request, document_id)
    context = {"document": found, "note": file_note.note(found.version, now=timezone.now())}
    return render(request, "agreements/room/note.html", context)


def given(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to look at, under a name that says nothing about anybody."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})


def _back(request: SignedIn, document: Document, refused: pdf.RenderRefused) -> HttpResponse:
    messages.error(request, str(refused))
    return redirect("kept", document.version.draft_id)

"""After signing: the sealed document, what the client takes home, the picture page, the review for a calendar."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from agreements.actions import calendar, documents, pdf_qr, sealing, wishes
from agreements.actions.refusals import Unreadable
from agreements.forms.keyed import KeyedForm
from agreements.forms.signers import SeenInkForm
from agreements.models import Look, Signature
from agreements.reads import afterwards, home, notices
from agreements.reads.room import Room
from agreements.rules.digest import check_code
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CalendarTitle, CopyGiven
from agreements.views.access import SignedIn, document_for, newest_document_for, page, posted
from agreements.views.frame import in_room
from agreements.views.signing import keep


@require_GET
@page(Step.KEPT)
def kept(request: SignedIn, room: Room) -> HttpResponse:
    """Signed and locked: print, save, photograph, calendar; or what became of it; or why the PDF is not there yet."""
    version = room.version
    if version is None:
        raise Http404
    document, became = afterwards.of_version(version, timezone.now()) or (None, None)
    attempt = getattr(version, "attempt", None)
    context = {
        "form": KeyedForm(),
        "version": version,
        "became": became,
        "check_code": check_code(version.digest),
        "document": document,
        "reason": attempt.reason if attempt and not document else "",
        "by_hand": _by_hand(room, request) if document else (),
        "copies": document.copies.order_by("at") if document else (),
        "titles": CalendarTitle,
        "may_remind": bool(became and became.in_force and wishes.may_ask(room.draft.agreement)),
        "look": Look.objects.filter(review__version=version).order_by("at").last(),
        "stop_url": "",
    }
    template = "room/kept.html" if became is None or became.in_force else "room/record.html"
    return in_room(request, room, template, context)


def _by_hand(room: Room, request: SignedIn) -> list[tuple[Signature, SeenInkForm]]:
    """Who signs the printed page by hand, each with the form that says who saw it, until that is written down."""
    waiting = [each for each in room.signatures.values() if home.is_by_hand(each)]
    found = []
    for signature in waiting:
        if not hasattr(signature, "seen_ink"):
            witness = "" if signature.party == room.therapist else request.user.name
            form = SeenInkForm(initial={"witness": witness}, auto_id=f"{signature.party.key}_%s")
            found.append((signature, form))
    return found


@require_POST
@page(Step.KEPT)
def ink_seen(request: SignedIn, room: Room, key: str) -> HttpResponse:
    """Somebody saw this person sign the printed page by hand: it is written down, once."""
    signature, form = room.signatures.get(key), SeenInkForm(request.POST)
    if signature is None:
        raise Http404
    try:
        if form.is_valid():
            sealing.see_ink(signature=signature, witness=form.cleaned_data["witness"], **posted(request))
        else:
            messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    except Unreadable as error:
        messages.error(request, str(error))
    return redirect("kept", room.draft.pk)


@require_POST
@page(Step.KEPT)
def try_again(request: SignedIn, room: Room) -> HttpResponse:
    """Make the PDF now, after it could not be made."""
    keep(request, room)
    return redirect("kept", room.draft.pk)


@require_POST
def copy(request: SignedIn, document_id: UUID) -> HttpResponse:
    """Record the copy that is given, then give it."""
    kind = request.POST.get("kind", "")
    carried = kind in (CopyGiven.CARDS, CopyGiven.GUARDIAN, CopyGiven.PHOTO)
    document = (newest_document_for if carried else document_for)(request, document_id)
    if kind not in CopyGiven:
        raise Http404
    if kind == CopyGiven.LARGE:
        try:
            documents.issue_large(document=document, by=request.user, now=timezone.now())
        except documents.SealingFailed as failed:
            messages.error(request, str(failed))
            return redirect("kept", document.version.draft_id)
    documents.record_copy(document=document, kind=kind, **posted(request))
    pdf_url = reverse("document", args=[document.pk, f"texting-agreement-v{document.number}"])
    onward = {
        CopyGiven.PRINTED: pdf_url,
        CopyGiven.SAVED: f"{pdf_url}?save=1",
        CopyGiven.LARGE: reverse("large", args=[document.pk]),
        CopyGiven.CARDS: reverse("cards", args=[document.pk]),
        CopyGiven.PHOTO: reverse("picture", args=[document.pk]),
        CopyGiven.GUARDIAN: reverse("guardian_page", args=[document.pk]),
    }
    return redirect(onward.get(CopyGiven(kind)) or reverse("kept", args=[document.version.draft_id]))


@require_GET
def document(request: SignedIn, document_id: UUID, name: str) -> HttpResponse:
    """The sealed bytes as they were stored, never rendered again."""
    found = document_for(request, document_id, with_content=True)
    way = "attachment" if "save" in request.GET else "inline"
    return HttpResponse(
        found.content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'{way}; filename="texting-agreement-v{found.number}.pdf"'},
    )


@require_GET
def picture(request: SignedIn, document_id: UUID) -> HttpResponse:
    """A page to be photographed: the crisis steps, also as a square that holds them, and what to do before a text."""
    found = newest_document_for(request, document_id)
    record = notices.to_carry(found.version, now=timezone.now())
    context = {"record": record, "document": found, "box": record.box, "squares": pdf_qr.of_steps(record.box)}
    return render(request, "agreements/room/picture.html", context)


@require_GET
def review_ics(request: SignedIn, document_id: UUID) -> HttpResponse:
    """The look as an all-day entry with a neutral title, one of those the client may choose."""
    found, title = newest_document_for(request, document_id), request.GET.get("title", CalendarTitle.LOOK)
    if not hasattr(found.version, "review") or title not in CalendarTitle:
        raise Http404
    return HttpResponse(
        calendar.look_event(found.agreement, now=timezone.now(), title=str(CalendarTitle(title).label)),
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
        headers={"Content-Disposition": 'attachment; filename="review.ics"'},
    )

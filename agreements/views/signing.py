"""Each signs what stands on the screen: drawn, typed, or on paper, as equals; "not quite yet" is as large."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions import documents, reviews, sealing
from agreements.actions.refusals import NotNow, Unreadable
from agreements.forms.signing import SignForm
from agreements.reads.room import Room
from agreements.rules.digest import check_code
from agreements.rules.steps import SIGNERS, Step
from agreements.rules.vocabulary import Role, SignatureKind
from agreements.views.access import SignedIn, data_of, page, posted
from agreements.views.frame import in_room


@require_http_methods(["GET", "POST"])
@page(Step.SIGN)
def sign(request: SignedIn, room: Room, role: str) -> HttpResponse:
    """One person's page. After the second signature the PDF is made, or the next page says why not yet."""
    if role not in SIGNERS or room.version is None:
        raise Http404
    if room.was_read_before(timezone.now()):
        messages.info(request, _("You read this on another day. Please read it together once more."))
        return redirect("read", room.draft.pk)
    party = room.parties[role]
    form = SignForm(data_of(request), name=party.name)
    if request.method == "POST" and request.POST.get("kind") == "later":
        return redirect("pause", room.draft.pk)
    if request.method == "POST" and form.is_valid():
        try:
            _sign(request, room, Role(role), form)
            return _onward(request, room)
        except Unreadable as error:
            form.add_error(form.field_of_kind(), str(error))
    context = {
        "form": form,
        "party": party,
        "role": role,
        "signed": room.signatures.get(role),
        "version": room.version,
        "check_code": check_code(room.version.digest),
        "step": Step.SIGN,
        "ink_key": f"{room.version.pk}-{role}",
        "strokes": form.data.get("strokes", "")[:80_000],
        "ink_error": " ".join(form.errors.get("strokes", [])),
    }
    return in_room(request, room, "room/sign.html", context, status=422 if form.is_bound else 200)


def _sign(request: SignedIn, room: Room, role: Role, form: SignForm) -> None:
    sealing.sign(
        draft=room.draft,
        role=role,
        kind=SignatureKind(form.cleaned_data["kind"]),
        strokes=form.cleaned_data["strokes"],
        typed=form.cleaned_data["typed"],
        digest_seen=form.cleaned_data["digest"],
        **posted(request),
    )


def _onward(request: SignedIn, room: Room) -> HttpResponse:
    assert room.version is not None
    if missing := sealing.awaited(room.version):
        return redirect("sign", room.draft.pk, missing[0])
    keep(request, room)
    return redirect("kept", room.draft.pk)


def keep(request: SignedIn, room: Room) -> None:
    """Make the PDF and the first review; the reason of a failure stands on the page that follows."""
    assert room.version is not None
    try:
        documents.issue(version=room.version, by=request.user, now=timezone.now())
        reviews.schedule(version=room.version, now=timezone.now())
    except (documents.SealingFailed, NotNow):
        return

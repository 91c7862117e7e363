"""Each signs what stands on the screen: drawn, typed, or on paper, as equals; "not quite yet" is as large.

Who joins to sign reads the whole paper on their own page, and nothing that the paper does not say.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions import documents, reviews, sealing
from agreements.actions.pdf_page import term_lines
from agreements.actions.refusals import NotNow, Unreadable
from agreements.forms.signing import SignForm
from agreements.models import Party, Version
from agreements.reads import who
from agreements.reads.room import Room
from agreements.rules.digest import check_code
from agreements.rules.record import AgreementRecord
from agreements.rules.record_people import between
from agreements.rules.steps import SIGNERS, Step, reading
from agreements.rules.vocabulary import SignatureKind
from agreements.views.access import SignedIn, data_of, page, posted
from agreements.views.frame import in_room, url_of


@require_http_methods(["GET", "POST"])
@page(Step.SIGN)
def sign(request: SignedIn, room: Room, role: str) -> HttpResponse:
    """One person's page; `role` is their key. After the last signature the PDF is made, or the next page says why not
    yet."""
    if role not in room.signers or role not in room.parties or room.version is None:
        raise Http404
    if room.was_read_before(timezone.now()):
        messages.info(request, _("You read this on another day. Please read it together once more."))
        return redirect(url_of(room, reading(room.draft.outcome, room.draft.review_id is not None)))
    party = room.parties[role]
    form = SignForm(data_of(request), name=party.name)
    if request.method == "POST" and request.POST.get("kind") == "later":
        return redirect("pause", room.draft.pk)
    if request.method == "POST" and form.is_valid():
        try:
            _sign(request, room, role, form)
            return _onward(request, room)
        except Unreadable as error:
            form.add_error(form.field_of_kind(), str(error))
    context = {"form": form, **_page_of(room, party), **_pad_of(room, party, form)}
    return in_room(request, room, "room/sign.html", context, status=422 if form.is_bound else 200)


def _page_of(room: Room, party: Party) -> dict[str, object]:
    """What else stands on a person's page: the sentences their signature is kept with, and who else is awaited.

    For the two there is a way back; who joins reads the paper here and has none.
    """
    assert room.version is not None
    with translation.override(room.draft.agreement.language):
        said = who.sentences(room, party)
    others = [other for other in room.awaited if other != party and room.may_sign(other.key)]
    handed_by = who.last_to_sign(room, now=timezone.now())
    context = {
        "party": party,
        "role": party.key,
        "signed": room.signatures.get(party.key),
        "version": room.version,
        "check_code": check_code(room.version.digest),
        "said": said,
        "others": others,
        "handed_by": handed_by,
        "waits_until": who.waits_until(room, party),
    }
    if party.key in SIGNERS:
        return {**context, "step": Step.SIGN}
    return {**context, "paper": _paper(room.version), "joins": True}


def _pad_of(room: Room, party: Party, form: SignForm) -> dict[str, object]:
    """The drawing so far, kept over a reload and an error."""
    assert room.version is not None
    return {
        "ink_key": f"{room.version.pk}-{party.key}",
        "strokes": "" if "strokes" in form.errors else form.data.get("strokes", "")[:80_000],
        "ink_error": " ".join(form.errors.get("strokes", [])),
    }


def _paper(version: Version) -> dict[str, object]:
    """The frozen paper to read, from its text alone: no position, no reason, no "not sure yet"."""
    record = AgreementRecord.from_json(version.snapshot)
    with translation.override(record.language):
        terms = [(term.heading, term_lines(term)) for term in record.terms]
        return {"record": record, "head": between(record), "terms": terms}


def _sign(request: SignedIn, room: Room, role: str, form: SignForm) -> None:
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

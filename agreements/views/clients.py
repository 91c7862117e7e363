"""A client: added, changed, looked at. The page's main button says what is next."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.actions import drafting, people, reviews
from agreements.actions.refusals import Unreadable
from agreements.forms.keyed import KeyedForm
from agreements.forms.people import ClientForm
from agreements.models import Client, Edition, Practice
from agreements.reads import client as client_page
from agreements.reads import home, notices, offers, resources
from agreements.reads import room as rooms
from agreements.rules.looking_back import Sooner
from agreements.rules.states import AgreementState
from agreements.views.access import SignedIn, client_for, data_of, posted
from agreements.views.frame import in_room, names
from agreements.views.local import in_zone
from agreements.views.sessions import go_in

SOONER = "look_sooner"


@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Only what an agreement needs."""
    practice = Practice.objects.get()
    initial = {"zone": practice.zone, "paper": practice.paper}
    languages = offers.languages() or [_language(practice.language)]
    choose = {"places": resources.places(), "languages": languages, "country": practice.country}
    form = ClientForm(data_of(request), **choose, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            added = people.add_client(**form.values(), **posted(request))
            return redirect("client", added.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    return render(request, "agreements/desk/client_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, client_id: UUID) -> HttpResponse:
    """New facts. What was signed keeps its own copy."""
    client = client_for(request, client_id)
    initial = {name: getattr(client, name) for name in ClientForm.base_fields if hasattr(client, name)}
    initial["place"] = resources.place_key(client.country, client.area)
    languages = sorted({*offers.languages(), _language(client.language)})
    choose = {"places": resources.places(), "languages": languages, "country": client.country}
    form = ClientForm(data_of(request), **choose, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            people.change_client(client=client, by=request.user, now=timezone.now(), **form.values())
            return redirect("client", client.pk)
        except Unreadable as error:
            form.add_error(error.field, str(error))
    context = {"form": form, "client": client}
    return render(request, "agreements/desk/client_form.html", context, status=422 if form.is_bound else 200)


@require_GET
def client(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Where the two stand, what is next, and what was kept."""
    found = client_for(request, client_id)
    context = {"form": KeyedForm(), **client_page.page(found, now=timezone.now())}
    return in_zone(found.zone, request, "desk/client.html", context)


@require_POST
def start(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Begin a round, or go on with the one that is open. Where there is a choice of wording, that comes first.

    Of an agreement in force it is a round in which the two look again; the therapist may say alone first how it went.
    """
    found = client_for(request, client_id)
    seen = home.one(found, timezone.now())
    if seen.draft:
        return go_in(request, seen.draft)
    if ours := _in_force(seen):
        if offers.newer(ours, _spoken(seen)):
            if request.POST.get("then") == "alone":  # from a page that is older than the wording
                messages.info(request, _("There is new wording. The two of you choose it first, together."))
            request.session[SOONER] = [str(found.pk), request.POST.get("reason", "")]
            return redirect("client" if request.POST.get("then") == "alone" else "wording", found.pk)
        return _look_again(request, found, ours)
    families = offers.editions(language=_spoken(seen))
    if len(families) == 1:
        return _begin(request, found, families[0])
    return redirect("begin", found.pk)


@require_http_methods(["GET", "POST"])
def begin(request: SignedIn, client_id: UUID) -> HttpResponse:
    """The therapist, alone, chooses the kind of agreement; a round that is begun and not signed is laid down then."""
    found = client_for(request, client_id)
    seen = home.one(found, timezone.now())
    if seen.unsealed or _in_force(seen):
        return redirect("client", found.pk)
    families = offers.editions(language=_spoken(seen))
    chosen = {str(edition.pk): edition for edition in families}.get(request.POST.get("edition", ""))
    if chosen and seen.draft and request.POST.get("instead_of") == str(seen.draft.pk):
        return go_in(request, drafting.start_over(draft=seen.draft, edition=chosen, **posted(request)))
    if chosen:
        return _begin(request, found, chosen)
    context = {"form": KeyedForm(), "client": found, "families": families, "draft": seen.draft}
    return in_zone(found.zone, request, "desk/begin.html", context)


@require_http_methods(["GET", "POST"])
def wording(request: SignedIn, client_id: UUID) -> HttpResponse:
    """The two read what the practice wrote anew, and choose: the new wording, or theirs. What is signed stays."""
    found = client_for(request, client_id)
    seen = home.one(found, timezone.now())
    ours = _in_force(seen)
    new = offers.newer(ours, _spoken(seen)) if ours else None
    if ours is None or new is None or seen.draft or seen.newest is None:
        return redirect("client", found.pk)
    if (taken := {"new": new, "ours": ours}.get(request.POST.get("take", ""))) is not None:
        return _look_again(request, found, taken)
    room = rooms.enter(seen.newest.draft_id)
    language = room.draft.agreement.language
    changes = offers.new_wording(ours, new, language=language, names=names(room))
    context = {"form": KeyedForm(), "changes": changes, "changed": notices.changed(room.draft.agreement)}
    context |= {"back_url": reverse("client", args=[found.pk]), "stop_url": ""}
    return in_room(request, room, "room/wording.html", context)


def _in_force(seen: home.ClientSeen) -> Edition | None:
    """The edition of the agreement in force: the next round keeps its family."""
    if seen.newest is None or seen.standing.state is not AgreementState.IN_FORCE:
        return None
    return seen.newest.draft.edition


def _spoken(seen: home.ClientSeen) -> str:
    """The language of the next round: that of the agreement that lasts, else the one written down for the client."""
    over = seen.standing.state in (AgreementState.ENDED, AgreementState.STOPPED)
    return seen.client.language if seen.agreement is None or over else seen.agreement.language


def _language(code: str) -> tuple[str, str]:
    return code, offers.language_name(code)


def _look_again(request: SignedIn, client: Client, edition: Edition) -> HttpResponse:
    """`SOONER` in the session: for whom and why they look sooner, said before the page with the new wording."""
    of, before = request.session.pop(SOONER, ("", ""))
    reason = request.POST.get("reason", before if of == str(client.pk) else "")
    facts = {"client": client, "edition": edition, "reason": reason if reason in Sooner else "", **posted(request)}
    draft = reviews.look_again(**facts)
    return redirect("prepare", draft.pk) if request.POST.get("then") == "alone" else go_in(request, draft)


def _begin(request: SignedIn, client: Client, edition: Edition) -> HttpResponse:
    return go_in(request, drafting.start(client=client, edition=edition, **posted(request)))

"""Who may see what: every object of a URL is loaded here, and what is not yours answers 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.actions import audit, sessions
from agreements.actions.refusals import Clash, Refused
from agreements.forms.keyed import key_of
from agreements.models import Absence, Agreement, Client, Document, Draft, Practice, User
from agreements.reads import away, clash, ends
from agreements.reads import room as rooms
from agreements.rules.steps import LOOKING_AGAIN, WHOLE, Step, may_open
from agreements.rules.vocabulary import Role
from agreements.views import session_mode
from agreements.views.frame import in_room, joined

CHANGED_ELSEWHERE = _lazy("This was changed on another screen. Please look at it once more.")
FOR_THE_TWO = _lazy("That page is for the two alone. The therapist opens it for them.")
BEFORE_GUARDIANS = {*WHOLE[: WHOLE.index(Step.READ)], *LOOKING_AGAIN[: LOOKING_AGAIN.index(Step.CHANGES)]}
WITHOUT_CLIENTS = (
    "healthz", "readyz", "verify", "by_code", "wish_stop", "calendar_feed", "edition_preview", "edition_screen",
    "edition_sample",
)  # fmt: skip
NEWEST = ~Exists(Document.objects.filter(agreement=OuterRef("agreement"), number__gt=OuterRef("number")))


class SignedIn(HttpRequest):
    """A request of somebody who signed in."""

    user: User


def client_for(request: SignedIn, client_id: UUID) -> Client:
    """The therapist's own client, or 404."""
    return get_object_or_404(Client, pk=client_id, therapist=request.user)


def agreement_for(request: SignedIn, agreement_id: UUID) -> Agreement:
    """An agreement of the therapist's own client, or 404."""
    return get_object_or_404(
        Agreement.objects.select_related("client", "therapist"), pk=agreement_id, client__therapist=request.user
    )


def absence_for(request: SignedIn, absence_id: UUID) -> Absence:
    """The therapist's own time away, as long as it was not called off and its days not changed; or 404."""
    return get_object_or_404(away.in_use().select_related("therapist"), pk=absence_id, therapist=request.user)


def document_for(request: SignedIn, document_id: UUID, *, with_content: bool = False) -> Document:
    """A sealed document of the therapist's own client, or 404; its bytes are opened only where they are wanted."""
    documents = Document.objects.all() if with_content else Document.objects.defer("content")
    return get_object_or_404(documents, pk=document_id, agreement__client__therapist=request.user)


def newest_document_for(request: SignedIn, document_id: UUID) -> Document:
    """The paper in force, or 404: nobody carries the card of one that was replaced, or of texting that ended."""
    newest = Document.objects.filter(NEWEST).exclude(ends.over(ends.local_day(timezone.now()), "agreement"))
    return get_object_or_404(newest.defer("content"), pk=document_id, agreement__client__therapist=request.user)


def room_for(request: SignedIn, draft_id: UUID, *, positions_of: tuple[str, ...] | None = None) -> rooms.Room:
    """The room of a draft of the therapist's own client, or 404."""
    get_object_or_404(Draft.objects.only("pk"), pk=draft_id, agreement__client__therapist=request.user)
    return rooms.enter(draft_id, positions_of=positions_of)


def data_of(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the post, also an empty one."""
    return request.POST if request.method == "POST" else None


def posted(request: SignedIn) -> dict[str, Any]:
    """Who posted, when, and the key that makes a double post one: what every action asks for."""
    return {"by": request.user, "now": timezone.now(), "form_key": key_of(request.POST)}


View = Callable[..., HttpResponse]


def page(
    step: Step, *, positions_of: tuple[str, ...] | None = None, again: Step | None = None, for_two: bool = False
) -> Callable[[View], View]:
    """A page of the journey. Out of order, it leads to where the two are; a refused action says why there.

    Once a guardian reads along, pages before the reading, and what is `for_two`, open for the two alone.

    `again` is the page whose turn it must be when the two look again at what they signed, for a page of both journeys.

    A round that is not kept yet is shown in session mode only: else the client page is next, with its way to go on.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: SignedIn, draft_id: UUID, **kwargs: Any) -> HttpResponse:
            room = room_for(request, draft_id, positions_of=positions_of)
            if step is not Step.PREPARE and must_begin(request, room):
                return redirect("client", room.draft.agreement.client_id)
            opens = again if again and room.draft.review_id else step
            if not may_open(opens, room.progress):
                messages.info(request, _why_elsewhere(step, room))
                return redirect("room", draft_id=draft_id)
            if (for_two or step in BEFORE_GUARDIANS) and joined(request, room):
                messages.info(request, FOR_THE_TWO)
                return redirect("room", draft_id)
            if _saw_something_else(request, room):
                messages.info(request, CHANGED_ELSEWHERE)
                return redirect(request.path)
            note_if_outside(request, room, kwargs.get("key", ""), _whose(step, kwargs))
            try:
                return view(request, room, **kwargs)
            except Clash as found:
                return _ask_which(request, room, found)
            except Refused as refused:
                messages.info(request, str(refused))
                return redirect("room", draft_id=draft_id)

        return inner

    return decorate


def must_begin(request: SignedIn, room: rooms.Room) -> bool:
    """Whether somebody looks at an open round outside session mode."""
    return request.method == "GET" and _is_outside(request, room)


def note_if_outside(request: SignedIn, room: rooms.Room, key: str = "", role: str = "") -> None:
    """What is posted outside session mode, by somebody who signed in again, is taken all the same; the log says so, and
    of which term, whose it is."""
    if request.method == "POST" and _is_outside(request, room):
        clause = key if key in room.by_key else ""
        sessions.outside(draft=room.draft, by=request.user, now=timezone.now(), clause=clause, role=role)


def _whose(step: Step, given: dict[str, Any]) -> str:
    """Whose answers are posted to a page: one person's in a turn, else the two decide."""
    return given.get("who", Role.CLIENT) if step is Step.TURN else ""


def _is_outside(request: SignedIn, room: rooms.Room) -> bool:
    is_open = room.next_step not in (Step.PREPARE, Step.KEPT)
    return is_open and not session_mode.is_bound_to(request, room.draft.pk)


def _ask_which(request: SignedIn, room: rooms.Room, refused: Clash) -> HttpResponse:
    """Two screens gave different answers: both values, a button for each, and nothing saved before one is pressed."""
    found = clash.of(room, refused.saved, refused.wanted, refused.until)
    revs = ("rev", f"{found.seen.key}-rev")
    again = [
        (name, str(found.rev) if name in revs else value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    return in_room(request, room, "room/clash.html", {"clash": found, "again": again}, status=409)


def number(text: str) -> int:
    """A posted revision; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _saw_something_else(request: SignedIn, room: rooms.Room) -> bool:
    """Whether a post answers a page that has changed since; the same post coming twice does not count."""
    seen = request.POST.get("draft_rev", str(room.draft.rev))
    return seen != str(room.draft.rev) and audit.replayed(key_of(request.POST)) is None


def _why_elsewhere(step: Step, room: rooms.Room) -> str:
    if step is Step.SIGN and not room.kept and room.overtaken:
        return _("The text changed. Please read it again, and both sign.")
    if room.kept:
        return _("This is kept as it is. Earlier pages are closed.")
    return _("Here is where we are. Earlier pages come first.")


def installation(request: HttpRequest) -> dict[str, Any]:
    """Template context: whether this database is a demo, asked for only where a page says so."""
    return {"demo": SimpleLazyObject(lambda: Practice.objects.filter(demo=True).exists())}


class ClientsForTherapists:
    """Who does not work with clients finds no desk and no room here: home leads to the admin, all else is not there.

    Signing in and the admin stay open; what they show, they guard themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """None lets the view answer. Raises Http404."""
        match = request.resolver_match
        ours = match and view.__module__.startswith("agreements.views.") and match.url_name not in WITHOUT_CLIENTS
        if not ours or not request.user.is_authenticated or request.user.sees_clients:
            return None
        if match.url_name == "home":
            return redirect("admin:index")
        raise Http404


class SecondFactorForStaff:
    """Staff outside a demo sign in with a second factor; until it is set up every page leads to setting it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            user.is_authenticated
            and getattr(user, "is_staff", False)
            and not request.path.startswith(reverse("account_login").removesuffix("login/"))
            and not is_mfa_enabled(user)
            and not Practice.objects.filter(demo=True).exists()
        ):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

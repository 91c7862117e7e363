"""Session mode: while the two sit together the browser is bound to their one agreement; leaving needs the therapist.

It lives in the browser's session on the server. Whatever else is asked for answers 403 with one body that names nobody,
whether it exists or not. A screen that lay idle is locked; what was saved is saved, and the same page opens again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone

from agreements.models import Document

KEY = "session_mode"
ALONE = "prepare"  # the one page below a room's address that is the therapist's own
OF_A_DOCUMENT = ("copy", "document", "picture", "review_ics", "large", "cards", "phone", "note", "guardian_page")
ALWAYS = ("session_lock", "session_here", "session_unlock", "account_logout", "healthz", "readyz")
LEAVING = ("session_leave", "session_back")
IDLE = timedelta(minutes=66)  # scripts lock after 60; they tell us of a hand on the screen every five at most
NOTICED = timedelta(minutes=1)  # a sign of life is written down at most this often: a save stays one update


@dataclass(frozen=True)
class Binding:
    """The round a browser shows, when it was last used (seconds since 1970), and, once locked, the page it showed.

    `alone`: the therapist opened it for the two alone, although a guardian reads along by now.
    """

    draft: str
    seen: float
    locked: bool = False
    at: str = ""
    alone: bool = False


def bound(request: HttpRequest) -> Binding | None:
    """What this browser is bound to, or None outside session mode."""
    kept = request.session.get(KEY)
    return Binding(**kept) if kept else None


def is_bound_to(request: HttpRequest, draft_id: UUID) -> bool:
    """Whether this browser is bound to that round."""
    binding = bound(request)
    return binding is not None and binding.draft == str(draft_id)


def is_alone(request: HttpRequest) -> bool:
    """Whether the therapist opened this screen for the two alone."""
    binding = bound(request)
    return binding is not None and binding.alone


def part(request: HttpRequest, at: str) -> None:
    """The two go on alone on the page `at`, once the therapist opens it: a guardian may hold the tablet now."""
    if binding := bound(request):
        keep(request, replace(binding, locked=True, at=at, alone=True))


def join(request: HttpRequest) -> None:
    """A guardian reads along from now on."""
    if is_alone(request) and (binding := bound(request)):
        keep(request, replace(binding, alone=False))


def bind(request: HttpRequest, draft_id: UUID) -> None:
    """Session mode begins. The session's key changes, so that what a browser remembers of before is not reused."""
    request.session.cycle_key()
    keep(request, Binding(str(draft_id), timezone.now().timestamp()))


def release(request: HttpRequest) -> None:
    """Session mode is over."""
    request.session.pop(KEY, None)
    request.session.cycle_key()


def lock(request: HttpRequest, at: str) -> None:
    """The screen lay idle on the page `at`: only the therapist opens it again, and it opens there."""
    if (binding := bound(request)) and not binding.locked:
        inside = at.startswith(f"/room/{binding.draft}/")
        keep(request, replace(binding, locked=True, at=at if inside else "", alone=False))


def unlock(request: HttpRequest) -> str:
    """Open the locked screen again: the address of the page it showed, or "" where that is not known."""
    binding = bound(request)
    assert binding is not None
    request.session.cycle_key()
    keep(request, Binding(binding.draft, timezone.now().timestamp(), alone=binding.alone))
    return binding.at


def seen(request: HttpRequest) -> None:
    """Somebody is there."""
    if binding := bound(request):
        keep(request, replace(binding, seen=timezone.now().timestamp()))


def keep(request: HttpRequest, binding: Binding) -> None:
    """Write it into the browser's session."""
    request.session[KEY] = asdict(binding)


class SessionMode:
    """Lets a bound browser see its own round and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (binding := bound(request)) is None or not request.user.is_authenticated:
            return self.get_response(request)
        name, given = _where(request.path)
        idle = timezone.now().timestamp() - binding.seen
        if idle > IDLE.total_seconds():
            lock(request, request.path if request.method == "GET" else "")
            binding = replace(binding, locked=True)
        if name == "account_logout" and request.method == "GET":
            return redirect("session_leave")  # the library's page stands in the frame of the desk
        if name in ALWAYS:
            return self.get_response(request)
        if binding.locked:
            return render(request, "agreements/session/idle.html", {"alone": binding.alone}, status=403)
        if not _is_open(name, given, binding):
            return render(request, "agreements/session/locked.html", status=403)
        if idle > NOTICED.total_seconds():
            seen(request)
        return self.get_response(request)


def round_of(url: str) -> UUID | None:
    """The round whose page that address is, or None; the therapist's own page is not one of them."""
    name, given = _where(urlsplit(url).path)
    return given.get("draft_id") if name != ALONE else None


def _where(path: str) -> tuple[str, dict[str, Any]]:
    try:
        match = resolve(path)
    except Resolver404:
        return "", {}
    return match.url_name or "", match.kwargs


def _is_open(name: str, given: dict[str, Any], binding: Binding) -> bool:
    if name in LEAVING:
        return True
    if name in OF_A_DOCUMENT:
        return Document.objects.filter(pk=given["document_id"], version__draft=binding.draft).exists()
    return name != ALONE and str(given.get("draft_id", "")) == binding.draft

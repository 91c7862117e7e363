"""Try it alone: the therapist walks the whole journey with a sample client, on the real installation; nothing is kept.

Each page is the real one. What was sent so far is remembered, encrypted, in a session row of its own, which only the
run writes, one page after another. For every page it is done again inside a transaction which is then undone: so not
one row of a practice run is ever committed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

from django.contrib.messages.storage.session import SessionStorage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agreements.actions import drafting, people, run_memory
from agreements.actions.sample_paper import paper_of
from agreements.models import Draft, Practice, User
from agreements.reads import offers
from agreements.reads import room as rooms
from agreements.rules.vocabulary import Contact, Voice
from agreements.views import session_mode
from agreements.views.access import SignedIn

KEY = "practice_run"
MOST = 200  # posts; a run has about thirty
LAST = ("read", "short")  # where two real people would go on to sign


@dataclass
class Run:
    """A practice run: the address its pages go by, and what was sent so far as (address, body)."""

    id: str
    sent: list[tuple[str, str]] = field(default_factory=list)


class SampleSession(dict[str, Any]):
    """Stands in for the browser's session while a page of the run is made: session mode begins and ends in here."""

    modified = False

    def cycle_key(self) -> None:
        """There is no key to change."""


def of(request: HttpRequest) -> Run | None:
    """The practice run in this browser, or None."""
    kept = run_memory.read(key) if (key := request.session.get(KEY)) else None
    return Run(**json.loads(kept)) if kept else None


class PracticeRun:
    """Answers every page of a practice run, and undoes what it did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        run = of(request) if request.path.startswith("/room/") and request.user.is_authenticated else None
        if run is None or not request.path.startswith(f"/room/{run.id}/"):
            return self.get_response(request)
        request.practice_run = True  # type: ignore[attr-defined]
        if request.method == "POST" and resolve(request.path).url_name in LAST:
            return render(request, "agreements/desk/practice_end.html")
        with transaction.atomic():
            User.objects.select_for_update().get(pk=request.user.pk)  # one page of a run after another
            run = of(request) or run
            with _undone(request, run) as (draft, session):
                response = self._answer(request, run, draft, session)
            if request.method == "POST" and response.status_code in (200, 302) and len(run.sent) < MOST:
                sent = Run(run.id, [*run.sent, (request.path, request.POST.urlencode())])
                run_memory.write(request.session[KEY], json.dumps(asdict(sent)))
        return response

    def _answer(self, request: HttpRequest, run: Run, draft: Draft, session: SampleSession) -> HttpResponse:
        real, path = request.session, request.path
        request.session = session  # type: ignore[assignment]
        request.path = request.path_info = path.replace(run.id, str(draft.pk))
        try:
            response = self.get_response(request)
        finally:
            request.session = real
            request.path = request.path_info = path
        response.content = response.content.replace(str(draft.pk).encode(), run.id.encode())
        if onward := response.headers.get("Location"):
            inside = onward.startswith("/room/")
            response.headers["Location"] = onward.replace(str(draft.pk), run.id) if inside else reverse("home")
        return response


@contextmanager
def _undone(request: HttpRequest, run: Run) -> Iterator[tuple[Draft, SampleSession]]:
    """The sample round as far as it was sent, until the block ends; then none of it ever was."""
    with transaction.atomic():
        draft = _begun(request)
        binding = session_mode.Binding(str(draft.pk), timezone.now().timestamp())
        session = SampleSession({session_mode.KEY: asdict(binding)})
        for path, body in run.sent:
            _send_again(request, path.replace(run.id, str(draft.pk)), body, session)
        yield draft, session
        transaction.set_rollback(True)


def _send_again(request: HttpRequest, path: str, body: str, session: SampleSession) -> None:
    """Post to the view itself, as the same person."""
    again = HttpRequest()
    again.method, again.user, again.session = "POST", request.user, session  # type: ignore[assignment]
    again.path = again.path_info = path
    again.META = request.META
    again.POST = QueryDict(body)  # type: ignore[assignment]
    again._messages = SessionStorage(again)  # type: ignore[attr-defined]
    match = again.resolver_match = resolve(path)
    match.func(again, *match.args, **match.kwargs)


def _begun(request: HttpRequest) -> Draft:
    """A round of the sample client with the kind of agreement that is theirs, and their own usual answers in it."""
    edition, practice, now = offers.to_try(request.user), Practice.objects.get(), timezone.now()
    if edition is None:
        raise Http404
    client = people.add_client(
        by=request.user, now=now, name=_("Sam S."), called=_("Sam"), zone=practice.zone, country=practice.country,
        area="", voice=Voice.CALLS, contact=Contact.CALL, registered=False, contact_person="",
        language=practice.language, paper=practice.paper,
    )  # fmt: skip
    return drafting.start(client=client, edition=edition, by=request.user, now=now)


@require_POST
def begin(request: SignedIn) -> HttpResponse:
    """A new practice run; one that was begun before is forgotten."""
    _forget(request)
    run = Run(str(uuid4()))
    request.session[KEY] = run_memory.begin(json.dumps(asdict(run)))
    return redirect("room", run.id)


@require_POST
def end(request: SignedIn) -> HttpResponse:
    """The run is over, and there is nothing to delete but the memory of what was sent."""
    _forget(request)
    return redirect("home")


def _forget(request: HttpRequest) -> None:
    if key := request.session.pop(KEY, None):
        run_memory.forget(key)


@require_GET
def paper(request: SignedIn) -> HttpResponse:
    """What the two would sign, as a PDF that says on every page that it is a sample."""
    if (run := of(request)) is None:
        raise Http404
    with _undone(request, run) as (draft, _session):
        made = paper_of(rooms.enter(draft.pk), now=timezone.now())
    headers = {"Content-Disposition": 'inline; filename="practice-run.pdf"'}
    return HttpResponse(made.pdf, content_type="application/pdf", headers=headers)

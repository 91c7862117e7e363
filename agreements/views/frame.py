"""What every page in the room shares: the crisis box in the footer, the two names, the way back and the way to stop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Party
from agreements.reads import paper, resources
from agreements.reads.room import Room
from agreements.rules import crisis
from agreements.rules.steps import SIGNERS, Step, journey, own_page
from agreements.rules.vocabulary import Role
from agreements.rules.wording import listed
from agreements.views import session_mode
from agreements.views.local import in_zone


def in_room(
    request: HttpRequest, room: Room, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page of the room. `step` in the context gives the way back; `stop_form` names the page's own form."""
    context = context or {}
    step = context.get("step")
    shared = {
        "room": room,
        "draft": room.draft,
        "client": room.client,
        "therapist": room.therapist,
        "box": box(room),
        "names": names(room),
        "about_signatures": about_signatures(room),
        "back_url": _before(room, step) if step else "",
        "stop_url": reverse("pause", args=[room.draft.pk]),
        "leave_url": _way_out(request, room),
        "joined": joined(request, room),
    }
    return in_zone(room.practice.zone, request, template, {**shared, **context}, status)


def joined(request: HttpRequest, room: Room) -> list[Party]:
    """The guardians who read along on this screen: its pages say what the paper says, and nobody's answers."""
    here = session_mode.is_bound_to(request, room.draft.pk) and not session_mode.is_alone(request)
    return room.guardians if here and room.read_by_guardians else []


def about_signatures(room: Room) -> str:
    """What is said of signatures while the text may still change: what a change does, and what one did. "" before."""
    return " ".join(filter(None, [_would_go(room), no_longer_counts(room)]))


def no_longer_counts(room: Room) -> str:
    """Whose signature a change took away; "" where nobody's was, and once it is kept."""
    gone = _called(room, room.overtaken)
    return _("What %(who)s signed no longer counts.") % {"who": listed(gone)} if gone else ""


def _would_go(room: Room) -> str:
    signed = _called(room, room.signatures)
    return (
        ngettext(
            "%(who)s has signed. A change means that %(who)s signs again.",
            "%(who)s have signed. A change means that they sign again.",
            len(signed),
        )
        % {"who": listed(signed)}
        if signed
        else ""
    )


def _called(room: Room, keys: Iterable[str]) -> list[str]:
    return [] if room.kept else [room.parties[key].called for key in keys if key in room.parties]


def box(room: Room) -> crisis.Box:
    """The crisis box in the agreement's language, whatever the screen's."""
    with translation.override(room.draft.agreement.language):
        return crisis.box(paper.facts(room), resources.plain(paper.rows_for(room)))


def names(room: Room) -> dict[str, str]:
    """What fills the placeholders of a question."""
    return {"client": room.client.called, "therapist": room.therapist.called, "phone": room.practice.phone}


def url_of(room: Room, step: Step) -> str:
    """The address of a page of this room."""
    if step in (Step.TALK, Step.AGAIN):
        return reverse("room", args=[room.draft.pk])
    if step in (Step.TURN, Step.SINCE) and step in room.taken and room.turns_left:
        return own_url(room, step, room.turns_left[0].key)
    if step is Step.SIGN:
        return reverse("sign", args=[room.draft.pk, room.awaited[0].key if room.awaited else Role.THERAPIST])
    return reverse(step.value.replace("-", "_"), args=[room.draft.pk])


def own_url(room: Room, step: Step, key: str) -> str:
    """The address of a page that each has alone, for this person by key."""
    if key in SIGNERS:
        return reverse(own_page(step, key).replace("-", "_"), args=[room.draft.pk])
    return reverse(f"{step}_of", args=[room.draft.pk, key])


def back_from_the_side(room: Room) -> str:
    """From a page beside the journey back to where the two are; between two differences that is what they see."""
    return url_of(room, Step.SEEN if room.next_step is Step.TALK else room.next_step)


def _way_out(request: HttpRequest, room: Room) -> str:
    """Where the therapist goes from the room: in session mode they sign in again first."""
    if session_mode.bound(request):
        return reverse("session_leave")
    return reverse("client", args=[room.draft.agreement.client_id]) if room.draft.agreement.client_id else ""


def _before(room: Room, step: Step) -> str:
    pages = journey(room.draft.outcome, room.draft.review_id is not None)
    pages = tuple(page for page in pages if page not in (Step.PREPARE, Step.TALK, Step.AGAIN))
    where = pages.index(step) if step in pages else 0
    return url_of(room, pages[where - 1]) if where else ""

"""How this browser names clients in lists: by initials, until the therapist chooses otherwise. Kept in its session."""

from __future__ import annotations

from django.http import HttpRequest

from agreements.rules.shown_names import Naming

KEY = "naming"


def chosen(request: HttpRequest) -> Naming:
    """Hidden, initials or full."""
    kept = request.session.get(KEY)
    return Naming(kept) if kept in Naming else Naming.INITIALS


def choose(request: HttpRequest, naming: Naming) -> None:
    """From now on, until they sign out or the two sit down together."""
    request.session[KEY] = naming.value


def cover(request: HttpRequest) -> None:
    """Somebody else may look on now: full names are initials again. What was hidden stays hidden."""
    if chosen(request) is Naming.FULL:
        del request.session[KEY]

"""When nothing else can answer: a plain page, and for keys that are gone the way back."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template import loader
from django.views import csrf, defaults

from agreements.models.fields import FieldKeyUnavailable


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its key: what was entered is shown and offered again. A tap saved in the background gets a new key
    with the answer and is sent once more (save.js), since the session may be as it was."""
    if "application/json" not in request.headers.get("Accept", ""):
        return csrf.csrf_failure(request, reason)
    get_token(request)
    return JsonResponse({}, status=503 if request.user.is_authenticated else 401)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with a way forward when the key files are missing or do not fit, else the usual page."""
    if isinstance(sys.exc_info()[1], FieldKeyUnavailable):
        return HttpResponse(loader.get_template("503.html").render(), status=503)
    return defaults.server_error(request)

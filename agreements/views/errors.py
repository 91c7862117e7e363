"""When nothing else can answer: a plain page, and for keys that are gone the way back."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

from agreements.models.fields import FieldKeyUnavailable


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with a way forward when the key files are missing or do not fit, else the usual page."""
    if isinstance(sys.exc_info()[1], FieldKeyUnavailable):
        return HttpResponse(loader.get_template("503.html").render(), status=503)
    return defaults.server_error(request)

"""Headers of every answer: nothing is kept by the browser, nothing is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


IN_OUR_FRAME = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'") + "; frame-src 'self'"


class Smaller(GZipMiddleware):
    """Pages, styles and scripts are sent compressed; papers are compressed already.

    Compression beside a secret can give the secret away by its length (BREACH): the only one in our pages is the form's
    key, which Django masks anew each time; a session cookie is SameSite=Lax, so no other site can ask for our pages in
    somebody's name; and Django pads each answer by a random length.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not response.headers.get("Content-Type", "").startswith(("text/", "image/svg", "application/json")):
            return response
        smaller: HttpResponse = super().process_response(request, response)
        return smaller


class PrivateHeaders:
    """A strict content security policy, and no-store, so that Back shows nothing after the session.

    A view that says so with Django's `xframe_options_sameorigin` may show, and be shown in, a frame of our own pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        framed = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
        response.headers["Content-Security-Policy"] = IN_OUR_FRAME if framed else POLICY
        response.headers["Cache-Control"] = "no-store"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        return response

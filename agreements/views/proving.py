"""Two pages for anybody: is this file what was locked, and is the paper with this check code in force? No names.

Nobody signs in, nothing is written. A file is bounded before it is read, and only a few are looked at at once.
"""

from __future__ import annotations

import re
from threading import BoundedSemaphore

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from agreements.actions import proving
from agreements.actions.pdf_verdict import LARGEST
from agreements.reads import proof
from agreements.rules import digest

AROUND = 64 * 1024  # what a form has around its file
SHA256 = re.compile(r"[0-9a-f]{64}")
AT_ONCE = BoundedSemaphore(2)
PATIENCE = 1.0  # seconds for a place


@login_not_required
@csrf_exempt  # it changes nothing; and the check would read the whole of a file before its size is known
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Three answers about a file, by its fingerprint alone where the browser can make one."""
    if request.method != "POST":
        return _page(request, None)
    announced = _announced(request)
    if announced is None:
        return _page(request, None, "unread", 400)
    if announced > LARGEST + AROUND or request.POST.get("sha256") == "large":
        return _page(request, None, "large", 413)
    if not AT_ONCE.acquire(timeout=PATIENCE):
        return _page(request, None, "busy", 503)
    try:
        answers = _answers(request)
    finally:
        AT_ONCE.release()
    return _page(request, answers, "" if answers else "none", 200 if answers else 422)


@login_not_required
@require_GET
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR leads: the crisis lines first, then whether this paper is in force. An unknown code looks alike."""
    now = timezone.now()
    document = proof.by_code(digest.typed_code(code))
    standing = proof.standing(document, now) if document else None
    context = {"lines": proof.crisis_lines(now), "standing": standing}
    return _unlisted(render(request, "agreements/public/code.html", context, status=200 if standing else 404))


def _announced(request: HttpRequest) -> int | None:
    """How many bytes are said to come: as many as Django will read; None where that is no length: it would stumble."""
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return None
    return announced if announced >= 0 else None


def _answers(request: HttpRequest) -> proving.Answers | None:
    now, file = timezone.now(), request.FILES.get("file")
    if file is not None and file.size is not None and file.size <= LARGEST:
        return proving.of_file(file.read(), now)
    sha256 = request.POST.get("sha256", "").lower()
    return proving.of_sha256(sha256, now) if SHA256.fullmatch(sha256) else None


def _page(request: HttpRequest, answers: proving.Answers | None, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"answers": answers, "problem": problem, "largest": LARGEST // 1024 // 1024}
    return _unlisted(render(request, "agreements/public/verify.html", context, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

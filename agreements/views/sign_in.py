"""How sign-in differs from the library's own: nobody signs up, second-factor secrets are stored encrypted, and
being signed out loses nothing that was posted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agreements.models import User
from agreements.models.fields import decrypt, encrypt
from agreements.views.session_mode import round_of
from agreements.views.sessions import go_straight_in


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse:
        """Who signs in on the way to a page of the room is in session mode at once."""
        response = super().post_login(request, user, **facts)
        go_straight_in(request, response.headers.get("Location", ""))
        return response


class EncryptedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and recovery seeds under the same keys as personal text."""

    def encrypt(self, text: str) -> str:
        return encrypt(text.encode(), "mfa.secret")

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, "mfa.secret").decode()


class SignInFirst(LoginRequiredMiddleware):
    """Sends everybody to the sign-in page; who posts a form of ours gets what they entered offered again."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:
        """A form of ours was posted when the browser says so itself; a script is only told that nobody is signed in."""
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "same-origin":
            draft_id = round_of(request.path)
            back = reverse("room", args=[draft_id]) if draft_id else reverse("home")
            return render(request, "signed_out.html", {"back": back}, status=403)
        return super().handle_no_permission(request, view_func)

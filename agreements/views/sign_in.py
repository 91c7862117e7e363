"""How sign-in differs from the library's own: nobody signs up, and second-factor secrets are stored encrypted."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from agreements.models.fields import decrypt, encrypt


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class EncryptedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and recovery seeds under the same keys as personal text."""

    def encrypt(self, text: str) -> str:
        return encrypt(text.encode(), "mfa.secret")

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text, "mfa.secret").decode()

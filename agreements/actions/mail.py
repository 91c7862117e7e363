"""The messages that leave the building: three templates each. Who gets one when: reminders.py.

A message holds no name, no clinical word and no text of an agreement, so that it may be seen by anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

PARTS = ("_subject.txt", ".txt", ".html")


class NotSent(Exception):
    """The mail server did not take the message. Its text says why, in plain words and without an address."""


def is_printed() -> bool:
    """No mail is configured: messages are printed and go nowhere (EMAIL_URL=console:)."""
    return settings.EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend"


def is_off() -> bool:
    """The operator turned mail off (EMAIL_URL=off:)."""
    return settings.EMAIL_BACKEND == "django.core.mail.backends.dummy.EmailBackend"


@dataclass(frozen=True)
class Message:
    """One message: the `name` of its three templates, and what they may say.

    `message_id` (without brackets) is the same in every attempt. `day` is the local date it is about, `occurrence`
    which reminder of it this is. `stop` is the word of the page that stops these messages, "" where there is none.
    """

    name: str
    to: str
    message_id: str
    language: str
    day: date | None = None
    occurrence: int = 1
    stop: str = ""


class _Letter(EmailMultiAlternatives):
    """Its parts are told apart by the same words in every attempt: what Django draws at random costs more time."""

    def message(self, **policy: Any) -> Any:
        made = super().message(**policy)
        made.set_boundary("=_between_sessions_=")
        return made


def send(message: Message) -> None:
    """Send it. Returns when the mail server said yes. Raises NotSent."""
    if not message.to:
        raise NotSent(_("There is no e-mail address, or the account is switched off."))
    home = f"{settings.PUBLIC_ADDRESS}/" if settings.PUBLIC_ADDRESS else ""
    stop_url = f"{here()}{reverse('wish_stop', args=[message.stop])}" if message.stop else ""
    said = {"language": _spoken(message.language), "day": message.day, "occurrence": message.occurrence}
    subject, text, html = _parts(message.name, **said, home=home, stop_url=stop_url)
    headers = {"Message-ID": f"<{message.message_id}>", "Auto-Submitted": "auto-generated"}
    if stop_url:  # RFC 8058: the mail program may stop it by one tap
        headers |= {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    email = _Letter(subject, text, to=[message.to], headers=headers)
    email.attach_alternative(html, "text/html")
    try:
        email.send()
    except (OSError, ValueError) as error:  # SMTP errors are OSErrors; an impossible address is a ValueError
        raise NotSent(_reason(error)) from error


def here() -> str:
    """Where this installation is reached; without a public address only from this machine, as in a demo."""
    return settings.PUBLIC_ADDRESS or "http://localhost:8000"


@lru_cache(maxsize=32)  # most mails of one morning say the same
def _parts(name: str, **context: Any) -> tuple[str, str, str]:
    with translation.override(context["language"]):
        subject, text, html = (render_to_string(f"emails/{name}{part}", context).strip() for part in PARTS)
    return subject, text, html


def _spoken(language: str) -> str:
    """The language a mail is written in: this one where the product speaks it, with its names of days; else its own."""
    try:
        return translation.get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, SMTPRecipientsRefused):
        codes = {str(code) for code, _text in error.recipients.values()}
        return _("The mail server refused the address (%(code)s).") % {"code": ", ".join(sorted(codes))}
    if isinstance(error, SMTPResponseException):
        return _("The mail server refused the message (%(code)s).") % {"code": error.smtp_code}
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):  # smtplib hides it in another
        return _("The mail server did not answer in time.")
    if isinstance(error, SMTPServerDisconnected):
        return _("The mail server broke off.")
    if isinstance(error, OSError):
        return _("The mail server cannot be reached: %(reason)s") % {"reason": error.strerror or type(error).__name__}
    return _("No message can be sent to this address, or from ours.")

"""The messages that leave the building: one function each, three templates each. Who gets one when: reminders.py.

A message holds no name, no clinical word and no text of an agreement, so that it may be seen by anybody.
"""

from __future__ import annotations

from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _


class NotSent(Exception):
    """The mail server did not take the message. Its text says why, in plain words and without an address."""


def is_off() -> bool:
    """The operator turned mail off (EMAIL_URL=off:)."""
    return settings.EMAIL_BACKEND == "django.core.mail.backends.dummy.EmailBackend"


def review_due(*, to: str, message_id: str, language: str) -> None:
    """Tell a therapist that one review is due. `message_id` (without brackets) is the same in every repeat.

    Returns when the mail server said yes. Raises NotSent.
    """
    _send("review_due", to=to, message_id=message_id, language=language)


def _send(name: str, *, to: str, message_id: str, language: str) -> None:
    home = f"{settings.PUBLIC_ADDRESS}/" if settings.PUBLIC_ADDRESS else ""
    with translation.override(language):
        subject, text, html = (
            render_to_string(f"emails/{name}{part}", {"home": home, "language": language}).strip()
            for part in ("_subject.txt", ".txt", ".html")
        )
    message = EmailMultiAlternatives(
        subject, text, to=[to], headers={"Message-ID": f"<{message_id}>", "Auto-Submitted": "auto-generated"}
    )
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except (OSError, ValueError) as error:  # SMTP errors are OSErrors; an impossible address is a ValueError
        raise NotSent(_reason(error)) from error


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

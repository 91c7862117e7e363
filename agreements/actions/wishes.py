"""What the client asked for and may stop: a reminder before the day of the look. And the therapist's calendar address.

Both are opened by a long random word, without signing in.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit, mail, reminders
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import Agreement, CalendarFeed, Practice, User, Wish
from agreements.reads import ends
from agreements.rules.vocabulary import Contact

LONGEST = 254  # an e-mail address (RFC 5321)


def may_ask(agreement: Agreement) -> bool:
    """Whether a reminder can be offered: the client may be reached (H19), mail goes out, and one tap can stop it.

    A page that stops it needs a public address, and mail that is only printed reaches nobody; a demo may do without.
    """
    works = bool(settings.PUBLIC_ADDRESS) and not mail.is_printed()
    works = works or Practice.objects.filter(demo=True).exists()
    return agreement.client.contact != Contact.NONE and works and not mail.is_off()


def of(agreement: Agreement) -> Wish | None:
    """What the client asked for and nobody stopped."""
    return Wish.objects.filter(agreement=agreement, stopped_at=None).first()


@transaction.atomic
def ask(*, agreement: Agreement, email: str, by: User, now: datetime, form_key: UUID | None = None) -> Wish:
    """The client asks for a reminder, to the address they call safe. An earlier wish ends with it.

    Raises Unreadable where that is no address, NotNow where nobody may write to the client or texting has ended.
    """
    audit.lock(agreement)
    if again := audit.replayed(form_key):
        return Wish.objects.get(pk=again.subject)
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Unreadable(_("Please write the e-mail address, such as name@example.org."), "email") from error
    if len(email) > LONGEST:
        raise Unreadable(_("Please use a shorter e-mail address."), "email")
    if not may_ask(agreement) or ends.is_over(agreement, ends.local_day(now)):
        raise NotNow(_("No reminder can be sent here."))
    if before := of(agreement):
        _end(before, by, now)
    token = secrets.token_urlsafe(32)
    wish = Wish.objects.create(agreement=agreement, email=email, token=token, token_sha256=_sha256(token), asked_at=now)
    audit.append(chain=agreement, kind="reminder asked for", by=by, now=now, subject=wish.pk, form_key=form_key)
    return wish


@transaction.atomic
def stop(*, wish: Wish, by: User | None, now: datetime) -> None:
    """No reminder any more, from now on. Twice is once. `by` is None where the client tapped in the mail."""
    audit.lock(wish.agreement)
    wish.refresh_from_db()
    if wish.stopped_at is None:
        _end(wish, by, now)


def by_token(token: str) -> Wish | None:
    """The wish that a mail's link names, stopped or not."""
    return Wish.objects.filter(token_sha256=_sha256(token)).first()


def _end(wish: Wish, by: User | None, now: datetime) -> None:
    Wish.objects.filter(pk=wish.pk).update(stopped_at=now)
    reminders.cancel(wish=wish.pk)
    audit.append(chain=wish.agreement, kind="reminder stopped", by=by, now=now, subject=wish.pk)


def feed_of(therapist: User) -> CalendarFeed | None:
    """The address that a therapist's calendar program reads, if there is one."""
    return CalendarFeed.objects.filter(therapist=therapist, revoked_at=None).first()


@transaction.atomic
def make_feed(*, by: User, now: datetime) -> CalendarFeed:
    """The therapist's calendar address: the one there is, or a new one nobody can guess."""
    practice = Practice.objects.get()
    audit.lock(practice)
    if feed := feed_of(by):
        return feed
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(therapist=by, token=token, token_sha256=_sha256(token), made_at=now)
    audit.append(chain=practice, kind="calendar address made", by=by, now=now, subject=feed.pk)
    return feed


@transaction.atomic
def revoke_feed(*, by: User, now: datetime) -> None:
    """Take the address back: from now on it leads nowhere. Twice is once."""
    practice = Practice.objects.get()
    audit.lock(practice)
    if feed := feed_of(by):
        CalendarFeed.objects.filter(pk=feed.pk).update(revoked_at=now)
        audit.append(chain=practice, kind="calendar address taken back", by=by, now=now, subject=feed.pk)


def open_feed(token: str) -> CalendarFeed | None:
    """The feed at an address; None where it was taken back, never was, or its therapist may no longer sign in."""
    open_ones = CalendarFeed.objects.filter(revoked_at=None, therapist__is_active=True, therapist__sees_clients=True)
    return open_ones.filter(token_sha256=_sha256(token)).select_related("therapist").first()


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

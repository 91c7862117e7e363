"""What a file is, in three answers kept apart: unaltered, sealed by this practice, in force. Nothing is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from agreements.actions import keys
from agreements.actions.pdf_verdict import GENUINE, UNREADABLE, certificate_ended, is_sealed, judge, stamped_at
from agreements.models import Document, LargePrint
from agreements.reads import proof
from agreements.rules.vocabulary import TrustedTime


@dataclass(frozen=True)
class Answers:
    """Each of the three is True, False or None (nobody can say from what was given); `reason` says why in plain words.

    `standing` is set for a document that is kept here, and so is `trusted_time`. `ended_on` is the last day of the
    seal's certificate when that is over. `by_fingerprint` says that the file itself could tell more.
    """

    unaltered: bool | None
    ours: bool | None
    reason: str
    standing: proof.Standing | None = None
    trusted_time: TrustedTime | None = None
    stamped_at: datetime | None = None
    ended_at: datetime | None = None
    readable: bool = True
    by_fingerprint: bool = False


def of_sha256(sha256: str, now: datetime) -> Answers:
    """The answers for a file of which only the SHA-256 is known."""
    if document := proof.by_sha256(sha256):
        return _kept(document, now)
    return Answers(None, None, _("No file with this fingerprint was locked here."), by_fingerprint=True)


def of_file(content: bytes, now: datetime) -> Answers:
    """The answers for a file. Its bytes decide first; what is not kept here is judged by its seal."""
    if document := proof.by_sha256(hashlib.sha256(content).hexdigest()):
        return _kept(document, now)
    try:
        verdict = judge(content, keys.root_certificate())
    except keys.KeyProblem:
        return Answers(None, False, _("It is not one of ours."))
    if verdict.status == UNREADABLE:
        return Answers(None, None, verdict.reason, readable=False)
    if verdict.status == GENUINE:
        says = _("Our key sealed it, but it is not among the documents kept here.")
        return Answers(True, None, says, stamped_at=verdict.stamped_at)
    if not is_sealed(content):
        return Answers(None, None, _unlocked())
    return Answers(
        False if verdict.changed else None, False, _("It is not one of ours. %(why)s") % {"why": verdict.reason}
    )


def _unlocked() -> str:
    """Of a file without a seal nobody can say who made it: it may be a card or a page of ours, or anything."""
    says = _("This file carries no lock at all. Only the agreement’s own file does; cards and other pages do not.")
    return " ".join((says, _("If this should be the agreement, it is not the file that was locked.")))


def _kept(document: Document | LargePrint, now: datetime) -> Answers:
    content = bytes(document.content)
    at = stamped_at(content)
    return Answers(
        True,
        True,
        _("It is one of ours, exactly as it was sealed."),
        standing=proof.standing(document, now),
        trusted_time=_trusted_time(at, TrustedTime(document.timestamp_status)),
        stamped_at=at,
        ended_at=certificate_ended(content, now),
    )


def _trusted_time(at: datetime | None, kept: TrustedTime) -> TrustedTime:
    """Whether the bytes carry a trusted time, whatever the row says; only the row knows whether one was asked for."""
    if at is not None:
        return TrustedTime.STAMPED
    return TrustedTime.NONE if kept == TrustedTime.STAMPED else kept

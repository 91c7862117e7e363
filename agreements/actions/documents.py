"""From a signed version to the sealed PDF, exactly once, and the record of the copy that was given."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.metadata import version as installed
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from agreements.actions import audit, keys, pdf, pdf_signature, pdf_verdict, reminders, timestamps
from agreements.actions.refusals import NotNow, Refused
from agreements.actions.rounds import refuse_if_over
from agreements.actions.sealing import awaited
from agreements.models import (
    AuditEvent,
    CopyRecord,
    Document,
    Draft,
    LargePrint,
    Practice,
    SealAttempt,
    Signature,
    User,
    Version,
)
from agreements.models.fields import FieldKeyUnavailable
from agreements.reads import ends
from agreements.rules import signing
from agreements.rules.record import AgreementRecord, LogRecord, Sealed, SignatureRecord
from agreements.rules.vocabulary import Known, Role, SignatureKind, TrustedTime
from agreements.rules.wording import listed, one_stop

LEASE = timedelta(minutes=2)  # one that ends later than that from now was taken before the clock was set back
STORAGE_FAULTS = (DatabaseError, FieldKeyUnavailable, OSError)
FAULTS = (pdf.RenderRefused, pdf_signature.SealRefused, keys.KeyProblem, *STORAGE_FAULTS)
TOOLS = ("weasyprint", "pyhanko", "pydyf", "fonttools", "fontpkg-noto-sans", "fontpkg-rubik")


class SealingFailed(Refused):
    """The PDF could not be made now. The signatures are kept and `issue_documents` tries again."""


def issue(*, version: Version, by: User | None, now: datetime) -> Document:
    """The sealed document of a signed version: the one it has, or a new one.

    1. Claim the version under a lease, so that two workers make one document. 2. Render, seal and verify outside any
    transaction. 3. Store bytes, digest and log in one transaction. A crash anywhere leaves a lease that lapses.
    Raises NotNow while signatures are missing, when an edit overtook them or while somebody else is sealing,
    SealingFailed with the reason otherwise.
    """
    if document := Document.objects.filter(version=version).first():
        return document
    try:
        _refuse_unsigned(version)
        _refuse_overtaken(version, now)
        _claim(version, now)
        sealed = sealed_record(version)
        content = pdf_signature.seal(pdf.render(sealed, marks(version)), now)
        return _store(version, content, by=by, now=now)
    except FAULTS as error:
        _give_back(version, str(error), now)
        raise SealingFailed(
            _("The signatures are kept. The PDF could not be made yet: %(reason)s") % {"reason": error}
        ) from error


def waiting(now: datetime) -> list[Version]:
    """Versions that are signed but have no document, and that nobody is sealing."""
    unsealed = (
        Version.objects.filter(document=None, draft_rev=F("draft__rev"), draft__set_aside_at=None)
        .exclude(attempt__leased_until__gt=now, attempt__leased_until__lte=now + LEASE)
        .defer("snapshot")
        .order_by("frozen_at")
    )
    newest = {version.draft_id: version for version in unsealed}
    return [version for version in newest.values() if not awaited(version) and not _is_over(version, now)]


def _is_over(version: Version, now: datetime) -> bool:
    return ends.is_over(version.agreement, ends.local_day(now))


def _refuse_unsigned(version: Version) -> None:
    """Raises NotNow with the names of those whose signature is missing, or when one came in without the log."""
    if missing := awaited(version):
        people = {party.key: party.called for party in version.agreement.parties.all()}
        who = listed([people.get(key, key) for key in missing])
        raise NotNow(one_stop(_("This agreement still waits for a signature: %(who)s.") % {"who": who}))
    signatures = version.signatures.values_list("pk", flat=True)
    logged = AuditEvent.objects.filter(chain=version.agreement_id, kind="signed", subject__in=set(signatures))
    if logged.count() != len(signatures):
        raise NotNow(_("The log knows nothing of a signature on this paper. Nothing is locked. Ask who runs this."))


def _refuse_overtaken(version: Version, now: datetime) -> None:
    """Raises NotNow when the round was changed or laid down after this version was frozen, or texting has ended: its
    signatures are void."""
    draft = Draft.objects.only("rev", "set_aside_at", "agreement").get(pk=version.draft_id)
    refuse_if_over(draft, now=now)
    if draft.rev != version.draft_rev or draft.set_aside_at is not None:
        raise NotNow(_("The agreement changed. Please read it again."))


@transaction.atomic
def _claim(version: Version, now: datetime) -> None:
    attempt, made = SealAttempt.objects.select_for_update().get_or_create(
        version=version, defaults={"leased_until": now + LEASE}
    )
    if made:
        return
    if now < attempt.leased_until <= now + LEASE:
        raise NotNow(_("This document is being made right now. Please look again in a minute."))
    attempt.leased_until, attempt.attempts, attempt.reason = now + LEASE, attempt.attempts + 1, ""
    attempt.save()


def _give_back(version: Version, reason: str, now: datetime) -> None:
    """End our own lease, not one that somebody took after ours lapsed. Where nothing can be written it lapses."""
    with suppress(DatabaseError):
        SealAttempt.objects.filter(version=version, leased_until=now + LEASE).update(leased_until=now, reason=reason)


@transaction.atomic
def _store(version: Version, content: bytes, *, by: User | None, now: datetime) -> Document:
    audit.lock(version.agreement)
    if document := Document.objects.filter(version=version).first():
        return document
    _refuse_overtaken(version, now)
    facts = _facts(content, now)
    document = Document.objects.create(
        version=version, agreement=version.agreement, number=version.number, content=content, **facts
    )
    reminders.settle(agreement=version.agreement, before=version.number)
    _record(document, version, "sealed", by=by, now=now)
    SealAttempt.objects.filter(version=version).update(reason="")
    return document


def issue_large(*, document: Document, by: User, now: datetime) -> LargePrint:
    """The large print of a sealed document: the one it has, or a new one. Raises SealingFailed with the reason."""
    if made := LargePrint.objects.filter(document=document).first():
        return made
    version = document.version
    try:
        content = pdf_signature.seal(pdf.render(sealed_record(version), marks(version), large=True), now)
        return _store_large(document, content, by=by, now=now)
    except FAULTS as error:
        raise SealingFailed(_("The large print could not be made yet: %(reason)s") % {"reason": error}) from error


@transaction.atomic
def _store_large(document: Document, content: bytes, *, by: User, now: datetime) -> LargePrint:
    audit.lock(document.agreement)
    if made := LargePrint.objects.filter(document=document).first():
        return made
    made = LargePrint.objects.create(document=document, content=content, **_facts(content, now))
    _record(made, document.version, "large print sealed", by=by, now=now)
    return made


def _facts(content: bytes, now: datetime) -> dict[str, Any]:
    """What is kept beside the bytes of a sealed file."""
    stamped_at = pdf_verdict.stamped_at(content)
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "tools": {name: installed(name) for name in TOOLS},
        "sealed_at": now,
        "timestamp_status": _trusted_time(stamped_at),
        "stamped_at": stamped_at,
    }


def _record(made: Document | LargePrint, version: Version, kind: str, *, by: User | None, now: datetime) -> None:
    status, practice = TrustedTime(made.timestamp_status), Practice.objects.get()
    details = {"sha256": made.sha256, "timestamp": status.value, "practice": audit.head(practice)}
    audit.record(chain=version.agreement, kind=kind, by=by, now=now, subject=made.pk, details=details)


def _trusted_time(stamped_at: datetime | None) -> TrustedTime:
    """What is true of a seal that carries this time, or none."""
    if stamped_at:
        return TrustedTime.STAMPED
    return TrustedTime.UNAVAILABLE if timestamps.configured() else TrustedTime.NONE


def sealed_record(version: Version) -> Sealed:
    """What the file attached to the PDF holds."""
    return Sealed.of(
        AgreementRecord.from_json(version.snapshot),
        tuple(_signature_record(row) for row in _signatures(version)),
        LogRecord(version.log_entries, version.log_head) if version.log_head else None,
    )


def _signature_record(row: Signature) -> SignatureRecord:
    """A signature with its facts; an older row has none, and nothing is made up for it."""
    return SignatureRecord(
        Role(row.role),
        SignatureKind(row.kind),
        row.at,
        row.zone,
        name=row.name or "",
        intent=row.intent,
        agreed=row.agreed,
        known=Known(row.known) if row.known else None,
        digest=row.digest if row.name else "",
    )


def marks(version: Version) -> list[pdf.Mark]:
    """The signatures as the paper shows them, in the order of signing."""
    called = {party.role: party.called for party in version.agreement.parties.all()}
    people = {"client": called[Role.CLIENT], "therapist": called[Role.THERAPIST]}
    with translation.override(version.agreement.language):
        return [
            pdf.Mark(
                role=Role(row.role),
                name=row.name or row.party.name,
                kind=SignatureKind(row.kind),
                strokes=tuple(tuple((x, y) for x, y in stroke) for stroke in row.strokes or ()),
                typed=row.typed,
                local_time=local_time(row.at, row.zone),
                intent=row.intent,
                agreed=row.agreed,
                known=signing.known_words(row.known, **people),
            )
            for row in _signatures(version)
        ]


def _signatures(version: Version) -> list[Signature]:
    rows = {row.party.key: row for row in version.signatures.select_related("party")}
    return [rows[key] for key in signing.in_order(rows)]


def local_time(at: datetime, zone: str) -> str:
    """A moment as people read it, with the zone's short name and its offset: never a time without a zone."""
    local = at.astimezone(ZoneInfo(zone))
    offset = local.strftime("%z")
    return _("%(date)s, %(time)s %(zone)s (UTC%(offset)s)") % {
        "date": date_format(local, "j F Y"),
        "time": time_format(local, "g:i a"),
        "zone": local.tzname(),
        "offset": f"{offset[:3]}:{offset[3:]}",
    }


@transaction.atomic
def record_copy(*, document: Document, kind: str, by: User, now: datetime, form_key: UUID | None = None) -> CopyRecord:
    """What the client took home, as the two said."""
    audit.lock(document.agreement)
    if again := audit.replayed(form_key):
        return CopyRecord.objects.get(pk=again.subject)
    copy = CopyRecord.objects.create(document=document, kind=kind, at=now)
    audit.record(
        chain=document.agreement,
        kind="copy given",
        by=by,
        now=now,
        subject=copy.pk,
        details={"kind": kind},
        form_key=form_key,
    )
    return copy

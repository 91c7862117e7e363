"""Freeze what the two agreed, and let each of them sign exactly that. The PDF is made in documents.py."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.actions import audit, overtaken, pdf, sample_paper
from agreements.actions.people import refuse_unprintable
from agreements.actions.refusals import NotNow, Stale, Unreadable, Unsafe
from agreements.actions.rounds import refuse_if_kept, refuse_unless_signable
from agreements.models import (
    Agreement,
    CarriedResource,
    CrisisResource,
    Draft,
    Looked,
    Party,
    Position,
    SeenInk,
    Signature,
    StepTaken,
    User,
    Version,
)
from agreements.reads import paper, resources, what_changes
from agreements.reads import room as rooms
from agreements.rules import dates, ink, record_changes, safety, signing
from agreements.rules.digest import sha256
from agreements.rules.record import AgreementRecord
from agreements.rules.shown_names import without_unseen
from agreements.rules.steps import may_open, reading
from agreements.rules.vocabulary import Known, Outcome, Role, SignatureKind


def freeze(*, draft: Draft, by: User, now: datetime) -> Version:
    """The version the two go to sign: everything the paper will show, with its digest.

    Freezing the same text again on the same day returns the same version. Raises NotNow when a page is not finished,
    nothing changed since they signed, or the paper cannot be made; Unsafe when a safety rule forbids signing.
    """
    _try_on_paper(draft, now)
    return _freeze(draft=draft, by=by, now=now)


def _try_on_paper(draft: Draft, now: datetime) -> None:
    """Make the paper once with lines to sign on, and let it go: what cannot be printed is found before anybody signs.

    Outside the transaction, since it takes a while. Raises NotNow with the reason.
    """
    room = rooms.enter(draft.pk)
    if not _is_ready(room) or (room.version and not room.was_read_before(now)):
        return
    try:
        sample_paper.paper_of(room, now=now)
    except pdf.RenderRefused as refused:
        raise NotNow(_("Nothing is lost. The paper cannot be made yet: %(why)s") % {"why": refused}) from refused


def _is_ready(room: rooms.Room) -> bool:
    return may_open(reading(room.draft.outcome, room.draft.review_id is not None), room.progress)


@transaction.atomic
def _freeze(*, draft: Draft, by: User, now: datetime) -> Version:
    audit.lock(draft.agreement)
    draft.refresh_from_db()
    refuse_unless_signable(draft, now=now)
    room = rooms.enter(draft.pk)
    if not _is_ready(room):
        raise NotNow(_("Earlier pages come first."))
    if room.version and not room.was_read_before(now):
        return room.version
    rows = paper.rows_for(room)
    before = Version.objects.filter(agreement=draft.agreement, document__isnull=False).order_by("number").last()
    record = paper.record(room, rows=rows, now=now, replaces=before)
    _refuse_unless_changed(draft, before, record)
    if refused := [found for found in findings(room, record, rows, now=now) if found.blocks]:
        raise Unsafe(refused)
    overtaken.note(Draft.objects.filter(pk=draft.pk), by=by, now=now)
    version = Version.objects.create(
        agreement=draft.agreement,
        draft=draft,
        draft_rev=draft.rev,
        number=record.number,
        outcome=record.outcome,
        snapshot=record.to_json(),
        digest=sha256(record.to_json()),
        phone=record.practice.phone,
        replaces=record.replaces or "",
        review_on=record.review_on,
        frozen_at=now,
        signers=list(room.signers),
        **dict(zip(("log_entries", "log_head"), audit.head(draft.agreement), strict=True)),
    )
    Position.objects.filter(term__draft=draft).update(compared=True)
    _carry(version, record, rows)
    details = {"digest": version.digest}
    audit.record(chain=draft.agreement, kind="frozen", by=by, now=now, subject=version.pk, details=details)
    return version


def _refuse_unless_changed(draft: Draft, before: Version | None, record: AgreementRecord) -> None:
    """Looking again, nobody signs the same text twice."""
    if draft.review_id and before and record_changes.same(AgreementRecord.from_json(before.snapshot), record):
        raise NotNow(_("Nothing changed. What you signed stays as it is, and nobody has to sign again."))


def _carry(version: Version, record: AgreementRecord, rows: list[CrisisResource]) -> None:
    """Write down which crisis rows the paper shows, for the day on which one of them changes."""
    carried = {resource.key for resource in record.crisis}
    CarriedResource.objects.bulk_create(CarriedResource(version=version, resource=r) for r in rows if r.key in carried)


def findings(
    room: rooms.Room, record: AgreementRecord, rows: list[CrisisResource], *, now: datetime
) -> list[safety.Finding]:
    """What the safety rules say about a record made at `now`, less the sentences the two looked at and keep (H7).

    Crisis rows are judged on the day the session began: it goes on when midnight comes (H17).
    """
    taken = StepTaken.objects.filter(draft=room.draft).values_list("at", flat=True)
    opened = dates.session_began(now, taken).astimezone(ZoneInfo(room.practice.zone)).date()
    with translation.override(record.language):
        found = safety.findings(record, today=record.made_on, checks=resources.checks(rows), opened=opened)
        found += what_changes.strain(room)
    asked = [each for each in found if each.asks]
    kept = {(row.rule, row.sentence) for row in Looked.objects.filter(draft=room.draft)} if asked else set()
    return [each for each in found if not (each.asks and (each.rule, each.sentence) in kept)]


@transaction.atomic
def look(*, draft: Draft, sentence: str, by: User, now: datetime, form_key: UUID | None = None) -> Looked:
    """The two looked at a sentence of theirs beside the crisis box, and it stays (H7, H17). Twice is once.

    Raises NotNow when no rule asks about this sentence: those that forbid one leave no choice.
    """
    audit.lock(draft.agreement)
    draft.refresh_from_db()
    refuse_if_kept(draft)
    for known in Looked.objects.filter(draft=draft):
        if known.sentence == sentence:
            return known
    room = rooms.enter(draft.pk)
    rows = paper.rows_for(room)
    record = paper.record(room, rows=rows, now=now, replaces=None)
    asked = [each for each in findings(room, record, rows, now=now) if each.asks and each.sentence == sentence]
    if not asked:
        raise NotNow(_("The text changed. Please look once more."))
    rules = dict.fromkeys(each.rule for each in asked)
    looked, *_more = [Looked.objects.create(draft=draft, rule=rule, sentence=sentence, by=by, at=now) for rule in rules]
    audit.record(
        chain=draft.agreement, kind="looked at both texts", by=by, now=now, subject=looked.pk, form_key=form_key
    )
    return looked


@transaction.atomic
def sign(
    *,
    draft: Draft,
    role: str,
    kind: SignatureKind,
    digest_seen: str,
    by: User,
    now: datetime,
    strokes: str = "",
    typed: str = "",
    elsewhere: bool = False,
    form_key: UUID | None = None,
) -> Signature:
    """One person signs what stood on their screen; twice is once. `role` is their key (rules/signing.py).

    With it are kept what they mean by it, that they agree to sign on a screen, and how `by` knows them; nothing of
    that is made up for a paper that was signed `elsewhere`. Raises Stale when the text changed meanwhile, Unreadable
    on a mark that is none, NotNow otherwise.
    """
    audit.lock(draft.agreement)
    room = rooms.enter(draft.pk)
    if signed := room.signatures.get(role):
        return signed
    refuse_unless_signable(room.draft, now=now)
    version, party = _version_seen(room, role, digest_seen), room.parties[role]
    signature = Signature.objects.create(
        version=version,
        party=party,
        role=party.role,
        kind=kind,
        digest=digest_seen,
        at=now.replace(microsecond=0),
        zone=room.practice.zone,
        **({"name": party.name} if elsewhere else _facts(room, party, kind)),
        **_mark(kind, strokes, typed, party.name),
    )
    _log(signature, chain=draft.agreement, by=by, now=now, form_key=form_key)
    return signature


def _facts(room: rooms.Room, party: Party, kind: SignatureKind) -> dict[str, Any]:
    """The sentences beside the button they pressed, in the agreement's language, and who they are known to be."""
    usual = {Role.CLIENT: Known.PERSON, Role.THERAPIST: Known.SIGNED_IN}
    with translation.override(room.draft.agreement.language):
        intent = signing.intent(party.role, therapist=room.therapist.called)
        agreed = signing.on_screen(kind)
    known = party.known or usual.get(Role(party.role), "")
    return {"name": party.name, "intent": intent, "agreed": agreed, "known": known}


def _log(signature: Signature, *, chain: Agreement, by: User, now: datetime, form_key: UUID | None) -> None:
    """The signature; and after each but the therapist's, that the tablet goes over: a moment without its own tap."""
    facts = ("kind", "digest", "intent", "agreed", "known")
    details = {"role": signature.party.key, **{name: getattr(signature, name) for name in facts}}
    audit.append(chain=chain, kind="signed", by=by, now=now, subject=signature.pk, details=details, form_key=form_key)
    if signature.role != Role.THERAPIST:
        audit.append(chain=chain, kind="tablet handed over", by=by, now=now, subject=signature.version_id)


def _version_seen(room: rooms.Room, role: str, digest_seen: str) -> Version:
    """The version that stands for the draft now, when it is the one they saw and it is their turn to sign it."""
    if room.version is None or room.version.digest != digest_seen:
        raise Stale(_("The agreement changed. Please read it again."), room.draft)
    if room.draft.outcome != Outcome.TEXTING:
        raise NotNow(_("This page needs no signature."))
    if role not in room.signers or role not in room.parties:
        raise NotNow(_("This person signs nothing here."))
    if signing.may_sign(role, room.signers, room.signatures):
        return room.version
    if Role.CLIENT not in room.signatures:
        raise NotNow(_("The client signs first."))
    raise NotNow(_("%(therapist)s signs last.") % {"therapist": room.therapist.called})


@transaction.atomic
def see_ink(*, signature: Signature, witness: str, by: User, now: datetime, form_key: UUID | None = None) -> SeenInk:
    """Somebody, `witness`, saw a person sign the printed page by hand. Twice is once.

    Raises Unreadable when the name cannot be printed or is the signer's own, NotNow where nothing is signed by hand.
    """
    chain = signature.version.agreement
    audit.lock(chain)
    if known := SeenInk.objects.filter(signature=signature).first():
        return known
    if signature.kind != SignatureKind.PAPER:
        raise NotNow(_("This was signed on the screen."))
    refuse_unprintable(name=witness)
    if _folded(witness) == _folded(signature.name or signature.party.name):
        raise Unreadable(_("Please write who else saw it."), "witness")
    seen = SeenInk.objects.create(signature=signature, witness=witness, by=by, at=now)
    details = {"role": signature.party.key, "witness": witness}
    audit.append(chain=chain, kind="ink seen", by=by, now=now, subject=seen.pk, details=details, form_key=form_key)
    return seen


def awaited(version: Version) -> list[str]:
    """The keys of those whose signature this version still needs, in the order of signing. Nobody signs "no texting"
    or "not for now" (H14)."""
    if version.outcome != Outcome.TEXTING:
        return []
    given = {signature.party.key for signature in version.signatures.select_related("party")}
    return signing.awaited(version.signers, given)


def _mark(kind: SignatureKind, strokes: str, typed: str, name: str) -> dict[str, Any]:
    """What is kept of the person's own mark; nothing for paper, where the mark is on the paper."""
    match kind:
        case SignatureKind.DRAWN:
            return {"strokes": _ink(strokes)}
        case SignatureKind.TYPED:
            return {"typed": _typed(typed, name)}
    return {}


def _ink(text: str) -> list[list[list[int]]]:
    try:
        return [[[x, y] for x, y in stroke] for stroke in ink.read_strokes(text)]
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _typed(text: str, name: str) -> str:
    """The typed name, equal to the party's own in NFC with single spaces (H15)."""
    typed, wanted = _folded(text), _folded(name)
    if not typed:
        raise Unreadable(_("Type your name, or choose another way to sign."))
    if typed != wanted:
        raise Unreadable(_("Please type the name as it stands on the agreement: %(name)s") % {"name": name})
    return typed


def _folded(name: str) -> str:
    """A name as it is compared: in NFC, with single spaces, without the marks that nobody sees, as names are kept."""
    return " ".join(unicodedata.normalize("NFC", without_unseen(name)).split())

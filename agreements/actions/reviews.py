"""The agreement comes back: on the day the two agreed, sooner when one of them raises it, later when both move it.

Looking again begins a round whose terms are as they were signed (drafting.start); what is said in it is in
looking_back.py. It ends with a new version, or with a look that changed nothing.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit, drafting, reminders, signers
from agreements.actions.negotiation import enter_open
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import (
    Agreement,
    Client,
    Document,
    Draft,
    Edition,
    Look,
    OpenlyAsked,
    Raised,
    Review,
    StepTaken,
    User,
    Verdict,
    Version,
)
from agreements.reads import ends, what_changes
from agreements.reads import room as rooms
from agreements.rules.dates import add_months, by_coming_of_age
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Amount, Role

LATEST_MONTHS = 12


@transaction.atomic
def raise_texting(
    *,
    agreement: Agreement,
    by_role: Role,
    amount: Amount,
    by: User,
    now: datetime,
    clause_key: str = "",
    form_key: UUID | None = None,
) -> Raised:
    """ "Let's look at our texting": one of the two finds it too much, too little, or wants to look for another reason.

    `clause_key` is the term it is about, or "" for the whole. Nobody is sent anything; it comes first in their next
    round, until a version is sealed after it. The same `form_key` twice returns the same row. Raises NotNow when there
    is no agreement to look at: nothing is kept yet, or it ended.
    """
    audit.lock(agreement)
    if again := audit.replayed(form_key):
        return Raised.objects.get(pk=again.subject)
    if not Document.objects.filter(agreement=agreement).exists():
        raise NotNow(_("There is no agreement to look at yet."))
    if Agreement.objects.filter(ends.over(ends.local_day(now)), pk=agreement.pk).exists():
        raise NotNow(_("Texting has stopped. You can begin anew from here."))
    raised = Raised.objects.create(
        agreement=agreement, by_role=by_role, amount=amount, clause_key=clause_key, by=by, at=now
    )
    details = {"by_role": by_role, "amount": amount, "clause_key": clause_key}
    audit.append(
        chain=agreement, kind="texting raised", by=by, now=now, subject=raised.pk, details=details, form_key=form_key
    )
    return raised


@transaction.atomic
def schedule(*, version: Version, now: datetime) -> Review | None:
    """The review of a sealed version, made once. None where the version names no day ("no texting", "not for now")."""
    if version.review_on is None:
        return None
    review, _made = Review.objects.get_or_create(
        version=version, defaults={"due_on": version.review_on, "created_at": now}
    )
    return review


def schedule_missing(*, now: datetime) -> int:
    """Reviews for sealed versions that have none yet, so that a process that died in between loses nothing."""
    versions = Version.objects.filter(document__isnull=False, review=None, review_on__isnull=False).defer("snapshot")
    return len([schedule(version=version, now=now) for version in versions])


@transaction.atomic
def comes_of_age(
    *, agreement: Agreement, on: date | None, by: User, now: datetime, form_key: UUID | None = None
) -> None:
    """The day a young person comes of age; the two look again by then, also at what is signed already.

    It only ever brings a look forward. None, or a later day, moves none back: that is for the two, in session.
    """
    audit.lock(agreement)
    if audit.replayed(form_key):
        return
    Client.objects.filter(pk=agreement.client_id).update(comes_of_age=on.isoformat() if on else None)
    signers.read_anew(agreement, by=by, now=now)
    moved = _bring_forward(agreement, on, now)
    said = {"review": str(moved.pk), "now": moved.due_on.isoformat()} if moved else {"review": ""}
    facts = {"subject": agreement.pk, "details": said, "form_key": form_key}
    audit.append(chain=agreement, kind="coming of age", by=by, now=now, **facts)  # type: ignore[arg-type]


def _bring_forward(agreement: Agreement, on: date | None, now: datetime) -> Review | None:
    """The look that is still before them comes on the local day `on`, where that is sooner and after the last one.

    Returns it when it was moved.
    """
    if ends.is_over(agreement, ends.local_day(now)):
        return None
    version = Version.objects.filter(agreement=agreement, document__isnull=False).order_by("number").last()
    if version is None or (review := schedule(version=version, now=now)) is None:
        return None
    last = review.looks.order_by("at").last()
    looked_on = last.held_on if last else ends.local_day(version.frozen_at)
    sooner = by_coming_of_age(review.due_on, on, after=looked_on)
    if sooner is None or sooner == review.due_on:
        return None
    _put_on(review, sooner)
    return review


@transaction.atomic
def look_again(
    *, client: Client, edition: Edition, by: User, now: datetime, reason: str = "", form_key: UUID | None = None
) -> Draft:
    """The round in which the two look again at the newest version, or the round that is already open.

    `reason` (Sooner) says why they look before the day they agreed on. Where nothing is in force that comes back, an
    ordinary round begins.
    """
    today = ends.local_day(now)
    newest = (
        Version.objects.filter(~ends.over(today, "agreement"), agreement__client=client, document__isnull=False)
        .order_by("agreement__created_at", "number")
        .last()
    )
    review = schedule(version=newest, now=now) if newest else None
    begun = {"client": client, "edition": edition, "by": by, "now": now, "form_key": form_key}
    return drafting.start(**begun, review=review, reason=reason if review else "")  # type: ignore[arg-type]


def has_agreed(who: str, rev: int) -> str:
    """How it is kept that one of them, by key, agreed to leave all as it is, of the round as it stood at `rev`."""
    return f"agree {who} {rev}"


@transaction.atomic
def agree_to_keep(*, draft: Draft, who: str, by: User, now: datetime, form_key: UUID | None = None) -> Look | None:
    """One of them, by key, agrees: looked at, no change. When all have, the look is kept and the next day stands.

    No version and no PDF come of it. Returns the look once it is kept, and again when it is asked twice. Raises NotNow
    while a page is not finished or something would change, and while the therapist said that it is no longer without
    strain.
    """
    audit.lock(draft.agreement)
    if look := Look.objects.filter(draft=draft).first():
        return look
    if enter_open(draft, form_key):
        return None
    room = rooms.enter(draft.pk)
    if room.draft.review_id is None or room.next_step is not Step.CHANGES:
        raise NotNow(_("Earlier pages come first."))
    if not what_changes.changes(room, now=now).same:
        raise NotNow(_("Something changes. Please read it, and both sign."))
    if strained := what_changes.strain(room):
        raise NotNow(strained[0].words)
    StepTaken.objects.get_or_create(draft=draft, step=has_agreed(who, room.draft.rev), defaults={"at": now})
    facts = {"subject": draft.pk, "details": {"role": who}, "form_key": form_key}
    audit.append(chain=draft.agreement, kind="agreed to keep", by=by, now=now, **facts)  # type: ignore[arg-type]
    needed = {has_agreed(each, room.draft.rev) for each in room.answering}
    return _looked(room, by=by, now=now) if needed <= room.taken | {has_agreed(who, room.draft.rev)} else None


def _looked(room: rooms.Room, *, by: User, now: datetime) -> Look:
    draft = room.draft
    assert draft.review_id is not None
    review = Review.objects.select_for_update().get(pk=draft.review_id)
    held_on = what_changes.today(room, now)
    next_on = what_changes.next_on(room, held_on)
    if next_on is None:
        raise NotNow(_("There is no rhythm of looking again yet. Please choose one, and both sign."))
    look = Look.objects.create(review=review, draft=draft, held_on=held_on, next_on=next_on, by=by, at=now)
    _put_on(review, next_on)
    Draft.objects.filter(pk=draft.pk).update(set_aside_at=now)
    details = {"held_on": held_on.isoformat(), "next_on": next_on.isoformat()}
    audit.append(chain=draft.agreement, kind="looked at again", by=by, now=now, subject=look.pk, details=details)
    return look


def _put_on(review: Review, due_on: date) -> None:
    """Another day; calendars that carry the review hear of it by a higher number, and the old day's reminders end."""
    reminders.cancel(subjects=[review.pk])
    review.due_on, review.sequence = due_on, review.sequence + 1
    review.save(update_fields=["due_on", "sequence"])


@transaction.atomic
def move(*, draft: Draft, due_on: date, by: User, now: datetime, form_key: UUID | None = None) -> Review:
    """Both move the day on which they look again, in session, from the round in which they would look now.

    The round is laid down when nothing was said in it yet; else it waits. Until they do this an overdue day stays, and
    nothing becomes void or longer by it. `due_on` is a local day after today and within twelve months, else Unreadable.
    Raises NotNow in a round that does not look again, or is over.
    """
    replayed = enter_open(draft, form_key)
    if draft.review_id is None:
        raise NotNow(_("There is no day to move yet."))
    review = Review.objects.select_for_update().get(pk=draft.review_id)
    if replayed or review.due_on == due_on:
        return review
    today = what_changes.today(rooms.enter(draft.pk, positions_of=()), now)
    if not today < due_on <= add_months(today, LATEST_MONTHS):
        raise Unreadable(_("Please choose a day after today, within the next twelve months."), "due_on")
    details = {"was": review.due_on.isoformat(), "now": due_on.isoformat()}
    _put_on(review, due_on)
    facts = {"subject": review.pk, "details": details, "form_key": form_key}
    audit.append(chain=draft.agreement, kind="review moved", by=by, now=now, **facts)  # type: ignore[arg-type]
    said = Verdict.objects.filter(term__draft=draft).exists() or OpenlyAsked.objects.filter(draft=draft).exists()
    if not said:
        drafting.set_aside(draft=draft, by=by, now=now)
    return review

"""A round of negotiation begins, is prepared, or is laid down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from agreements.actions import audit, overtaken, the_two
from agreements.actions.carrying import carry_over
from agreements.actions.people import refuse_unprintable
from agreements.actions.refusals import NotNow, Unreadable
from agreements.actions.rounds import refuse_if_kept
from agreements.models import (
    Agreement,
    Clause,
    Client,
    Draft,
    Edition,
    Party,
    Position,
    Retirement,
    Review,
    StepTaken,
    Term,
    User,
    UsualAnswer,
    UsualChannel,
)
from agreements.reads import ends
from agreements.reads.usual import NEVER_USUAL
from agreements.rules.steps import Step
from agreements.rules.topics import PURPOSE
from agreements.rules.vocabulary import Answer, AskedOn, ClauseKind, Outcome, Role, TermState

REASON_LIMIT = 140


@transaction.atomic
def start(
    *,
    client: Client,
    edition: Edition,
    by: User,
    now: datetime,
    form_key: UUID | None = None,
    review: Review | None = None,
    reason: str = "",
) -> Draft:
    """The next round of a client's agreement, or the round that is already open.

    The first round makes the agreement; a stopped or ended one is followed by a new agreement, and a round that its end
    overtook is laid down. The therapist's usual
    answers become their positions; the limit never does. With `review` the two look again: their terms begin as they
    signed them, and `reason` says why sooner than agreed.
    """
    Client.objects.select_for_update().get(pk=client.pk)
    today = ends.local_day(now)
    for open_draft in open_rounds().filter(agreement__client=client).order_by("-started_at"):
        if not ends.is_over(open_draft.agreement, today):
            return open_draft
        set_aside(draft=open_draft, by=by, now=now)
    going_on = Agreement.objects.filter(~ends.over(today), client=client)
    _refuse_unless_offered(edition, going_on)
    agreement = _agreement_of(client, going_on, by=by, now=now)
    draft = _round(agreement, edition, review=review, by=by, now=now)
    terms = [_term(draft, clause) for clause in edition.clauses.all()]
    if review is None:
        Term.objects.bulk_create(terms)
        for answering in agreement.parties.filter(role__in=[Role.CLIENT, Role.PARTNER], gone=False):
            open_turn(terms, answering)
        _copy_usual(terms=terms, therapist=agreement.parties.get(role=Role.THERAPIST), by=by, edition=edition)
    else:
        carry_over(terms, review.version.draft)
        Term.objects.bulk_create(terms)
    facts = {"details": {"review": str(review.pk), "reason": reason} if review else None, "form_key": form_key}
    audit.record(chain=agreement, kind="agreement started", by=by, now=now, subject=draft.pk, **facts)
    the_two.tell(agreement, by=by, now=now)
    return draft


def open_rounds() -> QuerySet[Draft]:
    """Rounds that are neither kept nor laid down."""
    return Draft.objects.filter(set_aside_at=None).exclude(versions__document__isnull=False)


def _round(agreement: Agreement, edition: Edition, *, review: Review | None, by: User, now: datetime) -> Draft:
    """A new round's row. Texts go on where they went; in a first round they go the therapist's usual way."""
    usual = UsualChannel.objects.filter(therapist=by).first()
    where = (usual.channel if usual else "", by.text_number)
    channel, text_number = (review.version.draft.channel, review.version.draft.text_number) if review else where
    texting = edition.clauses.filter(topic=PURPOSE).exists()
    return Draft.objects.create(
        agreement=agreement,
        edition=edition,
        review=review,
        number=agreement.drafts.count() + 1,
        channel=channel,
        text_number=text_number,
        started_at=now,
        outcome=Outcome.TEXTING if texting else Outcome.NO_TEXTING,
    )


def open_turn(terms: Iterable[Term], answering: Party) -> None:
    """The client, or a partner, has not answered the questions of their turn yet. Terms with their clauses."""
    Position.objects.bulk_create(
        Position(term=term, party=answering, value=Answer().to_json(), rev=0)
        for term in terms
        if term.clause.asked == AskedOn.TURN and term.clause.kind != ClauseKind.FIXED
    )


@transaction.atomic
def start_over(*, draft: Draft, edition: Edition, by: User, now: datetime, form_key: UUID | None = None) -> Draft:
    """Lay an unsigned round down and begin another with this edition. The same `form_key` twice is once."""
    if again := audit.replayed(form_key):
        return Draft.objects.get(pk=again.subject)
    set_aside(draft=draft, by=by, now=now)
    return start(client=draft.agreement.client, edition=edition, by=by, now=now, form_key=form_key)


def _term(draft: Draft, clause: Clause) -> Term:
    """A clause of the practice's own text is decided from the start."""
    if clause.kind != ClauseKind.FIXED:
        return Term(draft=draft, clause=clause)
    return Term(draft=draft, clause=clause, state=TermState.AGREED, value=Answer().to_json())


def _refuse_unless_offered(edition: Edition, going_on: QuerySet[Agreement]) -> None:
    """A retired edition goes on only where this client's agreement was made with it."""
    if edition.published_at is None:
        raise NotNow(_("This edition is not published yet."))
    ours = Draft.objects.filter(agreement__in=going_on, edition=edition)
    if Retirement.objects.filter(edition=edition).exists() and not ours.exists():
        raise NotNow(_("This edition is no longer used for new agreements."))


def _agreement_of(client: Client, going_on: QuerySet[Agreement], *, by: User, now: datetime) -> Agreement:
    agreement = going_on.order_by("-created_at").first()
    if agreement is not None:
        return agreement
    agreement = Agreement.objects.create(client=client, therapist=by, language=client.language, created_at=now)
    the_two.name(agreement, client, by)
    return agreement


def _copy_usual(*, terms: list[Term], therapist: Party, by: User, edition: Edition) -> None:
    usual = {row.clause_key: row for row in UsualAnswer.objects.filter(therapist=by, family=edition.family)}
    Position.objects.bulk_create(
        Position(term=term, party=therapist, value=row.value, reason=row.reason)
        for term in terms
        if (row := usual.get(term.clause.key)) and term.clause.topic not in NEVER_USUAL
    )


@transaction.atomic
def prepare(
    *,
    draft: Draft,
    by: User,
    now: datetime,
    channel: str,
    text_number: str,
    answers: dict[str, Answer],
    reasons: dict[str, str],
    form_key: UUID | None = None,
) -> Draft:
    """The therapist's own positions for this client, by clause key, and where texts go. Seen by nobody else yet."""
    audit.lock(draft.agreement)
    if audit.replayed(form_key):
        return draft
    draft.refresh_from_db()
    refuse_if_kept(draft)
    refuse_unprintable(text_number=text_number, **{f"{key}_words": answer.words for key, answer in answers.items()})
    _take_positions(draft, answers=answers, reasons=reasons, by=by, now=now)
    draft.refresh_from_db(fields=["rev"])
    draft.channel, draft.text_number, draft.rev = channel, text_number, draft.rev + 1
    draft.save(update_fields=["channel", "text_number", "rev"])
    StepTaken.objects.get_or_create(draft=draft, step=Step.PREPARE, defaults={"at": now})
    audit.record(
        chain=draft.agreement,
        kind="prepared",
        by=by,
        now=now,
        subject=draft.pk,
        details={key: answer.to_json() for key, answer in answers.items()},
        form_key=form_key,
    )
    return draft


@transaction.atomic
def give_reason(*, term: Term, reason: str, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """The therapist's own reason for a stricter position: a bare number is what hurt the origin pair (moments.md).

    Raises Unreadable when it is empty or too long.
    """
    draft = term.draft
    audit.lock(draft.agreement)
    if audit.replayed(form_key):
        return
    refuse_if_kept(draft)
    if not reason.strip() or len(reason) > REASON_LIMIT:
        words = _("Please write the reason in a few words, at most %(limit)s characters.")
        raise Unreadable(words % {"limit": REASON_LIMIT}, "reason")
    refuse_unprintable(reason=reason)
    Position.objects.filter(term=term, party__role=Role.THERAPIST).update(reason=reason)
    audit.record(
        chain=draft.agreement,
        kind="reason given",
        by=by,
        now=now,
        subject=term.pk,
        details={"clause": term.clause.key, "words": reason},
        form_key=form_key,
    )


@transaction.atomic
def state_anew(*, term: Term, value: Answer, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """The therapist says a stated term, such as the limit, in other words: the client hears it again."""
    draft = term.draft
    audit.lock(draft.agreement)
    refuse_if_kept(draft)
    refuse_unprintable(words=value.words)
    if audit.replayed(form_key):
        return
    _take_positions(draft, answers={term.clause.key: value}, reasons={}, by=by, now=now)
    audit.append(
        chain=draft.agreement,
        kind="stated anew",
        by=by,
        now=now,
        subject=term.pk,
        details={"clause": term.clause.key, "after": value.to_json()},
        form_key=form_key,
    )


def _take_positions(draft: Draft, answers: dict[str, Answer], reasons: dict[str, str], by: User, now: datetime) -> None:
    therapist = draft.agreement.parties.get(role=Role.THERAPIST)
    before = {row.term_id: row.value for row in Position.objects.filter(term__draft=draft, party=therapist)}
    for term in draft.terms.filter(clause__key__in=answers).select_related("clause", "draft"):
        wanted = {"value": answers[term.clause.key].to_json(), "reason": reasons.get(term.clause.key, "")}
        Position.objects.update_or_create(term=term, party=therapist, defaults=wanted)
        if before.get(term.pk) != wanted["value"]:
            reopen(term, by=by, now=now)


def reopen(term: Term, *, by: User, now: datetime) -> None:
    """A changed position reopens what was decided from it, and the page on which the two saw it."""
    if term.state != TermState.UNDECIDED:
        Term.objects.filter(pk=term.pk).update(
            state=TermState.UNDECIDED, value=None, interim=None, interim_of="", rev=F("rev") + 1
        )
        seen_on = Step.HARD if term.clause.asked == AskedOn.HARD else Step.SEEN
        StepTaken.objects.filter(draft=term.draft, step=seen_on).delete()
        overtaken.text_changes(Draft.objects.filter(pk=term.draft_id), by=by, now=now)


@transaction.atomic
def change_channel(
    *, draft: Draft, channel: str, text_number: str, by: User, now: datetime, form_key: UUID | None = None
) -> Draft:
    """Another way for messages. Raises Unreadable on a character that cannot be printed."""
    audit.lock(draft.agreement)
    draft.refresh_from_db()
    refuse_if_kept(draft)
    refuse_unprintable(text_number=text_number)
    if not audit.replayed(form_key):
        draft.channel, draft.text_number = channel, text_number
        draft.save(update_fields=["channel", "text_number"])
        overtaken.text_changes(Draft.objects.filter(pk=draft.pk), by=by, now=now)
        draft.refresh_from_db(fields=["rev"])
        audit.record(chain=draft.agreement, kind="channel", by=by, now=now, subject=draft.pk, form_key=form_key)
    return draft


@transaction.atomic
def set_aside(*, draft: Draft, by: User, now: datetime, form_key: UUID | None = None) -> Draft:
    """Lay an unsigned round down for good. Its rows stay."""
    audit.lock(draft.agreement)
    draft.refresh_from_db()
    if draft.set_aside_at is None:
        refuse_if_kept(draft)
        draft.set_aside_at = now
        draft.save(update_fields=["set_aside_at"])
        Position.objects.filter(term__draft=draft).update(compared=True)
        audit.record(chain=draft.agreement, kind="laid down", by=by, now=now, subject=draft.pk, form_key=form_key)
    return draft

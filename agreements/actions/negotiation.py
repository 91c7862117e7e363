"""What each wants and what the two decide. Every change of what would be printed raises the draft's `rev`."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from agreements.actions import audit, overtaken
from agreements.actions.drafting import reopen
from agreements.actions.people import refuse_unprintable
from agreements.actions.refusals import Clash, NotNow, Unreadable
from agreements.actions.rounds import refuse_unless_open
from agreements.models import AuditEvent, Document, Draft, Option, Position, StepTaken, Term, User, whose
from agreements.rules import topics
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer, ClauseKind, ClauseMode, Outcome, TermState

WORDS_LIMIT = 300
WHY_LIMIT = 140


def answer(
    *,
    term: Term,
    role: str,
    value: Answer,
    seen_rev: int,
    by: User,
    now: datetime,
    form_key: UUID | None = None,
) -> Position:
    """One party's position on one term, saved as soon as it is tapped. `role` is their key (rules/signing.py);
    `seen_rev` is 0 where nothing was said yet.

    Until the two compare, a change of mind is nobody's business: it is one conditional update, and the log hears of
    the answers when the turn is over. Raises Clash with the saved position when somebody changed it meanwhile,
    Unreadable on an unknown option, NotNow when the round is kept.
    """
    _check(term, value, unsure=True)
    position = Position.objects.get(term=term, **whose(role))
    position.term = term
    if form_key is not None and position.form_key == form_key or position.value == value.to_json():
        return position
    if position.rev != seen_rev:
        raise Clash(position, value)
    before, position.value = position.value, value.to_json()
    position.rev, position.form_key = seen_rev + 1, form_key
    if not _save(position, seen_rev, compared=False):
        _change_position(position, seen_rev, before, role=role, by=by, now=now, form_key=form_key)
    return position


def _save(position: Position, seen_rev: int, **condition: bool) -> bool:
    saved = {"value": position.value, "rev": position.rev, "form_key": position.form_key}
    return Position.objects.filter(pk=position.pk, rev=seen_rev, **condition).update(**saved) == 1


@transaction.atomic
def _change_position(
    position: Position, seen_rev: int, before: object, *, role: str, by: User, now: datetime, form_key: UUID | None
) -> None:
    """A change after the two have compared: logged, and what was decided from it is open again."""
    draft = position.term.draft
    enter_open(draft, form_key)
    if not _save(position, seen_rev):
        saved = Position.objects.select_related("term__clause").get(pk=position.pk)
        raise Clash(saved, Answer.from_json(position.value))
    if position.term.state == TermState.UNDECIDED:
        _touch(draft, by=by, now=now)
    reopen(position.term, by=by, now=now)
    facts = {"before": before, "after": position.value}
    log_term(draft, f"position of {role}", position.term, by=by, now=now, form_key=form_key, **facts)


@transaction.atomic
def decide(
    *,
    term: Term,
    value: Answer,
    seen_rev: int,
    by: User,
    now: datetime,
    form_key: UUID | None = None,
) -> Term:
    """The two decided one term. Raises Clash, Unreadable, or NotNow when the record is kept."""
    replayed = enter_open(term.draft, form_key)
    _check(term, value, unsure=False)
    settled = _settle(term, seen_rev, replayed, by=by, now=now, form_key=form_key, state=TermState.AGREED, value=value)
    if topics.NO_TEXTING in value.chosen:
        head_for(draft=term.draft, outcome=Outcome.NO_TEXTING, by=by, now=now)
    return settled


@transaction.atomic
def take_back(*, term: Term, seen_rev: int, by: User, now: datetime, form_key: UUID | None = None) -> Term:
    """What was decided is open again. Raises Clash or NotNow as `decide`."""
    replayed = enter_open(term.draft, form_key)
    return _settle(term, seen_rev, replayed, by=by, now=now, form_key=form_key, state=TermState.UNDECIDED)


@transaction.atomic
def leave_open(
    *, term: Term, interim_of: str, seen_rev: int, by: User, now: datetime, form_key: UUID | None = None
) -> Term:
    """Leave a term open until the review; until then the position of `interim_of` holds.

    Raises NotNow where that party has no answer yet: an open term always has a working rule.
    """
    replayed = enter_open(term.draft, form_key)
    position = Position.objects.filter(term=term, **whose(interim_of)).first()
    interim = Answer.from_json(position.value) if position else None
    if interim is None or interim.unsure or interim == Answer():
        raise NotNow(_("There is no answer yet that could hold until then."))
    return _settle(
        term,
        seen_rev,
        replayed,
        by=by,
        now=now,
        form_key=form_key,
        state=TermState.OPEN,
        interim=interim,
        interim_of=interim_of,
    )


@transaction.atomic
def leave_as_signed(
    *, term: Term, signed: Answer, seen_rev: int, by: User, now: datetime, form_key: UUID | None = None
) -> Term:
    """Looking again, the two leave a term open until the next time; until then what they signed holds, nobody's own
    answer.
    """
    replayed = enter_open(term.draft, form_key)
    _check(term, signed, unsure=False)
    facts = {"by": by, "now": now, "form_key": form_key}
    return _settle(term, seen_rev, replayed, state=TermState.OPEN, interim=signed, **facts)  # type: ignore[arg-type]


def _settle(
    term: Term,
    seen_rev: int,
    replayed: bool,
    *,
    by: User,
    now: datetime,
    form_key: UUID | None,
    state: str,
    value: Answer | None = None,
    interim: Answer | None = None,
    interim_of: str = "",
) -> Term:
    term.refresh_from_db()
    settled = {
        "state": state,
        "value": None if value is None else value.to_json(),
        "interim": interim.to_json() if interim else None,
        "interim_of": interim_of,
    }
    if replayed or all(getattr(term, field) == new for field, new in settled.items()):
        return term
    if term.rev != seen_rev:
        raise Clash(term, value or interim or Answer(), interim_of)
    before = {"state": term.state, "value": term.value, "interim": term.interim}
    for field, new in settled.items():
        setattr(term, field, new)
    term.rev += 1
    term.save(update_fields=[*settled, "rev"])
    _touch(term.draft, by=by, now=now)
    after = settled["value"] or settled["interim"]
    facts = {"before": before, "after": after, "state": state, "interim_of": interim_of}
    log_term(term.draft, "decided", term, by=by, now=now, form_key=form_key, **facts)
    return term


@transaction.atomic
def say_why(*, term: Term, why: str, why_of: str, by: User, now: datetime, form_key: UUID | None = None) -> Term:
    """A short reason in one person's words, `why_of` their key. It stays in the database and is never printed."""
    if enter_open(term.draft, form_key):
        return term
    if len(why) > WHY_LIMIT:
        raise Unreadable(_("Please use at most %(limit)s characters.") % {"limit": WHY_LIMIT})
    term.why, term.why_of = why, why_of if why else ""
    term.save(update_fields=["why", "why_of"])
    log_term(term.draft, "why", term, by=by, now=now, form_key=form_key, of=term.why_of, words=why)
    return term


@transaction.atomic
def head_for(*, draft: Draft, outcome: Outcome, by: User, now: datetime, form_key: UUID | None = None) -> Draft:
    """Where this round is going: a texting agreement, no texting, or not for now. No reason is asked (H14)."""
    enter_open(draft, form_key)
    if draft.outcome != outcome:
        if outcome == Outcome.TEXTING and not draft.terms.filter(clause__topic=topics.PURPOSE).exists():
            raise NotNow(_("In this agreement nobody texts. To talk about texting, begin with other wording."))
        for term in draft.terms.exclude(state=TermState.UNDECIDED).select_related("clause", "draft__agreement"):
            if outcome == Outcome.TEXTING and topics.NO_TEXTING in (term.value or {}).get("chosen", []):
                reopen(term, by=by, now=now)
        draft.refresh_from_db()
        draft.outcome = outcome
        draft.save(update_fields=["outcome"])
        _touch(draft, by=by, now=now)
        StepTaken.objects.get_or_create(draft=draft, step=Step.START, defaults={"at": now})
        audit.record(
            chain=draft.agreement, kind=f"heading for {outcome}", by=by, now=now, subject=draft.pk, form_key=form_key
        )
    return draft


def enter_open(draft: Draft, form_key: UUID | None) -> bool:
    """Lock the draft's chain and bring the draft up to date. True when this post came before (the same `form_key`).

    Raises NotNow when the round is kept or laid down.
    """
    audit.lock(draft.agreement)
    kept = Document.objects.filter(version__draft=OuterRef("pk"))
    posted = AuditEvent.objects.filter(form_key=form_key)
    facts = Draft.objects.annotate(kept=Exists(kept), posted=Exists(posted))
    draft.rev, draft.outcome, draft.set_aside_at, is_kept, replayed = facts.values_list(
        "rev", "outcome", "set_aside_at", "kept", "posted"
    ).get(pk=draft.pk)
    if form_key is not None and replayed:
        return True
    refuse_unless_open(draft, is_kept)
    return False


def _touch(draft: Draft, *, by: User, now: datetime) -> None:
    overtaken.text_changes(Draft.objects.filter(pk=draft.pk), by=by, now=now)
    draft.refresh_from_db(fields=["rev"])


@lru_cache(maxsize=4096)
def _option_keys(clause_id: UUID) -> frozenset[str]:
    """The options of a clause. Kept in memory: terms are made from published editions only, which never change."""
    return frozenset(Option.objects.filter(clause=clause_id).values_list("key", flat=True))


def _check(term: Term, value: Answer, *, unsure: bool) -> None:
    """Raises Unreadable when `value` cannot be an answer to this clause."""
    clause = term.clause
    if clause.kind == ClauseKind.FIXED:
        raise Unreadable(_("This text is the practice’s own. It stays as it is."))
    if value.unsure or unsure and value == Answer():
        if not unsure or clause.mode == ClauseMode.STATED:
            raise Unreadable(_("“Not sure yet” cannot be the decision."))
        return
    if value == Answer() and clause.mode == ClauseMode.OPTIONAL:
        return
    if unsure and clause.kind == ClauseKind.WORDS and set(value.chosen) <= _option_keys(clause.pk):
        _check_words(value.words)  # still being written: it must be whole when the two compare
        return
    known = _option_keys(clause.pk)
    one = clause.kind in (ClauseKind.CHOOSE, ClauseKind.HOURS)
    if not set(value.chosen) <= known or one and len(value.chosen) != 1:
        raise Unreadable(_("Please choose one of the answers on the page."))
    if topics.NO_TEXTING in value.chosen and len(value.chosen) > 1 and not unsure:
        raise Unreadable(_("“No texting” stands alone. Please choose it, or the others."))
    if (clause.kind == ClauseKind.MANY or clause.kind == ClauseKind.WORDS and known) and not value.chosen:
        raise Unreadable(_("Please choose at least one."))
    if clause.kind == ClauseKind.WORDS and not value.words.strip():
        raise Unreadable(_("Please write a few words."))
    _check_words(value.words)


def _check_words(words: str) -> None:
    refuse_unprintable(words=words)
    if len(words) > WORDS_LIMIT:
        raise Unreadable(_("Please use at most %(limit)s characters.") % {"limit": WORDS_LIMIT})


def refuse_unless_whole(term: Term, value: Answer) -> None:
    """Raises Unreadable when an answer, other than “not sure yet”, could not be the decision as it is."""
    if not value.unsure:
        _check(term, value, unsure=False)


def log_term(
    draft: Draft, kind: str, term: Term, *, by: User, now: datetime, form_key: UUID | None = None, **facts: object
) -> None:
    """One event about one term, under the chain's lock (`enter_open`); `facts` are its details, stored encrypted."""
    details = {"clause": term.clause.key, **facts}
    audit.append(chain=draft.agreement, kind=kind, by=by, now=now, subject=term.pk, details=details, form_key=form_key)

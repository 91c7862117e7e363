"""Who takes part in an agreement and who must sign it: the therapist sets it, the software decides no law (H20)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from agreements.actions import audit, drafting, overtaken
from agreements.actions.people import refuse_unprintable
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import Agreement, Draft, Party, Term, User
from agreements.rules.signing import ADDED, HELPERS
from agreements.rules.vocabulary import AskedOn, ClauseKind, Known, Role


@transaction.atomic
def add(
    *,
    agreement: Agreement,
    role: Role,
    name: str,
    called: str,
    signs: bool,
    known: Known | str,
    by: User,
    now: datetime,
    form_key: UUID | None = None,
) -> Party:
    """Somebody more takes part. The same `form_key` twice is one person.

    Signatures under an open round no longer count: its paper would say something else. Raises Unreadable on a name that
    cannot be printed or is there already, NotNow for a role that nobody can be added in.
    """
    audit.lock(agreement)
    if again := audit.replayed(form_key):
        return Party.objects.get(pk=again.subject)
    if role not in ADDED:
        raise NotNow(_("One client and one therapist take part. They are there already."))
    _refuse(agreement, role, name, called)
    last = agreement.parties.filter(role=role).aggregate(last=Max("number"))["last"] or 0
    signs = signs and role not in HELPERS
    person = Party.objects.create(
        agreement=agreement, role=role, number=last + 1, name=name, called=called, signs=signs, known=known
    )
    if role == Role.PARTNER:
        for draft in _comparing(agreement):
            drafting.open_turn(_compare_anew(draft, by=by, now=now), person)
    _log(person, "takes part", by=by, now=now, form_key=form_key)
    return person


@transaction.atomic
def change(
    *,
    person: Party,
    name: str,
    called: str,
    signs: bool,
    known: Known | str,
    by: User,
    now: datetime,
    form_key: UUID | None = None,
) -> Party:
    """Other facts about somebody who was added; their role stays. Raises Unreadable as `add` does."""
    audit.lock(person.agreement)
    if audit.replayed(form_key):
        return person
    _refuse_unless_added(person)
    _refuse(person.agreement, person.role, name, called, besides=person)
    person.name, person.called, person.known = name, called, known
    person.signs = signs and person.role not in HELPERS
    person.save(update_fields=["name", "called", "known", "signs"])
    _log(person, "takes part", by=by, now=now, form_key=form_key)
    return person


@transaction.atomic
def take_out(*, person: Party, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """Somebody takes part no longer. What they signed stays as it is. Twice is once."""
    audit.lock(person.agreement)
    person.refresh_from_db()
    if person.gone or audit.replayed(form_key):
        return
    _refuse_unless_added(person)
    for draft in _comparing(person.agreement) if person.role == Role.PARTNER else ():
        _compare_anew(draft, by=by, now=now)
    person.gone = True
    person.save(update_fields=["gone"])
    _log(person, "takes part no longer", by=by, now=now, form_key=form_key)


def _refuse_unless_added(person: Party) -> None:
    if person.role not in ADDED:
        raise NotNow(_("The client and the therapist always sign."))


def _refuse(agreement: Agreement, role: str, name: str, called: str, besides: Party | None = None) -> None:
    refuse_unprintable(name=name, called=called)
    there = agreement.parties.filter(role=role, gone=False)
    if any(other.name == name for other in there if other != besides):
        raise Unreadable(_("Somebody of that name is there already."), "name")


def _log(person: Party, kind: str, *, by: User, now: datetime, form_key: UUID | None) -> None:
    """One event with no name in it; open rounds are read and signed anew."""
    read_anew(person.agreement, by=by, now=now)
    details = {"role": person.key, "signs": person.signs, "known": person.known}
    audit.append(
        chain=person.agreement, kind=kind, by=by, now=now, subject=person.pk, details=details, form_key=form_key
    )


def _comparing(agreement: Agreement) -> QuerySet[Draft]:
    """Open rounds in which all compare answers. Where they look again, what nobody questions stays as signed."""
    return drafting.open_rounds().filter(agreement=agreement, review=None)


def _compare_anew(draft: Draft, *, by: User, now: datetime) -> list[Term]:
    """The questions of the turn, none of them decided: somebody else's answers count now."""
    asked = list(draft.terms.filter(clause__asked=AskedOn.TURN).select_related("clause", "draft"))
    for term in asked:
        if term.clause.kind != ClauseKind.FIXED:
            drafting.reopen(term, by=by, now=now)
    return asked


def read_anew(agreement: Agreement, *, by: User, now: datetime) -> None:
    """Open rounds are read through and signed anew: their paper would say something else."""
    overtaken.text_changes(drafting.open_rounds().filter(agreement=agreement), by=by, now=now)

"""They look again at what they signed: each says how it went, then what is not working is open again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit, pages
from agreements.actions.drafting import reopen
from agreements.actions.negotiation import WORDS_LIMIT, enter_open
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import Draft, OpenlyAsked, StepTaken, User, Verdict
from agreements.reads import looking_back as looks
from agreements.reads import room as rooms
from agreements.rules.looking_back import OF_IT_ALL, needs_saying_anew, texting_of
from agreements.rules.steps import Step, own_page
from agreements.rules.vocabulary import Hurt, Role, Works


@transaction.atomic
def keep(
    *, draft: Draft, who: str, verdicts: Mapping[str, Works], openly: Mapping[str, str], by: User, now: datetime
) -> None:
    """What one of them, by key, says so far: of terms by clause key, and to what is asked openly (`texting`, `hurt`,
    `hurt_words`, `away_words`, `missing`). Raises Unreadable on what is no answer.
    """
    enter_open(draft, None)
    _keep(rooms.enter(draft.pk, positions_of=()), who, verdicts, openly, by=by, now=now)


@transaction.atomic
def say(
    *,
    draft: Draft,
    who: str,
    verdicts: Mapping[str, Works],
    openly: Mapping[str, str],
    rest_works: bool = False,
    by: User,
    now: datetime,
    form_key: UUID | None = None,
) -> list[str]:
    """One of them, by key, has said how it went. `rest_works`: what has no answer counts as working, and only that.

    Returns the clause keys that were filled in this way. Once all have said, each sees what the others say. Whoever
    says something else later leads them to that page once more. Raises NotNow while something is not answered,
    Unreadable on what is no answer.
    """
    if enter_open(draft, form_key):
        return []
    room = rooms.enter(draft.pk, positions_of=())
    said = _keep(room, who, verdicts, openly, by=by, now=now)
    missing = [key for key in looks.asked(room) if key not in said]
    if rest_works:
        _fill(room, who, missing)
    elif missing:
        raise NotNow(_("Some of these have no answer yet."))
    if not looks.own(room, who).openly_answered:
        raise NotNow(_("Two questions are asked of each of you, every time. One has no answer yet."))
    StepTaken.objects.filter(draft=draft, step=Step.WORKS).delete()
    page = own_page(Step.SINCE, who)
    _made, is_first = StepTaken.objects.get_or_create(draft=draft, step=page, defaults={"at": now})
    room = replace(room, taken=room.taken | {page})
    _log(room, page if is_first else "", by=by, now=now, form_key=form_key)
    return missing if rest_works else []


@transaction.atomic
def take_up_again(*, draft: Draft, who: str, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """This person has the tablet once more and says it otherwise: it is their turn again until they are done with it.

    In somebody else's turn their answers are in no page. Nothing to do before they said, or once all have.
    """
    if enter_open(draft, form_key):
        return
    if not looks.is_closed(rooms.enter(draft.pk, positions_of=()), who):
        return
    StepTaken.objects.filter(draft=draft, step=own_page(Step.SINCE, who)).delete()
    facts = {"by": by, "now": now, "subject": draft.pk, "form_key": form_key}
    audit.append(chain=draft.agreement, kind="tablet handed over", **facts)  # type: ignore[arg-type]


@transaction.atomic
def talk_again(*, draft: Draft, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """They saw where each term stands, and the therapist's limit was said. What they talk about is open again; what was
    settled in this round already is not. Raises NotNow before all have said how it went.
    """
    pages.take(draft=draft, step=Step.WORKS, by=by, now=now, form_key=form_key)
    room = rooms.enter(draft.pk, positions_of=())
    for seen in looks.to_talk_about(room):
        if seen.term.rev == 1:
            reopen(seen.term, by=by, now=now)
    draft.refresh_from_db(fields=["rev"])


def _keep(
    room: rooms.Room, who: str, verdicts: Mapping[str, Works], openly: Mapping[str, str], *, by: User, now: datetime
) -> set[str]:
    """Store what was given; the clause keys of which this person has said something."""
    if room.draft.review_id is None:
        raise NotNow(_("In this round the two decide for the first time."))
    asked, party = looks.asked(room), room.parties[who]
    if not set(verdicts) <= set(asked) or not _readable(who, openly):
        raise Unreadable(_("Please choose one of the answers on the page."))
    own = looks.own(room, who)
    known = own.verdicts
    for key, says in verdicts.items():
        if key not in known or known[key].says != says:
            facts = {"says": says, "filled": False}
            Verdict.objects.update_or_create(term=room.by_key[key].term, party=party, defaults=facts)
    if own.openly and openly.get("texting", own.openly.texting) != own.openly.texting:
        _limit_anew(room, who, openly["texting"], by=by, now=now)
    if openly:
        OpenlyAsked.objects.update_or_create(draft=room.draft, party=party, defaults=dict(openly))
    return {*known, *verdicts}


def _limit_anew(room: rooms.Room, who: str, texting: str, *, by: User, now: datetime) -> None:
    """The therapist says otherwise about strain, once all have said: their limit is said anew, though it was settled in
    this round. Before that it would show what nobody sees yet."""
    if who == Role.THERAPIST and needs_saying_anew(texting) and not looks.still_to_say(room):
        for seen in room.terms:
            if seen.clause.topic == "limit" and not seen.fixed:
                reopen(seen.term, by=by, now=now)
        room.draft.refresh_from_db(fields=["rev"])


def _readable(who: str, openly: Mapping[str, str]) -> bool:
    choices: dict[str, list[str]] = {"texting": texting_of(who).values, "hurt": Hurt.values}
    words = {"hurt_words", "away_words", "missing"}
    return all(
        len(given) <= WORDS_LIMIT if name in words else given in choices.get(name, []) for name, given in openly.items()
    )


def _fill(room: rooms.Room, who: str, keys: list[str]) -> None:
    party = room.parties[who]
    Verdict.objects.bulk_create(
        Verdict(term=room.by_key[key].term, party=party, says=Works.WORKING, filled=True) for key in keys
    )


def _as_said(said: looks.AllSaid, who: str) -> dict[str, str]:
    openly = said.own[who].openly
    of_it_all = {OF_IT_ALL: openly.texting} if openly and openly.texting else {}
    return {key: str(works) for key, works in said.verdicts_of(who).items()} | of_it_all


def _log(room: rooms.Room, page: str, *, by: User, now: datetime, form_key: UUID | None) -> None:
    """That somebody has said, once, by the name of their `page`; nothing of what until all have, from then on what each
    says of the terms and of it all. What hurt is not in the log."""
    chain, subject = room.draft.agreement, room.draft.pk
    facts = {"by": by, "now": now, "subject": subject}
    if page:
        audit.append(chain=chain, kind=f"page {page}", form_key=form_key, **facts)  # type: ignore[arg-type]
        form_key = None
    said = looks.all_said(room)
    if said is not None:
        details = {who: _as_said(said, who) for who in said.own}
        audit.append(chain=chain, kind="looked back", details=details, form_key=form_key, **facts)  # type: ignore[arg-type]

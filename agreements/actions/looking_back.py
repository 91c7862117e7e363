"""The two look again at what they signed: each says how it went, then what is not working is open again."""

from __future__ import annotations

from collections.abc import Mapping
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
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Enough, Hurt, Load, Role, Works

PAGE = {Role.CLIENT: Step.SINCE, Role.THERAPIST: Step.SINCE_THERAPIST}
TEXTING = {Role.CLIENT: Enough, Role.THERAPIST: Load}


@transaction.atomic
def keep(
    *, draft: Draft, role: Role, verdicts: Mapping[str, Works], openly: Mapping[str, str], by: User, now: datetime
) -> None:
    """What one of them says so far: of terms by clause key, and to what is asked openly (`texting`, `hurt`,
    `hurt_words`, `away_words`, `missing`). Raises Unreadable on what is no answer.
    """
    enter_open(draft, None)
    _keep(rooms.enter(draft.pk, positions_of=()), role, verdicts, openly)


@transaction.atomic
def say(
    *,
    draft: Draft,
    role: Role,
    verdicts: Mapping[str, Works],
    openly: Mapping[str, str],
    rest_works: bool = False,
    by: User,
    now: datetime,
    form_key: UUID | None = None,
) -> list[str]:
    """One of them has said how it went. `rest_works`: what they did not answer counts as working, and only that.

    Returns the clause keys that were filled in this way. Once both have said, each sees what the other says. Whoever
    says something else later leads the two to that page once more. Raises NotNow while something is not answered,
    Unreadable on what is no answer.
    """
    if enter_open(draft, form_key):
        return []
    room = rooms.enter(draft.pk, positions_of=())
    said = _keep(room, role, verdicts, openly)
    missing = [key for key in looks.asked(room) if key not in said]
    if rest_works:
        _fill(room, role, missing)
    elif missing:
        raise NotNow(_("Some of these have no answer yet."))
    if not looks.own(room, role).openly_answered:
        raise NotNow(_("Two questions are asked of each of you, every time. One has no answer yet."))
    StepTaken.objects.filter(draft=draft, step=Step.WORKS).delete()
    _made, is_first = StepTaken.objects.get_or_create(draft=draft, step=PAGE[role], defaults={"at": now})
    _log(room, role, is_first, by=by, now=now, form_key=form_key)
    return missing if rest_works else []


@transaction.atomic
def take_up_again(*, draft: Draft, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """The client has the tablet once more and says it otherwise: it is their turn again until they are done with it.

    In the therapist's turn their answers are in no page. Nothing to do before they said, or once both have.
    """
    if enter_open(draft, form_key):
        return
    if not is_closed(rooms.enter(draft.pk, positions_of=())):
        return
    StepTaken.objects.filter(draft=draft, step=PAGE[Role.CLIENT]).delete()
    facts = {"by": by, "now": now, "subject": draft.pk, "form_key": form_key}
    audit.append(chain=draft.agreement, kind="tablet handed over", **facts)  # type: ignore[arg-type]


def is_closed(room: rooms.Room) -> bool:
    """Whether the client's answers are in no page: they have said, and the therapist has not."""
    return PAGE[Role.CLIENT] in room.taken and PAGE[Role.THERAPIST] not in room.taken


@transaction.atomic
def talk_again(*, draft: Draft, by: User, now: datetime, form_key: UUID | None = None) -> None:
    """The two saw where each term stands, and the therapist's limit was said. What they talk about is open again;
    what they settled in this round already is not. Raises NotNow before both have said how it went.
    """
    pages.take(draft=draft, step=Step.WORKS, by=by, now=now, form_key=form_key)
    room = rooms.enter(draft.pk, positions_of=())
    for seen in looks.to_talk_about(room):
        if seen.term.rev == 1:
            reopen(seen.term, by=by, now=now)
    draft.refresh_from_db(fields=["rev"])


def _keep(room: rooms.Room, role: Role, verdicts: Mapping[str, Works], openly: Mapping[str, str]) -> set[str]:
    """Store what was given; the clause keys of which this person has said something."""
    if room.draft.review_id is None:
        raise NotNow(_("In this round the two decide for the first time."))
    asked, party = looks.asked(room), room.parties[role]
    if not set(verdicts) <= set(asked) or not _readable(role, openly):
        raise Unreadable(_("Please choose one of the answers on the page."))
    known = looks.own(room, role).verdicts
    for key, says in verdicts.items():
        if key not in known or known[key].says != says:
            facts = {"says": says, "filled": False}
            Verdict.objects.update_or_create(term=room.by_key[key].term, party=party, defaults=facts)
    if openly:
        OpenlyAsked.objects.update_or_create(draft=room.draft, party=party, defaults=dict(openly))
    return {*known, *verdicts}


def _readable(role: Role, openly: Mapping[str, str]) -> bool:
    choices: dict[str, list[str]] = {"texting": TEXTING[role].values, "hurt": Hurt.values}
    words = {"hurt_words", "away_words", "missing"}
    return all(
        len(given) <= WORDS_LIMIT if name in words else given in choices.get(name, []) for name, given in openly.items()
    )


def _fill(room: rooms.Room, role: Role, keys: list[str]) -> None:
    party = room.parties[role]
    Verdict.objects.bulk_create(
        Verdict(term=room.by_key[key].term, party=party, says=Works.WORKING, filled=True) for key in keys
    )


def _log(room: rooms.Room, role: Role, is_first: bool, *, by: User, now: datetime, form_key: UUID | None) -> None:
    """That somebody has said, and nothing of what, until both have; from then on what each says."""
    chain, subject = room.draft.agreement, room.draft.pk
    facts = {"by": by, "now": now, "subject": subject}
    if is_first:
        audit.append(chain=chain, kind=f"page {PAGE[role]}", form_key=form_key, **facts)  # type: ignore[arg-type]
        form_key = None
    both = looks.both(room)
    if both is not None:
        details = {who: {key: str(said) for key, said in both.verdicts_of(who).items()} for who in PAGE}
        audit.append(chain=chain, kind="looked back", details=details, form_key=form_key, **facts)  # type: ignore[arg-type]

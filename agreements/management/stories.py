"""The people of the demo: the origin pair, and a client in every state an agreement can have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agreements.actions import drafting, endings, library, people, reviews, sealing, signers
from agreements.management import walk_again
from agreements.management.walk import Script, choose, walk
from agreements.models import Client, Draft, Edition, User
from agreements.rules.steps import Step
from agreements.rules.vocabulary import (
    Amount,
    Contact,
    Known,
    Outcome,
    Paper,
    Role,
    SignatureKind,
    Voice,
    Works,
)

ZONE = "America/New_York"


def a_client(therapist: User, name: str, called: str, now: datetime) -> Client:
    return people.add_client(
        by=therapist, now=now, name=name, called=called, zone=ZONE, country="US", area="", language="en",
        voice=Voice.CALLS, contact=Contact.CALL, registered=False, contact_person="", paper=Paper.LETTER,
    )  # fmt: skip


def _round(
    client: Client, edition: Edition, now: datetime, until: Step | None = None, script: Script | None = None
) -> Draft:
    draft = drafting.start(client=client, edition=edition, by=client.therapist, now=now)
    return walk(draft, by=client.therapist, now=now, until=until, script=script)


def _origin_pair(client: Client, edition: Edition, now: datetime) -> None:
    _round(client, edition, now - timedelta(days=3))


def _time_to_look(client: Client, edition: Edition, now: datetime) -> None:
    """They looked once and signed version 2; the four weeks since then end today."""
    newest = edition.family.editions.get(number=2)
    _round(client, newest, now - timedelta(weeks=8), script=Script(kind=SignatureKind.TYPED))
    then = now - timedelta(weeks=4)
    walk_again.walk_again(walk_again.begin(client, now=then), now=then, script=walk_again.TWO_CHANGES)


def _replaced(client: Client, edition: Edition, now: datetime) -> None:
    _round(client, edition, now - timedelta(days=60))
    then, less = now - timedelta(days=5), {"night": "ten_seven", "away": "keepsake"}
    script = walk_again.Script(client=dict.fromkeys(less, Works.NOT), decisions=less)
    walk_again.walk_again(walk_again.begin(client, now=then), now=then, script=script)


def _left_open(client: Client, edition: Edition, now: datetime) -> None:
    """Left open, and since then the client said that it is too little."""
    left = replace(Script(), decisions={"often": "open:therapist", "night": "nine_eight"})
    agreement = _round(client, edition, now - timedelta(days=10), script=left).agreement
    said = {"by_role": Role.CLIENT, "amount": Amount.LITTLE, "clause_key": "often", "by": client.therapist}
    reviews.raise_texting(agreement=agreement, now=now - timedelta(days=2), **said)


def _no_texting(client: Client, edition: Edition, now: datetime) -> None:
    _round(client, edition, now - timedelta(days=20), script=Script(outcome=Outcome.NO_TEXTING))


def _not_for_now(client: Client, edition: Edition, now: datetime) -> None:
    _round(client, edition, now - timedelta(days=20), script=Script(outcome=Outcome.NOT_FOR_NOW))


def _stopped(client: Client, edition: Edition, now: datetime) -> None:
    _end(client, edition, now, planned=False)


def _ended(client: Client, edition: Edition, now: datetime) -> None:
    _end(client, edition, now, planned=True)


def _end(client: Client, edition: Edition, now: datetime, *, planned: bool) -> None:
    draft = _round(client, edition, now - timedelta(days=70))
    effective_on = now.astimezone(ZoneInfo(ZONE)).date()
    said = {"by_role": Role.CLIENT, "planned": planned, "by": client.therapist}
    endings.stop(agreement=draft.agreement, effective_on=effective_on, now=now, **said)


def _ending(client: Client, edition: Edition, now: datetime) -> None:
    """The therapist said that texting ends in six weeks; what takes its place is not written down yet. Until then the
    agreement holds, and its look comes in eight days."""
    draft = _round(client, edition, now - timedelta(days=20))
    last = now.astimezone(ZoneInfo(ZONE)).date() + timedelta(weeks=6)
    endings.stop(agreement=draft.agreement, by_role=Role.THERAPIST, effective_on=last, by=client.therapist, now=now)


def _begun(client: Client, edition: Edition, now: datetime) -> None:
    _round(client, edition, now - timedelta(days=7), until=Step.HARD)


def _prepared(client: Client, edition: Edition, now: datetime) -> None:
    _round(client, edition, now - timedelta(days=1), until=Step.START)


def _one_signature(client: Client, edition: Edition, now: datetime) -> None:
    draft = _round(client, edition, now - timedelta(hours=1), until=Step.SIGN)
    signed = {"kind": SignatureKind.TYPED, "typed": client.name, "digest_seen": draft.versions.latest().digest}
    sealing.sign(draft=draft, role=Role.CLIENT, by=client.therapist, now=now, **signed)


def _no_pdf_yet(client: Client, edition: Edition, now: datetime) -> None:
    _round(client, edition, now - timedelta(days=1), until=Step.KEPT)


def _times_only(client: Client, edition: Edition, now: datetime) -> None:
    same = {
        "purpose": choose("times", "late_today"),
        "window": choose("next_day"),
        "away": choose("set_before"),
        "look_again": choose("three_months"),
    }
    less = Script(client=same, therapist={**same, "window": choose("two_days")}, privacy=choose("times_only"))
    less = replace(less, decisions={"window": "two_days"}, hard={**less.hard, "ending": choose("session")})
    _round(client, Edition.objects.get(family__key="times-and-dates"), now - timedelta(days=12), script=less)


def _nobody_texts(client: Client, edition: Edition, now: datetime) -> None:
    _round(client, Edition.objects.get(family__key="no-texting"), now - timedelta(days=15))


def _young_person(client: Client, edition: Edition, now: datetime) -> None:
    """A guardian consents, in the family that ships as a draft: in the demo it is published, read by nobody yet."""
    began = now - timedelta(days=8)
    draft_of_family = Edition.objects.get(family__key="young-person", number=1)
    family = library.publish(edition=draft_of_family, by=None, now=began, read_by="")
    draft = drafting.start(client=client, edition=family, by=client.therapist, now=began)
    guardian = {"role": Role.GUARDIAN, "name": "Rosa Quintero", "called": "Rosa", "signs": True, "known": Known.PERSON}
    signers.add(agreement=draft.agreement, by=client.therapist, now=began, **guardian)
    walk(draft, by=client.therapist, now=began)


def _nothing_yet(client: Client, edition: Edition, now: datetime) -> None:
    """A client without an agreement."""


Story = Callable[[Client, Edition, datetime], None]
STORIES: dict[str, tuple[str, Story]] = {
    "Maya R.": ("Maya", _origin_pair),
    "Anton K.": ("Anton", _time_to_look),
    "Bea Thornton": ("Bea", _replaced),
    "Chidi O.": ("Chidi", _left_open),
    "Dana W.": ("Dana", _no_texting),
    "Eun-ji Park": ("Eun-ji", _not_for_now),
    "Farah S.": ("Farah", _stopped),
    "Grace L.": ("Grace", _ended),
    "Hiro T.": ("Hiro", _begun),
    "Ines Duarte": ("Ines", _prepared),
    "Jonah B.": ("Jonah", _one_signature),
    "Kofi A.": ("Kofi", _no_pdf_yet),
    "Lena Vogt": ("Lena", _nothing_yet),
    "Mira Sol": ("Mira", _nobody_texts),
    "Noah P.": ("Noah", _times_only),
    "Oona F.": ("Oona", _ending),
    "Paz Quintero": ("Paz", _young_person),
}

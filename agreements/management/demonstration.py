"""The demo's people: the origin pair, and a client in every state an agreement can have."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group

from agreements.actions import (
    calendar,
    crisis,
    documents,
    drafting,
    endings,
    keys,
    library,
    people,
    reviews,
    sealing,
    signers,
)  # fmt: skip
from agreements.management import first_run, time_away, walk_again
from agreements.management.walk import Script, choose, walk
from agreements.models import Absence, Client, CrisisResource, Document, Draft, Edition, Practice, User
from agreements.reads import library as reads
from agreements.rules.steps import Step
from agreements.rules.vocabulary import (
    Amount,
    CallDays,
    CallHours,
    CheckedHow,
    Contact,
    Known,
    Outcome,
    Paper,
    Role,
    SignatureKind,
    Voice,
    Works,
)  # fmt: skip

BEGAN = timedelta(days=100)
ROLES = {"therapist": "lee", "template editor": "editor", "administrator": "admin"}

OLD_PAPER, OLD_PHONE, PHONE = "Dana W.", "(555) 010-0142", "(555) 010-0143"  # whose paper has the number from before
PRACTICE: dict[str, Any] = {
    "name": "Elm Street Practice",
    "call_hours": CallHours.THESE,
    "call_days": CallDays.WEEKDAYS,
    "call_from": time(9),
    "call_until": time(18),
    "zone": "America/New_York",
    "country": "US",
    "paper": Paper.LETTER,
    "demo": True,
}


def build(*, now: datetime) -> None:
    """Everything the demo shows, as of `now` (UTC). What an earlier run made stays as it is."""
    began = now - BEGAN
    first_run.prepare_keys(now=began)
    if not Practice.objects.exists():
        people.set_up_practice(now=began, phone=OLD_PHONE, **PRACTICE)
    first_run.load_starter(by=None, now=began)
    _write_anew(now - timedelta(days=2))
    edition = Edition.objects.get(family__key="adult-outpatient", number=1)
    for resource in CrisisResource.objects.filter(checks=None, published_at__isnull=False):
        crisis.check(resource=resource, how=CheckedHow.DEMO, by=None, today=began.date(), now=began)
    therapist = _therapist(edition, began)
    _template_editor()
    _in_the_admin(ROLES["administrator"], "Robin Adeyemi", "Robin", first_run.administrators())
    known = {client.name for client in Client.objects.filter(therapist=therapist)}
    for name, (called, tell) in sorted(STORIES.items(), key=lambda story: story[0] != OLD_PAPER):
        if name not in known:
            tell(_client(therapist, name, called, began), edition, now)
        if name == OLD_PAPER and Practice.objects.get().phone == OLD_PHONE:
            people.set_up_practice(now=now - timedelta(days=15), phone=PHONE, **PRACTICE)
    if not Absence.objects.filter(therapist=therapist).exists():
        time_away.tell_of(therapist, ZoneInfo(PRACTICE["zone"]), now)


def _write_anew(now: datetime) -> None:
    """The adult agreement's second edition: warmer words about a late answer, of which people hear at their review."""
    first = Edition.objects.get(family__key="adult-outpatient", number=1)
    if first.family.editions.filter(number=2).exists():
        return
    data = reads.in_file_form(reads.whole(first.pk))
    late = next(clause for clause in data["clauses"] if clause["key"] == "late")
    late["texts"]["en"]["words"] = "[[client]] may [[chosen]]. It is no bother. Unsafe? Do not wait. Use the box."
    library.publish(edition=library.read_in(data=data, by=None, now=now), by=None, now=now, read_by="")


def _therapist(edition: Edition, now: datetime) -> User:
    therapist, made = User.objects.get_or_create(
        username=ROLES["therapist"], defaults={"name": "Dr J. Lee", "called": "Dr Lee", "email": "lee@localhost"}
    )
    if made:
        script = Script()
        people.keep_usual_answers(
            by=therapist,
            now=now,
            family=edition.family,
            channel="sms",
            text_number="(555) 010-0147",
            answers=dict(script.therapist),
            reasons=dict(script.reasons),
        )
    return therapist


def _template_editor() -> User:
    return _in_the_admin(ROLES["template editor"], "Sam Ortiz", "Sam", first_run.template_editors())


def _in_the_admin(username: str, name: str, called: str, group: Group) -> User:
    """Somebody who works in the admin and sees no client."""
    facts = {"name": name, "called": called, "is_staff": True, "sees_clients": False}
    user, made = User.objects.get_or_create(username=username, defaults=facts)
    if made:
        user.groups.add(group)
    return user


def _client(therapist: User, name: str, called: str, now: datetime) -> Client:
    return people.add_client(
        by=therapist, now=now, name=name, called=called, zone="America/New_York", country="US", area="", language="en",
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
    _round(client, edition, now - timedelta(days=30), script=Script(kind=SignatureKind.TYPED))


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
    effective_on = now.astimezone(ZoneInfo(PRACTICE["zone"])).date()
    said = {"by_role": Role.CLIENT, "planned": planned, "by": client.therapist}
    endings.stop(agreement=draft.agreement, effective_on=effective_on, now=now, **said)


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
    "Paz Quintero": ("Paz", _young_person),
}


def write_files(folder: Path, *, now: datetime) -> None:
    """agreement.pdf, agreement.json, review.ics and root.pem of the origin pair, and sign-ins.json, in `folder`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    [pair] = [client for client in Client.objects.all() if client.name == "Maya R."]
    document = Document.objects.filter(agreement__client=pair).latest("number")
    sealed = documents.sealed_record(document.version).to_json()
    (folder / "agreement.pdf").write_bytes(document.content)
    (folder / "agreement.json").write_text(json.dumps(sealed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "review.ics").write_bytes(calendar.review_event(document.version.review, now=now))
    (folder / "root.pem").write_bytes(keys.root_certificate())
    _write_sign_ins(folder / "sign-ins.json")


def _write_sign_ins(path: Path) -> None:
    """Passwords are made once, for this demo only; without the file new ones are made."""
    if path.exists():
        return
    found = {}
    for role, username in ROLES.items():
        user, password = User.objects.get(username=username), secrets.token_urlsafe(12)
        user.set_password(password)
        user.save(update_fields=["password"])
        found[role] = {"user": username, "password": password}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(found, file, indent=1)


def refused() -> str:
    """Why this database cannot be a demo, or nothing."""
    practice = Practice.objects.first()
    if practice is None or practice.demo:
        return ""
    return "This database belongs to a practice. Run the demo where DATABASE_URL and VAR_DIR are not set."

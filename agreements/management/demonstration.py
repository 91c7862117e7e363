"""The demo: a practice, who works there, its clients with their stories, and its files."""

from __future__ import annotations

import json
import os
import secrets
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group

from agreements.actions import calendar, crisis, documents, keys, library, people
from agreements.management import first_run, stories, time_away
from agreements.management.walk import Script
from agreements.models import Absence, Client, CrisisResource, Document, Edition, Practice, User
from agreements.reads import library as reads
from agreements.rules.vocabulary import CallDays, CallHours, CheckedHow, Paper

BEGAN = timedelta(days=100)
ROLES = {"therapist": "lee", "template editor": "editor", "administrator": "admin"}

DUE, NEARLY_A_YEAR = "fi-mieli", timedelta(days=345)  # a line to check this month, where none of the demo's clients is
OLD_PAPER, OLD_PHONE, PHONE = "Dana W.", "(555) 010-0142", "(555) 010-0143"  # whose paper has the number from before
PRACTICE: dict[str, Any] = {
    "name": "Elm Street Practice",
    "call_hours": CallHours.THESE,
    "call_days": CallDays.WEEKDAYS,
    "call_from": time(9),
    "call_until": time(18),
    "zone": stories.ZONE,
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
    _write_anew(now - timedelta(days=60))
    edition = Edition.objects.get(family__key="adult-outpatient", number=1)
    for resource in CrisisResource.objects.filter(checks=None, published_at__isnull=False):
        day = (now - NEARLY_A_YEAR if resource.key == DUE else began).date()
        crisis.check(resource=resource, how=CheckedHow.DEMO, by=None, today=day, now=began)
    therapist = _therapist(edition, began)
    _template_editor()
    _in_the_admin(ROLES["administrator"], "Robin Adeyemi", "Robin", first_run.administrators())
    known = {client.name for client in Client.objects.filter(therapist=therapist)}
    for name, (called, tell) in sorted(stories.STORIES.items(), key=lambda story: story[0] != OLD_PAPER):
        if name not in known:
            tell(stories.a_client(therapist, name, called, began), edition, now)
        if name == OLD_PAPER and Practice.objects.get().phone == OLD_PHONE:
            people.set_up_practice(now=now - timedelta(days=15), phone=PHONE, **PRACTICE)
    if not Absence.objects.filter(therapist=therapist).exists():
        time_away.tell_of(therapist, ZoneInfo(stories.ZONE), now)


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


def write_files(folder: Path, *, now: datetime) -> None:
    """agreement.pdf, agreement.json, review.ics and root.pem of the origin pair, and sign-ins.json, in `folder`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    [pair] = [client for client in Client.objects.all() if client.name == "Maya R."]
    document = Document.objects.filter(agreement__client=pair).latest("number")
    sealed = documents.sealed_record(document.version).to_json()
    (folder / "agreement.pdf").write_bytes(document.content)
    (folder / "agreement.json").write_text(json.dumps(sealed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "review.ics").write_bytes(calendar.look_event(document.agreement, now=now))
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

"""The practice and its clients: set up, add, change. The parties of an agreement: the_two.py, signers.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit, pdf_glyphs, recalls, reminders, the_two
from agreements.actions.refusals import Unreadable
from agreements.models import Client, Draft, Family, Practice, User, UsualAnswer, UsualChannel
from agreements.rules.lookalikes import mixed_fault
from agreements.rules.safety_phrases import is_no_name
from agreements.rules.shown_names import without_unseen
from agreements.rules.vocabulary import Answer, Contact

NAMED = ("name", "called", "contact_person", "cover_name", "mailer")  # printed where a name belongs


@transaction.atomic
def set_up_practice(
    *,
    now: datetime,
    name: str,
    phone: str,
    call_hours: str,
    zone: str,
    country: str,
    paper: str,
    language: str = "en",
    call_days: str = "",
    call_from: time | None = None,
    call_until: time | None = None,
    demo: bool = False,
    by: User | None = None,
) -> Practice:
    """The one practice of this installation, made or brought up to date. `zone` is an IANA name.

    A phone number that it gives up is recalled: papers carry it. Raises Unreadable for a name that is none.
    """
    refuse_unprintable(name=name)
    practice = Practice.objects.first() or Practice()
    before, old_phone = _in_the_box(practice), practice.phone
    practice.name, practice.phone, practice.zone = name, phone, zone
    practice.country, practice.paper, practice.language = country, paper, language
    practice.call_hours, practice.call_days = call_hours, call_days
    practice.call_from, practice.call_until = call_from, call_until
    practice.demo = practice.demo or demo
    practice.save()
    if before != _in_the_box(practice):
        recalls.lock_signed(Draft.objects.all())
        recalls.void_unsealed(Draft.objects.all(), by=by, now=now)
    if old_phone not in ("", phone):
        recalls.begin(phone=old_phone, by=by, now=now)
    audit.record(chain=practice, kind="practice set up", by=by, now=now, subject=practice.pk)
    return practice


def refuse_unprintable(**texts: str) -> None:
    """Raises Unreadable, by field, for a character that no bundled font has: found now, not when the two sign."""
    for field, text in texts.items():
        if field in NAMED and text and not any(char.isalpha() for char in text):
            raise Unreadable(_("Please write a name with letters."), field)
        if field in NAMED and "\n" in text:
            raise Unreadable(_("Please write a name on one line."), field)
        if fault := mixed_fault(text):
            raise Unreadable(fault, field)
        if field in NAMED and is_no_name(text):
            raise Unreadable(_("Please write a name here, and nothing about danger, texts or calls."), field)
        if field == "text_number" and any(char.isspace() for char in text.strip()) and is_no_name(text):
            raise Unreadable(_("Please write the number or address, and nothing else."), field)
        if missing := pdf_glyphs.missing_glyphs(text):
            words = _("This cannot be printed: %(characters)s. Please write it another way.")
            raise Unreadable(words % {"characters": " ".join(_named(char) for char in missing)}, field)


def _named(char: str) -> str:
    return f"{char} (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"


@transaction.atomic
def add_client(
    *,
    by: User,
    now: datetime,
    name: str,
    called: str,
    zone: str,
    country: str,
    area: str,
    voice: str,
    contact: str,
    registered: bool,
    contact_person: str,
    language: str,
    paper: str,
    travels_to: Sequence[str] = (),
    form_key: UUID | None = None,
) -> Client:
    """A new client of `by`. The same `form_key` twice returns the same client. Raises Unreadable, see below."""
    name, called, contact_person = map(without_unseen, (name, called, contact_person))
    refuse_unprintable(name=name, called=called, contact_person=contact_person)
    practice = Practice.objects.get()
    audit.lock(practice)
    if again := audit.replayed(form_key):
        return Client.objects.get(pk=again.subject)
    client = Client.objects.create(
        therapist=by, created_at=now, name=name, called=called, zone=zone, country=country, area=area, voice=voice,
        contact=contact, registered=registered, contact_person=contact_person, travels_to=[*travels_to],
        language=language, paper=paper,
    )  # fmt: skip
    audit.record(chain=practice, kind="client added", by=by, now=now, subject=client.pk, form_key=form_key)
    return client


@transaction.atomic
def change_client(*, client: Client, by: User, now: datetime, **changes: str | bool | list[str]) -> Client:
    """New facts about a client, by field name. What was signed before keeps its own copy of names and place.

    Rounds that are not sealed follow, and signatures under them no longer count: the paper would say something else.
    """
    told = {
        name: without_unseen(str(changes[name])) for name in ("name", "called", "contact_person") if name in changes
    }
    refuse_unprintable(**told)
    changes.update(told)
    for field, value in changes.items():
        setattr(client, field, value)
    client.save(update_fields=[*changes])
    if client.contact != Contact.NONE:
        reminders.allow_again(client=client)
    for agreement in client.agreements.all():
        audit.lock(agreement)
    theirs = Draft.objects.filter(agreement__client=client)
    recalls.void_unsealed(theirs, by=by, now=now)
    the_two.rename(client, by=by, now=now)
    audit.record(
        chain=Practice.objects.get(),
        kind="client changed",
        by=by,
        now=now,
        subject=client.pk,
        details={"fields": sorted(changes)},
    )
    return client


def _in_the_box(practice: Practice) -> tuple[object, ...]:
    hours = (practice.call_hours, practice.call_days, practice.call_from, practice.call_until)
    return (practice.name, practice.phone, practice.zone, *hours)


@transaction.atomic
def keep_usual_answers(
    *,
    by: User,
    now: datetime,
    family: Family,
    channel: str,
    text_number: str,
    answers: dict[str, Answer],
    reasons: dict[str, str],
) -> None:
    """A therapist's usual positions by clause key; they are offered in every preparation, never for the limit."""
    for key, answer in answers.items():
        UsualAnswer.objects.update_or_create(
            therapist=by,
            family=family,
            clause_key=key,
            defaults={"value": answer.to_json(), "reason": reasons.get(key, "")},
        )
    UsualChannel.objects.update_or_create(therapist=by, defaults={"channel": channel})
    by.text_number = text_number
    by.save(update_fields=["text_number"])
    audit.record(chain=Practice.objects.get(), kind="usual answers kept", by=by, now=now, subject=by.pk)

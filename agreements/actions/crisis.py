"""Verbs of the crisis resources: read them in, correct, publish, check and withdraw one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit, bound_rows, pdf_glyphs, recalls
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import AuditEvent, CrisisCheck, CrisisResource, Practice, Recall, User, Withdrawal
from agreements.reads import recalls as recalled
from agreements.reads import resources
from agreements.rules import crisis_faults, crisis_numbers, crisis_rows, crisis_standing
from agreements.rules.crisis_phrases import Ours
from agreements.rules.crisis_rows import Resource
from agreements.rules.vocabulary import CheckedHow

EDITED = (
    "country", "area", "place", "service", "kind", "call", "text_to", "text_keyword", "keyword_confirmed", "text_app",
    "chat", "non_voice", "non_voice_needs_registering", "hours", "languages", "read_from", "as_of", "note", "pair_with",
)  # fmt: skip
WRITTEN = "crisis resource written"
SOURCE = ("read_from", "as_of")  # of these very digits: a correction asks for them anew
WORDS = tuple(
    field for field in EDITED if field not in ("keyword_confirmed", "non_voice_needs_registering", "languages", "kind")
)


@transaction.atomic
def read_in(*, rows: Iterable[dict[str, Any]], by: User | None, now: datetime) -> list[CrisisResource]:
    """Publish each row whose key is not there yet. Digits are kept as text, exactly as they are dialled.

    The log binds what was read in; the first time also all that were published before it did so.
    """
    practice = Practice.objects.get()
    audit.lock(practice)
    known = set(CrisisResource.objects.values_list("key", flat=True))
    made = CrisisResource.objects.bulk_create(
        CrisisResource(published_at=now, **{field: "" if value is None else value for field, value in row.items()})
        for row in rows
        if row["key"] not in known
    )
    binds = CrisisResource.objects.filter(published_at__isnull=False)
    if are_bound():
        binds = binds.filter(pk__in=[row.pk for row in made])
    details = bound_rows.of_resources(binds)
    audit.record(chain=practice, kind=bound_rows.READ_IN, by=by, now=now, details=details)
    return made


def are_bound() -> bool:
    """Whether the log says by now what the published rows say: it did not always."""
    return any(bound_rows.ROWS in event.details for event in AuditEvent.objects.filter(kind=bound_rows.READ_IN))


@transaction.atomic
def check(
    *, resource: CrisisResource, how: str, by: User | None, today: date, now: datetime, form_key: UUID | None = None
) -> CrisisCheck:
    """Somebody made sure on the local day `today` that this row works. "Demo" counts only in a demo database."""
    practice = Practice.objects.get()
    if how == CheckedHow.DEMO and not practice.demo:
        raise NotNow("Only a demo can use lines that nobody checked.")
    audit.lock(practice)
    if again := audit.replayed(form_key):
        return CrisisCheck.objects.get(pk=again.subject)
    made = CrisisCheck.objects.create(resource=resource, how=how, by=by, checked_on=today)
    audit.record(
        chain=practice,
        kind="crisis resource checked",
        by=by,
        now=now,
        subject=made.pk,
        details={"resource": resource.key, "how": how},
        form_key=form_key,
    )
    return made


@transaction.atomic
def write(*, resource: CrisisResource, by: User | None, now: datetime) -> CrisisResource:
    """Keep a draft as it was written; the log says which word was confirmed. Raises NotNow once it is published.

    A confirmation stays with the word and the number it was of: when either changes, it is given anew or not at all.
    """
    practice = Practice.objects.get()
    audit.lock(practice)
    if CrisisResource.objects.filter(pk=resource.pk, published_at__isnull=False).exists():
        raise NotNow(_("This row is published. It never changes."))
    drop_carried(resource)
    resource.save()
    said = {"confirmed": _word(resource)} if resource.keyword_confirmed else {}
    audit.record(chain=practice, kind=WRITTEN, by=by, now=now, subject=resource.pk, details=said)
    return resource


def drop_carried(resource: CrisisResource) -> None:
    """Take away a confirmation that is only left from the draft as it is kept, of another word or number."""
    before = CrisisResource.objects.filter(pk=resource.pk, keyword_confirmed=True).first()
    if before is not None and not crisis_rows.same_word(_whole(before), _whole(resource)):
        resource.keyword_confirmed = False


@transaction.atomic
def correct(*, resource: CrisisResource, by: User | None, now: datetime) -> CrisisResource:
    """A draft that will take the place of a row: the one there is, or a new one with its key and facts, no source yet.

    Raises NotNow for a row that does not hold any more.
    """
    practice = Practice.objects.get()
    audit.lock(practice)
    _refuse_unless_holding(resource)
    if known := CrisisResource.objects.filter(replaces=resource).first():
        return known
    facts = {field: getattr(resource, field) for field in EDITED if field not in SOURCE}
    made = CrisisResource.objects.create(key=resource.key, replaces=resource, **facts)
    audit.record(chain=practice, kind="crisis resource corrected", by=by, now=now, subject=made.pk)
    return made


@transaction.atomic
def publish(
    *, resource: CrisisResource, how: str, by: User | None, today: date, now: datetime, form_key: UUID | None = None
) -> CrisisResource:
    """From now on the row never changes, and it counts as checked in this way on the local day `today`.

    A row it replaces is recalled when the two do not print the same. Twice is once. Raises Unreadable with the field
    at fault, NotNow when nothing has changed since the row that it would replace.
    """
    practice = Practice.objects.get()
    recalls.lock_where_carried(resource)
    audit.lock(practice)
    resource = CrisisResource.objects.select_related("replaces__withdrawal").get(pk=resource.pk)
    if resource.published_at is not None:
        return resource
    old = resource.replaces
    if old and _says_the_same(old, resource):
        raise NotNow(_("Nothing differs from the row that is published, so nothing was published."))
    for field, words in kept_back(resource, today=today).items():
        raise Unreadable(words, field)
    resource.published_at = now
    resource.save(update_fields=["published_at"])
    check(resource=resource, how=how, by=by, today=today, now=now)
    audit.record(
        chain=practice, kind="crisis resource published", by=by, now=now, subject=resource.pk, form_key=form_key
    )
    if old is None or not recalled.alike_on_paper(old, resource):
        recalls.void_where_carried(resource, by=by, now=now)
        if old is not None and not hasattr(old, "withdrawal"):
            recalls.begin(resource=old, by=by, now=now)
    return resource


@transaction.atomic
def withdraw(*, resource: CrisisResource, by: User | None, now: datetime, form_key: UUID | None = None) -> Withdrawal:
    """The row is given to nobody any more; who carries it is to be told. Twice is once.

    Raises NotNow for a draft, and for a row that another one has replaced.
    """
    practice = Practice.objects.get()
    recalls.lock_where_carried(resource)
    audit.lock(practice)
    if known := Withdrawal.objects.filter(resource=resource).first():
        return known
    _refuse_unless_holding(resource)
    made = Withdrawal.objects.create(resource=resource, by=by, at=now)
    audit.record(
        chain=practice, kind="crisis resource withdrawn", by=by, now=now, subject=resource.pk, form_key=form_key
    )
    recalls.void_where_carried(resource, by=by, now=now)
    recalls.begin(resource=resource, by=by, now=now)
    return made


def faults(resource: CrisisResource, *, today: date) -> dict[str, str]:
    """What keeps a draft from being published, by field: the rules, characters no font has, a key that is taken.

    Digits without a source and its date are published by nobody; `today` is the local day, after which no source is.
    """
    others = CrisisResource.objects.exclude(pk=resource.pk)
    there = list(others.filter(country=resource.country))
    found = {field: words for field in WORDS if (words := _unprintable(getattr(resource, field)))}
    if not found:
        found = crisis_faults.faults(
            _whole(resource),
            keys_there={row.key for row in there},
            numbers_there={number for row in there for number in (row.call, row.text_to) if number},
            ours=_ours(),
        )
    if not resource.read_from.strip():
        found.setdefault("read_from", _("Please write where you read these numbers and hours."))
    if not resource.as_of.strip():
        found.setdefault("as_of", _("Please write the date on their page, or the day on which you read it."))
    elif crisis_faults.lies_ahead(resource.as_of, today):
        found.setdefault("as_of", _("This day is still to come. Please write the day on which it was read."))
    if not found and (taken := crisis_standing.displaced_fault(_whole(resource), _in_use(resource))):
        found["kind"] = taken
    same_key = others.filter(key=resource.key, published_at__isnull=False)
    if resource.replaces_id is None and same_key.exists():
        found["key"] = _("This key is taken. Open that row and press “The number changed”.")
    return found


def kept_back(resource: CrisisResource, *, today: date) -> dict[str, str]:
    """`faults` of a draft as it is kept, and a word said to be confirmed that nobody confirmed: keywords drift."""
    found = faults(resource, today=today)
    if resource.keyword_confirmed and not found and not _is_confirmed(resource):
        found["keyword_confirmed"] = not_confirmed(resource)
    return found


def not_confirmed(resource: CrisisResource) -> str:
    """What to say beside a word that is not confirmed as it stands, or nothing."""
    if not resource.text_keyword or (resource.keyword_confirmed and _is_confirmed(resource)):
        return ""
    words = _("Nobody has confirmed “%(word)s” to %(number)s yet, so the word is not printed.")
    return words % {"word": resource.text_keyword, "number": resource.text_to}


def _is_confirmed(resource: CrisisResource) -> bool:
    """Whether somebody confirmed this very word: of the row before, or of this draft."""
    old = resource.replaces
    if old is not None and old.keyword_confirmed and crisis_rows.same_word(_whole(old), _whole(resource)):
        return True
    written = AuditEvent.objects.filter(subject=resource.pk, kind=WRITTEN)
    return any(event.details.get("confirmed") == _word(resource) for event in written)


def _word(resource: CrisisResource) -> list[str]:
    return [resource.text_keyword, resource.text_to]


def left_behind(resource: CrisisResource) -> dict[str, str]:
    """Where a correction still says a number that it takes away, by field: a warning, for both may be right."""
    if resource.replaces is None:
        return {}
    return crisis_numbers.left_behind(_whole(resource.replaces), _whole(resource))


def in_the_box(resource: CrisisResource) -> list[tuple[str, str, str]]:
    """What a draft would change in the box of its places: the place, what it says now, what it will say."""
    return crisis_standing.changes(_whole(resource), _in_use(resource))


def _in_use(resource: CrisisResource) -> tuple[Resource, ...]:
    return resources.plain(list(resources.holding().filter(country=resource.country).exclude(pk=resource.pk)))


def _unprintable(text: str) -> str:
    missing = pdf_glyphs.missing_glyphs(text)
    if not missing:
        return ""
    if all(map(crisis_numbers.has_other_digits, missing)):
        return crisis_numbers.write_digits()
    return _("This cannot be printed: %(characters)s.") % {"characters": " ".join(map(ascii, missing))}


def _whole(resource: CrisisResource) -> Resource:
    """The row with the word to text, confirmed or not."""
    [plain] = resources.plain([resource])
    return replace(plain, text_keyword=resource.text_keyword)


def _ours() -> Ours:
    """Whom no row may lead to: everybody who works here, and the practice's phone, now or before."""
    called = filter(
        None, (*User.objects.values_list("called", flat=True), *Practice.objects.values_list("name", flat=True))
    )
    phones = Practice.objects.values_list("phone", flat=True)
    given_up = Recall.objects.exclude(phone="").values_list("phone", flat=True)
    return Ours(tuple(called), (*phones, *given_up))


def _says_the_same(old: CrisisResource, new: CrisisResource) -> bool:
    """Whether a correction changes nothing, its source written anew or not written yet."""
    fields = [field for field in EDITED if field not in SOURCE or getattr(new, field)]
    return all(getattr(old, field) == getattr(new, field) for field in fields)


def _refuse_unless_holding(resource: CrisisResource) -> None:
    if not resources.holding().filter(pk=resource.pk).exists():
        raise NotNow(_("This row is not the one in use."))

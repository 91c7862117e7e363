"""Verbs of the clause library: read an edition in, make a new draft from one, publish it, retire it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import audit
from agreements.actions.refusals import NotNow, Refused, Unreadable
from agreements.models import (
    Clause,
    ClauseText,
    Edition,
    Family,
    Option,
    OptionText,
    Practice,
    Retirement,
    User,
)
from agreements.reads import library
from agreements.rules import edition_file
from agreements.rules.lint import Remark
from agreements.rules.lint_typing import reader_fault
from agreements.rules.vocabulary import Hearing

NOBODY = "nobody yet"


class Faulty(Refused):
    """An edition that cannot be published as it is; `remarks` are those that block."""

    def __init__(self, remarks: list[Remark]) -> None:
        super().__init__(_("This edition cannot be published yet. Please look at what is marked."))
        self.remarks = remarks


class Unchanged(Refused):
    """Publishing would change nothing: the newest published edition says the same."""


@transaction.atomic
def read_in(*, data: dict[str, Any], by: User | None, now: datetime) -> Edition:
    """A draft from an edition in file form, always with the next number of its family, which is made if need be.

    Whoever read it elsewhere did not read it here: nobody yet has.
    Raises edition_file.FaultyFile with every fault; then nothing is kept.
    """
    data = edition_file.checked(data)
    data["edition"]["read_by"] = NOBODY
    facts = data["family"]
    family, _made = Family.objects.get_or_create(
        key=facts["key"], defaults={"name": facts["name"], "about": facts["about"]}
    )
    edition = _write(family, data)
    audit.record(chain=Practice.objects.get(), kind="edition read in", by=by, now=now, subject=edition.pk)
    return edition


@transaction.atomic
def copy(*, edition: Edition, by: User, now: datetime) -> Edition:
    """A new draft that says the same, with the next number of the family, read by nobody yet.

    A family has one such draft at a time: raises NotNow while a draft is there, so that nobody edits two by mistake.
    """
    family = _locked(edition)
    if draft := family.editions.filter(published_at=None).order_by("number").first():
        words = _("There is a draft of this family already: edition %(number)s. Go on with it, or delete it first.")
        raise NotNow(words % {"number": draft.number})
    data = library.in_file_form(library.whole(edition.pk))
    data["edition"]["read_by"] = NOBODY
    made = _write(family, data)
    details = {"from": str(edition.pk)}
    audit.record(chain=Practice.objects.get(), kind="edition copied", by=by, now=now, subject=made.pk, details=details)
    return made


def next_number(family: Family) -> int:
    """The number of the family's next edition."""
    return (family.editions.order_by("number").values_list("number", flat=True).last() or 0) + 1


@transaction.atomic
def publish(
    *,
    edition: Edition,
    by: User | None,
    now: datetime,
    read_by: str | None = None,
    hearing: Hearing = Hearing.REVIEW,
    talk_before: date | None = None,
) -> Edition:
    """From now on the edition never changes. Publishing a published edition does nothing.

    `read_by` is a clinician's name and date; an empty text is "nobody yet", None leaves what the draft says.
    `talk_before`, a local day to come, belongs to Hearing.TALK. Raises Faulty with what blocks, Unchanged when the
    newest published edition of the family says the same, Unreadable with its field.
    """
    practice = Practice.objects.get()
    family = _locked(edition)
    Edition.objects.select_for_update().get(pk=edition.pk)  # nobody changes a clause after it was looked at
    looked = library.look(edition.pk)
    edition = looked.edition
    if edition.published_at is not None:
        return edition
    _refuse_day(hearing, talk_before, now.astimezone(ZoneInfo(practice.zone)).date())
    _refuse_faulty_or_same(looked)
    if looked.before and looked.before.number > edition.number:
        edition.number = next_number(family)
    edition.read_by = _reader(edition.read_by if read_by is None else read_by)
    edition.hearing, edition.talk_before = hearing, talk_before
    edition.published_at, edition.published_by = now, by
    edition.save()
    audit.record(
        chain=practice,
        kind="edition published",
        by=by,
        now=now,
        subject=edition.pk,
        details={"number": edition.number, "read_by": edition.read_by, "hearing": str(hearing)},
    )
    return edition


@transaction.atomic
def retire(*, edition: Edition, by: User, now: datetime) -> Retirement:
    """No new agreement starts from this edition; agreements made with it keep it."""
    if edition.published_at is None:
        raise NotNow(_("Only a published edition can be retired."))
    retirement, made = Retirement.objects.get_or_create(edition=edition, defaults={"at": now, "by": by})
    if made:
        audit.record(chain=Practice.objects.get(), kind="edition retired", by=by, now=now, subject=edition.pk)
    return retirement


def _locked(edition: Edition) -> Family:
    """The edition's family, held until the transaction ends: numbers are given one after another."""
    return Family.objects.select_for_update().get(pk=edition.family_id)


def _refuse_faulty_or_same(looked: library.Looked) -> None:
    """What was retired may be published again."""
    if looked.blocked:
        raise Faulty([remark for remark in looked.remarks if remark.blocks])
    if looked.before and looked.is_same and not hasattr(looked.before, "retirement"):
        words = _("This says the same as edition %(number)s, word for word. Nothing was published.")
        raise Unchanged(words % {"number": looked.before.number})


def _reader(said: str) -> str:
    if fault := reader_fault(said):
        raise Unreadable(fault, "reader")
    return said.strip() or NOBODY


def _refuse_day(hearing: Hearing, talk_before: date | None, today: date) -> None:
    if hearing != Hearing.TALK and talk_before is not None:
        raise Unreadable(_("A date belongs only to “we talk about it before a date”."), "talk_before")
    if hearing == Hearing.TALK and (talk_before is None or talk_before <= today):
        raise Unreadable(_("Please give a day to come, before which you talk about it."), "talk_before")


def _write(family: Family, data: dict[str, Any]) -> Edition:
    """A draft with all its parts, in a fixed number of statements."""
    family = Family.objects.select_for_update().get(pk=family.pk)
    facts = {name: data["edition"][name] for name in ("read_by", "update_rule", "funding")}
    edition = Edition.objects.create(family=family, number=next_number(family), **facts)
    names = ("order", "key", "topic", "kind", "mode", "asked", "suggested")
    clauses = Clause.objects.bulk_create(
        Clause(edition=edition, **{name: row[name] for name in names}) for row in data["clauses"]
    )
    ClauseText.objects.bulk_create(
        ClauseText(clause=clause, language=language, **text)
        for clause, row in zip(clauses, data["clauses"], strict=True)
        for language, text in row["texts"].items()
    )
    rows = [(clause, each) for clause, row in zip(clauses, data["clauses"], strict=True) for each in row["options"]]
    options = Option.objects.bulk_create(
        Option(clause=clause, order=each["order"], key=each["key"], meaning=each["meaning"]) for clause, each in rows
    )
    OptionText.objects.bulk_create(
        OptionText(option=option, language=language, **text)
        for option, (_clause, each) in zip(options, rows, strict=True)
        for language, text in each["texts"].items()
    )
    return edition

"""Editions of the clause library in file form, and what to know before one is published. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from agreements.models import Agreement, Document, Edition, Practice
from agreements.reads import ends
from agreements.rules import edition_changes
from agreements.rules.edition_changes import Change
from agreements.rules.edition_file import FORMAT
from agreements.rules.lint import Remark, document_grade, document_words, lint

WHOLE = ("clauses__texts", "clauses__options__texts")


@dataclass(frozen=True)
class Looked:
    """An edition beside the one before it, in the practice's language. Six queries for each, however many clauses."""

    edition: Edition
    before: Edition | None
    language: str

    @cached_property
    def file(self) -> dict[str, Any]:
        return in_file_form(self.edition)

    @cached_property
    def file_before(self) -> dict[str, Any] | None:
        return in_file_form(self.before) if self.before else None

    @cached_property
    def remarks(self) -> list[Remark]:
        return lint(self.file, self.language)

    @property
    def blocked(self) -> bool:
        return any(remark.blocks for remark in self.remarks)

    @cached_property
    def changes(self) -> list[Change]:
        return edition_changes.changes(self.file_before, self.file, self.language)

    @property
    def is_same(self) -> bool:
        return self.file_before is not None and edition_changes.same(self.file_before, self.file)

    @property
    def words(self) -> int:
        return document_words(self.file["clauses"], self.language)

    @property
    def grade(self) -> float | None:
        return document_grade(self.file["clauses"], self.language)


def look(edition_id: UUID | str) -> Looked:
    """An edition with the one before it. Raises Edition.DoesNotExist."""
    edition = whole(edition_id)
    before = before_this(edition)
    return Looked(edition, whole(before.pk) if before else None, Practice.objects.get().language)


def whole(edition_id: UUID | str) -> Edition:
    """An edition with its family, clauses, options and words. Raises Edition.DoesNotExist."""
    return Edition.objects.select_related("family").prefetch_related(*WHOLE).get(pk=edition_id)


def before_this(edition: Edition) -> Edition | None:
    """The edition that this one is compared with: the newest published one of its family, or the one before it."""
    others = Edition.objects.filter(family=edition.family_id, published_at__isnull=False).exclude(pk=edition.pk)
    if edition.published_at is not None:
        others = others.filter(number__lt=edition.number)
    return others.select_related("retirement").order_by("number").last()


def touched(edition: Edition, today: date) -> int:
    """How many agreements in force on the local day `today` stand on another edition of this family. No names: editors
    see no client.
    """
    newest = Document.objects.filter(agreement=OuterRef("pk")).order_by("-number")
    return (
        Agreement.objects.exclude(ends.over(today))
        .annotate(edition=Subquery(newest.values("version__draft__edition")[:1]))
        .filter(edition__in=Edition.objects.filter(family=edition.family_id).exclude(pk=edition.pk))
        .count()
    )


def in_file_form(edition: Edition) -> dict[str, Any]:
    """The edition as rules/edition_file.py writes and reads it. Its parts should be prefetched (`whole`)."""
    return {
        "format": FORMAT,
        "family": {"key": edition.family.key, "name": edition.family.name, "about": edition.family.about},
        "edition": {
            "number": edition.number,
            "read_by": edition.read_by,
            "update_rule": edition.update_rule,
            "funding": edition.funding,
        },
        "clauses": [_clause(clause) for clause in edition.clauses.all()],
    }


def heading(clause: dict[str, Any], language: str) -> str:
    """What a clause in file form is called on the paper, else its key."""
    return str(clause["texts"].get(language, {}).get("heading") or clause["key"])


def _clause(clause: Any) -> dict[str, Any]:
    facts = {name: getattr(clause, name) for name in ("order", "key", "topic", "kind", "mode", "asked", "suggested")}
    options = [
        {
            "order": option.order,
            "key": option.key,
            "meaning": option.meaning,
            "texts": _texts(option, "label", "consequence", "words"),
        }
        for option in clause.options.all()
    ]
    return {**facts, "texts": _texts(clause, "heading", "question", "hint", "words"), "options": options}


def _texts(owner: Any, *names: str) -> dict[str, dict[str, str]]:
    texts = sorted(owner.texts.all(), key=lambda text: str(text.language))
    return {text.language: {name: getattr(text, name) for name in names} for text in texts}

"""Which papers carry a number that no longer holds. Asked each time, so a new paper settles it by itself. Never writes.

Of several changes to one service, or to the practice's phone, the newest is the one to tell people about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from agreements.models import (
    Agreement,
    CarriedResource,
    Client,
    CrisisResource,
    Document,
    Practice,
    Recall,
    RecallAnswer,
    User,
    Version,
)
from agreements.reads import ends, resources
from agreements.rules import crisis_more
from agreements.rules.crisis_rows import Part, Parts, prints_alike
from agreements.rules.vocabulary import Told, Voice
from agreements.rules.wording import listed

TOLD = (Told.HANDED, Told.TOLD)
PHONE = ""


@dataclass(frozen=True)
class Change:
    """The newest recall of one service (`key`) or of the practice's phone (key "").

    `stale` are the rows (ids) or phone numbers that say something else than what holds now. `again` say the same as
    what holds now: who carries one is concerned only after having been told something else in between.
    """

    recall: Recall
    key: str
    stale: frozenset[object]
    again: frozenset[object]
    now: CrisisResource | str | None

    @property
    def name(self) -> str:
        """The service, or the practice's old number."""
        return self.recall.resource.service if self.recall.resource else self.recall.phone

    @property
    def said(self) -> str:
        """What became of it, in words, in the language that is active."""
        return (_("%(name)s changed") if self.now else _("%(name)s is no longer given")) % {"name": self.name}


@dataclass(frozen=True)
class Carried:
    """One agreement whose newest paper carries what a change made wrong, and what was done about it so far.

    `beside` are other changes of which the same page tells, where they are said together (`told_at_once`).
    """

    change: Change
    version: Version
    row: CrisisResource | None
    answer: RecallAnswer | None
    today: date | None = None
    beside: tuple[Change, ...] = ()

    @property
    def recall(self) -> Recall:
        return self.change.recall

    @property
    def agreement(self) -> Agreement:
        return self.version.agreement

    @property
    def said(self) -> str:
        """What became of each number that the page is about."""
        return listed([each.said for each in (self.change, *self.beside)])

    @property
    def is_past(self) -> bool:
        """Texting stopped or ended: the paper may still lie in a wallet, but nobody has to do anything.

        Of a stop that is announced the day counts, where `today` (local) is given.
        """
        ending = getattr(self.agreement, "ending", None)
        return ending is not None and (self.today is None or ending.day <= self.today)

    @property
    def is_open(self) -> bool:
        """Nothing is recorded yet: it needs the therapist."""
        return self.answer is None and not self.is_past

    @property
    def is_done(self) -> bool:
        """The client has the new card, or was told."""
        return self.answer is not None and self.answer.how in TOLD

    def was(self) -> Parts:
        """What the paper says, in the language that is active."""
        return self._words(self.row or self.version.phone)

    def now(self) -> Parts:
        """What holds instead; empty when nothing took its place."""
        return self._words(self.change.now) if self.change.now else ()

    def _words(self, holds: CrisisResource | str) -> Parts:
        if isinstance(holds, str):
            return (Part(holds, strong=True),)
        client, [plain] = self.agreement.client, resources.plain([holds])
        return crisis_more.row_words(plain, Voice(client.voice), self.agreement.language)


def changes() -> list[Change]:
    """Every change that some paper may still carry, the oldest first."""
    newest = {
        recall.resource.key if recall.resource else PHONE: recall
        for recall in Recall.objects.select_related("resource").order_by("at")
    }
    keys = [key for key in newest if key]
    published = CrisisResource.objects.filter(key__in=keys, published_at__isnull=False) if keys else ()
    holding = {row.key: row for row in resources.holding().filter(key__in=keys)} if keys else {}
    rows: dict[str, list[CrisisResource]] = {key: [] for key in keys}
    for row in published:
        rows[row.key].append(row)
    return [
        _row_change(recall, key, rows[key], holding.get(key)) if key else _phone_change(recall)
        for key, recall in newest.items()
    ]


def _row_change(recall: Recall, key: str, rows: list[CrisisResource], now: CrisisResource | None) -> Change:
    old = [row for row in rows if row != now]
    alike = frozenset(row.pk for row in old if now is not None and alike_on_paper(row, now))
    return Change(recall, key, frozenset(row.pk for row in old) - alike, alike, now)


def _phone_change(recall: Recall) -> Change:
    phone = Practice.objects.get().phone
    given_up = frozenset(Recall.objects.exclude(phone="").values_list("phone", flat=True))
    return Change(recall, PHONE, given_up - {phone}, given_up & {phone}, phone)


def alike_on_paper(one: CrisisResource, other: CrisisResource) -> bool:
    """Whether two rows print the same."""
    first, second = resources.plain([one, other])
    return prints_alike(first, second)


def papers_in_force(today: date) -> QuerySet[Version]:
    """The newest sealed version of each agreement that has not ended on the local day `today`, whatever its outcome:
    every paper has the box."""
    over = Agreement.objects.filter(ends.over(today), pk=OuterRef("agreement"))
    return last_papers().filter(~Exists(over))


def last_papers() -> QuerySet[Version]:
    """The newest sealed version of each agreement, ended or not."""
    sealed = Exists(Document.objects.filter(version=OuterRef("pk")))
    later = Exists(Document.objects.filter(agreement=OuterRef("agreement"), number__gt=OuterRef("number")))
    return Version.objects.filter(sealed, ~later).order_by()


def carrying(papers: QuerySet[Version], rows: Iterable[Any], phones: Iterable[Any] = ()) -> QuerySet[Version]:
    """Those of the papers that print one of these rows (ids) or numbers of the practice. Found by index: papers
    without them cost nothing.
    """
    of_rows = CarriedResource.objects.filter(resource__in=[*rows]).values("version")
    return papers.filter(Q(pk__in=of_rows) | Q(phone__in=[*phones]))


def of_clients(clients: Iterable[Client], today: date | None = None) -> list[Carried]:
    """Everything of these clients, answered or not, in a constant number of queries; `today` is the local day.

    The paper of an agreement that ended counts while the client has no later one.
    """
    return _of(last_papers().filter(agreement__client__in=[client.pk for client in clients]), today)


def of_therapist(therapist: User, today: date | None = None) -> list[Carried]:
    """The same of all clients of a therapist."""
    return _of(last_papers().filter(agreement__client__therapist=therapist), today)


def _of(papers: QuerySet[Version], today: date | None) -> list[Carried]:
    later = Document.objects.filter(
        agreement__client=OuterRef("agreement__client"), agreement__created_at__gt=OuterRef("agreement__created_at")
    )
    found = _carried(papers.filter(Q(agreement__ending=None) | ~Exists(later)))
    found = [replace(each, today=today) for each in found]
    return sorted(found, key=lambda each: (each.agreement.client.called.casefold(), each.recall.at))


def told_at_once(carried: Iterable[Carried]) -> list[Carried]:
    """The open ones of these, one for each agreement: one page and one card tell its people of all of them."""
    of: dict[UUID, list[Carried]] = {}
    for each in carried:
        if each.is_open:
            of.setdefault(each.version.agreement_id, []).append(each)
    return [replace(first, beside=tuple(other.change for other in others)) for first, *others in of.values()]


def of_agreement(agreement: Agreement) -> list[Carried]:
    """What the newest paper of one agreement carries that no longer holds, ended or not."""
    return _carried(last_papers().filter(agreement=agreement))


def count_carrying(resource: CrisisResource, today: date) -> int:
    """How many papers in force on a local day carry this very row: a number, no names."""
    return carrying(papers_in_force(today), [resource.pk]).count()


def _carried(papers: QuerySet[Version]) -> list[Carried]:
    known = changes()
    if not known:
        return []
    ids: list[Any] = [pk for change in known if change.key for pk in (*change.stale, *change.again)]
    phones = [phone for change in known if not change.key for phone in (*change.stale, *change.again)]
    rows = CarriedResource.objects.filter(resource__in=ids).select_related("resource")
    versions = list(
        carrying(papers, ids, phones)
        .select_related("agreement__client", "agreement__ending__sooner")
        .defer("snapshot")
        .prefetch_related(Prefetch("carried", rows, to_attr="old_rows"))
    )
    answers: dict[UUID, list[RecallAnswer]] = {}
    given = RecallAnswer.objects.filter(agreement__in={version.agreement_id for version in versions})
    for answer in given.select_related("recall__resource"):
        answers.setdefault(answer.agreement_id, []).append(answer)
    seen = [_one(change, version, answers.get(version.agreement_id, [])) for version in versions for change in known]
    return [each for each in seen if each is not None]


def _one(change: Change, version: Version, answers: list[RecallAnswer]) -> Carried | None:
    rows: dict[str, CrisisResource] = {each.resource.key: each.resource for each in version.old_rows}  # type: ignore[attr-defined]
    row = rows.get(change.key)
    holds: object = version.phone if not change.key else row.pk if row else None
    about = [each for each in answers if (each.recall.resource.key if each.recall.resource else PHONE) == change.key]
    told_otherwise = holds in change.again and any(each.how in TOLD for each in about)
    if holds not in change.stale and not told_otherwise:
        return None
    latest = [each for each in about if each.recall_id == change.recall.pk]
    return Carried(change, version, row, latest[-1] if latest else None)

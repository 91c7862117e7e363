"""What the home page opens with: everybody who needs the therapist, and the clients they were with last. Never writes.

Names are locked, so each one shown costs time: with many clients only these few are opened, and the rest by a find or
on the page of all. The number of queries is the same for ten clients and for a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Coalesce

from agreements.models import Client, Document, Draft, Ending, Practice, User
from agreements.reads import away, due, ends, home, naming, offers, raised, recalls, resources, who
from agreements.rules.shown_names import Naming, initials, matches
from agreements.rules.wording import listed

ALL_AT_ONCE = 25  # a usual number of clients is listed whole
LATEST = 10
A_PAGE = 50


@dataclass(frozen=True)
class FirstPage:
    """`listed` are the clients below "Needs you", of `number` in all. `labels` name everybody on the page."""

    needs: home.NeedsYou
    listed: list[home.ClientSeen]
    number: int
    labels: dict[UUID, str]


def of(therapist: User, now: datetime, shown: Naming) -> FirstPage:
    """The first page at `now` (UTC), clients named as `shown` says."""
    practice = Practice.objects.get()
    today = now.astimezone(ZoneInfo(practice.zone)).date()
    numbers = _numbers(therapist)
    carried = recalls.of_therapist(therapist, today)
    tasks = list(away.tasks_of(therapist, today + home.AHEAD).select_related("agreement"))
    needing = {each.agreement.client_id for each in carried if each.is_open} | _who_needs(therapist, today)
    needing |= {task.agreement.client_id for task in tasks}
    latest = _latest(therapist, ALL_AT_ONCE if len(numbers) <= ALL_AT_ONCE else LATEST)
    chosen = home.clients_in_order(Client.objects.filter(pk__in={*needing, *latest}), shown)
    seen = named(_look(chosen, therapist, now, practice), shown, practice, today, numbers)
    return FirstPage(
        needs=home.needs_you(
            seen,
            today,
            carried=carried,
            places=_places(therapist),
            absences=away.to_prepare(therapist, today),
            tasks=tasks,
        ),
        listed=[each for each in seen if each.client.pk in latest],
        number=len(numbers),
        labels={each.client.pk: each.label for each in seen},
    )


def named(
    seen: list[home.ClientSeen], shown: Naming, practice: Practice, today: date, numbers: dict[UUID, int]
) -> list[home.ClientSeen]:
    """Each with a label, told apart from the others here, and with who still has to sign."""
    pairs = [(each.client, each.since) for each in seen]
    labels = naming.labels(pairs, shown, zone=practice.zone, today=today, numbers=numbers)
    waits = [listed(who.named(each.awaited, shown)) for each in seen]
    return [replace(each, label=label, waits_for=wait) for each, label, wait in zip(seen, labels, waits, strict=True)]


def _numbers(therapist: User) -> dict[UUID, int]:
    """Each client's number, counted from the first one the therapist ever added."""
    ids = Client.objects.filter(therapist=therapist).order_by("created_at", "pk").values_list("pk", flat=True)
    return {pk: number for number, pk in enumerate(ids, start=1)}


def _who_needs(therapist: User, today: date) -> set[UUID]:
    """Ids of clients who may stand in a group of "Needs you". A group that is not named here finds only the latest."""
    sealed = Document.objects.filter(version__draft=OuterRef("pk"))
    rounds = Draft.objects.filter(~Exists(sealed), agreement__therapist=therapist, set_aside_at=None)
    looks = due.open_reviews().filter(version__agreement__therapist=therapist, due_on__lte=today)
    goes_on = ~ends.over(today, "agreement")
    raised_ones = raised.still_open().filter(goes_on, agreement__therapist=therapist).order_by()
    failed = due.unsent_of(therapist, today).filter(wish__isnull=False)
    families = {edition.family_id for edition in offers.to_talk_about()}
    older = Document.objects.filter(agreement__therapist=therapist, version__draft__edition__family__in=families)
    stricter = raised.stricter().filter(goes_on, agreement__therapist=therapist)
    endings = Ending.objects.filter(agreement__therapist=therapist, pages=None)
    groups = (
        stricter.values_list("agreement__client", flat=True).order_by(),
        endings.values_list("agreement__client", flat=True),
        rounds.values_list("agreement__client", flat=True),
        looks.values_list("version__agreement__client", flat=True),
        raised_ones.values_list("agreement__client", flat=True),
        failed.values_list("wish__agreement__client", flat=True),
        older.values_list("agreement__client", flat=True),
    )
    return {client for group in groups for client in group.distinct()}


def _latest(therapist: User, most: int) -> set[UUID]:
    """Ids of the clients with whom something was begun last."""
    begun = Coalesce(Max("agreements__drafts__started_at"), "created_at")
    theirs = Client.objects.filter(therapist=therapist).annotate(begun=begun).order_by("-begun", "pk")
    return set(theirs.values_list("pk", flat=True)[:most])


def _places(therapist: User) -> set[resources.Place]:
    """Wherever the therapist's clients are."""
    facts = Client.objects.filter(therapist=therapist).order_by().values("country", "area", "travels_to").distinct()
    return {place for each in facts for place in resources.places_of(Client(**each))}


def find(therapist: User, sought: str, now: datetime, shown: Naming) -> list[home.ClientSeen]:
    """The therapist's clients whose name, initials or label hold every word of `sought`. All names are opened."""
    practice, everybody, numbers = Practice.objects.get(), _everybody(therapist, shown), _numbers(therapist)
    today = now.astimezone(ZoneInfo(practice.zone)).date()
    pairs = [(client, None) for client in everybody]
    labels = naming.labels(pairs, shown, zone=practice.zone, today=today, numbers=numbers)
    chosen = [
        client
        for client, label in zip(everybody, labels, strict=True)
        if matches(sought, (client.name, client.called, label, initials(client.name)))
    ]
    return named(_look(chosen, therapist, now, practice), shown, practice, today, numbers)


def page(therapist: User, number: int, now: datetime, shown: Naming) -> tuple[list[home.ClientSeen], int]:
    """One page of all clients, from 1, and how many pages there are."""
    practice, everybody = Practice.objects.get(), _everybody(therapist, shown)
    pages = max(1, -(-len(everybody) // A_PAGE))
    number = min(max(1, number), pages)
    chosen = everybody[(number - 1) * A_PAGE : number * A_PAGE]
    today = now.astimezone(ZoneInfo(practice.zone)).date()
    return named(_look(chosen, therapist, now, practice), shown, practice, today, _numbers(therapist)), pages


def _everybody(therapist: User, shown: Naming) -> list[Client]:
    return home.clients_in_order(Client.objects.filter(therapist=therapist), shown)


def _look(chosen: list[Client], therapist: User, now: datetime, practice: Practice) -> list[home.ClientSeen]:
    """Where these stand, in their order."""
    ids = [client.pk for client in chosen]
    seen = {each.client.pk: each for each in home.look(Client.objects.filter(pk__in=ids), therapist, now, practice)}
    return [seen[pk] for pk in ids]

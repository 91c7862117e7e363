"""What needs the therapist, and where each client stands. A constant number of queries for any number of clients."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from agreements.models import (
    AbsenceTask,
    Agreement,
    Client,
    Draft,
    Party,
    Practice,
    Raised,
    Signature,
    Tightening,
    User,
    Version,
)
from agreements.reads import away, naming, offers, raised, resources, who
from agreements.reads.lines import Line, to_check
from agreements.reads.recalls import Carried, of_clients, told_at_once
from agreements.rules import signing, states
from agreements.rules.shown_names import Naming
from agreements.rules.vocabulary import Outcome, SignatureKind
from agreements.rules.wording import listed

_OF_A_SIGNATURE = ("version_id", "party__role", "party__number", "kind", "intent", "seen_ink__at")

AHEAD = timedelta(days=7)  # how long before its day a task stands on the home page


@dataclass(frozen=True)
class ClientSeen:
    """A client with where they stand today, the open round, the newest kept version and what waits for a seal.

    `label` names them where several stand together. `sign_again`: somebody signed the open round and its text changed
    since, so that signature no longer counts. `raised`: what they have not looked at together yet, the oldest first.
    `awaited`: whose signature an open round that was read through still needs, `waits_for` the same in words.
    `due_on` is the day of the next look.
    `ending_to_fill`: a stop or an end is written down and its page is not filled; `tighter`: what the therapist last
    said gets stricter, as long as they have not looked at it together. `by_hand`: who signs the paper in force by hand,
    as long as nobody wrote down that they did.
    """

    client: Client
    agreement: Agreement | None
    standing: states.Standing
    draft: Draft | None = None
    newest: Version | None = None
    unsealed: Version | None = None
    sign_again: bool = False
    raised: tuple[Raised, ...] = ()
    since: datetime | None = None
    awaited: tuple[Party, ...] = ()
    due_on: date | None = None
    ending_to_fill: bool = False
    tighter: Tightening | None = None
    by_hand: tuple[Party, ...] = ()
    label: str = field(default="", compare=False)
    waits_for: str = field(default="", compare=False)


@dataclass(frozen=True)
class NeedsYou:
    """Groups of the home page; empty ones are not shown."""

    reviews: list[ClientSeen]
    drafts: list[ClientSeen]
    unsealed: list[ClientSeen]
    lines: list[Line]
    talks: list[tuple[ClientSeen, date]]
    recalls: list[tuple[ClientSeen, Carried]]
    raised: list[tuple[ClientSeen, Raised]]
    tasks: list[tuple[ClientSeen, AbsenceTask]]
    absences: Sequence[away.ToPrepare]
    endings: list[ClientSeen]
    tighter: list[ClientSeen]
    by_hand: list[ClientSeen]


def clients(therapist: User, now: datetime, shown: Naming = Naming.INITIALS) -> list[ClientSeen]:
    """The therapist's clients, each named as `shown` says and with their standing on the local day.

    They stand in the order of what they are called; with names hidden in the order in which they came, which tells
    nothing.
    """
    practice = Practice.objects.get()
    found = {each.client: each for each in look(Client.objects.filter(therapist=therapist), therapist, now, practice)}
    seen = [found[client] for client in clients_in_order(found, shown)]
    today = now.astimezone(ZoneInfo(practice.zone)).date()
    names = naming.labels([(each.client, each.since) for each in seen], shown, zone=practice.zone, today=today)
    waits = [listed(who.named(each.awaited, shown)) for each in seen]
    return [replace(each, label=name, waits_for=wait) for each, name, wait in zip(seen, names, waits, strict=True)]


def clients_in_order(clients: Iterable[Client], shown: Naming) -> list[Client]:
    """In the order of what they are called; with names hidden in the order in which they came."""
    hidden = shown is Naming.HIDDEN
    return sorted(clients, key=lambda client: (client.created_at, client.pk) if hidden else _alphabet(client))


def _alphabet(client: Client) -> tuple[str, str]:
    return client.called.casefold(), client.name.casefold()


def one(client: Client, now: datetime) -> ClientSeen:
    """One client's standing at `now` (UTC)."""
    return look(Client.objects.filter(pk=client.pk), client.therapist, now, Practice.objects.get())[0]


def look(chosen: QuerySet[Client], therapist: User, now: datetime, practice: Practice) -> list[ClientSeen]:
    """Where these clients of a therapist stand at `now` (UTC), in no order and without labels."""
    today = now.astimezone(ZoneInfo(practice.zone)).date()
    stretches = away.stretches(therapist.pk)
    signed = Signature.objects.select_related("party", "seen_ink").only(*_OF_A_SIGNATURE)
    versions = (
        Version.objects.select_related("document", "draft__edition", "attempt", "review")
        .prefetch_related(Prefetch("signatures", signed))
        .defer("snapshot", "document__content")
        .order_by("frozen_at")
    )
    agreements = Agreement.objects.select_related("ending__sooner").order_by("created_at")
    agreements = agreements.prefetch_related(
        Prefetch("drafts", Draft.objects.order_by("number")),
        Prefetch("versions", versions),
        Prefetch("parties", Party.objects.filter(gone=False)),
        Prefetch("raised", raised.still_open()),
        Prefetch("tightenings", raised.stricter()),
        "ending__pages",
    )
    found = chosen.prefetch_related(Prefetch("agreements", agreements))
    return [_seen(client, stretches, today) for client in found]


def _seen(client: Client, stretches: Collection[tuple[date, date]], today: date) -> ClientSeen:
    agreements = list(client.agreements.all())
    if not agreements:
        return ClientSeen(client, None, states.Standing(states.AgreementState.NONE))
    agreement = agreements[-1]
    versions, ending = list(agreement.versions.all()), getattr(agreement, "ending", None)
    over = states.is_over(ending.day if ending else None, today)
    kept = [version for version in versions if hasattr(version, "document")]
    done = {version.draft_id for version in kept}
    drafts = [each for each in agreement.drafts.all() if _goes_on(each) and each.pk not in done and not over]
    newest = max(kept, key=lambda version: version.number, default=None)
    texting = [version.document.sealed_at for version in kept if version.outcome == Outcome.TEXTING]
    facts = states.AgreementFacts(
        outcome=newest.outcome if newest else "",
        ending_planned=ending.planned if ending else None,
        ends_on=ending.day if ending else None,
        review_on=_due(newest) if newest else None,
        away=stretches,
    )
    signed = [each for each in versions if each not in kept and is_signed(each) and _goes_on(each.draft) and not over]
    draft = drafts[-1] if drafts else None
    return ClientSeen(
        client=client,
        agreement=agreement,
        standing=states.standing(facts, today),
        draft=draft,
        newest=newest,
        unsealed=signed[-1] if signed else None,
        sign_again=any(_is_overtaken(version) for version in versions if version.draft_id == (draft and draft.pk)),
        raised=() if over else tuple(agreement.raised.all()),
        since=min(texting, default=None),
        awaited=_awaited(agreement, draft, versions),
        due_on=facts.review_on,
        ending_to_fill=ending is not None and not ending.pages.all(),
        tighter=None if over else [None, *agreement.tightenings.all()][-1],
        by_hand=() if over else _by_hand(agreement, newest),
    )


def _goes_on(draft: Draft) -> bool:
    return draft.set_aside_at is None


def _by_hand(agreement: Agreement, newest: Version | None) -> tuple[Party, ...]:
    """Whose mark on the printed page nobody wrote down yet (sealing.see_ink)."""
    signed = newest.signatures.all() if newest else ()
    waits = {each.party_id for each in signed if is_by_hand(each) and not hasattr(each, "seen_ink")}
    return tuple(party for party in agreement.parties.all() if party.pk in waits)


def is_by_hand(signature: Signature) -> bool:
    """Whether this person signs the printed page. Old rows, from before somebody had to see it, do not count."""
    return signature.kind == SignatureKind.PAPER and bool(signature.intent)


def _due(version: Version) -> date | None:
    """The day of the next look."""
    return version.review.due_on if hasattr(version, "review") else version.review_on


def _is_overtaken(version: Version) -> bool:
    return version.draft_rev != version.draft.rev and bool(version.signatures.all())


def is_signed(version: Version) -> bool:
    """Whether a version that still counts has all it needs for the seal."""
    if version.draft_rev != version.draft.rev:
        return False
    return version.outcome != Outcome.TEXTING or not signing.awaited(version.signers, _signed(version))


def _signed(version: Version) -> set[str]:
    return {signature.party.key for signature in version.signatures.all()}


def _awaited(agreement: Agreement, draft: Draft | None, versions: list[Version]) -> tuple[Party, ...]:
    """Whose signature the text that stands for the open round still needs; nobody's before it was read through."""
    standing = [each for each in versions if draft and each.draft_id == draft.pk and each.draft_rev == draft.rev]
    if not standing or standing[-1].outcome != Outcome.TEXTING:
        return ()
    people = {party.key: party for party in agreement.parties.all()}
    missing = signing.awaited(standing[-1].signers, _signed(standing[-1]))
    return tuple(people[key] for key in missing if key in people)


def needs_you(
    seen: list[ClientSeen],
    today: date,
    *,
    carried: Sequence[Carried] | None = None,
    places: set[resources.Place] | None = None,
    absences: Sequence[away.ToPrepare] = (),
    tasks: Sequence[AbsenceTask] = (),
) -> NeedsYou:
    """What waits for the therapist: due looks, what was raised, unsigned rounds, seals that failed, crisis lines to
    check, numbers on papers that no longer hold until it is recorded who was told, time away to go through and its
    tasks, ending pages to fill, what was said to get stricter, and what is signed by hand and not written down.

    Where `seen` are not all clients, `carried` and `places` of all are given.
    """
    if carried is None:
        carried = of_clients((each.client for each in seen), today)
    if places is None:
        places = {place for each in seen for place in resources.places_of(each.client)}
    rows = {each.client.pk: row for row, each in enumerate(seen)}
    told = [(rows[each.agreement.client_id], each) for each in told_at_once(carried)]
    told.sort(key=lambda pair: pair[0])
    return NeedsYou(
        reviews=[each for each in seen if each.standing.time_to_look],
        drafts=[each for each in seen if each.draft and not each.unsealed],
        unsealed=[each for each in seen if each.unsealed],
        lines=to_check(places, today),
        talks=_talks(seen),
        recalls=[(seen[row], each) for row, each in told],
        raised=[(each, each.raised[-1]) for each in seen if each.raised],
        tasks=_tasks(seen, tasks),
        absences=absences,
        endings=[each for each in seen if each.ending_to_fill],
        tighter=[each for each in seen if each.tighter],
        by_hand=[each for each in seen if each.by_hand],
    )


def _tasks(seen: list[ClientSeen], tasks: Sequence[AbsenceTask]) -> list[tuple[ClientSeen, AbsenceTask]]:
    """Each of these tasks with its client, as long as their agreement is in force."""
    of = {each.agreement.pk: each for each in seen if each.agreement and _in_force(each)}
    return [(of[task.agreement_id], task) for task in tasks if task.agreement_id in of]


def _in_force(each: ClientSeen) -> bool:
    return each.standing.state is states.AgreementState.IN_FORCE


def _talks(seen: list[ClientSeen]) -> list[tuple[ClientSeen, date]]:
    """Clients with an agreement in force whose practice asks for a talk about new wording, and the day before which."""
    asked, found = offers.to_talk_about(), []
    for each in seen:
        if each.newest and each.agreement and each.standing.state is states.AgreementState.IN_FORCE:
            rounds = list(each.agreement.drafts.all())
            if (before := offers.talk_before(each.newest.draft.edition, rounds, asked)) is not None:
                found.append((each, before))
    return found

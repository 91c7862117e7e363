"""One draft as the two see it: clauses in the agreement's language, options, positions, decisions. Never writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count

from agreements.models import (
    Clause,
    ClauseText,
    Draft,
    Party,
    Position,
    Practice,
    Signature,
    StepTaken,
    Term,
    Version,
)
from agreements.reads import saying
from agreements.reads.saying import Choice, Said
from agreements.rules import signing, topics
from agreements.rules.steps import Progress, Step, next_step, own_page
from agreements.rules.topics import PURPOSE
from agreements.rules.vocabulary import Answer, AskedOn, ClauseKind, ClauseMode, Outcome, Role, TermState


@dataclass(frozen=True)
class TermSeen:
    """A term with its clause's words, its choices and the positions that may be seen on this page."""

    term: Term
    clause: Clause
    text: ClauseText
    choices: tuple[Choice, ...]
    positions: Mapping[str, Position]

    @property
    def key(self) -> str:
        return self.clause.key

    @property
    def decided(self) -> bool:
        return self.term.state != TermState.UNDECIDED

    @property
    def fixed(self) -> bool:
        """Whether it is the practice's own text: nothing to answer, decided from the start."""
        return self.clause.kind == ClauseKind.FIXED

    @property
    def optional(self) -> bool:
        return self.clause.mode == ClauseMode.OPTIONAL

    @property
    def left_out(self) -> bool:
        """Whether the two left an optional clause out: the paper has no such term."""
        return self.decided and not self.fixed and self.answer == Answer()

    @property
    def answer(self) -> Answer | None:
        return None if self.term.value is None else Answer.from_json(self.term.value)

    @property
    def interim(self) -> Answer | None:
        return None if self.term.interim is None else Answer.from_json(self.term.interim)

    @property
    def suggested(self) -> Answer | None:
        return None if self.clause.suggested is None else Answer.from_json(self.clause.suggested)

    @property
    def meanings(self) -> dict[str, dict[str, object]]:
        return {choice.key: choice.meaning for choice in self.choices}

    def position(self, role: str) -> Answer | None:
        """What the party of that role wants, or None when they have not said or it may not be seen here."""
        said = Answer.from_json(self.positions[role].value) if role in self.positions else Answer()
        return None if said == Answer() else said

    def label(self, answer: Answer) -> str:
        """The answer as the screens name it: the labels of the chosen options, or the words."""
        labels = [choice.label for choice in self.choices if choice.key in answer.chosen]
        return ", ".join([*labels, *filter(None, [answer.words])])

    def option_words(self, answer: Answer) -> list[str]:
        return [choice.words or choice.label for choice in self.choices if choice.key in answer.chosen]

    def meaning(self) -> topics.Meaning | topics.Open | None:
        """The decided meaning for the rules, `Open` with the interim, or None while undecided."""
        if not self.clause.topic or not self.decided or self.fixed or self.left_out:
            return None
        if self.term.state == TermState.OPEN and self.interim is not None:
            return topics.Open(topics.read(self.clause.topic, self.interim, self.meanings))
        return None if self.answer is None else topics.read(self.clause.topic, self.answer, self.meanings)


@dataclass(frozen=True)
class Room:
    """A draft with everything its pages need, in a constant number of queries.

    `parties` and `signatures` by key: a role, or "guardian-2"; parties stand in the order in which they sign.
    `overtaken` are the keys of those who signed a text of this round that has changed since, and not the one that
    stands now: their signature no longer counts.
    """

    draft: Draft
    practice: Practice
    parties: Mapping[str, Party]
    terms: tuple[TermSeen, ...]
    taken: frozenset[str]
    version: Version | None
    signatures: Mapping[str, Signature]
    kept: bool
    overtaken: tuple[str, ...] = ()
    looked: bool = False

    @property
    def client(self) -> Party:
        return self.parties[Role.CLIENT]

    @property
    def therapist(self) -> Party:
        return self.parties[Role.THERAPIST]

    @property
    def signers(self) -> tuple[str, ...]:
        """The keys of those who must sign: as they were when it was frozen, else as the therapist set them."""
        if self.version is not None:
            return tuple(self.version.signers)
        return tuple(key for key, party in self.parties.items() if party.signs)

    @property
    def awaited(self) -> list[Party]:
        """Who still has to sign the text that stands for the draft now, in the order of signing."""
        return [self.parties[key] for key in signing.awaited(self.signers, self.signatures) if key in self.parties]

    @property
    def turns_left(self) -> list[Party]:
        """The partners of a couple who have not answered yet, or said how it went: each alone, after the client."""
        page = Step.SINCE if self.draft.review_id else Step.TURN
        return [party for party in self.people(Role.PARTNER) if own_page(page, party.key) not in self.taken]

    @property
    def answering(self) -> dict[str, str]:
        """Who gives answers of their own, by key, as they are called: the client, partners, the therapist."""
        return {party.key: party.called for party in self.people(Role.CLIENT, Role.PARTNER, Role.THERAPIST)}

    @property
    def guarded(self) -> bool:
        """Whether a guardian takes part: from the read-through on, pages show what the paper says and no more."""
        return bool(self.guardians)

    @property
    def guardians(self) -> list[Party]:
        """A young person's guardians."""
        return self.people(Role.GUARDIAN)

    @property
    def read_by_guardians(self) -> bool:
        """Whether guardians are in the room by now: from the read-through on, until it is kept."""
        texting = self.draft.outcome == Outcome.TEXTING
        return self.guarded and texting and self.next_step in (Step.READ, Step.CHANGES, Step.SIGN)

    def may_sign(self, key: str) -> bool:
        """Whether it is this person's turn to sign."""
        return signing.may_sign(key, self.signers, self.signatures)

    def people(self, *roles: str) -> list[Party]:
        """Everybody in these roles."""
        return [party for party in self.parties.values() if party.role in roles]

    @cached_property
    def by_key(self) -> dict[str, TermSeen]:
        return {seen.key: seen for seen in self.terms}

    @cached_property
    def texting(self) -> bool:
        """Whether the edition is one with which people text; else all of it is the practice's own text."""
        return any(seen.clause.topic == PURPOSE for seen in self.terms)

    def asked(self, page: str) -> list[TermSeen]:
        """What the two answer on a page."""
        return [seen for seen in self.terms if seen.clause.asked == page and not seen.fixed]

    def was_read_before(self, now: datetime) -> bool:
        """Whether what is to be signed was read on an earlier local day and not all have signed: its dates are old.

        Where more than the two sign, what the client signed waits a while for who comes another day.
        """
        if self.version is None or self.signatures.keys() >= set(self.signers):
            return False
        zone = ZoneInfo(self.practice.zone)
        frozen_on, today = self.version.frozen_at.astimezone(zone).date(), now.astimezone(zone).date()
        return frozen_on < today and not signing.waits_for_somebody(
            frozen_on, today, review_on=self.version.review_on, signers=self.signers, signed=self.signatures
        )

    @property
    def progress(self) -> Progress:
        return Progress(
            outcome=self.draft.outcome,
            again=self.draft.review_id is not None,
            looked=self.looked,
            taken=self.taken,
            undecided=frozenset(page for page in AskedOn if any(not seen.decided for seen in self.asked(page))),
            frozen=self.version is not None,
            signed=frozenset(self.signatures),
            kept=self.kept,
            signers=frozenset(self.signers),
            turns_left=bool(self.turns_left),
        )

    @property
    def next_step(self) -> Step:
        return next_step(self.progress)

    def meanings(self) -> dict[str, topics.Meaning | topics.Open]:
        """What is decided so far, by topic, as the rules read it."""
        found = {seen.clause.topic: seen.meaning() for seen in self.terms}
        return {topic: meaning for topic, meaning in found.items() if topic and meaning is not None}


def enter(draft_id: UUID, *, positions_of: tuple[str, ...] | None = None) -> Room:
    """Load a draft. Positions of people not in `positions_of` are never read from the database (moments.md, S2); None
    stands for everybody.

    Raises Draft.DoesNotExist.
    """
    related = ("agreement__client", "agreement__therapist", "edition__family", "look")
    draft = Draft.objects.select_related(*related).get(pk=draft_id)
    everybody = {party.pk: party for party in draft.agreement.parties.all()}
    parties = {party.key: party for party in everybody.values() if not party.gone}
    versions = draft.versions.defer("snapshot").annotate(sealed=Count("document")).order_by("frozen_at")
    standing = [version for version in versions if version.sealed or version.draft_rev == draft.rev]
    version = max(reversed(standing), key=lambda each: each.sealed, default=None)
    signed = Signature.objects.filter(version__draft=draft).select_related("party", "seen_ink") if versions else ()
    signatures = {each.party.key: each for each in signed if version and each.version_id == version.pk}
    before = {each.party.key for each in signed} - signatures.keys()
    return Room(
        draft=draft,
        practice=Practice.objects.get(),
        parties={key: parties[key] for key in signing.in_order(parties)},
        terms=_terms(draft, everybody, positions_of),
        taken=frozenset(StepTaken.objects.filter(draft=draft).values_list("step", flat=True)),
        version=version,
        signatures=signatures,
        kept=version is not None and version.sealed > 0,
        overtaken=tuple(signing.in_order(before & parties.keys())),
        looked=hasattr(draft, "look"),
    )


def seen_clause(term: Term, language: str) -> TermSeen:
    """A term of no draft with its clause's words in `language`. Texts, options and their texts should be prefetched."""

    def here(owner: Any) -> Any:
        return next(text for text in owner.texts.all() if text.language == language)

    options = [(option, here(option)) for option in term.clause.options.all()]
    return _seen(term, saying.said(term.clause, here(term.clause), options), {})


def _terms(draft: Draft, parties: Mapping[UUID, Party], positions_of: tuple[str, ...] | None) -> tuple[TermSeen, ...]:
    """The terms in the order of the edition."""
    positions: dict[UUID, dict[str, Position]] = defaultdict(dict)
    for position in Position.objects.filter(term__draft=draft, party__in=_those(parties, positions_of)):
        position.party = parties[position.party_id]
        positions[position.term_id][position.party.key] = position
    terms = {term.clause_id: term for term in draft.terms.all()}
    said = saying.clauses(draft.edition, draft.agreement.language)
    return tuple(_seen(terms[pk], each, positions[terms[pk].pk]) for pk, each in said.items() if pk in terms)


def _those(parties: Mapping[UUID, Party], keys: tuple[str, ...] | None) -> list[UUID]:
    return [pk for pk, party in parties.items() if (keys is None or party.key in keys) and not party.gone]


def _seen(term: Term, said: Said, positions: Mapping[str, Position]) -> TermSeen:
    term.clause = said.clause
    return TermSeen(term=term, clause=said.clause, text=said.text, choices=said.choices, positions=positions)

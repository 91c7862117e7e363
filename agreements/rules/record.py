"""The JSON of an agreement, both ways: exactly what the paper shows, and nothing else.

Reading is strict: every key is there, none is unknown, every value has its one spelling. An error names the
key. A key that came later is left out while it is empty, so that what was sealed before reads the same.
A format that was ever sealed keeps its reader in READERS.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Self

from agreements.rules.crisis import Also, CallTimes, Resource, Step
from agreements.rules.digest import sha256
from agreements.rules.plain_values import LATER, RecordError, read, written
from agreements.rules.record_parts import InterimRecord as InterimRecord
from agreements.rules.record_parts import WasRecord
from agreements.rules.signing import HELPERS
from agreements.rules.vocabulary import (
    ORDINARY_CHANNELS,
    Answer,
    Channel,
    Contact,
    Known,
    Outcome,
    Paper,
    Role,
    SignatureKind,
    TermState,
    Voice,
)

FORMAT = "between-sessions/1"
HEX_32 = re.compile(r"[0-9a-f]{32}")
HEX_64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class EditionRecord:
    """The edition of texts the two worked with, and what its foot must say (IPDAS)."""

    family: str
    name: str
    number: int
    published_on: date
    read_by: str
    update_rule: str
    funding: str


@dataclass(frozen=True)
class PracticeRecord:
    """The practice as printed. `zone` is an IANA name."""

    name: str
    phone: str
    zone: str


@dataclass(frozen=True)
class PartyRecord:
    """A person of the agreement: name in full, what they are called. `named_only`: signs nothing, as who helps."""

    role: Role
    name: str
    called: str
    named_only: bool = field(default=False, metadata=LATER)

    def __post_init__(self) -> None:
        helps, both = self.role in HELPERS, self.role in (Role.CLIENT, Role.THERAPIST)
        if helps and not self.named_only or both and self.named_only:
            raise RecordError("named_only", "is said of who helps, never of the client or the therapist")


@dataclass(frozen=True)
class ChannelRecord:
    """Where texts go."""

    kind: Channel
    number: str

    @property
    def ordinary(self) -> bool:
        """Whether others could read along on the way (H13)."""
        return self.kind in ORDINARY_CHANNELS


@dataclass(frozen=True)
class BoxRecord:
    """The crisis box, its card and what stands below them ("Also for you") as printed, with the answers they were
    built from."""

    country: str
    area: str
    voice: Voice
    contact: Contact
    registered: bool
    contact_person: str
    calls: CallTimes
    steps: tuple[Step, ...]
    last: str
    card: tuple[Step, ...]
    travels_to: tuple[str, ...] = field(default=(), metadata=LATER)
    more: tuple[Also, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True)
class TermRecord:
    """One term. An open one has an interim answer and the local date on which the two look again."""

    key: str
    topic: str
    heading: str
    state: TermState
    value: Answer
    words: str
    interim: InterimRecord | None = None
    open_until: date | None = None

    def __post_init__(self) -> None:
        if self.state not in (TermState.AGREED, TermState.OPEN):
            raise RecordError("state", "must be agreed or open")
        for key in ("interim", "open_until"):
            if (getattr(self, key) is None) is (self.state == TermState.OPEN):
                raise RecordError(key, "stands with an open term, and only there")


@dataclass(frozen=True)
class AgreementRecord:
    """Everything the paper says. Dates are local to the practice.

    `replaces` is the predecessor's digest, `changed` what is not the same since then, as printed, `was` what it said.
    """

    nonce: str
    number: int
    outcome: Outcome
    made_on: date
    review_on: date | None
    edition: EditionRecord
    language: str
    paper: Paper
    demo: bool
    practice: PracticeRecord
    parties: tuple[PartyRecord, ...]
    channel: ChannelRecord | None
    crisis: tuple[Resource, ...]
    box: BoxRecord
    before_text: tuple[str, ...]
    terms: tuple[TermRecord, ...]
    replaces: str | None = None
    changed: tuple[str, ...] = field(default=(), metadata=LATER)
    was: tuple[WasRecord, ...] = field(default=(), metadata=LATER)

    def __post_init__(self) -> None:
        if not HEX_32.fullmatch(self.nonce):
            raise RecordError("nonce", "must be 32 hexadecimal digits in lower case")
        if self.number < 1:
            raise RecordError("number", "must be 1 or more")
        if self.replaces is not None and not HEX_64.fullmatch(self.replaces):
            raise RecordError("replaces", "must be 64 hexadecimal digits in lower case")
        roles = [party.role for party in self.parties]
        if roles.count(Role.CLIENT) != 1 or roles.count(Role.THERAPIST) != 1:
            raise RecordError("parties", "must name one client and one therapist")
        if len({(party.role, party.name) for party in self.parties}) < len(roles):
            raise RecordError("parties", "must tell people of one role apart by their names")
        keys = [term.key for term in self.terms]
        if len(set(keys)) < len(keys):
            raise RecordError("terms", "no key may stand there twice")
        if self.outcome == Outcome.TEXTING and not self.terms:
            raise RecordError("terms", "a texting agreement has terms")

    def party(self, role: Role) -> PartyRecord:
        """The first person in this role. Raises KeyError when nobody is."""
        return {party.role: party for party in reversed(self.parties)}[role]

    def people(self, *roles: Role) -> list[PartyRecord]:
        """Everybody in these roles, in the order of the paper."""
        return [party for party in self.parties if party.role in roles]

    def to_json(self) -> dict[str, Any]:
        """The `agreement` object of the format: plain values only, ready for `digest.sha256`."""
        return dict(written(self))

    @classmethod
    def from_json(cls, data: Any, key: str = "agreement") -> Self:
        """Read what `to_json` writes. Raises RecordError."""
        return read(cls, data, key)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class SignatureRecord:
    """Who signed, how, and when: UTC in whole seconds, with the zone the paper prints it in.

    Then the facts of an electronic signature, which old files have not: the name, what they meant, that they agreed to
    a screen, how the therapist knows them, the digest of the text they saw.
    """

    role: Role
    kind: SignatureKind
    at: datetime
    zone: str
    name: str = field(default="", metadata=LATER)
    intent: str = field(default="", metadata=LATER)
    agreed: str = field(default="", metadata=LATER)
    known: Known | None = field(default=None, metadata=LATER)
    digest: str = field(default="", metadata=LATER)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise RecordError("at", "must say its zone")
        object.__setattr__(self, "at", self.at.astimezone(UTC).replace(microsecond=0))


@dataclass(frozen=True)
class LogRecord:
    """Where the agreement's log stood when the text was frozen: how many entries, and the digest of the last."""

    entries: int
    head: str

    def __post_init__(self) -> None:
        if self.entries < 1:
            raise RecordError("entries", "must be 1 or more")
        if not HEX_64.fullmatch(self.head):
            raise RecordError("head", "must be 64 hexadecimal digits in lower case")


@dataclass(frozen=True)
class Sealed:
    """What the attached file holds: the agreement, its digest, who signed it, and where its log stood."""

    agreement: AgreementRecord
    digest: str
    signatures: tuple[SignatureRecord, ...] = ()
    log: LogRecord | None = field(default=None, metadata=LATER)

    def __post_init__(self) -> None:
        if self.digest != sha256(self.agreement.to_json()):
            raise RecordError("digest", "is not that of this agreement")
        signers = {(party.role, party.name) for party in self.agreement.parties if not party.named_only}
        for number, signature in enumerate(self.signatures):
            if not any(role == signature.role and signature.name in ("", name) for role, name in signers):
                raise RecordError(f"signatures[{number}].role", "is nobody who signs this agreement")
            if signature.digest not in ("", self.digest):
                raise RecordError(f"signatures[{number}].digest", "is not that of this agreement")

    @classmethod
    def of(
        cls, agreement: AgreementRecord, signatures: tuple[SignatureRecord, ...] = (), log: LogRecord | None = None
    ) -> Self:
        """Bind the agreement to its digest. Raises RecordError when nobody could read it back."""
        readable = AgreementRecord.from_json(agreement.to_json())
        return cls(readable, sha256(readable.to_json()), signatures, log)

    def to_json(self) -> dict[str, Any]:
        """The whole file, as it is attached to the PDF and written by the export."""
        return {"format": FORMAT, **written(self)}

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Read a file of any format ever sealed. Raises RecordError, also when the digest does not fit."""
        return read(cls, _body(data), "")  # type: ignore[no-any-return]


def transcript(data: Any) -> AgreementRecord:
    """The agreement of an exported or hand-made file. Its digest, signatures and log are left aside: they are
    made anew when it is transcribed. Raises RecordError."""
    body = _body(data)
    unknown = sorted(set(body) - {"agreement", "digest", "signatures", "log"})
    if unknown:
        raise RecordError(str(unknown[0]), "is not known here")
    if "agreement" not in body:
        raise RecordError("agreement", "is missing")
    return AgreementRecord.from_json(body["agreement"])


def _body(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise RecordError("", "the file must be one JSON object")
    if "format" not in data:
        raise RecordError("format", "is missing")
    if not isinstance(data["format"], str) or data["format"] not in READERS:
        raise RecordError("format", f"must be one of {', '.join(READERS)}")
    return READERS[data["format"]](data)


def _first_format(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "format"}


READERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {FORMAT: _first_format}

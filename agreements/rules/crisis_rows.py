"""Crisis resources: which ones answer where the client is, and how each number is printed (H4, H16-H18).

Numbers are the text to dial, never E.164. The country stands beside each, because the same digits are another
service elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agreements.rules.plain_values import read, written
from agreements.rules.vocabulary import ResourceKind

ALWAYS = "24/7"
LINES = (ResourceKind.SUICIDE, ResourceKind.GENERAL)
ORDER = (ResourceKind.EMERGENCY, *LINES, ResourceKind.YOUTH, ResourceKind.LOCAL)
PLACES = {
    ("AU", ""): gettext_noop("Australia"),
    ("CA", ""): gettext_noop("Canada"),
    ("DE", ""): gettext_noop("Germany"),
    ("ES", ""): gettext_noop("Spain"),
    ("FI", ""): gettext_noop("Finland"),
    ("FR", ""): gettext_noop("France"),
    ("GB", ""): gettext_noop("United Kingdom"),
    ("GB", "ENG"): gettext_noop("England"),
    ("IN", ""): gettext_noop("India"),
    ("KR", ""): gettext_noop("South Korea"),
    ("NL", ""): gettext_noop("Netherlands"),
    ("NZ", ""): gettext_noop("New Zealand"),
    ("PT", ""): gettext_noop("Portugal"),
    ("SG", ""): gettext_noop("Singapore"),
    ("US", ""): gettext_noop("United States"),
}
BLANK = re.compile(r"%\((\w+)\)s")
DEVICE = re.compile(r"\bTTY\b", re.IGNORECASE)
AT_HAND = re.compile(r"\b(?:text|app|video|web|chat|relay)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d[\d -]*\d")


@dataclass(frozen=True)
class Part:
    """A run of text; `strong` ones (numbers) are printed bold."""

    text: str
    strong: bool = False


Parts = tuple[Part, ...]


@dataclass(frozen=True)
class Dialled(Part):
    """A number that a tap dials or writes to: `href` holds the digits people dial there, never a country code."""

    href: str = ""


@dataclass(frozen=True)
class Resource:
    """One place to turn to. Empty text means "has none"; `non_voice` is a phrase ready to print."""

    key: str
    country: str
    area: str
    place: str
    service: str
    kind: ResourceKind
    call: str
    text_to: str
    text_keyword: str
    text_app: str
    chat: str
    non_voice: str
    non_voice_needs_registering: bool
    hours: str
    languages: tuple[str, ...]
    note: str
    pair_with: str

    @property
    def is_line(self) -> bool:
        """A crisis line for anybody that answers at any hour. A line for young people alone does not count (H4)."""
        return self.kind in LINES and self.hours == ALWAYS

    def to_json(self) -> dict[str, Any]:
        """The row as the sealed record holds it."""
        return dict(written(self))

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Read what `to_json` writes. Raises RecordError, a ValueError that names the key."""
        return read(cls, data, "crisis")  # type: ignore[no-any-return]


def split_place(key: str) -> tuple[str, str]:
    """The country and the area of a place as one text: "GB.ENG" is England, "US" the whole country."""
    country, _dot, area = key.partition(".")
    return country, area


def for_place(resources: Iterable[Resource], country: str, area: str) -> tuple[Resource, ...]:
    """The resources for where the client is (H18): emergency, lines, youth; the country's before the area's; what is
    local and an extra comes last of all.

    Rows of another country or area never come in. Two that belong together stand together, the adult line first.
    The order does not depend on the order given.
    """
    here = sorted((row for row in resources if row.country == country and row.area in ("", area)), key=_rank)
    placed: dict[str, Resource] = {}
    for row in here:
        for member in (row, *(other for other in here if _paired(row, other))):
            placed.setdefault(member.key, member)
    return tuple(placed.values())


def prints_alike(one: Resource, other: Resource) -> bool:
    """Whether two rows say the same on paper: what is only for the editor, a note or a pair, does not count."""
    return replace(one, note="", pair_with="") == replace(other, note="", pair_with="")


def same_word(one: Resource, other: Resource) -> bool:
    """Whether who confirmed the word of one row has confirmed that of another: letter by letter, to the same number."""
    return (one.text_keyword, one.text_to) == (other.text_keyword, other.text_to)


def emergency(rows: Iterable[Resource]) -> Resource | None:
    """The emergency number of these rows."""
    return next((row for row in rows if row.kind == ResourceKind.EMERGENCY and row.call), None)


def line(rows: Iterable[Resource]) -> Resource | None:
    """The 24-hour line to call that does not depend on the therapist (H3, H4)."""
    return next((row for row in rows if row.is_line and row.call), None)


def text_lines(rows: Iterable[Resource]) -> tuple[Resource, ...]:
    """The 24-hour lines that take texts."""
    return tuple(row for row in rows if row.is_line and row.text_to)


def chat_line(rows: Iterable[Resource]) -> Resource | None:
    """The first line with a chat. Its hours are not always those of the phone, so none are printed."""
    return next((row for row in rows if row.is_line and row.chat), None)


def second_line(rows: Iterable[Resource], first: Resource) -> Resource | None:
    """Another line to call when the first is busy: another service before its pair."""
    others = [row for row in rows if row.is_line and row.call and row.key != first.key]
    return next((row for row in others if not _paired(row, first)), others[0] if others else None)


def same_service(one: Resource, other: Resource) -> bool:
    """Whether two rows are one service: the same row, or one name."""
    return one.key == other.key or one.service.casefold() == other.service.casefold()


def silent_emergency(rows: Iterable[Resource], registered: bool) -> Resource | None:
    """The emergency row reached without speaking; one that needs registering only once the client has (H16)."""
    emergencies = (row for row in rows if row.kind == ResourceKind.EMERGENCY and row.non_voice)
    return next((row for row in emergencies if registered or not row.non_voice_needs_registering), None)


def needs_device(row: Resource) -> bool:
    """Whether its way without speaking asks for a device that people who hear do not have at home."""
    return bool(DEVICE.search(row.non_voice)) and not AT_HAND.search(row.non_voice)


def answers_without_voice(rows: Iterable[Resource], registered: bool) -> bool:
    """Whether somebody who does not speak reaches anyone here: by text, by chat, or the emergency row's own route."""
    here = tuple(rows)
    return bool(text_lines(here) or chat_line(here) or silent_emergency(here, registered))


def place_name(row: Resource) -> str:
    """The place in words, in the reader's language where we have it."""
    known = PLACES.get((row.country, row.area))
    return _(known) if known else row.place


def fill(template: str, **blanks: str | Parts) -> Parts:
    """Put words and parts into the named blanks, `%(name)s`, of a translated sentence. Raises KeyError."""
    parts: list[Part] = []
    for index, piece in enumerate(BLANK.split(template)):
        filling: str | Parts = blanks[piece] if index % 2 else piece
        parts.extend((Part(filling),) if isinstance(filling, str) else filling)
    return joined(parts)


def joined(parts: Iterable[Part]) -> Parts:
    """The same text with neighbours of one weight made one part."""
    runs: list[Part] = []
    for part in parts:
        if runs and runs[-1].strong == part.strong:
            runs[-1] = Part(runs[-1].text + part.text, part.strong)
        elif part.text:
            runs.append(part)
    return tuple(runs)


def call_words(row: Resource) -> Parts:
    """The number to call, after the service's name unless that carries the number: "Samaritans, 116 123", "988"."""
    number = Part(row.call, strong=True)
    named_by_number = row.kind == ResourceKind.EMERGENCY or _digits(row.call) in _digits(row.service)
    return (number,) if named_by_number else (Part(f"{row.service}, "), number)


def call_here(row: Resource) -> Parts:
    """`call_words` with the place beside the number."""
    return fill(_("%(number)s (%(place)s)"), number=call_words(row), place=place_name(row))


def text_words(row: Resource) -> Parts:
    """How to text a line: "text HOME to 741741"."""
    number = (Part(row.text_to, strong=True),)
    if row.text_app:
        return fill(_("message %(number)s on %(app)s"), number=number, app=row.text_app)
    if row.text_keyword:
        keyword = (Part(row.text_keyword, strong=True),)
        return fill(_("text %(keyword)s to %(number)s"), keyword=keyword, number=number)
    return fill(_("text %(number)s"), number=number)


def text_here(row: Resource) -> Parts:
    """`text_words` with the service's name, unless that carries the number, and the place."""
    if _digits(row.text_to) in _digits(row.service):
        return fill(_("%(text)s (%(place)s)"), text=text_words(row), place=place_name(row))
    here = {"service": row.service, "place": place_name(row)}
    return fill(_("%(text)s (%(service)s, %(place)s)"), text=text_words(row), **here)


def chat_words(row: Resource) -> Parts:
    """How to chat with a line."""
    return fill(_("chat at %(address)s"), address=(Part(row.chat, strong=True),))


def chat_here(row: Resource) -> Parts:
    """`chat_words` with the service's name and the place."""
    here = {"service": row.service, "place": place_name(row)}
    return fill(_("%(chat)s (%(service)s, %(place)s)"), chat=chat_words(row), **here)


def silent_here(row: Resource) -> Parts:
    """The row's phrase for people who do not speak, its number bold and the place beside it."""
    place = f" ({place_name(row)})"
    found = NUMBER.search(row.non_voice)
    if found is None:
        return (Part(row.non_voice + place),)
    before, after = row.non_voice[: found.start()], row.non_voice[found.end() :]
    return joined((Part(before), Part(found.group(), strong=True), Part(place + after)))


def _rank(row: Resource) -> tuple[bool, bool, int, bool, int, str]:
    return (_is_extra(row), bool(row.area), ORDER.index(row.kind), not row.call, len(row.call), row.key)


def _is_extra(row: Resource) -> bool:
    return row.kind == ResourceKind.LOCAL


def _paired(one: Resource, other: Resource) -> bool:
    return (one.pair_with == other.key or other.pair_with == one.key) and _is_extra(one) == _is_extra(other)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())

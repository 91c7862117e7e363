"""How long and how many a few English words say: “In 4 weeks”, “every three months”, “the next working day”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agreements.rules.phrasing import plain

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
NUMBER = {**{word: number for number, word in enumerate(SMALL)}, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.44, "quarter": 91.3,
        "year": 365.25, "decade": 3652.5, "session": 0.0}  # fmt: skip
UNIT = r"(minute|hour|day|week|fortnight|month|quarter|year|decade|session|appointment|meeting)s?'?"
COUNT = rf"(\d+|{'|'.join(NUMBER)})"
SEVERAL = re.compile(
    rf"(?<!\w){COUNT}(?: ?(?:-|–|to|or|and) ?{COUNT})?[ -](?:full |whole |working |business |more )*{UNIT}(?!\w)"
)
SINGLE = re.compile(rf"(?<!\w)(an?|each|every|next|within the)(?: full| whole| working| business)? {UNIT}(?!\w)")
HALF = re.compile(r"(?<!\w)half (?:an? )(hour|day|year)(?!\w)")
ADVERB = {"yearly": 365.25, "annually": 365.25, "monthly": 30.44, "weekly": 7.0, "daily": 1.0, "quarterly": 91.3,
          "hourly": 1 / 24, "tomorrow": 1.0}  # fmt: skip
ROUGH = 0.1  # “3 months” are 13 weeks
CLOCK = re.compile(r"(?<![\w:])(\d{1,2})(?::(\d\d))? ?([ap])?\.?(?:m(?!\w))?\.?(?![\w:])")


@dataclass(frozen=True)
class Amount:
    """So many of a unit: days, weeks, months, sessions."""

    count: float
    unit: str

    @property
    def days(self) -> float:
        return self.count * DAYS[self.unit]

    def is_about(self, other: Amount) -> bool:
        """Whether the two say the same: exactly in one unit, roughly from one unit to another. No session is a day."""
        if "session" in (self.unit, other.unit) or self.unit == other.unit:
            return (self.count, self.unit) == (other.count, other.unit)
        return abs(self.days - other.days) <= ROUGH * max(self.days, other.days)


def amounts(text: str) -> list[Amount]:
    """Every amount of time or of sessions that a text says, in its order."""
    said, found = plain(text), []
    for match in SEVERAL.finditer(said):
        found += [(match.start(), Amount(_number(each), _unit(match[3]))) for each in match.groups()[:2] if each]
    rest = SEVERAL.sub(lambda match: " " * len(match[0]), said)
    found += [(match.start(), Amount(0.5, match[1])) for match in HALF.finditer(rest)]
    rest = HALF.sub(lambda match: " " * len(match[0]), rest)
    found += [(match.start(), Amount(1, _unit(match[2]))) for match in SINGLE.finditer(rest)]
    for word, days in ADVERB.items():
        found += [(match.start(), Amount(days, "day")) for match in re.finditer(rf"(?<!\w){word}(?!\w)", rest)]
    return [amount for _place, amount in sorted(found, key=lambda each: each[0])]


def numbers(text: str) -> list[int]:
    """Every number that a text says in digits or words; a bare “one” is mostly a person."""
    words = re.findall(r"\d+|[a-z]+", plain(text))
    return [_number(word) for word in words if word.isdigit() or (word in NUMBER and word != "one")]


def hours(text: str) -> list[int]:
    """Every hour of the day that a text says, in minutes after midnight: “10 pm”, “7 a.m.”, “22:00”."""
    found = []
    for hour, minute, half in CLOCK.findall(plain(text)):
        if half or minute:
            shift = 12 if half == "p" else 0
            found.append(((int(hour) % 12 + shift) if half else int(hour)) * 60 + int(minute or 0))
    return found


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER[word]


def _unit(word: str) -> str:
    return "session" if word in ("appointment", "meeting") else word

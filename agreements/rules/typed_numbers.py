"""Phone numbers in what somebody types, in digits or in words, whatever stands between them (H17).

A text is read as one would dial it: digits of any script, number words, and what joins them become one run. Dates,
clock times, hours, years, amounts and lists that count up or down are no phone numbers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from agreements.rules.lookalikes import DIGIT, MASKED, seen

ONES = {
    **dict.fromkeys(("zero", "oh", "cero"), "0"), **dict.fromkeys(("one", "uno"), "1"),
    **dict.fromkeys(("two", "dos"), "2"), **dict.fromkeys(("three", "tres"), "3"),
    **dict.fromkeys(("four", "cuatro"), "4"), **dict.fromkeys(("five", "cinco"), "5"),
    **dict.fromkeys(("six", "seis"), "6"), **dict.fromkeys(("seven", "siete"), "7"),
    **dict.fromkeys(("eight", "ocho"), "8"), **dict.fromkeys(("nine", "nueve"), "9"),
    "null": "0", "eins": "1", "zwei": "2", "zwo": "2", "drei": "3", "vier": "4", "fünf": "5", "sechs": "6",
    "sieben": "7", "acht": "8", "neun": "9", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "sept": "7",
    "huit": "8", "neuf": "9",
}  # fmt: skip
TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = {
    "twenty": "2", "thirty": "3", "forty": "4", "fifty": "5",
    "sixty": "6", "seventy": "7", "eighty": "8", "ninety": "9",
}  # fmt: skip
ONE = "|".join(ONES)
TOKEN = re.compile(
    rf"(?P<digits>\d+)|(?P<sign>[〇零一二三四五六七八九])"
    rf"|(?<![^\W\d_])(?:(?P<times>double|triple)[\W_]+(?P<what>{ONE}|\d)|(?P<tens>{'|'.join(TENS)})"
    rf"(?:[\s-]?(?P<unit>one|two|three|four|five|six|seven|eight|nine))?|(?P<teen>{'|'.join(TEENS)})"
    rf"|(?P<one>{ONE})(?:[\s-]+hundred(?:[\s-]+and)?)?)(?![^\W\d_])"
)
SPELLED = r"dash|hyphen|dot|point|slash|space|plus|underscore"
JOIN = re.compile(rf"[\W_]{{0,3}}(?:(?:{SPELLED}|and|then|and then|y|luego)[\W_]{{1,3}})?")
LOOSE = re.compile(r"[,;、]|\b(?:and|then|y|luego)\b")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
INNOCENT = re.compile(
    r"(?<!\d)(?:19|20)\d\d-(?:0?[1-9]|1[0-2])-[0-3]?\d(?!\d)|(?<!\d)[0-3]?\d([./])[01]?\d\1(?:19|20)\d\d(?!\d)"
    rf"|\b{MONTH} [0-3]?\d(?:st|nd|rd|th)?,? (?:19|20)\d\d(?!\d)|(?<!\d)[0-2]?\d:[0-5]\d(?!\d)"
    r"|[$€£] ?\d+(?:[.,]\d\d)?(?!\d)"
    r"|(?<!\d)(?!988|911|999|112)\d{3}(?= ?(?:%|words?\b|characters?\b|letters?\b|minutes?\b|seconds?\b|steps?\b))"
)
YEAR = re.compile(r"(?:19|20)\d\d")
KNOWN = frozenset({"000", "111", "112", "113", "114", "116", "117", "118", "119", "911", "988", "995", "999", "1737"})
HOUR = 24
LONG = 7
FEWEST_DIGITS = 5  # short codes have five


@dataclass(frozen=True)
class _Token:
    value: str
    start: int
    end: int
    spelled: bool


DIALLED = re.compile(r"[\d\s+().\-/]+(?:(?:ext\.?|x)\s*\d+)?\s*", re.IGNORECASE)


def is_phone(text: str) -> bool:
    """Whether this is a phone number and nothing else: digits with what stands between them, and an extension."""
    return sum(char.isdigit() for char in text) >= FEWEST_DIGITS and DIALLED.fullmatch(text) is not None


def number_in(text: str) -> str:
    """The first phone number in a text, as a reader sees it, or nothing."""
    text = seen(text)
    plain = INNOCENT.sub(lambda found: "\x00" * len(found.group()), text)
    lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in plain)
    spelled = MASKED.sub(lambda found: found.group().translate(DIGIT), lowered)  # “n1ne”, as long as it was
    return _number_in(text, lowered) or (_number_in(text, spelled) if spelled != lowered else "")


def _number_in(text: str, lowered: str) -> str:
    for run in _runs(lowered):
        if _is_number(run, lowered):
            opens = re.search(r"[(+]*$", text[: run[0].start])
            return text[opens.start() if opens else 0 : run[-1].end]
    return ""


def numbers(text: str) -> list[str]:
    """The digits of every run of numbers, in digits or in words."""
    return ["".join(each.value for each in run) for run in _runs(seen(text).casefold())]


def _runs(text: str) -> list[list[_Token]]:
    runs: list[list[_Token]] = []
    for found in TOKEN.finditer(text):
        tokens = [_token(found)] * {"double": 2, "triple": 3}.get(found["times"], 1)
        between = text[runs[-1][-1].end : tokens[0].start] if runs else "\x00"
        if "\x00" not in between and JOIN.fullmatch(between):
            runs[-1] += tokens
        else:
            runs.append(tokens)
    return runs


def _token(found: re.Match[str]) -> _Token:
    said = found.groupdict()
    if said["digits"]:
        value = "".join(str(unicodedata.digit(char)) for char in said["digits"])
    elif said["sign"]:
        value = str(int(unicodedata.numeric(said["sign"])))
    elif said["times"]:
        value = ONES.get(said["what"], said["what"])
    elif said["tens"]:
        value = TENS[said["tens"]] + ONES.get(said["unit"] or "", "0")
    else:
        value = ONES[said["one"]] if said["one"] else str(10 + TEENS.index(said["teen"]))
    return _Token(value, found.start(), found.end(), not said["digits"])


def _is_number(run: list[_Token], text: str) -> bool:
    if any(len(each.value) > 2 and not YEAR.fullmatch(each.value) for each in run):
        return True
    if re.match(r"-[^\W\d_]", text[run[-1].end :]) and len(run) < 4:  # "one ten-minute call"
        run = run[:-1]
    tokens = [each for each in run if not YEAR.fullmatch(each.value)]
    values = [each.value for each in tokens]
    joined = "".join(values)
    if len(tokens) < 2 or sum(len(each.value) for each in run) < 3:
        return False
    loose = LOOSE.search(text[run[0].end : run[-1].start]) is not None
    if len(tokens) > 3 and any(each.spelled and each.value == "0" for each in tokens):  # “five fifty-five, oh one”
        return True
    if joined in KNOWN and _is_dialled(tokens, text, loose):
        return True
    if len(tokens) < 3 or values == ["1", "2", "3"] and all(each.spelled for each in tokens):
        return False
    return not loose or not _counts(values) and (max(map(len, values)) == 1 or len(joined) >= LONG)


def _is_dialled(tokens: list[_Token], text: str, loose: bool) -> bool:
    """Whether a known number in pieces is dialled; else they are hours, such as "11-2" or "at nine and eleven"."""
    hours = all(int(each.value) <= HOUR for each in tokens)
    if len(tokens) > 2 or not hours:
        return True
    if "".join(each.value for each in tokens) == "911":
        return not loose and not re.match(r" ?[ap]\.?m\b", text[tokens[-1].end :])
    is_range = any(char in text[tokens[0].end : tokens[1].start] for char in "-–—‐/")
    return not loose and (any(each.spelled for each in tokens) or not is_range)


def _counts(values: list[str]) -> bool:
    """Whether the numbers of a list go up, or down, each further than the one before."""
    steps = [int(after) - int(before) for before, after in zip(values, values[1:], strict=False)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)

"""The numbers of a crisis row are what people dial there: no country code, and no rest of an old one.

Short codes are not E.164: `+44116123` and `+1988` reach nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

from agreements.rules.crisis_rows import Resource
from agreements.rules.vocabulary import ResourceKind

CODES = {
    code: country
    for country, codes in {
        "1": "US CA", "27": "ZA", "30": "GR", "31": "NL", "32": "BE", "33": "FR", "34": "ES", "36": "HU", "39": "IT",
        "40": "RO", "41": "CH", "43": "AT", "44": "GB", "45": "DK", "46": "SE", "47": "NO", "48": "PL", "49": "DE",
        "52": "MX", "54": "AR", "55": "BR", "56": "CL", "57": "CO", "60": "MY", "61": "AU", "62": "ID", "63": "PH",
        "64": "NZ", "65": "SG", "66": "TH", "81": "JP", "82": "KR", "84": "VN", "86": "CN", "90": "TR", "91": "IN",
        "351": "PT", "352": "LU", "353": "IE", "354": "IS", "358": "FI", "370": "LT", "371": "LV", "372": "EE",
        "380": "UA", "385": "HR", "386": "SI", "420": "CZ", "421": "SK", "852": "HK", "886": "TW", "972": "IL",
    }.items()
    for code in codes.split()
}  # fmt: skip
OUT = {"US": ("011", "00"), "CA": ("011", "00"), "AU": ("0011", "00")}  # dialled before another country's code
WELL_KNOWN = frozenset({"911", "112", "999", "988", "116123"})
SHORT = 6
WHOLE = 10  # digits of a number with its country code; fewer than that is a short code behind one
WITH_PLUS = re.compile(r"\+[\d ()-]*\d|(?<!\d)00[1-9][\d ()-]*\d", re.ASCII)


def number_faults(row: Resource, numbers_there: Collection[str]) -> dict[str, str]:
    """Field → what to do, for digits of another form and for country codes before what people dial there.

    `numbers_there` are the numbers of the other rows of the country.
    """
    found = {}
    known = {_digits(number) for number in numbers_there} | WELL_KNOWN
    words = _("Please write the number exactly as people dial it there, without a country code.")
    for field, typed in (("call", row.call), ("text_to", row.text_to)):
        if has_other_digits(typed):
            found[field] = write_digits()
        elif _has_code(row, typed, known, by_app=field == "text_to" and bool(row.text_app)):
            found[field] = words
    for field, typed in (("non_voice", row.non_voice), ("service", row.service)):
        if any(len(_digits(each).removeprefix("00")) < WHOLE for each in WITH_PLUS.findall(typed)):
            found[field] = words
    return found


def has_other_digits(text: str) -> bool:
    """Whether it holds digits that are not 0 to 9, as some keyboards write them."""
    return any(char.isdigit() and not char.isascii() for char in text)


def write_digits() -> str:
    """What to do about them."""
    return _("Write the digits 0 to 9.")


def left_behind(old: Resource, new: Resource) -> dict[str, str]:
    """Field → a warning, where a row still says a number that the change took away."""
    gone = {
        number
        for number, now in ((old.call, new.call), (old.text_to, new.text_to))
        if number and _digits(number) != _digits(now)
    }
    words = _("The old number %(number)s still stands here. Is that right?")
    fields = ("call", "text_to", "service", "place", "text_keyword", "text_app", "chat", "non_voice", "hours", "note")
    return {
        field: words % {"number": number}
        for field in fields
        for number in sorted(gone)
        if _says(number, getattr(new, field))
    }


def _has_code(row: Resource, typed: str, known: Collection[str], *, by_app: bool) -> bool:
    own, digits = CODES.get(row.country, ""), _digits(typed.partition("then")[0])
    after = digits if "+" in typed else _after_out(row.country, digits)
    if not after:
        rest = digits.removeprefix(own)
        return bool(own) and digits != rest and len(rest) <= SHORT and rest in known and digits not in known
    is_own = bool(own) and after.startswith(own) and not by_app
    return len(after) < WHOLE or is_own or row.kind == ResourceKind.EMERGENCY


def _after_out(country: str, digits: str) -> str:
    """What follows the digits one dials first to reach another country, or ""."""
    for out in OUT.get(country, ("00",)):
        after = digits.removeprefix(out)
        if after != digits and after[:1] not in ("", "0"):
            return after
    return ""


def _says(number: str, text: str) -> bool:
    parted = r"[ ().-]{0,2}".join(_digits(number))
    return re.search(rf"(?<!\d){parted}(?!\d)", text) is not None


def _digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")

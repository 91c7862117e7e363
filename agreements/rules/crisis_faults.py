"""What is wrong with a crisis row before it is published, in plain words by field. Digits stay text, as one dials."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from agreements.rules.crisis_numbers import has_other_digits, number_faults, write_digits
from agreements.rules.crisis_phrases import WORDS, Ours, row_faults
from agreements.rules.crisis_rows import Resource
from agreements.rules.lookalikes import mixed_fault
from agreements.rules.vocabulary import ResourceKind

CALL = re.compile(r"[+(]?\d[\d ()-]*(?: then \d[\d ]*)*", re.ASCII)
TEXT_TO = re.compile(r"[+(]?\d[\d ()-]*", re.ASCII)
COUNTRY = re.compile(r"[A-Z]{2}")
AREA = re.compile(r"[A-Z0-9-]{0,10}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
DAY = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)", re.ASCII)
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def lies_ahead(as_of: str, today: date) -> bool:
    """Whether the day, month or year that somebody read on a page is still to come."""
    if found := DAY.search(as_of):
        return tuple(int(part) for part in found.groups() if part) > (today.year, today.month, today.day)
    return any(int(year) > today.year for year in YEAR.findall(as_of))


def faults(
    row: Resource, *, keys_there: Collection[str], numbers_there: Collection[str] = (), ours: Ours | None = None
) -> dict[str, str]:
    """Field → what to do. `keys_there` and `numbers_there` are those of the other rows of the same country, `ours` whom
    no row may lead to. Empty when it may be published.
    """
    unsafe = {fault.field: fault.words for fault in row_faults(row, ours or Ours())}
    digits = {field: write_digits() for field in WORDS if has_other_digits(getattr(row, field))}
    mixed = {field: fault for field in WORDS if (fault := mixed_fault(getattr(row, field)))}
    found = {**_where(row), **_numbers(row), **_written(row), **_beside(row, keys_there)}
    return {**found, **number_faults(row, numbers_there), **digits, **unsafe, **mixed}


def _where(row: Resource) -> dict[str, str]:
    found = {}
    if not COUNTRY.fullmatch(row.country):
        found["country"] = _("Please write the country as two capital letters, such as US.")
    if not AREA.fullmatch(row.area):
        found["area"] = _("Please write the area in short, such as ENG, or leave it empty for the whole country.")
    if not row.place.strip():
        found["place"] = _("Please write the name of the place. It is printed beside the number.")
    if not row.service.strip():
        found["service"] = _("Please write the name of the service.")
    if not row.hours.strip():
        found["hours"] = _("Please write when it answers: 24/7, or the hours in words.")
    return found


def _numbers(row: Resource) -> dict[str, str]:
    found = {}
    if row.call and not CALL.fullmatch(row.call):
        found["call"] = _(
            "Please write the number just as one dials it: digits, spaces, + - ( ) and “then”, as in “111 then 2”."
        )
    if row.text_to and not TEXT_TO.fullmatch(row.text_to):
        found["text_to"] = _("Please write the number just as one texts it: digits, spaces, + - ( ).")
    if row.kind == ResourceKind.EMERGENCY and not row.call:
        found["call"] = _("An emergency number needs a number to call.")
    elif not (row.call or row.text_to or row.chat):
        found["call"] = _("Please give at least one way: a number to call, a number to text, or a chat.")
    return found


def _written(row: Resource) -> dict[str, str]:
    found = {}
    if row.text_keyword and not row.text_to:
        found["text_keyword"] = _("A word to text needs the number it is texted to.")
    elif re.search(r"\s", row.text_keyword):
        found["text_keyword"] = _("Please write one word, just as it is texted.")
    if row.text_app and not row.text_to:
        found["text_app"] = _("An app needs the number that is messaged there.")
    if row.chat and not HOST.fullmatch(row.chat):
        found["chat"] = _("Please write the address in short, such as 988lifeline.org, without https:// in front.")
    if row.non_voice_needs_registering and not row.non_voice:
        found["non_voice_needs_registering"] = _("Please write first what works without speaking.")
    return found


def _beside(row: Resource, keys_there: Collection[str]) -> dict[str, str]:
    found = {}
    if not row.languages or not all(LANGUAGE.fullmatch(code) for code in row.languages):
        found["languages"] = _("Please write the languages in short, such as “en, es”.")
    if row.pair_with and (row.pair_with == row.key or row.pair_with not in keys_there):
        found["pair_with"] = _("Please write the key of another row of this country, or leave it empty.")
    return found

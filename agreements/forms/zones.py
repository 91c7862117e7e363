"""Time zones to choose from: those of one country first, then all others."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
Choices = list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]


def choices(country: str) -> Choices:
    """In two groups; `country` has two capital letters. Where no zone is known for it there is one plain list."""
    near = [zone for zone in _by_country().get(country, ()) if zone in ZONES]
    if not near:
        return [(zone, zone) for zone in ZONES]
    others = [zone for zone in ZONES if zone not in near]
    return [
        (_("In this country"), [(zone, zone) for zone in near]),
        (_("All others"), [(zone, zone) for zone in others]),
    ]


@lru_cache(maxsize=1)
def _by_country() -> dict[str, list[str]]:
    """The zones of each country in the order of tzdata's zone.tab: country, coordinates, zone, remarks."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _place, zone, *_remarks = line.split("\t")
            found[country].append(zone)
    return found

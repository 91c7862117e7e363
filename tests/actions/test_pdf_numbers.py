"""Numbers that are kept whole where the words run from right to left: each its own, none with the hour of the next."""

from __future__ import annotations

import pytest

from agreements.actions.pdf_page import UNBROKEN


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("טלפון 555 010 0143 9:00", ["555 010 0143", "9:00"]),
        ("מחר 21.12.2026 12:30", ["12:30"]),
        ("יום 3 12:30", ["12:30"]),
        ("يوم ٢١ ١٢:٣٠", ["١٢:٣٠"]),
        ("9:00–17:00 (555) 010-0143", ["9:00–17:00", "(555) 010-0143"]),
        ("+1 555 010 0143.", ["+1 555 010 0143"]),
        ("9f3c 71ab 20de 44c8", ["9f3c 71ab 20de 44c8"]),
    ],
)
def test_a_number_ends_where_the_hour_of_a_time_begins(text: str, whole: list[str]) -> None:
    assert [found[0] for found in UNBROKEN.finditer(text)] == whole

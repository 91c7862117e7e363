"""A thousand papers sealed in one process, each with other words: what it holds in memory stays what it was after fifty.

python3 manage.py test tests/endurance/test_thousand_seals.py -n 0 -s
SEALS=200 python3 manage.py test tests/endurance/test_thousand_seals.py -n 0 -s
"""

from __future__ import annotations

import gc
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from agreements.actions import keys, pdf, pdf_signature
from agreements.rules.record import AgreementRecord
from agreements.rules.vocabulary import Paper
from tests.records import SIGNED_AT, a_key_folder, a_record, marks, signed

SEALS = int(os.environ.get("SEALS", "1000"))
SETTLED, MOST = 50, 30  # seals before the first look; MB that may come on top
SHOWN = (SETTLED, 250, 500, 1000)
NAMES = ("Maya R.", "Łukasz Żółć-Brontë", "Nguyễn Thị Hoàng Ánh", "Μαρία Παπαδοπούλου", "Олександра Ґжицька")


@pytest.fixture(autouse=True)
def garbage_is_collected(garbage_waits_for_the_end_of_a_file: None) -> None:
    """As in a server; the other tests put it off."""
    gc.enable()


def test_a_thousand_seals_leave_nothing_behind() -> None:
    held, began = {}, time.perf_counter()
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        for turn in range(1, SEALS + 1):
            record = a_paper(turn)
            pdf_signature.seal(pdf.render(signed(record), marks(record)), SIGNED_AT)
            if turn in SHOWN or turn == SEALS:
                held[turn] = resident()
                print(f"\nafter {turn} seals, {time.perf_counter() - began:.0f} s: {held[turn]:.1f} MB", flush=True)
    assert held[SEALS] - held[min(held)] <= MOST


def a_paper(turn: int) -> AgreementRecord:
    """The agreement of other people with other words each time, on both kinds of paper."""
    record = a_record(paper=list(Paper)[turn % len(Paper)])
    client, *others = record.parties
    first, *terms = record.terms
    first = replace(first, words=f"{first.words} Said for the {turn}th time.")
    return replace(record, parties=(replace(client, name=NAMES[turn % len(NAMES)]), *others), terms=(first, *terms))


def resident() -> float:
    """What this process holds in memory, in MB (Linux)."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024

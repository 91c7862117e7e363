"""How long it takes to publish an edition. It prints; nothing here is asserted.

python3 manage.py test tests/benchmarks/test_library_speed.py -n 0 -s
"""

from __future__ import annotations

import statistics
import time

import pytest

from agreements.actions import library
from tests import builders
from tests.actions.test_library import adult
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_publishing_an_edition_of_sixteen_clauses() -> None:
    builders.a_practice()
    taken = []
    for number in range(7):
        data = adult(often=f"Answers do not count: {number}.")
        edition = library.read_in(data=data, by=None, now=NOW)
        began = time.perf_counter()
        library.publish(edition=edition, by=None, now=NOW)
        taken.append((time.perf_counter() - began) * 1000)
    say = f"publish, {len(data['clauses'])} clauses, besides the preview: {statistics.median(taken[1:]):.0f} ms"
    print(f"\n{say}, the first in the process {taken[0]:.0f} ms (budget 1000 ms)")

"""Whatever is sent to be checked has an answer soon, and takes little memory: measured in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests import hostile

SECONDS = 2.0  # of the processor, by the command and the page together: another program's load does not count
BYTES = 32 * 1024 * 1024  # beyond what checking a genuine file takes


def test_hostile_files_cost_neither_time_nor_memory(tmp_path: Path) -> None:
    hostile.write(tmp_path)
    command = [sys.executable, "-m", "tests.hostile_process", str(tmp_path)]
    told = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout
    answers = {name: (said, took, more) for name, said, took, more in map(json.loads, told.splitlines())}
    assert answers.pop("genuine")[0] == "genuine"
    assert answers.keys() == {*hostile.HOSTILE, "two hundred megabytes"}
    assert {name for name, (said, _took, _more) in answers.items() if said == "genuine"} == set()
    assert {name: took for name, (_said, took, _more) in answers.items() if took >= SECONDS} == {}
    assert {name: more for name, (_said, _took, more) in answers.items() if more >= BYTES} == {}

"""A hundred kills between the last signature and the stored document: each agreement is sealed once, or says what it waits for.

python3 manage.py test tests/endurance/test_killed_while_sealing.py -n 0 -s
python3 manage.py test --postgres tests/endurance/test_killed_while_sealing.py -n 0 -s

Real processes, killed with signal 9: once at every statement, every commit and before and after drawing and sealing, the
rest at a moment that a seed chooses. `RUNS=20` makes fewer, `SEED=7` others. Two workers at once and a disk that is full
are tried in the same way.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from agreements.actions import chains, documents, sealing
from agreements.models import AuditEvent, Document, Review, SealAttempt, Version
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role, SignatureKind
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db(transaction=True)
RUNS, SEED = int(os.environ.get("RUNS", "100")), int(os.environ.get("SEED", "1"))
ROOT = Path(settings.BASE_DIR)
RESTARTED = NOW + 2 * documents.LEASE
KILLED = 9


def address() -> str:
    """The test database, as DATABASE_URL names it."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{facts['NAME']}"
    who, host = f"{quote(facts['USER'])}:{quote(facts['PASSWORD'])}", f"{facts['HOST']}:{facts['PORT'] or 5432}"
    return f"postgresql://{who}@{host}/{quote(facts['NAME'])}"


class Machine:
    """The process from which the killed ones are forked."""

    def __init__(self) -> None:
        environment = {**os.environ, "DATABASE_URL": address()}
        command = [sys.executable, "-m", "tests.endurance.sealing_process"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)
        assert self.process.stdout and self.process.stdin
        self.says, self.told = self.process.stdout, self.process.stdin
        assert self.says.readline() == "ready\n"

    def run(self, do: str, now: datetime = NOW, **job: Any) -> list[list[int]]:
        self.told.write(json.dumps({"do": do, "now": now.isoformat(), **job}) + "\n")
        self.told.flush()
        answer: list[list[int]] = json.loads(self.says.readline())
        return answer


@pytest.fixture
def machine() -> Iterator[Machine]:
    builders.a_practice()
    machine = Machine()
    with machine.process:
        yield machine
        machine.told.close()
    assert machine.process.returncode == 0


def half_signed(number: int) -> Version:
    """What the client has signed, and the therapist is about to."""
    client = builders.a_client(name=f"Client {number}", called=f"C{number}")
    draft = builders.a_draft(until=Step.SIGN, client=client)
    version = draft.versions.get()
    facts = {"kind": SignatureKind.PAPER, "digest_seen": version.digest, "by": client.therapist, "now": NOW}
    sealing.sign(draft=draft, role=Role.CLIENT, **facts)
    return version


def found(version: Version) -> str:
    """Where a version stands; whatever it is, it is there once and nothing is there by half."""
    kept = Document.objects.filter(version=version).count()
    sealed = AuditEvent.objects.filter(chain=version.agreement_id, kind="sealed").count()
    signed = AuditEvent.objects.filter(chain=version.agreement_id, kind="signed").count()
    assert kept == sealed <= 1
    assert signed == version.signatures.count()
    if kept:
        return "sealed"
    return "waits for the therapist" if sealing.awaited(version) else "signed"


def all_is_whole(sealed: int) -> None:
    assert Document.objects.count() == Review.objects.count() == sealed
    assert list(chains.faults()) == []
    assert documents.waiting(RESTARTED) == []


def test_each_agreement_is_sealed_once_or_waits_with_a_reason(machine: Machine, tmp_path: Path) -> None:
    chance, told, counted = random.Random(SEED), tmp_path / "steps", half_signed(0)
    began = time.monotonic()
    assert machine.run("work", version=str(counted.pk), steps=str(told)) == [[0, 0]]
    steps, lasts = int(told.read_text(encoding="ascii")), time.monotonic() - began
    jobs: list[dict[str, Any]] = [{"at": step + 1} for step in range(steps)]
    chance.shuffle(jobs)
    jobs = [*jobs, *({"after": chance.uniform(0, lasts)} for _ in range(max(0, RUNS - steps)))][:RUNS]
    killed, before, after = 0, Counter[str](), Counter[str]()
    for number, job in enumerate(jobs, start=1):
        version = half_signed(number)
        [[by, code]] = machine.run("work", version=str(version.pk), **job)
        assert by == KILLED or (code == 0 and "after" in job), (job, by, code)
        killed += by == KILLED
        before[found(version)] += 1
        assert machine.run("restart", RESTARTED) == [[0, 0]]
        after[now_stands := found(version)] += 1
        assert now_stands in ("sealed", "waits for the therapist"), job
        if number % 10 == 0:
            print(f"{number} runs, {time.monotonic() - began:.0f} s: {dict(after)}", flush=True)
    all_is_whole(after["sealed"] + 1)
    print(
        f"\n{connection.vendor}, seed {SEED}: {len(jobs)} runs, {killed} killed by signal 9 "
        f"({min(steps, RUNS)} of {steps} steps once each, {max(0, len(jobs) - steps)} at a moment within {lasts:.1f} s); "
        f"right after: {dict(before)}; after the restart: {dict(after)}; "
        f"sealed twice 0, lost 0, {chains.counted()[1]} log entries whole; {time.monotonic() - began:.0f} s"
    )


def test_two_processes_at_one_agreement_make_one_document(machine: Machine) -> None:
    pairs = max(1, RUNS // 10)
    ended: Counter[str] = Counter()
    for number in range(pairs):
        version = half_signed(number)
        ended.update(str(code) for _by, code in machine.run("work", version=str(version.pk), workers=2))
        assert found(version) == "sealed"
        assert SealAttempt.objects.get(version=version).attempts == 1
    all_is_whole(pairs)
    print(
        f"\n{connection.vendor}: {pairs} pairs, one document each; {ended['0']} made or got it, {ended['1']} were told to wait"
    )


def test_a_file_that_may_not_grow_loses_nothing(machine: Machine) -> None:
    """The operating system refuses to let SQLite's files grow, at sizes that a seed chooses."""
    if connection.vendor != "sqlite":
        pytest.skip("a PostgreSQL server writes its files itself")
    chance, before, tries = random.Random(SEED), Counter[str](), max(1, RUNS // 5)
    written = Path(f"{connection.settings_dict['NAME']}-wal")
    for number in range(tries):
        version = half_signed(number)
        most = max(1, (written.stat().st_size if written.exists() else 0) + chance.randrange(-50_000, 200_000))
        machine.run("work", version=str(version.pk), most=most)
        before[found(version)] += 1
        assert machine.run("restart", RESTARTED) == [[0, 0]]
        assert found(version) in ("sealed", "waits for the therapist")
    all_is_whole(Document.objects.count())
    print(
        f"\n{connection.vendor}: {tries} full disks; right after: {dict(before)}; {Document.objects.count()} sealed in the end"
    )

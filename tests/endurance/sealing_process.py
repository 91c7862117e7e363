"""Processes that sign and seal, and are killed: started by test_killed_while_sealing.py, told what to do line by line.

Loading what draws and seals takes seconds, so it is loaded once; each job is then a process of its own, forked from here,
with its own connection to the database. `at` is the step at which it kills itself with signal 9, `after` the seconds
after which it is killed from outside, `most` the size in bytes beyond which no file may grow.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django
import time_machine
from django.core.management import call_command

Job = dict[str, Any]


class Steps:
    """Counts what happens between signature and storage, and dies at one of the steps."""

    def __init__(self, last: int) -> None:
        self.last, self.taken = last, 0

    def step(self) -> None:
        self.taken += 1
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, works: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*values: Any, **named: Any) -> Any:
            self.step()
            done = works(*values, **named)
            self.step()
            return done

        return stepped

    def statement(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.step()
        return execute(*arguments)


def work(job: Job) -> None:
    """The therapist signs and the paper is made, as the last page of the room does it; the steps are then written down."""
    from django.db import connection
    from django.db.backends.base.base import BaseDatabaseWrapper

    from agreements.actions import documents, pdf, pdf_signature, reviews
    from agreements.models import Version

    now, steps = datetime.fromisoformat(job["now"]), Steps(job.get("at", 0))
    version = Version.objects.select_related("draft__agreement__therapist").get(pk=job["version"])
    by = version.agreement.therapist
    with ExitStack() as watched:
        watched.enter_context(connection.execute_wrapper(steps.statement))
        for place, name in ((BaseDatabaseWrapper, "_commit"), (pdf, "render"), (pdf_signature, "seal")):
            watched.enter_context(patch.object(place, name, steps.around(getattr(place, name))))
        sign(version, now)
        documents.issue(version=version, by=by, now=now)
        reviews.schedule(version=version, now=now)
        steps.step()
    if job.get("steps"):
        Path(job["steps"]).write_text(str(steps.taken), encoding="ascii")


def sign(version: Any, now: datetime) -> None:
    from agreements.actions import sealing
    from agreements.rules.vocabulary import Role, SignatureKind

    facts = {"kind": SignatureKind.PAPER, "digest_seen": version.digest, "by": version.agreement.therapist, "now": now}
    sealing.sign(draft=version.draft, role=Role.THERAPIST, **facts)


def restart(job: Job) -> None:
    """What the operator's machine does after it came up again."""
    with time_machine.travel(datetime.fromisoformat(job["now"])):
        call_command("issue_documents", stdout=StringIO())


def main() -> None:
    """One job a line; the answer says by which signal each of its processes ended and with which code."""
    django.setup()
    from agreements.management.commands import issue_documents  # noqa: F401  loaded once, as all else
    from tests.records import a_sealed_pdf

    a_sealed_pdf()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


def run(job: Job) -> list[list[int]]:
    ready, go = os.pipe()
    children = [fork(job, ready, go) for _ in range(job.get("workers", 1))]
    os.close(ready)
    os.close(go)  # nobody writes any more: all of them begin
    if "after" in job:
        time.sleep(job["after"])
        for child in children:
            os.kill(child, signal.SIGKILL)
    ended = [os.waitpid(child, 0)[1] for child in children]
    return [[os.WTERMSIG(each) if os.WIFSIGNALED(each) else 0, os.WEXITSTATUS(each)] for each in ended]


def fork(job: Job, ready: int, go: int) -> int:
    if child := os.fork():
        return child
    code = 1
    try:
        os.close(go)
        os.read(ready, 1)
        if "most" in job:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (job["most"], job["most"]))
        {"work": work, "restart": restart}[job["do"]](job)
        code = 0
    except BaseException as error:  # whatever it is, the parent hears that it was not done
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()

"""`manage.py test`: pytest in a process of its own, so that its folder and its server are always cleared away."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ["-n", "2", "-q"]
SAME_ON_BOTH = (  # asks no database, or only SQLite; what a paper looks like; single pages, which the journeys walk too
    "tests/rules",
    "tests/browser",
    "tests/actions/test_every_kind.py",
    "tests/actions/test_family_papers.py",
    "tests/actions/test_pdf*.py",
    "tests/actions/test_timestamps.py",
    "tests/commands/test_bootstrap.py",
    "tests/commands/test_demo.py",
    "tests/commands/test_verify_hostile.py",
    "tests/views",
)


def run(arguments: list[str]) -> int:
    """Hand `arguments` to pytest; `--postgres` is ours and chooses the database. Returns pytest's exit code.

    Without other arguments `--postgres` leaves out what is the same on both databases.
    """
    chosen = [argument for argument in arguments if argument != "--postgres"]
    if not chosen:
        chosen = [*DEFAULT, *(f"--ignore-glob={path}" for path in SAME_ON_BOTH if "--postgres" in arguments)]
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="agreements-tests-")))
        environment = {**os.environ, "TESTS_FOLDER": str(folder), "REQUIRE_VENDOR": "sqlite"}
        if "--postgres" in arguments:
            url = os.environ.get("DATABASE_URL") or closing.enter_context(postgres.throw_away_server())
            environment |= {"DATABASE_URL": url, "REQUIRE_VENDOR": "postgresql"}
        return follow(subprocess.Popen([sys.executable, "-m", "pytest", *chosen], cwd=ROOT, env=environment))


def follow(child: "subprocess.Popen[bytes]") -> int:
    """Wait for pytest; being told to stop, tell it, and go on to clear away."""
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches pytest by itself
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    code = child.wait()
    return code if code >= 0 else 128 - code  # as a shell says it

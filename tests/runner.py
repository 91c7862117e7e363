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
SAME_ON_BOTH = ("tests/rules", "tests/browser", "tests/commands/test_bootstrap.py")  # ask no database, or a page of it


def run(arguments: list[str]) -> int:
    """Hand `arguments` to pytest; `--postgres` is ours and chooses the database. Returns pytest's exit code.

    Without other arguments `--postgres` leaves out what is the same on both databases.
    """
    chosen = [argument for argument in arguments if argument != "--postgres"]
    if not chosen:
        chosen = [*DEFAULT, *(f"--ignore={path}" for path in SAME_ON_BOTH if "--postgres" in arguments)]
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

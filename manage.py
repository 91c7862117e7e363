#!/usr/bin/env python3
"""The product's one command. It asks of a machine only Python 3.11 or newer; what else is missing it installs or names.

Outside `.venv` it starts itself again inside. Only `demo`, `setup` and `test` may make `.venv`; every other command
says what to type. `test` is handled here, before Django is imported.
"""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write("Between Sessions needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".\n")
    raise SystemExit(2)

import ctypes
import ctypes.util
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "lock.sha256"  # written last: a .venv without it is half made
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
INSTALLS = {"demo": RUN_LOCK, "setup": RUN_LOCK, "test": DEV_LOCK}
LIBRARIES = {  # Debian's package: the library WeasyPrint loads from it, on Linux and with Homebrew
    "libpango-1.0-0": ("libpango-1.0.so.0", "pango-1.0"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "pangoft2-1.0"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "harfbuzz-subset"),
}


def main() -> None:
    """Get into `.venv`, then hand over to pytest or to Django."""
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if sys.platform == "darwin":  # Python's own search for libraries reads this when it searches
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib")
    if Path(sys.prefix).resolve() != VENV.resolve():
        prepare(command)
        os.execv(PYTHON, [str(PYTHON), *sys.orig_argv[1:]])
    if command == "test":
        from tests.runner import run

        raise SystemExit(run(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agreements.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        stop("The packages in .venv do not fit this Python. Type: rm -r .venv; python3 manage.py setup")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        stop(str(error))


def prepare(command: str) -> None:
    """Everything `command` needs is there when this returns; else one line and exit 2."""
    lock = INSTALLS.get(command)
    if lock is None:
        if not ready(RUN_LOCK):
            stop("The packages are not installed, or not the ones this version needs. Type: python3 manage.py setup")
        return
    with alone():
        made = ready(lock)
        missing = missing_from_system(venv_needed=not made)
        if missing:
            install_on_system(missing)
        if not made:
            install_packages(lock)


def ready(lock: Path) -> bool:
    """`.venv` was completed from `lock`, or from the larger lock of the tests."""
    wanted = {digest(lock), digest(DEV_LOCK)}
    return PYTHON.exists() and STAMP.is_file() and STAMP.read_text(encoding="ascii") in wanted


def digest(lock: Path) -> str:
    """The stamp of a `.venv` made from this lock; nothing for a lock that was not shipped."""
    return hashlib.sha256(lock.read_bytes()).hexdigest() if lock.is_file() else "absent"


@contextmanager
def alone() -> Iterator[None]:
    """Two first runs at once: the second waits for the first, then finds everything there."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def install_packages(lock: Path) -> None:
    """Fill `.venv` from the lock, every file checked against its hash; the stamp comes last."""
    try:
        if not ready(RUN_LOCK):
            say("Making .venv ...")
            STAMP.unlink(missing_ok=True)
            run_or_stop("make .venv", sys.executable, "-m", "venv", "--clear", str(VENV))
        count = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
        say(f"Installing {count} packages into .venv, this once; it takes about a minute ...")
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        run_or_stop("install the packages", *pip, "--require-hashes", "--no-deps", "-r", str(lock))
        STAMP.write_text(digest(lock), encoding="ascii")
    except OSError as error:
        stop(f"Could not install into .venv: {error}")


def missing_from_system(*, venv_needed: bool) -> list[str]:
    """The Debian packages without which `.venv` cannot be made or a PDF cannot be drawn."""
    venv = [] if not venv_needed or importlib.util.find_spec("ensurepip") else ["python3-venv"]
    return venv + [package for package, names in LIBRARIES.items() if not loads(*names)]


def loads(linux: str, homebrew: str) -> bool:
    """This machine has the library."""
    if sys.platform == "darwin":
        return ctypes.util.find_library(homebrew) is not None
    try:
        ctypes.CDLL(linux)
    except OSError:
        return False
    return True


def install_on_system(missing: list[str]) -> None:
    """As root on Debian or Ubuntu install what is missing; for anybody else name the one line to type."""
    names = " ".join(missing)
    if sys.platform == "darwin":
        stop("Pango is missing. Type: brew install pango")
    if not shutil.which("apt-get"):
        stop(f"Please install with this system's package manager what Debian calls: {names}")
    line = f"apt-get update && apt-get install -y --no-install-recommends {names}"
    if os.geteuid() != 0:
        stop(f"This machine lacks {names}. Type: sudo sh -c '{line}'")
    say(f"Installing with apt-get, this once: {names} ...")
    result = subprocess.run(
        ["sh", "-c", line],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    importlib.invalidate_caches()
    if result.returncode or missing_from_system(venv_needed="python3-venv" in missing):
        say("\n".join(result.stdout.splitlines()[-10:]))
        stop(f"apt-get could not provide {names} for this Python. Type, and read what it says: {line}")


def run_or_stop(what: str, *command: str) -> None:
    """Run it; when it fails, its own messages stand above our one line."""
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        stop(f"Could not {what}; the reason stands above. The same command tries again.")


def say(line: str) -> None:
    """Progress goes to standard error: what a command prints stays its own."""
    print(line, file=sys.stderr, flush=True)


def stop(line: str) -> NoReturn:
    """2: cannot run."""
    say(line)
    raise SystemExit(2)


if __name__ == "__main__":
    main()

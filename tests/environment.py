"""Where tests run: a folder of their own, never the operator's keys, data, mail or database.

Loaded as a pytest plugin (see pyproject.toml) before the settings are, in every worker; the runner uses `variables`.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = "TESTS_FOLDER"  # names the folder to the processes that a test run starts
FOREIGN = ("TSA_URL", "TSA_ROOT", "TSA_POLICY", "SEAL_PKCS12", "SEAL_PKCS12_BASE64", "SEAL_PASSPHRASE")
FOREIGN += ("DATABASE_URL", "EMAIL_URL", "EMAIL_FROM", "PUBLIC_ADDRESS", "ALLOWED_HOSTS", "BEHIND_PROXY", "STATIC_ROOT")


def variables(folder: Path) -> dict[str, str]:
    """The environment in which the settings describe a test installation under `folder`."""
    return {
        "DJANGO_SETTINGS_MODULE": "agreements.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # a browser test drives Chromium and the database in one thread
        "SECRET_KEY": "only for tests, worth nothing anywhere else, and long enough",
        "DEBUG": "no",
        "VAR_DIR": str(folder),
        "KEY_DIR": str(folder / "keys"),
        FOLDER: str(folder),
    }


def own_folder() -> Path:
    """This process's folder: what the runner made, one below it for each worker, else a new one removed at exit."""
    given = os.environ.get(FOLDER)
    if given is None:
        folder = Path(tempfile.mkdtemp(prefix="agreements-tests-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    return Path(given, worker) if worker else Path(given)


def enter() -> None:
    """Make this process a test process."""
    folder = own_folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "static").mkdir(exist_ok=True)  # where collectstatic would put its files
    for name in FOREIGN:
        if name != "DATABASE_URL" or os.environ.get("REQUIRE_VENDOR", "sqlite") == "sqlite":
            os.environ.pop(name, None)
    os.environ.update(variables(folder))


enter()

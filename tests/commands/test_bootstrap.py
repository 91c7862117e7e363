"""`python3 manage.py` on a machine that has nothing yet: what it installs, what it only names, how it ends.

Each test works on a copy of manage.py with two tiny packages in the place of the real ones, and without a network.
"""

import ast
import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
DJANGO = {
    "django/__init__.py": "",
    "django/core/__init__.py": "",
    "django/core/exceptions.py": "class ImproperlyConfigured(Exception): pass\n",
    "django/core/management/__init__.py": (
        "from django.core.exceptions import ImproperlyConfigured\n"
        "def execute_from_command_line(argv):\n"
        "    if argv[1:] == ['misconfigured']: raise ImproperlyConfigured('EMAIL_URL is wrong.')\n"
        "    print('django', *argv[1:])\n"
    ),
}
PYTEST = {
    "pytest/__init__.py": "",
    "pytest/__main__.py": "import os, sys\nprint('pytest', *sys.argv[1:], os.environ['REQUIRE_VENDOR'])\n",
}


def wheel(folder: Path, name: str, files: dict[str, str]) -> str:
    """Build `name` 1.0 in `folder`; the line of a lock that asks for it."""
    info = f"{name}-1.0.dist-info"
    files = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        record = ""
        for file, text in files.items():
            archive.writestr(file, text)
            value = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{file},sha256={value},{len(text.encode())}\n"
        archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def clone(folder: Path) -> Path:
    """A fresh clone: manage.py, the runner of the tests, and locks over two tiny packages."""
    (folder / "wheels").mkdir(parents=True)
    (folder / "tests").mkdir()
    for name in ("manage.py", "tests/__init__.py", "tests/runner.py", "tests/postgres.py"):
        shutil.copy(ROOT / name, folder / name)
    run = wheel(folder / "wheels", "django", DJANGO)
    (folder / "requirements.lock").write_text(run, encoding="utf-8")
    (folder / "requirements-dev.lock").write_text(run + wheel(folder / "wheels", "pytest", PYTEST), encoding="utf-8")
    return folder


def command(folder: Path, *arguments: str) -> list[str]:
    """`python3 manage.py …` of that clone, by a Python outside every virtual environment."""
    return [os.path.realpath(sys.executable), str(folder / "manage.py"), *arguments]


def environment(folder: Path) -> dict[str, str]:
    """A newcomer's environment, with the clone's own wheels in the place of the package index."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(folder / "wheels"),
        "DYLD_FALLBACK_LIBRARY_PATH": os.environ.get("DYLD_FALLBACK_LIBRARY_PATH", ""),
    }


def manage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    return subprocess.run(
        command(folder, *arguments), env=environment(folder), cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A clone in which nothing was installed yet."""
    return clone(tmp_path / "clone")


@pytest.fixture(scope="session")
def first_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[int, str, str]]]:
    """A clone after two first runs of `demo` at once, and how each ended."""
    folder = clone(tmp_path_factory.mktemp("bootstrap") / "clone")
    line = command(folder, "demo", "--no-serve")
    pair = [subprocess.Popen(line, env=environment(folder), stdout=-1, stderr=-1, text=True) for _ in range(2)]
    said = [run.communicate(timeout=180) for run in pair]
    return folder, [(run.returncode, *words) for run, words in zip(pair, said, strict=True)]


@pytest.fixture
def installed(first_runs: tuple[Path, object], tmp_path: Path) -> Path:
    """A copy of that clone."""
    return shutil.copytree(first_runs[0], tmp_path / "installed", symlinks=True)


def test_two_first_runs_at_once_install_once_and_say_what(first_runs: tuple[Path, list[tuple[int, str, str]]]) -> None:
    _folder, ends = first_runs
    assert [(code, out) for code, out, _ in ends] == [(0, "django demo --no-serve\n")] * 2
    assert sorted(err for _, _, err in ends) == [
        "",
        "Making .venv ...\nInstalling 1 packages into .venv, this once; it takes about a minute ...\n",
    ]


def test_a_second_run_installs_nothing(installed: Path) -> None:
    stamped = (installed / ".venv/lock.sha256").stat().st_mtime_ns
    shutil.rmtree(installed / "wheels")
    again = manage(installed, "demo")
    assert (again.returncode, again.stdout, again.stderr) == (0, "django demo\n", "")
    assert (installed / ".venv/lock.sha256").stat().st_mtime_ns == stamped
    assert manage(installed, "send_reminders", "--loop").stdout == "django send_reminders --loop\n"


@pytest.mark.parametrize("arguments", [["send_reminders"], ["runserver"], []])
def test_other_commands_only_say_what_to_type(fresh: Path, arguments: list[str]) -> None:
    result = manage(fresh, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.endswith("Type: python3 manage.py setup\n")
    assert not (fresh / ".venv").exists()


def test_the_tests_add_their_lock_and_run_commands_accept_it(installed: Path) -> None:
    tests = manage(installed, "test", "-k", "h07")
    assert (tests.returncode, tests.stdout) == (0, "pytest -k h07 sqlite\n")
    assert tests.stderr == "Installing 2 packages into .venv, this once; it takes about a minute ...\n"
    assert manage(installed, "test").stdout == "pytest -n 2 -q sqlite\n"
    demo = manage(installed, "demo")
    assert (demo.stdout, demo.stderr) == ("django demo\n", "")


def test_a_changed_lock_stops_what_may_not_install(installed: Path) -> None:
    lock = installed / "requirements-dev.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "# a newer edition\n", encoding="utf-8")
    assert manage(installed, "send_reminders").returncode == 0
    lock = installed / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "# a newer edition\n", encoding="utf-8")
    assert manage(installed, "send_reminders").returncode == 2


def test_another_package_than_the_locked_one_is_refused_and_what_is_half_made_made_again(fresh: Path) -> None:
    right = (fresh / "wheels" / "django-1.0-py3-none-any.whl").read_bytes()
    wheel(fresh / "wheels", "django", {**DJANGO, "django/extra.py": "stolen = True\n"})
    refused = manage(fresh, "demo")
    assert refused.returncode == 2
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in refused.stderr
    assert refused.stderr.splitlines()[-1].startswith("Could not install the packages")
    assert not (fresh / ".venv/lock.sha256").exists()
    (fresh / ".venv/left-over").touch()
    (fresh / "wheels" / "django-1.0-py3-none-any.whl").write_bytes(right)
    result = manage(fresh, "setup")
    assert (result.returncode, result.stdout) == (0, "django setup\n")
    assert not (fresh / ".venv/left-over").exists()


def test_settings_that_contradict_themselves_end_in_one_line(installed: Path) -> None:
    result = manage(installed, "misconfigured")
    assert (result.returncode, result.stderr) == (2, "EMAIL_URL is wrong.\n")


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """manage.py itself, not run, on a Linux machine without Pango and venv."""
    spec = importlib.util.spec_from_file_location("manage_under_test", ROOT / "manage.py")
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(found, "missing_from_system", lambda *, venv_needed: ["python3-venv", "libpango-1.0-0"])
    return found


def stopped_line(module: ModuleType, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What it said, having stopped with 2."""
    with pytest.raises(SystemExit) as stopped:
        module.install_on_system(["python3-venv", "libpango-1.0-0"])
    assert stopped.value.code == 2
    return capsys.readouterr().err.splitlines()


def program(folder: Path, name: str, script: str) -> None:
    """A stand-in on the PATH."""
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def test_without_root_it_names_the_one_line_to_type(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program(tmp_path, "apt-get", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (line,) = stopped_line(module, capsys)
    assert "python3-venv libpango-1.0-0. Type: sudo sh -c 'apt-get update && apt-get install" in line


def test_as_root_it_asks_apt_for_just_these_and_checks_again(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program(tmp_path, "apt-get", f'echo "$@" >> {tmp_path}/asked')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.defpath}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    said = stopped_line(module, capsys)
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert asked == ["update", "install -y --no-install-recommends python3-venv libpango-1.0-0"]
    assert said[0] == "Installing with apt-get, this once: python3-venv libpango-1.0-0 ..."
    monkeypatch.setattr(module, "missing_from_system", lambda *, venv_needed: [])
    module.install_on_system(["libpango-1.0-0"])


def test_without_apt_it_names_the_packages(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (line,) = stopped_line(module, capsys)
    assert line.endswith("python3-venv libpango-1.0-0")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert stopped_line(module, capsys) == ["Pango is missing. Type: brew install pango"]


def test_an_old_python_is_told_in_one_line() -> None:
    text = (ROOT / "manage.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 7))
    old = f"import sys; sys.version_info = (3, 10, 4); exec(compile({text!r}, 'manage.py', 'exec'))"
    result = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith("Between Sessions needs Python 3.11 or newer")
    assert len(result.stderr.splitlines()) == 1


def test_it_needs_only_the_standard_library_to_start() -> None:
    tree = ast.parse((ROOT / "manage.py").read_text(encoding="utf-8"))
    names = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names

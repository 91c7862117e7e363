"""Data flows down the house and nobody reaches up (the map is in tests/floors.py); tampering is noticed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.floors import HOUSE, modules, numbers, violations

ROOT = Path(__file__).resolve().parent.parent / "agreements"
DJANGO_IN_RULES = {
    "django.utils.translation.gettext",
    "django.utils.translation.gettext_lazy",
    "django.utils.translation.gettext_noop",
    "django.utils.translation.ngettext",
    "django.utils.translation.pgettext",
    "django.utils.translation.npgettext",
    "django.db.models.TextChoices",
}
IMPURE = {
    "asyncio",
    "ftplib",
    "glob",
    "http",
    "io",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "smtplib",
    "socket",
}
IMPURE |= {"sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid"}
CLOCKS = {"now", "today", "utcnow", "open", "localdate", "localtime"}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}


def test_every_module_has_a_place_and_looks_down() -> None:
    assert list(violations(ROOT, HOUSE)) == []


def test_every_module_has_a_number_of_its_own() -> None:
    places = list(numbers(HOUSE).values())
    assert len(places) == len(set(places))


def test_rules_know_no_database_clock_file_or_network() -> None:
    assert [line for path in sorted((ROOT / "rules").glob("*.py")) for line in impurities(path)] == []


@pytest.mark.parametrize("folder", ["reads", "forms", "templatetags", "views"])
def test_only_actions_write(folder: str) -> None:
    assert [line for path in sorted((ROOT / folder).rglob("*.py")) for line in writes(path)] == []


def impurities(path: Path) -> Iterator[str]:
    """What a rule must not know, line by line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            django = name.split(".")[0] == "django" and name not in DJANGO_IN_RULES
            if django or name.split(".")[0] in IMPURE:
                yield f"{path.name}:{node.lineno} imports {name}"
        if isinstance(node, ast.Call) and called(node) in CLOCKS:
            yield f"{path.name}:{node.lineno} calls {called(node)}"


def writes(path: Path) -> Iterator[str]:
    """Calls that would change a row."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            yield f"{path.name}:{node.lineno} calls {node.func.attr}"


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


# Negative controls: a small house, and what must be noticed in it.

STUB = (
    {"rules": ". dates"},
    {"models": "people ."},
    {"actions": ". mail sealing reminders"},
    {"views": "home", "management": ".", "management.commands": ". demo"},
)
GOOD = {
    "rules/__init__.py": "",
    "rules/dates.py": "from datetime import date",
    "models/__init__.py": "from agreements.models.people import Client",
    "models/people.py": "from agreements.rules.dates import due",
    "actions/__init__.py": "",
    "actions/mail.py": "import smtplib",
    "actions/sealing.py": "from agreements.models import Client\nfrom . import mail",
    "actions/reminders.py": "from agreements.actions.sealing import seal",
    "views/home.py": "from agreements.models import Client",
    "management/__init__.py": "",
    "management/commands/__init__.py": "",
    "management/commands/demo.py": "from agreements.actions import reminders",
}
TAMPERING = {
    "a rule that knows a model": ("rules/dates.py", "from agreements.models import Client"),
    "a verb before a later verb": ("actions/sealing.py", "from agreements.actions import reminders"),
    "a seam that knows a verb": ("actions/mail.py", "from .sealing import seal"),
    "an import hidden in a method": (
        "models/people.py",
        "class C:\n def m(self):\n  import agreements.actions.sealing",
    ),
    "a model asked for by name": (
        "rules/dates.py",
        "from django.apps import apps\napps.get_model('agreements', 'Client')",
    ),
    "importlib": ("models/people.py", "import importlib\nimportlib.import_module('agreements.actions.mail')"),
    "import_module itself": (
        "rules/dates.py",
        "from importlib import import_module as m\nimport_module('agreements.models')",
    ),
    "a name nobody can read": ("actions/mail.py", "import importlib\nimportlib.import_module('agree' + 'ments')"),
    "a command called from below": ("actions/mail.py", "call_command('demo')"),
    "a part that takes from its whole": ("models/people.py", "from agreements.models import Client"),
    "a command that knows a view": ("management/commands/demo.py", "from agreements.views import home"),
    "a module without a place": ("actions/helping.py", ""),
    "a module of a new folder": ("services/__init__.py", ""),
}


def house_of(tmp_path: Path, files: dict[str, str]) -> Path:
    """The small house on disk."""
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_good_house_passes(tmp_path: Path) -> None:
    root = house_of(tmp_path, GOOD)
    assert list(violations(root, STUB)) == []
    assert len(modules(root)) == len(GOOD)


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_noticed(tmp_path: Path, what: str) -> None:
    name, text = TAMPERING[what]
    root = house_of(tmp_path, {**GOOD, name: text})
    assert len(list(violations(root, STUB))) == 1


def test_a_place_without_a_module_is_noticed(tmp_path: Path) -> None:
    root = house_of(tmp_path, {name: text for name, text in GOOD.items() if name != "actions/reminders.py"})
    assert "actions.reminders: has a place but does not exist" in list(violations(root, STUB))


@pytest.mark.parametrize("text", ["import os", "from django.utils import timezone", "d = date.today()", "open('x')"])
def test_an_impure_rule_is_noticed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rule.py"
    path.write_text(text, encoding="utf-8")
    assert len(list(impurities(path))) == 1


def test_a_write_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "view.py"
    path.write_text("Client.objects.create(name='x')\nclient.save()", encoding="utf-8")
    assert len(list(writes(path))) == 2

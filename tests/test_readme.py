"""The README and the operator's page are true: their commands exist, the files they name exist, the map is whole."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/running.md")}
MADE_BY_A_RUN = ("var/", ".venv")


def blocks(text: str) -> list[str]:
    """What stands between fences."""
    return re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)


def house_map() -> dict[str, str]:
    """path → what the map says about it."""
    (tree,) = [block for block in blocks(README) if block.startswith("manage.py ")]
    entries, folder = {}, ""
    for line in tree.splitlines():
        name, _, meaning = line.strip().partition(" ")
        if not line.startswith(" "):
            folder = name if name.endswith("/") else ""
            entries[name] = meaning.strip()
        else:
            entries[folder + name] = meaning.strip()
    return entries


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_exist(page: str) -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", PAGES[page]))
    assert named
    assert named - set(get_commands()) - {"test"} == set()


def test_the_first_two_commands_are_the_contract() -> None:
    assert blocks(README)[0] == "python3 manage.py demo\npython3 manage.py test\n"


def test_everything_on_the_map_exists() -> None:
    wrong = {name for name in house_map() if not (ROOT / name).exists() or (ROOT / name).is_dir() != name.endswith("/")}
    assert wrong == set()


def test_everything_on_the_map_says_what_it_is() -> None:
    assert {name for name, meaning in house_map().items() if not meaning} == {"agreements/"}


def test_every_folder_is_on_the_map() -> None:
    left_behind = {"var", "__pycache__", "htmlcov"}
    top = {f"{path.name}/" for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    inside = {f"agreements/{path.name}/" for path in (ROOT / "agreements").iterdir() if path.is_dir()}
    expected = {name for name in top | inside if name.rstrip("/").rpartition("/")[2] not in left_behind}
    assert expected - house_map().keys() == set()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", PAGES[page])
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_it_says_who_has_not_reviewed_it() -> None:
    assert "No clinician, no lawyer and no Deaf reader has reviewed it yet." in README


def test_every_setting_is_explained() -> None:
    """What the code reads from the environment stands in the operator's table, and the other way round."""
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "agreements").rglob("*.py"))
    read = set(re.findall(r"""(?:environ\.get\(|environ\[|env_bool\(|variable=)"([A-Z_]+)\"""", source))
    explained = set(re.findall(r"^\| `([A-Z_]+)`", PAGES["docs/running.md"], re.M))
    assert read - {"DJANGO_SETTINGS_MODULE"} == explained

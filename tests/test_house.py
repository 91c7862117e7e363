"""What anybody may rely on when opening a file: it is short, it is named for what it does, it holds nothing foreign."""

import ast
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("agreements", "templates", "tests", "fixtures", "docs", ".ci")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "services", "service", "manager", "managers"}
FORBIDDEN_NAMES |= {"handler", "handlers", "misc", "data", "process"}
# Written so that this file does not hold what it looks for.
MACHINE = re.compile(r"(?<![\w.])/(?:work|farm|opt/pypi|root/)(?=[/\w-])|/home/\w+/|[C]:\\Users")
REGISTRY = re.compile(r"\b(?:files\.python[h]osted|py[p]i|registry\.np[m]js|artifact[o]ry|nexu[s])\.\w+", re.I)
INLINE = re.compile(r"<style[\s>]|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\bsrc=)[^>]*>", re.I)


def files(*suffixes: str) -> list[Path]:
    """The repository's own files, what a run leaves behind not among them."""
    own = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    for folder in FOLDERS:
        own += [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return sorted(path for path in own if not suffixes or path.suffix in suffixes)


def name_of(path: Path) -> str:
    """The path as a reader would say it."""
    return path.relative_to(ROOT).as_posix()


def source() -> list[Path]:
    """Python written by hand."""
    return [path for path in files(".py") if "migrations" not in path.parts]


def long_functions(path: Path) -> Iterator[str]:
    """Functions of more than 40 lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > 40:
                yield f"{path.name}:{node.lineno} {node.name} has {lines} lines"


def test_files_are_short() -> None:
    counted = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in source() + files(".html", ".js")
    }
    assert {name: lines for name, lines in counted.items() if lines > 300} == {}


def test_functions_are_short() -> None:
    assert [line for path in source() for line in long_functions(path)] == []


def test_names_say_what_is_inside() -> None:
    named = [(name_of(path), {path.stem, *path.relative_to(ROOT).parent.parts}) for path in source()]
    assert [name for name, words in named if words & FORBIDDEN_NAMES] == []


def test_nothing_of_one_machine_is_kept() -> None:
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {hit.group()}" for hit in MACHINE.finditer(text)]
        found += [f"{name_of(path)}: {hit.group()}" for hit in REGISTRY.finditer(text)]
    assert found == []


def test_locks_hold_hashes_and_no_address() -> None:
    for lock in (ROOT / "requirements.lock", ROOT / "requirements-dev.lock"):
        text = lock.read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][^\n]*==[^\n]*\\\n    --hash=sha256:", text, re.M)
        assert pins
        assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.M))
        assert "://" not in text


def test_the_lock_of_the_tests_holds_the_lock_of_the_product() -> None:
    run, dev = (
        set(re.findall(r"^[a-z0-9][^\s;]*==[^\s;]*", (ROOT / name).read_text(encoding="utf-8"), re.M))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert run < dev


def test_every_dependency_has_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.")[0].splitlines()
    pins = [line for line in lines if line.startswith('  "')]
    assert pins
    assert [line for line in pins if "  #" not in line] == []


def test_templates_escape_everything() -> None:
    unsafe = re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off")
    assert [name_of(path) for path in templates() if unsafe.search(path.read_text(encoding="utf-8"))] == []


def test_templates_hold_no_inline_code() -> None:
    """The strict CSP would refuse it. The PDF has no browser and no CSP."""
    pages = [path for path in templates() if "pdf" not in path.relative_to(ROOT).parts]
    found = [(name_of(path), INLINE.findall(path.read_text(encoding="utf-8"))) for path in pages]
    assert [hit for hit in found if hit[1]] == []


def templates() -> list[Path]:
    """Every template, text mails too."""
    return [path for path in (ROOT / "templates").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE, "see /wor" + "k/main"),
        (MACHINE, "/ho" + "me/maya/x"),
        (REGISTRY, "https://py" + "pi.org/simple"),
        (INLINE, "<p style='x'>"),
        (INLINE, "<script>x</script>"),
        (INLINE, "<a onclick=x>"),
    ],
)
def test_what_is_looked_for_would_be_found(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def test_a_long_function_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def f():\n" + "    pass\n" * 41, encoding="utf-8")
    assert len(list(long_functions(path))) == 1


def test_our_scripts_together_are_small() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), mtime=0)) for path in files(".js")}
    assert sum(sizes.values()) <= 8 * 1024, sizes

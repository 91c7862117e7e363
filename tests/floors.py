"""The house: every module of agreements/ has a place, and may only look down.

`HOUSE` lists the floors from the ground up and on each floor its modules in order. A module may import what stands
before it in its own folder, or on a lower floor: so no two modules can need each other. "." is the folder itself.
Imports hidden in functions count, and so do `apps.get_model`, `importlib`, `import_string` and `call_command`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "agreements"
Place = tuple[int, int]
Floors = tuple[dict[str, str], ...]

HOUSE: Floors = (
    {
        "rules": (
            ". vocabulary away_words shown_names plain_values digest ink option_meaning family_topics topics wording steps night strictness words_apart dates differences states stopping looking_back signing"
            " moment situations sending rehearsal crisis_rows lookalikes typed_numbers phrasing phrase_words phrase_rights phrase_lists danger_words danger safety_phrases crisis_phrases crisis_numbers crisis_blanks crisis_more crisis_faults crisis crisis_standing worried crisis_public record_parts record record_people record_changes log_words safety_places"
            " safety_texts safety_finding away safety_box safety_words safety"
            " markup file_faults edition_texts edition_file edition_changes lint_structure lint_typing lint_standing lint_safety said_amounts meaning_words lint_meaning lint"
        ),
    },
    {
        "models": "fields people library crisis agreement party draft version recall review looking_back reminder absence ending audit . triggers"
    },
    {"migrations": "."},
    {
        "reads": ". saying entered ends afterwards room resources recalls away due dated year_ahead raised partners paper rehearsing turn clash talk looking_back what_changes how recap log usual agreed library offers sample lines proof notices file_note closing take_home blank naming who home mailing first_page absences client"
    },
    {
        "actions": (
            ". refusals new_file bound_rows log_heads audit run_memory keys trust installation pdf_glyphs pdf_fonts pdf_ink pdf_qr pdf_sides pdf_page pdf_reading pdf_packing pdf_letters pdf_tags pdf_setting pdf pdf_cards pdf_closing pdf_away pdf_notice pdf_guardian pdf_draft pdf_blank cms_spelling timestamps pdf_verdict pdf_signature proving chain_keys chain_walk chain_rows chain_papers chain_reviews chains mail calendar"  # seams
            " locked_file stored_rows safekeeping"
            " library sample_paper overtaken recalls crisis reminders the_two people rounds carrying drafting signers sessions negotiation pages wishes positions looking_back sealing documents away absences endings reviews transcription"
        ),
    },
    {
        "forms": ". choices zones keyed what_if terms looking_back hard fits people stopping absences signers practice signing sign_in wishes",
        "templatetags": ". wording_tags",
    },
    {
        "views": (
            ". local headers errors session_mode frame access naming sessions sign_in home clients looking_back preparing room turn saving together terms own agreeing what_changes"
            " signing prints kept wishes calendars taking raising stopping absences away people log blank crisis_lines recalls proving previewing practice_run"
        ),
        "admin": "once_published plain_fields edition_forms clause_forms edition_pages library crisis_forms crisis_pages crisis accounts reminders .",
        "management": ". exits passphrases questions first_run walk time_away walk_again stories demonstration",
        "management.commands": (
            ". setup demo send_reminders issue_documents export_agreement transcribe backup restore verify_pdf"
        ),
    },
    {"": "checks"},
    {"": "urls apps settings wsgi"},
)


def numbers(house: Floors) -> dict[str, Place]:
    """Module → (floor, position on it). The first floor of `house` is 0."""
    placed: dict[str, Place] = {}
    for floor, folders in enumerate(house):
        position = 0
        for folder, names in folders.items():
            for name in names.split():
                module = folder if name == "." else f"{folder}.{name}".removeprefix(".")
                if module in placed:
                    raise ValueError(f"{module} has two places")
                placed[module] = (floor, position)
                position += 1
    return placed


def modules(root: Path) -> dict[str, Path]:
    """Every module below `root` by its dotted name without the package; a migration counts as the whole folder."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[0] == "migrations" and len(parts) > 1:
            parts = ("migrations", parts[1])
        if parts[-1] == "__init__":
            parts = parts[:-1]
        if parts:
            found[".".join(parts)] = path
    return found


def place_of(name: str, placed: dict[str, Place]) -> str | None:
    """The most specific placed module that `name` ("rules.dates.due") belongs to."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if (module := ".".join(parts[:length])) in placed:
            return module
    return None


def violations(root: Path, house: Floors) -> Iterator[str]:
    """One line for each module without a place, each place without a module and each look upwards."""
    placed, found = numbers(house), modules(root)
    for name in sorted(placed.keys() - found.keys() - {"migrations"}):
        yield f"{name}: has a place but does not exist"
    for name, path in found.items():
        me = place_of(name, placed) if name.startswith("migrations") else name
        if me not in placed:
            yield f"{name}: has no place in the house"
            continue
        for line, target in imports(path, name):
            there = place_of(target, placed)
            if there is None:
                yield f"{name}:{line} imports {target}, which has no place"
            elif there != me and placed[there] >= placed[me]:
                yield f"{name}:{line} reaches up to {there}"
            elif placed[there][0] == placed[me][0] and there.split(".")[0] != me.split(".")[0]:
                yield f"{name}:{line} looks into the room next door, {there}"


def imports(path: Path, name: str) -> Iterator[tuple[int, str]]:
    """(line, module or name below the package) for everything this file takes from the package."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for target in [*statement(node, package), *call(node)]:
            if target == PACKAGE or target.startswith(PACKAGE + "."):
                yield getattr(node, "lineno", 0), target.removeprefix(PACKAGE).removeprefix(".") or "."


def statement(node: ast.AST, package: str) -> list[str]:
    """What an import statement names, absolute."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    stem = node.module or ""
    if node.level:
        parts = [PACKAGE, *filter(None, package.split("."))]
        stem = ".".join([*parts[: len(parts) - node.level + 1], *filter(None, [node.module])])
    return [f"{stem}.{alias.name}" for alias in node.names]


def call(node: ast.AST) -> list[str]:
    """What a call brings in by its name: a model, a module, a command."""
    if not isinstance(node, ast.Call):
        return []
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    match name:
        case "get_model":
            return [f"{PACKAGE}.models"]
        case "import_module" | "import_string" | "__import__":
            return [str(first) if first is not None else f"{PACKAGE}.<unreadable>"]
        case "call_command":
            return [f"{PACKAGE}.management.commands.{first}"] if first is not None else []
    return []

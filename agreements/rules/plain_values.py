"""Frozen dataclasses as plain JSON values and back: strict, one spelling for every value, errors name the key."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
CLOCK = "%H:%M"
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LATER = {"later": True}  # a field's metadata: its key came after the first sealed record and is left out while empty
KINDS = {str: "text", int: "a whole number", bool: "true or false"}


class RecordError(ValueError):
    """A record that cannot be read. `key` is the way to the fault, such as "agreement.terms[3].state"."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}" if key else problem)
        self.key = key
        self.problem = problem


def unprintable(text: str) -> list[str]:
    """Characters that no record may hold, each once: control characters but the line break, half characters,
    line and paragraph separators, and marks that turn the direction of what follows."""
    return sorted({char for char in text if char != "\n" and _is_unprintable(char)})


def parsed(text: str) -> Any:
    """The values in a JSON file's text. Raises RecordError: no key twice, no NaN, no endless nesting."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecordError:
        raise
    except (ValueError, RecursionError) as error:
        raise RecordError("", f"this is not a JSON file ({error})") from None


def written(value: Any) -> Any:
    """`value` as JSON knows it: dataclasses by their fields, dates and times in ISO form, moments in UTC."""
    if is_dataclass(value):
        kept = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: written(held) for field, held in kept if not _is_left_out(field, held)}
    if isinstance(value, tuple):
        return [written(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(MOMENT)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime(CLOCK)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def read(kind: Any, data: Any, key: str) -> Any:
    """A value of type `kind` from what `written` made of it; `key` is where it stands. Raises RecordError.

    Text comes back in NFC: one spelling for a name, whichever keyboard wrote it.
    """
    if get_origin(kind) is UnionType:
        (inner,) = [choice for choice in get_args(kind) if choice is not type(None)]
        return None if data is None else read(inner, data, key)
    if get_origin(kind) is tuple:
        if not isinstance(data, list):
            raise RecordError(key, "must be a list")
        return tuple(read(get_args(kind)[0], item, f"{key}[{number}]") for number, item in enumerate(data))
    if is_dataclass(kind):
        return _read_fields(kind, data, key)
    if kind in KINDS:
        return _read_simple(kind, data, key)
    if issubclass(kind, Enum):
        return _read_choice(kind, data, key)
    return _read_moment(kind, data, key)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _read_fields(kind: Any, data: Any, key: str) -> Any:
    if not isinstance(data, dict):
        raise RecordError(key, "must be an object")
    within = f"{key}." if key else ""
    hints = _hints(kind)
    later = {field.name for field in fields(kind) if field.metadata.get("later")}
    for name in hints:
        if name not in data and name not in later:
            raise RecordError(f"{within}{name}", "is missing")
        if name in later and name in data and not data[name]:
            raise RecordError(f"{within}{name}", "must be left out while it is empty")
    for name in data:
        if name not in hints:
            raise RecordError(f"{within}{name}", "is not known here")
    values = {name: read(hint, data[name], f"{within}{name}") for name, hint in hints.items() if name in data}
    try:
        return kind(**values)
    except RecordError as error:
        raise RecordError(f"{within}{error.key}", error.problem) from None
    except ValueError as error:
        raise RecordError(key, str(error)) from None


def _is_left_out(field: Field[Any], held: Any) -> bool:
    return bool(field.metadata.get("later")) and not held


def _read_simple(kind: Any, data: Any, key: str) -> Any:
    if type(data) is not kind:
        raise RecordError(key, f"must be {KINDS[kind]}")
    if kind is not str:
        return data
    if marks := unprintable(data):
        raise RecordError(key, f"holds a character that cannot be printed (U+{ord(marks[0]):04X})")
    return unicodedata.normalize("NFC", data)


def _read_choice(kind: type[Enum], data: Any, key: str) -> Any:
    values = [choice.value for choice in kind]
    if type(data) is not str or data not in values:
        raise RecordError(key, f"must be one of {', '.join(values)}")
    return kind(data)


def _read_moment(kind: Any, data: Any, key: str) -> Any:
    shapes = {
        date: (r"\d{4}-\d\d-\d\d", "a date such as 2026-11-23"),
        time: (r"\d\d:\d\d", "a time such as 09:00"),
        datetime: (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "a moment such as 2026-11-23T15:12:09Z"),
    }
    pattern, wanted = shapes[kind]
    try:
        if type(data) is str and re.fullmatch(pattern, data, re.ASCII):
            return kind.fromisoformat(data)
    except ValueError:
        pass
    raise RecordError(key, f"must be {wanted}")


def _is_unprintable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} or char in DIRECTION_MARKS


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise RecordError(name, "stands there twice")
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise RecordError("", f"{name} is not a value")

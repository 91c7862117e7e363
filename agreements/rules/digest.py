"""One way to write a value down, so that the same agreement always has the same fingerprint."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

CODE_LENGTH = 16
GROUP = 4


def canonical(value: Any) -> bytes:
    """The one spelling of a JSON value: UTF-8, NFC, keys sorted, no spaces.

    Raises ValueError for what has no single spelling: floats, keys that are not text, two keys that
    become the same in NFC, lone surrogates and anything JSON does not know.
    """
    text = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def sha256(value: Any) -> str:
    """SHA-256 of the canonical spelling, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def check_code(digest: str) -> str:
    """The short form two people can compare by eye: "9f3c 71ab 20de 44c8". Raises ValueError if too short."""
    if len(digest) < CODE_LENGTH:
        raise ValueError("a digest has at least 16 digits")
    return " ".join(digest[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def code_in_address(digest: str) -> str:
    """The check code as it stands in an address: "9f3c71ab20de44c8". Raises ValueError if too short."""
    return check_code(digest).replace(" ", "")


def typed_code(text: str) -> str:
    """A check code as somebody typed it, with spaces, dashes or a slash, in the form of an address."""
    return "".join(char for char in text if char.isalnum()).lower()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return _plain_object(value)
    raise ValueError(f"{type(value).__name__} has no canonical form")


def _plain_object(value: dict[Any, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise ValueError("keys are text")
        name = unicodedata.normalize("NFC", key)
        if name in plain:
            raise ValueError(f"the key {name!r} stands there twice")
        plain[name] = _plain(item)
    return plain

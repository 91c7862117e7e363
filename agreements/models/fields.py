"""Encrypted columns: AES-256-GCM with a key ring, fail closed. The keys are made in actions/keys.py.

A stored value is `e1:<key id>:<base64 of nonce and ciphertext>`; the associated data is the literal `context=` of the
field, so a value moved to another column does not open. Lookups on these columns are refused.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

FIELD_KEYS_FILE = "field.keys"


class FieldKeyUnavailable(Exception):
    """The key that opens or locks an encrypted column is missing, unreadable or not the right one."""


@cache
def key_ring(folder: Path) -> dict[str, bytes]:
    """Key id → 32 bytes, the active key first. Read once, on first use.

    Raises FieldKeyUnavailable when the file is missing or not readable as a key ring.
    """
    path = folder / FIELD_KEYS_FILE
    try:
        lines = path.read_text(encoding="ascii").split()
        ring = {kid: base64.b64decode(key, validate=True) for kid, key in (line.split(":") for line in lines)}
    except (OSError, ValueError) as error:
        raise FieldKeyUnavailable(f"The key file {path.name} cannot be read: {error}") from error
    if not ring or any(len(key) != 32 for key in ring.values()):
        raise FieldKeyUnavailable(f"The key file {path.name} holds no usable key.")
    return ring


def _ring() -> dict[str, bytes]:
    return key_ring(settings.KEY_DIR)  # asked for every value: nothing is put together here


def encrypt(plain: bytes, context: str) -> str:
    """Lock `plain` with the active key. Raises FieldKeyUnavailable."""
    kid, key = next(iter(_ring().items()))
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(key).encrypt(nonce, plain, context.encode())
    return f"e1:{kid}:{base64.b64encode(sealed).decode()}"


def decrypt(stored: str, context: str) -> bytes:
    """Open what `encrypt` locked. Raises FieldKeyUnavailable on an unknown key or a value that does not open."""
    try:
        version, kid, body = stored.split(":")
        raw = binascii.a2b_base64(body, strict_mode=True)
        if version != "e1":
            raise ValueError(version)
        return AESGCM(_ring()[kid]).decrypt(raw[:12], raw[12:], context.encode())
    except (ValueError, KeyError, InvalidTag) as error:
        raise FieldKeyUnavailable(f"A stored value ({context}) does not open with this installation's keys.") from error


class EncryptedField(models.TextField):  # type: ignore[type-arg]
    """A column that holds ciphertext only. `context` is a literal that never changes, e.g. "client.name"."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "context": self.context}

    def to_bytes(self, value: Any) -> bytes:
        return unicodedata.normalize("NFC", str(value)).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return plain.decode()

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else encrypt(self.to_bytes(value), self.context)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else self.from_bytes(decrypt(value, self.context))

    def to_python(self, value: Any) -> Any:
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.context} is encrypted: it cannot be searched in the database.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        """For `dumpdata`: the ciphertext, never what it says."""
        return self.get_prep_value(self.value_from_object(obj)) or ""


class EncryptedTextField(EncryptedField):
    """Text a person wrote or is called by, kept in NFC."""


class EncryptedJSONField(EncryptedField):
    """A JSON value: an answer, strokes, a snapshot."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)


class EncryptedBytesField(EncryptedField):
    """Bytes, such as a sealed PDF."""

    def to_bytes(self, value: Any) -> bytes:
        return bytes(value)

    def from_bytes(self, plain: bytes) -> bytes:
        return plain

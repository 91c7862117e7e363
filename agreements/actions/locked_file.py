"""A file that opens with a passphrase only: scrypt makes the key, AES-256-GCM locks one piece after another.

The file is MAGIC, 16 bytes of salt, then pieces of at most PIECE bytes with their tags. Each piece is bound to its
place and the last one says that it is the last, so nothing can be changed, left out, put elsewhere or cut off.
"""

from __future__ import annotations

import io
import os
import unicodedata
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext as _

MAGIC = b"between-sessions-backup/1\n"
SALT, TAG = 16, 16
PIECE = 1024 * 1024
MEMORY_COST = 2**17  # with r=8: 128 MiB and about half a second for every guess


class NotOurFile(Exception):
    """The file is no backup, or one of a format that this version does not know."""


class CannotOpen(Exception):
    """The passphrase is wrong, or the file was changed or cut off: the two cannot be told apart at the first piece."""


class Locking:
    """Lock what is written; `finish` writes the last piece. The file below stays open."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        salt = os.urandom(SALT)
        file.write(MAGIC + salt)
        self._file, self._cipher = file, _cipher(passphrase, salt)
        self._waiting, self._place = bytearray(), 0

    def write(self, data: bytes) -> None:
        """Take all of `data`; whole pieces go to the file at once. Raises OSError as the file does."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def finish(self) -> None:
        """Write the last piece. Without it nobody can open the file."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._place, last), piece, MAGIC))
        self._place += 1


class Unlocked(io.RawIOBase):
    """Read what `Locking` wrote. Nothing is given out before its piece is proven."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        """Raises NotOurFile."""
        if file.read(len(MAGIC)) != MAGIC:
            raise NotOurFile(_("This is not a backup that this version can read."))
        self._file, self._cipher = file, _cipher(passphrase, file.read(SALT))
        self._ahead, self._place = file.read(PIECE + TAG), 0
        self._ready, self._ended = b"", False

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill `buffer` as far as the present piece goes. Raises CannotOpen."""
        while not self._ready and not self._ended:
            self._next()
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _next(self) -> None:
        piece, self._ahead = self._ahead, self._file.read(PIECE + TAG)
        self._ended = not self._ahead
        try:
            self._ready = self._cipher.decrypt(_nonce(self._place, self._ended), piece, MAGIC)
        except (InvalidTag, ValueError):
            first = _("The passphrase is wrong, or the file is damaged.")
            raise CannotOpen(_("The file is damaged or not whole.") if self._place else first) from None
        self._place += 1


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    secret = unicodedata.normalize("NFC", passphrase).encode()
    return AESGCM(Scrypt(salt=salt, length=32, n=MEMORY_COST, r=8, p=1).derive(secret))


def _nonce(place: int, last: bool) -> bytes:
    """The key is used for one file only, so the place makes the nonce."""
    return place.to_bytes(11, "big") + bytes([last])

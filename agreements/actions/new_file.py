"""A file that is either whole and on the disk, or not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def whole_or_nothing(to: Path) -> Iterator[IO[bytes]]:
    """A file beside `to`, for its owner only, that takes the name `to` when all went well, and goes when not.

    Raises OSError, also when the disk is full.
    """
    with tempfile.NamedTemporaryFile(dir=to.parent, prefix=f".{to.name}.", delete=False) as part:
        try:
            yield part
            part.flush()
            os.fsync(part.fileno())
            os.rename(part.name, to)
        finally:
            Path(part.name).unlink(missing_ok=True)
    folder = os.open(to.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the new name is on the disk too
    finally:
        os.close(folder)

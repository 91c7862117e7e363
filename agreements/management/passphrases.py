"""Where a password or passphrase comes from: a file, the environment or a person at the keyboard, never an option."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path


class NoSecret(Exception):
    """None was given; the words say how to give one."""


def from_file(name: str) -> str:
    """The first line of the file, without its line break. Raises NoSecret."""
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NoSecret(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    if not lines or not lines[0]:
        raise NoSecret(f"{name} is empty.")
    return lines[0]


def asked(*, what: str, option: str, file: str | None, variable: str = "", twice: bool) -> str:
    """From `file`, else from the environment, else typed in, twice where it is new. Raises NoSecret."""
    if file:
        return from_file(file)
    if given := os.environ.get(variable, ""):
        return given
    if not sys.stdin.isatty():
        raise NoSecret(f"There is nobody to ask for the {what}. Give it with {option}.")
    typed = getpass(f"{what[0].upper()}{what[1:]}: ")
    if not typed:
        raise NoSecret(f"No {what} was given.")
    if twice and getpass("The same again: ") != typed:
        raise NoSecret("The two are not the same.")
    return typed

"""How our commands end when they do not end well: one plain line on standard error and a code an operator can test."""

from __future__ import annotations

from typing import NoReturn

from django.core.management.base import BaseCommand

REFUSED, CANNOT_RUN = 1, 2


def refuse(command: BaseCommand, words: str) -> NoReturn:
    """1: the command ran, and the answer is no."""
    command.stderr.write(words)
    raise SystemExit(REFUSED)


def cannot_run(command: BaseCommand, words: str) -> NoReturn:
    """2: something the command needs is missing."""
    command.stderr.write(words)
    raise SystemExit(CANNOT_RUN)

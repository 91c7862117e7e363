"""Reads of sealed agreements need no drawn PDF."""

from tests.actions.conftest import quick_seal

__all__ = ["quick_seal"]

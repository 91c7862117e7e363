"""The browser and the running product, as in tests/browser."""

from tests.browser.conftest import chromium, clock, opened, therapist

__all__ = ["chromium", "clock", "opened", "therapist"]

"""Every test here sees the builders’ day on the clock; the practice is made once for a module."""

from tests.doors import on_the_day
from tests.views.conftest import house

__all__ = ["house", "on_the_day"]

"""`send_reminders --loop` in a process of its own that begins at once: what it needs is loaded before it is forked.

Imported by the process that forks, which has the tests' database and mail server in its environment.
"""

from __future__ import annotations

import os

import django
from django.core.management import call_command

if "ENDURANCE" in os.environ:  # in that process only: pytest has its own settings
    django.setup()
    import agreements.urls  # noqa: F401  what the first message would load


def work() -> None:
    """Until somebody says stop, or kills it."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        call_command("send_reminders", "--loop", stdout=nowhere)

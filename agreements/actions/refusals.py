"""Why an action did nothing. Views turn each into words at the right place; nothing was written when one is raised."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """An action that was not carried out; `str()` is a plain sentence for the two in the room."""


class NotNow(Refused):
    """The draft, version or agreement is not in a state that allows this."""


class Stale(Refused):
    """Somebody changed the same value elsewhere. `saved` is the row as it now stands."""

    def __init__(self, words: str, saved: Any) -> None:
        super().__init__(words)
        self.saved = saved


class Unsafe(Refused):
    """A safety rule forbids it. `findings` are rules.safety.Finding, each with the rule's id."""

    def __init__(self, findings: list[Any]) -> None:
        super().__init__(" ".join(str(finding.words) for finding in findings))
        self.findings = findings


class Unreadable(Refused):
    """What was posted or given as a file cannot be understood; the words say which part, `field` where it stands."""

    def __init__(self, words: str, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field

"""Why an action did nothing. Views turn each into words at the right place; nothing was written when one is raised."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


class Refused(Exception):
    """An action that was not carried out; `str()` is a plain sentence for the two in the room."""


class NotNow(Refused):
    """The draft, version or agreement is not in a state that allows this."""


class Stale(Refused):
    """Somebody changed it elsewhere. `saved` is the row as it now stands."""

    def __init__(self, words: str, saved: Any) -> None:
        super().__init__(words)
        self.saved = saved


class Clash(Stale):
    """Two answers to the same question: `saved`, and `wanted`, which was given here.

    With `until` the term was to stay open, with that role's answer till then.
    """

    def __init__(self, saved: Any, wanted: Any, until: str = "") -> None:
        super().__init__(_("This was changed elsewhere."), saved)
        self.wanted, self.until = wanted, until


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

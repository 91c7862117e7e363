"""The journey's pages in order (moments.md, "Journey"), and where the two are in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agreements.rules.vocabulary import AskedOn, Outcome, Role


class Step(StrEnum):
    """One page of the journey. The order of members is the order of the session."""

    PREPARE = "prepare"
    START = "start"
    BOX = "box"
    PRIVACY = "privacy"
    TURN = "turn"
    SEEN = "seen"
    TALK = "talk"
    HARD = "hard"
    HOW = "how"
    WHAT_IF = "what-if"
    READ = "read"
    SHORT = "short"
    SIGN = "sign"
    KEPT = "kept"


WHOLE = (
    Step.PREPARE, Step.START, Step.BOX, Step.PRIVACY, Step.TURN, Step.SEEN, Step.TALK,
    Step.HARD, Step.HOW, Step.WHAT_IF, Step.READ, Step.SIGN, Step.KEPT,
)  # fmt: skip
BRIEF = (Step.START, Step.BOX, Step.SHORT, Step.KEPT)
TAKEN_BY_BUTTON = (
    Step.PREPARE, Step.START, Step.BOX, Step.TURN, Step.SEEN, Step.HARD, Step.HOW, Step.WHAT_IF,
)  # fmt: skip
FIRST_THREE = "first three"  # kept beside the pages: the two talk about three differences today, the rest stays open
SIGNERS = (Role.CLIENT, Role.THERAPIST)  # who always signs; who else must is set for each agreement (rules/signing.py)


@dataclass(frozen=True)
class Progress:
    """What is known of a draft: pages finished by a button, clauses still undecided by page, and what was signed.

    `frozen` means that a version stands for the draft as it is now; `signed` are the people, by key, who signed that
    version, `signers` those who must; `turns_left`: a partner has not answered yet.
    """

    outcome: str = Outcome.TEXTING
    taken: frozenset[str] = frozenset()
    undecided: frozenset[str] = frozenset()
    frozen: bool = False
    signed: frozenset[str] = frozenset()
    kept: bool = False
    signers: frozenset[str] = frozenset(SIGNERS)
    turns_left: bool = False


def journey(outcome: str) -> tuple[Step, ...]:
    """The pages of this journey. "No texting" and "not for now" are short and whole (H14)."""
    return WHOLE if outcome == Outcome.TEXTING else BRIEF


def finished(step: Step, progress: Progress) -> bool:
    """Whether the two are done with a page."""
    if step in (Step.KEPT, Step.SHORT):
        return progress.kept
    if step is Step.SIGN:
        return progress.kept or progress.frozen and progress.signed >= progress.signers
    if step is Step.READ:
        return progress.kept or progress.frozen
    asked = {
        Step.PRIVACY: AskedOn.PRIVACY, Step.TALK: AskedOn.TURN, Step.HARD: AskedOn.HARD, Step.HOW: AskedOn.HOW,
    }.get(step)  # fmt: skip
    if step is Step.TURN and progress.turns_left:
        return False
    answered = asked is None or asked not in progress.undecided
    return answered and (step not in TAKEN_BY_BUTTON or step in progress.taken)


def next_step(progress: Progress) -> Step:
    """The first page that is not finished: where the next visit opens. A kept record opens at its last page."""
    if progress.kept:
        return Step.KEPT
    return next((step for step in journey(progress.outcome) if not finished(step, progress)), Step.KEPT)


def may_open(step: Step, progress: Progress) -> bool:
    """A page opens when every page before it is finished. Once the record is kept only the last page opens."""
    pages = journey(progress.outcome)
    if step not in pages:
        return False
    if progress.kept:
        return step is Step.KEPT
    return pages.index(step) <= pages.index(next_step(progress))

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
    SINCE = "since"
    SINCE_THERAPIST = "since-therapist"
    WORKS = "works"
    AGAIN = "again"
    CHANGES = "changes"
    SIGN = "sign"
    KEPT = "kept"


WHOLE = (
    Step.PREPARE, Step.START, Step.BOX, Step.PRIVACY, Step.TURN, Step.SEEN, Step.TALK,
    Step.HARD, Step.HOW, Step.WHAT_IF, Step.READ, Step.SIGN, Step.KEPT,
)  # fmt: skip
LOOKING_AGAIN = (
    Step.BOX, Step.SINCE, Step.SINCE_THERAPIST, Step.WORKS, Step.AGAIN, Step.CHANGES, Step.SIGN, Step.KEPT,
)  # fmt: skip
BRIEF = (Step.START, Step.BOX, Step.SHORT, Step.KEPT)
TAKEN_BY_BUTTON = (
    Step.PREPARE, Step.START, Step.BOX, Step.TURN, Step.SEEN, Step.HARD, Step.HOW, Step.WHAT_IF,
    Step.SINCE, Step.SINCE_THERAPIST, Step.WORKS,
)  # fmt: skip
OF_THE_THERAPIST = {Step.TURN: Step.PREPARE, Step.SINCE: Step.SINCE_THERAPIST}  # pages that each has alone
FIRST_THREE = "first three"  # kept beside the pages: the two talk about three differences today, the rest stays open
SIGNERS = (Role.CLIENT, Role.THERAPIST)  # who always signs; who else must is set for each agreement (rules/signing.py)


@dataclass(frozen=True)
class Progress:
    """What is known of a draft: pages finished by a button, clauses still undecided by page, and what was signed.

    `frozen` means that a version stands for the draft as it is now; `signed` are the people, by key, who signed that
    version, `signers` those who must; `turns_left`: a partner has not answered yet. `again`: the two look at what they
    signed; `looked`: they did, and keep it as it is.
    """

    outcome: str = Outcome.TEXTING
    again: bool = False
    looked: bool = False
    taken: frozenset[str] = frozenset()
    undecided: frozenset[str] = frozenset()
    frozen: bool = False
    signed: frozenset[str] = frozenset()
    kept: bool = False
    signers: frozenset[str] = frozenset(SIGNERS)
    turns_left: bool = False


def own_page(step: Step, key: str) -> str:
    """The name under which it is written down that this person, by key, is done with a page that each has alone."""
    if key == Role.THERAPIST:
        return OF_THE_THERAPIST[step]
    return step if key == Role.CLIENT else f"{step} {key}"


def journey(outcome: str, again: bool = False) -> tuple[Step, ...]:
    """The pages of this journey. "No texting" and "not for now" are short and whole (H14)."""
    if outcome != Outcome.TEXTING:
        return BRIEF
    return LOOKING_AGAIN if again else WHOLE


def reading(outcome: str, again: bool = False) -> Step:
    """The page of a journey from which it is frozen: there the two read what the paper will say."""
    if outcome != Outcome.TEXTING:
        return Step.SHORT
    return Step.CHANGES if again else Step.READ


def finished(step: Step, progress: Progress) -> bool:
    """Whether the two are done with a page."""
    if step in (Step.KEPT, Step.SHORT):
        return progress.kept
    if step is Step.SIGN:
        return progress.kept or progress.frozen and progress.signed >= progress.signers
    if step in (Step.READ, Step.CHANGES):
        return progress.kept or progress.frozen
    if step is Step.AGAIN:
        return not progress.undecided
    asked = {
        Step.PRIVACY: AskedOn.PRIVACY, Step.TALK: AskedOn.TURN, Step.HARD: AskedOn.HARD, Step.HOW: AskedOn.HOW,
    }.get(step)  # fmt: skip
    if step in OF_THE_THERAPIST and progress.turns_left:
        return False
    answered = asked is None or asked not in progress.undecided
    return answered and (step not in TAKEN_BY_BUTTON or step in progress.taken)


def next_step(progress: Progress) -> Step:
    """The first page that is not finished: where the next visit opens. A kept record opens at its last page, and what
    was looked at without a change at the page that says so.
    """
    if progress.kept:
        return Step.KEPT
    if progress.looked:
        return Step.CHANGES
    pages = journey(progress.outcome, progress.again)
    return next((step for step in pages if not finished(step, progress)), Step.KEPT)


def may_open(step: Step, progress: Progress) -> bool:
    """A page opens when every page before it is finished. Once the record is kept only the last page opens; once the
    two have looked and changed nothing, only the page that says so.
    """
    pages = journey(progress.outcome, progress.again)
    if progress.kept or progress.looked:
        return step is next_step(progress)
    if step not in pages:
        return False
    return pages.index(step) <= pages.index(next_step(progress))

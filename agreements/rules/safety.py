"""The safety rules that judge what an agreement holds, before anyone signs or seals it (docs/rules.md, H1-H28).

Each rule is a function of the record that gives findings: what to do, in kind words, and where. The caller activates
the record's language. What the box and its rows must be stands in safety_box.py, what words must not say in
safety_words.py, the rest here; rules that are kept elsewhere stand in safety_places.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from agreements.rules.record import AgreementRecord
from agreements.rules.safety_box import (
    Check,
    box_facts,
    expires_on,
    h01,
    h02,
    h03,
    h04,
    h05,
    h16,
    h17,
    h18,
    names,
    row_words,
)
from agreements.rules.safety_finding import Finding
from agreements.rules.safety_phrases import lacks, rests
from agreements.rules.safety_places import PLACES
from agreements.rules.safety_texts import all_words, answered, term_on
from agreements.rules.safety_words import h06, h07, h08, h09, h10, h11, h12, h14_typed, h17_typed, h22, h26, h28
from agreements.rules.topics import FIVE
from agreements.rules.vocabulary import Outcome, Role, TermState

__all__ = ["PLACES", "Check", "Finding", "box_facts", "expires_on", "findings"]


def findings(
    record: AgreementRecord, *, today: date, checks: Mapping[str, Check], opened: date | None = None
) -> list[Finding]:
    """Everything the rules find. `checks` maps resource keys to their latest check.

    `today` is the practice's local date; `opened` the one on which the session began, if it began before midnight.
    """
    rules = (
        h01,
        h02,
        h03,
        h04,
        h05,
        h06,
        h07,
        h08,
        h09,
        h10,
        h11,
        h12,
        h13,
        h14_typed,
        h16,
        h17_typed,
        h18,
        h20,
        h22,
        h23,
        h24,
        h25,
        h26,
        h28,
        row_words,
        names,
        five,
    )
    found = [finding for rule in rules for finding in rule(record)]
    return found + h17(record, today=today, checks=checks, opened=opened or today)


def h13(record: AgreementRecord) -> list[Finding]:
    """The client's choice about ordinary texts is made, not left open."""
    if record.outcome != Outcome.TEXTING:
        return []
    term = term_on(record, "privacy")
    if term and term.state == TermState.AGREED and answered(record, "privacy"):
        refused = {"secure_app", "no_ordinary"} & set(term.value.chosen)
        if not (refused and record.channel and record.channel.ordinary):
            return []
        words = _("%(name)s chose no ordinary texts. Please choose another way for messages.")
        return [Finding("H13", words % {"name": record.party(Role.CLIENT).called}, "privacy")]
    return [Finding("H13", _("Please choose first whether ordinary texts are all right."), "privacy")]


def h20(record: AgreementRecord) -> list[Finding]:
    """Where a guardian is part of it, the young person is told what they see. Nobody changes the box: that is H5."""
    term = term_on(record, "guardian")
    if record.outcome != Outcome.TEXTING:
        return []
    if term is None:
        words = _("A guardian takes part, and nothing here says what a guardian sees. Please begin with one that does.")
        return [Finding("H20", words, "guardian")] if record.people(Role.GUARDIAN) else []
    if term.state != TermState.AGREED or not answered(record, "guardian"):
        return [Finding("H20", _("Please choose first what a guardian sees."), term.key)]
    if lacks("H20", record.language, term.words):
        words = _("This must tell %(name)s what a guardian sees.")
        return [Finding("H20", words % {"name": record.party(Role.CLIENT).called}, term.key)]
    return []


def h23(record: AgreementRecord) -> list[Finding]:
    """A texting agreement says whether texts go on while the therapist is away; step 2 of the box covers that time."""
    if record.outcome != Outcome.TEXTING or answered(record, "away"):
        return []
    words = _("Please say whether texting goes on while %(name)s is away.")
    return [Finding("H23", words % {"name": record.party(Role.THERAPIST).called}, "away")]


def h24(record: AgreementRecord) -> list[Finding]:
    """Where coaching or texting rests for hours after self-harm, what never rests stands beside it."""
    words = _(
        "A pause after self-harm must say this too: medical care comes first, and the crisis steps and talks to "
        "repair never wait."
    )
    says = [(term, term.interim.words if term.interim else term.words) for term in record.terms]
    return [
        Finding("H24", words, term.key)
        for term, text in says
        if rests(record.language, text, coaching=term.topic == "coaching") and lacks("H24", record.language, text)
    ]


def h25(record: AgreementRecord) -> list[Finding]:
    """A texting agreement says what texting costs, if only that it costs nothing."""
    if record.outcome != Outcome.TEXTING or not lacks("H25", record.language, all_words(record)):
        return []
    return [Finding("H25", _("Please say what texting costs, even if it costs nothing."), "privacy")]


def five(record: AgreementRecord) -> list[Finding]:
    """The five answers the origin pair lacked, each given on its own, and a day for the next look."""
    if record.outcome != Outcome.TEXTING:
        return []
    therapist = {"name": record.party(Role.THERAPIST).called}
    asks = {
        "limit": _("Not said yet: what %(name)s can do without strain, and what it depends on.") % therapist,
        "too_much": _("Not said yet: how you tell each other that it is too much, or too little."),
        "look_again": _("Not said yet: when you look at this again."),
        "notice": _("Not said yet: how long before a change %(name)s says so.") % therapist,
        "ending": _("Not said yet: how texting would end, and what takes its place."),
    }
    found = [Finding("FIVE", asks[key], key) for key in FIVE if not answered(record, key)]
    if record.review_on is None or record.review_on <= record.made_on:
        found.append(Finding("FIVE", _("Please choose the day on which you look at this again."), "look_again"))
    return found

"""What is not the same in the version that takes another's place: a line on the new paper, and what was said before."""

from __future__ import annotations

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from agreements.rules.record import AgreementRecord, TermRecord
from agreements.rules.record_parts import WasRecord

NUMBER = re.compile(r"\d(?:[ \u00a0().\u2011/-]*\d){2,}")  # three digits or more: 988, (555) 010-0143


def since(before: AgreementRecord, after: AgreementRecord) -> tuple[str, ...]:
    """What changed, each thing once: terms by their headings, in the order of the new paper.

    Words count, not dates. The caller activates the language of the agreement.
    """
    if before.outcome != after.outcome:
        return (_("from “%(was)s” to “%(now)s”") % {"was": before.outcome.label, "now": after.outcome.label},)
    return (*_terms(before, after), *around(before, after)) or (_("nothing"),)


def same(before: AgreementRecord, after: AgreementRecord) -> bool:
    """Whether the new paper would say what the old one says: then nobody signs again. Dates do not count."""
    same_frame = (before.outcome, before.edition) == (after.outcome, after.edition)
    return same_frame and not (terms(before, after) or around(before, after))


def terms(before: AgreementRecord, after: AgreementRecord) -> list[tuple[TermRecord | None, TermRecord | None]]:
    """What each term that is not the same was and is now, in the order of the new paper; None where it is not there."""
    old, new = ({term.key: term for term in record.terms} for record in (before, after))
    changed = [(old.get(key), term) for key, term in new.items() if key not in old or _said(old[key]) != _said(term)]
    return [*changed, *((term, None) for key, term in old.items() if key not in new)]


def was(before: AgreementRecord, after: AgreementRecord) -> tuple[WasRecord, ...]:
    """What the changed and the left out terms said, in the order of the old paper; nothing where the outcome changed.

    Words with a number in them that somebody might call are not said again: it may be wrong by now.
    """
    if before.outcome != after.outcome:
        return ()
    new = {term.key: _said(term) for term in after.terms}
    changed = [term for term in before.terms if new.get(term.key) != _said(term)]
    return tuple(WasRecord(term.heading, _without_numbers(term)) for term in changed)


def _without_numbers(term: TermRecord) -> str:
    words = term.interim.words if term.interim else term.words
    return "" if NUMBER.search(words) else words


def _terms(before: AgreementRecord, after: AgreementRecord) -> list[str]:
    found = []
    for was, now in terms(before, after):
        if now is None:
            found.append(_("%(heading)s (left out)") % {"heading": was.heading if was else ""})
        else:
            found.append(now.heading if was else _("%(heading)s (new)") % {"heading": now.heading})
    return found


def _said(term: TermRecord) -> tuple[str, str, str]:
    return term.state, term.words, term.interim.words if term.interim else ""


def around(before: AgreementRecord, after: AgreementRecord) -> list[str]:
    """What stands outside the terms: the box, where texts go, who they are, how to reach the practice."""
    was, now = before.box, after.box
    apart = {
        _("the crisis steps"): (was.steps, was.last, was.more) != (now.steps, now.last, now.more),
        _("where texts go"): before.channel != after.channel,
        _("the names"): before.parties != after.parties,
        _("how to reach the practice"): replace(before.practice, zone="") != replace(after.practice, zone=""),
    }
    return [words for words, differs in apart.items() if differs]

"""A note to paste into a health record: what the paper says about itself, and the copy given. Never writes."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import CopyRecord, Practice, Version
from agreements.rules.digest import check_code
from agreements.rules.record import AgreementRecord
from agreements.rules.record_people import between, parties
from agreements.rules.vocabulary import CopyGiven, SignatureKind, TermState


def note(version: Version) -> str:
    """The lines, in the language of the screen; nothing that the paper does not show but the copy that was given.

    Terms are named, not told.
    """
    record = AgreementRecord.from_json(version.snapshot)
    lines = [_head(record), *between(record)[1:], *_signed(version), *_agreed(record), *_copies(version)]
    lines.append(_("The crisis steps stand first on page 1 and on a card: %(steps)s") % {"steps": _crisis(record)})
    lines.append(_("Check code %(code)s.") % {"code": check_code(version.digest)})
    return "\n".join(lines)


def _head(record: AgreementRecord) -> str:
    facts = {
        "kind": record.outcome.label,
        "number": record.number,
        "day": date_format(record.made_on, "j F Y"),
        "people": parties(record),
    }
    return _("%(kind)s, version %(number)s of %(day)s, between %(people)s.") % facts


def _signed(version: Version) -> list[str]:
    lines = []
    for row in version.signatures.select_related("party").order_by("at"):
        day = date_format(row.at.astimezone(ZoneInfo(row.zone)), "j F Y")
        facts = {"name": row.name or row.party.name, "how": SignatureKind(row.kind).label, "day": day}
        on_paper = row.kind == SignatureKind.PAPER
        lines.append((_("%(name)s signed %(how)s.") if on_paper else _("%(name)s signed %(how)s, %(day)s.")) % facts)
    return lines


def _agreed(record: AgreementRecord) -> list[str]:
    lines = []
    if record.channel:
        channel = {"channel": record.channel.kind.label, "number": record.channel.number}
        lines.append(_("Texts go by: %(channel)s, %(number)s.") % channel)
    if record.terms:
        headings = ", ".join(term.heading for term in record.terms)
        lines.append(_("Terms: %(headings)s.") % {"headings": headings})
    if still := [term.heading for term in record.terms if term.state == TermState.OPEN]:
        lines.append(_("Left open for now: %(headings)s.") % {"headings": ", ".join(still)})
    if record.changed:
        lines.append(_("Changed since the version before: %(what)s.") % {"what": ", ".join(record.changed)})
    if record.review_on:
        lines.append(_("We look at it again on %(day)s.") % {"day": date_format(record.review_on, "j F Y")})
    return lines


def _copies(version: Version) -> list[str]:
    """What the client took home, each kind once with its first day; nothing where nobody said."""
    zone, days = ZoneInfo(Practice.objects.get().zone), dict[str, str]()
    for copy in CopyRecord.objects.filter(document__version=version).order_by("at"):
        days.setdefault(str(CopyGiven(copy.kind).label), date_format(copy.at.astimezone(zone), "j F Y"))
    given = "; ".join(f"{label}, {day}" for label, day in days.items())
    return [_("Copy for the client: %(given)s.") % {"given": given}] if given else []


def _crisis(record: AgreementRecord) -> str:
    return " ".join(step.line for step in record.box.steps[:2])

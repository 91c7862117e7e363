"""A note to paste into a health record: what the paper says about itself, and the copy given. Never writes."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import CopyRecord, Practice, Version
from agreements.reads import afterwards
from agreements.rules.digest import check_code
from agreements.rules.record import AgreementRecord
from agreements.rules.record_people import between, parties
from agreements.rules.vocabulary import CopyGiven, SignatureKind, TermState
from agreements.rules.wording import one_stop


def note(version: Version, *, now: datetime) -> str:
    """The lines, in the language of the screen; nothing that the paper does not show but the copy that was given, and
    what became of the paper by `now` (UTC): a health record must not say that it holds when it does not.

    Terms are named, not told.
    """
    record = AgreementRecord.from_json(version.snapshot)
    became = afterwards.of(version.document, now)
    lines = [_head(record), *_became(became), *between(record)[1:], *_signed(version), *_agreed(record)]
    lines += [*_look_again(version, became), *_copies(version)]
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
    return one_stop(_("%(kind)s, version %(number)s of %(day)s, between %(people)s.") % facts)


def _signed(version: Version) -> list[str]:
    lines = []
    for row in version.signatures.select_related("party", "seen_ink").order_by("at"):
        by_hand = _("%(name)s signed by hand on paper.")
        if row.intent and not hasattr(row, "seen_ink"):
            by_hand = _("%(name)s signs by hand on paper. Nobody has written down yet that it is done.")
        day = date_format(row.at.astimezone(ZoneInfo(row.zone)), "j F Y")
        says = {
            SignatureKind.DRAWN: _("%(name)s signed by drawing on screen, %(day)s."),
            SignatureKind.TYPED: _("%(name)s signed by typing on screen, %(day)s."),
            SignatureKind.PAPER: by_hand,
        }[SignatureKind(row.kind)]
        lines.append(says % {"name": row.name or row.party.name, "day": day})
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
    return lines


def _became(became: afterwards.Afterwards) -> list[str]:
    """Replaced, stopped, or about to end; nothing while the paper simply holds."""
    lines = []
    if became.newer and became.replaced_on:
        facts = {"day": date_format(became.replaced_on, "j F Y"), "number": became.newer.number}
        lines.append(_("Replaced on %(day)s by version %(number)s. It is no longer in force.") % facts)
    if became.ends_on and (became.over or became.announced):
        said = _("Texting ends on %(day)s. Until then this holds.")
        if became.over:
            planned = _("Texting ended as planned on %(day)s. This is no longer in force.")
            said = planned if became.planned else _("Texting stopped on %(day)s. This is no longer in force.")
        lines.append(said % {"day": date_format(became.ends_on, "j F Y")})
    return lines


def _look_again(version: Version, became: afterwards.Afterwards) -> list[str]:
    """The day of the look as it stands now, as long as there will be one."""
    review = getattr(version, "review", None)
    if review is None or not became.in_force or (became.ends_on and became.ends_on <= review.due_on):
        return []
    return [_("We look at it again on %(day)s.") % {"day": date_format(review.due_on, "j F Y")}]


def _copies(version: Version) -> list[str]:
    """What the client took home, each kind once with its first day; nothing where nobody said."""
    zone, days = ZoneInfo(Practice.objects.get().zone), dict[str, str]()
    for copy in CopyRecord.objects.filter(document__version=version).order_by("at"):
        days.setdefault(str(CopyGiven(copy.kind).label), date_format(copy.at.astimezone(zone), "j F Y"))
    given = "; ".join(f"{label}, {day}" for label, day in days.items())
    return [_("Copy for the client: %(given)s.") % {"given": given}] if given else []


def _crisis(record: AgreementRecord) -> str:
    return " ".join(step.line for step in record.box.steps[:2])

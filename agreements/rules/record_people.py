"""Who an agreement is between, and what stands under a signature: the sentences of the paper. The caller activates the
language.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.rules.record import AgreementRecord, PartyRecord
from agreements.rules.vocabulary import Role, SignatureKind
from agreements.rules.wording import listed, one_stop


def parties(record: AgreementRecord) -> str:
    """The names of those the paper is between: the client, partners, the therapist."""
    return _names(record.people(Role.CLIENT, Role.PARTNER, Role.THERAPIST))


def given_to(record: AgreementRecord) -> str:
    """The names of those the therapist gives a page to that goes with the paper: all others who sign it."""
    return _names(_signing(record, Role.CLIENT, Role.PARTNER, Role.GUARDIAN, Role.COVERING))


def signed_too(record: AgreementRecord) -> list[str]:
    """Who signed besides those the paper is between; nothing where nobody did."""
    others = _signing(record, Role.GUARDIAN, Role.COVERING)
    return [_("%(people)s signed too.") % {"people": _names(others)}] if others else []


def between(record: AgreementRecord) -> list[str]:
    """Whom the paper is between, who consents, who stands in, and who helps and is no party."""
    lines = [one_stop(_("Between %(people)s.") % {"people": parties(record)})]
    guardians, covering = record.people(Role.GUARDIAN), record.people(Role.COVERING)
    if consent := [party for party in guardians if not party.named_only]:
        words = ngettext("%(people)s consents as guardian.", "%(people)s consent as guardians.", len(consent))
        lines.append(words % {"people": _names(consent)})
    if named := [party for party in guardians if party.named_only]:
        words = ngettext(
            "%(people)s is a guardian and does not sign.", "%(people)s are guardians and do not sign.", len(named)
        )
        lines.append(words % {"people": _names(named)})
    if covering:
        facts = {"people": _names(covering), "therapist": record.party(Role.THERAPIST).called}
        words = ngettext(
            "%(people)s stands in when %(therapist)s is away.",
            "%(people)s stand in when %(therapist)s is away.",
            len(covering),
        )
        lines.append(words % facts)
    says = {
        Role.INTERPRETER: _("Helped by %(name)s, interpreter; not a party."),
        Role.HELPER: _("Helped by %(name)s; not a party."),
    }
    lines += [says[party.role] % {"name": party.name} for party in record.people(*says)]
    return lines


def under_signature(kind: SignatureKind, *, intent: str, agreed: str, known: str, code: str) -> list[str]:
    """The facts under a signature, a paragraph each. One from before they were kept says what it always said."""
    if not intent:
        return [_before_facts(kind)]
    how = {
        SignatureKind.DRAWN: _("Drawn on screen."),
        SignatureKind.TYPED: _("Typed on screen."),
        SignatureKind.PAPER: _("By hand on paper."),
    }
    text = _("For check code %(code)s.") % {"code": code}
    return [" ".join(filter(None, line)) for line in ((intent, how[kind], agreed), (known, text))]


def _before_facts(kind: SignatureKind) -> str:
    return {
        SignatureKind.DRAWN: _("Drawn on screen. I mean this as my signature, and I agree to sign on a screen."),
        SignatureKind.TYPED: _("Typed on screen. I mean this as my signature, and I agree to sign on a screen."),
        SignatureKind.PAPER: _("By hand on paper. I mean this as my signature."),
    }[kind]


def _signing(record: AgreementRecord, *roles: Role) -> list[PartyRecord]:
    return [party for party in record.people(*roles) if not party.named_only]


def _names(people: list[PartyRecord]) -> str:
    return listed([party.name for party in people])

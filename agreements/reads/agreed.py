"""What a signed agreement says about its own change and end, in the words of its paper. Never writes."""

from __future__ import annotations

from agreements.models import Agreement, Version
from agreements.rules.record import AgreementRecord
from agreements.rules.vocabulary import Outcome


def last_signed(agreement: Agreement) -> Version | None:
    """The newest sealed version in which the two text; None where there is none."""
    return agreement.versions.filter(document__isnull=False, outcome=Outcome.TEXTING).order_by("number").last()


def notice(agreement: Agreement) -> str:
    """How long before a change the therapist says so, as the newest texting paper has it; "" where there is none."""
    signed = last_signed(agreement)
    terms = AgreementRecord.from_json(signed.snapshot).terms if signed else ()
    return next((term.interim.words if term.interim else term.words for term in terms if term.topic == "notice"), "")

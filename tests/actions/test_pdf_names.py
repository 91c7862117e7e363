"""Names that end with a full stop, in the sentences of our own that stand on pages made when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from agreements.actions import pdf, pdf_blank, pdf_draft, pdf_guardian
from agreements.actions.pdf_page import Run
from agreements.rules.record import AgreementRecord, PartyRecord
from agreements.rules.record_people import between
from agreements.rules.vocabulary import Role
from tests.papers import take_home
from tests.records import a_record

CODE = "9f3c 71ab 20de 44c8"


@pytest.fixture
def record() -> AgreementRecord:
    """Everybody's name, and that of the practice, ends with a full stop."""
    found = a_record()
    roles = (Role.CLIENT, Role.GUARDIAN, Role.GUARDIAN, Role.THERAPIST)
    people = zip(roles, ("Noor B.", "Ana B.", "Rafi B.", "Lee K."), strict=True)
    parties = tuple(PartyRecord(role, name, name.split()[0]) for role, name in people)
    return replace(found, parties=parties, practice=replace(found.practice, name="Oak Inc.", phone=""))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What pages are to show, as their templates are given it in runs; nothing is set."""
    shown: list[str] = []
    monkeypatch.setattr(pdf, "made", lambda _template, context, _says: shown.append(" ".join(_runs(context))))
    return shown


def _runs(value: object) -> Iterator[str]:
    if isinstance(value, list) and value and all(isinstance(each, Run) for each in value):
        yield "".join(run.text for run in value)
    elif isinstance(value, dict):
        yield from _runs(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _runs(each)


def test_no_page_has_two_full_stops_after_a_name(record: AgreementRecord, made: list[str]) -> None:
    pdf_guardian.render(record, CODE)
    pdf_draft.render(take_home(record))
    pdf_blank.render(take_home(record), "An edition 1", (Role.CLIENT, Role.THERAPIST))
    assert [said for said in (*made, *between(record)) if ".." in said] == []
    assert "For Ana B. and Rafi B. It goes with the texting agreement of Noor B. and Lee K." in made[0]
    assert ["Practice: Oak Inc." in said for said in made[1:]] == [True, True]

"""The paper is made once before anybody signs: what cannot be printed is found while it can still be changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.actions import pdf, sample_paper, sealing
from agreements.actions.refusals import NotNow
from agreements.models import Draft, Version
from agreements.rules.steps import Step
from tests import builders
from tests.builders import NOW
from tests.conftest import TRIAL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_try_on_paper", TRIAL[0])


def freeze(draft: Draft, now=NOW) -> Version:
    return sealing.freeze(draft=draft, by=draft.agreement.therapist, now=now)


@pytest.mark.parametrize(("step", "script"), [(Step.READ, None), (Step.SHORT, builders.NOT_FOR_NOW)])
def test_a_paper_that_cannot_be_made_is_frozen_by_nobody(monkeypatch, step, script) -> None:
    draft = builders.a_draft(until=step, script=script)
    with monkeypatch.context() as patch:
        patch.setattr(pdf, "render", lambda *_, **__: (_ for _ in ()).throw(pdf.RenderRefused("No letter for ☃.")))
        with pytest.raises(NotNow, match="The paper cannot be made yet: No letter for ☃."):
            freeze(draft)
    assert not Version.objects.exists()
    assert freeze(draft) == Version.objects.get()


def test_the_same_text_is_tried_once_a_day(monkeypatch) -> None:
    draft, tries = builders.a_draft(until=Step.READ), []
    monkeypatch.setattr(sample_paper, "paper_of", lambda room, now: tries.append(now))
    for later in (0, 1, 24, 25):
        freeze(draft, NOW + timedelta(hours=later))
    assert tries == [NOW, NOW + timedelta(days=1)]


def test_what_is_not_ready_is_not_tried(monkeypatch) -> None:
    monkeypatch.setattr(sample_paper, "paper_of", None)
    with pytest.raises(NotNow, match="Earlier pages come first."):
        freeze(builders.a_draft(until=Step.HOW))

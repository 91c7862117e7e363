"""A draft to take home: from the client page and from the room, until both have signed; it writes nothing."""

from __future__ import annotations

import pytest

from agreements.actions import drafting, pdf, pdf_draft, sealing
from agreements.models import Draft
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role, SignatureKind
from tests import builders
from tests.doors import Visitor, seen_by
from tests.papers import sheets
from tests.views.test_headers import contents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
LINK = "A draft to take home (PDF)"


def address(draft: Draft) -> str:
    return f"/room/{draft.pk}/draft-to-take-home.pdf"


def words_of(lee: Visitor) -> str:
    assert lee.page.response.headers["Content-Type"] == "application/pdf"
    return " ".join(sheets(lee.page.response.content))


@pytest.mark.parametrize("where", ["pause/", "read/"])
def test_in_session_mode_the_pause_and_the_reading_page_lead_to_it(where, to_read):
    lee = seen_by(at=f"/room/{to_read.pk}/{where}")
    lee.follow(LINK)
    assert lee.page.path == address(to_read)
    assert "Not signed. Nothing here counts yet." in words_of(lee)


def test_the_client_page_leads_to_it_and_its_name_says_nothing(to_read):
    lee = seen_by(at=f"/clients/{to_read.agreement.client_id}/")
    lee.follow(LINK)
    assert "A draft to take home" in words_of(lee)
    assert lee.page.response.headers["Content-Disposition"] == 'inline; filename="draft-to-take-home.pdf"'
    assert lee.page.response.headers["Cache-Control"] == "no-store"


def test_it_writes_nothing_and_cannot_be_posted(to_read):
    lee = seen_by(at=f"/clients/{to_read.agreement.client_id}/")
    before = contents()
    assert lee.open(address(to_read)).status == 200
    assert contents() == before
    assert lee.client.post(address(to_read)).status_code in (403, 405)


def test_in_session_mode_only_the_two_peoples_own_draft_is_there(to_read):
    other = builders.a_draft(until=Step.READ)
    lee = seen_by(at=f"/room/{to_read.pk}/")
    assert lee.client.get(address(other)).status_code == 403
    assert lee.client.get(address(to_read)).status_code == 200


def test_once_both_have_signed_there_is_no_draft():
    draft = builders.a_draft(until=Step.SIGN)
    by = draft.agreement.therapist
    for role, expected in ((Role.CLIENT, "Not signed by both."), (Role.THERAPIST, "")):
        party = draft.agreement.parties.get(role=role)
        digest = draft.versions.latest().digest
        facts = {"kind": SignatureKind.TYPED, "typed": party.name, "digest_seen": digest, "by": by}
        sealing.sign(draft=draft, role=role, now=builders.NOW, **facts)
        lee = seen_by(at=address(draft))
        if expected:
            assert expected in words_of(lee)
    assert lee.page.path == f"/room/{draft.pk}/kept/"


def test_a_round_that_was_laid_down_has_none(to_read):
    drafting.set_aside(draft=to_read, by=to_read.agreement.therapist, now=builders.NOW)
    assert seen_by().client.get(address(to_read)).headers["Location"] == f"/room/{to_read.pk}/"


@pytest.mark.parametrize("together", [True, False])
def test_a_page_that_did_not_come_out_says_why_and_leads_back(to_read, together, monkeypatch):
    def fail(html: str, styles: object) -> bytes:
        raise pdf.RenderRefused("The paper could not be set (too wide).")

    monkeypatch.setattr(pdf_draft.pdf, "set_page", fail)
    back = f"/room/{to_read.pk}/pause/" if together else f"/clients/{to_read.agreement.client_id}/"
    lee = seen_by(at=back)
    answer = lee.client.get(address(to_read), follow=True)
    assert [url for url, _status in answer.redirect_chain] == [back]
    assert "The paper could not be set (too wide)." in answer.content.decode()

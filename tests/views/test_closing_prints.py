"""Pages made when they are asked for: texting has ended, how we got there, blank forms."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.actions import endings
from agreements.models import Agreement
from agreements.rules.digest import check_code
from agreements.rules.vocabulary import Role, StopReason
from tests import builders, family
from tests.doors import seen_by
from tests.papers import sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
TODAY = builders.NOW.date()


def printed(url: str, username: str = "lee"):
    return seen_by(username).client.get(url)


def stopped(agreement: Agreement, **facts) -> tuple[str, ...]:
    now = builders.NOW + timedelta(minutes=40)
    endings.stop(agreement=agreement, effective_on=TODAY, by=agreement.therapist, now=now, **facts)
    answer = printed(f"/agreements/{agreement.pk}/ended/")
    assert answer.headers["Content-Disposition"] == 'inline; filename="texting-ended.pdf"'
    return sheets(answer.content)


def test_while_texting_goes_on_there_is_no_page_about_its_end(sealed):
    assert printed(f"/agreements/{sealed.agreement_id}/ended/").status_code == 404


def test_the_page_about_the_end_has_the_crisis_steps_first_and_no_reason_of_the_client(sealed):
    page, card = stopped(sealed.agreement, by_role=Role.CLIENT)
    assert page.startswith("1 · Danger now.")
    assert "Maya stopped texting on 23 November 2026. What was signed" in page
    assert "No printer at hand? Take a photo of this page with your phone. The square holds the crisis steps" in card
    assert f"version 1, check code {check_code(sealed.version.digest)}" in page
    assert "Care stays the same." in page
    assert "Crisis steps" in card
    assert "Before I text" not in card


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"by_role": Role.CLIENT, "planned": True}, "Both ended texting as planned, on 23 November 2026."),
        (
            {"by_role": Role.THERAPIST, "without_notice": True, "reason": StopReason.ILLNESS},
            "Dr Lee stopped texting on 23 November 2026, without the agreed notice: Illness.",
        ),
    ],
)
def test_it_says_how_texting_ended(facts, said, sealed):
    assert said in stopped(sealed.agreement, **facts)[0]


def test_the_client_page_leads_to_it(sealed):
    stopped(sealed.agreement, by_role=Role.CLIENT)
    lee = seen_by(at=f"/clients/{sealed.agreement.client_id}/")
    assert f"/agreements/{sealed.agreement_id}/ended/" in lee.page.links.values()


def test_how_we_got_there_is_a_paper_of_its_own_made_when_it_is_chosen(sealed):
    lee = seen_by(at=f"/clients/{sealed.agreement.client_id}/log/")
    answer = lee.client.get(lee.page.links["Print it"])
    said = " ".join(sheets(answer.content))
    assert said.startswith("1 · Danger now.")
    assert "no part of the agreement" in said
    assert "Maya’s answers." in said
    assert answer.headers["Content-Disposition"] == 'inline; filename="how-we-got-there.pdf"'
    assert "Maya’s answers." not in " ".join(sheets(sealed.content))


def test_before_a_first_paper_there_is_nothing_of_the_kind(house):
    client = builders.a_draft(client=builders.a_client(name="Ida K.", called="Ida")).agreement.client
    assert printed(f"/clients/{client.pk}/log/print/").status_code == 404


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_blank_form_asks_everything_and_answers_nothing(paper, house):
    lee = seen_by(at="/")
    lee.follow("Blank forms, for a day without power")
    assert f"/blank/adult-outpatient-{paper}.pdf" in lee.page.links.values()
    answer = lee.client.get(f"/blank/adult-outpatient-{paper}.pdf")
    *_pages, card = sheets(answer.content)
    said = " ".join((*_pages, card))
    assert said.startswith("1 · Danger now.")
    assert "Crisis steps 1 · Danger now." in card
    assert "988" in said
    assert "will try to reach you" not in said
    for clause in builders.an_edition().clauses.all():
        assert clause.texts.get(language="en").heading in said
    assert "Maya" not in said


def test_the_form_of_a_couple_has_a_line_for_the_other_one(house):
    family.an_edition("couple-one-thread")
    assert "Partner Name Date" in " ".join(sheets(printed("/blank/couple-one-thread-a4.pdf").content))


@pytest.mark.parametrize("name", ["adult-outpatient-a5", "nothing-a4"])
def test_no_other_form_is_there(name, house):
    assert printed(f"/blank/{name}.pdf").status_code == 404


def test_nobody_elses(sealed):
    builders.a_therapist("noor")
    assert printed(f"/clients/{sealed.agreement.client_id}/log/print/", "noor").status_code == 404
    assert printed(f"/agreements/{sealed.agreement_id}/ended/", "noor").status_code == 404

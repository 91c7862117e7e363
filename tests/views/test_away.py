"""Before each time away the two go through it on one screen that is theirs; the sheet has the crisis steps first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from agreements.actions import endings, people
from agreements.models import Absence, AwayPlan, Document
from agreements.reads import absences
from agreements.reads import room as rooms
from agreements.rules.away import Plan
from agreements.rules.away_words import AwayTexting, Hold, Knows, Post
from agreements.rules.vocabulary import Paper, Role, Voice
from tests import builders
from tests.away import CARD, a_time_away, announced
from tests.doors import Visitor, seen_by
from tests.papers import sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
SPRING, TODAY = date(2027, 3, 1), builders.NOW.date()
AS_AGREED = {"texting": "none", "hold": "card", "post": "mailed", "mailer": "Rosa", "knows": "name"}


def sat_down(sealed: Document) -> Visitor:
    absence = announced(sealed.agreement.therapist)
    lee = seen_by(at=f"/away/{absence.pk}/")
    lee.press("Go through it together")
    return lee


def test_the_page_opens_in_session_mode_with_what_they_agreed_and_nothing_chosen(sealed):
    lee = sat_down(sealed)
    assert lee.page.path.startswith(f"/room/{sealed.version.draft_id}/away/")
    assert "No texts, though allowed. A handwritten card is mailed half-way." in lee.page.main
    form = lee.page.form_with("This works for both of us")
    assert [form.given.get(name) for name in ("texting", "hold", "post", "knows")] == [None] * 4
    assert "Whoever mails it sees Maya’s name and address." in lee.page.main
    assert "What may Dr Okafor know of Maya?" in lee.page.main
    assert lee.client.get("/away/").status_code == 403


def test_as_agreed_is_four_choices_a_name_and_one_tap(sealed):
    lee = sat_down(sealed)
    lee.press("This works for both of us", **AS_AGREED)
    assert lee.posts == 2
    for words in ("We do not text then", "goes into the post on Monday, 21 December", "Dr Okafor knows your name"):
        assert words in lee.page.main
    assert lee.page.main.index("Danger now.") < lee.page.main.index("About to act")
    [plan] = AwayPlan.objects.all()
    assert (plan.as_agreed, plan.mailer) == (True, "Rosa")
    assert "Rosa" not in lee.page.main
    lee.leave()
    assert "You two went through it." in lee.page.main


def test_what_is_missing_is_said_at_its_field_and_the_rest_stays(sealed):
    lee = sat_down(sealed)
    lee.press("This works for both of us", texting="one", hold="card", knows="nothing", instead="A walk.")
    assert (lee.page.status, lee.page.values("texting")) == (422, ["one"])
    assert 'href="#id_post_0"' in lee.page.main
    lee.press("This works for both of us", post="mailed")
    assert 'href="#id_mailer"' in lee.page.main
    lee.press("This works for both of us", mailer="Rosa", instead="Suicidal? Text me.")
    assert 'href="#id_instead"' in lee.page.main
    lee.press("This works for both of us", instead="A walk.")
    assert AwayPlan.objects.get().as_agreed is False


def test_h23_without_a_line_for_the_clients_place_there_is_no_page_and_no_sheet(sealed):
    people.change_client(
        client=builders.Client.objects.get(), by=builders.a_therapist(), now=builders.NOW, country="ZZ"
    )
    lee = sat_down(sealed)
    lee.press("This works for both of us", **AS_AGREED)
    assert (lee.page.status, AwayPlan.objects.count()) == (422, 0)
    assert "Please check the crisis lines first" in lee.page.main
    lee.leave()
    [absence] = Absence.objects.all()
    lee.open(f"/room/{sealed.version.draft_id}/away/{absence.pk}/sheet.pdf")
    assert lee.page.path == f"/away/{absence.pk}/"
    assert "Please check the crisis lines first" in lee.page.main


@pytest.mark.parametrize("paper", Paper)
def test_o9_the_origin_pairs_sheet_is_one_page_with_the_crisis_steps_first(sealed, paper):
    people.change_client(client=builders.Client.objects.get(), by=builders.a_therapist(), now=builders.NOW, paper=paper)
    absence = a_time_away(sealed.agreement, replace(CARD, instead="A walk.", after_on=None))
    answer = seen_by().client.get(f"/room/{sealed.version.draft_id}/away/{absence.pk}/sheet.pdf")
    [page] = sheets(answer.content)
    assert page.startswith("1 · Danger now.")
    for words in (
        "Dr Lee is away from Monday, 14 December to Sunday, 27 December, and back on Monday, 28 December.",
        "We do not text then, so that the break is real.",
        "Do step 2 above, right away, at any hour.",
        "A handwritten card goes into the post on Monday, 21 December.",
        "Dr Okafor is there for you meanwhile: (555) 010-0160.",
        "A walk.",
    ):
        assert words in page
    assert "Rosa" not in page
    assert "M.R. · until 27 December 2026 · made on 23 November 2026" in page, "in a pile one sheet looks like another"


def test_a_time_away_after_texting_ends_is_not_gone_through(sealed):
    announced(sealed.agreement.therapist)
    page, lee = f"/clients/{sealed.agreement.client_id}/", seen_by()
    assert "You two have not gone through it yet." in lee.open(page).main
    facts = {"by_role": Role.THERAPIST, "by": sealed.agreement.therapist, "now": builders.NOW, "planned": True}
    endings.stop(agreement=sealed.agreement, effective_on=date(2026, 12, 14), **facts)
    assert "You are away" not in lee.open(page).main


def test_the_longest_sheet_is_one_page_too(sealed):
    facts = {"voice": Voice.UNSAFE, "travels_to": ["CA", "GB.ENG"], "contact_person": "Aunt Ottoline Vandermeer"}
    people.change_client(client=builders.Client.objects.get(), by=builders.a_therapist(), now=builders.NOW, **facts)
    long = Plan(
        AwayTexting.SLOWER, Hold.CARD, Post.SEALED, instead=("Walking by the river with the dog, slowly. " * 5)[:200],
        knows=Knows.STEPS,
    )  # fmt: skip
    absence = a_time_away(sealed.agreement, long)
    answer = seen_by().client.get(f"/room/{sealed.version.draft_id}/away/{absence.pk}/sheet.pdf")
    assert len(sheets(answer.content)) == 1


def test_a_card_that_nobody_could_write_is_not_promised(sealed):
    room = rooms.enter(sealed.version.draft_id)
    planned = absences.sheet(announced(sealed.agreement.therapist), room, now=builders.NOW)
    sudden = absences.sheet(announced(sealed.agreement.therapist, TODAY, TODAY, sudden=True), room, now=builders.NOW)
    assert planned and sudden
    assert (planned.hold, sudden.hold, sudden.texting) == ((), (), planned.texting)
    gone_through = absences.sheet(a_time_away(sealed.agreement, first=SPRING, last=SPRING), room, now=builders.NOW)
    assert gone_through and gone_through.hold[0].startswith("A handwritten card goes into the post")


def test_nobody_else_s_card_is_spoken_of_in_the_room(sealed):
    other = builders.a_sealed_document(client=builders.a_client(name="Noor B.", called="Noor"))
    absence = a_time_away(other.agreement)
    lee = seen_by(at=f"/room/{sealed.version.draft_id}/away/{absence.pk}/")
    assert (lee.page.status, lee.page.values("mailer")) == (200, [""])
    assert "Rosa" not in lee.page.main
    own = seen_by(at=f"/room/{other.version.draft_id}/away/{absence.pk}/")
    assert own.page.values("mailer") == ["Rosa"]

"""Stopping is not symmetrical: the client at once and without a reason, the therapist with notice or with a reason."""

from contextlib import nullcontext
from datetime import timedelta
from uuid import uuid4

import pytest

from agreements.actions import endings, reviews, rounds
from agreements.actions.refusals import NotNow, Unreadable
from agreements.models import (
    Agreement,
    AuditEvent,
    Draft,
    Edition,
    EndedSooner,
    Ending,
    EndingPage,
    Review,
    Tightening,
    Version,
)
from agreements.rules.topics import Notice
from agreements.rules.vocabulary import Amount, Outcome, Role, StopReason
from tests import builders, review_rows
from tests.builders import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def agreement(monkeypatch: pytest.MonkeyPatch) -> Agreement:
    """A signed agreement of which nothing is known but its notice: two sessions."""
    review_rows.a_practice()
    monkeypatch.setattr(endings.agreed, "meanings", lambda version: {"notice": Notice(2)})
    return review_rows.a_sealed_version(review_rows.an_agreement(review_rows.a_therapist())).agreement


def stop(agreement: Agreement, role: Role, **facts: object) -> Ending:
    given = {"effective_on": TODAY, **facts}
    return endings.stop(agreement=agreement, by_role=role, by=agreement.therapist, now=NOW, **given)


def test_h21_the_client_stops_at_once_and_is_asked_nothing(agreement: Agreement) -> None:
    ending = stop(agreement, Role.CLIENT, how="texted")
    assert (ending.how, ending.day) == ("texted", TODAY)
    assert (ending.by_role, ending.effective_on, ending.reason) == (Role.CLIENT, TODAY, "")
    assert (ending.without_notice, ending.planned) == (False, False)


def test_h21_the_therapist_without_the_agreed_notice_says_why(agreement: Agreement) -> None:
    for reason in ("", "   ", "I am ill."):
        with pytest.raises(Unreadable):
            stop(agreement, Role.THERAPIST, without_notice=True, reason=reason)
    assert Ending.objects.count() == 0
    ending = stop(agreement, Role.THERAPIST, without_notice=True, reason=StopReason.ILLNESS)
    assert (ending.without_notice, ending.reason) == (True, "illness")
    event = AuditEvent.objects.get(kind="texting stopped")
    assert {**event.details, "row": None} == {"row": None,
        "by_role": "therapist", "planned": False, "without_notice": True, "reason": "illness", "how": "",
        "effective_on": TODAY.isoformat(), "ahead": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "more"),
    [(Role.CLIENT, {"without_notice": True}), (Role.THERAPIST, {"effective_on": TODAY + timedelta(days=14)})],
)
def test_h21_a_reason_is_kept_only_of_a_therapist_who_is_sooner_than_agreed(agreement, role, more) -> None:
    ending = stop(agreement, role, reason=StopReason.SAFETY, **more)
    assert (ending.without_notice, ending.reason) == (False, "")


@pytest.mark.parametrize("days", [1, -1])
def test_a_stop_is_written_down_on_its_day_or_later_and_not_before_the_signing(agreement, days: int) -> None:
    with pytest.raises(Unreadable, match="Please choose a day from 23 November 2026 to 23 November 2026"):
        stop(agreement, Role.CLIENT, effective_on=TODAY + timedelta(days=days))
    assert Ending.objects.count() == 0
    endings.stop(
        agreement=agreement, by_role=Role.CLIENT, effective_on=TODAY + timedelta(days=3), by=agreement.therapist,
        now=NOW + timedelta(days=5),
    )  # fmt: skip
    assert Ending.objects.get().effective_on == TODAY + timedelta(days=3)


def test_h21_the_signed_text_stays_as_it_was(agreement: Agreement) -> None:
    before = Version.objects.values().get()
    stop(agreement, Role.CLIENT)
    assert Version.objects.values().get() == before


def test_stopping_twice_is_the_first_stop(agreement: Agreement) -> None:
    key = uuid4()
    first = stop(agreement, Role.CLIENT, form_key=key)
    assert stop(agreement, Role.CLIENT, form_key=key) == first
    later = {"effective_on": TODAY + timedelta(days=9), "planned": True}
    assert stop(agreement, Role.THERAPIST, **later) == first
    assert AuditEvent.objects.filter(kind="texting stopped").count() == 1


@pytest.mark.parametrize(("days", "fits"), [(0, False), (13, False), (14, True), (366, True), (367, False)])
def test_h21_the_therapist_stops_after_the_notice_and_not_before(agreement: Agreement, days: int, fits: bool) -> None:
    day = TODAY + timedelta(days=days)
    if fits:
        ending = stop(agreement, Role.THERAPIST, effective_on=day)
        assert (ending.day, ending.without_notice, ending.reason) == (day, False, "")
        assert AuditEvent.objects.get(kind="texting stopped").details["ahead"] is True
    else:
        with pytest.raises(Unreadable, match="Please choose a day from 7 December 2026 to 24 November 2027"):
            stop(agreement, Role.THERAPIST, effective_on=day)


@pytest.mark.parametrize(("days", "fits"), [(0, True), (2, True), (13, True), (14, False)])
def test_h21_sooner_than_the_notice_is_recorded_as_without_it(agreement: Agreement, days: int, fits: bool) -> None:
    sooner = {"effective_on": TODAY + timedelta(days=days), "without_notice": True, "reason": StopReason.CLOSING}
    if not fits:
        with pytest.raises(Unreadable, match="Please choose a day from 23 November 2026 to 6 December 2026"):
            stop(agreement, Role.THERAPIST, **sooner)
        return
    ending = stop(agreement, Role.THERAPIST, **sooner)
    assert (ending.day, ending.without_notice) == (TODAY + timedelta(days=days), True)
    assert stop(agreement, Role.CLIENT).day == TODAY


def test_h21_the_client_may_stop_at_once_while_a_notice_runs(agreement: Agreement) -> None:
    stop(agreement, Role.THERAPIST, effective_on=TODAY + timedelta(days=14))
    ending = stop(agreement, Role.CLIENT, how="said")
    assert (ending.by_role, ending.effective_on, ending.day) == (Role.THERAPIST, TODAY + timedelta(days=14), TODAY)
    row = EndedSooner.objects.get()
    assert (row.by_role, row.how, row.reason) == (Role.CLIENT, "said", "")
    assert stop(agreement, Role.CLIENT).day == TODAY
    assert AuditEvent.objects.filter(kind="texting stopped sooner").count() == EndedSooner.objects.count() == 1


def test_h21_sooner_than_announced_the_therapist_says_why(agreement: Agreement) -> None:
    stop(agreement, Role.THERAPIST, effective_on=TODAY + timedelta(days=14))
    with pytest.raises(NotNow):
        stop(agreement, Role.THERAPIST, effective_on=TODAY + timedelta(days=7))
    ending = stop(agreement, Role.THERAPIST, without_notice=True, reason=StopReason.SAFETY)
    assert (ending.day, ending.sooner.reason) == (TODAY, "safety")


def fill(ending: Ending, **facts: object) -> EndingPage:
    given = {"instead": "A note, brought to session.", "taper": "", "last_text_on": TODAY, **facts}
    return endings.fill(ending=ending, by=ending.agreement.therapist, now=NOW, **given)


def test_h21_the_ending_page_is_a_dated_row_and_the_newest_counts(agreement: Agreement) -> None:
    ending, key = stop(agreement, Role.CLIENT), uuid4()
    first = fill(ending, form_key=key)
    assert fill(ending, form_key=key) == first
    fill(ending, instead="Nothing for now.")
    assert [page.instead for page in ending.pages.all()] == ["A note, brought to session.", "Nothing for now."]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"last_text_on": TODAY + timedelta(days=1)}, "last_text_on"),
        ({"last_text_on": TODAY - timedelta(days=1)}, "last_text_on"),
        ({"instead": "If suicidal, text me."}, "instead"),
        ({"taper": "Call (555) 010-0199."}, "taper"),
    ],
)
def test_h07_the_ending_page_holds_nothing_beside_the_crisis_steps(agreement, facts: dict, field: str) -> None:
    with pytest.raises(Unreadable) as refused:
        fill(stop(agreement, Role.CLIENT), **facts)
    assert (refused.value.field, EndingPage.objects.count()) == (field, 0)


def tighten(agreement: Agreement, days: int, **facts: object) -> Tightening:
    day = TODAY + timedelta(days=days)
    return endings.tighten(
        agreement=agreement, clause_key="often", from_on=day, by=agreement.therapist, now=NOW, **facts
    )


def test_h21_a_stricter_term_is_announced_after_the_notice_or_with_why(agreement: Agreement) -> None:
    for days, facts in ((13, {}), (0, {"without_notice": True}), (1, {"without_notice": True, "reason": "tired"})):
        with pytest.raises(Unreadable):
            tighten(agreement, days, **facts)
    assert Tightening.objects.count() == 0
    assert tighten(agreement, 14, reason="illness").reason == ""
    assert tighten(agreement, 0, without_notice=True, reason="illness").reason == "illness"
    assert Version.objects.count() == 1


def test_until_an_announced_end_a_term_may_still_get_stricter_and_not_after_it(agreement: Agreement) -> None:
    stop(agreement, Role.THERAPIST, effective_on=TODAY + timedelta(days=42))
    with pytest.raises(Unreadable, match="Texting ends on 4 January 2027"):
        tighten(agreement, 42)
    assert tighten(agreement, 41).from_on == TODAY + timedelta(days=41)
    stop(agreement, Role.CLIENT)
    with pytest.raises(NotNow):
        tighten(agreement, 14)


def a_round(agreement: Agreement) -> Draft:
    return Draft.objects.create(agreement=agreement, edition=Edition.objects.get(), number=2, started_at=NOW)


def test_a_stop_at_once_lays_an_open_round_down_and_an_announced_end_does_not(agreement: Agreement) -> None:
    draft = a_round(agreement)
    stop(agreement, Role.THERAPIST, effective_on=TODAY + timedelta(days=14))
    draft.refresh_from_db()
    assert draft.set_aside_at is None
    stop(agreement, Role.CLIENT)
    draft.refresh_from_db()
    assert draft.set_aside_at == NOW
    with pytest.raises(NotNow, match="Texting has stopped."):
        rounds.refuse_if_kept(draft)


def test_what_the_two_raise_waits_until_an_announced_end_has_come(agreement: Agreement) -> None:
    stop(agreement, Role.THERAPIST, effective_on=TODAY + timedelta(days=14))
    facts = {"agreement": agreement, "by_role": Role.CLIENT, "amount": Amount.MUCH, "by": agreement.therapist}
    assert reviews.raise_texting(now=NOW + timedelta(days=13), **facts).agreement == agreement
    with pytest.raises(NotNow):
        reviews.raise_texting(now=NOW + timedelta(days=14), **facts)


@pytest.mark.parametrize(("days", "fits"), [(13, True), (14, False)])
def test_nothing_is_signed_on_the_day_of_an_announced_end_or_later(agreement: Agreement, days: int, fits: bool) -> None:
    stop(agreement, Role.THERAPIST, effective_on=TODAY + timedelta(days=14))
    with nullcontext() if fits else pytest.raises(NotNow, match="Texting has stopped."):
        rounds.refuse_unless_signable(a_round(agreement), now=NOW + timedelta(days=days))


def test_an_ending_both_chose_is_kept_as_planned(agreement: Agreement) -> None:
    assert stop(agreement, Role.THERAPIST, planned=True).planned is True


def test_where_nobody_texts_nothing_can_be_stopped() -> None:
    client = builders.a_client()
    draft = builders.a_draft(client=client)
    with pytest.raises(NotNow):
        stop(draft.agreement, Role.CLIENT)
    assert Ending.objects.count() == 0


def test_a_review_is_made_once_for_the_day_the_two_agreed() -> None:
    review_rows.a_practice()
    due = TODAY + timedelta(days=28)
    version = review_rows.a_sealed_version(review_rows.an_agreement(review_rows.a_therapist()), review_on=due)
    first = reviews.schedule(version=version, now=NOW)
    assert reviews.schedule(version=version, now=NOW) == first == Review.objects.get()
    assert first.due_on == due


def test_where_no_day_was_agreed_nothing_comes_back(agreement: Agreement) -> None:
    assert reviews.schedule(version=Version.objects.get(), now=NOW) is None
    assert reviews.schedule_missing(now=NOW) == Review.objects.count() == 0


def test_a_review_that_a_crash_left_out_is_made_later() -> None:
    review_rows.a_practice()
    therapist = review_rows.a_therapist()
    for day in (7, 28):
        review_rows.a_sealed_version(review_rows.an_agreement(therapist), review_on=TODAY + timedelta(days=day))
    assert [reviews.schedule_missing(now=NOW) for _ in range(2)] == [2, 0]
    assert sorted(Review.objects.values_list("due_on", flat=True)) == [TODAY + timedelta(days=day) for day in (7, 28)]


def test_an_unsealed_version_has_no_review_yet() -> None:
    draft = builders.a_draft()
    Version.objects.create(
        agreement=draft.agreement, draft=draft, draft_rev=1, number=1, outcome=Outcome.TEXTING, snapshot={},
        digest="d", review_on=TODAY, frozen_at=NOW,
    )  # fmt: skip
    assert reviews.schedule_missing(now=NOW) == 0

"""The home page's groups: who waits for what, on the practice's own day, with the same few questions for many clients."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.actions import absences, crisis, drafting, endings
from agreements.management.walk import Script
from agreements.models import Client, CrisisCheck, CrisisResource, Ending, Practice, User, Withdrawal
from agreements.reads import client as client_page
from agreements.reads import home, lines
from agreements.rules.states import AgreementState, Standing
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CheckedHow, Outcome, Role
from tests import builders, review_rows
from tests.builders import NOW
from tests.models.rows import LINE

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def therapist() -> User:
    review_rows.a_practice()
    return review_rows.a_therapist()


def sealed(therapist: User, review_on: date | None = None) -> Client:
    return review_rows.a_sealed_version(review_rows.an_agreement(therapist), review_on=review_on).agreement.client


def groups(therapist: User, today: date = TODAY) -> dict[str, list[Client]]:
    needs = home.needs_you(home.clients(therapist, NOW), today)
    return {name: [each.client for each in getattr(needs, name)] for name in ("reviews", "drafts", "unsealed")}


def test_a_client_without_an_agreement_stands_nowhere_and_needs_nothing() -> None:
    client = builders.a_client()
    [seen] = home.clients(client.therapist, NOW)
    assert seen == home.ClientSeen(client, None, Standing(AgreementState.NONE))
    assert groups(client.therapist) == {"reviews": [], "drafts": [], "unsealed": []}


def test_a_look_needs_the_therapist_from_its_day_on(therapist: User) -> None:
    due = [sealed(therapist, TODAY + days * DAY) for days in (-40, 0)]
    sealed(therapist, TODAY + DAY)
    assert set(groups(therapist)["reviews"]) == set(due)


def test_the_day_is_the_practices_own() -> None:
    review_rows.a_practice("Pacific/Auckland")  # NOW is already tomorrow there
    therapist = review_rows.a_therapist()
    client = sealed(therapist, TODAY + DAY)
    assert groups(therapist)["reviews"] == [client]


def test_an_open_round_waits_until_it_is_sealed_or_laid_down() -> None:
    draft = builders.a_draft(until=Step.TURN)
    therapist = draft.agreement.therapist
    assert groups(therapist) == {"reviews": [], "drafts": [draft.agreement.client], "unsealed": []}
    drafting.set_aside(draft=draft, by=therapist, now=NOW)
    assert groups(therapist)["drafts"] == []


def test_signed_but_not_sealed_is_a_group_of_its_own() -> None:
    draft = builders.a_draft(until=Step.KEPT)
    assert groups(draft.agreement.therapist) == {"reviews": [], "drafts": [], "unsealed": [draft.agreement.client]}


@pytest.mark.parametrize(
    ("script", "state"),
    [
        (replace(Script()), AgreementState.IN_FORCE),
        (builders.NO_TEXTING, AgreementState.NO_TEXTING),
        (builders.NOT_FOR_NOW, AgreementState.NOT_FOR_NOW),
    ],
    ids=Outcome.values,
)
def test_what_was_sealed_last_says_where_the_two_stand(script: Script, state: AgreementState, quick_seal) -> None:
    client = builders.a_sealed_document(script=script).agreement.client
    seen = home.one(client, NOW)
    assert (seen.standing, seen.draft, seen.unsealed) == (Standing(state), None, None)
    page = client_page.page(client, now=NOW)
    assert (len(page["versions"]), page["texting"]) == (1, state == AgreementState.IN_FORCE)


@pytest.mark.parametrize(("planned", "state"), [(True, AgreementState.ENDED), (False, AgreementState.STOPPED)])
def test_after_the_end_nothing_is_due(therapist: User, planned: bool, state: AgreementState) -> None:
    client = sealed(therapist, TODAY)
    endings.stop(
        agreement=client.agreements.get(),
        by_role=Role.CLIENT,
        planned=planned,
        effective_on=TODAY,
        by=therapist,
        now=NOW,
    )
    assert home.one(client, NOW).standing == Standing(state)
    assert groups(therapist)["reviews"] == []
    assert Ending.objects.count() == 1


def test_time_away_shows_with_every_client_in_force() -> None:
    builders.a_practice()
    therapist = builders.a_therapist()
    client = sealed(therapist)
    absences.announce(therapist=therapist, starts_on=TODAY, ends_on=TODAY + DAY, cover="lines", by=therapist, now=NOW)
    assert home.one(client, NOW).standing == Standing(AgreementState.IN_FORCE, away=True)
    assert home.one(client, NOW + 3 * DAY).standing == Standing(AgreementState.IN_FORCE)


def test_a_therapist_sees_their_own_clients_in_the_order_of_what_they_are_called() -> None:
    for called in ("zoe", "Anton", "bea"):
        builders.a_client(name=called, called=called)
    other = builders.a_client(builders.a_therapist("other"), called="Mia")
    assert [seen.client.called for seen in home.clients(builders.a_therapist(), NOW)] == ["Anton", "bea", "zoe"]
    assert [seen.client for seen in home.clients(other.therapist, NOW)] == [other]


def test_thirty_clients_ask_the_database_as_often_as_three(therapist: User) -> None:
    for _ in range(3):
        sealed(therapist, TODAY)
    few = queries(therapist)
    for _ in range(27):
        sealed(therapist, TODAY)
    assert queries(therapist) == few


def queries(therapist: User) -> int:
    with CaptureQueriesContext(connection) as asked:
        home.needs_you(home.clients(therapist, NOW), TODAY)
    return len(asked)


@pytest.fixture
def line(therapist: User) -> CrisisResource:
    return crisis.read_in(rows=[LINE], by=None, now=NOW)[0]


US = {("US", "")}


def to_check(places: set[tuple[str, str]], today: date) -> list[CrisisResource]:
    return [line.row for line in lines.to_check(places, today)]


def test_a_line_nobody_checked_is_to_be_checked(line: CrisisResource) -> None:
    assert to_check(US, TODAY) == [line]


def test_h17_a_check_asks_again_thirty_days_before_it_ends(line: CrisisResource, therapist: User) -> None:
    crisis.check(resource=line, how=CheckedHow.READ, by=None, today=TODAY, now=NOW)
    ends = date(TODAY.year + 1, TODAY.month, TODAY.day)
    found = {days: to_check(US, ends - days * DAY) for days in (31, 30, 0, -9)}
    assert found == {31: [], 30: [line], 0: [line], -9: [line]}
    [shown] = lines.for_therapist(therapist, Practice.objects.get(), ends)
    assert (shown.expires, shown.holds) == (ends, True)
    assert lines.for_therapist(therapist, Practice.objects.get(), ends + DAY)[0].holds is False


def test_only_the_newest_check_counts(line: CrisisResource) -> None:
    for day in (TODAY - 360 * DAY, TODAY):
        crisis.check(resource=line, how=CheckedHow.CALLED, by=None, today=day, now=NOW)
    assert to_check(US, TODAY) == []
    assert CrisisCheck.objects.count() == 2


def test_h18_only_lines_of_places_where_clients_are_count(line: CrisisResource) -> None:
    made = {
        key: CrisisResource.objects.create(**{**LINE, "key": key, "country": "GB", "area": area, "published_at": NOW})
        for key, area in (("gb", ""), ("gb-eng", "ENG"), ("gb-sct", "SCT"))
    }
    assert to_check({("GB", "ENG")}, TODAY) == [made["gb"], made["gb-eng"]]
    assert to_check(set(), TODAY) == []


def test_a_draft_row_and_a_replaced_row_are_not_to_be_checked(line: CrisisResource) -> None:
    newer = CrisisResource.objects.create(**{**LINE, "replaces": line})
    CrisisResource.objects.create(**{**LINE, "key": "draft"})
    assert to_check(US, TODAY) == [line]
    CrisisResource.objects.filter(pk=newer.pk).update(published_at=NOW)
    assert to_check(US, TODAY) == [newer]


def test_a_row_that_was_withdrawn_is_not_to_be_checked(line: CrisisResource) -> None:
    Withdrawal.objects.create(resource=line, at=NOW)
    assert to_check(US, TODAY) == []


def test_places_where_a_client_goes_at_times_count_too(therapist: User) -> None:
    for key, country in (("us", "US"), ("ca", "CA"), ("nz", "NZ")):
        CrisisResource.objects.create(**{**LINE, "key": key, "country": country, "published_at": NOW})
    client = review_rows.an_agreement(therapist).client
    client.travels_to = ["CA"]
    client.save()
    assert {line.row.key for line in lines.for_therapist(therapist, Practice.objects.get(), TODAY)} == {"us", "ca"}
    assert {line.row.key for line in home.needs_you(home.clients(therapist, NOW), TODAY).lines} == {"us", "ca"}

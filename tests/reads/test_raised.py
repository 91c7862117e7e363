"""What was raised comes first until a version is sealed after it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from agreements.actions import drafting, endings, reviews
from agreements.management import walk, walk_again
from agreements.models import Agreement, Draft, Raised
from agreements.reads import home, raised, talk
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Amount, Role
from tests import builders
from tests.builders import NOW
from tests.reads.test_talk import APART

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def say(agreement: Agreement, key: str, now: datetime = NOW + DAY, role: Role = Role.CLIENT) -> Raised:
    facts = {"by_role": role, "amount": Amount.MUCH, "clause_key": key, "by": agreement.therapist}
    return reviews.raise_texting(agreement=agreement, now=now, **facts)


def next_round(agreement: Agreement, until: Step | None = None, script: walk.Script = APART) -> Draft:
    """A round some days later."""
    later, by = NOW + 3 * DAY, agreement.therapist
    draft = drafting.start(client=agreement.client, edition=builders.an_edition(), by=by, now=later)
    return walk.walk(draft, by=by, now=later, until=until, script=script)


def order(draft: Draft) -> list[str]:
    return [seen.key for seen in talk.to_talk_about(rooms.enter(draft.pk))]


def test_the_next_round_begins_with_what_was_raised(quick_seal) -> None:
    agreement = builders.a_sealed_agreement()
    draft = next_round(agreement, until=Step.TALK)
    before = order(draft)
    assert before[-2:] == ["often", "away"]
    say(agreement, "away")
    assert order(draft) == ["away", *before[:-1]]
    say(agreement, "often", NOW + 2 * DAY, Role.THERAPIST)
    assert order(draft) == ["away", "often", *before[:-2]]


def test_a_difference_that_was_raised_is_the_first_of_all(quick_seal) -> None:
    agreement = builders.a_sealed_agreement()
    say(agreement, "often")
    room = rooms.enter(next_round(agreement, until=Step.TALK).pk)
    places = [talk.place(room, seen) for seen in talk.to_talk_about(room)]
    assert places == [(1, 3), (2, 3), (3, 3), None]


def test_a_term_that_is_not_in_the_talk_changes_no_order(quick_seal) -> None:
    agreement = builders.a_sealed_agreement()
    draft = next_round(agreement, until=Step.TALK)
    before = order(draft)
    for key in ("limit", "", "no_such_term"):
        say(agreement, key)
    assert order(draft) == before


def test_the_first_page_names_each_term_once_and_nobody(quick_seal) -> None:
    agreement = builders.a_sealed_agreement()
    draft = next_round(agreement, until=Step.START)
    assert raised.first_today(rooms.enter(draft.pk)) == ""
    for key in ("limit", "often", "often", ""):
        say(agreement, key)
    assert raised.first_today(rooms.enter(draft.pk)) == "Without strain, How often and our texting as a whole"


def test_it_is_settled_by_a_version_that_is_sealed_after_it_and_by_none_before(quick_seal) -> None:
    agreement = builders.a_sealed_agreement()
    row = say(agreement, "often")
    assert home.one(agreement.client, NOW).raised == (row,)
    draft = next_round(agreement, until=Step.KEPT, script=walk.Script())
    assert home.one(agreement.client, NOW).raised == (row,)
    walk.take_step(Step.KEPT, draft, script=walk.Script(), by=agreement.therapist, now=NOW + 3 * DAY)
    assert home.one(agreement.client, NOW).raised == ()
    again = say(agreement, "", NOW + 4 * DAY)
    assert home.one(agreement.client, NOW).raised == (again,)


def test_an_ending_settles_it(quick_seal) -> None:
    agreement = builders.a_sealed_agreement()
    say(agreement, "often")
    endings.stop(agreement=agreement, by_role=Role.CLIENT, effective_on=NOW.date(), by=agreement.therapist, now=NOW)
    assert home.one(agreement.client, NOW).raised == ()


def test_another_pairs_agreement_is_not_touched(quick_seal) -> None:
    mine, theirs = builders.a_sealed_agreement(), builders.a_sealed_agreement()
    say(theirs, "away")
    draft = next_round(mine, until=Step.TALK)
    assert order(draft)[-1] == "away"
    assert raised.first_today(rooms.enter(draft.pk)) == ""


def test_every_term_of_the_edition_but_the_practices_own_can_be_raised() -> None:
    builders.a_practice()
    found = raised.headings(builders.an_edition(), "en")
    clauses = builders.an_edition().clauses.exclude(kind="fixed")
    assert list(found) == list(clauses.order_by("order").values_list("key", flat=True))
    assert found["often"] == "How often"


def test_a_look_that_changed_nothing_settles_it(quick_seal) -> None:
    agreement = builders.a_sealed_agreement()
    row = say(agreement, "often")
    draft = walk_again.begin(agreement.client, now=NOW + 2 * DAY)
    keeps = walk_again.Script(decisions={"often": "keep"})
    walk_again.walk_again(draft, now=NOW + 2 * DAY, until=Step.CHANGES, script=keeps)
    assert home.one(agreement.client, NOW).raised == (row,)
    walk_again.walk_again(draft, now=NOW + 2 * DAY)
    assert home.one(agreement.client, NOW).raised == ()

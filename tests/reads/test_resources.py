"""Which crisis rows hold, and what of them is printed."""

import pytest

from agreements.actions import crisis
from agreements.management import first_run
from agreements.models import CrisisResource
from agreements.reads import paper, resources
from agreements.reads import room as rooms
from agreements.rules.crisis import box
from agreements.rules.safety import Check
from agreements.rules.vocabulary import CheckedHow
from tests import builders, recalls, review_rows
from tests.builders import NOW
from tests.models.rows import LINE

pytestmark = pytest.mark.django_db


def keys(*places: tuple[str, str]) -> list[str]:
    return [row.key for row in resources.current(places)]


def printed() -> str:
    """What the box of a client in the United States says in step 2."""
    room = rooms.enter(builders.a_draft().pk)
    return box(paper.facts(room), resources.plain(paper.rows_for(room))).steps[1].words


def test_h18_the_rows_of_a_place_and_of_no_other() -> None:
    builders.a_practice()
    assert keys(("GB", "")) == ["gb-999", "gb-samaritans", "gb-shout"]
    assert keys(("GB", "ENG")) == ["gb-999", "gb-samaritans", "gb-shout", "gb-eng-111"]
    assert keys(("CA", ""), ("NZ", "")) == ["ca-911", "ca-988", "nz-111", "nz-1737"]
    assert keys() == []


def test_a_draft_hides_nothing_and_a_published_successor_takes_over() -> None:
    builders.a_practice()
    draft = recalls.draft_of("us-988", call="989")
    assert [row.call for row in resources.current([("US", "")]) if row.key == "us-988"] == ["988"]
    recalls.published(draft)
    assert [row.call for row in resources.current([("US", "")]) if row.key == "us-988"] == ["989"]
    recalls.withdrawn("us-988")
    assert keys(("US", "")) == ["us-911", "us-ctl"]


def test_trap_9_a_word_that_nobody_confirmed_is_not_printed() -> None:
    builders.a_practice()
    assert "Line busy: text HOME to 741741 (Crisis Text Line" in printed()
    recalls.changed("us-ctl", keyword_confirmed=False)
    assert "Line busy: text 741741 (Crisis Text Line" in printed()
    assert "HOME" not in printed()


def test_trap_4_a_check_names_who_how_and_when_and_the_seed_has_none() -> None:
    review_rows.a_practice()
    first_run.load_starter(by=None, now=NOW)
    assert resources.checks(list(resources.holding())) == {}
    line, sam = recalls.row("us-988"), builders.a_therapist()
    crisis.check(resource=line, how=CheckedHow.TEXTED, by=sam, today=NOW.date(), now=NOW)
    assert resources.checks([line]) == {"us-988": Check(NOW.date(), CheckedHow.TEXTED)}
    assert (line.checks.get().by, line.as_of) == (sam, "2026-01-07")


def test_places_are_those_of_rows_in_use() -> None:
    builders.a_practice()
    CrisisResource.objects.create(**{**LINE, "key": "ie", "country": "IE", "place": "Ireland"})
    assert ("IE", "Ireland") not in resources.places()
    assert ("GB.ENG", "England") in resources.places() and ("GB", "United Kingdom") in resources.places()

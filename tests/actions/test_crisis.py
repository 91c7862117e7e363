"""Crisis rows: the digits as they are dialled, checked by somebody on a day, never changed once published."""

import json
from uuid import uuid4

import pytest

from agreements.actions import crisis
from agreements.actions.refusals import NotNow
from agreements.management.first_run import FIXTURES
from agreements.models import AuditEvent, CrisisCheck, CrisisResource
from agreements.rules.vocabulary import CheckedHow
from tests import builders, review_rows
from tests.builders import NOW
from tests.models.rows import LINE

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def line() -> CrisisResource:
    review_rows.a_practice()
    return crisis.read_in(rows=[LINE], by=None, now=NOW)[0]


def test_every_number_stands_in_the_database_as_it_stands_in_the_file() -> None:
    builders.a_practice()
    shipped = json.loads((FIXTURES / "crisis_resources.json").read_text(encoding="utf-8"))
    kept = {row.key: row for row in CrisisResource.objects.all()}
    assert sorted(kept) == sorted(row["key"] for row in shipped)
    for row in shipped:
        assert {name: getattr(kept[row["key"]], name) for name in row} == {
            name: "" if value is None else value for name, value in row.items()
        }


def test_a_row_that_is_there_already_stays_as_it_is(line: CrisisResource) -> None:
    assert crisis.read_in(rows=[{**LINE, "call": "989"}], by=None, now=NOW) == []
    assert CrisisResource.objects.get().call == "988"


def test_a_check_says_who_how_and_on_which_day(line: CrisisResource) -> None:
    therapist, key = review_rows.a_therapist(), uuid4()
    for _ in range(2):
        crisis.check(resource=line, how=CheckedHow.TEXTED, by=therapist, today=TODAY, now=NOW, form_key=key)
    assert list(CrisisCheck.objects.values_list("resource__key", "how", "by", "checked_on")) == [
        ("us-988", "texted", therapist.pk, TODAY)
    ]
    event = AuditEvent.objects.get(kind="crisis resource checked")
    assert event.details == {"resource": "us-988", "how": "texted"}


def test_h17_not_checked_counts_in_a_demo_only(line: CrisisResource) -> None:
    with pytest.raises(NotNow):
        crisis.check(resource=line, how=CheckedHow.DEMO, by=None, today=TODAY, now=NOW)
    assert CrisisCheck.objects.count() == 0


def test_in_a_demo_lines_need_no_check() -> None:
    builders.a_practice(demo=True)
    row = CrisisResource.objects.first()
    assert crisis.check(resource=row, how=CheckedHow.DEMO, by=None, today=TODAY, now=NOW).how == CheckedHow.DEMO


def test_a_written_row_is_published_once() -> None:
    review_rows.a_practice()
    draft = CrisisResource.objects.create(**LINE)
    for now in (NOW, NOW.replace(year=2027)):
        assert crisis.publish(resource=draft, by=None, now=now).published_at == NOW
    assert AuditEvent.objects.filter(kind="crisis resource published").count() == 1

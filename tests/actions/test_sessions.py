"""H17: a crisis row that was valid when the session opened lets that session sign, past midnight too, and no other."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agreements.actions import crisis, sealing
from agreements.actions.refusals import Unsafe
from agreements.models import CrisisResource, Draft
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CheckedHow
from tests import builders

pytestmark = pytest.mark.django_db
EVENING = datetime(2027, 11, 24, 3, 30, tzinfo=UTC)  # 10:30 p.m. in New York on the last day of every check
PAST_MIDNIGHT = EVENING + timedelta(hours=2)


@pytest.fixture
def draft() -> Draft:
    return builders.a_draft(until=Step.READ, client=builders.a_client(), now=EVENING)


def held(draft: Draft, now: datetime) -> set[str]:
    """The rules that stop signing."""
    try:
        sealing.freeze(draft=draft, by=draft.agreement.therapist, now=now)
    except Unsafe as unsafe:
        return {finding.rule for finding in unsafe.findings}
    return set()


def test_h17_midnight_ends_no_session(draft: Draft) -> None:
    assert held(draft, PAST_MIDNIGHT) == set()
    assert draft.versions.get().snapshot["made_on"] == "2027-11-24"


def test_h17_the_next_session_is_judged_anew(draft: Draft) -> None:
    assert held(draft, EVENING + timedelta(days=7)) == {"H17"}
    assert held(draft, EVENING + timedelta(hours=5)) == {"H17"}


def test_h17_a_check_made_after_midnight_in_the_session_counts(draft: Draft) -> None:
    later = EVENING + timedelta(days=7)
    draft.steps_taken.filter(step=Step.WHAT_IF).update(at=later)
    after_midnight = later + timedelta(hours=2)
    assert held(draft, after_midnight) == {"H17"}
    for resource in CrisisResource.objects.all():
        crisis.check(
            resource=resource, how=CheckedHow.READ, by=None, today=date(2027, 12, 1), now=after_midnight
        )  # fmt: skip
    assert held(draft, after_midnight) == set()

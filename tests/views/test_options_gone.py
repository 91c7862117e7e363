"""An option that a newer edition took out: an agreement under way keeps it, and what was usual is asked again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from agreements.actions import sealing
from agreements.models import Option
from agreements.rules.steps import Step
from tests import builders, editions, tablet
from tests.admin.desk import an_editor, page_of, signed_in
from tests.builders import NOW
from tests.doors import seen_by

pytestmark = pytest.mark.django_db
GONE = "three_five"


def without(gone: str) -> dict[str, Any]:
    """The adult edition less this answer to how often."""
    data = editions.data()
    often = next(clause for clause in data["clauses"] if clause["key"] == "often")
    often["options"] = [option for option in often["options"] if option["key"] != gone]
    return data


def test_an_agreement_under_way_keeps_its_options_and_nobody_can_take_them_out() -> None:
    desk = signed_in(an_editor())
    draft = builders.a_draft(until=Step.READ)
    before = sealing.freeze(draft=draft, by=draft.agreement.therapist, now=NOW).snapshot
    used = Option.objects.get(clause__edition=draft.edition, clause__key="often", key=GONE)
    posted = {"options-TOTAL_FORMS": 1, "options-INITIAL_FORMS": 1, "options-0-id": used.pk, "options-0-DELETE": "on"}
    assert desk.post(page_of(used.clause), posted).status_code == 403
    assert (
        desk.post(reverse("admin:agreements_clause_delete", args=[used.clause_id]), {"post": "yes"}).status_code == 403
    )
    assert editions.published(without(GONE)).family == draft.edition.family
    after = sealing.freeze(draft=draft, by=draft.agreement.therapist, now=NOW + timedelta(days=1)).snapshot
    assert after["terms"] == before["terms"]
    assert next(term["value"] for term in after["terms"] if term["key"] == "often") == {"chosen": [GONE], "words": ""}


@pytest.mark.usefixtures("house")
def test_a_usual_answer_that_is_gone_is_asked_again_and_the_rest_stays() -> None:
    lee = seen_by(at="/usual/adult-outpatient/")
    lee.press("Save my usual answers", **{k: v for k, v in tablet.PREPARED.items() if not k.startswith("limit")})
    tablet.add_client(lee)
    editions.published(without(GONE))
    tablet.start(lee)
    form = lee.page.form_with("Save and begin together")
    assert (GONE in form.offered["often"], form.given.get("often"), form.given["window"]) == (False, None, ["next_day"])
    lee.press("Save and begin together", limit_words=tablet.LIMIT, limit=["clients"])
    assert (lee.page.status, lee.page.values("often_reason")) == (422, ["Most days is more than I can."])
    lee.press("Save and begin together", often="one_two")
    assert lee.page.status == 200

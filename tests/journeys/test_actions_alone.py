"""The whole agreement by actions alone, without a browser."""

import pytest

from agreements.models import Document
from tests import builders

pytestmark = pytest.mark.django_db


def test_two_people_reach_a_sealed_agreement():
    document = builders.a_sealed_document()
    assert document.content[:5] == b"%PDF-"
    assert document.version.review.due_on.isoformat() == "2026-12-21"


@pytest.mark.parametrize("script", [builders.NO_TEXTING, builders.NOT_FOR_NOW])
def test_no_is_a_whole_answer(script):
    document = builders.a_sealed_document(script=script)
    assert Document.objects.get().version.outcome == script.outcome
    assert not hasattr(document.version, "review")

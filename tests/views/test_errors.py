"""When the key files are gone, every page says so and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from agreements.models.fields import FIELD_KEYS_FILE, key_ring
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("left", [None, "k1:not a key", f"k1:{'A' * 43}="])
def test_without_the_right_keys_a_page_says_what_to_do(left: str | None) -> None:
    lee = builders.a_client().therapist
    browser = Client(raise_request_exception=False)
    browser.force_login(lee)
    file = Path(settings.KEY_DIR) / FIELD_KEYS_FILE
    kept = file.read_text()
    file.unlink()
    if left is not None:
        file.write_text(left)
    key_ring.cache_clear()
    try:
        answer = browser.get("/")
    finally:
        file.write_text(kept)
        key_ring.cache_clear()
    assert answer.status_code == 503
    assert "put the key files of the backup back" in answer.content.decode()
    assert browser.get("/").status_code == 200

"""/readyz: 200 when a trial seal holds, 503 when not; what is wrong stands in the log, no secret in either."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from agreements.actions import keys, pdf_glyphs, pdf_signature
from agreements.views import home
from tests.records import a_key_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder():
    with a_key_folder() as found:
        keys.make_seal_key(timezone.now())
        yield found


def asked() -> tuple[int, bytes]:
    answer = Client().get("/readyz")
    return answer.status_code, answer.content


def test_a_seal_that_holds_is_ready(folder: Path) -> None:
    assert asked() == (200, b"ok")


@pytest.mark.parametrize("name", [keys.KEY, keys.CERTIFICATE, keys.ROOT])
@pytest.mark.parametrize("content", [None, b"torn"])
def test_a_key_that_is_gone_or_torn_is_not(folder: Path, name: str, content: bytes | None, caplog) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    assert asked() == (503, b"not ready")
    assert "Not ready" in caplog.text
    assert "PRIVATE KEY" not in caplog.text


def test_a_seal_that_does_not_hold_is_not(folder: Path, monkeypatch) -> None:
    def refuse(_now: object) -> None:
        raise pdf_signature.SealRefused("The fresh seal did not hold.")

    monkeypatch.setattr(home, "self_test", refuse)
    assert asked() == (503, b"not ready")


def test_it_is_tried_once_in_ten_seconds_however_often_anybody_asks(folder: Path, monkeypatch) -> None:
    tried: list[object] = []
    monkeypatch.setattr(home, "self_test", tried.append)
    monkeypatch.setattr(home.time, "monotonic", lambda: 1000.0)
    home._try_the_seal.cache_clear()
    assert [asked()[0] for _ in range(5)] == [200] * 5
    assert len(tried) == 1


def test_the_trial_asks_no_time_authority(folder: Path, settings) -> None:
    settings.TSA_URL, settings.TSA_ROOT = "http://127.0.0.1:9/", "nowhere.pem"
    assert asked() == (200, b"ok")


def test_fonts_that_are_gone_are_not_ready(folder: Path, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    home._try_the_seal.cache_clear()
    monkeypatch.setattr(pdf_glyphs, "FONTS", {"bundled:gone": "No Such Font"})
    assert asked() == (503, b"not ready")
    assert "The fonts of the papers are missing" in caplog.text

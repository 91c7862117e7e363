"""Each system check: silent when all is well, and with its id when it is not."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.checks import registry, run_checks
from django.utils import timezone

from agreements import checks
from agreements.actions import installation, keys, pdf_glyphs
from agreements.models.fields import FIELD_KEYS_FILE
from tests.builders import NOW

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@pytest.fixture
def folder(settings, tmp_path: Path) -> Iterator[Path]:
    """A key folder with the seal's key, and mail that goes out."""
    settings.KEY_DIR, settings.EMAIL_BACKEND = tmp_path, SMTP
    keys.make_seal_key(NOW)
    yield tmp_path


def ids(*, deploy: bool = True) -> list[str]:
    found = run_checks(include_deployment_checks=deploy)
    return sorted(each.id for each in found if each.id and each.id.startswith("agreements."))


def test_every_check_of_ours_is_registered() -> None:
    known = registry.registry.get_checks(include_deployment_checks=True)
    ours = {check.__name__ for check in known if check.__module__ == checks.__name__}
    assert ours == {
        "key_folder_is_private", "seal_key_is_there", "seal_key_works", "fonts_are_there", "mail_goes_out",
        "triggers_are_there", "seal_certificate_holds",
    }  # fmt: skip


def test_nothing_is_found_where_nothing_is_wrong(folder: Path) -> None:
    assert ids() == []


@pytest.mark.parametrize("name", [keys.KEY, installation.SECRET_FILE, FIELD_KEYS_FILE])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_e001_a_key_file_that_others_can_read(folder: Path, name: str, mode: int) -> None:
    path = folder / name
    path.touch()
    path.chmod(mode)
    assert ids(deploy=False) == ["agreements.E001"]
    [found] = checks.key_folder_is_private(None)
    assert found.hint == f"chmod 600 {name} in the key folder."


def test_e002_a_seal_key_that_cannot_be_used(folder: Path) -> None:
    (folder / keys.KEY).write_bytes(b"torn")
    assert ids() == ["agreements.E002"]
    (folder / keys.KEY).unlink()
    assert ids() == ["agreements.E002"]
    assert ids(deploy=False) == []


@pytest.mark.parametrize(
    ("left", "found"),
    [
        (timedelta(days=-400), ["agreements.E005"]),
        (timedelta(minutes=-5), ["agreements.E005"]),
        (timedelta(minutes=5), ["agreements.W002"]),
        (timedelta(days=30, minutes=-5), ["agreements.W002"]),
        (timedelta(days=30, minutes=5), []),
    ],
)
def test_e005_and_w002_a_seal_certificate_that_ended_or_ends_soon(
    settings, tmp_path: Path, left: timedelta, found: list[str]
) -> None:
    settings.KEY_DIR, settings.EMAIL_BACKEND = tmp_path / "keys", SMTP
    ends = (timezone.now() + left).replace(microsecond=0)
    keys.make_seal_key(ends - keys.LIFE + keys.EARLY)
    assert ids() == ids(deploy=False) == found
    said = [(str(each.msg), bool(each.hint)) for each in checks.seal_certificate_holds(None)]
    assert [(f"{ends:%Y-%m-%d}" in words, hint) for words, hint in said] == [(True, True)] * len(found)


def test_e003_fonts_that_are_gone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_glyphs, "FONTS", {"bundled:gone": "No Such Font"})
    assert ids() == ["agreements.E003"]


def test_w001_no_mail_server(folder: Path, settings) -> None:
    settings.EMAIL_BACKEND = CONSOLE
    assert ids() == ["agreements.W001"]
    assert ids(deploy=False) == []

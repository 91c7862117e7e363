"""The page that checks a file: with scripts the file stays where it is."""

from __future__ import annotations

from pathlib import Path

from agreements.models import Document, User
from tests import builders
from tests.browser.conftest import Opener
from tests.browser.inspection import faults
from tests.tools import needs

pytestmark = needs("chromium")
IN_FORCE = "It is in force. Nothing newer replaced it."


def a_file(therapist: User, folder: Path) -> tuple[Document, str]:
    document = builders.a_sealed_document(client=builders.a_client(therapist))
    path = folder / "agreement.pdf"
    path.write_bytes(document.content)
    return document, str(path)


def test_only_the_fingerprint_leaves_the_browser(opened: Opener, therapist: User, tmp_path: Path) -> None:
    document, path = a_file(therapist, tmp_path)
    window = opened()
    sent: list[bytes] = []
    window.context.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    window.open("/verify/")
    assert faults(window.page) == []
    window.page.set_input_files("#file", path)
    window.page.get_by_role("button", name="Check").click()
    window.page.get_by_text(IN_FORCE).wait_for()
    body = b"".join(sent)
    assert document.sha256.encode() in body
    assert b"%PDF" not in body
    assert len(body) < 1000
    assert faults(window.page) == []
    window.open(f"/v/{document.version.digest[:16]}")
    assert faults(window.page) == []


def test_a_large_file_is_neither_read_nor_sent(opened: Opener, therapist: User, tmp_path: Path) -> None:
    builders.a_practice()
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(30 * 1024 * 1024)
    window = opened()
    window.open("/verify/")
    window.page.set_input_files("#file", str(large))
    window.page.get_by_role("button", name="Check").click()
    window.page.get_by_text("larger than 5 MB").wait_for()


def test_without_scripts_the_file_is_sent(opened: Opener, therapist: User, tmp_path: Path) -> None:
    _document, path = a_file(therapist, tmp_path)
    window = opened(java_script_enabled=False)
    window.open("/verify/")
    window.page.set_input_files("#file", path)
    window.page.get_by_role("button", name="Check").click()
    window.page.get_by_text(IN_FORCE).wait_for()

"""`transcribe` as an operator runs it: what it leaves, what it says, how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from agreements.actions import keys, pdf_signature, sealing
from agreements.actions.pdf import RenderRefused
from agreements.models import Client, Document, User
from agreements.models.fields import key_ring
from agreements.rules.steps import Step
from tests import builders

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, output, errors."""
    try:
        call_command("transcribe", *map(str, arguments))
        code = 0
    except SystemExit as ended:
        code = int(str(ended.code))
    return (code, *capsys.readouterr())


@pytest.fixture
def told() -> dict[str, Any]:
    """The JSON of an agreement that was frozen here, ready to be signed."""
    draft = builders.a_draft(until=Step.READ)
    version = sealing.freeze(draft=draft, by=draft.agreement.therapist, now=builders.NOW)
    return {"format": "between-sessions/1", "agreement": version.snapshot}


@pytest.fixture
def checked_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reads the clock; the crisis lines were called on the builders' day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: builders.NOW)


@pytest.fixture
def file(told: dict[str, Any], tmp_path: Path, checked_today: None) -> Path:
    path = tmp_path / "agreement.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def changed(file: Path, change: Any) -> Path:
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data["agreement"])
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def nothing_was_left(out: Path) -> bool:
    names = {path.name for path in out.parent.iterdir() if not path.is_dir()}
    return names == {"agreement.json"} and Client.objects.count() == 1 and not Document.objects.exists()


def test_the_pdf_is_the_sealed_document(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.pdf"
    code, printed, err = run(capsys, file, "--pdf", out)
    document = Document.objects.get()
    assert (code, printed, err) == (0, f"{document.agreement_id}\n", "")
    assert out.read_bytes() == bytes(document.content)
    assert pdf_signature.judge(out.read_bytes(), keys.root_certificate()).status == pdf_signature.GENUINE
    assert out.stat().st_mode & 0o777 == 0o600
    assert document.agreement.client.therapist == User.objects.get()


def test_what_is_exported_can_be_transcribed(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, file, "--pdf", tmp_path / "one.pdf")
    call_command("export_agreement", str(Document.objects.get().agreement_id))
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert run(capsys, file, "--pdf", tmp_path / "two.pdf")[0] == 0
    assert Document.objects.count() == 2


def test_a_rule_refuses_by_its_name(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(file, lambda told: told["terms"][0].update(words="I promise not to kill myself."))
    code, printed, err = run(capsys, file, "--pdf", tmp_path / "out.pdf")
    assert (code, printed) == (1, "")
    assert err.startswith("H8: ")
    assert nothing_was_left(tmp_path / "out.pdf")


def test_every_rule_has_a_line(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def without_an_emergency_number(told: dict[str, Any]) -> None:
        told["crisis"] = [row for row in told["crisis"] if row["kind"] != "emergency"]

    changed(file, without_an_emergency_number)
    code, _, err = run(capsys, file, "--pdf", tmp_path / "out.pdf")
    assert code == 1
    names = [line.partition(": ")[0] for line in err.splitlines()]
    assert "H4" in names and "H5" in names
    assert nothing_was_left(tmp_path / "out.pdf")


def test_what_differs_is_named(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(file, lambda told: told["practice"].update(name="Another Practice"))
    code, printed, err = run(capsys, file, "--pdf", tmp_path / "out.pdf")
    assert (code, printed) == (1, "")
    assert err == (
        "agreement.practice.name: the file says “Another Practice”, here it would be “Elm Street Practice”.\n"
    )
    assert nothing_was_left(tmp_path / "out.pdf")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "is not an agreement that can be read: this is not a JSON file"),
        (b"\xff\xfe", "cannot be read: it is not UTF-8 text"),
        (b"[]", "the file must be one JSON object"),
        (b'{"format": "between-sessions/9"}', "format: must be one of between-sessions/1"),
        (b'{"format": "between-sessions/1", "agreement": {}}', "agreement.nonce: is missing"),
        (b"[" * 100_000, "this is not a JSON file"),
        (b'{"format": "between-sessions/1", "format": "between-sessions/1"}', "format: stands there twice"),
    ],
)
def test_a_file_that_cannot_be_read(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.a_practice()
    (tmp_path / "agreement.json").write_bytes(content)
    code, printed, err = run(capsys, tmp_path / "agreement.json", "--pdf", tmp_path / "out.pdf")
    assert (code, printed) == (2, "")
    assert words in err and err.count("\n") == 1
    assert not (tmp_path / "out.pdf").exists()


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    builders.a_practice()
    code, _, err = run(capsys, tmp_path / "no.json", "--pdf", tmp_path / "out.pdf")
    assert (code, err) == (2, f"{tmp_path / 'no.json'} cannot be read: No such file or directory.\n")


def test_a_pdf_that_is_there_is_never_written_over(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out.pdf").write_text("the signed one")
    code, _, err = run(capsys, file, "--pdf", tmp_path / "out.pdf")
    assert code == 2 and "is there already" in err
    assert (tmp_path / "out.pdf").read_text() == "the signed one"
    assert Client.objects.count() == 1


def test_a_folder_that_is_not_there_keeps_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, file, "--pdf", tmp_path / "nowhere" / "out.pdf")
    assert (code, err) == (2, f"{tmp_path / 'nowhere' / 'out.pdf'} cannot be written: No such file or directory.\n")
    assert nothing_was_left(tmp_path / "out.pdf")


def test_several_therapists(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.pdf"
    User.objects.create_user("editor", password="x")  # noqa: S106  (nobody's therapist: no name for agreements)
    other = builders.a_therapist("roe", name="Dr P. Roe", called="Dr Roe")
    code, _, err = run(capsys, file, "--pdf", out, "--therapist", "nobody")
    assert (code, err) == (2, "There is no therapist nobody.\n")
    code, _, err = run(capsys, file, "--pdf", out, "--therapist", "roe")
    assert code == 1 and err.startswith("agreement.parties[1].name: ")
    User.objects.filter(pk=other.pk).update(is_active=False)
    twin = builders.a_therapist("lee2")
    code, _, err = run(capsys, file, "--pdf", out)
    assert code == 2 and "--therapist" in err
    assert nothing_was_left(out)
    assert run(capsys, file, "--pdf", out, "--therapist", "lee2")[0] == 0
    assert Document.objects.get().agreement.therapist == twin


def test_no_therapist(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.update(is_active=False)
    code, _, err = run(capsys, file, "--pdf", tmp_path / "out.pdf")
    assert (code, err) == (2, "There is no therapist here yet.\n")


@pytest.mark.parametrize("name", ["seal.key", "field.keys"])
def test_a_missing_key(
    name: str, file: Path, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "keys"
    folder.mkdir()
    for path in Path(settings.KEY_DIR).iterdir():
        if path.name != name:
            (folder / path.name).write_bytes(path.read_bytes())
    settings.KEY_DIR = folder
    key_ring.cache_clear()
    code, printed, err = run(capsys, file, "--pdf", tmp_path / "out.pdf")
    assert (code, printed) == (2, "")
    assert "ut back the key files" in err
    assert not (tmp_path / "out.pdf").exists()
    key_ring.cache_clear()


def test_a_paper_that_cannot_be_set_keeps_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise RenderRefused("No font here has this character: 𓀀.")

    monkeypatch.setattr("agreements.actions.documents.pdf.render", fail)
    code, _, err = run(capsys, file, "--pdf", tmp_path / "out.pdf")
    assert (code, err) == (1, "The PDF could not be made, nothing was kept: No font here has this character: 𓀀.\n")
    assert nothing_was_left(tmp_path / "out.pdf")


def test_nothing_set_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, tmp_path / "a.json", "--pdf", tmp_path / "b.pdf")
    assert (code, err) == (2, "Nothing is set up here yet. Type: python3 manage.py setup\n")

"""`issue_documents` seals what was signed and not sealed, and says what still waits and why."""

import pytest
from django.core.management import call_command

from agreements.actions import pdf_signature
from agreements.actions.pdf_signature import SealRefused
from agreements.models import Client, Document, Draft, Review, Version
from agreements.rules.steps import Step
from tests import builders

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[list[str]], str]:
    """Exit code, the fields of each line, errors."""
    try:
        call_command("issue_documents")
        code = 0
    except SystemExit as ended:
        code = int(str(ended.code))
    out, err = capsys.readouterr()
    return code, [line.split("\t") for line in out.splitlines()], err


def a_signed_draft(client: Client | None = None) -> Draft:
    return builders.a_draft(until=Step.KEPT, client=client)


def test_what_waits_is_sealed_and_its_review_stands(capsys: pytest.CaptureFixture[str]) -> None:
    version = a_signed_draft().versions.get()
    assert run(capsys) == (0, [["sealed", str(version.pk)]], "")
    assert Document.objects.get().version == version
    assert Review.objects.get().version == version
    assert run(capsys) == (0, [], "")


def test_what_fails_waits_and_keeps_nobody_else_waiting(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_signed_draft().versions.get()
    second = a_signed_draft(builders.a_client(name="Bo K.", called="Bo")).versions.get()
    seal, refused = pdf_signature.seal, [True]

    def fail_once(*arguments: object) -> bytes:
        if refused.pop():
            refused.append(False)
            raise SealRefused("the disk\nis full")
        refused.append(False)
        return seal(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pdf_signature, "seal", fail_once)
    code, lines, err = run(capsys)
    assert (code, err) == (1, "")
    assert [line[0] for line in lines] == ["waiting", "sealed"]
    waiting, sealed = lines
    assert {waiting[1], sealed[1]} == {str(first.pk), str(second.pk)}
    assert "The signatures are kept" in waiting[2] and waiting[2].endswith("the disk is full")
    assert run(capsys) == (0, [["sealed", waiting[1]]], "")


def test_nobody_seals_what_is_not_signed(capsys: pytest.CaptureFixture[str]) -> None:
    builders.a_draft(until=Step.SIGN)
    assert Version.objects.exists()
    assert run(capsys) == (0, [], "")


def test_nothing_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys) == (2, [], "Nothing is set up here yet. Type: python3 manage.py setup\n")

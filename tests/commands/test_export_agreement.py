"""`export_agreement` prints what is attached to the PDF."""

import io
import json
import uuid

import pypdf
import pytest
from django.core.management import call_command

from tests import builders

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, output, errors."""
    try:
        call_command("export_agreement", *map(str, arguments))
        code = 0
    except SystemExit as ended:
        code = int(str(ended.code))
    return (code, *capsys.readouterr())


def test_it_is_what_is_attached_to_the_newest_pdf(capsys: pytest.CaptureFixture[str]) -> None:
    client = builders.a_client(name="Zoë R.", called="Zoë")
    builders.a_sealed_document(client=client)
    newest = builders.a_sealed_document(client=client)
    builders.a_draft(client=client)
    code, out, err = run(capsys, newest.agreement_id)
    assert (code, err) == (0, "")
    attached = pypdf.PdfReader(io.BytesIO(bytes(newest.content))).attachments
    assert json.loads(out) == json.loads(next(iter(attached.values()))[0])
    assert json.loads(out)["agreement"]["number"] == 2
    assert "Zoë" in out


def test_no_such_agreement(capsys: pytest.CaptureFixture[str]) -> None:
    draft = builders.a_draft()
    for agreement in (draft.agreement_id, uuid.uuid4()):
        expected = f"There is no sealed agreement with the id {agreement}.\n"
        assert run(capsys, agreement) == (2, "", expected)
    assert run(capsys, "7") == (2, "", "“7” is not the id of an agreement.\n")

"""verify_pdf: what it says of a file, with the database and with a root certificate alone."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from agreements.actions import documents, keys, proving
from agreements.actions.pdf_verdict import judge
from agreements.models import Document
from agreements.rules.steps import Step
from tests import builders, time_authority, verifiers
from tests.records import a_sealed_pdf
from tests.tampering import TAMPERED, bytes_changed, first_revision, flips
from tests.tools import needs

OURS = "It is one of ours, exactly as it was sealed."
Save = Callable[[bytes], str]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Writes bytes to a new file and gives its path."""

    def saved(content: bytes) -> str:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.pdf"
        path.write_bytes(content)
        return str(path)

    return saved


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("root") / "root.pem"
    path.write_bytes(a_sealed_pdf()[1])
    return str(path)


def verified(*arguments: str) -> tuple[int, list[list[str]]]:
    """The exit code and the fields of each line."""
    out, code = StringIO(), 0
    try:
        call_command("verify_pdf", *arguments, stdout=out)
    except SystemExit as stop:
        code = int(str(stop.code))
    return code, [line.split("\t") for line in out.getvalue().splitlines()]


def changed(pdf: bytes) -> Iterator[bytes]:
    """The whole battery, and a few bits."""
    yield from (way(pdf) for way in TAMPERED.values())
    yield from flips(pdf, number=12, seed=3)


def test_with_a_root_alone_a_sealed_file_is_genuine(save: Save, root: str) -> None:
    path = save(a_sealed_pdf()[0])
    assert verified(path, "--trust", root) == (0, [["genuine", path, "It is exactly as it was sealed."]])


def test_with_a_root_alone_no_changed_file_is_genuine(save: Save, root: str) -> None:
    paths = [save(content) for content in changed(a_sealed_pdf()[0])]
    code, lines = verified(*paths, "--trust", root)
    assert code == 1
    assert [line[1] for line in lines] == paths
    assert {line[0] for line in lines} <= {"not genuine", "unreadable"}


@needs("qpdf")
def test_a_file_rewritten_by_qpdf_is_not_genuine(save: Save, root: str) -> None:
    path = save(verifiers.rewritten(a_sealed_pdf()[0]))
    assert verified(path, "--trust", root)[1][0][0] == "not genuine"


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ([b"hello"], 2),
        ([b"hello", b""], 2),
        ([None, b"hello"], 2),
        ([b"%PDF-1.7 and no seal"], 1),
        ([b"hello", b"%PDF-1.7 and no seal"], 1),
        ([None, b"hello", b"%PDF-1.7 and no seal"], 1),
    ],
)
def test_the_exit_code_is_the_worst_that_was_found(
    save: Save, root: str, contents: list[bytes | None], code: int
) -> None:
    paths = [save(a_sealed_pdf()[0] if content is None else content) for content in contents]
    assert verified(*paths, "--trust", root)[0] == code


def test_what_cannot_be_opened_is_unreadable(tmp_path: Path, root: str) -> None:
    code, lines = verified(str(tmp_path), str(tmp_path / "nowhere.pdf"), "--trust", root)
    assert code == 2
    assert [line[0] for line in lines] == ["unreadable", "unreadable"]
    assert [line[2] for line in lines] == ["This is a folder, not a file.", "There is no such file."]


def test_a_path_with_a_tab_stays_on_one_line(tmp_path: Path, root: str) -> None:
    path = tmp_path / "a\tb\nc.pdf"
    path.write_bytes(b"hello")
    (line,) = verified(str(path), "--trust", root)[1]
    assert line[1].endswith("a?b?c.pdf")


@pytest.mark.parametrize("content", [None, b"hello"])
def test_a_root_that_cannot_be_read_is_said(save: Save, tmp_path: Path, content: bytes | None) -> None:
    trust = tmp_path / "root.pem"
    if content is not None:
        trust.write_bytes(content)
    with pytest.raises(CommandError, match="root certificate"):
        verified(save(a_sealed_pdf()[0]), "--trust", str(trust))


@pytest.mark.django_db
def test_with_the_database_only_what_is_kept_there_is_genuine(save: Save) -> None:
    ours = bytes(builders.a_sealed_document().content)
    path = save(ours)
    assert verified(path) == (0, [["genuine", path, f"{OURS} It is in force. Nothing newer replaced it."]])
    paths = [save(content) for content in changed(ours)]
    code, lines = verified(*paths)
    assert code == 1
    assert {line[0] for line in lines} <= {"not genuine", "unreadable"}
    flipped = list(bytes_changed(ours, number=1000, seed=5))
    told = [proving.of_file(content, builders.NOW) for content in flipped[:30]]
    assert not [each for each in told if each.unaltered or each.ours]
    known = {hashlib.sha256(content).hexdigest() for content in flipped}  # the same for all of them, in one question
    assert not Document.objects.filter(sha256__in=known).exists()
    root = keys.root_certificate()
    assert {judge(content, root).status for content in flipped} <= {"not genuine", "unreadable"}


@pytest.mark.django_db
def test_the_reason_says_what_is_wrong(save: Save) -> None:
    ours = bytes(builders.a_sealed_document().content)
    foreign, _root = a_sealed_pdf()
    paths = [save(content) for content in (ours + b"\n", foreign, first_revision(ours), b"hello")]
    assert [line[2] for line in verified(*paths)[1]] == [
        "It is not one of ours. It was changed after it was sealed.",
        "It is not one of ours. It was sealed with another key.",
        "This file carries no lock at all. Only the agreement’s own file does; cards and other pages do not. "
        "If this should be the agreement, it is not the file that was locked.",
        "This is not a readable PDF.",
    ]


@pytest.mark.django_db
def test_what_our_key_sealed_but_nobody_kept_is_not_genuine(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    foreign, root = a_sealed_pdf()
    monkeypatch.setattr(keys, "root_certificate", lambda: root)
    assert verified(save(foreign))[1][0][2] == "Our key sealed it, but it is not among the documents kept here."


@pytest.mark.django_db
def test_without_a_key_the_database_still_decides(save: Save, settings: object, tmp_path: Path) -> None:
    ours = bytes(builders.a_sealed_document().content)
    settings.KEY_DIR = tmp_path / "none"  # type: ignore[attr-defined]
    assert verified(save(ours + b"\n"))[1][0][2] == "It is not one of ours."


@pytest.mark.django_db
def test_it_says_which_paper_was_replaced(save: Save) -> None:
    old = builders.a_sealed_document()
    new = builders.a_sealed_document(client=old.agreement.client, now=builders.NOW + timedelta(days=40))
    lines = verified(save(bytes(old.content)), save(bytes(new.content)))[1]
    assert [line[2].removeprefix(OURS) for line in lines] == [
        " It was replaced on 2 January 2027.",
        " It is in force. Nothing newer replaced it.",
    ]


@pytest.mark.django_db
def test_a_certificate_that_is_over_changes_no_answer_and_is_said(save: Save, root: str) -> None:
    """What is kept counts by its bytes; with a root alone the seal still counts, on the day it was made."""
    ours = save(bytes(builders.a_sealed_document().content))
    with time_machine.travel(builders.NOW + timedelta(days=26 * 365)):
        (kept, alone) = verified(ours), verified(save(a_sealed_pdf()[0]), "--trust", root)
    assert (kept[0], alone[0]) == (0, 0)
    assert "The certificate of the seal ended on 2051-11-22." in kept[1][0][2]
    assert "The certificate of the seal ended on 2051-11-2" in alone[1][0][2]


@needs("openssl")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("way", "says"),
    [("in order", "A time authority says: sealed on 20"), ("a refusal", "The time authority gave no answer")],
)
def test_it_says_whether_an_authority_stamped_it(save: Save, way: str, says: str) -> None:
    version = builders.a_draft(until=Step.KEPT).versions.get()
    with time_authority.running(way):
        document = documents.issue(version=version, by=None, now=timezone.now())
    assert says in verified(save(bytes(document.content)))[1][0][2]

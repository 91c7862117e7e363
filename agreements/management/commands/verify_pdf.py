"""Says of each file whether it is still the document that was sealed."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.actions import chains, keys, proving
from agreements.actions.pdf_verdict import (
    GENUINE,
    LARGEST,
    NOT_GENUINE,
    UNREADABLE,
    Verdict,
    certificate_ended,
    judge,
)
from agreements.models import triggers
from agreements.rules.vocabulary import TrustedTime


class Command(BaseCommand):
    """One line a file: what it is, its path and why, with tabs between.

    Ends with 0 when all are genuine, 2 when the only fault is a file that is no PDF, otherwise 1.
    """

    help = "Say of each PDF whether it is genuine: one of ours, byte for byte."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", help="the PDF to check")
        parser.add_argument("--audit", action="store_true", help="check the whole of every log instead")
        parser.add_argument(
            "--trust", metavar="root.pem", help="ask no database: trust the seal that this file of certificates means"
        )

    def handle(self, *, files: list[str], trust: str | None, audit: bool, **options: Any) -> None:
        if bool(files) == audit or (audit and trust):
            raise CommandError(_("Name the files to check, or --audit alone."), returncode=2)
        if audit:
            return self._audit()
        root = _root(trust) if trust else None
        found = set()
        for file in files:
            verdict = _verdict(Path(file), root)
            found.add(verdict.status)
            self.stdout.write("\t".join((verdict.status, _on_one_line(file), _on_one_line(verdict.reason))))
        if found != {GENUINE}:
            raise SystemExit(1 if NOT_GENUINE in found else 2)

    def _audit(self) -> None:
        """One line a fault: "broken", the log and the number of the entry, or a trigger, and what is wrong. Then 1."""
        try:
            found, lifted = list(chains.faults()), triggers.missing(connection)
            logs, entries = chains.counted()
        except DatabaseError as error:
            says = _("The database cannot be asked (%(why)s).")
            raise CommandError(says % {"why": error}, returncode=2) from None
        for fault in found:
            self.stdout.write("\t".join(("broken", f"{fault.chain} {fault.sequence}", fault.what)))
        for name in lifted:
            self.stdout.write("\t".join(("broken", name, _("this trigger of the database is missing or was changed"))))
        if found or lifted:
            raise SystemExit(1)
        whole = _("%(logs)s logs with %(entries)s entries are whole.")
        self.stdout.write("\t".join(("whole", "", whole % {"logs": logs, "entries": entries})))


def _verdict(path: Path, root: bytes | None) -> Verdict:
    if path.is_dir():
        return Verdict(UNREADABLE, _("This is a folder, not a file."))
    if not path.is_file():
        return Verdict(UNREADABLE, _("There is no such file."))
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        return Verdict(UNREADABLE, _("The file cannot be read (%(why)s).") % {"why": error.strerror})
    if root is None:
        return _kept_here(content)
    try:
        return _judged(content, root)
    except keys.KeyProblem as problem:
        raise CommandError(str(problem), returncode=2) from None


def _kept_here(content: bytes) -> Verdict:
    """With a database the file is genuine when its SHA-256 is that of a document kept there, and only then."""
    try:
        answers = proving.of_file(content, timezone.now())
    except DatabaseError as error:
        says = _("The database cannot be asked (%(why)s). With --trust root.pem none is needed.")
        raise CommandError(says % {"why": error}, returncode=2) from None
    status = GENUINE if answers.ours else NOT_GENUINE if answers.readable else UNREADABLE
    return Verdict(status, " ".join(_said(answers)))


def _said(answers: proving.Answers) -> Iterator[str]:
    yield answers.reason
    yield from _of_the_seal(answers.stamped_at, answers.ended_at)
    if answers.trusted_time == TrustedTime.UNAVAILABLE:
        yield _("The time authority gave no answer when it was sealed.")
    if answers.standing:
        yield answers.standing.words


def _judged(content: bytes, root: bytes) -> Verdict:
    """Without a database the seal decides. Whether a paper is in force, only its practice knows."""
    verdict = judge(content, root)
    if verdict.status != GENUINE:
        return verdict
    ended_at = certificate_ended(content, timezone.now())
    said = [verdict.reason, *_of_the_seal(verdict.stamped_at, ended_at)]
    return replace(verdict, reason=" ".join(said))


def _of_the_seal(stamped_at: datetime | None, ended_at: datetime | None) -> Iterator[str]:
    if stamped_at:
        yield _("A time authority says: sealed on %(at)s UTC.") % {"at": f"{stamped_at:%Y-%m-%d %H:%M}"}
    if ended_at:
        yield _("The certificate of the seal ended on %(day)s.") % {"day": f"{ended_at:%Y-%m-%d}"}


def _root(trust: str) -> bytes:
    try:
        return Path(trust).read_bytes()
    except OSError as error:
        raise CommandError(
            _("The root certificate cannot be read (%(why)s).") % {"why": error.strerror}, returncode=2
        ) from None


def _on_one_line(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)

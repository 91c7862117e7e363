"""The sealed files and the frozen texts against the rows that keep them and the log that the papers print."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.actions.chain_walk import Fault, Walked
from agreements.actions.pdf_setting import ATTACHED
from agreements.actions.pdf_verdict import stamped_at
from agreements.models import Document, LargePrint, Version
from agreements.models.fields import FieldKeyUnavailable
from agreements.rules.digest import sha256
from agreements.rules.vocabulary import TrustedTime


def faults(walked: Walked) -> Iterator[Fault]:
    """The chain against what each sealed PDF says of it, and each version that waits for its seal."""
    agreement = walked.chain
    yield from _texts(walked)
    waiting = Version.objects.filter(agreement=agreement, document=None).exclude(log_head="")
    named = list(waiting.values_list("log_entries", "log_head"))
    for document in Document.objects.filter(agreement=agreement).defer("content").select_related("version"):
        content = _content(document)
        attached = _attached(content) if content is not None else None
        if attached is None or attached.get("digest") != document.version.digest:
            yield walked.fault(_place(walked, "sealed", document.pk), _("the paper that was sealed here was changed"))
        elif log := attached.get("log"):
            named.append((log["entries"], log["head"]))
    for large in LargePrint.objects.filter(document__agreement=agreement).defer("content"):
        if _content(large) is None:
            place = _place(walked, "large print sealed", large.pk)
            yield walked.fault(place, _("the paper that was sealed here was changed"))
    yield from walked.unlike(named, _("a sealed paper names another entry"))


def _texts(walked: Walked) -> Iterator[Fault]:
    """Each frozen text has its digest, and each sealed one names the one sealed before it."""
    before = ""
    for version in Version.objects.filter(agreement=walked.chain).defer("snapshot").order_by("number", "frozen_at"):
        if not _has_its_digest(version):
            yield walked.fault(_place(walked, "frozen", version.pk), _("the text that was frozen here was changed"))
        if Document.objects.filter(version=version).exists():
            if version.replaces != before:
                yield walked.fault(
                    _place(walked, "frozen", version.pk), _("it does not name the paper that was sealed before it")
                )
            before = version.digest


def _has_its_digest(version: Version) -> bool:
    try:
        return sha256(Version.objects.values_list("snapshot", flat=True).get(pk=version.pk)) == version.digest
    except (FieldKeyUnavailable, ValueError):
        return False


def _place(walked: Walked, kind: str, subject: UUID) -> int:
    """The number of the entry that a row came of; the last one where there is none."""
    found = [entry.sequence for entry in walked.entries.get(kind, []) if entry.subject == subject]
    return found[0] if found else max(walked.end, 1)


def _content(kept: Document | LargePrint) -> bytes | None:
    """The bytes of a sealed file; None when they are not those that were kept, or do not open, or carry another time
    than the row says."""
    try:
        content: bytes = type(kept)._default_manager.values_list("content", flat=True).get(pk=kept.pk)
    except FieldKeyUnavailable:
        return None
    at = stamped_at(content)
    as_written = (at, at is not None) == (kept.stamped_at, kept.timestamp_status == TrustedTime.STAMPED)
    return content if as_written and hashlib.sha256(content).hexdigest() == kept.sha256 else None


def _attached(content: bytes) -> dict[str, Any] | None:
    """The file in a sealed PDF; None when there is none that can be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        (attached,) = PdfReader(BytesIO(content)).attachments[ATTACHED]
        return dict(json.loads(attached))
    except (PyPdfError, LookupError, ValueError):
        return None

"""What anybody may ask about a paper without signing in: is it in force, and whom to call. It names nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import Document, LargePrint, Practice, Signature
from agreements.reads import afterwards, lines, resources
from agreements.rules.crisis_public import public_lines
from agreements.rules.crisis_rows import Parts
from agreements.rules.digest import CODE_LENGTH, code_in_address
from agreements.rules.vocabulary import SignatureKind

CODE = re.compile(rf"[0-9a-f]{{{CODE_LENGTH}}}")


@dataclass(frozen=True)
class Standing:
    """Whether a paper is in force; if not, whether it was replaced or stopped, and on which day of the practice's.

    `awaits_ink`: somebody signs it by hand, and nobody wrote down yet that they did.
    """

    replaced: bool = False
    on: date | None = None
    awaits_ink: bool = False

    @property
    def in_force(self) -> bool:
        """All signed, nothing newer took its place, and the two did not stop."""
        return self.on is None and not self.awaits_ink

    @property
    def answer(self) -> str:
        """In a word or two."""
        return _("Yes.") if self.in_force else _("Not yet.") if self.on is None else _("No.")

    @property
    def words(self) -> str:
        """The same in a sentence."""
        if self.on is None and self.awaits_ink:
            return _("It is to be signed by hand. Nobody has written down yet that it was.")
        if self.on is None:
            return _("It is in force. Nothing newer replaced it.")
        day = {"day": date_format(self.on, "j F Y")}
        return (_("It was replaced on %(day)s.") if self.replaced else _("It was stopped on %(day)s.")) % day


def address(digest: str) -> str | None:
    """Where a version with this digest can be asked about, for its QR; None where no public address is set."""
    return f"{settings.PUBLIC_ADDRESS}/v/{code_in_address(digest)}" if settings.PUBLIC_ADDRESS else None


def by_sha256(sha256: str) -> Document | LargePrint | None:
    """The document with these very bytes, or its large print, or None."""
    papers = Document.objects.select_related("agreement__ending__sooner").filter(sha256=sha256)
    large = LargePrint.objects.select_related("document__agreement__ending__sooner").filter(sha256=sha256)
    return papers.first() or large.first()


def by_code(code: str) -> Document | None:
    """The document of the version with this check code, or None: also when two should ever share one."""
    if not CODE.fullmatch(code):
        return None
    within = (code.ljust(64, "0"), code.ljust(64, "f"))
    found = (
        Document.objects.select_related("agreement__ending__sooner")
        .defer("content")
        .filter(version__digest__range=within)
    )
    return found[0] if len(found) == 1 else None


def standing(kept: Document | LargePrint, now: datetime) -> Standing:
    """Whether this paper is in force at `now` (UTC), replaced by a newer one of the same two, or stopped."""
    document = kept.document if isinstance(kept, LargePrint) else kept
    found = afterwards.of(document, now)
    if found.newer:
        return Standing(replaced=True, on=found.replaced_on)
    return Standing(on=found.ends_on if found.over else None, awaits_ink=_awaits_ink(document))


def _awaits_ink(document: Document) -> bool:
    by_hand = Signature.objects.filter(version=document.version_id, kind=SignatureKind.PAPER, seen_ink=None)
    return by_hand.exclude(intent="").exists()


def crisis_lines(now: datetime) -> tuple[tuple[int, Parts], ...]:
    """The public lines of the practice's country whose check holds today (H17)."""
    practice = Practice.objects.first()
    if practice is None:
        return ()
    today = now.astimezone(ZoneInfo(practice.zone)).date()
    checked = [line.row for line in lines.of_country(practice.country, today) if line.holds]
    return public_lines(resources.plain(checked), practice.country)

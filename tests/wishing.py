"""A client's wish for a reminder as the database holds it."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from agreements.models import Agreement, Wish
from tests.review_rows import MADE

ADDRESS = "own.box@mail.test"


def a_wish(agreement: Agreement, *, email: str = ADDRESS, stopped_at: datetime | None = None) -> Wish:
    """Asked for when the agreement was made."""
    token = uuid4().hex
    return Wish.objects.create(
        agreement=agreement, email=email, token=token, token_sha256=uuid4().hex * 2, asked_at=MADE,
        stopped_at=stopped_at,
    )  # fmt: skip

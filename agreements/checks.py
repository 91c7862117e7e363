"""What `check` finds wrong before users do. Each has an id and a way forward."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.utils import timezone

from agreements.actions import installation, keys, pdf_glyphs, pdf_signature
from agreements.models import triggers

ENDS_SOON = timedelta(days=30)


@register(Tags.security)
def key_folder_is_private(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001: nobody but the owner may read a key file."""
    folder = Path(settings.KEY_DIR)
    names = (keys.KEY, installation.SECRET_FILE, installation.FIELD_KEYS_FILE)
    open_files = [name for name in names if (folder / name).exists() and os.stat(folder / name).st_mode & 0o077]
    if not open_files:
        return []
    hint = f"chmod 600 {' '.join(open_files)} in the key folder."
    return [Error("Others can read the key files.", hint=hint, id="agreements.E001")]


@register(Tags.security, deploy=True)
def seal_key_is_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E002: the practice has a seal."""
    try:
        keys.load_signer()
    except keys.KeyMissing as problem:
        return [Error(str(problem), id="agreements.E002")]
    except keys.KeyProblem:
        pass  # said by the next one
    return []


@register(Tags.security)
def seal_key_works(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E002: an empty page can be sealed, and the seal holds. Before there is a key there is nothing to try."""
    try:
        pdf_signature.self_test(timezone.now())
    except keys.KeyMissing:
        return []
    except (keys.KeyProblem, pdf_signature.SealRefused) as problem:
        return [Error(str(problem), id="agreements.E002")]
    return []


@register(Tags.security)
def seal_certificate_holds(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E005: the certificate of the seal is not over; W002: nor will it be within thirty days."""
    try:
        ends = keys.certificate_ends()
    except keys.KeyProblem:
        return []  # said by those above
    now = timezone.now()
    hint = (
        "Get a new seal from your authority and name its file in SEAL_PKCS12, or set none and use the practice's own."
        " Papers sealed before still prove themselves: docs/running.md, “Keys”."
    )
    if ends < now:
        says = (
            f"The certificate of the seal ended on {ends:%Y-%m-%d}. What is sealed now may be called invalid elsewhere."
        )
        return [Error(says, hint=hint, id="agreements.E005")]
    if ends < now + ENDS_SOON:
        return [Warning(f"The certificate of the seal ends on {ends:%Y-%m-%d}.", hint=hint, id="agreements.W002")]
    return []


@register(Tags.files)
def fonts_are_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E003: the fonts of the papers came along."""
    try:
        pdf_glyphs.bundled_fonts()
    except pdf_glyphs.FontsGone as problem:
        return [Error(str(problem), id="agreements.E003")]
    return []


@register(Tags.database, deploy=True)
def triggers_are_there(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """E004: the database refuses what nobody may do. Asked only where a database is named: `--database default`."""
    lifted = [name for alias in databases or () for name in triggers.missing(connections[alias])]
    if not lifted:
        return []
    hint = "Find out who lifted them: verify_pdf --audit. Then put back a backup, or ask whoever keeps the database."
    return [Error(f"Triggers are missing or were changed: {', '.join(lifted)}.", hint=hint, id="agreements.E004")]


@register(Tags.security, deploy=True)
def mail_goes_out(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W001: reminders need a mail server."""
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return []
    hint = "Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org."
    return [Warning("No mail server is set: reminders stay on the home page only.", hint=hint, id="agreements.W001")]

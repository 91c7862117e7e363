"""What is slow to build is built by the real actions once in a process; afterwards its rows are put back as stored."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import get_language

from agreements.actions import pdf, pdf_signature, sealing, stored_rows
from agreements.models import LogHead, Practice, User
from agreements.models.fields import FIELD_KEYS_FILE

AnyRow = TypeVar("AnyRow", bound=Model)
SETTINGS = ("PUBLIC_ADDRESS", "TSA_URL", "TSA_ROOT", "TSA_POLICY", "SEAL_PKCS12", "SEAL_PKCS12_BASE64")
album: dict[object, tuple[type[Model], object, list[tuple[str, stored_rows.Row]], dict[object, object]]] = {}


def once(build: Callable[[], AnyRow], *facts: object) -> AnyRow:
    """What `build` makes; after the first time, on the same ground and with the same facts, put back as from a backup."""
    name = (*facts, *ground())
    if name in album:
        model, pk, rows, moved = album[name]
        with transaction.atomic():
            stored_rows.take_in(iter(rows))
            for chain, mark in moved.items():
                LogHead.objects.filter(chain=chain).update(mark=mark)
        return model._base_manager.get(pk=pk)  # type: ignore[return-value]
    models = stored_rows.tables()
    before = {label: set(model._base_manager.values_list("pk", flat=True)) for label, model in models.items()}
    made = build()
    keys = {label: model._meta.pk.attname for label, model in models.items() if model._meta.pk}
    more = [label for label, model in models.items() if model._base_manager.count() > len(before[label])]
    rows = [(label, row) for label, row in stored_rows.every_row(of=more) if row[keys[label]] not in before[label]]
    heads = LogHead.objects.filter(pk__in=before[LogHead._meta.label_lower])
    album[name] = (type(made), made.pk, rows, dict(heads.values_list("chain", "mark")))
    return made


def ground() -> tuple[object, ...]:
    """On what `build` builds: the keys, how many rows there are, the mark of each log's end (over nonces and all before),
    the practice, who signs in, and what a test may have put in the place of the real."""
    tables = [model._meta.db_table for model in stored_rows.tables().values()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables))
        counts = cursor.fetchone()
    logs = list(LogHead.objects.order_by("chain").values_list("chain", "mark"))
    people = [
        *Practice.objects.values_list(),
        *User.objects.order_by("pk").values_list("pk", "name", "called", "text_number"),
    ]
    placed = [pdf.render, pdf_signature.seal, pdf_signature.judge, sealing._try_on_paper]
    real = tuple(getattr(function, "__code__", function) for function in placed)
    given = [getattr(settings, name) for name in SETTINGS]
    return (
        Path(settings.KEY_DIR, FIELD_KEYS_FILE).read_bytes(),
        counts,
        str(logs),
        str(people),
        real,
        str(given),
        get_language(),
    )


def copied_keys(folder: Path) -> Path:
    """A key folder that a test may empty; what was photographed opens with it."""
    if settings.KEY_DIR.exists():
        shutil.copytree(settings.KEY_DIR, folder)
    return folder

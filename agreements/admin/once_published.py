"""What every published row shares in the admin: it is read, never changed or removed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from agreements.models import Family


def is_published(row: Any) -> bool:
    """Whether a row, the edition it is part of, or an edition of a family, is published."""
    if isinstance(row, Family):
        return row.editions.filter(published_at__isnull=False).exists()
    for way in ("published_at", "edition", "clause", "option"):
        if hasattr(row, way):
            found = getattr(row, way)
            return found is not None if way == "published_at" else is_published(found)
    return False


class ReadOnlyOncePublished(admin.options.BaseModelAdmin):  # type: ignore[type-arg]
    """What is published can be looked at, never changed or removed."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj is not None and is_published(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj is not None and is_published(obj))


class InlineOncePublished(ReadOnlyOncePublished):
    """Parts inside their owner: no new ones once the owner is published."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not (obj is not None and is_published(obj))

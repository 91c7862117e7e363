"""The template editor's door: the clause library and the crisis rows. Drafts can be edited, published rows only read.

Personal models are never registered here.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.actions import crisis, library
from agreements.actions.refusals import Refused
from agreements.models import (
    Clause,
    ClauseText,
    CrisisResource,
    Edition,
    Family,
    Option,
    OptionText,
    User,
)


def is_published(row: Any) -> bool:
    """Whether a row, or the edition it is part of, is published."""
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
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not (obj is not None and is_published(obj))


class ClauseInline(InlineOncePublished, admin.TabularInline):  # type: ignore[type-arg]
    model = Clause
    fields = ("order", "key", "topic", "kind", "mode", "asked")


class ClauseTextInline(InlineOncePublished, admin.StackedInline):  # type: ignore[type-arg]
    model = ClauseText


class OptionInline(InlineOncePublished, admin.TabularInline):  # type: ignore[type-arg]
    model = Option


class OptionTextInline(InlineOncePublished, admin.StackedInline):  # type: ignore[type-arg]
    model = OptionText


@admin.register(Family)
class FamilyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "key")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnlyOncePublished, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("family", "number", "state", "read_by")
    list_select_related = ("family", "retirement")
    inlines = (ClauseInline,)
    actions = ("publish",)

    @admin.display(description=_("state"))
    def state(self, edition: Edition) -> str:
        if edition.published_at is None:
            return str(_("draft"))
        return str(_("retired") if hasattr(edition, "retirement") else _("published"))

    @admin.action(description=_("Publish the chosen editions: from then on they never change"), permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        for edition in chosen:
            try:
                library.publish(edition=edition, by=request.user, now=timezone.now())  # type: ignore[arg-type]
            except Refused as refused:
                self.message_user(request, str(refused), messages.ERROR)


class EditionFilter(admin.RelatedFieldListFilter):
    """Every edition with its family's name, in one query."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [(edition.pk, str(edition)) for edition in Edition.objects.select_related("family")]


@admin.register(Clause)
class ClauseAdmin(ReadOnlyOncePublished, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("key", "edition", "order", "kind", "mode")
    list_select_related = ("edition__family",)
    list_filter = (("edition", EditionFilter),)
    inlines = (ClauseTextInline, OptionInline)


@admin.register(Option)
class OptionAdmin(ReadOnlyOncePublished, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("key", "clause", "order")
    list_select_related = ("clause",)
    inlines = (OptionTextInline,)


@admin.register(CrisisResource)
class CrisisResourceAdmin(ReadOnlyOncePublished, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("service", "place", "kind", "call", "text_to", "hours", "state")
    list_filter = ("country", "kind")
    actions = ("publish",)

    @admin.display(description=_("state"))
    def state(self, resource: CrisisResource) -> str:
        return str(_("draft") if resource.published_at is None else _("published"))

    @admin.action(description=_("Publish the chosen rows: from then on they never change"), permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[CrisisResource]) -> None:
        for resource in chosen:
            crisis.publish(resource=resource, by=request.user, now=timezone.now())  # type: ignore[arg-type]


@admin.register(User)
class StaffAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts: made by an administrator, since nobody signs up."""

    fieldsets = (*(UserAdmin.fieldsets or ()), (_("On the agreement"), {"fields": ("name", "called")}))

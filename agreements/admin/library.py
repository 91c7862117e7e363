"""The clause library: families, their editions, clauses and options."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.actions import library
from agreements.actions.refusals import Refused
from agreements.admin.once_published import InlineOncePublished, ReadOnlyOncePublished
from agreements.models import Clause, ClauseText, Edition, Family, Option, OptionText


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

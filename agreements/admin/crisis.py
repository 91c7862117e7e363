"""The crisis rows: digits as they are dialled, where they were read, and when somebody made sure."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.actions import crisis
from agreements.admin.once_published import ReadOnlyOncePublished
from agreements.models import CrisisResource


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

"""What an operator sees of the reminders: how many, in which state, and whether they go out. Nobody is named."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.models import Reminder
from agreements.reads import mailing


@admin.register(Reminder)
class ReminderAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Read only: a therapist tries a failed one again from their home page. No address and no name stands here."""

    list_display = ("due_on", "kind", "number", "to_whom", "state", "attempts", "failure")
    list_display_links = None
    fields = ("due_on", "kind", "occurrence", "state", "attempts", "failure", "sent_at")
    list_filter = ("state", "kind")
    ordering = ("-due_at", "pk")
    sortable_by = ()
    actions = None
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description=_lazy("which reminder"))
    def number(self, reminder: Reminder) -> int:
        return reminder.occurrence

    @admin.display(description=_lazy("to"))
    def to_whom(self, reminder: Reminder) -> str:
        return _("therapist") if reminder.recipient_id else _("client")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"last_pass": mailing.last_pass(), **(extra_context or {})})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

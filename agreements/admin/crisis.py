"""The crisis rows: digits as they are dialled, where they were read, and when somebody made sure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agreements.actions import crisis
from agreements.admin.crisis_forms import CrisisForm
from agreements.admin.crisis_pages import ResourcePages
from agreements.admin.once_published import ReadOnlyOncePublished
from agreements.models import CrisisCheck, CrisisResource, Practice
from agreements.reads import lines
from agreements.rules.safety import Check, expires_on
from agreements.rules.vocabulary import CheckedHow


class CheckFilter(admin.SimpleListFilter):
    """Rows in use that need somebody to make sure of them."""

    title = _("check")
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [("month", _("to check this month")), ("expired", _("expired"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CrisisResource]) -> QuerySet[CrisisResource]:
        if self.value() not in ("month", "expired"):
            return queryset
        today = timezone.now().astimezone(ZoneInfo(Practice.objects.get().zone)).date()
        wanted = [line for line in lines.holding(today) if line.is_due(today)]
        if self.value() == "expired":
            wanted = [line for line in wanted if line.check and not line.holds]
        return queryset.filter(pk__in=[line.row.pk for line in wanted])


@admin.register(CrisisResource)
class CrisisResourceAdmin(ReadOnlyOncePublished, ResourcePages):
    form = CrisisForm
    fields = ("key", *crisis.EDITED)
    list_display = ("service", "place", "ways", "state", "last_check")
    list_filter = (CheckFilter, "country", "kind")
    list_select_related = ("successor", "withdrawal")
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[CrisisResource]:
        return super().get_queryset(request).prefetch_related("checks__by")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Of what is only read, what is there."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return tuple("spoken" if name == "languages" else name for name in self.fields if getattr(obj, name))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What takes the place of a row keeps its key and its place."""
        return ("key", "country", "area", "spoken") if obj is not None and obj.replaces_id else ("spoken",)

    def save_model(self, request: HttpRequest, obj: CrisisResource, form: Any, change: bool) -> None:
        crisis.write(resource=obj, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        unconfirmed = {"keyword_confirmed": words} if (words := crisis.not_confirmed(obj)) else {}
        for field, warning in {**crisis.left_behind(obj), **unconfirmed}.items():
            messages.warning(request, f"{form.fields[field].label}: {warning}")

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        row = CrisisResource.objects.select_related("successor", "withdrawal").filter(pk=object_id).first()
        may = request.user.has_perm("agreements.change_crisisresource")  # type: ignore[union-attr]
        state = _state(row) if row else ""
        extra = {"row_state": state, "may": may, "row_check": _newest(row) if row else None}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    @admin.display(description=_("languages"))
    def spoken(self, resource: CrisisResource) -> str:
        return ", ".join(resource.languages)

    @admin.display(description=_("ways"))
    def ways(self, resource: CrisisResource) -> str:
        text = " ".join(filter(None, (resource.text_keyword, resource.text_to)))
        return " · ".join(filter(None, (resource.call, text, resource.chat)))

    @admin.display(description=_("state"))
    def state(self, resource: CrisisResource) -> str:
        return str(STATES[_state(resource)])

    @admin.display(description=_("last check"))
    def last_check(self, resource: CrisisResource) -> str:
        check = _newest(resource)
        if check is None:
            return str(_("never"))
        who = check.by.called or check.by.username if check.by else ""
        until = expires_on(Check(check.checked_on, CheckedHow(check.how)))
        days = _("%(on)s, good until %(until)s") % {
            "on": date_format(check.checked_on, "j F Y"),
            "until": date_format(until, "j F Y"),
        }
        return ", ".join(filter(None, (check.get_how_display(), who, days)))


STATES = {
    "draft": _("draft"),
    "published": _("published"),
    "replaced": _("replaced"),
    "withdrawn": _("withdrawn"),
}


def _state(row: CrisisResource) -> str:
    if row.published_at is None:
        return "draft"
    if hasattr(row, "successor") and row.successor.published_at is not None:
        return "replaced"
    return "withdrawn" if hasattr(row, "withdrawal") else "published"


def _newest(row: CrisisResource) -> CrisisCheck | None:
    """The newest real check, or what a demo did not check."""
    made = sorted(row.checks.all(), key=lambda check: (check.how != CheckedHow.DEMO, check.checked_on))
    return made[-1] if made else None

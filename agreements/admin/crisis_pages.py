"""Pages around a crisis row in the admin: the number changed, publish, check, withdraw.

Looking never writes; every change is a post of somebody who may, through one action. No client is seen here: how many
papers carry a row is a count.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements.actions import crisis
from agreements.actions.refusals import NotNow, Unreadable
from agreements.admin.crisis_forms import CrisisForm
from agreements.forms.keyed import KeyedForm, key_of
from agreements.models import CrisisResource, Practice
from agreements.reads import recalls, resources
from agreements.rules import crisis_rows


class ResourcePages(admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin of crisis rows with these pages."""

    def get_urls(self) -> list[URLPattern]:
        def page(name: str, view: Callable[..., HttpResponse]) -> URLPattern:
            return path(
                f"<uuid:pk>/{name}/", self.admin_site.admin_view(view), name=f"agreements_crisisresource_{name}"
            )

        either = require_http_methods(["GET", "POST"])
        return [
            page("correct", require_POST(self.correct_view)),
            page("publish", either(self.publish_view)),
            page("check", either(self.check_view)),
            page("withdraw", either(self.withdraw_view)),
            *super().get_urls(),
        ]

    def correct_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The number changed: a draft with the same facts opens."""
        row = self._row(request, pk)
        try:
            draft = crisis.correct(resource=row, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        except NotNow as refused:
            messages.error(request, str(refused))
            return redirect(_page_of(pk))
        words = _(
            "A draft. Write what is new and where you read it, save it, then publish it. The old row holds until then."
        )
        messages.info(request, words)
        return redirect(_page_of(draft.pk))

    def publish_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Digits and source, what it does to papers, and how it was checked: one of three."""
        row = self._row(request, pk)
        if row.published_at is not None:
            messages.info(request, _("This row is published already."))
            return redirect(_page_of(pk))
        if request.method == "POST":
            try:
                done = crisis.publish(resource=row, form_key=key_of(request.POST), **_checked(request, row))
                messages.success(request, f"{_('Published: %(row)s.') % {'row': done}} {_carry(row.replaces)}")
            except (Unreadable, NotNow) as refused:
                messages.error(request, str(refused))
            return redirect(_page_of(pk))
        same = row.replaces is not None and recalls.alike_on_paper(row.replaces, row)
        more = {
            "carry": "" if same else _carry(row.replaces),
            "faults": crisis.kept_back(row, today=_today()).values(),
            "left": _left(row),
            "boxes": crisis.in_the_box(row),
        }
        return self._page(request, "publish", _("Publish"), row, more)

    def check_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Digits and source, and how somebody made sure of them: one of three."""
        row = self._row(request, pk, holding=True)
        if request.method == "POST":
            crisis.check(resource=row, form_key=key_of(request.POST), **_checked(request, row))
            messages.success(request, _("Checked today: %(row)s.") % {"row": row})
            return redirect("admin:agreements_crisisresource_changelist")
        return self._page(request, "check", _("Check"), row, {})

    def withdraw_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """What withdrawing does, asked once."""
        row = self._row(request, pk, holding=True)
        if request.method == "POST":
            by, key = request.user, key_of(request.POST)
            crisis.withdraw(resource=row, by=by, now=timezone.now(), form_key=key)  # type: ignore[arg-type]
            messages.success(request, f"{_('Withdrawn: %(row)s.') % {'row': row}} {_carry(row)}")
            return redirect(_page_of(pk))
        return self._page(request, "withdraw", _("Withdraw"), row, {"carry": _carry(row), "stops": _stops(row)})

    def _row(self, request: HttpRequest, pk: UUID, *, holding: bool = False) -> CrisisResource:
        """The row, for somebody who may change crisis rows; 404 when it is not the one in use but should be."""
        if not request.user.has_perm("agreements.change_crisisresource"):  # type: ignore[union-attr]
            raise PermissionDenied
        rows = resources.holding() if holding else CrisisResource.objects.all()
        return get_object_or_404(rows.select_related("replaces"), pk=pk)

    def _page(
        self, request: HttpRequest, name: str, title: str, row: CrisisResource, more: dict[str, Any]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{title}: {row}",
            "here": title,
            "row": row,
            "form": KeyedForm(),
            "today": _today(),
            **more,
        }
        return TemplateResponse(request, f"admin/agreements/crisisresource/{name}.html", context)


def _checked(request: HttpRequest, row: CrisisResource) -> dict[str, Any]:
    how = request.POST.get("how", "")
    if how not in row.ways_to_check:
        raise Http404
    return {"how": how, "by": request.user, "today": _today(), "now": timezone.now()}


def _today() -> date:
    return timezone.now().astimezone(ZoneInfo(Practice.objects.get().zone)).date()


def _carry(row: CrisisResource | None) -> str:
    """How many papers in force carry a row, in words; "" when none does."""
    number = recalls.count_carrying(row, _today()) if row else 0
    if not number:
        return ""
    words = _(
        "Papers in force with the row as it was: %(number)s. Their therapists see on their home pages whom to tell."
    )
    return words % {"number": number}


def _left(row: CrisisResource) -> list[str]:
    """Where the row still says a number that it takes away, in words."""
    labels = CrisisForm.Meta.labels
    return [f"{labels.get(field, field.capitalize())}: {words}" for field, words in crisis.left_behind(row).items()]


def _stops(row: CrisisResource) -> str:
    """What nobody can do any more in its place without this row (H4, H16), in words; "" when nothing stops."""
    here = {"place": row.place}
    rest = resources.plain([each for each in resources.current([(row.country, row.area)]) if each.pk != row.pk])
    if crisis_rows.emergency(rest) is None:
        return _("Nobody who lives in %(place)s can sign then: there is no other emergency number.") % here
    if crisis_rows.line(rest) is None:
        return _("Nobody who lives in %(place)s can sign then: there is no other line to call at any hour.") % here
    if not crisis_rows.answers_without_voice(rest, registered=False):
        return _("Who lives in %(place)s and cannot speak cannot sign then: no other line takes texts or chat.") % here
    return ""


def _page_of(pk: UUID) -> str:
    return reverse("admin:agreements_crisisresource_change", args=[pk])

"""Pages around an edition in the admin: publish, compare, export, import, a new draft from it, retire.

Looking never writes; every change is a post of somebody who may, through one action.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.actions import library
from agreements.actions.pdf import RenderRefused
from agreements.actions.refusals import NotNow, Unreadable
from agreements.actions.sample_paper import SamplePaper, longest_paper
from agreements.admin.edition_forms import ImportForm, PublishForm
from agreements.models import Edition, Practice
from agreements.reads import ends
from agreements.reads import library as reads
from agreements.reads.sample import NotWhole
from agreements.rules.edition_file import MOST_BYTES, FaultyFile, from_file, to_file
from agreements.rules.lint import MOST_PAGES, Remark
from agreements.rules.vocabulary import Hearing, Paper


class EditionPages(admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin of editions with these pages."""

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"agreements_edition_{name}")

        return [
            page("import/", require_http_methods(["GET", "POST"])(self.import_view), "import"),
            page("<uuid:pk>/publish/", require_http_methods(["GET", "POST"])(self.publish_view), "publish"),
            page("<uuid:pk>/retire/", require_http_methods(["GET", "POST"])(self.retire_view), "retire"),
            page("<uuid:pk>/copy/", require_POST(self.copy_view), "copy"),
            page("<uuid:pk>/compare/", require_GET(self.compare_view), "compare"),
            page("<uuid:pk>/export/", require_GET(self.export_view), "export"),
            *super().get_urls(),
        ]

    def publish_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """What would change, for whom, and what is marked; then who read it and how people should hear."""
        looked = self._look(request, pk, "change")
        form = PublishForm(request.POST or None)
        if looked.edition.published_at is not None:
            messages.info(request, _("This edition is published already."))
            return redirect(_page_of(pk))
        if request.method == "POST" and form.is_valid():
            try:
                return self._publish(request, looked.edition, form)
            except Unreadable as fault:
                form.add_error(fault.field, str(fault))
            except library.Unchanged as nothing:
                messages.warning(request, str(nothing))
                return redirect(_page_of(pk))
            except library.Faulty as faulty:
                messages.error(request, str(faulty))
        paper, why_none = _paper(looked)
        groups = grouped(looked, _length(paper))
        context = {"looked": looked, "groups": groups, "form": form, "paper": paper, "why_none": why_none}
        context["touched"] = reads.touched(looked.edition, ends.local_day(timezone.now()))
        return self._page(request, "publish", _("Publish"), looked.edition, context, 422 if form.is_bound else 200)

    def _publish(self, request: HttpRequest, edition: Edition, form: PublishForm) -> HttpResponse:
        found = library.publish(
            edition=edition,
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            read_by=form.read_by(),
            hearing=Hearing(form.cleaned_data["hearing"]),
            talk_before=form.cleaned_data["talk_before"],
        )
        messages.success(request, _("%(edition)s is published. It never changes from now on.") % {"edition": found})
        return redirect(_page_of(found.pk))

    def retire_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask once; then no new agreement starts from it."""
        looked = self._look(request, pk, "change", of_published=True)
        if request.method == "POST":
            try:
                library.retire(edition=looked.edition, by=request.user, now=timezone.now())  # type: ignore[arg-type]
                messages.success(request, _("No new agreement starts from %(edition)s.") % {"edition": looked.edition})
            except NotNow as refused:
                messages.error(request, str(refused))
            return redirect(_page_of(pk))
        return self._page(request, "retire", _("Retire"), looked.edition, {})

    def copy_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """A new draft that says the same; the page of the draft opens."""
        looked = self._look(request, pk, "add")
        try:
            made = library.copy(edition=looked.edition, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        except NotNow as refused:
            messages.error(request, str(refused))
            return redirect(_page_of(pk))
        messages.success(
            request, _("This is a new draft. It says the same as %(edition)s.") % {"edition": looked.edition}
        )
        return redirect(_page_of(made.pk))

    def compare_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Was and Now, clause by clause, beside the edition before."""
        looked = self._look(request, pk, "view")
        return self._page(request, "compare", _("Compare"), looked.edition, {"looked": looked})

    def export_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The edition as a file that any practice can read in."""
        found = self._look(request, pk, "view").file
        name = f"{found['family']['key']}-{found['edition']['number']}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(to_file(found), content_type="application/json", headers=headers)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """A file becomes a draft, whole or not at all; every fault of a file is named."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        faults = []
        if request.method == "POST" and form.is_valid():
            try:
                data = from_file(request.FILES["file"].read(MOST_BYTES + 1))  # type: ignore[union-attr]
                made = library.read_in(data=data, by=request.user, now=timezone.now())  # type: ignore[arg-type]
                _tell_read_in(request, made, data["edition"]["read_by"])
                return redirect(_page_of(made.pk))
            except FaultyFile as faulty:
                faults = faulty.faults
        context = {"form": form, "faults": faults}
        return self._page(request, "import", _("Import"), None, context, 422 if request.method == "POST" else 200)

    def _look(self, request: HttpRequest, pk: UUID, permission: str, of_published: bool = False) -> reads.Looked:
        """The edition, for somebody who may: 403 otherwise, 404 where there is none."""
        if not request.user.has_perm(f"agreements.{permission}_edition"):  # type: ignore[union-attr]
            raise PermissionDenied
        try:
            looked = reads.look(pk)
        except Edition.DoesNotExist:
            raise Http404 from None
        if of_published and looked.edition.published_at is None:
            raise Http404
        return looked

    def _page(
        self,
        request: HttpRequest,
        name: str,
        title: str,
        edition: Edition | None,
        context: dict[str, Any],
        status: int = 200,
    ) -> HttpResponse:
        shown = f"{title}: {edition}" if edition else title
        whole = {**self.admin_site.each_context(request), "title": shown, "here": title, "opts": self.opts}
        template = f"admin/agreements/edition/{name}.html"
        return TemplateResponse(request, template, {**whole, "edition": edition, **context}, status=status)


def _tell_read_in(request: HttpRequest, made: Edition, elsewhere: str) -> None:
    """What became of the file: whoever read it elsewhere counts for nothing here, and what blocks is said at once."""
    messages.success(request, _("Read in as a draft: %(edition)s.") % {"edition": made})
    if elsewhere != library.NOBODY:
        words = _("The file says that it was read elsewhere by %(reader)s. Here it was read by nobody yet.")
        messages.info(request, words % {"reader": elsewhere})
    if reads.look(made.pk).blocked:
        messages.warning(request, _("It cannot be published yet: what is marked “Must change” comes first."))


def grouped(looked: reads.Looked, more: Sequence[Remark] = ()) -> list[tuple[str, str, list[Remark]]]:
    """Remarks by clause as (clause id or "", its heading, remarks): whatever holds one that blocks first.

    `more` are those that are not of its words alone.
    """
    keys = {clause.key: str(clause.pk) for clause in looked.edition.clauses.all()}
    headings = {row["key"]: reads.heading(row, looked.language) for row in looked.file["clauses"]}
    found: dict[str, list[Remark]] = {}
    for where in ("", *keys):
        if remarks := [remark for remark in (*looked.remarks, *more) if remark.where == where]:
            found[where] = remarks
    order = sorted(found, key=lambda where: not any(remark.blocks for remark in found[where]))
    return [(keys.get(where, ""), headings.get(where, ""), found[where]) for where in order]


def _length(paper: SamplePaper | None) -> list[Remark]:
    """A remark on a paper that does not fit, for the answer about voice that makes the longest box."""
    if paper is None or paper.pages <= MOST_PAGES:
        return []
    words = _("The paper has %(pages)s pages before the cards (“%(voice)s”); aim for %(most)s. Shorten a clause.")
    return [Remark("", words % {"pages": paper.pages, "voice": paper.voice.label, "most": MOST_PAGES})]


def _page_of(pk: UUID) -> str:
    return reverse("admin:agreements_edition_change", args=[pk])


def _paper(looked: reads.Looked) -> tuple[SamplePaper | None, str]:
    """The longest sample paper, or why there is none yet."""
    practice = Practice.objects.get()
    try:
        size = Paper(practice.paper)
        return longest_paper(edition=looked.edition, practice=practice, paper=size, now=timezone.now()), ""
    except NotWhole:
        return None, _("The paper cannot be made before all words are there.")
    except RenderRefused as refused:
        return None, str(refused)
    except (ValueError, LookupError):
        return None, _("The paper cannot be made yet: what is marked “Must change” comes first.")

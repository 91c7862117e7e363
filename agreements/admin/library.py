"""The clause library: families, their editions, and each clause with its options on one page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.actions.library import NOBODY, next_number
from agreements.admin.clause_forms import ClauseForm, OptionForm, OptionFormSet, draft
from agreements.admin.edition_forms import ClauseRowForm, DistinctFormSet, EditionForm, FamilyForm
from agreements.admin.edition_pages import EditionPages, grouped
from agreements.admin.once_published import InlineOncePublished, ReadOnlyOncePublished
from agreements.models import Clause, ClauseText, Edition, Family, Option, OptionText, Practice
from agreements.reads import library
from agreements.rules.edition_texts import SAMPLE_WORDS
from agreements.rules.meaning_words import reading
from agreements.rules.vocabulary import ClauseKind


@admin.register(Family)
class FamilyAdmin(ReadOnlyOncePublished, admin.ModelAdmin):  # type: ignore[type-arg]
    form = FamilyForm
    list_display = ("name", "key", "about")
    sortable_by = ()
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ClauseInline(InlineOncePublished, admin.TabularInline):  # type: ignore[type-arg]
    """The clauses in their order. Each has a page of its own, and a new one is added there."""

    model = Clause
    form = ClauseRowForm
    formset = DistinctFormSet
    template = "admin/agreements/edition/clauses.html"
    fields = ("order",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Clause]:
        return super().get_queryset(request).prefetch_related(_texts(ClauseText))


@admin.register(Edition)
class EditionAdmin(ReadOnlyOncePublished, EditionPages):
    form = EditionForm
    list_display = ("__str__", "state", "read_by")
    list_select_related = ("family", "retirement")
    list_filter = ("family",)
    ordering = ("family__name", "-number")
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    actions = None
    inlines = (ClauseInline,)
    change_form_template = "admin/agreements/edition/change_form.html"
    change_list_template = "admin/agreements/edition/change_list.html"

    @admin.display(description=_("state"))
    def state(self, edition: Edition) -> str:
        if edition.published_at is None:
            return str(_("draft"))
        return str(_("retired") if hasattr(edition, "retirement") else _("published"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ("family", "update_rule", "funding")
        if obj.published_at is None:
            return ("family", "number", "state", "read_by", "update_rule", "funding")
        published = ("read_by", "published_at", "published_by", "hearing", "talk_before")
        return ("family", "number", "state", "update_rule", "funding", *published)

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = self.get_fields(request, obj)
        return () if obj is None else tuple(name for name in fields if name not in ("update_rule", "funding"))

    def save_model(self, request: HttpRequest, obj: Edition, form: Any, change: bool) -> None:
        if change:
            return super().save_model(request, obj, form, change)
        with transaction.atomic():
            family = Family.objects.select_for_update().get(pk=obj.family_id)
            obj.number, obj.read_by = next_number(family), NOBODY
            super().save_model(request, obj, form, change)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = self.get_object(request, object_id)
        context = {**(extra_context or {}), "show_save_and_add_another": False}
        if found is not None:
            looked = library.look(found.pk)
            context |= {"looked": looked, "groups": grouped(looked), "may_add": self.has_add_permission(request)}
            context["retired"] = hasattr(looked.edition, "retirement")
        return super().change_view(request, object_id, form_url, context)


class OptionInline(InlineOncePublished, admin.StackedInline):  # type: ignore[type-arg]
    """The options of a clause, each with its words."""

    model = Option
    form = OptionForm
    formset = OptionFormSet
    fields = (("order", "key"), "label", "consequence", "words", "meaning", "read_as")
    readonly_fields = ("read_as",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 2

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        found = super().get_formset(request, obj, **kwargs)
        found.form.language = _language()  # type: ignore[attr-defined]
        return found

    def get_queryset(self, request: HttpRequest) -> QuerySet[Option]:
        return super().get_queryset(request).select_related("clause").prefetch_related(_texts(OptionText))

    @admin.display(description=_("Label on the button"))
    def label(self, option: Option) -> str:
        return _said(option, "label")

    @admin.display(description=_("What it would mean"))
    def consequence(self, option: Option) -> str:
        return _said(option, "consequence")

    @admin.display(description=_("Words on the paper"))
    def words(self, option: Option) -> str:
        return _said(option, "words")

    @admin.display(description=_("The rules read this as"))
    def read_as(self, option: Option) -> str:
        """What the program understands, beside what the two will read; of a new option nothing yet."""
        if option._state.adding:
            return "-"
        clause = option.clause
        own = SAMPLE_WORDS if clause.kind == ClauseKind.WORDS else ""
        return reading(clause.topic, option.key, option.meaning, words=own) or "-"


@admin.register(Clause)
class ClauseAdmin(ReadOnlyOncePublished, admin.ModelAdmin):  # type: ignore[type-arg]
    """One page for a clause, its words and its options. It is reached from its edition."""

    form = ClauseForm
    inlines = (OptionInline,)
    list_display = ("key", "edition", "order", "kind", "mode")
    list_select_related = ("edition__family",)
    actions = None
    change_form_template = "admin/agreements/clause/change_form.html"
    fieldsets = (
        (None, {"fields": ("edition", "heading", "question", "hint", "words")}),
        (_("Where it stands and how it is asked"), {"fields": (("order", "key"), "topic", "kind", "mode", "asked")}),
        (_("What is suggested"), {"fields": ("suggests", "suggests_words")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A clause stays in its edition."""
        (name, own), *others = super().get_fieldsets(request, obj)
        fields = tuple(each for each in own["fields"] if obj is None or each != "edition")
        return [(name, {**own, "fields": fields}), *others]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        found = super().get_form(request, obj, change=change, **kwargs)
        found.language = _language()  # type: ignore[attr-defined]
        return found

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        if edition := draft(initial.get("edition", "")):
            initial["order"] = (edition.clauses.values_list("order", flat=True).last() or 0) + 1
        return {**initial, "kind": "choose", "mode": "optional", "asked": "how"}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {**(extra_context or {}), "edition_opts": Edition._meta, "show_save_and_add_another": False}
        clause = self.get_object(request, object_id) if object_id else None
        if clause is not None:
            looked = library.look(clause.edition_id)
            context["remarks"] = [remark for remark in looked.remarks if remark.where == clause.key]
            context["edition"] = looked.edition
        else:
            context["edition"] = draft(request.POST.get("edition") or request.GET.get("edition", ""))
        return super().changeform_view(request, object_id, form_url, context)

    def response_post_save_add(self, request: HttpRequest, obj: Clause) -> HttpResponse:
        return redirect("admin:agreements_edition_change", obj.edition_id)

    response_post_save_change = response_post_save_add

    def delete_model(self, request: HttpRequest, obj: Clause) -> None:
        request.deleted_from = obj.edition_id  # type: ignore[attr-defined]
        Edition.objects.select_for_update().get(pk=obj.edition_id)
        super().delete_model(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: str) -> HttpResponse:
        super().response_delete(request, obj_display, obj_id)
        return redirect(reverse("admin:agreements_edition_change", args=[request.deleted_from]))  # type: ignore[attr-defined]

    @admin.display(description=_("Heading"))
    def heading(self, clause: Clause) -> str:
        return _said(clause, "heading")

    @admin.display(description=_("Question"))
    def question(self, clause: Clause) -> str:
        return _said(clause, "question")

    @admin.display(description=_("Hint below the question"))
    def hint(self, clause: Clause) -> str:
        return _said(clause, "hint")

    @admin.display(description=_("Words on the paper"))
    def words(self, clause: Clause) -> str:
        return _said(clause, "words")

    @admin.display(description=_("Suggested options"))
    def suggests(self, clause: Clause) -> str:
        return ", ".join((clause.suggested or {}).get("chosen", []))

    @admin.display(description=_("Suggested words"))
    def suggests_words(self, clause: Clause) -> str:
        return (clause.suggested or {}).get("words", "")


def _language() -> str:
    return Practice.objects.values_list("language", flat=True).get()


def _texts(model: type[ClauseText] | type[OptionText]) -> Prefetch[Any]:
    return Prefetch("texts", model._default_manager.filter(language=_language()))


def _said(owner: Any, name: str) -> str:
    """A text of a clause or option in the practice's language, where nothing can be changed."""
    text = next((each for each in owner.texts.all() if each.language == _language()), None)
    return getattr(text, name) if text else ""

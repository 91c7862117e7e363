"""What an administrator keeps: accounts, since nobody signs up, and the practice's own facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet, TimeField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.actions import audit, people
from agreements.forms.people import NAME_LIMIT
from agreements.forms.practice import PracticeForm, printable_name
from agreements.models import Practice, User

WHO = (_lazy("On the agreement"), {"fields": ("name", "called")})
WORK = ("sees_clients", "groups", "is_active")


def groups_to_give() -> QuerySet[Group]:
    """The groups of this product: none of them reaches into accounts' own rights or another program's tables."""
    return Group.objects.exclude(permissions__in=Permission.objects.exclude(content_type__app_label="agreements"))


def reaches_further(user: User) -> bool:
    """Whether an account may do more than an administrator can give: only one who may as much changes it."""
    return user.is_superuser or user.user_permissions.exists() or user.groups.exclude(pk__in=groups_to_give()).exists()


@admin.register(User)
class StaffAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts. An administrator gives groups, and nothing that goes beyond them; nobody is deleted, only switched off.

    Whoever is in a group works in the admin; what they may do there is the group's.
    """

    list_display = ("username", "email", "work")
    list_filter = ("sees_clients", "is_active", "groups")
    search_fields = ("username", "email")
    filter_horizontal = ()
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    actions = None
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "email")}),
        WHO,
        (_lazy("What they do here"), {"fields": WORK}),
        (_lazy("When"), {"fields": ("last_login", "date_joined")}),
    )
    add_form = UserCreationForm
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2", "email")}),
        WHO,
        (_lazy("What they do here"), {"fields": ("sees_clients",)}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        whole = (_lazy("Without limits"), {"fields": ("is_staff", "is_superuser", "user_permissions")})
        own = super().get_fieldsets(request, obj)
        return [*own, whole] if obj and _is_superuser(request) else own

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in ("name", "called"):
            kwargs |= {"widget": AdminTextInputWidget(), "max_length": NAME_LIMIT, "validators": [printable_name]}
        if db_field.name == "is_active":
            kwargs["help_text"] = _("Off: this account cannot sign in. Nothing they did is lost.")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and db_field.name == "groups":
            field.widget = forms.CheckboxSelectMultiple()
            field.help_text = _("Template editor: the wordings and the crisis lines. Administrator: this page.")
            field.queryset = field.queryset if _is_superuser(request) else groups_to_give()
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_lazy("what they do here"))
    def work(self, user: User) -> str:
        if not user.is_active:
            return _("switched off")
        return " · ".join(
            [*([_("sees clients")] if user.sees_clients else []), *(each.name for each in user.groups.all())]
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or _is_superuser(request) or not reaches_further(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if "groups" in form.cleaned_data and not _is_superuser(request):
            obj.is_staff = form.cleaned_data["groups"].exists()
        super().save_model(request, obj, form, change)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        _in_the_audit(request, obj, "account made")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        _in_the_audit(request, obj, "account changed")
        return super().log_change(request, obj, message)


@admin.register(Practice)
class PracticeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The one practice. It is made by `setup`; here its facts are changed."""

    form = PracticeForm
    list_display = ("name", "phone", "call_hours", "zone")
    sortable_by = ()
    actions = None
    formfield_overrides = {TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = Practice.objects.get(pk=obj.pk)
        facts = {name: form.cleaned_data[name] for name in form.Meta.fields}
        by: Any = request.user
        people.set_up_practice(by=by, now=timezone.now(), language=before.language, **facts)
        if before.phone != facts["phone"]:
            words = _("Papers signed before carry the old number, %(phone)s. Each therapist sees at home who has one.")
            self.message_user(request, words % {"phone": before.phone}, messages.WARNING)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _in_the_audit(request: HttpRequest, account: User, kind: str) -> None:
    by: Any = request.user
    audit.record(chain=Practice.objects.get(), kind=kind, by=by, now=timezone.now(), subject=account.pk)

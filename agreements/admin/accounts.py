"""Accounts: made by an administrator, since nobody signs up."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from agreements.models import User


@admin.register(User)
class StaffAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts: made by an administrator, since nobody signs up."""

    fieldsets = (*(UserAdmin.fieldsets or ()), (_("On the agreement"), {"fields": ("name", "called")}))

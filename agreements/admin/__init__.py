"""The template editor's door: the clause library and the crisis rows. Drafts can be edited, published rows only read.

Personal models are never registered here.
"""

from django.contrib import admin

from agreements.admin import accounts, crisis, library, reminders

admin.site.enable_nav_sidebar = False  # there are few lists, and each needs the whole width

__all__ = ["accounts", "crisis", "library", "reminders"]

"""The template editor's door: the clause library and the crisis rows. Drafts can be edited, published rows only read.

Personal models are never registered here.
"""

from agreements.admin import accounts, crisis, library

__all__ = ["accounts", "crisis", "library"]

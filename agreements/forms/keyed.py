"""What every form of ours shares: a key that makes a double post one post, and no browser-side nagging."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("Please use at most %(limit_value)d characters. You have %(show_value)d.")


def key_of(posted: QueryDict) -> UUID | None:
    """The key that came with a post, or None when there is none that can be read."""
    form = KeyedForm(posted)
    form.is_valid()
    return form.cleaned_data.get("form_key")


class KeyedForm(forms.Form):
    """A form whose hidden `form_key` is new for each page shown; the action stores it."""

    use_required_attribute = False
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid4
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def leave_out(self, name: str) -> None:
        """A field that has nothing to ask this time."""
        del self.fields[name]
        self.helper.layout.fields.remove(name)

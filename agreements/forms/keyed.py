"""What every form of ours shares: a key that makes a double post one post, and no browser-side nagging."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from django import forms


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

    @property
    def key(self) -> UUID | None:
        """The posted key, for the action."""
        return self.cleaned_data.get("form_key")

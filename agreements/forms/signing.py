"""How a person signs, and the digest of what stood on their screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from agreements.forms.keyed import TOO_LONG, KeyedForm
from agreements.rules.vocabulary import SignatureKind


class SignForm(KeyedForm):
    """Three ways on one page; the button that was pressed says which."""

    kind = forms.ChoiceField(
        choices=SignatureKind,
        error_messages={
            "required": _lazy("Please choose how to sign."),
            "invalid_choice": _lazy("Please choose how to sign."),
        },
    )
    digest = forms.RegexField(regex=r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    strokes = forms.CharField(required=False, strip=False, widget=forms.HiddenInput, label=_lazy("Drawing"))
    typed = forms.CharField(
        label=_lazy("Your name"),
        required=False,
        max_length=140,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["typed"].initial = name

    def field_of_kind(self) -> str | None:
        """The field an error about the mark belongs to."""
        return {SignatureKind.DRAWN: "strokes", SignatureKind.TYPED: "typed"}.get(self.cleaned_data["kind"])

"""The client's own wish for a reminder: one address, and nothing chosen beforehand."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.keyed import TOO_LONG, KeyedForm


class WishForm(KeyedForm):
    """Where it is safe to write."""

    email = forms.EmailField(
        label=_("To which e-mail address is it safe to write?"),
        help_text=_("Does somebody else read your mail? Then take an address that only you open, or say no."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={
            "required": _("Please write the e-mail address, or tap “No, thank you”."),
            "invalid": _("Please write the e-mail address, such as name@example.org."),
            "max_length": TOO_LONG,
        },
    )

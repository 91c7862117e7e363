"""The practice's own facts, as they are printed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.actions.people import refuse_unprintable
from agreements.actions.refusals import Unreadable
from agreements.forms.zones import ZONES
from agreements.models import Practice
from agreements.reads import resources
from agreements.rules.safety_box import same_number
from agreements.rules.typed_numbers import is_phone
from agreements.rules.vocabulary import CallHours

HOURS = ("call_days", "call_from", "call_until")


def printable_name(text: str) -> None:
    """Raises ValidationError for a name that a paper could not show."""
    _printable("name", text)


def _printable(field: str, text: str) -> str:
    try:
        refuse_unprintable(**{field: text})
    except Unreadable as error:
        raise forms.ValidationError(str(error)) from error
    return text


class PracticeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the crisis box and the head of every paper say about the practice."""

    zone = forms.ChoiceField(label=_lazy("Time zone"), choices=[(zone, zone) for zone in ZONES])

    class Meta:
        model = Practice
        fields = ("name", "phone", "call_hours", *HOURS, "zone", "country", "paper")
        labels = {
            "call_hours": _lazy("When a call about suicide is taken"),
            "call_days": _lazy("On which days"),
            "call_from": _lazy("From"),
            "call_until": _lazy("Until"),
            "country": _lazy("Country, two capital letters"),
        }
        help_texts = {
            "phone": _lazy("As it is printed. Papers signed before keep the old one."),
            "call_hours": _lazy("Step 2 of the crisis box says this. With “none” the crisis line comes first."),
        }

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if same_number(phone, resources.plain(list(resources.holding()))):
            raise forms.ValidationError(_("This number is a crisis line’s. Please write the practice’s own."))
        if not is_phone(phone):
            raise forms.ValidationError(_("Please write the number in digits, as it is dialled."))
        return _printable("phone", phone)

    def clean_name(self) -> str:
        return _printable("name", str(self.cleaned_data["name"]))

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"])
        if not re.fullmatch(r"[A-Z]{2}", country):
            raise forms.ValidationError(_("Please write two capital letters, such as US."))
        return country

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("call_hours") != CallHours.THESE:
            return {**cleaned, "call_days": "", "call_from": None, "call_until": None}
        for name in HOURS:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Please fill this in too: it belongs to “these hours”."))
        if cleaned.get("call_from") and cleaned.get("call_from") == cleaned.get("call_until"):
            self.add_error("call_until", _("Please choose another time than the start."))
        return cleaned

"""Who takes part, who must sign, and the name of who saw somebody sign by hand."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.forms.choices import Option, OptionRadio
from agreements.forms.keyed import TOO_LONG, KeyedForm
from agreements.forms.people import NAME_LIMIT, OFF
from agreements.rules.signing import ADDED, HELPERS
from agreements.rules.vocabulary import Known, Role

SIGNS, NAMED = "signs", "named"


class PersonForm(KeyedForm):
    """Somebody more than the two. Nothing is chosen beforehand: whether they sign is the therapist's to say."""

    role = forms.ChoiceField(
        label=_lazy("Who is it?"),
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please choose who it is.")},
    )
    name = forms.CharField(
        label=_lazy("Name, as it stands on the agreement"),
        max_length=NAME_LIMIT,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": _lazy("Please write the name."), "max_length": TOO_LONG},
    )
    called = forms.CharField(
        label=_lazy("What you call them"),
        max_length=60,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": _lazy("Please write what you call them."), "max_length": TOO_LONG},
    )
    part = forms.ChoiceField(
        label=_lazy("Do they sign?"),
        help_text=_lazy(
            "An interpreter or a helper never signs. For all others the law where you work decides, not we."
        ),
        required=False,
        widget=OptionRadio(),
    )
    known = forms.ChoiceField(
        label=_lazy("How do you know who they are?"),
        help_text=_lazy("It stands under their signature."),
        required=False,
        widget=OptionRadio(),
    )

    def __init__(self, *args: Any, role: Role | None = None, **kwargs: Any) -> None:
        """`role` is given when somebody who was added is changed: it stays."""
        super().__init__(*args, **kwargs)
        self.fixed_role = role
        choices: dict[str, list[tuple[str, Any]]] = {
            "role": [(each.value, Option(str(each.label), _line(each))) for each in ADDED],
            "part": [(SIGNS, _("Must sign")), (NAMED, _("Is named, and does not sign"))],
            "known": [(each.value, each.label) for each in (Known.PERSON, Known.DOCUMENT, Known.INTRODUCED)],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered
        if role is not None:
            self.leave_out("role")
        if role in HELPERS:
            self.leave_out("part")
            self.leave_out("known")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        role = self.fixed_role or cleaned.get("role")
        if role and role not in HELPERS:
            if not cleaned.get("part"):
                self.add_error("part", _("Please choose whether they sign."))
            if cleaned.get("part") == SIGNS and not cleaned.get("known"):
                self.add_error("known", _("Please choose how you know who they are."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the actions take, names in NFC with single spaces; of a helper nothing but the name."""
        found = self.cleaned_data
        names = {name: " ".join(unicodedata.normalize("NFC", found[name]).split()) for name in ("name", "called")}
        helps = (self.fixed_role or found["role"]) in HELPERS
        signs = not helps and found["part"] == SIGNS
        return {**names, "signs": signs, "known": found["known"] if signs else ""}


class OfAgeForm(KeyedForm):
    """The day a young person comes of age: the therapist's to know, and empty for everybody else."""

    on = forms.DateField(
        label=_lazy("The day your client comes of age (optional)"),
        help_text=_lazy("For a young person. The two of you look at the agreement again by then."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", **OFF}, format="%Y-%m-%d"),
        error_messages={"invalid": _lazy("Please choose the day, such as 2029-05-14.")},
    )


class SeenInkForm(KeyedForm):
    """Who saw somebody sign the printed page."""

    witness = forms.CharField(
        label=_lazy("Who saw it?"),
        max_length=NAME_LIMIT,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": _lazy("Please write who saw it."), "max_length": TOO_LONG},
    )


def _line(role: Role) -> str:
    return {
        Role.PARTNER: _("The other one of a couple. Each answers and signs alone."),
        Role.GUARDIAN: _("Of a young person. They join when you read it through."),
        Role.COVERING: _("Stands in while you are away."),
        Role.INTERPRETER: _("Helps with a language. No party, and signs nothing."),
        Role.HELPER: _("Helps in another way. No party, and signs nothing."),
    }[role]

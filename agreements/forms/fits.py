"""What each of the two says of words that were suggested to both. Optional, and nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from agreements.forms.choices import OptionRadio
from agreements.forms.keyed import KeyedForm
from agreements.rules.vocabulary import Fit, Role


class FitForm(KeyedForm):
    """One question for each of the two; what they said of these very words before is shown again."""

    def __init__(self, *args: Any, names: Mapping[str, str], said: Mapping[Role, Fit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        for role in (Role.CLIENT, Role.THERAPIST):
            self.fields[role.value] = forms.ChoiceField(
                label=names[role], choices=Fit, required=False, widget=OptionRadio(), initial=said.get(role)
            )

    def fits(self) -> dict[Role, Fit]:
        """What somebody says now and did not say before."""
        given = {role: self.cleaned_data.get(role.value) for role in (Role.CLIENT, Role.THERAPIST)}
        return {role: Fit(fit) for role, fit in given.items() if fit and self.said.get(role) != fit}

"""What each says of words that were suggested to all of them. Optional, and nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from agreements.forms.choices import OptionRadio
from agreements.forms.keyed import KeyedForm
from agreements.rules.vocabulary import Fit


class FitForm(KeyedForm):
    """One question for each person, by their key; what they said of these very words before is shown again."""

    def __init__(self, *args: Any, called: Mapping[str, str], said: Mapping[str, Fit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        self.called = called
        for key, name in called.items():
            self.fields[key] = forms.ChoiceField(
                label=name, choices=Fit, required=False, widget=OptionRadio(), initial=said.get(key)
            )

    def fits(self) -> dict[str, Fit]:
        """What somebody says now and did not say before."""
        given = {key: self.cleaned_data[key] for key in self.called}
        return {key: Fit(fit) for key, fit in given.items() if fit and self.said.get(key) != fit}

    def wants_change(self) -> bool:
        """Whether the words do not work for somebody."""
        return Fit.NOT in [self.cleaned_data[key] for key in self.called]

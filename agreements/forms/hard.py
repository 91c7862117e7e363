"""The page "If it gets hard": four answers, each on its own; and a short why beside a term."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.forms.choices import OptionCheckboxes, OptionRadio
from agreements.forms.keyed import TOO_LONG, KeyedForm
from agreements.forms.terms import AnswerForm
from agreements.rules.vocabulary import Answer

HEARD = "heard"


class HardForm(AnswerForm):
    """A term the therapist stated before is not asked again: it is said aloud, and the client says they heard it."""

    def __init__(self, *args: Any, stated: Mapping[str, Answer | None], **kwargs: Any) -> None:
        self.stated = {key: answer for key, answer in stated.items() if answer is not None}
        terms = kwargs.pop("terms")
        super().__init__(*args, terms=[seen for seen in terms if seen.key not in self.stated], **kwargs)
        self.heard = [seen for seen in terms if seen.key in self.stated]
        for seen in self.heard:
            self.fields[f"{seen.key}_heard"] = forms.MultipleChoiceField(
                label=seen.text.heading,
                choices=[(HEARD, _("%(client)s heard or saw this") % {"client": kwargs["names"]["client"]})],
                widget=OptionCheckboxes(),
                initial=[HEARD] if kwargs["shown"].get(seen.key) else [],
                error_messages={
                    "required": _("Please say or sign this one first. It is the answer that holds the others.")
                },
            )
        self.order_fields([f"{seen.key}_heard" for seen in self.heard])

    def answers(self) -> dict[str, Answer]:
        return {**super().answers(), **self.stated}

    def so_far(self) -> dict[str, Answer]:
        """What is answered when the two stop here; a stated term only when it was heard."""
        heard = {key: answer for key, answer in self.stated.items() if self.cleaned_data.get(f"{key}_heard")}
        return {**super().answers(), **heard}

    def limits(self) -> list[tuple[Any, Answer, forms.BoundField]]:
        """What the therapist stated, with the box that says it was heard."""
        return [(seen, self.stated[seen.key], self[f"{seen.key}_heard"]) for seen in self.heard]


class WhyForm(KeyedForm):
    """Why we chose this, in the words of one of those who answered; `called` has their names by key."""

    why = forms.CharField(
        label=_lazy("Why we chose this (optional)"),
        max_length=140,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG},
    )
    why_of = forms.ChoiceField(label=_lazy("Whose words are these?"), required=False, widget=OptionRadio())

    def __init__(self, *args: Any, called: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["why_of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(called.items())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("why") and not cleaned.get("why_of"):
            self.add_error("why_of", _("Please choose whose words these are."))
        return cleaned

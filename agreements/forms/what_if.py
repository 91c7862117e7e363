"""The small form below the rehearsal: what happens, on which day, at what time. Nothing of it is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.rules.rehearsal import DANGER
from agreements.rules.situations import Situation

NEAR = timedelta(days=731)
CHOOSE = _lazy("Please choose what happens.")
TIMES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p")  # what a browser sends, and what people type where it has no clock


class MomentForm(forms.Form):
    """A situation at a moment. In danger day and time do not matter: whatever stands there, the answer comes.

    The address holds the number of a situation, not its name: addresses are written into logs.
    """

    use_required_attribute = False
    what = forms.ChoiceField(label=_lazy("What happens"), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})
    day = forms.DateField(
        label=_lazy("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _lazy("Please give a day of the calendar, such as 2027-01-30.")},
    )
    at = forms.TimeField(
        label=_lazy("Time (optional)"),
        required=False,
        input_formats=TIMES,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _lazy("Please give a time such as 23:00, or leave it empty.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        numbered = [(str(number), situation.label) for number, situation in enumerate(Situation, 1)]
        field.choices = [("", _("Choose")), *numbered]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the two chose: a situation, and for an ordinary one a day and perhaps a time."""
        return {"situation": self.cleaned_data["what"], **{name: self.cleaned_data[name] for name in ("day", "at")}}

    def clean_what(self) -> Situation:
        return list(Situation)[int(self.cleaned_data["what"]) - 1]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day = cleaned.get("day")
        if cleaned.get("what") in DANGER:
            self.errors.pop("day", None)
            self.errors.pop("at", None)
            return {**cleaned, "day": None, "at": None}
        if day is None and "day" not in self.errors:
            self.add_error("day", _("Please choose a day."))
        elif day is not None and abs(day - self.today) > NEAR:
            self.add_error("day", _("Please choose a day less than two years away."))
        return cleaned

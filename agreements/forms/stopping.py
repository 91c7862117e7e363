"""Forms about the end of texting: who stops and since when, the ending page, a term that gets stricter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.forms.choices import Option, OptionRadio
from agreements.forms.keyed import TOO_LONG, KeyedForm
from agreements.rules.signing import role_of
from agreements.rules.vocabulary import Role, StoppedHow, StopReason

OFF = {"autocomplete": "off"}
SOONER, BOTH = "sooner", "both"
WORDS_LIMIT = 300
NO_REASON = _lazy("No reason is asked or kept.")
DAY_ERRORS = {
    "required": _lazy("Please choose the day."),
    "invalid": _lazy("Please choose the day, such as 2026-11-23."),
}


def day_input() -> forms.DateInput:
    """A day, chosen by the browser's own calendar where it has one."""
    return forms.DateInput(attrs={"type": "date", **OFF}, format="%Y-%m-%d")


class StopForm(KeyedForm):
    """Texting stops. Only a therapist who is sooner than agreed needs a reason.

    `others`: who else may stop at once, by key: a partner, and a guardian who signed and takes the consent back.
    """

    by_role = forms.ChoiceField(
        label=_lazy("Who stops texting?"),
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please choose who stops.")},
    )
    how = forms.ChoiceField(
        label=_lazy("For a stop at once: how did they say it? (optional)"),
        choices=StoppedHow,
        required=False,
        widget=OptionRadio(),
    )
    reason = forms.ChoiceField(
        label=_lazy("Why, if it is sooner than agreed"),
        choices=StopReason,
        required=False,
        widget=OptionRadio(),
    )
    effective_on = forms.DateField(
        label=_lazy("From which day on does nobody text?"),
        help_text=_lazy(
            "For a stop at once: the day it was said or texted. Else the day on which the notice is over, or later."
        ),
        widget=day_input(),
        error_messages=DAY_ERRORS,
    )

    def __init__(self, *args: Any, client: str, therapist: str, others: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["by_role"]
        assert isinstance(field, forms.ChoiceField)
        names = {"client": client, "therapist": therapist}
        field.choices = [
            (who, Option(label % names, line))
            for who, label, line in (
                (Role.CLIENT.value, _("%(client)s stops, at once"), NO_REASON),
                *((key, _at_once(key) % {"name": called}, NO_REASON) for key, called in others.items()),
                (
                    Role.THERAPIST.value,
                    _("%(therapist)s stops, after the notice we agreed"),
                    _("Said today. Until that day the agreement holds."),
                ),
                (
                    SOONER,
                    _("%(therapist)s stops, sooner than agreed"),
                    _("Kept as “without the agreed notice”, with why."),
                ),
                (BOTH, _("We both end it, as planned"), _("As we agreed how texting would end.")),
            )
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("by_role") == SOONER and not cleaned.get("reason"):
            self.add_error("reason", _("Please choose why texting stops without the agreed notice."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Who stopped, how, why and since when, as the action takes them."""
        who = self.cleaned_data["by_role"]
        return {
            "by_role": {SOONER: Role.THERAPIST, BOTH: Role.CLIENT}.get(who, who),
            "planned": who == BOTH,
            "without_notice": who == SOONER,
            "reason": self.cleaned_data["reason"] if who == SOONER else "",
            "how": self.cleaned_data["how"],
            "effective_on": self.cleaned_data["effective_on"],
        }


def _at_once(key: str) -> str:
    if role_of(key) is Role.GUARDIAN:
        return _("%(name)s takes the consent back, at once")
    return _("%(name)s stops, at once")


class EndingPageForm(KeyedForm):
    """What takes the place of texting, how it gets less, and the last text."""

    instead = forms.CharField(
        label=_lazy("What takes the place of texting?"),
        help_text=_lazy("Such as: a note brought to session, a skill to practise, a person to call."),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, **OFF}),
        error_messages={
            "required": _lazy("Please write what takes its place. “Nothing for now” is an answer too."),
            "max_length": TOO_LONG,
        },
    )
    taper = forms.CharField(
        label=_lazy("How does it get less, and on which days? (optional)"),
        max_length=WORDS_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, **OFF}),
        error_messages={"max_length": TOO_LONG},
    )
    last_text_on = forms.DateField(
        label=_lazy("The day of the last text"),
        help_text=_lazy("A last text is marked as one, by both. It may have been sent already."),
        widget=day_input(),
        error_messages=DAY_ERRORS,
    )

    def facts(self) -> dict[str, Any]:
        """The page as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("instead", "taper", "last_text_on")}


class TightenForm(KeyedForm):
    """The therapist said that a term gets stricter: which one, from which day, and why if it is sooner than agreed."""

    clause_key = forms.ChoiceField(
        label=_lazy("Which term?"),
        widget=forms.Select(attrs=OFF),
        error_messages={"required": _lazy("Please choose the term.")},
    )
    from_on = forms.DateField(label=_lazy("From which day on?"), widget=day_input(), error_messages=DAY_ERRORS)
    reason = forms.ChoiceField(
        label=_lazy("Why, only if it is sooner than agreed"), choices=StopReason, required=False, widget=OptionRadio()
    )

    def __init__(self, *args: Any, terms: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["clause_key"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a term")), *terms.items()]

    def facts(self, earliest: date) -> dict[str, Any]:
        """What was said, as the action takes it: a day before `earliest` is sooner than agreed."""
        said = {name: self.cleaned_data[name] for name in ("clause_key", "from_on", "reason")}
        return {**said, "without_notice": said["from_on"] < earliest}

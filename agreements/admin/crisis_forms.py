"""What a template editor fills in about a crisis row: digits just as they are dialled, each fault at its field."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.actions import crisis
from agreements.models import CrisisResource, Practice

DIGITS = _lazy("Just as one dials it: digits, spaces, + - ( ) and “then”, as in “111 then 2”. Kept as text.")


class CrisisForm(forms.ModelForm):  # type: ignore[type-arg]
    """A draft row."""

    languages = forms.CharField(
        label=_lazy("Languages"), help_text=_lazy("In short, with commas between them: en, es."), required=False
    )

    class Meta:
        model = CrisisResource
        fields = ("key", *crisis.EDITED)
        labels = {
            "key": _lazy("Key"),
            "area": _lazy("Area"),
            "call": _lazy("Number to call"),
            "text_to": _lazy("Number to text"),
            "text_keyword": _lazy("Word to text"),
            "keyword_confirmed": _lazy(
                "Confirmed: two sources name this word now, or somebody texted it and the line answered"
            ),
            "text_app": _lazy("App for messages"),
            "chat": _lazy("Chat address"),
            "non_voice": _lazy("Without speaking"),
            "non_voice_needs_registering": _lazy("This works only for a phone that is registered for it"),
            "as_of": _lazy("Date on their page"),
            "read_from": _lazy("Source"),
            "note": _lazy("Note for editors"),
            "pair_with": _lazy("Belongs together with"),
        }
        help_texts = {
            "country": _lazy("Of the client: two capital letters, such as US."),
            "area": _lazy("In short, such as ENG. Empty: the whole country."),
            "place": _lazy("Printed beside the number."),
            "call": DIGITS,
            "text_to": _lazy("Just as one texts it."),
            "text_keyword": _lazy("Printed only once it is confirmed."),
            "keyword_confirmed": _lazy("Name the sources below. The check keeps who made sure, how, and when."),
            "text_app": _lazy("Only if the number is for an app, such as WhatsApp."),
            "chat": _lazy("Such as 988lifeline.org, without https://"),
            "non_voice": _lazy("A phrase ready to print, such as “use relay or TTY”."),
            "hours": _lazy("24/7, or the hours in words. Only 24/7 counts as the line of the crisis box."),
            "read_from": _lazy("Where you read these numbers and hours: a page, a leaflet, a letter."),
            "as_of": _lazy("Not a check: the day their page names, or else the day on which you read it."),
            "note": _lazy("Never printed."),
            "pair_with": _lazy("The key of a row shown beside it: adult and youth, two languages."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance and "languages" in self.fields:
            self.initial["languages"] = ", ".join(self.instance.languages)
        if (old := self.instance.replaces) and "read_from" in self.fields:
            before = ", ".join(filter(None, (old.read_from, old.as_of))) or "–"
            words = _("Where you read these numbers and hours. Those of the row before: %(source)s.")
            self.fields["read_from"].help_text = escape(words % {"source": before})
            for field, warning in crisis.left_behind(self.instance).items():
                said = self.fields[field].help_text
                self.fields[field].help_text = format_html("<strong>{}</strong> {}", warning, said)
        if "keyword_confirmed" in self.fields and (words := crisis.not_confirmed(self.instance)):
            said = self.fields["keyword_confirmed"].help_text
            self.fields["keyword_confirmed"].help_text = format_html("<strong>{}</strong> {}", words, said)

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def clean_area(self) -> str:
        return str(self.cleaned_data["area"]).upper()

    def clean_languages(self) -> list[str]:
        return [code.strip() for code in self.cleaned_data["languages"].split(",") if code.strip()]

    def _post_clean(self) -> None:
        """What the rules say about the row as it would be saved, each fault at its field."""
        super()._post_clean()  # type: ignore[misc]
        if "kind" in self.errors:
            return
        today = timezone.now().astimezone(ZoneInfo(Practice.objects.get().zone)).date()
        for field, words in crisis.faults(self.instance, today=today).items():
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, words)

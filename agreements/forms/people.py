"""Forms about the practice's clients. Only what an agreement needs is asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.forms import zones
from agreements.forms.choices import OptionCheckboxes, OptionRadio
from agreements.forms.keyed import TOO_LONG, KeyedForm
from agreements.rules.crisis import split_place
from agreements.rules.vocabulary import Amount, Contact, Paper, Role, Voice

OFF = {"autocomplete": "off"}
NAME_LIMIT = 140


class AboutMeForm(KeyedForm):
    """Where the client is and how they can be reached: what the crisis box is built from."""

    place = forms.ChoiceField(
        label=_lazy("Where does the client live now?"),
        help_text=_lazy("The crisis numbers come from this place."),
        widget=forms.Select(attrs=OFF),
        error_messages={"required": _lazy("Please choose the place. The crisis numbers come from it.")},
    )
    travels_to = forms.MultipleChoiceField(
        label=_lazy("Where else is the client at times? (optional)"),
        help_text=_lazy("Their crisis numbers are added below the box. Those of the place above stay as they are."),
        required=False,
        widget=OptionCheckboxes(),
    )
    voice = forms.ChoiceField(
        label=_lazy("Speaking on the phone, as the client says it"),
        choices=Voice,
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please choose what the client says about the phone.")},
    )
    registered = forms.BooleanField(
        label=_lazy("This phone is registered for emergency texts, where that is needed"), required=False
    )
    contact = forms.ChoiceField(
        label=_lazy("A safe way to reach the client"),
        choices=Contact,
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please choose how the client can be reached.")},
    )
    contact_person = forms.CharField(
        label=_lazy("Somebody the client named, alone, for a crisis (optional)"),
        max_length=NAME_LIMIT,
        required=False,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a place")), *places]
        travels = self.fields["travels_to"]
        assert isinstance(travels, forms.MultipleChoiceField)
        travels.choices = places

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("voice") == Voice.NO_VOICE and cleaned.get("contact") == Contact.CALL:
            self.add_error("contact", _("A phone call does not reach someone who cannot speak. Please choose again."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The client's fields, with the place as country and area. Home is no journey."""
        kept = {name: self.cleaned_data[name] for name in ("voice", "registered", "contact", "contact_person")}
        home = self.cleaned_data["place"]
        country, area = split_place(home)
        travels = [place for place in self.cleaned_data["travels_to"] if place != home]
        return {**kept, "country": country, "area": area, "travels_to": travels}


class ClientForm(AboutMeForm):
    """A new client, or new facts about one. `languages` are those an agreement can be written in, code and name.

    With one language there is nothing to choose: it is taken, and the page shows it as a line (`only_language`).
    `country` is the one whose time zones come first.
    """

    name = forms.CharField(
        label=_lazy("Name, as it stands on the agreement"),
        max_length=NAME_LIMIT,
        widget=forms.TextInput(attrs=OFF),
        error_messages={
            "required": _lazy("Please write the name."),
            "max_length": TOO_LONG,
        },
    )
    called = forms.CharField(
        label=_lazy("What you call them"),
        max_length=60,
        widget=forms.TextInput(attrs=OFF),
        error_messages={
            "required": _lazy("Please write what you call them."),
            "max_length": TOO_LONG,
        },
    )
    zone = forms.ChoiceField(label=_lazy("Their time zone"), widget=forms.Select(attrs=OFF))
    language = forms.ChoiceField(
        label=_lazy("Language of the agreement"),
        help_text=_lazy("New agreements are written in it. What is begun or signed stays as it is."),
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please choose the language.")},
    )
    paper = forms.ChoiceField(label=_lazy("Paper"), choices=Paper, widget=forms.Select(attrs=OFF))
    field_order = (
        "name",
        "called",
        "place",
        "travels_to",
        "zone",
        "voice",
        "registered",
        "contact",
        "contact_person",
        "language",
        "paper",
    )

    def __init__(self, *args: Any, languages: list[tuple[str, str]], country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = zones.choices(country)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = languages
        self.only_language = languages[0] if len(languages) == 1 else None
        if self.only_language:
            self.leave_out("language")

    def values(self) -> dict[str, Any]:
        own = {name: self.cleaned_data[name] for name in ("name", "called", "zone", "paper")}
        language = self.only_language[0] if self.only_language else self.cleaned_data["language"]
        return {**super().values(), **own, "language": language}


class FindForm(forms.Form):
    """A client looked for by name. What was typed goes nowhere but back to the page."""

    use_required_attribute = False
    sought = forms.CharField(
        label=_lazy("Find a client"),
        max_length=NAME_LIMIT,
        required=False,
        widget=forms.TextInput(attrs={**OFF, "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={"max_length": TOO_LONG},
    )


class RaiseForm(KeyedForm):
    """One of the two wants to look at their texting. Whatever it is about is enough; the term is optional."""

    by_role = forms.ChoiceField(
        label=_lazy("Who raises it?"),
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please choose who raises it.")},
    )
    amount = forms.ChoiceField(
        label=_lazy("What is it?"),
        choices=Amount,
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please choose what it is. “Something else” is an answer too.")},
    )
    clause_key = forms.ChoiceField(
        label=_lazy("Is it about one term? (optional)"), required=False, widget=forms.Select(attrs=OFF)
    )

    def __init__(self, *args: Any, client: str, therapist: str, terms: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, term = self.fields["by_role"], self.fields["clause_key"]
        assert isinstance(role, forms.ChoiceField) and isinstance(term, forms.ChoiceField)
        role.choices = [(Role.CLIENT, client), (Role.THERAPIST, therapist)]
        term.choices = [("", _("Our texting as a whole")), *terms.items()]
        if not terms:
            self.leave_out("clause_key")

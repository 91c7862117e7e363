"""What a template editor fills in about families and editions: their facts, the order, publishing, reading a file in.

Words of a fault stand at their field.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.admin.once_published import is_published
from agreements.admin.plain_fields import Key, Order, Said, Words
from agreements.models import Clause, Edition, Family, Practice
from agreements.rules.edition_file import LINE, LONG_LINE
from agreements.rules.lint_typing import reader_fault
from agreements.rules.vocabulary import Hearing


def hold(form: forms.BaseForm, edition: Edition) -> None:
    """Hold the edition until this save is done: nobody adds to it or publishes it meanwhile, or the form says so."""
    if Edition.objects.select_for_update().get(pk=edition.pk).published_at is not None:
        words = _("This edition was published while you were typing. It never changes from now on. Make a new draft.")
        form.add_error(None, words)


class FamilyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A family by its name. Once an edition of it is published, papers name it: it stays as it is."""

    key = Key(label=_lazy("Key"))
    name = Said(LINE, label=_lazy("Name"))
    about = Said(LINE, label=_lazy("About"), required=False, help_text=_lazy("For whom it is, in a few words."))

    class Meta:
        model = Family
        fields = ("key", "name", "about")

    def clean(self) -> Any:
        Practice.objects.select_for_update().get()  # two who add a family do so one after the other
        if not self.instance._state.adding:
            Family.objects.select_for_update().get(pk=self.instance.pk)  # nobody publishes meanwhile
            if is_published(self.instance):
                self.add_error(None, _("An edition of this family was published while you were typing. It stays."))
        return super().clean()


class EditionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an edition says about itself."""

    update_rule = Words(LONG_LINE, label=_lazy("Update rule"), help_text=_lazy("When it is read again."))
    funding = Words(LONG_LINE, label=_lazy("Funding"), help_text=_lazy("Who paid for it."))

    class Meta:
        model = Edition
        fields = ("family", "update_rule", "funding")

    def clean(self) -> Any:
        if not self.instance._state.adding:
            hold(self, self.instance)
        return super().clean()


class ClauseRowForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where a clause stands among the others."""

    order = Order(label=_lazy("Order"))

    class Meta:
        model = Clause
        fields = ("order",)


class DistinctFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows whose numbers and keys differ; the fault stands at each field, and what was typed stays."""

    distinct: ClassVar[dict[str, Any]] = {
        "order": _lazy("Two rows have this number. Each needs its own."),
        "key": _lazy("Two options have this key. Each needs its own."),
    }

    def clean(self) -> None:
        rows = [form for form in self.forms if form.is_bound and not self._should_delete_form(form)]
        for name, words in self.distinct.items():
            times = Counter(form.cleaned_data.get(name) for form in rows if hasattr(form, "cleaned_data"))
            for form in rows:
                value = getattr(form, "cleaned_data", {}).get(name)
                if value and times[value] > 1:
                    form.add_error(name, words)


class PublishForm(forms.Form):
    """Who read the edition, and how people with an older one hear of it."""

    reader = Words(
        80,
        label=_lazy("The clinician who read it"),
        required=False,
        help_text=_lazy("Leave both empty when nobody has: the paper then says “read by nobody yet”."),
    )
    read_on = forms.DateField(
        label=_lazy("Read on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hearing = forms.ChoiceField(
        label=_lazy("How should people hear of it?"),
        choices=Hearing,
        initial=Hearing.REVIEW,
        widget=forms.RadioSelect,
        help_text=_lazy("What was signed stays as it is. A client may always say no to the new one."),
    )
    talk_before = forms.DateField(
        label=_lazy("We talk about it before"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_lazy("Only for “We talk about it before a date”."),
    )

    def clean_reader(self) -> str:
        reader = str(self.cleaned_data["reader"]).strip()
        if fault := reader_fault(reader):
            raise forms.ValidationError(fault)
        return reader

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        reader, read_on = cleaned.get("reader", ""), cleaned.get("read_on")
        if reader and not read_on and "read_on" not in self.errors:
            self.add_error("read_on", _("Please give the day on which it was read."))
        if read_on and not reader and "reader" not in self.errors:
            self.add_error("reader", _("Please write who read it on that day."))
        if read_on and read_on > timezone.localdate():
            self.add_error("read_on", _("This day lies ahead. Please give the day on which it was read."))
        return cleaned

    def read_by(self) -> str:
        """As it will be printed: "Dr A. Wren, 2 November 2026", or nothing."""
        facts = self.cleaned_data
        return f"{facts['reader']}, {date_format(facts['read_on'], 'j F Y')}" if facts["reader"] else ""


class ImportForm(forms.Form):
    """An edition as a file."""

    file = forms.FileField(
        label=_lazy("File"),
        help_text=_lazy("A file that “Export” made here or at another practice. At most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

"""What a template editor fills in: a clause with its options in the practice's language, publishing, reading a file in.

Other languages of a clause are left as they are. Words of a fault stand at their field.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.actions.pdf import missing_glyphs
from agreements.forms.keyed import TOO_LONG
from agreements.models import Clause, ClauseText, Edition, Option, OptionText
from agreements.rules.edition_file import LINE, LONG_LINE, OWN_WORDS, TEXT
from agreements.rules.lint_structure import meaning_fault
from agreements.rules.topics import TOPICS
from agreements.rules.vocabulary import Hearing


class Words(forms.CharField):
    """Plain text as it will be shown and printed: line breaks as one character, NFC, nothing that has no glyph."""

    def __init__(self, limit: int, *, rows: int = 0, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "cols": 70}) if rows else forms.TextInput(attrs={"size": 70})
        super().__init__(max_length=limit, widget=widget, error_messages={"max_length": TOO_LONG}, **kwargs)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", super().to_python(value).replace("\r\n", "\n"))

    def validate(self, value: str) -> None:
        super().validate(value)
        if missing := missing_glyphs(value):
            shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:5])
            raise ValidationError(_("These characters cannot be printed: %(shown)s.") % {"shown": shown})


class Meaning(forms.JSONField):
    """What an option means to the program: a small object in braces, or nothing."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _lazy("This cannot be read. Write it like {“hours”: 24}, with straight quotation marks, or nothing.")
    }

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if found is not None and not isinstance(found, dict):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found or {}

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(value) if value else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial or {}, data or "{}")


class TextsForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row whose words in one language are fields of its own. `texts` are the names; `language` is set per request."""

    language = "en"
    text_model: ClassVar[Any]
    owner: ClassVar[str]
    texts: ClassVar[tuple[str, ...]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            text = next((each for each in self.instance.texts.all() if each.language == self.language), None)
            for name in self.texts if text else ():
                self.initial.setdefault(name, getattr(text, name))

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        found = {name: self.cleaned_data[name] for name in self.texts}
        owner = {self.owner: self.instance, "language": self.language}
        self.text_model.objects.update_or_create(**owner, defaults=found)


def draft(pk: Any) -> Edition | None:
    """The draft edition with this id, whatever was typed into the address."""
    try:
        return Edition.objects.select_related("family").filter(pk=pk, published_at=None).first() if pk else None
    except (ValidationError, ValueError, TypeError):
        return None


class ClauseForm(TextsForm):
    """A clause with its words. What is suggested is told by option keys and words, not as JSON."""

    text_model, owner = ClauseText, "clause"
    texts = ("heading", "question", "hint", "words")

    heading = Words(LINE, label=_lazy("Heading"), help_text=_lazy("On the paper, at the left. Two or three words."))
    question = Words(
        LONG_LINE, label=_lazy("Question"), required=False, help_text=_lazy("As the two are asked. Names: [[client]].")
    )
    hint = Words(TEXT, rows=2, label=_lazy("Hint below the question"), required=False)
    words = Words(
        TEXT,
        rows=4,
        label=_lazy("Words on the paper"),
        help_text=_lazy(
            "[[chosen]] stands for the answer, [[words]] for what the two write. "
            "There are [[client]], [[therapist]] and [[phone]], too."
        ),
    )
    topic = forms.ChoiceField(
        label=_lazy("Topic"),
        required=False,
        help_text=_lazy("What the program must understand, such as the review. A question of your own has none."),
    )
    suggests = forms.CharField(
        label=_lazy("Suggested options"),
        required=False,
        max_length=LONG_LINE,
        help_text=_lazy("Keys of options, with commas. Only on the page “How we text”."),
    )
    suggests_words = Words(OWN_WORDS, rows=2, label=_lazy("Suggested words"), required=False)

    class Meta:
        model = Clause
        fields = ("edition", "order", "key", "topic", "kind", "mode", "asked")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suggested = self.instance.suggested or {}
        self.initial.setdefault("suggests", ", ".join(suggested.get("chosen", [])))
        self.initial.setdefault("suggests_words", suggested.get("words", ""))
        if "topic" in self.fields:
            self.fields["topic"].choices = [("", _("none, our own question")), *((name, name) for name in TOPICS)]  # type: ignore[attr-defined]
        if "edition" in self.fields:
            self.fields["edition"].queryset = Edition.objects.filter(published_at=None).select_related("family")  # type: ignore[attr-defined]
            if draft(self.data.get("edition") or self.initial.get("edition") or ""):
                self.fields["edition"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        edition = cleaned.get("edition") or (None if self.instance._state.adding else self.instance.edition)
        others = (
            Clause.objects.filter(edition=edition).exclude(pk=self.instance.pk) if edition else Clause.objects.none()
        )
        taken = list(others.values("key", "order", "topic"))
        faults = {
            "key": _("Another clause has this key. Each needs its own."),
            "order": _("Another clause has this number. Each needs its own."),
            "topic": _("Another clause is about this topic. Each topic stands once."),
        }
        for name, words in faults.items():
            if cleaned.get(name) and cleaned[name] in [row[name] for row in taken]:
                self.add_error(name, words)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        keys = [key.strip() for key in self.cleaned_data["suggests"].split(",") if key.strip()]
        words = self.cleaned_data["suggests_words"]
        self.instance.suggested = {"chosen": keys, "words": words} if keys or words else None
        return super().save(commit)


class OptionForm(TextsForm):
    """One option with its words."""

    text_model, owner = OptionText, "option"
    texts = ("label", "consequence", "words")

    label = Words(LINE, label=_lazy("Label on the button"))
    consequence = Words(
        LONG_LINE,
        rows=2,
        label=_lazy("What it would mean"),
        required=False,
        help_text=_lazy("One good side, one hard side. All options have such a line, or none has."),
    )
    words = Words(TEXT, label=_lazy("Words on the paper"), required=False, help_text=_lazy("Empty: the label."))
    meaning = Meaning(
        label=_lazy("What the program reads"),
        required=False,
        widget=forms.TextInput(attrs={"size": 70}),
        help_text=_lazy("Only for a topic: a copy of this edition shows how each is written."),
    )

    class Meta:
        model = Option
        fields = ("order", "key", "meaning")

    def clean_meaning(self) -> dict[str, Any]:
        return self.cleaned_data["meaning"] or {}


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


class OptionFormSet(DistinctFormSet):
    """The options of a clause: where it has a topic, the program can read what each means."""

    def clean(self) -> None:
        super().clean()
        clause: Clause = self.instance
        if clause.topic not in TOPICS or clause.kind not in TOPICS[clause.topic].kinds:
            return
        for form in self.forms:
            found = getattr(form, "cleaned_data", {})
            if not found.get("key") or "meaning" not in found or self._should_delete_form(form):
                continue
            if fault := meaning_fault(clause.topic, clause.kind, found["key"], found["meaning"]):
                form.add_error("meaning", _("The topic “%(topic)s” cannot read this: %(fault)s.") % {
                    "topic": clause.topic, "fault": fault,
                })  # fmt: skip


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
        return f"{facts['reader'].strip()}, {date_format(facts['read_on'], 'j F Y')}" if facts["reader"] else ""


class ImportForm(forms.Form):
    """An edition as a file."""

    file = forms.FileField(
        label=_lazy("File"),
        help_text=_lazy("A file that “Export” made here or at another practice. At most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

"""What a template editor fills in for a clause: its words and its options, in the practice's language.

Other languages of a clause are left as they are. Words of a fault stand at their field.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.admin.edition_forms import DistinctFormSet, hold
from agreements.admin.plain_fields import Key, Meaning, Order, Words
from agreements.models import Clause, ClauseText, Edition, Option, OptionText
from agreements.rules.edition_file import LINE, LONG_LINE, OWN_WORDS, TEXT
from agreements.rules.lint_structure import meaning_fault
from agreements.rules.topics import TOPICS


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
    order = Order(label=_lazy("Order"))
    key = Key(label=_lazy("Key"))
    topic = forms.ChoiceField(
        label=_lazy("Topic"),
        required=False,
        help_text=_lazy("What the program must understand, such as the review. A question of your own has none."),
    )
    suggests = Words(
        LONG_LINE,
        label=_lazy("Suggested options"),
        required=False,
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
        if edition:
            hold(self, edition)
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
    order = Order(label=_lazy("Order"))
    key = Key(label=_lazy("Key"))
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


class OptionFormSet(DistinctFormSet):
    """The options of a clause: none takes the key of another, and the program can read what each means."""

    def clean(self) -> None:
        super().clean()
        saved = dict(Option.objects.filter(clause=self.instance.pk).values_list("key", "pk"))
        for form in self.forms:
            key = getattr(form, "cleaned_data", {}).get("key")
            if not key or self._should_delete_form(form):
                continue
            self._meaning(form)
            if saved.get(key, form.instance.pk) != form.instance.pk:
                form.add_error("key", _(
                    "Another option was saved with this key. Change that one or take it out, and save; then go on."
                ))  # fmt: skip

    def _meaning(self, form: forms.ModelForm) -> None:  # type: ignore[type-arg]
        clause, found = self.instance, form.cleaned_data
        if clause.topic not in TOPICS or clause.kind not in TOPICS[clause.topic].kinds or "meaning" not in found:
            return
        if fault := meaning_fault(clause.topic, clause.kind, found["key"], found["meaning"]):
            words = _("The topic “%(topic)s” cannot read this: %(fault)s.")
            form.add_error("meaning", words % {"topic": clause.topic, "fault": fault})

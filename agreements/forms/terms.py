"""A POST becomes answers to clauses. Options and their lines come from the edition; nothing is pre-chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.forms.choices import Option, OptionCheckboxes, OptionRadio
from agreements.forms.keyed import TOO_LONG, KeyedForm
from agreements.reads.room import TermSeen
from agreements.rules import topics, wording
from agreements.rules.strictness import WEIGHED, may_be_stricter
from agreements.rules.topics import NO_TEXTING
from agreements.rules.typed_numbers import FEWEST_DIGITS
from agreements.rules.vocabulary import LEAVE_OUT, UNSURE, Answer, Channel, ClauseKind

WORDS_LIMIT = 300
REASON_LIMIT = 140


class AnswerForm(KeyedForm):
    """The questions of one page. `names` fill the placeholders of questions; `shown` are answers given before.

    With `unsure` every question can be answered “Not sure yet”; else an optional clause can be left out.
    """

    def __init__(
        self,
        *args: Any,
        terms: Sequence[TermSeen],
        names: Mapping[str, str],
        shown: Mapping[str, Answer | None],
        unsure: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        for seen in terms:
            before = shown.get(seen.key)
            label = wording.fill(seen.text.question or seen.text.heading, chosen="", words="", **names)
            hint = wording.fill(seen.text.hint, chosen="", words="", **names)
            instead = UNSURE if unsure else LEAVE_OUT if seen.optional else ""
            if seen.clause.kind == ClauseKind.WORDS:
                self.fields[f"{seen.key}_words"] = _words_field(label, hint, before, required=not instead)
                label, hint = _("It depends on") if seen.clause.topic == "limit" else _("Beside your words"), ""
            if seen.choices or instead:
                self.fields[seen.key] = _choice_field(seen, label=label, hint=hint, instead=instead, before=before)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for seen in self.terms:
            chosen, words = cleaned.get(seen.key), cleaned.get(f"{seen.key}_words", "")
            given = [*(chosen if isinstance(chosen, list) else []), *([words] if words else [])]
            if len(given) > 1 and {UNSURE, LEAVE_OUT, NO_TEXTING} & set(given):
                self.add_error(seen.key, _("Two of these do not fit together. Please keep only one of them."))
            elif self._lacks_words(seen, cleaned):
                self.add_error(f"{seen.key}_words", _("Please write a few words."))
        return cleaned

    def _lacks_words(self, seen: TermSeen, cleaned: Mapping[str, Any]) -> bool:
        """Whether words are missing that their field alone cannot ask for: another answer may stand in for them."""
        name = f"{seen.key}_words"
        if name not in self.fields or self.fields[name].required or cleaned.get(name) or name in self.errors:
            return False
        return not {UNSURE, LEAVE_OUT} & set(cleaned.get(seen.key) or [])

    def answers(self) -> dict[str, Answer]:
        """What was chosen, by clause key; unanswered questions are not among them. What is left out is empty."""
        found = {}
        for seen in self.terms:
            given = self.cleaned_data.get(seen.key) or []
            chosen = tuple(given if isinstance(given, list) else [given])
            words = self.cleaned_data.get(f"{seen.key}_words", "")
            if chosen == (LEAVE_OUT,):
                found[seen.key] = Answer()
            elif chosen or words:
                found[seen.key] = Answer(chosen, words)
        return found

    def questions(self) -> list[tuple[TermSeen, list[forms.BoundField]]]:
        """Each term with its fields, for the template."""
        return [
            (seen, [self[name] for name in (f"{seen.key}_words", seen.key) if name in self.fields])
            for seen in self.terms
        ]


def _choice_field(
    seen: TermSeen, *, label: str, hint: str, instead: str, before: Answer | None
) -> forms.ChoiceField | forms.MultipleChoiceField:
    lined = any(choice.consequence for choice in seen.choices) or not seen.choices
    choices: list[tuple[str, Any]] = [(choice.key, Option(choice.label, choice.consequence)) for choice in seen.choices]
    missing = _("Please choose an answer.")
    if instead == UNSURE:
        choices.append((UNSURE, Option(_("Not sure yet"), _("We talk about it and decide together.") if lined else "")))
        missing = _("Please choose an answer. “Not sure yet” is an answer too.")
    elif instead:
        choices.append((LEAVE_OUT, Option(_("Leave it out"), _("Our paper says nothing about it.") if lined else "")))
    many = seen.clause.kind in (ClauseKind.MANY, ClauseKind.WORDS)
    initial: Any = list(before.chosen) if before else []
    if before == Answer() and instead == LEAVE_OUT:
        initial = [LEAVE_OUT]
    return (forms.MultipleChoiceField if many else forms.ChoiceField)(
        label=label,
        help_text=hint,
        choices=choices,
        required=bool(seen.choices),
        widget=OptionCheckboxes() if many else OptionRadio(),
        initial=initial if many else next(iter(initial), None),
        error_messages={"required": missing, "invalid_choice": _("Please choose one of the answers on the page.")},
    )


def _words_field(label: str, hint: str, before: Answer | None, *, required: bool) -> forms.CharField:
    """A box for free text. It always says that nobody reads it live (H10)."""
    nobody = _("Nobody reads this live.")
    return forms.CharField(
        label=label,
        help_text=hint if nobody in hint else f"{hint} {nobody}".strip(),
        required=required,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        initial=before.words if before else "",
        error_messages={
            "required": _("Please write a few words."),
            "max_length": TOO_LONG,
        },
    )


class ChannelForm(KeyedForm):
    """Where texts go. `excluded` are ways that the answer of the client, called `client`, leaves out."""

    def __init__(self, *args: Any, excluded: Collection[str] = (), client: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.excluded, self.client = excluded, client

    channel = forms.ChoiceField(
        label=_lazy("Where do texts go?"),
        choices=Channel,
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please choose where texts go.")},
    )
    text_number = forms.CharField(
        label=_lazy("The number or address for texts"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _lazy("Please write the number or address for texts."),
            "max_length": TOO_LONG,
        },
    )

    def clean_channel(self) -> str:
        """No way that the client's answer leaves out."""
        channel: str = self.cleaned_data["channel"]
        if channel in self.excluded:
            words = _("%(client)s chose no ordinary texts. Please choose another way for messages.")
            raise forms.ValidationError(words % {"client": self.client})
        return channel

    def clean_text_number(self) -> str:
        """A slip of the hand is no number; an address has letters in it."""
        text: str = self.cleaned_data["text_number"]
        if not any(char.isalpha() for char in text) and sum(char.isdigit() for char in text) < FEWEST_DIGITS:
            raise forms.ValidationError(_("Please write the whole number, or an address."))
        return text


class OwnAnswersForm(AnswerForm):
    """The therapist's own answers, with a reason beside each. `bare` are shown ones without it that may be stricter."""

    def __init__(self, *args: Any, reasons: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        more = _("If %(client)s wants more, the page will ask you for this reason.") % kwargs["names"]
        shown = kwargs["shown"]
        self.bare = [seen for seen in self.terms if _stricter(seen, shown.get(seen.key)) and not reasons.get(seen.key)]
        for seen in self.terms:
            if seen.clause.kind in (ClauseKind.CHOOSE, ClauseKind.HOURS, ClauseKind.MANY):
                self.fields[f"{seen.key}_reason"] = forms.CharField(
                    label=_("Your reason, in your words (optional)"),
                    max_length=REASON_LIMIT,
                    required=False,
                    error_messages={"max_length": TOO_LONG},
                    help_text=more if any(_stricter(seen, Answer((choice.key,))) for choice in seen.choices) else "",
                    initial=reasons.get(seen.key, ""),
                    widget=forms.TextInput(attrs={"autocomplete": "off"}),
                )

    def reasons(self) -> dict[str, str]:
        """Clause key → reason, also the empty ones."""
        return {seen.key: self.cleaned_data.get(f"{seen.key}_reason", "") for seen in self.terms}

    def questions(self) -> list[tuple[TermSeen, list[forms.BoundField]]]:
        return [
            (seen, [*fields, *([self[name]] if (name := f"{seen.key}_reason") in self.fields else [])])
            for seen, fields in super().questions()
        ]


def _stricter(seen: TermSeen, answer: Answer | None) -> bool:
    """Whether a client could want more than this answer; not of one that this edition no longer offers."""
    if answer is not None and not set(answer.chosen) <= seen.meanings.keys():
        return False
    if seen.clause.topic not in WEIGHED or answer is None or answer.unsure or answer == Answer():
        return False
    others = [(choice.key,) for choice in seen.choices if choice.key != UNSURE]
    every = tuple(key for (key,) in others if key != NO_TEXTING)
    others += [every] if seen.clause.kind == ClauseKind.MANY else []
    meanings = [topics.read(seen.clause.topic, Answer(keys), seen.meanings) for keys in others]
    return may_be_stricter(topics.read(seen.clause.topic, answer, seen.meanings), meanings)


class PrepareForm(ChannelForm, OwnAnswersForm):
    """The same before the session, and where texts go."""

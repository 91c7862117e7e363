"""How did it go? One person's page: what is asked openly every time, then each term. Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.forms.choices import OptionRadio
from agreements.forms.keyed import TOO_LONG, KeyedForm
from agreements.forms.terms import WORDS_LIMIT
from agreements.reads.looking_back import Own, Row
from agreements.rules.looking_back import texting_of
from agreements.rules.vocabulary import Hurt, Role, Works

OPENLY = ("texting", "hurt", "hurt_words", "away_words", "missing")
MAY_BE_EMPTY = ("hurt_words", "away_words", "missing")


class SinceForm(KeyedForm):
    """What is asked of the person with the key `who`. `rest_works`: "All others are working" was pressed, so terms may
    stay without an answer of their own.

    `away` asks about a time away that is over since they looked last, "" where there was none. `joined`: they take part
    only since it was signed.
    """

    def __init__(
        self,
        *args: Any,
        who: str,
        rows: Sequence[Row],
        own: Own,
        names: Mapping[str, str],
        away: str = "",
        joined: bool = False,
        rest_works: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.joined = joined
        self.rows = [row for row in rows if row.signed is not None]
        openly = {name: getattr(own.openly, name, "") or "" for name in OPENLY}
        question = (
            _("Is our texting too much, too little, or about right?")
            if who != Role.THERAPIST
            else _("%(therapist)s, can you do this without strain?") % names
        )
        self.fields["texting"] = _choice(question, texting_of(who).choices, openly["texting"])
        hurt = _("Did a text or a silence hurt or puzzle you?")
        self.fields["hurt"] = _choice(hurt, Hurt.choices, openly["hurt"])
        self.fields["hurt_words"] = _words(_("A few words on it (optional)"), openly["hurt_words"])
        if away:
            self.fields["away_words"] = _words(away, openly["away_words"])
        for row in self.rows:
            said = own.verdicts[row.key].says if row.key in own.verdicts else ""
            self.fields[row.key] = _choice(row.seen.text.heading, Works.choices, said, required=not rest_works)
        self.fields["missing"] = _words(_("Is anything missing? (optional)"), openly["missing"])

    def verdicts(self) -> dict[str, Works]:
        """What was said of the terms, by clause key; those without an answer are not among them."""
        given = {row.key: self.cleaned_data.get(row.key) for row in self.rows}
        return {key: Works(said) for key, said in given.items() if said}

    def openly(self) -> dict[str, str]:
        """What was answered to what is asked openly; a question without an answer is not among them."""
        given = {name: self.cleaned_data[name] for name in OPENLY if name in self.cleaned_data}
        return {name: said for name, said in given.items() if said or name in MAY_BE_EMPTY}

    def openly_fields(self) -> list[forms.BoundField]:
        """What is asked openly, before the terms."""
        return [self[name] for name in OPENLY if name != "missing" and name in self.fields]

    def terms(self) -> Iterator[tuple[Row, forms.BoundField]]:
        """Each term with its field, for the template."""
        for row in self.rows:
            yield row, self[row.key]


def _choice(label: str, choices: Sequence[tuple[str, Any]], before: str, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=OptionRadio(),
        initial=before or None,
        error_messages={
            "required": _("Please choose an answer."),
            "invalid_choice": _("Please choose one of the answers on the page."),
        },
    )


def _words(label: str, before: str) -> forms.CharField:
    """A box for free text. It always says that nobody reads it live (H10)."""
    return forms.CharField(
        label=label,
        help_text=_("Nobody reads this live."),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        initial=before,
        error_messages={"max_length": TOO_LONG},
    )


class MoveForm(KeyedForm):
    """The day on which the two look again instead, as a button with a day or as a day that they type."""

    due_on = forms.DateField(
        label=_lazy("Or another day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _lazy("Please choose a day."),
            "invalid": _lazy("Please give a day of the calendar, such as 2027-01-30."),
        },
    )

    def day(self) -> date:
        """The day that was chosen."""
        chosen: date = self.cleaned_data["due_on"]
        return chosen

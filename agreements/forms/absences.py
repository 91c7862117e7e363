"""Forms about the therapist's time away: its days and who covers, and what the two choose for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.forms.choices import Option, OptionRadio
from agreements.forms.keyed import TOO_LONG, KeyedForm
from agreements.forms.stopping import DAY_ERRORS, OFF, day_input
from agreements.rules.away import Plan
from agreements.rules.away_words import AwayTexting, Cover, Hold, Knows, Post

NAME_LIMIT, PHONE_LIMIT, INSTEAD_LIMIT = 140, 40, 200  # the sheet is one page


class AbsenceForm(KeyedForm):
    """The first and the last day away, and who is there meanwhile."""

    starts_on = forms.DateField(label=_lazy("First day away"), widget=day_input(), error_messages=DAY_ERRORS)
    ends_on = forms.DateField(label=_lazy("Last day away"), widget=day_input(), error_messages=DAY_ERRORS)
    cover = forms.ChoiceField(
        label=_lazy("Who is there meanwhile?"),
        choices=Cover,
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please choose who is there meanwhile.")},
    )
    cover_name = forms.CharField(
        label=_lazy("Name of the one who covers"),
        max_length=NAME_LIMIT,
        required=False,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"max_length": TOO_LONG},
    )
    cover_phone = forms.CharField(
        label=_lazy("Their phone"),
        max_length=PHONE_LIMIT,
        required=False,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"max_length": TOO_LONG},
    )

    def facts(self) -> dict[str, Any]:
        """The absence as the action takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class SuddenForm(AbsenceForm):
    """Ill today: from today until, as far as anybody can say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leave_out("starts_on")
        self.fields["ends_on"].label = _("Until when, as far as you know now?")
        self.fields["ends_on"].help_text = _("You can change the day later.")


class ToldForm(KeyedForm):
    """On which day the client was told."""

    on = forms.DateField(label=_lazy("Told on"), widget=day_input(), error_messages=DAY_ERRORS)


class AwayPlanForm(KeyedForm):
    """What the two choose for one time away. What their agreement says stands first, and says so; nothing is chosen."""

    texting = forms.ChoiceField(
        label=_lazy("Texting"),
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please say whether texts go on then.")},
    )
    hold = forms.ChoiceField(
        label=_lazy("Something to hold on to"),
        widget=OptionRadio(),
        error_messages={"required": _lazy("Please choose what there is to hold on to. “Nothing” is an answer too.")},
    )
    post = forms.ChoiceField(label=_lazy("If it is a card: how does it come?"), required=False, widget=OptionRadio())
    mailer = forms.CharField(
        label=_lazy("If it comes by post: who mails it?"),
        max_length=NAME_LIMIT,
        required=False,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"max_length": TOO_LONG},
    )
    knows = forms.ChoiceField(widget=OptionRadio(), required=False, choices=Knows)
    instead = forms.CharField(
        label=_lazy("What else helps meanwhile? (optional)"),
        max_length=INSTEAD_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, **OFF}),
        error_messages={"max_length": TOO_LONG},
    )
    before_on = forms.DateField(
        label=_lazy("Our last session before (optional)"),
        required=False,
        widget=day_input(),
        error_messages=DAY_ERRORS,
    )
    after_on = forms.DateField(
        label=_lazy("Our first session after (optional)"),
        required=False,
        widget=day_input(),
        error_messages=DAY_ERRORS,
    )

    def __init__(
        self, *args: Any, agreed: Plan, half_way: str, names: Mapping[str, str], cover_name: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices("texting", _as_agreed_first(list(AwayTexting.choices), agreed.texting))
        self._choices("hold", _as_agreed_first(list(Hold.choices), agreed.hold))
        facts = {**names, "day": half_way}
        mailed = Option(
            _("By post, half-way: %(day)s") % facts,
            _("Whoever mails it sees %(client)s’s name and address. %(client)s says that this address is safe.")
            % facts,
        )
        sealed = Option(_("Handed over before, closed"), _("%(client)s opens it on %(day)s, or sooner.") % facts)
        self._choices("post", [(Post.MAILED.value, mailed), (Post.SEALED.value, sealed)])
        if cover_name:
            self.fields["knows"].label = _("What may %(cover)s know of %(client)s?") % {**facts, "cover": cover_name}
        else:
            self.leave_out("knows")

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def facts(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        given = {name: self.cleaned_data.get(name) for name in Plan.__dataclass_fields__ if name != "planned"}
        given["knows"] = given["knows"] or ""
        return {"plan": Plan(**given), "mailer": self.cleaned_data["mailer"]}  # type: ignore[arg-type]


def _as_agreed_first(choices: list[tuple[str, Any]], agreed: str) -> list[tuple[str, Any]]:
    """What the agreement says, marked, then what would be different this time."""
    said = [(key, Option(str(label), _("As we agreed"))) for key, label in choices if key == agreed]
    others = [
        (key, Option(str(label), _("Different this time") if agreed else "")) for key, label in choices if key != agreed
    ]
    return [*said, *others]

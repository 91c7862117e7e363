"""What a template editor types, field by field: plain words, a number for the order, what an option means."""

from __future__ import annotations

import json
import unicodedata
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.actions.pdf_glyphs import missing_glyphs
from agreements.forms.keyed import TOO_LONG
from agreements.rules.file_faults import KEY, MOST_ORDER
from agreements.rules.lint_safety import unknown
from agreements.rules.lint_typing import about
from agreements.rules.lookalikes import mixed_fault
from agreements.rules.markup import code_fault


class Words(forms.CharField):
    """Plain text as it will be shown and printed: NFC, line breaks as one character, no code, a glyph for each."""

    def __init__(self, limit: int, *, rows: int = 0, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "cols": 70}) if rows else forms.TextInput(attrs={"size": 70})
        super().__init__(max_length=limit, widget=widget, error_messages={"max_length": TOO_LONG}, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without the browser's limit: it would cut what is pasted and say nothing. Here a fault says so."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", super().to_python(value).replace("\r\n", "\n"))

    def validate(self, value: str) -> None:
        super().validate(value)
        found = [fault for fault in (_unprintable(value), code_fault(value), mixed_fault(value)) if fault]
        if found:  # alone, a placeholder is remarked beside the clause, where it can be looked at
            raise ValidationError([*found, *unknown(value)])


def _unprintable(value: str) -> str:
    shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing_glyphs(value)[:5])
    return _("These characters cannot be printed: %(shown)s.") % {"shown": shown} if shown else ""


class Key(forms.SlugField):
    """The short name by which the program knows a row. It is never shown to the two."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _lazy("A key has letters without accents, digits, “-” and “_” only, such as “time_away”."),
        "max_length": TOO_LONG,
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=KEY, **kwargs)


class Said(Words):
    """Words about a family: shown where it is chosen and printed at the foot, so they are read like a clause (H17)."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if faults := [words for words, blocks in about(value) if blocks]:
            raise ValidationError(faults)


class Readable(json.JSONDecoder):
    """A reader of JSON to which a number of thousands of digits, or brackets without end, is a fault like others."""

    def decode(self, s: str, *args: Any) -> Any:
        try:
            return super().decode(s, *args)
        except (ValueError, RecursionError):
            raise json.JSONDecodeError("unreadable", s[:1], 0) from None


class Meaning(forms.JSONField):
    """What an option means to the program: a small object in braces, or nothing."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _lazy("This cannot be read. Write it like {“hours”: 24}, with straight quotation marks, or nothing.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "decoder": Readable})

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if found is not None and not isinstance(found, dict):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found or {}

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(value) if value else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial or {}, data or "{}")


class Order(forms.IntegerField):
    """Where a row stands among its own; as large as in a file."""

    def __init__(self, **kwargs: Any) -> None:
        words = format_lazy(_lazy("Please give a whole number from 1 to {most}."), most=MOST_ORDER)
        faults = dict.fromkeys(("invalid", "min_value", "max_value"), words)
        widget = AdminIntegerFieldWidget()
        super().__init__(min_value=1, max_value=MOST_ORDER, error_messages=faults, widget=widget, **kwargs)

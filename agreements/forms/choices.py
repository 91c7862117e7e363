"""Radio buttons and checkboxes whose whole row is the target and whose choices may carry a consequence line.

A choice is `(key, Option(label, line))`, or `(key, text)` where there is no line. The key is what is posted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class Option:
    """The words of one choice: its label and, below it, what choosing it means. Both are plain text."""

    label: str
    line: str = ""

    def __str__(self) -> str:
        return str(self.label)


class _Options(forms.RadioSelect):
    """What both widgets share: the option list template, no `required`, an id only where an error leads: the first."""

    template_name = "agreements/_parts/option_list.html"

    def create_option(
        self, name: str, value: Any, label: Any, selected: bool, index: int, **kwargs: Any
    ) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, selected, index, **kwargs)
        if index or "aria-invalid" not in option["attrs"]:
            option["attrs"].pop("id", None)
        option["line"] = str(getattr(label, "line", ""))
        option["attrs"].pop("aria-invalid", None)  # not allowed on a radio button; the error belongs to the fieldset
        return option

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["lined"] = any(
            option["line"] for _, options, _ in context["widget"]["optgroups"] for option in options
        )
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class OptionRadio(_Options):
    """Choose one; nothing is chosen beforehand unless the form says so."""


class OptionCheckboxes(_Options, forms.CheckboxSelectMultiple):
    """Choose any number."""

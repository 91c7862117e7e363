"""The edition's words on a screen, with the two names filled in. Escaping is the template's."""

from __future__ import annotations

from typing import Any

from django import template

from agreements.rules import wording

register = template.Library()


@register.simple_tag(takes_context=True)
def filled(context: Any, text: str) -> str:
    """`text` with [[client]], [[therapist]] and [[phone]] from the page's `names`."""
    return wording.fill(text, chosen="", words="", **context["names"])


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """`mapping[key]`, or nothing."""
    return mapping.get(key, "")

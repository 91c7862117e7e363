"""The edition's words on a screen, with the two names filled in. Escaping is the template's."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils import timezone

from agreements.reads import proof
from agreements.reads.entered import entered
from agreements.rules import wording
from agreements.rules.crisis_rows import Parts

register = template.Library()
NUMBER = re.compile(r"[+(]?\d[\d ().-]{3,}\d")


@register.simple_tag(takes_context=True)
def filled(context: Any, text: str) -> str:
    """`text` with [[client]], [[therapist]] and [[phone]] from the page's `names`."""
    return wording.fill(text, chosen="", words="", **context["names"])


@register.simple_tag(takes_context=True)
def what_was_entered(context: Any) -> list[tuple[str, list[str]]]:
    """What was just posted, in words: heading and values."""
    request = context["request"]
    return entered(request.POST, request.path)


@register.simple_tag
def country_lines() -> tuple[tuple[int, Parts], ...]:
    """The crisis lines of the practice's country, for pages that know nobody."""
    return proof.crisis_lines(timezone.now())


@register.filter
def unbroken(text: str) -> str:
    """`text` whose telephone numbers stay on one line."""
    return NUMBER.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """`mapping[key]`, or nothing."""
    return mapping.get(key, "")

"""What `setup` asks: each question is an option too, and is answered in the same words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from agreements.rules.safety_box import same_number
from agreements.rules.safety_phrases import is_no_name
from agreements.rules.typed_numbers import is_phone
from agreements.rules.vocabulary import CallDays, CallHours, Paper


class Unanswered(Exception):
    """A question without an answer, or with one that cannot be used; the words say which option gives it."""


def any_text(answer: str) -> bool:
    """Something was written, and it fits the column."""
    return 0 < len(answer) <= 140


def a_name(answer: str) -> bool:
    """It fits, and says nothing about danger, texts or calls: it is printed near the crisis steps."""
    return any_text(answer) and not is_no_name(answer)


def a_phone(answer: str) -> bool:
    """A number and nothing else, and no crisis number. It is printed in the crisis steps just so."""
    return len(answer) <= 40 and is_phone(answer) and not same_number(answer, ())


def a_zone(answer: str) -> bool:
    """An IANA name such as America/New_York."""
    return answer in available_timezones()


def a_country(answer: str) -> bool:
    """Two capital letters."""
    return bool(re.fullmatch(r"[A-Z]{2}", answer))


def a_clock_time(answer: str) -> bool:
    """Such as 09:00."""
    try:
        time.fromisoformat(answer)
    except ValueError:
        return False
    return bool(re.fullmatch(r"\d\d:\d\d", answer))


def a_mail_address(answer: str) -> bool:
    """An e-mail address, or nothing: then no reminder can be sent."""
    try:
        return answer == "" or validate_email(answer) is None
    except ValidationError:
        return False


@dataclass(frozen=True)
class Question:
    """One question. `only_if` says for which earlier answers it is asked at all; where "" fits it may stay open."""

    key: str
    option: str
    help: str
    fits: Callable[[str], bool]
    only_if: tuple[str, str] | None = None


def _one_of(choices: Any) -> tuple[str, Callable[[str], bool]]:
    values = [choice.value for choice in choices]
    words = ", ".join(f"{choice.value} ({choice.label})" for choice in choices)
    return words, values.__contains__


_hours, _is_hours = _one_of(CallHours)
_days, _is_days = _one_of(CallDays)
_papers, _is_paper = _one_of(Paper)
_these = ("call_hours", CallHours.THESE)

PRACTICE = (
    Question("name", "--practice", "the practice's name, as it is printed", a_name),
    Question("phone", "--phone", "the practice's phone number, as it is printed", a_phone),
    Question("call_hours", "--call-hours", f"when a call about suicide is taken: {_hours}", _is_hours),
    Question("call_days", "--call-days", f"on which days: {_days}", _is_days, only_if=_these),
    Question("call_from", "--call-from", "from which time, such as 09:00", a_clock_time, only_if=_these),
    Question("call_until", "--call-until", "until which time, such as 18:00", a_clock_time, only_if=_these),
    Question("zone", "--zone", "the time zone, such as America/New_York", a_zone),
    Question("country", "--country", "the country in two capital letters, such as US", a_country),
    Question("paper", "--paper", f"the paper: {_papers}", _is_paper),
)
THERAPIST = (
    Question("username", "--username", "the first therapist's name for signing in", any_text),
    Question("own_name", "--name", "that therapist's name as it stands on agreements", a_name),
    Question("called", "--called", "what clients call that therapist", a_name),
    Question("email", "--email", "where that therapist's reminders go, or nothing", a_mail_address),
)


def answers(questions: tuple[Question, ...], given: dict[str, str], may_ask: bool) -> dict[str, str]:
    """An answer to every question that applies, from `given` or, when `may_ask`, from the keyboard.

    Raises Unanswered.
    """
    found: dict[str, str] = {}
    for question in questions:
        if question.only_if and found[question.only_if[0]] != question.only_if[1]:
            continue
        if question.key in given:
            found[question.key] = given[question.key].strip()
            if not question.fits(found[question.key]):
                raise Unanswered(f"{question.option} does not take “{given[question.key]}”. It wants {question.help}.")
        elif may_ask:
            found[question.key] = _typed(question)
        elif question.fits(""):
            found[question.key] = ""
        else:
            raise Unanswered(f"Missing: {question.option}, {question.help}.")
    return found


def _typed(question: Question) -> str:
    while True:
        try:
            answer = input(f"{question.help[0].upper()}{question.help[1:]}: ").strip()
        except EOFError:
            raise Unanswered(f"Missing: {question.option}, {question.help}.") from None
        if question.fits(answer):
            return answer


def practice_facts(found: dict[str, str]) -> dict[str, Any]:
    """The answers about the practice as the action takes them."""
    facts: dict[str, Any] = dict(found)
    for key in ("call_from", "call_until"):
        if key in facts:
            facts[key] = time.fromisoformat(facts[key])
    return facts

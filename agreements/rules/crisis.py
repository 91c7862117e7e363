"""The crisis box, first on every paper and screen in every state (H1-H5, H16); its wording is fixed, not a template's.

It builds something whole and safe from whatever is known: a blank that is empty has a sentence of its own. It judges
nothing; what is missing is said by safety.py. The caller activates the language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agreements.rules.crisis_blanks import Blanks, BoxFacts, CallTimes, call_hours
from agreements.rules.crisis_more import Also, also, carried
from agreements.rules.crisis_rows import Part, Parts, Resource, fill, for_place, joined, split_place
from agreements.rules.vocabulary import CallHours, Contact, Voice

__all__ = [
    "Also", "Box", "BoxFacts", "CallTimes", "Part", "Resource", "Step",
    "box", "call_hours", "card", "carried", "for_place", "split_place",
]  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One numbered step: its heading, then its text in parts."""

    number: int
    head: str
    parts: Parts

    @property
    def words(self) -> str:
        """The text without number and heading."""
        return "".join(part.text for part in self.parts)

    @property
    def line(self) -> str:
        """The whole step as one line of plain text."""
        return f"{self.number} · {self.head} {self.words}"


@dataclass(frozen=True)
class Box:
    """The four steps and the line that closes them; `more` stands below, "Also for you", and is mostly empty."""

    steps: tuple[Step, ...]
    last: str
    more: tuple[Also, ...] = ()


def box(facts: BoxFacts, resources: Iterable[Resource]) -> Box:
    """The crisis box for these facts, from the resources of the client's place and no others."""
    known = tuple(resources)
    steps = _steps(Blanks(facts, known))
    last = _("If anything in this agreement says otherwise, this box wins.")
    return Box(steps, last, also(facts, known, (part for step in steps for part in step.parts)))


def card(facts: BoxFacts, resources: Iterable[Resource]) -> tuple[Step, ...]:
    """The steps of the box for a wallet: the same ones, word for word."""
    return box(facts, resources).steps


def _steps(words: Blanks) -> tuple[Step, ...]:
    return (
        Step(1, _("Danger now."), _danger(words)),
        Step(2, _("Suicidal, but not about to act."), _spaced(_suicidal(words))),
        Step(3, _("You cannot speak, or it is not safe to:"), _spaced(_no_speaking(words))),
        Step(4, _("You texted anyway?"), _spaced(_texted(words))),
    )


def _danger(words: Blanks) -> Parts:
    lead = _(
        "You may act on thoughts of suicide, you have already hurt yourself or taken something, or someone may be hurt"
    )
    says = {
        Voice.CALLS: _("%(lead)s: do not text. Call %(emergency)s or go to the nearest emergency room."),
        Voice.NO_VOICE: _(
            "%(lead)s: do not text %(therapist)s. Instead: %(silent)s. Or go to the nearest emergency room."
        ),
        Voice.UNSAFE: _(
            "%(lead)s: do not text %(therapist)s. Safe to speak: call %(emergency)s. "
            "Not safe: %(silent)s. Or go to the nearest emergency room."
        ),
    }
    return fill(
        says[words.facts.voice],
        lead=lead,
        therapist=words.therapist,
        emergency=words.emergency,
        silent=words.silent_emergency,
    )


def _suicidal(words: Blanks) -> list[Parts]:
    if words.facts.voice == Voice.NO_VOICE:
        says = [fill(_("Do not text %(therapist)s."), therapist=words.therapist), *_written_first(words)]
        busy, unsure = words.written_next, words.written_again
    elif words.facts.voice == Voice.UNSAFE:
        says = [fill(_("Do not text %(therapist)s."), therapist=words.therapist), *_calls(words)]
        says += [fill(_("Not safe to speak: %(written)s."), written=words.written), *words.written_notes]
        busy, unsure = words.second, _call(words)
        silent = words.written_again or fill(_("not safe to speak: step 1"))
        unsure = fill(_("%(ways)s, or %(other)s"), ways=unsure, other=silent)
    else:
        says = [fill(_("Do not text.")), *_calls(words)]
        busy, unsure = words.second, _call(words)
    if busy:
        says.append(fill(_("Line busy: %(second)s."), second=busy))
    says.append(fill(_("Getting worse: step 1.")))
    says.append(fill(_("Not sure which step: %(way)s."), way=unsure or _("step 1")))
    return says


def _call(words: Blanks) -> Parts:
    return fill(_("call %(number)s"), number=words.line_again)


def _calls(words: Blanks) -> list[Parts]:
    """The therapist in the call hours, then the line; the line first and at once when the therapist takes no calls."""
    if not words.hours:
        return _line_first(words)
    call = (
        _("Safe to speak: call %(therapist)s, %(phone)s, %(hours)s.")
        if words.facts.voice == Voice.UNSAFE
        else _("Call %(therapist)s, %(phone)s, %(hours)s.")
    )
    otherwise = (
        _("No answer, or time away: call %(line)s right away, any hour.")
        if words.facts.calls.mode == CallHours.ANY
        else _("No answer, other hours, or time away: call %(line)s right away, any hour.")
    )
    says = [fill(call, therapist=words.therapist, phone=words.phone, hours=words.hours)]
    says.append(fill(otherwise, line=words.line))
    return [*says, fill(_("A voicemail is fine; do not wait for a call back."))]


def _line_first(words: Blanks) -> list[Parts]:
    first = (
        _("Safe to speak: call %(line)s right away, any hour.")
        if words.facts.voice == Voice.UNSAFE
        else _("Call %(line)s right away, any hour.")
    )
    says = [fill(first, line=words.line)]
    if words.facts.calls.mode == CallHours.NEVER:
        never = _("%(therapist)s cannot take these calls, so the line comes first.")
        says.append(fill(never, therapist=words.therapist))
    return says


def _written_first(words: Blanks) -> list[Parts]:
    """A line without speaking, at once; the therapist by relay besides, and from there back to the line."""
    says = [fill(_("Right away: %(written)s."), written=words.written), *words.written_notes]
    if words.hours and words.facts.contact == Contact.RELAY:
        also = _(
            "You can also call %(therapist)s by relay or video, %(phone)s, %(hours)s. No answer: %(way)s right away."
        )
        way = words.written_again or words.helper(words.line_again)
        says.append(fill(also, therapist=words.therapist, phone=words.phone, hours=words.hours, way=way))
    return says


def _no_speaking(words: Blanks) -> list[Parts]:
    if words.facts.voice == Voice.CALLS:
        says = [fill(_("Danger now: %(silent)s."), silent=words.silent_emergency)]
        if words.needs_helper:
            says.append(fill(_("Or go to the nearest emergency room.")))
        return [*says, fill(_("Not about to act: %(written)s."), written=words.written), *words.written_notes]
    helper = (
        _("Someone safe near you can also call for you: %(emergency)s in danger, %(line)s if not.")
        if words.line != words.emergency
        else _("Someone safe near you can also call for you: %(emergency)s.")
    )
    says = [fill(_("Steps 1 and 2 say what to do without speaking."))]
    return [*says, fill(helper, emergency=words.emergency, line=words.line)]


def _texted(words: Blanks) -> list[Parts]:
    ways = {
        Contact.CALL: _("phone"),
        Contact.TEXT: _("text"),
        Contact.RELAY: _("relay or video call"),
    }
    says = [
        fill(_("You are not in trouble.")),
        fill(_("It may not be seen for hours.")),
        fill(_("Start at step 1 or 2 now.")),
    ]
    seen = (
        _(
            "When %(therapist)s sees it, %(therapist)s will try to reach you by %(way)s "
            "and may ask emergency help to come."
        )
        if words.facts.contact in ways
        else _("When %(therapist)s sees it, %(therapist)s may ask emergency help to come.")
    )
    says.append(fill(seen, therapist=words.therapist, way=ways.get(words.facts.contact, "")))
    if words.facts.contact_person:
        person = _("%(therapist)s may also contact %(person)s, whom you named.")
        says.append(fill(person, therapist=words.therapist, person=words.facts.contact_person))
    return says


def _spaced(sentences: Iterable[Parts]) -> Parts:
    spaced: list[Part] = []
    for sentence in sentences:
        spaced += [Part(" "), *sentence] if spaced else sentence
    return joined(spaced)

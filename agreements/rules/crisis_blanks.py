"""The blanks of the crisis box: each one filled with something true and safe to do, whatever is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from agreements.rules import crisis_rows as rows
from agreements.rules.crisis_rows import Part, Parts, Resource, fill, for_place
from agreements.rules.vocabulary import CallDays, CallHours, Contact, Voice


@dataclass(frozen=True)
class CallTimes:
    """When the therapist takes a call about suicide, in the practice's local time.

    `zone` is the practice's IANA name where the client lives in another one; "" when both share it, or when no
    clock time is printed.
    """

    mode: CallHours
    days: CallDays | None = None
    start: time | None = None
    end: time | None = None
    zone: str = ""


@dataclass(frozen=True)
class BoxFacts:
    """What fills the box. Country and area are where the client is (H18), `travels_to` ("CA", "GB.ENG") where else they
    said they go; `registered` is the client's own "yes"; `language` is the paper's.
    """

    therapist: str
    phone: str
    calls: CallTimes
    voice: Voice
    contact: Contact
    registered: bool
    country: str
    area: str
    contact_person: str = ""
    travels_to: tuple[str, ...] = ()
    language: str = "en"


def call_hours(calls: CallTimes) -> str:
    """The hours of a call about suicide in words, "" when there are none or they are not known (H3)."""
    if calls.mode == CallHours.ANY:
        return _("at any hour")
    if calls.mode != CallHours.THESE or calls.days is None or calls.start is None or calls.end is None:
        return ""
    blanks = {"start": _clock(calls.start), "end": _clock(calls.end)}
    hours = (
        _("Monday to Friday, %(start)s to %(end)s")
        if calls.days == CallDays.WEEKDAYS
        else _("every day, %(start)s to %(end)s")
    ) % blanks
    if not calls.zone:
        return hours
    city = calls.zone.rpartition("/")[2].replace("_", " ")
    return _("%(hours)s, %(city)s time") % {"hours": hours, "city": city}


def _clock(at: time) -> str:
    if at.minute == 0 and at.hour in (0, 12):
        return _("noon") if at.hour else _("midnight")
    shown = str(at.hour % 12 or 12) + (f":{at.minute:02}" if at.minute else "")
    return (_("%(time)s am") if at.hour < 12 else _("%(time)s pm")) % {"time": shown}


class Blanks:
    """The blanks of the box, each filled with something true and safe to do."""

    def __init__(self, facts: BoxFacts, resources: Iterable[Resource]) -> None:
        here = for_place(resources, facts.country, facts.area)
        self.facts = facts
        self.therapist = facts.therapist or _("your therapist")
        self.phone: Parts = (Part(facts.phone, strong=True),)
        self.hours = call_hours(facts.calls) if facts.phone else ""
        self._emergency(here)
        self._line(here)
        self._written(here)

    def _emergency(self, here: tuple[Resource, ...]) -> None:
        row = rows.emergency(here)
        self.emergency: Parts = rows.call_here(row) if row else (Part(_("your local emergency number")),)
        silent = rows.silent_emergency(here, self.facts.registered)
        device = silent is not None and self.facts.voice != Voice.NO_VOICE and rows.needs_device(silent)
        self.needs_helper = silent is None or device
        self.silent_emergency: Parts = rows.silent_here(silent) if silent else self.helper(self.emergency)
        if device:
            helper = self.helper(self.emergency)
            self.silent_emergency = fill(_("%(ways)s, or %(other)s"), ways=helper, other=self.silent_emergency)

    def _line(self, here: tuple[Resource, ...]) -> None:
        row = rows.line(here)
        self.line: Parts = rows.call_here(row) if row else self.emergency
        self.line_again: Parts = rows.call_words(row) if row else self.emergency
        self.second: Parts = self._second(here, row)

    def _second(self, here: tuple[Resource, ...], row: Resource | None) -> Parts:
        """Where to turn when the line is busy; who is not safe to speak is sent to nothing step 2 already offers."""
        unsafe = self.facts.voice == Voice.UNSAFE
        texts = rows.text_lines(here)
        if row and (other := rows.second_line(here, row)):
            return rows.call_here(other)
        if unsafe:  # the first was offered just before, and the busy line's own text is the same service
            texts = texts[1:]
        others = [text for text in texts if row is None or not rows.same_service(text, row)]
        if others:
            return rows.text_here(others[0])
        if row is None:
            return ()
        return fill(_("step 1")) if unsafe else self._same_by_text(texts)

    def _same_by_text(self, texts: tuple[Resource, ...]) -> Parts:
        """The busy line's own text is no second line: it says that it is the same service, and what comes after."""
        if not texts:
            return fill(_("call %(number)s"), number=self.emergency)
        says = _("%(text)s, the same service. No answer there: call %(number)s")
        return fill(says, text=rows.text_here(texts[0]), number=self.emergency)

    def _written(self, here: tuple[Resource, ...]) -> None:
        """Ways to a crisis line without speaking: the first, the next, and what to say when there is none."""
        texts, chat = rows.text_lines(here), rows.chat_line(here)
        helper = self.helper(self.line)
        self.written: Parts = fill(_("%(helper)s, any hour"), helper=helper)
        self.written_again: Parts = ()
        self.written_next: Parts = ()
        self.written_notes: list[Parts] = [
            fill(_("We found no crisis line here that takes texts or chat. Nobody near: step 1."))
        ]
        if texts:
            self.written, self.written_again = _all_written(texts[0]), rows.text_words(texts[0])
            self.written_next = rows.text_here(texts[1]) if len(texts) > 1 else helper
            self.written_notes = []
        elif chat:
            self.written, self.written_again = rows.chat_here(chat), rows.chat_words(chat)
            self.written_notes = [fill(_("No answer there: %(helper)s, any hour."), helper=helper)]

    def helper(self, number: Parts) -> Parts:
        return fill(_("ask someone safe near you to call %(number)s"), number=number)


def _all_written(row: Resource) -> Parts:
    ways = fill(_("%(text)s, any hour"), text=rows.text_here(row))
    if row.chat:
        ways = fill(_("%(ways)s, or %(other)s"), ways=ways, other=rows.chat_words(row))
    if row.non_voice:
        ways = fill(_("%(ways)s, or %(other)s"), ways=ways, other=row.non_voice)
    return ways

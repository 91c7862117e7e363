"""The rules for the crisis box and the rows it is built from (H1-H5, H16-H18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agreements.rules import crisis, crisis_rows
from agreements.rules.crisis import BoxFacts
from agreements.rules.crisis_phrases import Ours, refused_rows
from agreements.rules.record import AgreementRecord
from agreements.rules.safety_finding import BOX, CRISIS, PRACTICE, Finding
from agreements.rules.safety_phrases import is_no_name
from agreements.rules.typed_numbers import KNOWN
from agreements.rules.vocabulary import CallHours, CheckedHow, Contact, Role, Voice


@dataclass(frozen=True)
class Check:
    """When and how somebody last made sure of a crisis resource; the date is local to the practice (H17)."""

    on: date
    how: CheckedHow


def box_facts(record: AgreementRecord) -> BoxFacts:
    """What the record's box was built from."""
    box = record.box
    return BoxFacts(
        therapist=record.party(Role.THERAPIST).called,
        phone=record.practice.phone,
        calls=box.calls,
        voice=box.voice,
        contact=box.contact,
        registered=box.registered,
        country=box.country,
        area=box.area,
        contact_person=box.contact_person,
        travels_to=box.travels_to,
        language=record.language,
    )


def built_box(record: AgreementRecord) -> crisis.Box:
    """The box as it is built from the record's own rows and answers."""
    return crisis.box(box_facts(record), record.crisis)


def expires_on(check: Check) -> date:
    """The last day on which a check counts: the same day a year later (29 February: the 28th)."""
    try:
        return check.on.replace(year=check.on.year + 1)
    except ValueError:
        return date(check.on.year + 1, 2, 28)


def h01(record: AgreementRecord) -> list[Finding]:
    """Danger now goes to the emergency number or an emergency room, never to a text."""
    return _step_as_built(record, 1, "H1")


def h02(record: AgreementRecord) -> list[Finding]:
    """Suicidal but not about to act goes to live help, never to a text to the therapist."""
    return _step_as_built(record, 2, "H2")


def h03(record: AgreementRecord) -> list[Finding]:
    """The hours of a call about suicide are set, and after the therapist a 24-hour line follows at once."""
    calls, therapist = record.box.calls, record.party(Role.THERAPIST).called
    found = []
    if not crisis.call_hours(calls) and calls.mode != CallHours.NEVER:
        words = _("Please set when %(name)s takes a call about suicide: any hour, these hours, or not at all.")
        found.append(Finding("H3", words % {"name": therapist}, PRACTICE))
    if calls.mode != CallHours.NEVER and not record.practice.phone:
        words = _("Please add the phone number at which %(name)s takes a call about suicide.")
        found.append(Finding("H3", words % {"name": therapist}, PRACTICE))
    second = next((step.words for step in record.box.steps if step.number == 2), "")
    ways = [way for row in _here(record) if row.is_line for way in (row.call, row.text_to, row.chat) if way]
    if max((second.rfind(way) for way in ways), default=-1) <= second.find(record.practice.phone or "\n"):
        found.append(Finding("H3", _("Step 2 must lead on to a line that answers day and night."), BOX))
    return found


def h04(record: AgreementRecord) -> list[Finding]:
    """One emergency number and one 24-hour line for where the client is."""
    here = _here(record)
    written = record.box.voice == Voice.NO_VOICE
    found = []
    if crisis_rows.emergency(here) is None:
        found.append(Finding("H4", _("Please add the emergency number for where the client is."), CRISIS))
    if not any(row.is_line and (row.call or (written and (row.text_to or row.chat))) for row in here):
        words = _("Please add a crisis line that answers day and night where the client is.")
        found.append(Finding("H4", words, CRISIS))
    return found


def h05(record: AgreementRecord) -> list[Finding]:
    """The box, its card and what stands below are there, word for word as they are built from the record's own rows."""
    box, built, card = record.box, built_box(record), crisis.card(box_facts(record), record.crisis)
    if (box.steps, box.last, box.more, box.card) == (built.steps, built.last, built.more, card):
        return []
    return [Finding("H5", _("The crisis box must be whole and in its own words. Nobody may change it."), BOX)]


def h16(record: AgreementRecord) -> list[Finding]:
    """Who cannot or must not speak has steps 1 and 2 without voice, and is reached and reaches help without it."""
    box, here, silent = record.box, _here(record), record.box.voice == Voice.NO_VOICE
    if box.voice == Voice.CALLS:
        return []
    unheard = silent and not crisis_rows.answers_without_voice(here, box.registered)
    place = crisis_rows.place_name(here[-1]) if here else box.country
    none = _("No way to reach help without speaking is known for %(place)s. Please add one to the crisis lines first.")
    by_voice = _("A phone call does not reach someone who cannot speak. Please choose again.")
    broken = (
        (box.steps[:2] != built_box(record).steps[:2], _("Steps 1 and 2 must work without speaking."), BOX),
        (silent and box.contact == Contact.CALL, by_voice, BOX),
        (unheard, none % {"place": place}, CRISIS),
    )
    return [Finding("H16", words, where) for is_so, words, where in broken if is_so]


def h17(record: AgreementRecord, *, today: date, checks: Mapping[str, Check], opened: date) -> list[Finding]:
    """Every crisis resource was checked within the twelve months before the session opened.

    A demo check counts only in a demo record.
    """
    found = []
    for row in record.crisis:
        check = checks.get(row.key)
        if check is None or check.on > today or (check.how == CheckedHow.DEMO and not record.demo):
            words = _("Please check this first, it has not been checked yet: %(service)s (%(place)s).")
        elif opened > expires_on(check):
            words = _("Please check this again, its last check is over 12 months old: %(service)s (%(place)s).")
        else:
            continue
        found.append(Finding("H17", words % _named(row), CRISIS))
    return found


def h18(record: AgreementRecord) -> list[Finding]:
    """The place is the client's; every resource is of that place, or an addition for one they said they go to."""
    if not record.box.country:
        return [Finding("H18", _("Please say in which country the client is."), BOX)]
    if len(crisis.carried(box_facts(record), record.crisis)) == len(record.crisis):
        return []
    return [Finding("H18", _("A crisis number here is for another place. Please take it out."), CRISIS)]


def row_words(record: AgreementRecord) -> list[Finding]:
    """No text of a crisis row leads to a voicemail, a wait, a fee, the therapist or a promise (H3, H6-H9)."""
    therapist = record.party(Role.THERAPIST)
    ours = Ours((therapist.called, therapist.name, record.practice.name), (record.practice.phone,))
    return unsafe_rows(record.crisis, ours, record.language)


def names(record: AgreementRecord) -> list[Finding]:
    """Where a name is printed stands a name, and the practice's phone is no crisis line's (H3, H7)."""
    said = [name for party in record.parties for name in (party.name, party.called)]
    words = _("Please write a name here, and nothing about danger, texts or calls: “%(text)s”")
    found = [
        Finding("H7", words % {"text": text}, PRACTICE if text == record.practice.name else BOX)
        for text in dict.fromkeys((*said, record.practice.name, record.box.contact_person))
        if is_no_name(text)
    ]
    if same_number(record.practice.phone, record.crisis):
        found.append(Finding("H3", _("This number is a crisis line’s. Please write the practice’s own."), PRACTICE))
    return found


def same_number(phone: str, rows: Iterable[crisis.Resource]) -> bool:
    """Whether a phone number is one that a crisis row gives, or a well-known emergency number."""
    digits = _digits(phone)
    return bool(digits) and (
        digits in KNOWN or digits in {_digits(each) for row in rows for each in (row.call, row.text_to)}
    )


def _digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")


def unsafe_rows(rows: Iterable[crisis.Resource], ours: Ours, language: str) -> list[Finding]:
    """What these rows say that no crisis row may."""
    words = _("A crisis line must be corrected first, %(service)s (%(place)s): %(fault)s")
    return [
        Finding(fault.rule, words % {**_named(row), "fault": fault.words}, CRISIS)
        for row, fault in refused_rows(rows, ours, language)
    ]


def _named(row: crisis.Resource) -> dict[str, str]:
    return {"service": row.service, "place": crisis_rows.place_name(row)}


def _here(record: AgreementRecord) -> tuple[crisis.Resource, ...]:
    return crisis.for_place(record.crisis, record.box.country, record.box.area)


def _step_as_built(record: AgreementRecord, number: int, rule: str) -> list[Finding]:
    built = next(step for step in built_box(record).steps if step.number == number)
    if [step for step in record.box.steps if step.number == number] == [built]:
        return []
    return [Finding(rule, _("The crisis box must say: “%(box)s”") % {"box": built.line}, BOX)]

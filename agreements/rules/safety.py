"""The safety rules that judge what an agreement holds, before anyone signs or seals it (docs/rules.md, H1-H28).

Each rule is a function of the record that gives findings: what to do, in kind words, and where. The caller activates
the record's language. Rules that are kept elsewhere stand in safety_places.py. Phrase lists are humble; see there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agreements.rules import crisis, crisis_rows
from agreements.rules.crisis import BoxFacts
from agreements.rules.record import AgreementRecord
from agreements.rules.safety_phrases import lacks, plain
from agreements.rules.safety_places import LATER, PLACES
from agreements.rules.safety_texts import all_words, answered, refused_sentences, term_on
from agreements.rules.topics import FIVE
from agreements.rules.vocabulary import CallHours, CheckedHow, Contact, Outcome, Role, TermState, Voice

__all__ = ["LATER", "PLACES", "Check", "Finding", "box_facts", "expires_on", "findings"]

BOX = "box"
CRISIS = "crisis"
PRACTICE = "practice"


@dataclass(frozen=True)
class Finding:
    """What a rule found. `where` is a term's key, "box", "practice", "crisis" or "before_text".

    One that does not block is shown to both, who may go on (H26).
    """

    rule: str
    words: str
    where: str
    blocks: bool = True


@dataclass(frozen=True)
class Check:
    """When and how somebody last made sure of a crisis resource; the date is local to the practice (H17)."""

    on: date
    how: CheckedHow


def findings(record: AgreementRecord, *, today: date, checks: Mapping[str, Check]) -> list[Finding]:
    """Everything the rules find. `checks` maps resource keys to their latest check.

    `today` is the practice's local date on which the session opened: a row valid then lets that session sign.
    """
    rules = (h01, h02, h03, h04, h05, h06, h07, h08, h09, h10, h11, h12, h13, h16, h18, h25, h26, h28, five)
    found = [finding for rule in rules for finding in rule(record)]
    return found + h17(record, today=today, checks=checks)


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
    )


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
    """The box and its card are there, whole and word for word as they are built from the record's own rows."""
    built, card = _built(record), crisis.card(box_facts(record), record.crisis)
    if (record.box.steps, record.box.last, record.box.card) == (built.steps, built.last, card):
        return []
    return [Finding("H5", _("The crisis box must be whole and in its own words. Nobody may change it."), BOX)]


def h06(record: AgreementRecord) -> list[Finding]:
    """Nothing delays or charges for a crisis step."""
    words = _("This sentence seems to put a fee, a cap or quiet hours on a crisis step: “%(text)s” Please change it.")
    return _refused(record, "H6", words)


def h07(record: AgreementRecord) -> list[Finding]:
    """No text contradicts the box: both are shown."""
    words = _("Two texts disagree. Yours: “%(text)s” The crisis box: “%(box)s” The box wins. Please change yours.")
    return _refused(record, "H7", words)


def h08(record: AgreementRecord) -> list[Finding]:
    """No promise to stay safe, and no care in exchange for it."""
    words = _("Nobody has to promise to stay safe, and care does not depend on it. Please change: “%(text)s”")
    return _refused(record, "H8", words)


def h09(record: AgreementRecord) -> list[Finding]:
    """No answer is guaranteed; the reply window and the late step are there. Its outer limit: topics.ReplyWindow."""
    words = _("No one can promise an answer. Please change: “%(text)s”")
    found = _refused(record, "H9", words)
    if record.outcome == Outcome.TEXTING:
        asks = {
            "window": _("Please say when most answers come."),
            "late": _("Please say what helps when an answer is late."),
        }
        found += [Finding("H9", asks[key], key) for key in asks if not answered(record, key)]
    return found


def h10(record: AgreementRecord) -> list[Finding]:
    """No text says that somebody watches the messages."""
    return _refused(record, "H10", _("Nobody reads texts live. Please change: “%(text)s”"))


def h11(record: AgreementRecord) -> list[Finding]:
    """Nobody gives up a right."""
    return _refused(record, "H11", _("No one gives up a right by signing. Please change: “%(text)s”"))


def h12(record: AgreementRecord) -> list[Finding]:
    """No promise of complete secrecy; a texting agreement names the limits of the law."""
    found = _refused(
        record, "H12", _("No one can promise that nobody else will ever see it. Please change: “%(text)s”")
    )
    if record.outcome == Outcome.TEXTING and lacks("H12", record.language, all_words(record)):
        found.append(Finding("H12", _("Please say that the law can require sharing."), "privacy"))
    return found


def h13(record: AgreementRecord) -> list[Finding]:
    """The client's choice about ordinary texts is made, not left open."""
    if record.outcome != Outcome.TEXTING:
        return []
    term = term_on(record, "privacy")
    if term and term.state == TermState.AGREED and answered(record, "privacy"):
        refused = {"secure_app", "no_ordinary"} & set(term.value.chosen)
        if not (refused and record.channel and record.channel.ordinary):
            return []
        words = _("%(name)s chose no ordinary texts. Please choose another way for messages.")
        return [Finding("H13", words % {"name": record.party(Role.CLIENT).called}, "privacy")]
    return [Finding("H13", _("Please choose first whether ordinary texts are all right."), "privacy")]


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
        (box.steps[:2] != _built(record).steps[:2], _("Steps 1 and 2 must work without speaking."), BOX),
        (silent and box.contact == Contact.CALL, by_voice, BOX),
        (unheard, none % {"place": place}, CRISIS),
    )
    return [Finding("H16", words, where) for is_so, words, where in broken if is_so]


def h17(record: AgreementRecord, *, today: date, checks: Mapping[str, Check]) -> list[Finding]:
    """Every crisis resource was checked within twelve months; a demo check counts only in a demo record."""
    found = []
    for row in record.crisis:
        check = checks.get(row.key)
        if check is None or check.on > today or (check.how == CheckedHow.DEMO and not record.demo):
            words = _("Please check this first, it has not been checked yet: %(service)s (%(place)s).")
        elif today > expires_on(check):
            words = _("Please check this again, its last check is over 12 months old: %(service)s (%(place)s).")
        else:
            continue
        here = {"service": row.service, "place": crisis_rows.place_name(row)}
        found.append(Finding("H17", words % here, CRISIS))
    return found


def h18(record: AgreementRecord) -> list[Finding]:
    """The place is the client's, and every resource is of that place."""
    if not record.box.country:
        return [Finding("H18", _("Please say in which country the client is."), BOX)]
    if len(_here(record)) == len(record.crisis):
        return []
    return [Finding("H18", _("A crisis number here is for another place. Please take it out."), CRISIS)]


def h25(record: AgreementRecord) -> list[Finding]:
    """A texting agreement says what texting costs, if only that it costs nothing."""
    if record.outcome != Outcome.TEXTING or not lacks("H25", record.language, all_words(record)):
        return []
    return [Finding("H25", _("Please say what texting costs, even if it costs nothing."), "privacy")]


def h26(record: AgreementRecord) -> list[Finding]:
    """Caps and pauses are no punishment. It warns: the word may be the client's own."""
    words = _("This may sound like a punishment: “%(text)s” Is it what you both mean?")
    return _refused(record, "H26", words, blocks=False)


def h28(record: AgreementRecord) -> list[Finding]:
    """No clinical claim."""
    words = _("Texting is not treatment, not a risk check and not a crisis service. Please change: “%(text)s”")
    return _refused(record, "H28", words)


def five(record: AgreementRecord) -> list[Finding]:
    """The five answers the origin pair lacked, each given on its own, and a day for the next look."""
    if record.outcome != Outcome.TEXTING:
        return []
    therapist = {"name": record.party(Role.THERAPIST).called}
    asks = {
        "limit": _("Not said yet: what %(name)s can do without strain, and what it depends on.") % therapist,
        "too_much": _("Not said yet: how you tell each other that it is too much, or too little."),
        "look_again": _("Not said yet: when you look at this again."),
        "notice": _("Not said yet: how long before a change %(name)s says so.") % therapist,
        "ending": _("Not said yet: how texting would end, and what takes its place."),
    }
    found = [Finding("FIVE", asks[key], key) for key in FIVE if not answered(record, key)]
    if record.review_on is None or record.review_on <= record.made_on:
        found.append(Finding("FIVE", _("Please choose the day on which you look at this again."), "look_again"))
    return found


def _built(record: AgreementRecord) -> crisis.Box:
    return crisis.box(box_facts(record), record.crisis)


def _here(record: AgreementRecord) -> tuple[crisis.Resource, ...]:
    return crisis.for_place(record.crisis, record.box.country, record.box.area)


def _step_as_built(record: AgreementRecord, number: int, rule: str) -> list[Finding]:
    built = next(step for step in _built(record).steps if step.number == number)
    if [step for step in record.box.steps if step.number == number] == [built]:
        return []
    return [Finding(rule, _("The crisis box must say: “%(box)s”") % {"box": built.line}, BOX)]


def _refused(record: AgreementRecord, rule: str, words: str, *, blocks: bool = True) -> list[Finding]:
    danger, suicidal, *_rest = _built(record).steps
    return [
        Finding(
            rule, words % {"text": text, "box": (suicidal if "suicid" in plain(text) else danger).line}, where, blocks
        )
        for where, text in refused_sentences(record, rule)
    ]

"""Looking again: one term that is open again with its choices, and what the two change altogether. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.models import Version
from agreements.reads import looking_back, paper
from agreements.reads.looking_back import AllSaid, Row
from agreements.reads.room import Room, TermSeen
from agreements.reads.talk import Button, Side
from agreements.rules import dates, record_changes, topics
from agreements.rules import looking_back as looking_back_rules
from agreements.rules.record import AgreementRecord, TermRecord
from agreements.rules.safety_finding import Finding
from agreements.rules.vocabulary import Answer, ClauseKind, ClauseMode, Load, Role, TermState, Works

KEEP, OPEN, LEAVE_OUT = "keep", "open", "leave_out"
LIMIT, EASES = "limit", ("often", "window", "night", "look_again")
AS_BUTTONS = (ClauseKind.CHOOSE, ClauseKind.HOURS)


@dataclass(frozen=True)
class Again:
    """R3: the signed words on top, what each says, then each choice a button.

    `bare`: the therapist alone says that it is not working, and no reason of theirs stands beside it yet (moments.md).
    `asks`: what cannot be a button, words and several at once, is asked in a form below them. `strained`: why the
    therapist's limit cannot be said anew as it was signed, or ""; `eases`: the terms that may ease it.
    """

    row: Row
    sides: tuple[Side, ...]
    bare: bool
    buttons: tuple[Button, ...]
    leaving: tuple[Button, ...]
    asks: bool
    place: tuple[int, int] | None
    strained: str = ""
    eases: tuple[TermSeen, ...] = ()


@dataclass(frozen=True)
class Change:
    """One term that is not as it was signed; `was` or `now` is empty where it does not stand there."""

    key: str
    heading: str
    was: str
    now: str


@dataclass(frozen=True)
class Changes:
    """R4: what changes, what stays, what is still open. Nothing of it: the two have looked, and nobody signs again."""

    before: AgreementRecord
    after: AgreementRecord
    changed: tuple[Change, ...]
    around: tuple[str, ...]
    stays: tuple[TermRecord, ...]
    still_open: int
    same: bool


def again(room: Room, key: str, said: AllSaid) -> Again:
    """What the page about one term shows. Raises KeyError when there is no such term."""
    row = next((row for row in said.rows if row.key == key), Row(room.by_key[key], None))
    says, order = said.says(key), [seen.key for seen in looking_back.to_talk_about(room, said)]
    alone = [who for who, works in says.items() if works == Works.NOT] == [Role.THERAPIST]
    stated = row.seen.clause.mode == ClauseMode.STATED
    texting = looking_back.load(room) if row.seen.clause.topic == LIMIT and row.signed is not None else ""
    strained = _strained(room, texting, said.rows)
    return Again(
        row=row,
        sides=tuple(_side(room, row, who, verdict, said) for who, verdict in says.items()),
        bare=alone and not stated and not _reason(row.seen),
        buttons=tuple([] if strained else _buttons(row, _anew(room, texting))),
        leaving=tuple(_leaving(row)),
        asks=row.seen.clause.kind not in AS_BUTTONS,
        place=(order.index(key) + 1, len(order)) if key in order else None,
        strained=strained,
        eases=tuple(each.seen for each in said.rows if strained and each.seen.clause.topic in EASES),
    )


def strain(room: Room) -> list[Finding]:
    """That what the therapist can do without strain would stand as signed although they said in this look that it is
    no longer so, and nothing else was decided otherwise (five-1). Nothing outside a look.
    """
    if room.draft.review_id is None or (texting := looking_back.load(room)) != Load.STRAIN:
        return []
    rows = looking_back.rows(room, looking_back.signed(room))
    if not (words := _strained(room, texting, rows)):
        return []
    limits = [row for row in rows if row.seen.clause.topic == LIMIT]
    return [
        Finding("FIVE", words, row.key) for row in limits if says_the_same(row, row.seen.interim or row.seen.answer)
    ]


def says_the_same(row: Row, answer: Answer | None) -> bool:
    """Whether these are the words that were signed, whatever is ticked beside them."""
    now = signed_answer(row)
    return now is not None and answer is not None and now.words.split() == answer.words.split()


def _strained(room: Room, texting: str, rows: tuple[Row, ...]) -> str:
    eased = any(_decided_otherwise(row) for row in rows if row.seen.clause.topic != LIMIT)
    if looking_back_rules.may_be_said_anew(texting, eased=eased):
        return ""
    words = _(
        "%(name)s said today: no longer without strain. It is good that this was said. So what is written about it "
        "cannot stay just as it is. You can change those words, or how often or how you text. Or %(name)s answers that "
        "question anew today."
    )
    return words % {"name": room.therapist.called}


def _decided_otherwise(row: Row) -> bool:
    """Whether another answer stands there than the signed one, or it is left open and was not, or the other way."""
    seen, signed = row.seen, row.signed
    if signed is None or not seen.decided:
        return seen.decided and not seen.left_out
    was, now = signed.interim.value if signed.interim else signed.value, seen.interim or seen.answer
    return seen.term.state != signed.state or now is None or _content(was) != _content(now)


def _content(answer: Answer) -> tuple[frozenset[str], str]:
    return frozenset(answer.chosen), answer.words.strip()


def _anew(room: Room, texting: str) -> str:
    """How the signed words are kept: plainly, or as what the therapist says anew today."""
    if not looking_back_rules.needs_saying_anew(texting):
        return _("Keep it as it is")
    return _("%(name)s says it anew today: I can do this without strain") % {"name": room.therapist.called}


def signed_answer(row: Row) -> Answer | None:
    """What was signed of a term, or held until now, as far as this edition can still say it."""
    if row.signed is None:
        return None
    value = row.signed.interim.value if row.signed.interim else row.signed.value
    return value if set(value.chosen) <= {choice.key for choice in row.seen.choices} else None


def _reason(seen: TermSeen) -> str:
    return seen.term.why if seen.term.why_of == Role.THERAPIST else ""


def _side(room: Room, row: Row, who: str, verdict: Works, said: AllSaid) -> Side:
    """What one says of the term, and what they answered openly where that is why it is open again."""
    openly, words = said.own[who].openly, [str(verdict.label)]
    if openly and row.seen.clause.topic in looking_back_rules.asked_for({who: openly.texting}):
        words.append(str(looking_back_rules.texting_of(who)(openly.texting).label))
    return Side(room.parties[who].called, " · ".join(words), _reason(row.seen) if who == Role.THERAPIST else "", who)


def _buttons(row: Row, keep: str) -> list[Button]:
    """Keep what stands, in the words of `keep`; or, where one answer is chosen among several, each of the others."""
    now, found = signed_answer(row), []
    if now is not None and not row.left_open:
        found.append(Button(KEEP, keep, _("now"), ""))
    if row.seen.clause.kind in AS_BUTTONS:
        for choice in row.seen.choices:
            stands = now is not None and now.chosen == (choice.key,)
            if not stands or row.left_open:
                found.append(Button(choice.key, choice.label, _("now") if stands else "", choice.consequence))
    elif row.left_open and now is not None:
        found.append(Button(KEEP, _("Decide it: as it holds now"), _("now"), ""))
    return found


def _leaving(row: Row) -> list[Button]:
    """Leave it open, with what holds until then; stop using what our paper need not have."""
    found = []
    if signed_answer(row) is not None and row.seen.clause.mode != ClauseMode.STATED:
        found.append(Button(OPEN, _("Leave it open. Until then it stays as it is now"), "", ""))
    if row.seen.optional:
        found.append(Button(LEAVE_OUT, _("Stop using it: our paper says nothing about it"), "", ""))
    return found


def changes(room: Room, *, now: datetime) -> Changes:
    """What the two would sign at `now` (UTC) beside what they signed, in the agreement's language."""
    before = looking_back.signed(room)
    version = Version.objects.get(review=room.draft.review_id)
    after = paper.record(room, rows=paper.rows_for(room), now=now, replaces=version)
    with translation.override(after.language):
        changed = [_change(was, new) for was, new in record_changes.terms(before, after)]
        keys = {change.key for change in changed}
        return Changes(
            before=before,
            after=after,
            changed=tuple(changed),
            around=tuple(record_changes.around(before, after)),
            stays=tuple(term for term in after.terms if term.key not in keys),
            still_open=sum(term.state == TermState.OPEN for term in after.terms),
            same=record_changes.same(before, after),
        )


def _change(was: TermRecord | None, now: TermRecord | None) -> Change:
    term = now or was
    assert term is not None
    return Change(term.key, term.heading, words(was) if was else "", words(now) if now else "")


def words(term: TermRecord) -> str:
    """A term in printed words; an open one says so and what holds until then."""
    if term.interim is None:
        return term.words
    return _("Not decided yet. Until then: %(words)s") % {"words": term.interim.words}


def next_on(room: Room, held_on: date) -> date | None:
    """The local day of the look after one held on `held_on`, by the rhythm that the two agreed on, or sooner when the
    client comes of age; None without a rhythm.
    """
    rhythm = room.meanings().get("look_again")
    if isinstance(rhythm, topics.Open):
        rhythm = rhythm.interim
    if not isinstance(rhythm, topics.ReviewRhythm):
        return None
    of_age_on = room.draft.agreement.client.of_age_on
    return dates.by_coming_of_age(dates.next_review(held_on, rhythm), of_age_on, after=held_on)


def today(room: Room, now: datetime) -> date:
    """The practice's local day."""
    return now.astimezone(ZoneInfo(room.practice.zone)).date()

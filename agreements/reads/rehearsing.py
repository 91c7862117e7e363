"""What would happen if …, for one room: its terms, its two zones, the therapist's time away. Never writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from agreements.reads import away, paper
from agreements.reads.room import Room, TermSeen
from agreements.rules import crisis, dates, moment, rehearsal
from agreements.rules.moment import Around
from agreements.rules.rehearsal import Scene
from agreements.rules.situations import Situation


@dataclass(frozen=True)
class Rehearsed:
    """A scene; in danger the steps of the box, else the terms to change when it is not what the two meant."""

    scene: Scene
    terms: tuple[TermSeen, ...]
    steps: tuple[crisis.Step, ...]


def eleven(room: Room, box: crisis.Box, now: datetime) -> list[Rehearsed]:
    """The situations of moments.md, in the agreement's language, each with its main term.

    The clocks go as in the week of `now` (UTC).
    """
    around = _around(room)
    with translation.override(room.draft.agreement.language):
        texts, today = paper.rehearsal_texts(room), now.astimezone(around.client).date()
        scenes = rehearsal.scenes(room.meanings(), texts, _lines(box), around=around, today=today)
    return [_seen(room, box, scene, scene.topics[:1]) for scene in scenes]


def asked(room: Room, box: crisis.Box, situation: Situation, day: date | None, at: time | None) -> Rehearsed:
    """One situation at the moment the two chose, by the client's calendar and clock. Without a day: danger only."""
    when = (
        None
        if day is None
        else moment.chosen(day, at, _around(room, away.stretches(room.draft.agreement.therapist_id)))
    )
    with translation.override(room.draft.agreement.language):
        texts = paper.rehearsal_texts(room)
        scene = rehearsal.rehearse(situation, when, terms=room.meanings(), texts=texts, box=_lines(box))
        scene = replace(scene, title=_title(scene.title, day, at))
    return _seen(room, box, scene, scene.topics)


def _title(what: str, day: date | None, at: time | None) -> str:
    if day is None:
        return _("%(what)s: on any day, at any hour") % {"what": what}
    facts = {"what": what, "day": dates.day_name(day), "time": at and time_format(at)}
    return (_("%(what)s: %(day)s") if at is None else _("%(what)s: %(day)s, %(time)s")) % facts


def _seen(room: Room, box: crisis.Box, scene: Scene, topics: tuple[str, ...]) -> Rehearsed:
    by_topic = {seen.clause.topic: seen for seen in room.terms if seen.clause.topic and not seen.fixed}
    steps = tuple(step for step in box.steps if scene.danger and step.line in scene.says)
    return Rehearsed(scene, tuple(by_topic[topic] for topic in topics if topic in by_topic), steps)


def _lines(box: crisis.Box) -> list[str]:
    return [step.line for step in box.steps]


def _around(room: Room, stretches: tuple[moment.Stretch, ...] = ()) -> Around:
    return Around(ZoneInfo(room.draft.agreement.client.zone), ZoneInfo(room.practice.zone), stretches)

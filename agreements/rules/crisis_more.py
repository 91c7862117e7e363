"""“Also for you”, below the crisis box: lines of the client's place that the box does not name, and where they travel.

It adds and never replaces (H18): the box above is the same with it and without it. The caller activates the language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agreements.rules import crisis_rows as rows
from agreements.rules.crisis_blanks import BoxFacts
from agreements.rules.crisis_rows import Part, Parts, Resource, fill, for_place, split_place
from agreements.rules.vocabulary import ResourceKind, Voice

LANGUAGES = {
    "ar": gettext_noop("Arabic"),
    "de": gettext_noop("German"),
    "en": gettext_noop("English"),
    "es": gettext_noop("Spanish"),
    "fi": gettext_noop("Finnish"),
    "fr": gettext_noop("French"),
    "hi": gettext_noop("Hindi"),
    "ko": gettext_noop("Korean"),
    "nl": gettext_noop("Dutch"),
    "pt": gettext_noop("Portuguese"),
    "sv": gettext_noop("Swedish"),
    "vi": gettext_noop("Vietnamese"),
    "zh": gettext_noop("Chinese"),
}


@dataclass(frozen=True)
class Also:
    """One line below the box."""

    parts: Parts

    @property
    def words(self) -> str:
        """The line as plain text."""
        return "".join(part.text for part in self.parts)


def carried(facts: BoxFacts, resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """The rows a paper carries: all of the client's place, then what is printed for each place they travel to."""
    known = tuple(resources)
    placed = {row.key: row for row in for_place(known, facts.country, facts.area)}
    for place in facts.travels_to:
        for row in _abroad(known, place, facts.voice):
            placed.setdefault(row.key, row)
    return tuple(placed.values())


def also(facts: BoxFacts, resources: Iterable[Resource], said: Iterable[Part]) -> tuple[Also, ...]:
    """The lines below a box that says `said`, from the same resources. Empty when there is nothing to add."""
    known, bold = tuple(resources), {part.text for part in said if part.strong}
    here = for_place(known, facts.country, facts.area)
    lines = [Also(_extra(row, facts)) for row in here if not _is_named(row, bold)]
    lines += [
        Also(_travel(place, abroad, facts))
        for place in facts.travels_to
        if (abroad := _abroad(known, place, facts.voice))
    ]
    return tuple(lines)


def row_words(row: Resource, voice: Voice, language: str) -> Parts:
    """One row with every way that fits this voice, the place beside every number, hours, and languages where the
    paper's is not among them: "Shout: text SHOUT to 85258 (United Kingdom), any hour"."""
    ways = [way for way in (_called(row, voice), _texted(row)) if way]
    says = _either(ways) if ways else ()
    if says:  # the hours of a chat are not always those of the phone, so none are printed for it
        hours = _("any hour") if row.hours == rows.ALWAYS else row.hours
        says = fill(_("%(ways)s, %(hours)s"), ways=says, hours=hours)
    says = _either([way for way in (says, *_other_ways(row, voice)) if way])
    if row.languages and language.split("-")[0] not in row.languages:
        names = ", ".join(_(LANGUAGES[code]) if code in LANGUAGES else code for code in row.languages)
        says = fill(_("%(ways)s, in %(languages)s"), ways=says, languages=names)
    return fill(_("%(service)s: %(ways)s"), service=row.service, ways=says)


def _either(ways: list[Parts]) -> Parts:
    first, *others = ways
    for way in others:
        first = fill(_("%(ways)s, or %(other)s"), ways=first, other=way)
    return first


def _called(row: Resource, voice: Voice) -> Parts:
    if not row.call:
        return ()
    number = _here(row, (Part(row.call, strong=True),))
    if voice != Voice.NO_VOICE:
        return fill(_("call %(number)s"), number=number)
    if row.text_to or row.chat:
        return ()
    return fill(_("by relay, or someone safe near you calls %(number)s"), number=number)


def _texted(row: Resource) -> Parts:
    return _here(row, rows.text_words(row)) if row.text_to else ()


def _other_ways(row: Resource, voice: Voice) -> list[Parts]:
    ways = [rows.chat_words(row)] if row.chat else []
    if row.non_voice and voice != Voice.CALLS and row.kind != ResourceKind.EMERGENCY:
        ways.append((Part(row.non_voice),))
    return ways


def _extra(row: Resource, facts: BoxFacts) -> Parts:
    words = row_words(row, facts.voice, facts.language)
    match row.kind:
        case ResourceKind.YOUTH:
            return fill(_("For young people, %(line)s."), line=words)
        case ResourceKind.LOCAL:
            return fill(_("Near you, as an extra, %(line)s."), line=words)
    return fill(_("%(line)s."), line=words)


def _travel(place: str, abroad: tuple[Resource, ...], facts: BoxFacts) -> Parts:
    known = rows.PLACES.get(split_place(place))
    says = fill(
        _("%(place)s, where you said you go. Danger now: %(emergency)s."),
        place=_(known) if known else rows.place_name(abroad[-1]),
        emergency=_emergency(abroad, facts),
    )
    lead = _("%(said)s Not about to act, %(line)s.")
    for row in (row for row in abroad if row.kind != ResourceKind.EMERGENCY):
        says = fill(lead, said=says, line=row_words(row, facts.voice, facts.language))
        lead = _("%(said)s Not safe to speak, %(line)s.")
    return says


def _emergency(abroad: tuple[Resource, ...], facts: BoxFacts) -> Parts:
    """What to do there in danger. A route that needs registering is not taken for granted in another country."""
    row, silent = rows.emergency(abroad), rows.silent_emergency(abroad, registered=False)
    number = rows.call_here(row) if row else (Part(_("your local emergency number")),)
    call = fill(_("call %(number)s"), number=number)
    if facts.voice == Voice.CALLS or (facts.voice == Voice.UNSAFE and silent is None):
        return call
    if silent is None:
        return fill(_("ask someone safe near you to call %(number)s"), number=number)
    if facts.voice == Voice.UNSAFE and rows.needs_device(silent):
        call = fill(_("%(ways)s, or ask someone safe near you to call"), ways=call)
    if facts.voice == Voice.UNSAFE:
        return fill(_("%(ways)s, or %(other)s"), ways=call, other=rows.silent_here(silent))
    return rows.silent_here(silent)


def _abroad(resources: tuple[Resource, ...], place: str, voice: Voice) -> tuple[Resource, ...]:
    """The emergency number of a place and its line to call; the line one writes to for who does not always speak."""
    here = for_place(resources, *split_place(place))
    written = next(iter(rows.text_lines(here)), None) or rows.chat_line(here)
    wanted = {
        Voice.CALLS: [rows.line(here) or written],
        Voice.NO_VOICE: [written or rows.line(here)],
        Voice.UNSAFE: [rows.line(here), written],
    }[voice]
    found = [rows.emergency(here), *wanted]
    return tuple(dict.fromkeys(row for row in found if row is not None))


def _is_named(row: Resource, bold: set[str]) -> bool:
    """Whether the box gives one of the row's own ways: the number to call, the word and number to text, the chat."""
    text = {row.text_to, row.text_keyword} - {""} if row.text_to else set()
    return row.call in bold or row.chat in bold or bool(text and text <= bold)


def _here(row: Resource, number: Parts) -> Parts:
    return fill(_("%(number)s (%(place)s)"), number=number, place=rows.place_name(row))

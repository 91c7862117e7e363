"""What stands on the paper, as plain values for the templates: texts in runs, dates in words, ink as a path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.rules.crisis import Part, Step
from agreements.rules.digest import check_code
from agreements.rules.ink import HEIGHT, Strokes
from agreements.rules.record import AgreementRecord, BoxRecord, Sealed, TermRecord
from agreements.rules.vocabulary import Outcome, Role, SignatureKind, TermState

Points = tuple[tuple[int, int], ...]
MOST_INK_POINTS = 400
FIRST_ISOLATE, END_ISOLATE = "\u2068", "\u2069"
UNBROKEN = re.compile(
    r"\+?\(?\d[\d()/.\u2011-]*(?:[ \u00a0][\d()/.\u2011-]+)+"  # a phone number
    r"|\d{1,2}\.?[ \u00a0][^\W\d_]+[ \u00a0]\d{4}"  # 23 November 2026
    r"|[^\W\d_]+[ \u00a0]\d{1,2},[ \u00a0]\d{4}"  # November 23, 2026
    r"|\d{1,2}(?::\d\d)?[ \u00a0][ap]\.?m\b"  # 9 pm
    r"|\(?\+?\d[\d()-]*-[\d-]+"  # 010-0143
)


@dataclass(frozen=True)
class Mark:
    """One signature to print: ink (x 0 to 1000, y 0 to 300), a typed name, or a line to sign by hand."""

    role: Role
    name: str
    kind: SignatureKind
    strokes: Strokes = ()
    typed: str = ""
    local_time: str = ""


class Run(NamedTuple):
    """A stretch of text: bold, or not to be broken across lines."""

    text: str
    strong: bool = False
    whole: bool = False


def page(sealed: Sealed, marks: Sequence[Mark]) -> dict[str, Any]:
    """The context of the templates, in the language that is active."""
    record = sealed.agreement
    names = names_of(record)
    code = check_code(sealed.digest)
    kind = {
        Outcome.TEXTING: _("Texting agreement"),
        Outcome.NO_TEXTING: _("No texting"),
        Outcome.NOT_FOR_NOW: _("Texting: not for now"),
    }[record.outcome]
    return {
        "record": record,
        "code": code,
        "head": _head(record, names),
        "reach": names.runs(_("To reach the practice: %(where)s.") % {"where": _reach(record)}),
        "title": ", ".join((kind, _("version %(number)s") % {"number": record.number}, day(record.made_on))),
        "foot": _("%(kind)s · version %(number)s · check code %(code)s")
        % {"kind": kind, "number": record.number, "code": code},
        **crisis_steps(record.box, names),
        "terms": [_row(term, names) for term in record.terms],
        "signatures": [_signature(mark, names) for mark in marks],
        "tie": names.runs(_tie(record, code)),
        "about": [names.runs(line) for line in _about(sealed, code)],
        "before_text": [names.runs(line) for line in record.before_text],
    }


def crisis_steps(box: BoxRecord, names: Names) -> dict[str, Any]:
    """The crisis box, what stands below it, and the card, in runs."""
    return {
        "steps": [_step(step, names) for step in box.steps],
        "last": names.runs(box.last),
        "more": [part_runs(line.parts, names) for line in box.more],
        "card": [_step(step, names) for step in box.card],
    }


def names_of(record: AgreementRecord) -> Names:
    """The names that stand on this paper."""
    people = [text for party in record.parties for text in (party.name, party.called)]
    number = record.channel.number if record.channel else ""
    return Names(*people, record.practice.name, record.box.contact_person, number)


class Names:
    """Cuts text into runs, and keeps names written from right to left from turning what stands beside them."""

    def __init__(self, *texts: str) -> None:
        self.turned = sorted({text for text in texts if text and _is_turned(text)}, key=len, reverse=True)

    def isolated(self, text: str) -> str:
        """`text` with each such name between isolating marks."""
        if not self.turned:
            return text
        pattern = "|".join(re.escape(name) for name in self.turned)
        return re.sub(pattern, lambda found: f"{FIRST_ISOLATE}{found[0]}{END_ISOLATE}", text)

    def runs(self, text: str, strong: bool = False) -> list[Run]:
        """The runs of one paragraph."""
        return list(self._runs(self.isolated(text), strong))

    def _runs(self, text: str, strong: bool) -> Iterator[Run]:
        end = 0
        for found in UNBROKEN.finditer(text):
            if found.start() > end:
                yield Run(text[end : found.start()], strong)
            yield Run(found[0], strong, whole=True)
            end = found.end()
        if end < len(text):
            yield Run(text[end:], strong)


def day(value: date) -> str:
    """A date in words."""
    return date_format(value, pgettext("a date on paper, in Django's format letters", "j F Y"))


def term_lines(term: TermRecord) -> list[str]:
    """What the paper says for a term, one paragraph each."""
    if term.state == TermState.AGREED or term.interim is None or term.open_until is None:
        return paragraphs(term.words)
    until = " ".join(paragraphs(term.interim.words))
    return [
        _("Not decided yet. Until then: %(words)s We look again on %(day)s.")
        % {"words": until, "day": day(term.open_until)}
    ]


def ink_path(strokes: Strokes) -> str:
    """Strokes as one SVG path; a single point becomes a dot.

    Points that lie on a straight line with their neighbours are left out, within a hair's breadth: a twentieth of a
    millimetre on paper, more only for a drawing of very many points.
    """
    hair = 1.0
    kept = [_plotted(stroke, hair) for stroke in strokes if stroke]
    while sum(map(len, kept)) > MOST_INK_POINTS and hair < HEIGHT:
        hair *= 2
        kept = [_plotted(stroke, hair) for stroke in strokes if stroke]
    lines = [[*stroke, stroke[-1]] if len(stroke) == 1 else stroke for stroke in kept]
    return " ".join("M" + "L".join(f"{x} {y}" for x, y in line) for line in lines)


def _plotted(stroke: Points, hair: float) -> list[tuple[int, int]]:
    """The points of a stroke that a line needs to stay within `hair` of it (Ramer, Douglas and Peucker)."""
    needed, spans = {0, len(stroke) - 1}, [(0, len(stroke) - 1)]
    while spans:
        first, last = spans.pop()
        away = [(_distance(stroke[at], stroke[first], stroke[last]), at) for at in range(first + 1, last)]
        if away and max(away)[0] > hair:
            furthest = max(away)[1]
            needed.add(furthest)
            spans += [(first, furthest), (furthest, last)]
    return [stroke[at] for at in sorted(needed)]


def _distance(point: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> float:
    """How far a point lies from the straight line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    along, down = x2 - x1, y2 - y1
    length = along * along + down * down
    share = min(1.0, max(0.0, ((x - x1) * along + (y - y1) * down) / length)) if length else 0.0
    return hypot(x - x1 - share * along, y - y1 - share * down)


def _head(record: AgreementRecord, names: Names) -> list[Run]:
    people = {"client": record.party(Role.CLIENT).name, "therapist": record.party(Role.THERAPIST).name}
    lines = [
        _("Between %(client)s and %(therapist)s.") % people,
        _("Version %(number)s, made on %(day)s.") % {"number": record.number, "day": day(record.made_on)},
    ]
    if record.replaces:
        lines.append(_("It replaces the version with check code %(code)s.") % {"code": check_code(record.replaces)})
    if record.channel:
        lines.append(
            _("We use: %(channel)s, %(number)s.")
            % {"channel": record.channel.kind.label, "number": record.channel.number}
        )
    if record.review_on:
        lines.append(_("We look at it again on %(day)s.") % {"day": day(record.review_on)})
    return names.runs(" ".join(lines))


def _step(step: Step, names: Names) -> dict[str, Any]:
    return {"head": f"{step.number} · {step.head}", "runs": part_runs(step.parts, names)}


def part_runs(parts: Sequence[Part], names: Names) -> list[Run]:
    """Parts of the crisis box, or of a row, in runs."""
    return [run for part in parts for run in names.runs(part.text, part.strong)]


def _row(term: TermRecord, names: Names) -> dict[str, Any]:
    return {"heading": names.runs(term.heading), "lines": [names.runs(line) for line in term_lines(term)]}


def paragraphs(text: str) -> list[str]:
    """The lines of a printed text that say something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _signature(mark: Mark, names: Names) -> dict[str, Any]:
    said = {
        SignatureKind.DRAWN: _("Drawn on screen. I mean this as my signature, and I agree to sign on a screen."),
        SignatureKind.TYPED: _("Typed on screen. I mean this as my signature, and I agree to sign on a screen."),
        SignatureKind.PAPER: _("By hand on paper. I mean this as my signature."),
    }
    who = {Role.CLIENT: _("%(name)s, client"), Role.THERAPIST: _("%(name)s, therapist")}
    spoken = _("Handwritten signature of %(name)s, drawn on screen, %(time)s")
    return {
        "kind": mark.kind.value,
        "who": names.runs(who[mark.role] % {"name": mark.name}),
        "path": ink_path(mark.strokes),
        "spoken": spoken % {"name": mark.name, "time": mark.local_time},
        "typed": names.runs(mark.typed),
        "time": names.runs(mark.local_time),
        "said": said[mark.kind],
    }


def _tie(record: AgreementRecord, code: str) -> str:
    facts = {"number": record.number, "code": code, "terms": len(record.terms)}
    still_open = sum(term.state == TermState.OPEN for term in record.terms)
    if not record.terms:
        says = _("These signatures are for version %(number)s, check code %(code)s.")
    elif not still_open:
        says = _("These signatures are for version %(number)s, check code %(code)s: %(terms)s terms, all agreed.")
    else:
        says = _("These signatures are for version %(number)s, check code %(code)s: %(terms)s terms, %(open)s open.")
    return says % {**facts, "open": still_open}


def _about(sealed: Sealed, code: str) -> list[str]:
    record, edition = sealed.agreement, sealed.agreement.edition
    made_with = _("Made with “%(name)s”, edition %(number)s of %(day)s, read by %(readers)s.") % {
        "name": edition.name,
        "number": edition.number,
        "day": day(edition.published_on),
        "readers": edition.read_by,
    }
    check = _(
        "Check code %(code)s. It comes from the words of this paper: change one word, and the code changes. "
        "It stands at the foot of every page. The practice can check if a file is the one that was locked."
    ) % {"code": code}
    if sealed.log:
        log = _("The log of how it was made stood at entry %(number)s, code %(code)s.")
        check += " " + log % {"number": sealed.log.entries, "code": check_code(sealed.log.head)}
    practice = _("Practice: %(name)s.") % {"name": _reach(record)}
    origin = " ".join(filter(None, (made_with, edition.update_rule, edition.funding, practice)))
    return [check, origin]


def _reach(record: AgreementRecord) -> str:
    """The practice and its phone."""
    return ", ".join(filter(None, (record.practice.name, record.practice.phone)))


def _is_turned(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)

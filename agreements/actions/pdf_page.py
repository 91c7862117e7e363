"""What stands on the paper, as plain values for the templates: texts in runs, dates in words, ink as a path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.actions import pdf_glyphs, pdf_qr
from agreements.actions.pdf_ink import ink_path
from agreements.actions.pdf_sides import END_ISOLATE, FIRST_ISOLATE, LEFT_ISOLATE, SLOT, framed, is_turned, outside
from agreements.reads import proof
from agreements.rules.crisis import Part, Step
from agreements.rules.digest import check_code
from agreements.rules.ink import Strokes
from agreements.rules.record import AgreementRecord, BoxRecord, Sealed, TermRecord
from agreements.rules.record_parts import WasRecord
from agreements.rules.record_people import between, under_signature
from agreements.rules.signing import printed_role
from agreements.rules.vocabulary import Outcome, Role, SignatureKind, TermState
from agreements.rules.wording import one_stop

CODE = r"\(?(?<![0-9A-Za-z])[0-9a-f]{4}(?:[ \u00a0][0-9a-f]{4}){3}(?![0-9A-Za-z])"  # 9f3c 71ab 20de 44c8
UNBROKEN = re.compile(
    rf"{CODE}|UTC[+-]\d\d:\d\d"
    r"|\+?\(?\d[\d()/.\u2011-]*(?:(?<!\.)[ \u00a0][\d()/.\u2011-]*\d(?!\d*:\d))+"  # a phone number, less what follows
    r"|\d{1,2}\.?[ \u00a0][^\W\d_]+[ \u00a0]\d{4}"  # 23 November 2026
    r"|[^\W\d_]+[ \u00a0]\d{1,2},[ \u00a0]\d{4}"  # November 23, 2026
    r"|\d{1,2}(?::\d\d)?[ \u00a0][ap](?:m\b|\.m\b\.?)"  # 9 pm, 9 p.m.
    r"|\d{1,2}:\d\d(?:[\u2013-]\d{1,2}:\d\d)?"  # 9:00–17:00
    r"|\(?\+?\d[\d()-]*[\u2013-][\d\u2013-]+"  # 010-0143, 3–5
)


@dataclass(frozen=True)
class Mark:
    """One signature to print: ink (x 0 to 1000, y 0 to 300), a typed name, or a line to sign by hand.

    `intent`, `agreed` and `known` are the sentences kept with it, "" where an older one has none.
    """

    role: Role
    name: str
    kind: SignatureKind
    strokes: Strokes = ()
    typed: str = ""
    local_time: str = ""
    intent: str = ""
    agreed: str = ""
    known: str = ""


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
    address = proof.address(sealed.digest)
    kind = {
        Outcome.TEXTING: _("Texting agreement"),
        Outcome.NO_TEXTING: _("No texting"),
        Outcome.NOT_FOR_NOW: _("Texting: not for now"),
    }[record.outcome]
    return {
        "record": record,
        "code": code,
        "head": _head(record, names),
        "reach": names.runs(one_stop(_("To reach the practice: %(where)s.") % {"where": _reach(record)})),
        "title": ", ".join((kind, _("version %(number)s") % {"number": record.number}, day(record.made_on))),
        "foot": _("%(kind)s · version %(number)s · check code %(code)s")
        % {"kind": kind, "number": record.number, "code": names.number(code)},
        **crisis_steps(record.box, names),
        "terms": [_row(term, names) for term in record.terms],
        "signatures": rows_of([_signature(mark, names, code) for mark in marks]),
        "tie": names.runs(_tie(record, code)),
        "about": [names.runs(line) for line in _about(sealed, code)],
        "before_text": [names.runs(line) for line in record.before_text],
        "was": [{"heading": names.runs(each.heading), "words": names.runs(was_line(each))} for each in record.was],
        "address": names.number(address) if address else "",
        "address_square": pdf_qr.of_address(address) if address else "",
        "squares": pdf_qr.of_steps(record.box),
    }


def crisis_steps(box: BoxRecord, names: Names) -> dict[str, Any]:
    """The crisis box, what stands below it, and the card, in runs."""
    return {
        "steps": [_step(step, names) for step in box.steps],
        "last": names.runs(box.last),
        "more": [part_runs(line.parts, names) for line in box.more],
        "card": [_step(step, names) for step in box.card],
    }


def unsigned(record: AgreementRecord) -> dict[str, Any]:
    """What pages share that are made from a record and signed by nobody."""
    return {
        **crisis_steps(record.box, names_of(record)),
        "record": record,
        "before_text": (),
        "demo": _("Demo: crisis lines not checked") if record.demo else "",
        "right_to_left": translation.get_language_bidi(),
    }


def says_box(box: BoxRecord) -> list[str]:
    """Every text of the crisis box that must stand on a page."""
    return [*(text for step in box.steps for text in (step.head, step.words)), box.last]


def names_of(record: AgreementRecord, *more: str) -> Names:
    """The names that stand on this paper, of people and of terms, and what else stands in a sentence as it is."""
    people = [text for party in record.parties for text in (party.name, party.called)]
    number = record.channel.number if record.channel else ""
    return Names(*people, record.practice.name, record.box.contact_person, number, *record.changed, *more)


class Names:
    """Cuts text into runs, and keeps names written the other way round from turning what stands beside them."""

    def __init__(self, *texts: str) -> None:
        self.right_to_left = translation.get_language_bidi()
        apart = {pdf_glyphs.spelled(text) for text in texts if text and (self.right_to_left or is_turned(text))}
        self.turned = sorted(apart, key=len, reverse=True)

    def isolated(self, text: str) -> str:
        """`text` with each such name between isolating marks."""
        if not self.turned:
            return text
        pattern = "|".join(re.escape(name) for name in self.turned)
        return re.sub(pattern, lambda found: f"{FIRST_ISOLATE}{found[0]}{END_ISOLATE}", text)

    def runs(self, text: str, strong: bool = False) -> list[Run]:
        """The runs of one paragraph."""
        text = self.isolated(pdf_glyphs.spelled(text))
        return list(self._runs(text, strong, self.right_to_left or is_turned(outside(text))))

    def number(self, text: str) -> str:
        """A number, date, time, code or address that the text around it does not turn around, in a paper from right to
        left; a date in words from right to left keeps that order."""
        return _still(text) if self.right_to_left else text

    def _runs(self, text: str, strong: bool, turned: bool) -> Iterator[Run]:
        end = 0
        for found in UNBROKEN.finditer(text):
            start = found.start() + (found[0].count("(") > found[0].count(")"))  # it closes outside, and opens there
            if start > end:
                yield Run(text[end:start], strong)
            number = text[start : found.end()]
            yield Run(_still(number) if turned else number, strong, whole=True)
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
    says = _("Not decided yet. Until then: %(words)s We look again on %(day)s.")
    return framed(says % {"words": SLOT, "day": day(term.open_until)}, until)


def _head(record: AgreementRecord, names: Names) -> list[Run]:
    lines = [
        *between(record),
        _("Version %(number)s, made on %(day)s.") % {"number": record.number, "day": day(record.made_on)},
    ]
    if record.replaces:
        lines.append(_("It replaces the version with check code %(code)s.") % {"code": check_code(record.replaces)})
    if record.changed:
        lines.append(changed_line(record))
    if record.channel:
        lines.append(
            _("We use: %(channel)s, %(number)s.")
            % {"channel": record.channel.kind.label, "number": record.channel.number}
        )
    if record.review_on:
        lines.append(_("We look at it again on %(day)s.") % {"day": day(record.review_on)})
    return names.runs(" ".join(lines))


def changed_line(record: AgreementRecord) -> str:
    """What is not the same as in the version that this one replaces."""
    return _("Changed since then: %(what)s.") % {"what": ", ".join(record.changed)}


def was_line(was: WasRecord) -> str:
    """What the paper says of a term that is not the same any more."""
    return " ".join(paragraphs(was.words)) or _("Please look at the paper before this one.")


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


def _signature(mark: Mark, names: Names, code: str) -> dict[str, Any]:
    facts = {"intent": mark.intent, "agreed": mark.agreed, "known": mark.known, "code": code}
    who = _("%(name)s, %(role)s") % {"name": mark.name, "role": printed_role(mark.role)}
    spoken = _("Handwritten signature of %(name)s, drawn on screen, %(time)s")
    return {
        "kind": mark.kind.value,
        "who": names.runs(who),
        "path": ink_path(mark.strokes),
        "spoken": spoken % {"name": mark.name, "time": mark.local_time},
        "typed": names.runs(mark.typed),
        "time": names.runs(mark.local_time),
        "said": [names.runs(line) for line in under_signature(mark.kind, **facts)],
    }


def rows_of(signatures: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Two stand side by side, or three, where that leaves fewer rows."""
    wide = 3 if len(signatures) == 3 or len(signatures) > 4 else 2
    return [signatures[at : at + wide] for at in range(0, len(signatures), wide)]


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
    if any(signature.intent for signature in sealed.signatures):
        check += " " + _("A copy is offered once this is locked; the log says which one was taken.")
    practice = one_stop(_("Practice: %(name)s.") % {"name": _reach(record)})
    origin = " ".join(filter(None, (made_with, edition.update_rule, edition.funding, practice)))
    return [check, origin]


def _reach(record: AgreementRecord) -> str:
    """The practice and its phone."""
    return ", ".join(filter(None, (record.practice.name, record.practice.phone)))


def _still(text: str) -> str:
    return f"{FIRST_ISOLATE if is_turned(text) else LEFT_ISOLATE}{text}{END_ISOLATE}"

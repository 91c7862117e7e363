"""How the two got there: the log of one client's agreements, a plain line for each event. Never writes.

Who wanted what is told again from the events alone, so that a line says what stood there at the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import Agreement, AuditEvent, Client, Position, Term
from agreements.reads.room import TermSeen, seen_clause
from agreements.rules import log_words
from agreements.rules.looking_back import Sooner
from agreements.rules.signing import in_order, printed_role, role_of
from agreements.rules.steps import Step, own_page
from agreements.rules.vocabulary import (
    Answer,
    CopyGiven,
    Fit,
    Outcome,
    Role,
    SignatureKind,
    StopReason,
    TermState,
    Told,
)

BEGINNING = "agreement started"


@dataclass(frozen=True)
class Line:
    """One event: the term it is about or "", what happened, when (UTC), and who recorded it, "" for the program."""

    about: str
    words: str
    at: datetime
    by: str


@dataclass
class Round:
    """One round of an agreement with its events in order. `said`: what each wants so far, by clause key and role."""

    began: datetime
    terms: dict[str, TermSeen]
    names: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    said: dict[tuple[str, str], str] = field(default_factory=dict)

    def label(self, key: str, answer: dict[str, Any] | None) -> str:
        """An answer as the screens name it."""
        given = Answer.from_json(answer or {})
        if given == Answer():
            return _("Leave it out")
        return _("Not sure yet") if given.unsure else self.terms[key].label(given) if key in self.terms else given.words

    def heading(self, key: str) -> str:
        return self.terms[key].text.heading if key in self.terms else ""


def rounds(client: Client) -> list[Round]:
    """Every round with this client, the newest first, each from its beginning."""
    agreements = {each.pk: each for each in client.agreements.prefetch_related("parties").order_by("created_at")}
    terms = _terms(client)
    found: list[Round] = []
    events = AuditEvent.objects.filter(chain__in=agreements).select_related("by").order_by("chain", "sequence")
    open_rounds: dict[UUID, Round] = {}
    for event in events:
        if event.kind == BEGINNING or event.chain not in open_rounds:
            open_rounds[event.chain] = _begun(agreements[event.chain], event, terms)
            found.append(open_rounds[event.chain])
        now = open_rounds[event.chain]
        about, words = _told(now, event)
        now.lines.append(Line(about, log_words.sentences([words]), event.at, event.by.called if event.by else ""))
    return sorted(found, key=lambda each: each.began, reverse=True)


def _begun(agreement: Agreement, event: AuditEvent, terms: dict[UUID, dict[str, TermSeen]]) -> Round:
    names = {party.key: party.called for party in agreement.parties.all()}
    return Round(event.at, terms.get(event.subject, {}), names)


def _terms(client: Client) -> dict[UUID, dict[str, TermSeen]]:
    """The terms of each draft by clause key, in the agreement's language; nobody's positions."""
    rows = Term.objects.filter(draft__agreement__client=client).select_related("clause", "draft__agreement")
    rows = rows.prefetch_related(
        "clause__texts", "clause__options__texts", Prefetch("positions", Position.objects.none())
    )
    found: dict[UUID, dict[str, TermSeen]] = {}
    for term in rows:
        found.setdefault(term.draft_id, {})[term.clause.key] = seen_clause(term, term.draft.agreement.language)
    return found


def _told(now: Round, event: AuditEvent) -> tuple[str, str]:
    """The heading of the term an event is about, and what happened."""
    details = event.details or {}
    kind, _space, rest = event.kind.partition(" ")
    key = details.get("clause", "")
    if event.kind in ABOUT_A_TERM:
        return now.heading(key), ABOUT_A_TERM[event.kind](now, key, details)
    if kind == "position":
        return now.heading(key), _position(rest.removeprefix("of "))(now, key, details)
    if event.kind.startswith("page turn "):
        return "", log_words.answered(now.names[(who := rest.removeprefix("turn "))], _answers(now, who, details))
    if event.kind.startswith("page since"):
        [name] = [name for who, name in now.names.items() if own_page(Step.SINCE, who) == rest]
        return "", _("%(name)s said how it went.") % {"name": name}
    if event.kind in OF_THE_TWO:
        return "", OF_THE_TWO[event.kind](now, details)
    if kind == "heading":
        outcome = rest.removeprefix("for ")
        return "", _("We went on to: %(outcome)s.") % {"outcome": Outcome(outcome).label}
    return "", log_words.simple(event.kind)


def _answers(now: Round, role: str, answers: dict[str, Any]) -> list[str]:
    """What is new in somebody's answers, as "How often: Most days"."""
    new = []
    for key, answer in answers.items():
        label = now.label(key, answer)
        if key in now.terms and now.said.get((key, role)) != label:
            now.said[key, role] = label
            new.append(f"{now.heading(key)}: {label}")
    return new


def _prepared(now: Round, details: dict[str, Any]) -> str:
    return log_words.own_answers(now.names[Role.THERAPIST], _answers(now, Role.THERAPIST, details))


def _turn_over(now: Round, details: dict[str, Any]) -> str:
    return log_words.compared(now.names[Role.CLIENT], _answers(now, Role.CLIENT, details))


def _compared(now: Round, key: str, details: dict[str, Any]) -> str:
    now.said[key, Role.CLIENT] = now.label(key, details["after"])
    return log_words.sentences([*_sides(now, key), _("Both saw the two answers.")])


def _sides(now: Round, key: str) -> list[str]:
    return [f"{now.names[role]}: {now.said[key, role]}" for role in in_order(now.names) if (key, role) in now.said]


def _position(role: str) -> Callable[[Round, str, dict[str, Any]], str]:
    def told(now: Round, key: str, details: dict[str, Any]) -> str:
        now.said[key, role] = after = now.label(key, details["after"])
        return _("%(name)s changed the answer to: %(answer)s") % {"name": now.names[role], "answer": after}

    return told


def _decided(now: Round, key: str, details: dict[str, Any]) -> str:
    if details.get("state") == TermState.UNDECIDED:
        return _("Open again.")
    label = now.label(key, details["after"])
    if details.get("state") == TermState.OPEN and not details["interim_of"]:
        ends = _("Left open until the next look. Until then: %(answer)s") % {"answer": label}
    elif details.get("state") == TermState.OPEN:
        facts = {"name": now.names[details["interim_of"]], "answer": label}
        ends = _("Left open until the review. Until then %(name)s’s answer: %(answer)s") % facts
    else:
        ends = _("Decided: %(answer)s") % {"answer": label}
    return log_words.sentences([*_sides(now, key), ends])


def _why(now: Round, key: str, details: dict[str, Any]) -> str:
    if not details.get("words"):
        return _("The why was taken away.")
    return _("%(name)s said why: “%(words)s”") % {"name": now.names[details["of"]], "words": details["words"]}


def _reason(now: Round, key: str, details: dict[str, Any]) -> str:
    facts = {"name": now.names[Role.THERAPIST], "words": details.get("words", "")}
    return (_("%(name)s’s reason: “%(words)s”") if facts["words"] else _("%(name)s took the reason away.")) % facts


def _anew(now: Round, key: str, details: dict[str, Any]) -> str:
    now.said[key, Role.THERAPIST] = label = now.label(key, details["after"])
    return _("%(name)s said it anew: %(answer)s") % {"name": now.names[Role.THERAPIST], "answer": label}


def _fit(now: Round, key: str, details: dict[str, Any]) -> str:
    return _("%(name)s: %(fit)s") % {"name": now.names[details["role"]], "fit": Fit(details["fit"]).label}


def _signed(now: Round, details: dict[str, Any]) -> str:
    facts = {"name": now.names[details["role"]], "how": SignatureKind(details["kind"]).label}
    says = _("%(name)s signed, %(how)s.")
    return (_("%(name)s signs %(how)s.") if details["kind"] == SignatureKind.PAPER else says) % facts


def _takes_part(now: Round, details: dict[str, Any]) -> str:
    facts = {"name": now.names[details["role"]], "role": printed_role(role_of(details["role"]))}
    if "signs" not in details:  # the two always sign
        return _("%(name)s takes part, %(role)s.") % facts
    signs = _("%(name)s takes part, %(role)s, and must sign.")
    return (signs if details["signs"] else _("%(name)s takes part, %(role)s, and does not sign.")) % facts


def _seen_ink(now: Round, details: dict[str, Any]) -> str:
    facts = {"name": now.names[details["role"]], "witness": details["witness"]}
    return _("%(name)s signed the printed page by hand. Seen by %(witness)s.") % facts


def _copy(now: Round, details: dict[str, Any]) -> str:
    return _("A copy to take home: %(how)s.") % {"how": CopyGiven(details["kind"]).label}


def _told_of_number(now: Round, details: dict[str, Any]) -> str:
    return _("A number on the paper changed: %(how)s.") % {"how": Told(details["how"]).label}


def _began(now: Round, details: dict[str, Any]) -> str:
    if "review" not in details:
        return log_words.simple(BEGINNING)
    if not details["reason"]:
        return _("The two look again.")
    reason = str(Sooner(details["reason"]).label)
    return _("The two look again, sooner than planned: %(reason)s.") % {"reason": reason[:1].lower() + reason[1:]}


def _looked_back(now: Round, details: dict[str, Any]) -> str:
    """How each said it went, once all have."""
    each = [log_words.looked_back(now.names[who], who, said, now.heading) for who, said in details.items()]
    return log_words.sentences([part for parts in each for part in parts])


def _looked(now: Round, details: dict[str, Any]) -> str:
    return _("Looked at, no change. Next on %(day)s.") % {"day": _day(details["next_on"])}


def _moved(now: Round, details: dict[str, Any]) -> str:
    return _("Both moved the next look from %(was)s to %(now)s.") % {key: _day(day) for key, day in details.items()}


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "j F Y")


def _stricter(now: Round, details: dict[str, Any]) -> str:
    reason = str(StopReason(details["reason"]).label) if details["reason"] else ""
    return log_words.stricter(now.heading(details["clause_key"]), _day(details["from_on"]), reason=reason)


def _stopped(now: Round, details: dict[str, Any]) -> str:
    if not details:
        return _("Texting stopped.")
    day = _day(details["effective_on"])
    reason = StopReason(details["reason"]).label if details["reason"] else ""
    name = "" if details["planned"] else now.names[details["by_role"]]
    ahead = details.get("ahead", False)
    facts = {"without_notice": details["without_notice"], "reason": str(reason), "ahead": ahead}
    consent = role_of(details["by_role"]) is Role.GUARDIAN
    return log_words.stopped(name, day, consent=consent, **facts)


ABOUT_A_TERM: dict[str, Callable[[Round, str, dict[str, Any]], str]] = {
    "compared": _compared,
    "decided": _decided,
    "why": _why,
    "reason given": _reason,
    "stated anew": _anew,
    "fit": _fit,
    "outside session": lambda now, _key, details: log_words.outside(now.names.get(details.get("role", ""), "")),
}
OF_THE_TWO: dict[str, Callable[[Round, dict[str, Any]], str]] = {
    BEGINNING: _began,
    "prepared": _prepared,
    "looked back": _looked_back,
    "agreed to keep": lambda now, details: log_words.keeps(now.names[details["role"]]),
    "looked at again": _looked,
    "review moved": _moved,
    "page turn": _turn_over,
    "signed": _signed,
    "signature no longer counts": lambda now, details: log_words.voided(now.names[details["role"]]),
    "takes part": _takes_part,
    "takes part no longer": lambda now, details: log_words.gone(now.names[details["role"]]),
    "ink seen": _seen_ink,
    "copy given": _copy,
    "recall answered": _told_of_number,
    "tightening announced": _stricter,
    "time away gone through": lambda _now, details: log_words.away(kept=bool(details.get("taken_along"))),
    **dict.fromkeys(("texting stopped", "texting stopped sooner"), _stopped),
}

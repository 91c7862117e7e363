"""The safety rules over all that an editor writes (H6-H12, H17, H20, H22, H24-H26, H28). Nearly every remark blocks.

The phrase lists are those that read an agreement before it is signed (safety_phrases.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from agreements.rules.edition_texts import (
    Clause,
    Remark,
    every_text,
    is_texting,
    is_whole,
    options,
    plain_texts,
    shown,
    templates,
    without_sample_phone,
)
from agreements.rules.safety_phrases import ENGLISH, REFUSED, WARNS, lacks, refused, rests
from agreements.rules.vocabulary import ClauseKind
from agreements.rules.wording import unknown_placeholders

# A crisis number with or without gaps, or six digits and more. A year is neither.
NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{3,}|\b\d[ .-]\d[ .-]\d\b|\d(?:[\s()./·-]{0,2}\d){5,}")


def safety(clauses: Sequence[Clause], language: str) -> list[Remark]:
    """What the safety rules say to the texts of one language."""
    found = [Remark("", text, blocks=True) for text in _missing_words(clauses, language)]
    for clause in clauses:
        if not is_whole(clause, language):
            words = _("The words in the language “%(language)s” are missing, here or at an option.")
            found.append(Remark(clause["key"], words % {"language": language}, blocks=True))
            continue
        found += _phrases(clause, language)
        checks = (_numbers, _placeholders, _coaching, _guardian)
        found += [Remark(clause["key"], text, blocks=True) for check in checks for text in check(clause, language)]
    return found


def why(rule: str) -> str:
    """What a safety rule that reads free text asks for, in a few words."""
    return {
        "H6": _("Nothing may delay or charge for a crisis step."),
        "H7": _("This seems to say something else than the crisis box. The box wins."),
        "H8": _("Nobody has to promise to stay safe."),
        "H9": _("No one can promise an answer."),
        "H10": _("Nobody reads texts live."),
        "H11": _("No one gives up a right."),
        "H12": _("No one can promise that nobody else will ever see it."),
        "H22": _("Limits change in session, not by text or at the door."),
        "H26": _("This may sound like a punishment."),
        "H28": _("Texting is not treatment, not a risk check and not a crisis service."),
    }.get(rule, _("This breaks a safety rule."))


def _phrases(clause: Clause, language: str) -> Iterator[Remark]:
    seen = set()
    for text in every_text(clause, language):
        for rule in REFUSED.get(language, REFUSED[ENGLISH]):
            for sentence in refused(rule, language, text):
                if (rule, sentence) not in seen:
                    seen.add((rule, sentence))
                    words = _("%(why)s (%(rule)s) Please change: “%(sentence)s”")
                    facts = {"why": why(rule), "rule": rule, "sentence": sentence}
                    yield Remark(clause["key"], words % facts, blocks=rule not in WARNS)


def _missing_words(clauses: Sequence[Clause], language: str) -> Iterator[str]:
    """What every texting agreement says, whatever the two choose: so it stands in a clause and not in an option."""
    if not is_texting(clauses):
        return
    said = "\n".join(clause["texts"][language]["words"] for clause in clauses if language in clause["texts"])
    if lacks("H12", language, said):
        yield _("No clause says that the law can require sharing. (H12)")
    if lacks("H25", language, said):
        yield _("No clause says what texting costs, if only that it costs nothing. (H25)")


def _numbers(clause: Clause, language: str) -> Iterator[str]:
    for text in every_text(clause, language):
        found = NUMBER.search(unicodedata.normalize("NFKC", without_sample_phone(text)))
        if found:
            words = _(
                "“%(number)s” looks like a phone number. Numbers come from the crisis lines and the practice: "
                "use the crisis box or [[phone]]. (H17)"
            )
            yield words % {"number": found.group().strip()}
            return


def _placeholders(clause: Clause, language: str) -> Iterator[str]:
    for name in dict.fromkeys(unknown_placeholders(" ".join(templates(clause, language)))):
        words = _("[[%(name)s]] is not known. There are: [[client]], [[therapist]], [[phone]], [[chosen]], [[words]].")
        yield words % {"name": name}
    if any("[[" in text for text in plain_texts(clause, language)):
        yield _("Headings, options and what is suggested take no [[…]].")
    words = clause["texts"][language]["words"]
    wanted = {"[[chosen]]"} if clause["options"] else set()
    wanted |= {"[[words]]"} if clause["kind"] == ClauseKind.WORDS else set()
    for name in sorted(wanted):
        if name not in words:
            yield _("The printed words never show the answer: %(name)s is missing.") % {"name": name}
    for name in sorted({"[[chosen]]", "[[words]]"} - wanted):
        if name in words:
            yield _("There is no answer that %(name)s could show. Take it out.") % {"name": name}


def _coaching(clause: Clause, language: str) -> Iterator[str]:
    """H24: where coaching or texting rests after self-harm, what never rests is printed with it."""
    coaching, words = clause["topic"] == "coaching", clause["texts"][language]["words"]
    chosen = [(one["meaning"].get("hours"), [one["texts"][language]["words"]]) for one in options(clause)]
    for hours, option_words in chosen or [(None, [])]:
        text = shown(words, option_words, "")
        if (coaching and hours or rests(language, text, coaching=coaching)) and lacks("H24", language, text):
            yield _(
                "A pause after self-harm must say this too: medical care comes first, and the crisis steps and talks "
                "to repair never wait. (H24)"
            )
            return


def _guardian(clause: Clause, language: str) -> Iterator[str]:
    """H20: whatever is chosen, the young person reads what a guardian sees."""
    if clause["topic"] != "guardian":
        return
    for option in options(clause):
        if lacks("H20", language, shown(clause["texts"][language]["words"], [option["texts"][language]["words"]], "")):
            yield _("The printed words must tell the young person what a guardian sees. (H20)")
            return

"""The safety rules over the texts of an edition: what must stand in them (H12, H20, H24, H25), and its placeholders.

Every remark blocks. What must not stand in them is read in lint_typing.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from agreements.rules import lint_typing
from agreements.rules.edition_texts import (
    Clause,
    Remark,
    is_texting,
    is_whole,
    options,
    plain_texts,
    shown,
    templates,
)
from agreements.rules.lint_standing import standing
from agreements.rules.phrase_lists import REFUSED
from agreements.rules.safety_phrases import lacks, rests
from agreements.rules.vocabulary import ClauseKind
from agreements.rules.wording import unknown_placeholders


def safety(clauses: Sequence[Clause], language: str) -> list[Remark]:
    """What the safety rules say to the texts of one language."""
    found = [Remark("", text, blocks=True) for text in (*_unread(language), *_missing_words(clauses, language))]
    for clause in clauses:
        if not is_whole(clause, language):
            words = _("The words in the language “%(language)s” are missing, here or at an option.")
            found.append(Remark(clause["key"], words % {"language": language}, blocks=True))
            continue
        found += lint_typing.of_clause(clause, language)
        checks = (_placeholders, _coaching, _guardian, standing)
        found += [Remark(clause["key"], text, blocks=True) for check in checks for text in check(clause, language)]
    return found


def _unread(language: str) -> Iterator[str]:
    """A language in which nobody can tell a bad sentence from a good one is not published."""
    if language.partition("-")[0] not in REFUSED:
        words = _(
            "The safety rules cannot read “%(language)s” yet, only: %(known)s. Take these texts out, or publish once "
            "the rules can read them. (H7)"
        )
        yield words % {"language": language, "known": ", ".join(sorted(REFUSED))}


def _missing_words(clauses: Sequence[Clause], language: str) -> Iterator[str]:
    """What every texting agreement says, whatever the two choose: so it stands in a clause and not in an option."""
    if not is_texting(clauses):
        return
    said = "\n".join(clause["texts"][language]["words"] for clause in clauses if language in clause["texts"])
    if lacks("H12", language, said):
        yield _("No clause says that the law can require sharing. (H12)")
    if lacks("H25", language, said):
        yield _("No clause says what texting costs, if only that it costs nothing. (H25)")


def unknown(text: str) -> Iterator[str]:
    """What to say of each placeholder in a text that does not exist."""
    for name in dict.fromkeys(unknown_placeholders(text)):
        words = _("[[%(name)s]] is not known. There are: [[client]], [[therapist]], [[phone]], [[chosen]], [[words]].")
        yield words % {"name": name}


def _placeholders(clause: Clause, language: str) -> Iterator[str]:
    yield from unknown(" ".join(templates(clause, language)))
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

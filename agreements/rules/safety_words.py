"""The rules for what the words of an agreement must not say, and what they must (H6-H12, H14, H22, H26, H28)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from agreements.rules.phrasing import plain, sentences
from agreements.rules.record import AgreementRecord
from agreements.rules.safety_box import built_box
from agreements.rules.safety_finding import Finding
from agreements.rules.safety_phrases import lacks
from agreements.rules.safety_texts import all_words, answered, refused_sentences, typed
from agreements.rules.typed_numbers import number_in
from agreements.rules.vocabulary import Outcome


def h06(record: AgreementRecord) -> list[Finding]:
    """Nothing delays or charges for a crisis step."""
    words = _("This sentence seems to put a fee, a cap or quiet hours on a crisis step: “%(text)s” Please change it.")
    return _refused(record, "H6", words)


def h07(record: AgreementRecord) -> list[Finding]:
    """No text contradicts the box: both are shown. What the two typed themselves is asked about, not forbidden."""
    words = _("Two texts disagree. Yours: “%(text)s” The crisis box: “%(box)s” The box wins. Please change yours.")
    danger, suicidal, *_rest = built_box(record).steps
    found = []
    for hit in refused_sentences(record, "H7"):
        box = (suicidal if "suicid" in plain(hit.sentence) else danger).line
        told = words % {"text": hit.sentence, "box": box}
        found.append(Finding("H7", told, hit.where, asks=hit.typed, sentence=hit.sentence, beside=box))
    return found


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


def h14_typed(record: AgreementRecord) -> list[Finding]:
    """Therapy goes on without texting, and is not ended over it."""
    return _refused(record, "H14", _("Therapy must not depend on texting. Please change: “%(text)s”"))


def h17_typed(record: AgreementRecord) -> list[Finding]:
    """A number in the pair's own words cannot be found when it changes: it is asked about, beside the box (as H7)."""
    words = _("This looks like a phone number: “%(number)s” Leave numbers to the crisis box.")
    danger = built_box(record).steps[0].line
    return [
        Finding("H17", words % {"number": number}, key, asks=True, sentence=sentence, beside=danger)
        for key, text in dict.fromkeys(typed(record))
        for sentence in sentences(text)
        if (number := number_in(sentence))
    ]


def h22(record: AgreementRecord) -> list[Finding]:
    """Limits change in session, with notice. It warns: the two may mean something else."""
    words = _("A limit changes in session, not by text or at the door: “%(text)s” Is it what you both mean?")
    return _refused(record, "H22", words, blocks=False)


def h26(record: AgreementRecord) -> list[Finding]:
    """Caps and pauses are no punishment. It warns: the word may be the client's own."""
    words = _("This may sound like a punishment: “%(text)s” Is it what you both mean?")
    return _refused(record, "H26", words, blocks=False)


def h28(record: AgreementRecord) -> list[Finding]:
    """No clinical claim."""
    words = _("Texting is not treatment, not a risk check and not a crisis service. Please change: “%(text)s”")
    return _refused(record, "H28", words)


def _refused(record: AgreementRecord, rule: str, words: str, *, blocks: bool = True) -> list[Finding]:
    found = refused_sentences(record, rule)
    return [Finding(rule, words % {"text": hit.sentence}, hit.where, blocks, sentence=hit.sentence) for hit in found]

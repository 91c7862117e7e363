"""The phrase lists: what they refuse, and what they must leave alone because the product says it itself."""

import json
import re
from dataclasses import replace

import pytest

from agreements.rules import safety
from agreements.rules.phrase_lists import REFUSED, WARNS
from agreements.rules.record import AgreementRecord, InterimRecord, TermRecord
from agreements.rules.safety import Check, Finding
from agreements.rules.safety_phrases import refused
from agreements.rules.vocabulary import Answer, CheckedHow, TermState
from tests.rules.agreed import FIXTURES, TODAY, an_agreement, resources, saying
from tests.rules.sentences import INNOCENT, NASTY

CHECKS = {row.key: Check(TODAY, CheckedHow.CALLED) for row in resources()}
FINE = [
    "In danger use the box, at any hour.",
    "If you feel unsafe, do not wait.",
    "Unsafe? Do not wait. Use the box.",
    "We never text in a crisis.",
    "No texting in an emergency, we call.",
    "Texts are not for emergencies.",
    "If suicidal, text or call the crisis line.",
    "The crisis steps never cost anything.",
    "You will never be charged for the crisis steps.",
    "Sooner after a crisis, or if either asks.",
    "If you are safe and in doubt, it can wait for session.",
    "This agreement is not a promise to stay safe, not a crisis service, and gives up none of your rights.",
    "No one reads messages all day and night.",
    "Most answers come in 2 working days: a hope, not a promise.",
    "Answers are not guaranteed.",
    "Texts are never completely private.",
    "The law can also require sharing, such as when a life or a child is at risk.",
    "An extra we both chose, not a test of caring.",
    "I will never hurt you on purpose.",
    "I promise to say sorry first.",
    "Bring the 4 a.m. rant to session.",
    "Who hurt says sorry first.",
]
REFUSALS = {
    "H6": [
        "Each crisis call costs $50.",
        "In a crisis, calls count toward the limit.",
        "Quiet hours apply in an emergency too.",
        "After self-harm the crisis steps start after 24 hours.",
    ],
    "H7": [
        "If I am suicidal I will text Dr Lee.",
        "In danger? Text me.",
        "When I want to die I send a message.",
        "Don’t hesitate to text me in a crisis.",
        "Text me first, also in an emergency, before anything else.",
        "If I feel like hurting myself I wait until the next session.",
        "When suicidal, sleep on it.",
        "Do not call 911.",
        "We text instead of calling an ambulance.",
        "IF I AM   IN DANGER\tI E-MAIL YOU",
    ],
    "H8": [
        "I promise not to kill myself.",
        "Maya promises to stay safe until Monday.",
        "I will not hurt myself.",
        "I won't self-harm this week.",
        "This is a no-suicide contract.",
        "If Maya self-harms, texting stops.",
        "We text only as long as you stay safe.",
    ],
    "H9": [
        "Dr Lee will always answer.",
        "An answer is guaranteed within a day.",
        "I am there 24/7.",
        "You can reach me day and night.",
        "I promise that I will answer.",
    ],
    "H10": ["Your texts are monitored.", "Dr Lee reads texts all day."],
    "H11": [
        "Maya waives all claims.",
        "I give up my right to complain.",
        "I will not sue.",
        "Dr Lee is not liable.",
        "Maya cannot ask to see the records.",
    ],
    "H12": [
        "Texts are completely private.",
        "Your texts are 100% confidential.",
        "Nobody else will ever see them.",
        "They will never be shared.",
    ],
    "H26": [
        "Texting is a privilege.",
        "Too many texts and you lose texting.",
        "A pause is the punishment.",
    ],
    "H28": [
        "Texting is a treatment for fear.",
        "This is a crisis service.",
        "We do a risk assessment by text.",
        "This way of texting is clinically proven.",
    ],
}


def found(text: str, topic: str = "extra") -> list[Finding]:
    return safety.findings(saying(text, topic), today=TODAY, checks=CHECKS)


@pytest.mark.parametrize("text", [*FINE, *INNOCENT])
def test_what_we_say_ourselves_is_left_alone(text: str) -> None:
    assert found(text) == []


def refuses(rule: str) -> None:
    for text in [*REFUSALS.get(rule, ()), *NASTY[rule]]:
        hits = [finding for finding in found(text) if finding.rule == rule]
        assert len(hits) == 1, text
        assert hits[0].where == "extra" and text.split(". ")[0].strip(".") in hits[0].words
        assert hits[0].blocks == (rule not in ("H22", "H26"))


def test_h06_nothing_delays_or_charges_a_crisis_step() -> None:
    refuses("H6")


def test_h07_no_text_contradicts_the_box() -> None:
    refuses("H7")


def test_h07_shows_both_texts() -> None:
    [hit] = found("All good. If I am suicidal I will text Dr Lee.")
    assert "“If I am suicidal I will text Dr Lee.”" in hit.words and "All good" not in hit.words
    assert "2 · Suicidal, but not about to act. Do not text. Call Dr Lee" in hit.words
    [hit] = found("In danger I text Dr Lee.")
    assert "1 · Danger now." in hit.words


def test_h08_no_promise_to_stay_safe() -> None:
    refuses("H8")


def test_h09_no_answer_is_guaranteed() -> None:
    refuses("H9")


def test_h10_no_text_says_that_somebody_watches() -> None:
    refuses("H10")


def test_h11_nobody_gives_up_a_right() -> None:
    refuses("H11")


def test_h12_no_complete_secrecy() -> None:
    refuses("H12")


def test_h14_therapy_does_not_depend_on_texting() -> None:
    refuses("H14")


def test_h12_the_limits_of_the_law_are_printed() -> None:
    assert [(f.rule, f.where) for f in found("Others may read them. It costs nothing.", "privacy")] == [
        ("H12", "privacy")
    ]


def test_h25_the_cost_is_said() -> None:
    assert [(f.rule, f.where) for f in found("The law may require sharing.", "privacy")] == [("H25", "privacy")]


def test_h22_limits_change_in_session() -> None:
    refuses("H22")


def test_h26_a_pause_is_no_punishment() -> None:
    refuses("H26")


def test_h28_no_clinical_claim() -> None:
    refuses("H28")


def test_every_text_is_read() -> None:
    bad = "In danger I text Dr Lee."
    record = an_agreement()
    term = record.terms[0]
    interim = InterimRecord(Answer((), ""), bad)
    places = {
        "before_text": replace(record, before_text=("Fine.", bad)),
        "purpose": replace(record, terms=(replace(term, heading=bad), *record.terms[1:])),
        "words": replace(record, terms=(replace(term, words=bad), *record.terms[1:])),
        "interim": replace(
            record,
            terms=(
                replace(term, state=TermState.OPEN, interim=interim, open_until=record.review_on),
                *record.terms[1:],
            ),
        ),
    }
    for name, changed in places.items():
        [hit] = safety.findings(changed, today=TODAY, checks=CHECKS)
        assert hit.rule == "H7" and hit.where == ("before_text" if name == "before_text" else "purpose")


def test_a_language_without_a_list_is_read_with_the_english_one_and_asked_for_nothing() -> None:
    assert refused("H7", "fi", "If I am suicidal I text.") == ["If I am suicidal I text."]
    record = replace(saying("Others may read them.", "privacy"), language="fi")
    assert safety.findings(record, today=TODAY, checks=CHECKS) == []


def test_lists_exist_for_every_rule_that_reads() -> None:
    assert set(REFUSED["en"]) == {"H6", "H7", "H8", "H9", "H10", "H11", "H12", "H14", "H22", "H26", "H28"}
    assert {"H22", "H26"} == WARNS < set(REFUSED["en"])


OURS = "In danger I text Dr Lee."


def h07(record: AgreementRecord) -> list[tuple[str, str, bool]]:
    hits = safety.findings(record, today=TODAY, checks=CHECKS)
    return [(hit.where, hit.sentence, hit.asks) for hit in hits if hit.rule == "H7"]


def test_h07_asks_about_what_the_two_typed_once_and_refuses_what_is_printed() -> None:
    typed = saying(f"Kindly. {OURS}")
    assert h07(typed) == [("extra", OURS, True)]
    extra = next(term for term in typed.terms if term.key == "extra")
    printed = replace(extra, words=f"Our words: {extra.value.words}")
    assert h07(with_term(printed)) == [("extra", OURS, True)]
    assert h07(replace(typed, before_text=(OURS,))) == [("extra", OURS, True)]
    fixed = replace(extra, value=Answer((), "Kindly."), words=f"{OURS} Kindly.")
    assert h07(with_term(fixed)) == [("extra", OURS, False)]
    assert h07(with_term(replace(extra, heading="In danger, text"))) == [
        ("extra", OURS, True),
        ("extra", "In danger, text", False),
    ]


def test_h07_asks_when_only_the_typed_words_make_it_a_contradiction() -> None:
    extra = replace(saying("in danger").terms[-2], words="We text when in danger.")
    assert extra.key == "extra"
    assert h07(with_term(extra)) == [("extra", "We text when in danger.", True)]
    masked = replace(extra, value=Answer((), "we"), words="In danger we text.")
    assert h07(with_term(masked)) == [("extra", "In danger we text.", False)]


def with_term(changed: TermRecord) -> AgreementRecord:
    return an_agreement(terms=tuple(changed if term.key == changed.key else term for term in an_agreement().terms))


def test_every_text_of_the_starter_library_is_clean() -> None:
    texts = [text for path in (FIXTURES / "library").rglob("*.json") for text in strings(path.read_text("utf-8"))]
    assert len(texts) > 300
    assert [(rule, text) for rule in REFUSED["en"] for text in texts if refused(rule, "en", text)] == []


def strings(text: str) -> list[str]:
    return [json.loads(each) for each in re.findall(r'"(?:[^"\\]|\\.)*"', text)]

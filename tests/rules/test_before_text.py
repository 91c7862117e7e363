"""The second card, "Before I text / No answer yet": in order, without gaps, naming nobody, never waiting in danger."""

from hypothesis import given

from agreements.rules import rehearsal
from agreements.rules.situations import RehearsalTexts
from agreements.rules.topics import Meaning, Open
from tests.rules.edition import meaning
from tests.rules.rehearsed import BOX, HERE, TERMS, TEXTS, TODAY, agreements, without


def test_the_second_card_in_order() -> None:
    assert rehearsal.before_text(TERMS, TEXTS) == (
        "First say what you want. “Just sharing.” “Help me calm down.” “Tell me it passes.” “Checking on us.”",
        "At night: Write it. Send it after breakfast, or not at all, or bring it. If you do send it, nothing breaks: it counts as sent in the "
        "morning.",
        "No answer yet: It can take hours, for many reasons: sleep and lost texts. It is not a lack of care.",
        "A late answer: you may send one more short text. Unsafe? Do not wait. Use the crisis steps.",
        "It hurt? We ask: “I read that as … Is that what you meant?” The sender says sorry first. Then we talk.",
        "We look again: After 4 weeks, then every 3 months or so. Does it suit us both? Sooner after a crisis, "
        "or if either asks.",
    )


def test_the_second_card_names_nobody_but_in_the_pairs_own_words() -> None:
    own = "If it hurts, Maya asks. Dr Lee says sorry first."
    lines = rehearsal.before_text(TERMS, RehearsalTexts("Maya", "Dr Lee", "", {"misread": own}))
    assert [line for line in lines if "Maya" in line or "Dr Lee" in line] == [f"It hurt? {own}"]


@given(agreements())
def test_the_second_card_never_waits_in_danger(made: tuple[dict[str, Meaning | Open], RehearsalTexts]) -> None:
    lines = rehearsal.before_text(*made)
    assert [line for line in lines if not line.strip() or "%(" in line or "[[" in line] == []
    assert all("Do not wait. Use the crisis steps." in line for line in lines if line.startswith("A late answer"))


def test_the_second_card_says_what_the_rehearsal_says() -> None:
    [angry] = [
        scene for scene in rehearsal.scenes(TERMS, TEXTS, BOX, around=HERE, today=TODAY) if scene.key == "four_am"
    ]
    assert f"At night: {' '.join(angry.says[1:-1])}" in rehearsal.before_text(TERMS, TEXTS)
    times = {**TERMS, "purpose": meaning("purpose", "times")}
    assert (
        "At night: Write it, and bring it to session. If you do send it, nothing breaks: it counts as sent in the morning."
        in rehearsal.before_text(times, TEXTS)
    )


def test_the_second_card_has_no_gaps() -> None:
    texts = RehearsalTexts("Maya", "Dr Lee", "", {"silence": "Sleep."})
    assert rehearsal.before_text(without("night", "misread", "late"), texts) == ("No answer yet: Sleep.",)
    assert rehearsal.before_text({**TERMS, "night": meaning("night", "none")}, TEXTS)[1].startswith("No answer yet")

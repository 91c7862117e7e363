"""The starter edition: what the two can agree with it (O3-O11), and that its wording keeps the rules of wording."""

import pytest

from agreements.rules import lint, wording
from agreements.rules.topics import (
    FIVE,
    TOPICS,
    Away,
    Extra,
    Frequency,
    Labels,
    Limit,
    Notice,
    Privacy,
    Purpose,
    QuietHours,
    Repair,
    ReplyWindow,
    ReviewRhythm,
    Silence,
)
from agreements.rules.vocabulary import AskedOn, ClauseKind, ClauseMode
from tests.rules.edition import CLAUSES, EDITION, meaning, options, says, suggested

MANY_USES = ("reach_out", "still_there", "skill", "note", "times")


def test_nothing_blocks_it() -> None:
    assert [remark for remark in lint.lint(EDITION) if remark.blocks] == []


def test_the_longest_document_fits_two_pages() -> None:
    assert lint.document_words(EDITION["clauses"], "en") <= 390


def test_its_sixteen_terms_are_the_topics_in_their_order() -> None:
    assert [(clause["key"], clause["topic"]) for clause in EDITION["clauses"]] == [
        (key, key) for key in TOPICS if key not in ("coaching", "guardian")
    ]


def test_each_term_has_the_kind_and_page_of_the_design() -> None:
    assert {key: (clause["kind"], clause["asked"]) for key, clause in CLAUSES.items()} == {
        "purpose": (ClauseKind.MANY, AskedOn.TURN),
        "often": (ClauseKind.CHOOSE, AskedOn.TURN),
        "window": (ClauseKind.CHOOSE, AskedOn.TURN),
        "night": (ClauseKind.HOURS, AskedOn.TURN),
        "away": (ClauseKind.CHOOSE, AskedOn.TURN),
        "look_again": (ClauseKind.CHOOSE, AskedOn.TURN),
        "limit": (ClauseKind.WORDS, AskedOn.HARD),
        "too_much": (ClauseKind.CHOOSE, AskedOn.HARD),
        "notice": (ClauseKind.CHOOSE, AskedOn.HARD),
        "ending": (ClauseKind.CHOOSE, AskedOn.HARD),
        "silence": (ClauseKind.MANY, AskedOn.HOW),
        "late": (ClauseKind.CHOOSE, AskedOn.HOW),
        "asking": (ClauseKind.WORDS, AskedOn.HOW),
        "misread": (ClauseKind.WORDS, AskedOn.HOW),
        "extra": (ClauseKind.WORDS, AskedOn.HOW),
        "privacy": (ClauseKind.CHOOSE, AskedOn.PRIVACY),
    }


def test_the_five_answers_cannot_be_left_out() -> None:
    modes = {key: CLAUSES[key]["mode"] for key in FIVE}
    assert modes == {**dict.fromkeys(FIVE, ClauseMode.REQUIRED), "limit": ClauseMode.STATED}


def test_only_the_page_how_we_text_suggests_an_answer() -> None:
    with_one = [key for key, clause in CLAUSES.items() if "suggested" in clause]
    assert with_one == ["silence", "late", "asking", "misread", "extra"]


@pytest.mark.parametrize("key", CLAUSES)
def test_every_option_can_be_read_and_printed(key: str) -> None:
    own = "Short and kind." if CLAUSES[key]["kind"] == ClauseKind.WORDS else ""
    for chosen in options(key) or [None]:
        answer = (chosen,) if chosen else ()
        assert type(meaning(key, *answer, words=own)) is TOPICS[key]
        text = says(key, *answer, words=own)
        assert (text[:1].isspace(), text[-1:], "  " in text, "[[" in text) == (False, ".", False, False)


def test_o3_silence_has_many_reasons_and_none_is_a_lack_of_care() -> None:
    assert meaning("silence", "clients", "sleep") == Silence(("clients", "sleep"))
    assert says("silence", "clients", "sleep", "lost") == (
        "It can take hours, for many reasons: other clients, sleep and lost texts. It is not a lack of care."
    )


def test_o4_purpose_can_be_reaching_out_and_being_met() -> None:
    assert meaning("purpose", "reach_out", "still_there") == Purpose(("reach_out", "still_there"))
    assert (
        says("purpose", "reach_out", "still_there") == "We choose: practising reaching out and “Are you still there?”."
    )


def test_o5_no_cap_almost_daily_first_fewer_later_and_a_look_at_whether_it_suits_both() -> None:
    assert meaning("often", "no_number") == Frequency(None, None)
    assert meaning("often", "most_days") == Frequency(4, 7)
    assert meaning("often", "three_five") == Frequency(3, 5)
    assert says("often", "no_number") == "No set number. Answers do not count."
    assert says("look_again", "four_weeks") == (
        "After 4 weeks, then every 3 months or so. Does it suit us both? Sooner after a crisis, or if either asks."
    )


def test_o6_what_is_wanted_is_said_plainly() -> None:
    assert suggested("asking") == (
        "First say what you want. “Just sharing.” “Help me calm down.” “Tell me it passes.” “Checking on us.”"
    )
    assert meaning("asking", words=suggested("asking")) == Labels(suggested("asking"))


def test_o7_a_misread_text_is_asked_about_and_repaired() -> None:
    assert suggested("misread") == (
        "We ask: “I read that as … Is that what you meant?” The sender says sorry first. Then we talk."
    )
    assert meaning("misread", words=suggested("misread")) == Repair(suggested("misread"))


def test_o8_a_text_at_night_is_written_and_sent_after_breakfast() -> None:
    hours = meaning("night", "nine_eight")
    assert isinstance(hours, QuietHours)
    assert [at and at.isoformat("minutes") for at in (hours.start, hours.end, hours.send_after)] == [
        "21:00",
        "08:00",
        "09:00",
    ]
    assert says("night", "nine_eight") == (
        "9 pm to 8 am: write it, send it after breakfast. Quiet hours are for texts. In danger use the box, at any hour."
    )


def test_o9_no_texts_while_away_though_allowed_and_a_handwritten_card_half_way() -> None:
    assert meaning("away", "card") == Away("none", "card", 2)
    assert says("away", "card") == (
        "Dr Lee gives two weeks’ notice. No texts, though allowed. A handwritten card is mailed half-way."
    )


def test_o10_texting_is_an_extra_and_what_is_safe_and_in_doubt_keeps_for_session() -> None:
    assert suggested("extra") == (
        "An extra we both chose, not a test of caring. If safe but in doubt, keep it for session."
    )
    assert meaning("extra", words=suggested("extra")) == Extra(suggested("extra"))


def test_o11_two_pairs_can_draw_the_line_elsewhere() -> None:
    assert meaning("purpose", "times") == Purpose(("times",))
    assert meaning("purpose", *MANY_USES) == Purpose(MANY_USES)
    assert says("misread", words="We phone") == "We phone."
    assert "default" not in {field for clause in CLAUSES.values() for field in clause}


def test_no_texting_is_a_whole_answer() -> None:
    answer = meaning("purpose", "no_texting")
    assert isinstance(answer, Purpose)
    assert (answer.texting, says("purpose", "no_texting")) == (False, "We choose: no texting.")


def test_every_reply_window_has_an_outer_limit_is_a_hope_and_leads_to_the_late_step() -> None:
    windows = [meaning("window", key) for key in options("window")]
    assert windows == [
        ReplyWindow(0, 1, True),
        ReplyWindow(1, 2, False),
        ReplyWindow(2, 3, False),
        ReplyWindow(None, 7, True),
    ]
    endings = {says("window", key).split(": ", 1)[1] for key in options("window")}
    assert endings == {"a hope, not a promise. Then: “A late answer”."}
    assert CLAUSES["late"]["texts"]["en"]["heading"] == "A late answer"


def test_the_first_look_is_after_two_weeks_four_weeks_or_three_months() -> None:
    rhythms = [meaning("look_again", key) for key in options("look_again")]
    assert rhythms == [ReviewRhythm(2, 3), ReviewRhythm(4, 3), ReviewRhythm(13, 3)]


def test_the_limit_can_be_kept_with_one_tap_or_with_words() -> None:
    assert meaning("limit", "family") == Limit("", ("family",))
    assert says("limit", "family") == "Dr Lee can do this today without strain. It depends on family. We ask again."
    assert says("limit", "clients", "family", words="Five texts a week") == (
        "Dr Lee can do this today without strain. Five texts a week. It depends on other clients and family. "
        "We ask again."
    )


def test_the_client_may_stop_at_once_and_the_therapist_after_notice() -> None:
    assert meaning("notice", "two_sessions") == Notice(2)
    assert says("notice", "two_sessions") == (
        "Both sign changes, in session. Maya may stop at once, no reason needed. Dr Lee stops or tightens after "
        "2 sessions’ notice. Sooner is written down, with why."
    )


def test_privacy_warns_names_the_law_and_says_that_nothing_costs() -> None:
    assert meaning("privacy", "times_only") == Privacy("times_only")
    assert says("privacy", "times_only") == (
        "Others may read ordinary texts. Maya chooses: times and dates only. This can change any time. We lock phones "
        "and hide previews. Texts may enter the record. Maya and a supervisor may see them, by law others too. Texting "
        "costs nothing. Crisis steps never cost."
    )


@pytest.mark.parametrize("key", CLAUSES)
def test_questions_and_hints_need_only_the_two_names(key: str) -> None:
    text = CLAUSES[key]["texts"]["en"]
    names = {"client": "Maya", "therapist": "Dr Lee", "phone": "", "chosen": "", "words": ""}
    shown = [wording.fill(text[part], **names) for part in ("question", "hint")]
    assert [part for part in shown if not part or "[[" in part] == []

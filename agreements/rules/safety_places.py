"""Where each safety rule is kept, and the test that breaks when it is not: id -> (module, function, test).

Ids: docs/rules.md.
"""

from __future__ import annotations

_SAFETY = "agreements/rules/safety.py"
_BOX = "agreements/rules/safety_box.py"
_WORDS = "agreements/rules/safety_words.py"

PLACES: dict[str, tuple[str, str, str]] = {
    "H1": (_BOX, "h01", "test_h01_danger_now_is_the_step_as_built"),
    "H2": (_BOX, "h02", "test_h02_suicidal_goes_to_live_help"),
    "H3": (_BOX, "h03", "test_h03_call_hours_are_set_and_a_line_follows_the_therapist"),
    "H4": (_BOX, "h04", "test_h04_an_emergency_number_and_a_line_for_the_place"),
    "H5": (_BOX, "h05", "test_h05_the_box_is_whole_and_in_its_own_words"),
    "H6": (_WORDS, "h06", "test_h06_nothing_delays_or_charges_a_crisis_step"),
    "H7": (_WORDS, "h07", "test_h07_no_text_contradicts_the_box"),
    "H8": (_WORDS, "h08", "test_h08_no_promise_to_stay_safe"),
    "H9": (_WORDS, "h09", "test_h09_no_answer_is_guaranteed"),
    "H10": (_WORDS, "h10", "test_h10_no_text_says_that_somebody_watches"),
    "H11": (_WORDS, "h11", "test_h11_nobody_gives_up_a_right"),
    "H12": (_WORDS, "h12", "test_h12_no_complete_secrecy"),
    "H13": (_SAFETY, "h13", "test_h13_the_choice_about_ordinary_texts_is_made"),
    "H14": (
        "agreements/actions/sealing.py",
        "awaited",
        "test_h14_no_needs_no_reason_and_no_signature_and_still_carries_the_box",
    ),
    "H15": ("agreements/actions/sealing.py", "_typed", "test_h15_nobody_signs_for_another"),
    "H16": (_BOX, "h16", "test_h16_steps_one_and_two_work_without_voice"),
    "H17": (_BOX, "h17", "test_h17_checks_count_for_twelve_months"),
    "H18": (_BOX, "h18", "test_h18_every_number_is_of_the_clients_place"),
    "H19": ("agreements/actions/mail.py", "send", "test_h19_nothing_that_leaves_names_anybody_or_anything_clinical"),
    "H20": (_SAFETY, "h20", "test_h20_a_young_person_is_told_what_a_guardian_sees"),
    "H21": ("agreements/models/triggers.py", "create", "test_h21_a_signed_text_never_changes"),
    "H22": (_WORDS, "h22", "test_h22_limits_change_in_session"),
    "H23": (_SAFETY, "h23", "test_h23_time_away_is_answered"),
    "H24": (_SAFETY, "h24", "test_h24_a_pause_after_self_harm_prints_what_never_waits"),
    "H25": (_SAFETY, "h25", "test_h25_the_cost_is_said"),
    "H26": (_WORDS, "h26", "test_h26_a_pause_is_no_punishment"),
    "H27": ("agreements/models/triggers.py", "create", "test_h27_what_is_signed_is_never_deleted_and_a_draft_may_be"),
    "H28": (_WORDS, "h28", "test_h28_no_clinical_claim"),
}

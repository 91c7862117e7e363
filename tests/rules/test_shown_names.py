"""Names in a list: initials of any script, and finding somebody however their name is typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules.shown_names import folded, initials, matches, without_unseen

WORDS = st.text(st.characters(whitelist_categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Maya R.", "M.R."),
        ("eun-ji park", "E.P."),
        ("Érika van der Meer", "É.V.D."),
        ("E\u0301rika", "É."),
        ("(Ana) “Bo” 2nd", "A.B.N."),
        ("Олександра Ґжицька", "О.Ґ."),
        ("שרה בן־דוד", "ש.ב."),
        ("माया शर्मा", "मा.श."),
        ("7", "…"),
        ("", "…"),
    ],
)
def test_initials_are_the_first_letters_with_their_signs(name: str, short: str) -> None:
    assert initials(name) == short


@given(st.lists(WORDS, min_size=1, max_size=6).map(" ".join))
def test_initials_never_hold_a_whole_name(name: str) -> None:
    longest = max(len(word) for word in name.split())
    if longest > 3:
        assert max(name.split(), key=len) not in initials(name)


@pytest.mark.parametrize(
    ("sought", "name", "found"),
    [
        ("maya", "Maya R.", True),
        ("R. MAYA", "Maya R.", True),
        ("erika", "Érika van der Meer", True),
        ("ÉRIKA", "Erika", True),
        ("strasse", "Straße", True),
        ("lukasz", "Łukasz Ørsted", True),
        ("orsted", "Łukasz Ørsted", True),
        ("ιωαννησ", "Ιωάννης", True),
        ("  ", "Maya R.", True),
        ("", "Maya R.", True),
        ("maya s", "Maya R.", False),
        ("mayaa", "Maya R.", False),
    ],
)
def test_a_name_is_found_without_case_accents_or_order(sought: str, name: str, found: bool) -> None:
    assert matches(sought, [name]) is found


def test_each_word_may_stand_in_another_name() -> None:
    assert matches("peggy rose", ["Margaret Rose", "Peggy"])
    assert not matches("peggy lee", ["Margaret Rose", "Peggy"])


@given(st.text(max_size=40))
def test_what_is_compared_is_the_same_however_it_was_typed(text: str) -> None:
    once = folded(text)
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text)) == once


@given(st.text(min_size=1, max_size=40))
def test_everybody_is_found_by_their_whole_name(name: str) -> None:
    assert matches(name, [name])


def test_marks_that_nobody_sees_are_no_part_of_a_name() -> None:
    assert without_unseen("\u202aMa\u00adya\u200b R.\u200e\ufeff\u202c") == "Maya R."
    assert without_unseen("علی\u200cرضا") == "علی\u200cرضا"
    assert without_unseen("👩\u200d🚀") == "👩\u200d🚀"

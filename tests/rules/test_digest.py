"""The fingerprint of an agreement."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules.digest import canonical, check_code, sha256

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abcde"), inner),
)


def test_the_one_spelling_is_sorted_tight_and_utf_8() -> None:
    assert canonical({"b": [1, None, True], "a": "é"}) == '{"a":"é","b":[1,null,true]}'.encode()


def test_both_spellings_of_a_letter_have_the_same_digest() -> None:
    assert sha256({"name": "Zoe\u0308"}) == sha256({"name": "Zo\u00eb"})


@given(PLAIN)
def test_reading_the_canonical_form_and_writing_it_again_changes_nothing(value: object) -> None:
    written = canonical(value)
    assert canonical(json.loads(written)) == written
    assert unicodedata.is_normalized("NFC", written.decode())


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers()))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert sha256(dict(reversed(list(value.items())))) == sha256(value)


@pytest.mark.parametrize("value", [1.0, float("nan"), {"a": 1.5}, {1: "a"}, b"bytes", {"a": {1}}, "\ud800"])
def test_what_has_no_single_spelling_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)


def test_keys_that_become_one_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        canonical({"e\u0301": 1, "\u00e9": 2})


def test_the_digest_is_that_of_the_canonical_bytes() -> None:
    assert sha256({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_the_check_code_is_sixteen_digits_in_four_groups() -> None:
    assert check_code("9f3c71ab20de44c8" + "0" * 48) == "9f3c 71ab 20de 44c8"


def test_half_a_digest_has_no_check_code() -> None:
    with pytest.raises(ValueError):
        check_code("9f3c71ab")

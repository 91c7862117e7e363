"""Where a term stands with the two, and what they talk about again: for anything that they can say."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules.looking_back import (
    Place,
    TermLook,
    asked_for,
    may_be_said_anew,
    needs_saying_anew,
    place,
    texting_of,
    to_talk_about,
)
from agreements.rules.vocabulary import Enough, Load, Role, Works

TWO = {Role.CLIENT: st.sampled_from(Works), Role.THERAPIST: st.sampled_from(Works)}
SAYS = st.fixed_dictionaries(TWO, optional={"partner": st.sampled_from(Works), "partner-2": st.sampled_from(Works)})
KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
LOOK = st.builds(TermLook, key=st.just("a"), topic=st.sampled_from(["often", "limit", "", "night"]), says=SAYS)
ALL_WORK = {Role.CLIENT: Works.WORKING, Role.THERAPIST: Works.WORKING}


def some(data: st.DataObject, keys: list[str]) -> list[TermLook]:
    """A look at a term for each key."""
    return [replace(data.draw(LOOK), key=key, left_open=data.draw(st.booleans())) for key in keys]


@pytest.mark.parametrize(
    ("client", "therapist", "stands"),
    [
        (Works.WORKING, Works.WORKING, Place.WORKING),
        (Works.WORKING, Works.UNUSED, Place.UNUSED),
        (Works.UNUSED, Works.UNUSED, Place.UNUSED),
        (Works.NOT, Works.WORKING, Place.NOT),
        (Works.UNUSED, Works.NOT, Place.NOT),
        (Works.NOT, Works.NOT, Place.NOT),
    ],
)
def test_one_not_working_is_enough_and_working_needs_both(client, therapist, stands) -> None:
    look = TermLook("often", "often", {Role.CLIENT: client, Role.THERAPIST: therapist})
    assert place(look) is stands
    assert place(replace(look, left_open=True)) is place(replace(look, new=True)) is Place.OPEN


@given(LOOK, st.randoms())
def test_it_does_not_matter_who_says_it(look: TermLook, chance: Random) -> None:
    said = [*look.says.values()]
    chance.shuffle(said)
    assert place(replace(look, says=dict(zip(look.says, said, strict=True)))) is place(look)


@pytest.mark.parametrize(
    ("partner", "stands"), [(Works.WORKING, Place.WORKING), (Works.UNUSED, Place.UNUSED), (Works.NOT, Place.NOT)]
)
def test_what_a_partner_says_counts_as_much_as_what_the_two_say(partner, stands) -> None:
    assert place(TermLook("often", "often", {**ALL_WORK, "partner": partner})) is stands


@given(st.data(), KEYS, KEYS)
def test_just_what_somebody_questions_is_open_again_each_once_and_what_was_raised_is_first(data, keys, raised) -> None:
    looks, topics = some(data, keys), frozenset({"limit"})
    order = to_talk_about(looks, raised, topics)
    questioned = {look.key for look in looks if place(look) in (Place.NOT, Place.OPEN) or look.topic in topics}
    assert sorted(order) == sorted(questioned | (set(raised) & set(keys)))
    brought_up = [key for key in raised if key in keys]
    assert list(order[: len(brought_up)]) == brought_up


@given(st.data(), KEYS)
def test_not_working_for_more_of_them_comes_before_not_working_for_fewer_and_open_comes_last(data, keys) -> None:
    looks = {look.key: look for look in some(data, keys)}
    order = to_talk_about(list(looks.values()))
    ranks = [
        1 if looks[key].left_open else -sum(said == Works.NOT for said in looks[key].says.values()) for key in order
    ]
    assert ranks == sorted(ranks)


def test_where_all_works_there_is_nothing_to_talk_about() -> None:
    assert to_talk_about([TermLook("often", "often", ALL_WORK), TermLook("limit", "limit", ALL_WORK)]) == ()


@pytest.mark.parametrize("said", Enough)
@pytest.mark.parametrize("key", ["partner", "partner-2"])
def test_a_partner_is_asked_what_the_client_is_asked_and_it_counts_as_much(key, said) -> None:
    assert texting_of(key) is texting_of(Role.CLIENT) is Enough
    openly = {Role.CLIENT: Enough.RIGHT, key: said, Role.THERAPIST: Load.FINE}
    assert asked_for(openly) == asked_for({Role.CLIENT: said}) == (set() if said is Enough.RIGHT else {"often"})


@pytest.mark.parametrize(
    ("client", "therapist", "topics"),
    [
        (Enough.RIGHT, Load.FINE, set()),
        (Enough.MUCH, Load.FINE, {"often"}),
        (Enough.LITTLE, Load.FINE, {"often"}),
        (Enough.RIGHT, Load.MUCH, {"limit"}),
        (Enough.LITTLE, Load.STRAIN, {"often", "limit"}),
    ],
)
def test_too_much_or_too_little_asks_how_often_and_strain_asks_for_the_limit(client, therapist, topics) -> None:
    assert asked_for({Role.CLIENT: client, Role.THERAPIST: therapist}) == topics


def test_what_nobody_answered_yet_asks_for_nothing() -> None:
    assert asked_for({}) == frozenset()


@pytest.mark.parametrize(
    ("said", "anew", "as_it_was", "eased"),
    [
        ("", False, True, True),
        (Load.FINE, False, True, True),
        (Load.MUCH, True, True, True),
        (Load.STRAIN, True, False, True),
    ],
)
def test_the_limit_is_said_anew_after_strain_and_after_no_longer_only_when_something_eases_it(
    said, anew, as_it_was, eased
) -> None:
    assert needs_saying_anew(said) is anew
    assert (may_be_said_anew(said, eased=False), may_be_said_anew(said, eased=True)) == (as_it_was, eased)

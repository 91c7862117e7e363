"""“Also for you”: what stands below the crisis box. It adds, and nothing above it changes."""

from dataclasses import replace
from typing import Any

import pytest

from agreements.rules import crisis, crisis_rows
from agreements.rules.record import Sealed
from agreements.rules.safety import findings
from agreements.rules.safety_box import Check, h04, h05, h18
from agreements.rules.vocabulary import CheckedHow, ResourceKind, Voice
from tests.records import a_record
from tests.rules.agreed import TODAY, an_agreement, facts, resources
from tests.rules.box_words import PLACES

ROWS = resources()
ROW = next(row for row in ROWS if row.key == "us-988")


def a_row(key: str, **changes: Any) -> crisis.Resource:
    """A row of the United States that is reached by phone."""
    bare = replace(ROW, key=key, service=key, call="1 23", text_to="", chat="", non_voice="")
    return replace(bare, **changes)


def below(*extra: crisis.Resource, country: str = "US", **changes: Any) -> list[str]:
    return [line.words for line in crisis.box(facts(country, **changes), [*ROWS, *extra]).more]


def steps(*extra: crisis.Resource, **changes: Any) -> tuple[crisis.Step, ...]:
    return crisis.box(facts(**changes), [*ROWS, *extra]).steps


@pytest.mark.parametrize(("country", "area"), sorted(PLACES))
def test_with_the_rows_that_ship_nothing_stands_below_for_who_can_speak(country: str, area: str) -> None:
    for voice in (Voice.CALLS, Voice.UNSAFE):
        assert below(country=country, area=area, voice=voice) == []


def test_who_does_not_speak_is_told_how_a_line_without_texts_is_reached() -> None:
    assert below(country="GB", area="ENG", voice=Voice.NO_VOICE) == [
        "NHS 111, mental health option: by relay, or someone safe near you calls 111 then 2 (England), any hour."
    ]
    assert below(country="DE", voice=Voice.NO_VOICE) == [
        "TelefonSeelsorge (zweite Nummer): by relay, or someone safe near you calls 0800 111 0 222 (Germany), any hour, "
        "in German."
    ]


YOUTH = a_row(
    "Teen Line", kind=ResourceKind.YOUTH, call="1 23", text_to="83 98", text_keyword="TEEN", hours="6 pm to 10 pm"
)
LOCAL = a_row("Mobile Team", kind=ResourceKind.LOCAL)
OTHER = a_row("Línea 1", call="1 24", languages=("es",), chat="linea.example")


def test_each_says_what_it_is_where_when_and_in_which_language() -> None:
    assert below(YOUTH, LOCAL, replace(OTHER, hours="9 to 5", kind=ResourceKind.GENERAL)) == [
        "Línea 1: call 1 24 (United States), 9 to 5, or chat at linea.example, in Spanish.",
        "For young people, Teen Line: call 1 23 (United States), or text TEEN to 83 98 (United States), 6 pm to 10 pm.",
        "Near you, as an extra, Mobile Team: call 1 23 (United States), any hour.",
    ]


def test_a_word_to_text_of_its_own_makes_it_another_way() -> None:
    same_number = replace(YOUTH, call="", text_to="741741")
    assert below(same_number) == ["For young people, Teen Line: text TEEN to 741741 (United States), 6 pm to 10 pm."]
    assert below(replace(same_number, text_keyword="HOME")) == []


def test_trap_10_a_pair_is_shown_together() -> None:
    young = replace(YOUTH, pair_with="us-988")
    second = replace(OTHER, pair_with="Teen Line", hours="9 to 5")
    assert [line.split(":")[0] for line in below(second, young)] == ["For young people, Teen Line", "Línea 1"]


def test_what_is_local_is_an_extra_and_never_instead() -> None:
    first = replace(
        LOCAL, call="1", hours="24/7", text_to="2", chat="a.example", non_voice="text 3", pair_with="us-988"
    )
    for voice in Voice:
        assert steps(first, voice=voice) == steps(voice=voice)
    placed = crisis.for_place([first, *ROWS], "US", "")
    assert placed[-1] == first
    assert crisis_rows.line([first]) is None and crisis_rows.emergency([first]) is None
    assert not crisis_rows.answers_without_voice([replace(first, non_voice="text 3")], registered=True)


def test_h04_a_local_line_or_one_abroad_is_no_line_here() -> None:
    of = facts(travels_to=("CA",))
    rows = [row for row in ROWS if row.key not in ("us-988", "us-ctl")] + [LOCAL]
    carried = crisis.carried(of, rows)
    bare = an_agreement(of, crisis=carried)
    assert [finding.rule for finding in h04(bare)] == ["H4"]
    assert h04(an_agreement(of)) == []


TRAVEL = {
    Voice.CALLS: "Danger now: call 911 (Canada). Not about to act, 9-8-8 Suicide Crisis Helpline: call 988 (Canada), or "
    "text 988 (Canada), any hour.",
    Voice.NO_VOICE: "Danger now: ask someone safe near you to call 911 (Canada). Not about to act, 9-8-8 Suicide Crisis "
    "Helpline: text 988 (Canada), any hour.",
    Voice.UNSAFE: "Danger now: call 911 (Canada). Not about to act, 9-8-8 Suicide Crisis Helpline: call 988 (Canada), or "
    "text 988 (Canada), any hour.",
}


@pytest.mark.parametrize("voice", list(Voice))
def test_h18_where_they_travel_is_added_and_nothing_above_changes(voice: Voice) -> None:
    assert below(voice=voice, travels_to=("CA",)) == [f"Canada, where you said you go. {TRAVEL[voice]}"]
    assert steps(voice=voice, travels_to=("CA", "GB.ENG", "NZ")) == steps(voice=voice)
    assert len(below(voice=voice, travels_to=("CA", "GB.ENG", "NZ"))) == 3
    assert below(voice=voice, travels_to=("IE",)) == []


def test_the_line_names_the_place_they_said() -> None:
    assert below(travels_to=("GB.ENG",)) == [
        "England, where you said you go. Danger now: call 999 (United Kingdom). Not about to act, Samaritans: call "
        "116 123 (United Kingdom), any hour."
    ]


def test_who_is_not_always_safe_to_speak_has_the_line_one_writes_to_as_well() -> None:
    [line] = below(voice=Voice.UNSAFE, travels_to=("GB",))
    assert line.endswith(
        "Not about to act, Samaritans: call 116 123 (United Kingdom), any hour. Not safe to speak, Shout: text SHOUT to "
        "85258 (United Kingdom), any hour."
    )


def test_a_route_that_needs_registering_is_not_taken_for_granted_abroad() -> None:
    [line] = below(country="GB", voice=Voice.NO_VOICE, registered=True, travels_to=("CA",))
    assert "ask someone safe near you to call 911 (Canada)" in line and "text 911" not in line


def test_the_paper_carries_what_it_prints_and_no_more_of_other_places() -> None:
    carried = [row.key for row in crisis.carried(facts(travels_to=("GB.ENG", "SG")), ROWS)]
    assert carried == ["us-911", "us-988", "us-ctl", "gb-999", "gb-samaritans", "sg-995", "sg-sos"]


def test_h05_what_stands_below_is_as_it_is_built() -> None:
    record = an_agreement(facts(travels_to=("CA",)))
    assert record.box.more and h05(record) == []
    for changed in ({"more": ()}, {"travels_to": ()}, {"more": record.box.more * 2}):
        assert [finding.rule for finding in h05(replace(record, box=replace(record.box, **changed)))] == ["H5"]


def test_h18_numbers_of_other_places_only_where_the_client_said_so() -> None:
    record = an_agreement(facts(travels_to=("CA",)))
    assert h18(record) == []
    not_said = replace(record, box=replace(record.box, travels_to=(), more=()))
    assert [finding.rule for finding in h18(not_said)] == ["H18"]
    further = replace(record, crisis=(*record.crisis, next(row for row in ROWS if row.key == "nz-111")))
    assert [finding.rule for finding in h18(further)] == ["H18"]


def test_h17_a_number_abroad_is_checked_too() -> None:
    record = an_agreement(facts(travels_to=("CA",)))
    checks = {row.key: Check(TODAY, CheckedHow.CALLED) for row in record.crisis}
    assert findings(record, today=TODAY, checks=checks) == []
    del checks["ca-988"]
    assert [found.rule for found in findings(record, today=TODAY, checks=checks)] == ["H17"]


def test_what_came_later_is_left_out_while_it_is_empty_so_that_older_papers_read_the_same() -> None:
    plain, travelling = an_agreement(), an_agreement(facts(travels_to=("CA",)))
    assert not {"more", "travels_to"} & set(plain.to_json()["box"])
    assert {"more", "travels_to"} <= set(travelling.to_json()["box"])
    for record in (plain, travelling, a_record()):
        sealed = Sealed.of(record)
        assert Sealed.from_json(sealed.to_json()) == sealed
    empty = plain.to_json()
    empty["box"]["more"] = []
    with pytest.raises(ValueError, match="box.more: must be left out while it is empty"):
        type(plain).from_json(empty)

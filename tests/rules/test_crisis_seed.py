"""The shipped crisis rows: the digits as published, and the ten traps found while reading them."""

from dataclasses import replace
from datetime import date

import pytest

from agreements.rules import crisis
from agreements.rules.crisis_public import public_lines
from agreements.rules.crisis_rows import Dialled, emergency, line
from agreements.rules.safety import Check, h17
from agreements.rules.vocabulary import CheckedHow, Voice
from tests.rules.agreed import TODAY, an_agreement, facts, resources, shipped

ROWS = resources()
COUNTRIES = ["AU", "CA", "DE", "ES", "FI", "FR", "GB", "IN", "KR", "NL", "NZ", "PT", "SG", "US"]
PUBLISHED = {  # key: call, text to, keyword, chat
    "us-911": ("911", "", "", ""),
    "ca-911": ("911", "", "", ""),
    "gb-999": ("999", "", "", ""),
    "au-000": ("000", "", "", ""),
    "nz-111": ("111", "", "", ""),
    "de-112": ("112", "", "", ""),
    "fr-112": ("112", "", "", ""),
    "es-112": ("112", "", "", ""),
    "pt-112": ("112", "", "", ""),
    "nl-112": ("112", "", "", ""),
    "fi-112": ("112", "", "", ""),
    "in-112": ("112", "", "", ""),
    "sg-995": ("995", "", "", ""),
    "kr-119": ("119", "", "", ""),
    "us-988": ("988", "988", "", "988lifeline.org"),
    "us-ctl": ("", "741741", "HOME", ""),
    "ca-988": ("988", "988", "", ""),
    "gb-samaritans": ("116 123", "", "", ""),
    "gb-shout": ("", "85258", "SHOUT", ""),
    "gb-eng-111": ("111 then 2", "", "", ""),
    "au-lifeline": ("13 11 14", "0477 13 11 14", "", "lifeline.org.au"),
    "nz-1737": ("1737", "1737", "", ""),
    "de-ts": ("0800 111 0 111", "", "", "online.telefonseelsorge.de"),
    "de-ts2": ("0800 111 0 222", "", "", ""),
    "fr-3114": ("3114", "", "", ""),
    "es-024": ("024", "", "", ""),
    "pt-1411": ("1411", "", "", ""),
    "nl-113": ("113", "", "", "113.nl"),
    "nl-0800": ("0800-0113", "", "", ""),
    "fi-mieli": ("09 2525 0111", "", "", ""),
    "in-telemanas": ("14416", "", "", ""),
    "sg-sos": ("1767", "9151 1767", "", ""),
    "sg-1771": ("1771", "+65 6669 1771", "", "mindline.sg"),
    "kr-109": ("109", "", "", ""),
}


def here(country: str, area: str = "") -> list[str]:
    return [row.key for row in crisis.for_place(ROWS, country, area)]


def said(country: str, area: str = "", voice: Voice = Voice.CALLS) -> str:
    return " ".join(step.line for step in crisis.box(facts(country, area=area, voice=voice), ROWS).steps)


def test_the_rows_are_the_published_ones_digit_by_digit() -> None:
    assert {row.key: (row.call, row.text_to, row.text_keyword, row.chat) for row in ROWS} == PUBLISHED
    assert sorted({row.country for row in ROWS}) == COUNTRIES


def test_every_row_says_where_it_was_read() -> None:
    assert [row["key"] for row in shipped() if not row["read_from"]] == []
    assert [row["key"] for row in shipped() if not row["as_of"]] == ["fi-112", "fi-mieli"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_h04_every_country_has_an_emergency_number_and_a_line(country: str) -> None:
    rows = crisis.for_place(ROWS, country, "")
    assert emergency(rows) is not None and line(rows) is not None


def test_trap_1_digits_are_never_derived_from_a_name() -> None:
    assert PUBLISHED["nl-113"][0] == "113" and PUBLISHED["nl-0800"][0] == "0800-0113"
    assert "call 113 (Netherlands)" in said("NL") and "0800-0113 (Netherlands)" in said("NL")
    named = replace(next(row for row in ROWS if row.key == "nl-113"), call="0900 0113")
    rows = [named if row.key == "nl-113" else row for row in ROWS]
    words = crisis.box(facts("NL"), rows).steps[1].words
    assert "113 Zelfmoordpreventie, 0900 0113 (Netherlands)" in words and "call 113 (" not in words


def test_trap_2_the_same_digits_are_another_service_elsewhere() -> None:
    assert here("US") == ["us-911", "us-988", "us-ctl"]
    assert here("CA") == ["ca-911", "ca-988"]
    assert "988 (Canada)" in said("CA") and "United States" not in said("CA")
    assert "111 (New Zealand)" in said("NZ") and "111" not in said("GB")


def test_trap_3_short_codes_stay_the_text_to_dial() -> None:
    numbers = [number for row in ROWS for number in (row.call, row.text_to) if number]
    assert [number for number in numbers if number.startswith("+")] == ["+65 6669 1771"]  # written so by its service
    assert all(isinstance(row["call"], str) and isinstance(row["text_to"], str) for row in shipped())


def test_trap_4_a_date_on_a_page_is_not_a_check() -> None:
    """Who checked, how and on which day is a row of its own: tests/actions/test_crisis.py, tests/admin/."""
    agreement = an_agreement()
    assert not {"checked_by", "checked_how", "checked_on"} & {name for row in shipped() for name in row}
    assert len(h17(agreement, today=TODAY, opened=TODAY, checks={})) == len(agreement.crisis)
    read = {row.key: Check(TODAY, CheckedHow.READ) for row in agreement.crisis}
    assert h17(agreement, today=TODAY, opened=TODAY, checks=read) == []
    later = date(2027, 11, 24)
    assert len(h17(agreement, today=later, opened=later, checks=read)) == len(agreement.crisis)


def test_trap_5_no_stale_number_ships() -> None:
    everything = " ".join(str(row) for row in shipped())
    for stale in ("833-456-4566", "45645", "273-8255", "suicidepreventionlifeline", "1393", "1577-0199"):
        assert stale not in everything


def test_trap_6_what_has_ended_is_never_printed() -> None:
    assert all("press 3" not in said(country, voice=voice).lower() for country in COUNTRIES for voice in Voice)
    assert "109 (South Korea)" in said("KR") and "1411 (Portugal)" in said("PT")


def test_trap_7_one_country_is_not_one_row() -> None:
    assert "gb-eng-111" in here("GB", "ENG") and "gb-eng-111" not in here("GB", "SCT") + here("GB")
    assert here("GB", "ENG")[:3] == ["gb-999", "gb-samaritans", "gb-shout"]
    assert "111 then 2 (England)" in said("GB", "ENG") and "111 then 2" not in said("GB", "WLS")


@pytest.mark.parametrize("country", COUNTRIES)
def test_trap_8_a_line_that_does_not_answer_leads_on(country: str) -> None:
    suicidal = crisis.box(facts(country), ROWS).steps[1].words
    first = line(crisis.for_place(ROWS, country, ""))
    assert first is not None
    after = suicidal.split("Line busy: ")[1].split(" Getting worse")[0]
    assert any(char.isdigit() for char in after) and not after.startswith(f"{first.call} (")


def test_trap_9_only_confirmed_keywords_ship() -> None:
    """That one nobody confirmed is not printed: tests/reads/test_resources.py."""
    words = {row["key"]: (row["text_keyword"], row["keyword_confirmed"]) for row in shipped() if row["text_keyword"]}
    assert words == {"us-ctl": ("HOME", True), "gb-shout": ("SHOUT", True)}
    assert [row["key"] for row in shipped() if row.get("keyword_confirmed") and not row["text_keyword"]] == []


def test_trap_10_paired_services_stand_together() -> None:
    keys = {row.key for row in ROWS}
    for row in ROWS:
        if row.pair_with:
            assert row.pair_with in keys
            order = here(row.country, row.area)
            assert abs(order.index(row.key) - order.index(row.pair_with)) == 1
    young = replace(next(row for row in ROWS if row.key == "us-988"), key="us-a", kind="youth", pair_with="us-988")
    assert [row.key for row in crisis.for_place([young, *ROWS], "US", "")] == ["us-911", "us-988", "us-a", "us-ctl"]


@pytest.mark.parametrize("voice", list(Voice))
@pytest.mark.parametrize(("country", "area"), sorted({(row.country, row.area) for row in ROWS}))
def test_trap_10_both_of_a_pair_are_on_the_paper(country: str, area: str, voice: Voice) -> None:
    of = facts(country, area=area, voice=voice)
    box = crisis.box(of, ROWS)
    words = " ".join([step.words for step in box.steps] + [line.words for line in box.more])
    for row in crisis.carried(of, ROWS):
        assert any(way and way in words for way in (row.call, row.text_to, row.chat)), row.key


@pytest.mark.parametrize(
    ("country", "tapped"),
    [
        ("AU", ["tel:000", "tel:131114", "sms:0477131114"]),
        ("NL", ["tel:112", "tel:113", "tel:08000113"]),
        ("GB", ["tel:999", "tel:116123", "sms:85258"]),
        ("SG", ["tel:995", "tel:1767", "tel:1771"]),
    ],
)
def test_a_tap_dials_the_digits_as_they_stand(country: str, tapped: list[str]) -> None:
    lines = public_lines(ROWS, country)
    parts = [part for _number, line_of in lines for part in line_of if isinstance(part, Dialled)]
    assert [number for number, _line in lines] in ([1, 2], [1, 2, 3])
    assert [part.href for part in parts] == tapped
    assert all(part.text.replace(" ", "").replace("-", "") == part.href[4:] for part in parts)

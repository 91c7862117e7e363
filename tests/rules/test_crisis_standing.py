"""A row that comes new is an extra: the box of its place stays as it was (H17)."""

from dataclasses import replace

import pytest

from agreements.rules.crisis_rows import Resource
from agreements.rules.crisis_standing import changes, displaced, displaced_fault
from agreements.rules.vocabulary import ResourceKind
from tests.rules.agreed import resources

ROWS = {row.key: row for row in resources()}


def there(country: str) -> list[Resource]:
    return [row for row in resources() if row.country == country]


def new(like: str, key: str, **facts: object) -> Resource:
    return replace(ROWS[like], key=key, pair_with="", **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "out"),
    [
        (new("gb-999", "gb-101", call="101", service="Police"), "gb-999"),
        (new("gb-999", "gb-112", call="112"), "gb-999"),
        (new("kr-119", "kr-112", call="112"), "kr-119"),
        (new("gb-999", "zz-999", call="9999999"), "gb-999"),
        (new("us-988", "us-77", call="77", service="Line"), "us-988"),
        (new("us-988", "us-000", chat="line.org"), "us-988"),
        (new("gb-999", "gb-101", call="101", kind=ResourceKind.LOCAL), None),
        (new("us-988", "us-zzz", call="1 800 555 0100", service="Line", chat="", text_to=""), None),
        (new("gb-samaritans", "gb-wls", area="WLS", call="111", service="Line"), None),
        (replace(ROWS["us-988"], call="989"), None),
        (replace(ROWS["gb-999"], call="998"), None),
    ],
)
def test_h17_an_addition_is_extra_and_never_instead(row: Resource, out: str | None) -> None:
    found = displaced(row, there(row.country))
    assert (found.key if found else None) == out
    assert (displaced_fault(row, there(row.country)) != "") is (out is not None)


def test_h17_a_line_that_takes_texts_keeps_its_place_too() -> None:
    known = new("us-ctl", "us-ctl")
    assert displaced(new("us-ctl", "us-aaa", text_to="1"), [known]) == known
    assert displaced(new("us-ctl", "us-zzz", text_to="1"), [known]) is None


def test_the_first_row_of_a_place_takes_nobodys_place() -> None:
    assert displaced(ROWS["nz-111"], []) is None
    assert displaced(ROWS["nz-111"], [ROWS["nz-1737"]]) is None


def test_what_the_box_will_say_begins_each_sentence_with_a_capital() -> None:
    [was, *_more] = [was for _place, was, _now in changes(replace(ROWS["us-988"], call="989"), there("US"))]
    assert "any hour. The therapist cannot take these calls" in was
    assert ". the therapist" not in was


def test_the_page_says_what_the_box_will_say() -> None:
    row = replace(ROWS["gb-999"], call="998", service="Emergency")
    found = changes(row, there("GB"))
    assert [place for place, *_said in found] == ["United Kingdom, England"] * 2
    assert [(was.startswith("1 · Danger now."), "998" in now, "999" in now) for _place, was, now in found] == [
        (True, True, False)
    ] * 2
    assert changes(ROWS["gb-999"], there("GB")) == []

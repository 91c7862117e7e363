"""What would happen if …, at the screen: eleven moments and any other, asked by an address, nothing kept."""

from __future__ import annotations

import html as markup
import re
from datetime import date

import pytest

from agreements.actions import absences
from agreements.models import Client, Draft
from agreements.rules.situations import Situation
from agreements.rules.steps import Step
from tests import builders, tablet
from tests.doors import Page, Visitor, seen_by
from tests.views.test_headers import contents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

BUTTON = "Show what would happen"
NUMBER = {situation: str(number) for number, situation in enumerate(Situation, 1)}
STEPS = {number: f"<b>{number} · " for number in (1, 2, 3, 4)}


@pytest.fixture(scope="module", autouse=True)
def decided(house: None) -> Draft:
    """A draft of Maya and Dr Lee in which everything before this page is decided."""
    return builders.a_draft(until=Step.WHAT_IF)


def looking(**facts: str) -> Visitor:
    """Both at the page; the client has these facts."""
    Client.objects.update(**facts)
    return seen_by(at=f"/room/{Draft.objects.get().pk}/what-if/")


def asked(visitor: Visitor, what: Situation, day: str = "", at: str = "") -> Page:
    return visitor.press(BUTTON, what=NUMBER[what], day=day, at=at)


def answer(page: Page) -> list[str]:
    """The name and the lines of the row that answers, as they are read."""
    row = page.main.split('id="asked"')[1].split("</ul>")[0]
    return [
        " ".join(re.sub(r"<[^>]+>", "", markup.unescape(line)).split()) for line in re.findall(r"<p.*?</p>", row, re.S)
    ]


def test_eleven_situations_each_with_the_way_to_its_term_and_none_in_danger():
    lee = looking()
    rows = lee.page.main.split("<details")[0].split("<li")[1:]
    assert len(rows) == 11
    links = [re.findall(r"/change/(\w+)/", row) for row in rows]
    assert links == [
        ["window"], ["late"], ["window"], ["night"], ["misread"], [], [], [], ["away"], ["too_much"], ["extra"],
    ]  # fmt: skip
    assert [len(re.findall(r'class="number">911<', row)) for row in rows[5:8]] == [1, 2, 2]
    assert '<details class="another" >' in lee.page.main


def test_an_ordinary_text_on_a_day_they_choose():
    page = asked(looking(), Situation.ORDINARY, "2026-11-24")
    assert page.status == 200
    assert answer(page)[:3] == [
        "An ordinary text: Tuesday, 24 November",
        "Most likely on Wednesday.",
        "It may be later. Later does not mean not caring.",
    ]
    assert page.values("day") == ["2026-11-24"]
    assert page.values("what") == [NUMBER[Situation.ORDINARY]]


def test_the_client_s_hour_is_the_practice_s_night():
    page = asked(looking(zone="America/Los_Angeles"), Situation.UPSET, "2026-11-24", "18:30")
    assert answer(page)[:3] == [
        "A text while upset: Tuesday, 24 November, 6:30 p.m.",
        "In danger? Use the crisis steps first, at any hour.",
        "These are quiet hours where Dr Lee is. Write it, and send it when they are over. If you do send it, nothing breaks: it counts as sent when they are over.",
    ]
    assert "Day and time are those where Maya is." in page.main


def test_a_time_away_of_this_therapist_and_of_no_other():
    lee = looking()
    for username, first in (("lee", 1), ("other", 10)):
        therapist = builders.a_therapist(username)
        days = {"starts_on": date(2026, 12, first), "ends_on": date(2026, 12, first + 4)}
        absences.announce(therapist=therapist, cover="lines", by=therapist, now=builders.NOW, **days)
    assert answer(asked(lee, Situation.ORDINARY, "2026-12-03"))[2] == (
        "Dr Lee is away then. The last day away is Saturday, 5 December."
    )
    assert answer(asked(lee, Situation.ORDINARY, "2026-12-11"))[1] == "Most likely on Monday."


def test_that_is_not_what_we_meant_leads_to_the_term_and_back():
    lee = looking()
    asked(lee, Situation.UPSET, "2026-11-28", "23:00")
    lee.follow("At night")
    lee.press("Save for both of us", night="none")
    assert tablet.at(lee.page) == "what-if"
    assert "These are quiet hours" not in " ".join(answer(asked(lee, Situation.UPSET, "2026-11-28", "23:00")))


@pytest.mark.parametrize(
    ("what", "steps"),
    [(Situation.SUICIDAL, [2, 3, 4]), (Situation.ABOUT_TO_ACT, [1, 3]), (Situation.ALREADY_HURT, [1, 3])]
    + [(Situation.NOT_SURE, [1, 2, 3, 4])],
)
@pytest.mark.parametrize(("day", "at"), [("", ""), ("soon", "25:99"), ("2026-11-28", "23:00")])
def test_danger_is_answered_whatever_stands_at_day_and_time(what, steps, day, at):
    page = asked(looking(), what, day, at)
    found = answer(page)
    assert (page.status, "error" in page.main) == (200, False)
    assert found[0] == f"{what.label}: on any day, at any hour"
    assert [line.split(" · ")[0] for line in found[1:]] == [str(number) for number in steps]
    assert "/change/" not in page.main.split('id="asked"')[1].split("</ul>")[0]
    assert page.values("day") == [day]


@pytest.mark.parametrize("voice", ["calls", "no_voice", "unsafe"])
def test_danger_follows_what_the_client_said_about_the_phone(voice):
    page = asked(looking(voice=voice), Situation.ABOUT_TO_ACT)
    box = page.html.split('class="crisis-box"')[1]
    first = " ".join(re.sub(r"<[^>]+>", "", markup.unescape(box.split("</li>")[0].split("<p>")[1])).split())
    assert answer(page)[1] == f"1 · {first}"


@pytest.mark.parametrize(
    ("what", "day", "at", "field", "words"),
    [
        ("", "2026-11-28", "", "what", "Please choose what happens."),
        ("99", "2026-11-28", "", "what", "Please choose what happens."),
        ("1", "", "", "day", "Please choose a day."),
        ("1", "2027-02-30", "", "day", "Please give a day of the calendar, such as 2027-01-30."),
        ("1", "Friday", "", "day", "Please give a day of the calendar, such as 2027-01-30."),
        ("1", "0026-11-28", "", "day", "Please choose a day less than two years away."),
        ("1", "9999-12-31", "", "day", "Please choose a day less than two years away."),
        ("1", "2026-11-28", "25:00", "at", "Please give a time such as 23:00, or leave it empty."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_stays(what, day, at, field, words):
    lee = looking()
    page = lee.open(f"/room/{Draft.objects.get().pk}/what-if/?what={what}&day={day}&at={at}")
    assert (page.status, page.title.startswith("Error:"), 'id="asked"' in page.main) == (422, True, False)
    assert f'href="#id_{field}"' in page.main
    assert re.findall(r'class="errorlist" id="(\w+)"><li>([^<]+)', page.main) == [(f"id_{field}_error", words)]
    assert (page.values("day"), page.values("at")) == ([day], [at])


@pytest.mark.parametrize(
    ("day", "at"), [("11/28/2026", "11 pm"), ("2026-11-28", "11:00 PM"), ("2026-11-28", "23:00:00")]
)
def test_where_a_browser_has_no_calendar_people_type_it(day, at):
    assert (
        answer(asked(looking(), Situation.ORDINARY, day, at))[0] == "An ordinary text: Saturday, 28 November, 11 p.m."
    )


def test_asking_keeps_nothing_and_the_address_says_nothing():
    lee = looking()
    before = contents()
    for situation in Situation:
        page = asked(lee, situation, "2026-11-28", "23:00")
        assert re.search(r"/what-if/\?what=\d+&day=2026-11-28&at=23%3A00$", page.path)
        assert page.title == "What would happen if … · Texting agreement"
    assert contents() == before


def test_the_page_goes_on_after_asking():
    lee = looking()
    asked(lee, Situation.ORDINARY, "2026-11-28")
    assert tablet.at(lee.press("Yes, this is what we mean")) == "read"


def test_times_that_the_clocks_leave_out_or_bring_twice_are_answered_calmly():
    lee = looking()
    assert answer(asked(lee, Situation.ORDINARY, "2027-03-14", "02:30"))[-2].startswith("The clocks go forward then")
    assert answer(asked(lee, Situation.ORDINARY, "2027-11-07", "01:30"))[-2].startswith("The clocks go back then")


def test_nobody_else_asks_about_this_room():
    stranger = seen_by("someone")
    assert stranger.open(f"/room/{Draft.objects.get().pk}/what-if/?what=6").status == 404

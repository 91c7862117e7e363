"""Time away at the desk: entered once, seen client by client, ticked, printed sheet by sheet, called off (H23)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader, PdfWriter

from agreements.actions import pdf_away
from agreements.models import Absence, AbsenceTask, AwaySheet, AwayTold, CrisisCheck, Practice
from tests import builders
from tests.away import CARD, a_time_away, announced
from tests.doors import seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
DAYS = {"starts_on": "2026-12-14", "ends_on": "2026-12-27"}
COLLEAGUE = {"cover": "person", "cover_name": "Dr Okafor", "cover_phone": "(555) 010-0160"}


def test_h23_it_is_entered_once_with_days_and_cover(sealed):
    lee = seen_by(at="/")
    lee.follow("Time away")
    lee.follow("New time away")
    lee.press("Save")
    assert lee.page.status == 422
    for field in ("starts_on", "ends_on", "cover_0"):
        assert f'href="#id_{field}"' in lee.page.main
    lee.press("Save", **DAYS, cover="person")
    assert (lee.page.status, "Please write the name of the one who covers." in lee.page.main) == (422, True)
    lee.press("Save", **COLLEAGUE)
    assert "Away from 14 December to 27 December 2026" in lee.page.main
    assert "Dr Okafor, (555) 010-0160, is there meanwhile." in lee.page.main
    assert "Please say it by 30 November 2026, as agreed." in lee.page.main
    assert "Away from 14 December to 27 December: to go through with 1 client" in lee.open("/").main


def test_h23_without_a_line_that_holds_to_the_last_day_there_is_no_time_away(sealed, on_the_day):
    on_the_day.shift(timedelta(days=360))
    lee = seen_by(at="/away/new/")
    lee.press("Save", starts_on="2027-11-20", ends_on="2027-12-03", cover="lines")
    assert lee.page.status == 422
    assert "Please check the crisis lines first, up to the last day away." in lee.page.main
    assert not Absence.objects.exists()
    assert CrisisCheck.objects.exists()


def test_told_on_time_and_told_late_are_both_said_plainly(sealed, on_the_day):
    absence = announced(sealed.agreement.therapist)
    on_the_day.shift(timedelta(days=9))
    lee = seen_by(at=f"/away/{absence.pk}/")
    assert "We agreed to say it by 30 November 2026. Later is better than not at all." in lee.page.main
    lee.press("Told", on="2026-12-02")
    assert "Told on 2 December 2026. We agreed to say it by 30 November 2026." in lee.page.main
    told = f"/away/{absence.pk}/{sealed.agreement_id}/told/"
    assert "Please choose the day" in lee.post(told, {"on": "soon"}).main
    lee.post(told, {"on": "2026-11-30"})
    assert "Told on 30 November 2026." in lee.page.main
    assert "We agreed to say it" not in lee.page.main
    assert AwayTold.objects.count() == 2


def test_tasks_stand_on_the_first_page_in_the_week_before_and_are_ticked_there(sealed, on_the_day):
    absence = a_time_away(sealed.agreement)
    assert "write the card" not in seen_by().page.main
    on_the_day.shift(timedelta(days=14))
    lee = seen_by()
    assert "M.R.: write the card, 7 December" in lee.page.main
    assert "M.R.: give it to the one who mails it, 12 December" in lee.page.main
    assert "to go through with" not in lee.page.main
    lee.press("Done")
    assert (lee.page.path, "write the card" in lee.page.main) == ("/", False)
    lee.open(f"/away/{absence.pk}/")
    assert "done on 7 December" in lee.page.main
    lee.press("Still to do")
    assert AbsenceTask.objects.filter(done_at=None).count() == 4


@pytest.mark.parametrize("zone, day", [("America/New_York", 23), ("Asia/Tokyo", 24)])
def test_a_day_is_the_practice_s_day_also_late_in_the_evening(sealed, on_the_day, zone, day):
    Practice.objects.update(zone=zone)
    absence = a_time_away(sealed.agreement, at=builders.NOW + timedelta(hours=11))
    on_the_day.shift(timedelta(hours=11))
    lee = seen_by(at=f"/away/{absence.pk}/")
    assert f"Gone through on {day} November 2026:" in lee.page.main
    lee.press("Done")
    assert f"done on {day} November" in lee.page.main
    lee.follow("Print the away sheets")
    lee.press("It is printed, next")
    assert f"printed on {day} November" in lee.open(f"/away/{absence.pk}/sheets/").main


def test_the_sheets_are_printed_one_after_another_and_it_goes_on_where_it_stopped(sealed, monkeypatch):
    builders.a_sealed_document(client=builders.a_client(name="Noor B.", called="Noor"))
    absence = announced(sealed.agreement.therapist)
    monkeypatch.setattr(pdf_away, "render", lambda sheet: b"%PDF")
    lee = seen_by(at=f"/away/{absence.pk}/")
    lee.follow("Print the away sheets")
    assert ("0 of 2 printed." in lee.page.main, "Next: M.R." in lee.page.main) == (True, True)
    answer = lee.client.get(lee.page.links["Open the sheet to print it"])
    assert answer.headers["Content-Disposition"] == 'inline; filename="away-sheet.pdf"'
    assert AwaySheet.objects.count() == 0  # looking is not printing
    lee.press("It is printed, next")
    lee = seen_by(at=f"/away/{absence.pk}/sheets/")
    assert ("1 of 2 printed." in lee.page.main, "Next: N.B." in lee.page.main) == (True, True)
    lee.press("It is printed, next")
    assert "All are printed." in lee.page.main


def test_all_sheets_come_in_one_file_and_the_therapist_says_which_are_printed(sealed, monkeypatch):
    builders.a_sealed_document(client=builders.a_client(name="Noor B.", called="Noor"))
    absence, one_page = announced(sealed.agreement.therapist), a_page()
    monkeypatch.setattr(pdf_away, "render", lambda sheet: one_page)
    lee = seen_by(at=f"/away/{absence.pk}/sheets/")
    answer = lee.client.get(lee.page.links["Open 2 sheets in one file"])
    assert answer.headers["Content-Disposition"] == 'inline; filename="away-sheets.pdf"'
    assert len(PdfReader(BytesIO(answer.content)).pages) == 2
    assert AwaySheet.objects.count() == 0
    lee.press("They are all printed")
    assert ("2 of 2 printed." in lee.page.main, AwaySheet.objects.count()) == (True, 2)
    assert lee.client.get(f"/away/{absence.pk}/sheets.pdf").headers["Location"] == f"/away/{absence.pk}/sheets/"


def a_page() -> bytes:
    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(made)
    return made.getvalue()


def test_a_task_goes_into_a_calendar_without_a_name(sealed):
    absence = a_time_away(sealed.agreement)
    lee = seen_by(at=f"/away/{absence.pk}/")
    answer = lee.client.get(lee.page.links["For my calendar Write the card"])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="task.ics"'
    [event] = Calendar.from_ical(answer.content).events
    task = AbsenceTask.objects.get(kind="write")
    assert (event["uid"], event["sequence"], event["status"], event["summary"], event.start) == (
        f"task-{task.pk}@between-sessions", 0, "CONFIRMED", "Something you planned", task.due_on,
    )  # fmt: skip
    assert b"Maya" not in answer.content


def test_new_days_are_said_anew_and_it_can_be_called_off(sealed):
    absence = a_time_away(sealed.agreement)
    lee = seen_by(at=f"/away/{absence.pk}/")
    assert "Told on 23 November 2026." in lee.page.main
    lee.follow("Change the days or who is there")
    assert lee.page.values("cover_name") == ["Dr Okafor"]
    lee.press("Save", starts_on="2026-12-21", ends_on="2027-01-03")
    assert ("Told on" in lee.page.main.split("<label")[0], "28 December" in lee.page.main) == (False, True)
    assert lee.client.get(f"/away/{absence.pk}/").status_code == 404
    lee.follow("Change the days or who is there")
    lee.follow("Call it off")
    assert "4 tasks of it are off, in your calendar too." in lee.page.main
    assert Absence.objects.filter(called_off=None).count() == 2
    lee.press("Call it off")
    assert "Nothing is planned." in lee.page.main
    assert "write the card" not in lee.open("/").main


def test_after_a_change_nobody_counts_as_gone_through_until_they_are_again(sealed, on_the_day):
    absence = a_time_away(sealed.agreement, plan=replace(CARD, after_on=date(2026, 12, 29)))
    page, to_do = f"/clients/{sealed.agreement.client_id}/", "to go through with 1 client"
    assert to_do not in seen_by(at="/").page.main
    lee = seen_by(at=f"/away/{absence.pk}/change/")
    lee.press("Save", starts_on="2026-12-07", ends_on="2027-01-03")
    assert "Gone through on 23 November 2026: no texts, a handwritten card. Rosa mails it. The days or" in lee.page.main
    changed = lee.page.path
    assert f"Away from 7 December to 3 January: {to_do}" in lee.open("/").main
    assert "You two have not gone through it yet." in lee.open(page).main
    log = lee.open(f"{page}log/").main
    assert log.count("The two went through the time away.") == 1
    assert "The time away changed. What the two had chosen is kept until they go through it again." in log
    lee.open(changed)
    lee.press("Told")
    for words in ("go through it once more.", "first session after was to be on Tuesday, 29 December."):
        assert words in lee.page.main
    assert to_do in lee.open("/").main
    on_the_day.shift(timedelta(days=1))
    lee = seen_by(at=changed)
    lee.press("Go through it together")
    assert "first session after was to be on Tuesday, 29 December." in lee.page.main
    assert (lee.page.values("mailer"), lee.page.values("hold"), lee.page.values("after_on")) == (
        ["Rosa"],
        ["card"],
        [""],
    )
    lee.press("This works for both of us")
    lee.leave()
    assert "You two went through it." in lee.open(page).main
    assert to_do not in lee.open("/").main
    assert "go through it once more" not in lee.open(changed).main


def test_all_of_a_sudden_says_what_to_do_now_and_whom_to_tell(sealed):
    lee = seen_by(at="/away/")
    lee.follow("I am ill today")
    for words in ("What to do now", "in danger the crisis steps hold", "Nobody has to wait for you."):
        assert words in lee.page.main
    lee.press("Save", ends_on="2026-11-27", cover="lines")
    [absence] = Absence.objects.all()
    assert (absence.sudden, absence.starts_on.isoformat()) == (True, "2026-11-23")
    assert "A safe way to reach them: A phone call." in lee.page.main
    assert "Away since 23 November: 1 client to be told" in lee.open("/").main
    lee.open(f"/away/{absence.pk}/")
    lee.press("Told")
    assert "to be told" not in lee.open("/").main


def test_after_the_return_the_client_page_asks_how_it_was(sealed, on_the_day):
    absence = a_time_away(sealed.agreement)
    page = f"/clients/{sealed.agreement.client_id}/"
    assert "You are away from 14 December to 27 December. You two went through it." in seen_by(at=page).page.main
    on_the_day.shift(timedelta(days=35))
    assert (
        "You were away from 14 December to 27 December. At the next look, ask: how was it?"
        in seen_by(at=page).page.main
    )
    assert f"/away/{absence.pk}/" in seen_by(at="/away/").page.links.values()

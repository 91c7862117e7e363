"""A time away with one client: told, gone through with its tasks, changed, called off, its sheet (H23, O9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from agreements.actions import absences, away, chains, endings, people, reminders
from agreements.actions.refusals import NotNow, Unreadable, Unsafe
from agreements.models import Absence, AbsenceTask, Agreement, AwayPlan, AwaySheet, AwayTold, Reminder
from agreements.reads import away as reads
from agreements.reads import dated
from agreements.rules.away import Plan
from agreements.rules.away_words import AwayTexting, Cover, Hold, Knows, Post
from agreements.rules.vocabulary import Role
from tests.builders import NOW
from tests.views.conftest import house, sealed

__all__ = ["house", "sealed"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
TODAY, DAY = NOW.date(), timedelta(days=1)
FIRST, LAST = date(2026, 12, 14), date(2026, 12, 27)
CARD = Plan(AwayTexting.NONE, Hold.CARD, Post.MAILED, knows=Knows.NAME)
PERSON = {"cover": Cover.PERSON, "cover_name": "Dr Okafor", "cover_phone": "(555) 010-0160"}


@pytest.fixture
def agreement(sealed: Any) -> Agreement:
    return Agreement.objects.get(pk=sealed.agreement_id)


@pytest.fixture
def absence(agreement: Agreement) -> Absence:
    return announce(agreement)


def announce(agreement: Agreement, first: date = FIRST, last: date = LAST, **facts: Any) -> Absence:
    given = {"starts_on": first, "ends_on": last, **PERSON, **facts}
    return absences.announce(therapist=agreement.therapist, by=agreement.therapist, now=NOW, **given)


def go_through(absence: Absence, agreement: Agreement, plan: Plan = CARD, **facts: Any) -> AwayPlan:
    given = {"mailer": "Rosa", "now": NOW, **facts}
    return away.go_through(absence=absence, agreement=agreement, plan=plan, by=agreement.therapist, **given)


def todo() -> dict[str, tuple[date, int, bool]]:
    rows = AbsenceTask.objects.filter(called_off_at=None)
    return {row.kind: (row.due_on, row.sequence, row.done_at is not None) for row in rows}


def test_o9_the_origin_pairs_card_has_its_tasks_and_they_count_as_told(absence, agreement) -> None:
    plan = go_through(absence, agreement)
    assert (plan.as_agreed, plan.mailer, plan.knows) == (True, "Rosa", "name")
    assert todo() == {
        "write": (date(2026, 12, 7), 0, False),
        "give": (date(2026, 12, 12), 0, False),
        "mail": (date(2026, 12, 21), 0, False),
        "reread": (date(2026, 12, 28), 0, False),
    }
    assert AwayTold.objects.get().on == TODAY
    assert list(chains.faults()) == []


def test_going_through_it_again_moves_what_is_open_and_keeps_what_is_done(absence, agreement) -> None:
    go_through(absence, agreement)
    away.tick(task=AbsenceTask.objects.get(kind="write"), done=True, by=agreement.therapist, now=NOW)
    sealed_card = replace(CARD, post=Post.SEALED, before_on=FIRST - 4 * DAY, after_on=LAST + 3 * DAY)
    assert go_through(absence, agreement, sealed_card).mailer == ""
    assert todo() == {
        "write": (date(2026, 12, 7), 0, True),
        "hand": (FIRST - 4 * DAY, 0, False),
        "reread": (LAST + 3 * DAY, 1, False),
    }
    assert not go_through(absence, agreement, Plan(AwayTexting.SLOWER, Hold.NONE, knows=Knows.NOTHING)).as_agreed
    assert set(todo()) == {"write"}
    assert (AwayPlan.objects.count(), AwayTold.objects.count()) == (3, 1)


def entries(agreement: Agreement) -> dict[str, tuple[date, int, bool]]:
    """What the feed says of each task, by kind: its day, its number, whether it is off."""
    kinds = {f"task-{row.pk}@between-sessions": row.kind for row in AbsenceTask.objects.all()}
    found = dated.of(agreement.therapist, today=TODAY)
    return {kinds[each.uid]: (each.day, each.sequence, each.cancelled) for each in found if each.uid in kinds}


def test_a_task_that_is_no_longer_wanted_is_called_off_and_keeps_its_id(absence, agreement) -> None:
    go_through(absence, agreement)
    ids = {row.kind: row.pk for row in AbsenceTask.objects.all()}
    reminders.plan(now=NOW + 14 * DAY)
    nothing = Plan(AwayTexting.NONE, Hold.NONE, knows=Knows.NAME)
    go_through(absence, agreement, nothing)
    assert {each[1:] for each in entries(agreement).values()} == {(1, True)}
    assert set(Reminder.objects.values_list("state", flat=True)) == {"cancelled"}
    go_through(absence, agreement)
    assert entries(agreement)["mail"] == (date(2026, 12, 21), 2, False)
    assert {row.kind: row.pk for row in AbsenceTask.objects.all()} == ids
    absences.call_off(absence=absence, by=agreement.therapist, now=NOW)
    assert {each[1:] for each in entries(agreement).values()} == {(3, True)}


def test_reminders_of_a_time_away_that_is_called_off_are_off_in_the_same_transaction(absence, agreement) -> None:
    go_through(absence, agreement)
    reminders.plan(now=NOW + 14 * DAY)
    absences.call_off(absence=absence, by=agreement.therapist, now=NOW + 14 * DAY)
    assert set(Reminder.objects.values_list("state", flat=True)) == {"cancelled"}


def test_before_an_announced_end_tasks_stand_and_from_its_day_on_they_are_off(absence, agreement) -> None:
    go_through(absence, agreement)
    on = date(2026, 12, 21)
    endings.stop(
        agreement=agreement, by_role=Role.THERAPIST, effective_on=on, by=agreement.therapist, now=NOW, planned=True
    )
    assert {kind: off for kind, (_day, _number, off) in entries(agreement).items()} == {
        "write": False, "give": False, "mail": True, "reread": True,
    }  # fmt: skip
    assert [task.kind for task in reads.open_tasks(LAST + 9 * DAY)] == ["write", "give"]


@pytest.mark.parametrize(
    ("first", "last", "field"), [(0, 0, "starts_on"), (5, 30, "starts_on"), (-5, 3, "ends_on"), (-5, 40, "ends_on")]
)
def test_days_that_another_time_away_holds_are_refused_at_the_field(absence, agreement, first, last, field) -> None:
    with pytest.raises(Unreadable, match="You are away from 14 December to 27 December 2026 already.") as refused:
        announce(agreement, FIRST + first * DAY, FIRST + last * DAY)
    assert refused.value.field == field
    absences.change(
        absence=absence, starts_on=FIRST + 2 * DAY, ends_on=LAST + 2 * DAY, by=agreement.therapist, now=NOW, **PERSON
    )
    assert announce(agreement, FIRST, FIRST + DAY).starts_on == FIRST


@pytest.mark.parametrize(
    ("changes", "mailer", "field"),
    [
        ({"texting": ""}, "Rosa", "texting"),
        ({"hold": ""}, "Rosa", "hold"),
        ({"post": ""}, "Rosa", "post"),
        ({}, "  ", "mailer"),
        ({"knows": ""}, "Rosa", "knows"),
        ({"before_on": FIRST + DAY}, "Rosa", "before_on"),
        ({"after_on": LAST}, "Rosa", "after_on"),
        ({"instead": "If suicidal, text me."}, "Rosa", "instead"),
        ({"instead": "Call (555) 010-0199."}, "Rosa", "instead"),
        ({}, "Suicidal? Text Rosa", "mailer"),
        ({}, "Ma\ue000ya", "mailer"),
    ],
)
def test_an_answer_that_is_missing_or_unfit_is_named_and_nothing_is_kept(absence, agreement, changes, mailer, field):
    with pytest.raises(Unreadable) as refused:
        go_through(absence, agreement, replace(CARD, **changes), mailer=mailer)
    assert (refused.value.field, AwayPlan.objects.count(), todo()) == (field, 0, {})


def test_h23_no_page_and_no_sheet_while_the_clients_own_lines_do_not_hold_to_the_last_day(absence, agreement) -> None:
    people.change_client(client=agreement.client, by=agreement.therapist, now=NOW, country="FR")
    go_through(absence, agreement)
    people.change_client(client=agreement.client, by=agreement.therapist, now=NOW, country="ZZ")
    with pytest.raises(Unsafe) as refused:
        go_through(absence, agreement)
    assert [(finding.rule, finding.where) for finding in refused.value.findings] == [("H23", "crisis")]


def test_what_is_over_called_off_or_stopped_is_not_gone_through(absence, agreement) -> None:
    with pytest.raises(NotNow):
        go_through(absence, agreement, now=NOW + 60 * DAY)
    absences.call_off(absence=absence, by=agreement.therapist, now=NOW)
    with pytest.raises(NotNow):
        go_through(absence, agreement)
    again = announce(agreement)
    endings.stop(agreement=agreement, by_role=Role.CLIENT, effective_on=TODAY, by=agreement.therapist, now=NOW + DAY)
    with pytest.raises(NotNow):
        go_through(again, agreement)


def test_new_days_take_the_plan_and_the_tasks_along_but_not_who_was_told(absence, agreement) -> None:
    go_through(absence, agreement, replace(CARD, before_on=FIRST - DAY, after_on=LAST + DAY))
    ids = set(AbsenceTask.objects.values_list("pk", flat=True))
    therapist = agreement.therapist
    new = absences.change(
        absence=absence, starts_on=FIRST + 7 * DAY, ends_on=LAST + 7 * DAY, by=therapist, now=NOW, **PERSON
    )
    assert todo()["mail"] == (date(2026, 12, 28), 1, False)
    assert set(AbsenceTask.objects.filter(absence=new).values_list("pk", flat=True)) == ids
    plan = AwayPlan.objects.get(absence=new)
    fits = reads.plan_of(plan)
    assert (plan.knows, plan.mailer, fits.before_on, fits.after_on) == ("name", "Rosa", FIRST - DAY, None)
    assert todo()["reread"] == (LAST + 8 * DAY, 1, False)
    assert reads.gone_through([new]) == set()
    assert not AwayTold.objects.filter(absence=new).exists()
    go_through(new, agreement, now=NOW + DAY)
    assert reads.gone_through([new]) == {(new.pk, agreement.pk)}
    with pytest.raises(NotNow):
        absences.change(absence=absence, starts_on=FIRST, ends_on=LAST, by=therapist, now=NOW, **PERSON)
    assert list(chains.faults()) == []


def test_days_that_are_changed_back_give_the_session_days_back_and_still_are_gone_through_again(absence, agreement):
    go_through(absence, agreement, replace(CARD, after_on=LAST + DAY))
    for last in (LAST + 7 * DAY, LAST):
        absence = absences.change(
            absence=absence, starts_on=FIRST, ends_on=last, by=agreement.therapist, now=NOW + DAY, **PERSON
        )
    assert reads.plan_of(AwayPlan.objects.get(absence=absence)).after_on == LAST + DAY
    assert todo()["reread"] == (LAST + DAY, 2, False)
    assert reads.gone_through([absence]) == set()


def test_a_promised_card_whose_day_to_write_it_is_past_is_to_be_written_today(absence, agreement) -> None:
    go_through(absence, agreement)
    first = TODAY + 2 * DAY
    absences.change(absence=absence, starts_on=first, ends_on=LAST, by=agreement.therapist, now=NOW + DAY, **PERSON)
    assert {kind: day for kind, (day, _number, _done) in todo().items()} == {
        "write": TODAY + DAY, "give": TODAY + DAY, "mail": date(2026, 12, 11), "reread": LAST + DAY,
    }  # fmt: skip
    assert entries(agreement)["write"] == (TODAY + DAY, 1, False)


def test_somebody_else_who_covers_is_asked_about_anew(absence, agreement) -> None:
    go_through(absence, agreement)
    new = absences.change(
        absence=absence, starts_on=FIRST, ends_on=LAST, by=agreement.therapist, now=NOW,
        cover=Cover.PERSON, cover_name="Dr Adeyemi", cover_phone="(555) 010-0161",
    )  # fmt: skip
    assert AwayPlan.objects.get(absence=new).knows == ""


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"cover": ""}, "cover"),
        ({"cover_name": " "}, "cover_name"),
        ({"cover_phone": ""}, "cover_phone"),
        ({"cover_name": "Suicidal? Text me"}, "cover_name"),
        ({"cover_name": "Dr Okafor 555 010 0199"}, "cover_name"),
        ({"cover_name": "24/7"}, "cover_name"),
        ({"cover_phone": "555 0100: if suicidal text me, I always answer"}, "cover_phone"),
        ({"cover_phone": "988"}, "cover_phone"),
        ({"first": TODAY - 9 * DAY, "last": TODAY - DAY}, "ends_on"),
        ({"first": TODAY - 400 * DAY}, "starts_on"),
    ],
)
def test_h23_a_time_away_without_cover_or_with_days_that_are_over_is_refused(
    agreement, facts: dict, field: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        announce(agreement, **facts)
    assert (refused.value.field, Absence.objects.count()) == (field, 0)


def test_announcing_calling_off_telling_and_printing_twice_is_once(agreement) -> None:
    key, by = uuid4(), {"by": agreement.therapist, "now": NOW}
    absence = announce(agreement, form_key=key)
    assert announce(agreement, form_key=key) == absence
    of = {"absence": absence, "agreement": agreement, "form_key": uuid4(), **by}
    assert away.tell(on=TODAY, **of) == away.tell(on=TODAY, **of)
    of["form_key"] = uuid4()
    assert away.printed(**of) == away.printed(**of)
    assert absences.call_off(absence=absence, **by) == absences.call_off(absence=absence, **by)
    assert (AwayTold.objects.count(), AwaySheet.objects.count(), Absence.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("day", [TODAY + DAY, TODAY - 400 * DAY])
def test_nobody_was_told_tomorrow(absence, agreement, day: date) -> None:
    with pytest.raises(Unreadable):
        away.tell(absence=absence, agreement=agreement, on=day, by=agreement.therapist, now=NOW)


def test_a_task_is_ticked_and_unticked(absence, agreement) -> None:
    go_through(absence, agreement)
    task, by = AbsenceTask.objects.get(kind="mail"), {"by": agreement.therapist, "now": NOW}
    assert away.tick(task=task, done=True, **by).done_at == NOW
    assert away.tick(task=task, done=True, by=agreement.therapist, now=NOW + DAY).done_at == NOW
    missed = away.tick(task=task, done=False, missed=True, **by)
    assert (missed.done_at, missed.not_done_at) == (None, NOW)
    assert "mail" not in [each.kind for each in reads.open_tasks(LAST)]
    open_again = away.tick(task=task, done=False, **by)
    assert (open_again.done_at, open_again.not_done_at) == (None, None)

"""Crisis rows: the digits as they are dialled, checked by somebody on a day, never changed once published."""

import json
from typing import Any
from uuid import uuid4

import pytest

from agreements.actions import crisis, sealing
from agreements.actions.refusals import NotNow, Stale, Unreadable
from agreements.management.first_run import FIXTURES
from agreements.models import AuditEvent, CrisisCheck, CrisisResource, Document, Draft, Recall, Withdrawal
from agreements.reads import resources
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CheckedHow, Role, SignatureKind
from tests import builders, recalls, review_rows
from tests.builders import NOW
from tests.models.rows import LINE
from tests.recalls import quick_paper

__all__ = ["quick_paper"]

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def line() -> CrisisResource:
    review_rows.a_practice()
    return crisis.read_in(rows=[LINE], by=None, now=NOW)[0]


def test_every_number_stands_in_the_database_as_it_stands_in_the_file() -> None:
    builders.a_practice()
    shipped = json.loads((FIXTURES / "crisis_resources.json").read_text(encoding="utf-8"))
    kept = {row.key: row for row in CrisisResource.objects.all()}
    assert sorted(kept) == sorted(row["key"] for row in shipped)
    for row in shipped:
        assert {name: getattr(kept[row["key"]], name) for name in row} == {
            name: "" if value is None else value for name, value in row.items()
        }


def test_a_row_that_is_there_already_stays_as_it_is(line: CrisisResource) -> None:
    assert crisis.read_in(rows=[{**LINE, "call": "989"}], by=None, now=NOW) == []
    assert CrisisResource.objects.get().call == "988"


def test_a_check_says_who_how_and_on_which_day(line: CrisisResource) -> None:
    therapist, key = review_rows.a_therapist(), uuid4()
    for _ in range(2):
        crisis.check(resource=line, how=CheckedHow.TEXTED, by=therapist, today=TODAY, now=NOW, form_key=key)
    assert list(CrisisCheck.objects.values_list("resource__key", "how", "by", "checked_on")) == [
        ("us-988", "texted", therapist.pk, TODAY)
    ]
    event = AuditEvent.objects.get(kind="crisis resource checked")
    assert {**event.details, "row": None} == {"row": None, "resource": "us-988", "how": "texted"}


def test_h17_not_checked_counts_in_a_demo_only(line: CrisisResource) -> None:
    with pytest.raises(NotNow):
        crisis.check(resource=line, how=CheckedHow.DEMO, by=None, today=TODAY, now=NOW)
    assert CrisisCheck.objects.count() == 0


def test_in_a_demo_lines_need_no_check() -> None:
    builders.a_practice(demo=True)
    row = CrisisResource.objects.first()
    assert crisis.check(resource=row, how=CheckedHow.DEMO, by=None, today=TODAY, now=NOW).how == CheckedHow.DEMO


def test_a_written_row_is_published_once_and_never_unchecked(line: CrisisResource) -> None:
    draft = CrisisResource.objects.create(**{**LINE, "key": "us-new", "call": "222"})
    for now in (NOW, NOW.replace(year=2027)):
        done = crisis.publish(resource=draft, how=CheckedHow.CALLED, by=None, today=TODAY, now=now)
        assert done.published_at == NOW
    assert list(draft.checks.values_list("how", "checked_on")) == [("called", TODAY)]
    assert AuditEvent.objects.filter(kind="crisis resource published").count() == 1
    assert Recall.objects.count() == 0


def test_a_correction_starts_with_the_same_facts_and_there_is_one(line: CrisisResource) -> None:
    first, again = (crisis.correct(resource=line, by=None, now=NOW) for _ in range(2))
    assert first == again
    assert (first.replaces, first.published_at, first.key) == (line, None, line.key)
    facts = [name for name in crisis.EDITED if name not in crisis.SOURCE]
    assert [getattr(first, name) for name in facts] == [getattr(line, name) for name in facts]
    assert [(first.read_from, first.as_of), (line.read_from, line.as_of)] == [("", ""), ("988lifeline.org", "2026-01")]
    assert list(resources.holding()) == [line]


def test_what_is_not_in_use_cannot_be_corrected_or_withdrawn(line: CrisisResource) -> None:
    draft = recalls.draft_of("us-988", call="989")
    for verb in (crisis.correct, crisis.withdraw):
        with pytest.raises(NotNow):
            verb(resource=draft, by=None, now=NOW)
    recalls.published(draft)
    for verb in (crisis.correct, crisis.withdraw):
        with pytest.raises(NotNow):
            verb(resource=line, by=None, now=NOW)
    assert list(resources.holding()) == [draft]


@pytest.mark.parametrize("missing", ["read_from", "as_of"])
def test_digits_are_not_published_without_their_source_and_its_date(line: CrisisResource, missing: str) -> None:
    draft = recalls.draft_of("us-988", call="989", **{missing: " "})
    with pytest.raises(Unreadable) as refused:
        recalls.published(draft)
    assert (refused.value.field, list(resources.holding())) == (missing, [line])


@pytest.mark.parametrize("source", [{}, {"read_from": "988lifeline.org", "as_of": "2026-01"}])
def test_something_identical_is_not_published(line: CrisisResource, source: dict[str, str]) -> None:
    draft = recalls.draft_of("us-988", **source)
    with pytest.raises(NotNow, match="Nothing differs"):
        recalls.published(draft)
    draft.refresh_from_db()
    assert (draft.published_at, CrisisCheck.objects.count(), Recall.objects.count()) == (None, 0, 0)


def test_a_row_that_prints_the_same_takes_over_without_a_recall(line: CrisisResource) -> None:
    newer = recalls.changed(note="Their page was read again.", as_of="2026-11")
    assert (list(resources.holding()), Recall.objects.count()) == ([newer], 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("call", "989"), ("service", "The 988 line"), ("place", "USA"), ("text_to", "988"), ("chat", "988.example"),
        ("non_voice", "use relay"), ("hours", "9 to 5"), ("kind", "general"), ("languages", ["en", "es"]),
    ],
)  # fmt: skip
def test_whatever_is_printed_makes_a_recall_when_it_changes(line: CrisisResource, field: str, value: object) -> None:
    recalls.changed(**{field: value})
    assert list(Recall.objects.values_list("resource", flat=True)) == [line.pk]


def test_a_keyword_counts_once_it_is_confirmed(line: CrisisResource) -> None:
    first = recalls.changed(text_to="988")
    recalls.changed(text_keyword="HELP")
    assert [each.resource for each in Recall.objects.all()] == [line]
    confirmed = recalls.changed(keyword_confirmed=True)
    assert [each.resource for each in Recall.objects.all()] == [line, confirmed.replaces]
    assert first.text_keyword == ""


@pytest.mark.parametrize("change", [{"text_keyword": "HELLO"}, {"text_keyword": "HOME1"}, {"text_to": "741742"}])
def test_trap_9_a_confirmation_of_another_word_or_number_counts_for_nothing(change: dict[str, str]) -> None:
    builders.a_practice()
    draft = recalls.draft_of("us-ctl", **change)
    assert draft.keyword_confirmed is False
    CrisisResource.objects.filter(pk=draft.pk).update(keyword_confirmed=True)  # past the door
    with pytest.raises(Unreadable, match="Nobody has confirmed") as refused:
        recalls.published(draft)
    assert (refused.value.field, recalls.row("us-ctl").text_keyword) == ("keyword_confirmed", "HOME")


def test_trap_9_a_word_prints_once_it_is_confirmed_anew_or_as_it_was() -> None:
    builders.a_practice()
    draft = recalls.draft_of("us-ctl", text_keyword="HELLO")
    draft.keyword_confirmed = True
    crisis.write(resource=draft, by=None, now=NOW)
    assert resources.plain([recalls.published(draft)])[0].text_keyword == "HELLO"
    kept = recalls.changed("gb-shout", hours="24 hours")
    assert resources.plain([kept])[0].text_keyword == "SHOUT"
    left = recalls.changed("gb-shout", text_keyword="HELLO")
    assert resources.plain([left])[0].text_keyword == ""


def test_withdrawing_is_once_and_recalls(line: CrisisResource) -> None:
    for _ in range(2):
        crisis.withdraw(resource=line, by=None, now=NOW)
    assert list(resources.holding()) == []
    assert (Withdrawal.objects.count(), Recall.objects.count()) == (1, 1)
    kinds = AuditEvent.objects.filter(kind__in=["crisis resource withdrawn", "recall"]).values_list("kind", flat=True)
    assert sorted(kinds) == ["crisis resource withdrawn", "recall"]


FAULTS = [
    ("call", "0800 TALK"), ("call", ""), ("text_to", "text me"), ("chat", "https://988lifeline.org"), ("hours", ""),
    ("service", " "), ("place", ""), ("country", "U1"), ("area", "england"), ("languages", []),
    ("languages", ["English"]), ("pair_with", "nobody"), ("text_keyword", "HOME"), ("text_app", "WhatsApp"),
    ("non_voice_needs_registering", True), ("service", "\x00"), ("note", "\u202e"), ("place", "\U00013000"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), FAULTS)
def test_a_faulty_row_is_not_published_and_names_the_field(line: CrisisResource, field: str, value: object) -> None:
    draft = CrisisResource(**{**LINE, "key": "us-new", field: value})
    assert list(crisis.faults(draft, today=NOW.date())) == [field]
    draft = recalls.draft_of("us-988")
    setattr(draft, field, value)
    if "\x00" not in str(value):  # PostgreSQL would not take it at all
        draft.save()
        with pytest.raises(Unreadable) as refused:
            recalls.published(draft)
        assert refused.value.field == field
        assert (Recall.objects.count(), list(resources.holding())) == (0, [line])


@pytest.mark.parametrize(
    "call", ["988", "111 then 2", "0800-0113", "+65 6669 1771", "(555) 010-0143", "13 11 14", "024"]
)
def test_digits_stay_the_text_that_is_dialled(line: CrisisResource, call: str) -> None:
    if call == line.call:
        call = "988 then 1"
    assert recalls.changed(call=call).call == call
    assert resources.holding().get().call == call


def test_a_second_row_with_a_key_that_is_there_is_refused(line: CrisisResource) -> None:
    assert list(crisis.faults(CrisisResource(**LINE), today=NOW.date())) == ["key"]


def test_a_number_that_changes_while_two_sign_voids_what_they_signed() -> None:
    draft = builders.a_draft(until=Step.SIGN)
    version = draft.versions.latest()
    recalls.changed("ca-988")
    draft.refresh_from_db()
    assert draft.rev == version.draft_rev
    recalls.changed("us-988")
    draft.refresh_from_db()
    assert draft.rev == version.draft_rev + 1
    assert rooms.enter(draft.pk).next_step == Step.BOX
    with pytest.raises(Stale):
        sealing.sign(
            draft=draft, role=Role.CLIENT, kind=SignatureKind.PAPER, digest_seen=version.digest,
            by=draft.agreement.therapist, now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("verb", [recalls.changed, recalls.withdrawn])
def test_the_log_says_whose_signature_a_changed_number_voids_once(verb: Any) -> None:
    draft = builders.a_draft(until=Step.SIGN)
    version, therapist = draft.versions.latest(), draft.agreement.therapist
    signed = sealing.sign(
        draft=draft, role=Role.CLIENT, kind=SignatureKind.PAPER, digest_seen=version.digest, by=therapist, now=NOW
    )
    recalls.changed("ca-988")
    kind = "signature no longer counts"
    assert not AuditEvent.objects.filter(kind=kind).exists()
    verb("us-988")
    recalls.changed("us-ctl", text_to="741742")
    [event] = AuditEvent.objects.filter(kind=kind)
    assert (event.chain, event.subject, event.details["role"]) == (draft.agreement_id, signed.pk, Role.CLIENT)


def test_a_number_of_a_place_they_travel_to_voids_too() -> None:
    draft = builders.a_draft(until=Step.SIGN, client=builders.a_client(travels_to=["CA"]))
    recalls.withdrawn("ca-988")
    assert Draft.objects.get().rev == draft.rev + 1


@pytest.mark.usefixtures("quick_paper")
def test_what_is_sealed_is_not_touched() -> None:
    document = builders.a_sealed_document(script=builders.NO_TEXTING)
    before = (document.content, document.version.draft.rev)
    recalls.changed("us-988")
    document = Document.objects.get()
    assert (document.content, document.version.draft.rev) == before

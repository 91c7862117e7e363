"""What the two sign is frozen word for word; each signs for themself; an edit voids it without touching a row."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from agreements.actions import drafting, endings, negotiation, sealing
from agreements.actions.refusals import NotNow, Stale, Unreadable, Unsafe
from agreements.management.walk import ORIGIN, Script, choose, ink, walk
from agreements.models import CarriedResource, CrisisCheck, Draft, Signature, Version
from agreements.reads import room as rooms
from agreements.rules import digest
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Outcome, Role, SignatureKind
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NAMES = {Role.CLIENT: "Maya R.", Role.THERAPIST: "Dr J. Lee"}


@pytest.fixture
def ready() -> Draft:
    return builders.a_draft(until=Step.SIGN)


def sign(draft: Draft, role: Role = Role.CLIENT, kind: SignatureKind = SignatureKind.TYPED, **facts) -> Signature:
    seen = {"digest_seen": draft.versions.latest().digest, "typed": NAMES[role], **facts}
    return sealing.sign(draft=draft, role=role, kind=kind, by=draft.agreement.therapist, now=NOW, **seen)


def freeze(draft: Draft, now=NOW + timedelta(hours=1)) -> Version:
    return sealing.freeze(draft=draft, by=draft.agreement.therapist, now=now)


def decide_anew(draft: Draft) -> None:
    term = draft.terms.get(clause__key="often")
    negotiation.decide(term=term, value=choose("one_two"), seen_rev=term.rev, by=draft.agreement.therapist, now=NOW)


def test_the_digest_is_of_exactly_what_will_be_printed(ready: Draft) -> None:
    version = ready.versions.get()
    assert version.digest == digest.sha256(version.snapshot)
    assert (version.draft_rev, version.number, version.replaces) == (ready.rev, 1, "")
    assert version.review_on.isoformat() == version.snapshot["review_on"] == "2026-12-21"


def test_the_snapshot_holds_no_position_no_reason_and_no_why() -> None:
    draft = builders.a_draft(until=Step.READ)
    by = draft.agreement.therapist
    negotiation.say_why(
        term=draft.terms.get(clause__key="often"), why="My mother was ill.", why_of=Role.CLIENT, by=by, now=NOW
    )
    text = json.dumps(freeze(draft).snapshot)
    assert [word for word in ("My mother", "most days is more", "go to bed", "most_days", "@") if word in text] == []


def test_a_version_carries_the_crisis_rows_its_paper_shows(ready: Draft) -> None:
    version = ready.versions.get()
    carried = CarriedResource.objects.filter(version=version).values_list("resource__key", flat=True)
    assert sorted(carried) == sorted(row["key"] for row in version.snapshot["crisis"])
    assert carried


def test_freezing_again_on_the_same_day_is_the_same_version(ready: Draft) -> None:
    assert freeze(ready, NOW + timedelta(hours=2)) == ready.versions.get()


def test_another_day_is_another_version_with_its_own_dates(ready: Draft) -> None:
    first, second = ready.versions.get(), freeze(ready, NOW + DAY)
    assert first != second
    assert (second.snapshot["made_on"], second.review_on) == ("2026-11-24", first.review_on + DAY)
    assert first.snapshot["nonce"] != second.snapshot["nonce"]


def test_a_signature_of_another_day_does_not_carry_old_dates_into_the_seal(ready: Draft) -> None:
    sign(ready)
    fresh = freeze(ready, NOW + 7 * DAY)
    assert fresh.review_on > ready.versions.earliest("frozen_at").review_on
    assert sealing.awaited(fresh) == [Role.CLIENT, Role.THERAPIST]


def test_nothing_is_frozen_before_the_pages_are_done() -> None:
    draft = builders.a_draft(until=Step.HOW)
    with pytest.raises(NotNow):
        freeze(draft)
    assert Version.objects.count() == 0


@pytest.mark.parametrize("key", ["limit", "too_much", "look_again", "notice", "ending"])
def test_nothing_is_frozen_while_one_of_the_five_has_no_answer(key: str) -> None:
    draft = builders.a_draft(until=Step.READ)
    draft.terms.filter(clause__key=key).update(state="undecided", value=None)
    with pytest.raises(NotNow):
        freeze(draft)
    assert Version.objects.count() == 0


def test_nothing_is_frozen_with_lines_checked_more_than_a_year_ago() -> None:
    draft = builders.a_draft(until=Step.READ)
    with pytest.raises(Unsafe) as refusal:
        freeze(draft, NOW + 400 * DAY)
    assert {finding.rule for finding in refusal.value.findings} == {"H17"}
    assert Version.objects.count() == 0
    assert CrisisCheck.objects.count() > 0


@pytest.mark.parametrize(
    ("kind", "strokes", "typed"),
    [
        (SignatureKind.DRAWN, ink("Maya R."), ""),
        (SignatureKind.TYPED, "", "Maya R."),
        (SignatureKind.PAPER, "", ""),
    ],
)
def test_each_way_of_signing_keeps_its_own_mark(ready: Draft, kind: SignatureKind, strokes: str, typed: str) -> None:
    signature = sign(ready, kind=kind, strokes=ink("Maya R."), typed="Maya R.")
    assert (signature.kind, signature.typed) == (kind, typed)
    assert signature.strokes == (json.loads(strokes) if strokes else None)
    assert (signature.digest, signature.at, signature.zone) == (ready.versions.get().digest, NOW, "America/New_York")


def test_h15_nobody_signs_for_another(ready: Draft) -> None:
    with pytest.raises(Unreadable, match="Maya R."):
        sign(ready, Role.CLIENT, typed="Dr J. Lee")
    for name in ("Maya", "maya r.", "Maya R", "", "  "):
        with pytest.raises(Unreadable):
            sign(ready, typed=name)
    assert Signature.objects.count() == 0
    signature = sign(ready, typed="  Maya \u00a0 R. ")
    assert (signature.role, signature.party.role, signature.typed) == (Role.CLIENT, Role.CLIENT, "Maya R.")
    with pytest.raises(Unreadable, match="Dr J. Lee"):
        sign(ready, Role.THERAPIST, typed="Maya R.")
    assert sealing.awaited(ready.versions.get()) == [Role.THERAPIST]


def test_the_client_signs_first(ready: Draft) -> None:
    with pytest.raises(NotNow, match="The client signs first"):
        sign(ready, Role.THERAPIST, typed="Dr J. Lee")
    assert Signature.objects.count() == 0


def test_a_typed_name_is_compared_in_nfc() -> None:
    client = builders.a_client(name="Chloé", called="Chloé")
    draft = builders.a_draft(client=client, until=Step.SIGN)
    assert sign(draft, typed="Chloe\u0301").typed == "Chloé"


@pytest.mark.parametrize("typed", ["\ufeffMaya R.", "Ma\u00adya R.\u200b", "\u200e Maya R. \u2060"])
def test_a_typed_name_is_cleaned_as_kept_names_are(ready: Draft, typed: str) -> None:
    assert sign(ready, typed=typed).typed == "Maya R."


def test_signing_twice_is_the_first_signature(ready: Draft) -> None:
    assert sign(ready) == sign(ready, kind=SignatureKind.PAPER) == Signature.objects.get()
    assert Signature.objects.get().kind == SignatureKind.TYPED


def test_a_drawing_that_is_none_is_no_signature(ready: Draft) -> None:
    for strokes in ("", "[]", "not json", "[[[5,5]]]"):
        with pytest.raises(Unreadable):
            sign(ready, kind=SignatureKind.DRAWN, strokes=strokes)
    assert Signature.objects.count() == 0


def test_only_what_stood_on_the_screen_is_signed(ready: Draft) -> None:
    with pytest.raises(Stale):
        sign(ready, digest_seen="0" * 64)
    assert Signature.objects.count() == 0


def test_an_edit_voids_a_signature_and_touches_no_row_of_it(ready: Draft) -> None:
    sign(ready)
    before = Signature.objects.values().get()
    old = ready.versions.get()
    decide_anew(ready)
    room = rooms.enter(ready.pk)
    assert (room.version, dict(room.signatures)) == (None, {})
    assert Signature.objects.values().get() == before
    with pytest.raises(Stale):
        sign(ready, Role.THERAPIST, digest_seen=old.digest)


def test_after_an_edit_both_sign_the_new_text(ready: Draft) -> None:
    sign(ready)
    decide_anew(ready)
    fresh = freeze(ready)
    assert sealing.awaited(fresh) == [Role.CLIENT, Role.THERAPIST]
    for role in (Role.CLIENT, Role.THERAPIST):
        assert sign(ready, role).version == fresh
    assert sealing.awaited(fresh) == []


@pytest.mark.parametrize("script", [builders.NO_TEXTING, builders.NOT_FOR_NOW], ids=lambda script: script.outcome)
def test_h14_no_needs_no_reason_and_no_signature_and_still_carries_the_box(script: Script) -> None:
    draft = builders.a_draft(until=Step.SHORT, script=script)
    version = freeze(draft)
    box = version.snapshot["box"]
    assert [step["number"] for step in box["steps"]] == [1, 2, 3, 4]
    assert box["last"] == "If anything in this agreement says otherwise, this box wins."
    assert (version.snapshot["terms"], version.snapshot["channel"], version.review_on) == ([], None, None)
    assert sealing.awaited(version) == []
    with pytest.raises(NotNow, match="needs no signature"):
        sign(draft)
    assert CarriedResource.objects.filter(version=version).count() == len(version.snapshot["crisis"]) > 0


def test_h21_a_change_is_a_new_version_that_names_the_one_before(quick_seal) -> None:
    first = builders.a_sealed_document().version
    client = first.agreement.client
    draft = drafting.start(client=client, edition=builders.an_edition(), by=client.therapist, now=NOW + DAY)
    less = replace(
        Script(), client={**ORIGIN, "often": choose("one_two")}, decisions={"often": "one_two", "night": "nine_eight"}
    )
    walk(draft, by=client.therapist, now=NOW + DAY, until=Step.KEPT, script=less)
    second = draft.versions.get()
    assert (second.number, second.replaces, second.snapshot["replaces"]) == (2, first.digest, first.digest)
    assert sorted(second.signatures.values_list("role", flat=True)) == ["client", "therapist"]
    again = Version.objects.get(pk=first.pk)
    assert (again.snapshot, again.digest) == (first.snapshot, digest.sha256(again.snapshot))


def test_h21_a_sealed_text_is_not_signed_or_frozen_anew(quick_seal) -> None:
    document = builders.a_sealed_document()
    with pytest.raises(NotNow, match="signed and locked"):
        freeze(document.version.draft)
    assert Version.objects.count() == 1
    endings.stop(
        agreement=document.agreement, by_role=Role.CLIENT, effective_on=NOW.date(),
        by=document.agreement.therapist, now=NOW,
    )  # fmt: skip
    assert Version.objects.get().outcome == Outcome.TEXTING

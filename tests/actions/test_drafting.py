"""A round begins with the therapist's usual answers, is prepared, and is sealed or laid down."""

from uuid import uuid4

import pytest

from agreements.actions import drafting, endings, negotiation, people
from agreements.actions.refusals import NotNow, Unreadable
from agreements.management.walk import LIMIT, ORIGIN, Script, choose
from agreements.models import Agreement, AuditEvent, Client, Draft, Position, StepTaken, Term, UsualAnswer
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Channel, Role, TermState
from tests import builders
from tests.builders import NOW
from tests.models import rows

pytestmark = pytest.mark.django_db


def start(client: Client) -> Draft:
    return drafting.start(client=client, edition=builders.an_edition(), by=client.therapist, now=NOW)


def prepare(draft: Draft, **changes: object) -> Draft:
    facts = {"channel": Channel.SIGNAL, "text_number": "", "answers": {**ORIGIN}, "reasons": {}, **changes}
    return drafting.prepare(draft=draft, by=draft.agreement.therapist, now=NOW, **facts)


def test_the_first_round_makes_the_agreement_its_parties_and_a_term_for_each_clause() -> None:
    draft = start(builders.a_client())
    assert list(draft.agreement.parties.order_by("role").values_list("role", "name", "called")) == [
        ("client", "Maya R.", "Maya"),
        ("therapist", "Dr J. Lee", "Dr Lee"),
    ]
    assert set(draft.terms.values_list("clause", "state")) == {
        (clause.pk, TermState.UNDECIDED) for clause in builders.an_edition().clauses.all()
    }
    assert (draft.number, draft.rev, draft.channel, draft.text_number) == (1, 1, "", "(555) 010-0147")


def test_the_clients_turn_begins_with_nothing_chosen() -> None:
    start(builders.a_client())
    rows_of_turn = Position.objects.filter(party__role=Role.CLIENT)
    assert {row.term.clause.key: (row.value, row.rev) for row in rows_of_turn} == {
        key: ({"chosen": [], "words": ""}, 0) for key in ORIGIN
    }
    assert Position.objects.count() == len(ORIGIN)


def test_starting_twice_is_the_same_round() -> None:
    client = builders.a_client()
    assert start(client) == start(client) == Draft.objects.get()


def test_an_edition_that_is_not_published_starts_nothing() -> None:
    client = builders.a_client()
    edition = rows.an_edition(published=False)
    with pytest.raises(NotNow):
        drafting.start(client=client, edition=edition, by=client.therapist, now=NOW)
    assert Agreement.objects.count() == 0


def test_usual_answers_become_positions_and_the_limit_never_does() -> None:
    client, script = builders.a_client(), Script()
    people.keep_usual_answers(
        by=client.therapist, now=NOW, family=builders.an_edition().family, channel="portal", text_number="",
        answers={**script.therapist}, reasons={**script.reasons},
    )  # fmt: skip
    assert not UsualAnswer.objects.filter(clause_key="limit").exists()
    draft = start(client)
    found = {row.term.clause.key: (row.party.role, row.value, row.reason) for row in Position.objects.all()}
    assert found == {
        key: (Role.THERAPIST, answer.to_json(), script.reasons.get(key, "")) for key, answer in script.therapist.items()
    }
    assert draft.channel == "portal"


def test_preparing_sets_the_therapists_positions_and_where_texts_go() -> None:
    draft = prepare(start(builders.a_client()), answers={**ORIGIN, "limit": LIMIT}, reasons={"night": "Children."})
    room = rooms.enter(draft.pk)
    assert {seen.key: seen.position(Role.THERAPIST) for seen in room.terms if seen.positions} == {
        **ORIGIN,
        "limit": LIMIT,
    }
    assert room.by_key["night"].positions[Role.THERAPIST].reason == "Children."
    assert (draft.channel, draft.rev, room.taken) == (Channel.SIGNAL, 2, {Step.PREPARE})


def test_preparing_decides_nothing() -> None:
    draft = prepare(start(builders.a_client()))
    assert set(draft.terms.values_list("state", flat=True)) == {TermState.UNDECIDED}


def test_a_replayed_preparation_changes_nothing() -> None:
    draft, key = start(builders.a_client()), uuid4()
    first = prepare(draft, form_key=key).rev
    prepare(draft, form_key=key, answers={"often": choose("one_two")})
    assert Draft.objects.get().rev == first
    assert rooms.enter(draft.pk).by_key["often"].position(Role.THERAPIST) == ORIGIN["often"]


def test_a_newly_stated_limit_is_heard_again() -> None:
    draft = builders.a_draft(until=Step.HOW)
    prepare(draft, answers={"limit": choose("clients", words="Once a day.")})
    assert Term.objects.get(draft=draft, clause__key="limit").state == TermState.UNDECIDED
    assert not StepTaken.objects.filter(draft=draft, step=Step.HARD).exists()
    assert rooms.enter(draft.pk).next_step == Step.HARD


def test_words_that_cannot_be_printed_are_named_by_their_field() -> None:
    draft = start(builders.a_client())
    with pytest.raises(Unreadable) as refusal:
        prepare(draft, answers={"limit": choose("clients", words="𓀀")})
    assert refusal.value.field == "limit_words"
    assert not Position.objects.filter(party__role=Role.THERAPIST).exists()


def test_another_channel_is_another_text_to_sign() -> None:
    draft = builders.a_draft(until=Step.SIGN)
    before, key = draft.rev, uuid4()
    for _ in range(2):
        drafting.change_channel(
            draft=draft, channel=Channel.PORTAL, text_number="", by=draft.agreement.therapist, now=NOW, form_key=key
        )
    room = rooms.enter(draft.pk)
    assert (room.draft.rev, room.draft.channel, room.version) == (before + 1, Channel.PORTAL, None)


def test_a_round_laid_down_stays_and_the_next_one_is_numbered_after_it() -> None:
    draft = start(builders.a_client())
    for _ in range(2):
        drafting.set_aside(draft=draft, by=draft.agreement.therapist, now=NOW)
    again = start(draft.agreement.client)
    assert (again.number, again.agreement) == (2, draft.agreement)
    assert AuditEvent.objects.filter(kind="laid down").count() == 1


def test_a_round_laid_down_takes_no_answer() -> None:
    draft = builders.a_draft(until=Step.TURN)
    drafting.set_aside(draft=draft, by=draft.agreement.therapist, now=NOW)
    term = draft.terms.get(clause__key="often")
    with pytest.raises(NotNow, match="laid down"):
        negotiation.answer(
            term=term, role=Role.CLIENT, value=ORIGIN["often"], seen_rev=0, by=draft.agreement.therapist, now=NOW
        )


def test_what_is_sealed_is_not_laid_down_and_the_next_round_joins_it(quick_seal) -> None:
    document = builders.a_sealed_document()
    draft = document.version.draft
    with pytest.raises(NotNow, match="signed and locked"):
        drafting.set_aside(draft=draft, by=document.agreement.therapist, now=NOW)
    again = start(document.agreement.client)
    assert (again.number, again.agreement) == (2, document.agreement)


def test_after_texting_stopped_a_new_agreement_begins(quick_seal) -> None:
    agreement = builders.a_sealed_agreement()
    endings.stop(agreement=agreement, by_role=Role.CLIENT, effective_on=NOW.date(), by=agreement.therapist, now=NOW)
    again = start(agreement.client)
    assert again.agreement != agreement
    assert again.number == 1

"""The practice, its clients and a therapist's usual answers."""

from uuid import uuid4

import pytest

from agreements.actions import people
from agreements.actions.refusals import Unreadable
from agreements.management.walk import Script
from agreements.models import AuditEvent, Client, Draft, Practice, Recall, UsualAnswer, UsualChannel
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CallHours, Paper, SignatureKind, Voice
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Oak Practice", "phone": "020 7946 0143", "call_hours": CallHours.ANY, "zone": "Europe/London",
    "country": "GB", "paper": Paper.A4,
}  # fmt: skip


def kinds() -> list[str]:
    """What the practice's chain says since the library was published."""
    events = AuditEvent.objects.filter(chain=Practice.objects.get().pk).values_list("kind", flat=True)
    return [kind for kind in events if "crisis" not in kind and "edition" not in kind]


def test_there_is_one_practice_however_often_it_is_set_up() -> None:
    first = builders.a_practice()
    again = people.set_up_practice(now=NOW, **FACTS)
    assert Practice.objects.get() == first == again
    assert {field: getattr(Practice.objects.get(), field) for field in FACTS} == FACTS
    assert kinds() == ["practice set up", "recall", "practice set up"]  # its old number is on papers


def test_a_demo_stays_a_demo() -> None:
    builders.a_practice(demo=True)
    assert people.set_up_practice(now=NOW, **FACTS).demo is True


def test_the_same_post_twice_is_one_client() -> None:
    key = uuid4()
    first, second = (builders.a_client(form_key=key) for _ in range(2))
    assert first == second == Client.objects.get()
    assert kinds() == ["practice set up", "client added"]


@pytest.mark.parametrize("field", ["name", "called", "contact_person"])
def test_a_character_nobody_can_print_is_named_when_the_client_is_saved(field: str) -> None:
    builders.a_practice()
    with pytest.raises(Unreadable, match=r"𓀀 \(U\+13000\)") as refusal:
        builders.a_client(**{field: "Maya 𓀀"})
    assert refusal.value.field == field
    assert Client.objects.count() == 0
    assert kinds() == ["practice set up"]


def test_a_name_of_140_characters_in_any_script_is_kept() -> None:
    for letter in "mжβתمआ":
        name = letter * 140
        assert Client.objects.get(pk=builders.a_client(name=name, called=name).pk).name == name


def test_a_changed_name_reaches_the_open_round_and_voids_its_signatures() -> None:
    draft = builders.a_draft(until=Step.SIGN)
    client, before = draft.agreement.client, draft.rev
    people.change_client(client=client, by=client.therapist, now=NOW, called="May", voice=Voice.NO_VOICE)
    room = rooms.enter(draft.pk)
    assert (room.draft.rev, room.version, room.client.called) == (before + 1, None, "May")
    event = AuditEvent.objects.filter(kind="client changed").get()
    assert event.details == {"fields": ["called", "voice"]}


def test_a_changed_name_leaves_what_is_sealed(quick_seal) -> None:
    document = builders.a_sealed_document()
    client = document.agreement.client
    people.change_client(client=client, by=client.therapist, now=NOW, name="Maya Q.", called="May")
    document.refresh_from_db()
    assert [party["name"] for party in document.version.snapshot["parties"]] == ["Maya R.", "Dr J. Lee"]
    assert document.version.draft.rev == document.version.draft_rev


def test_the_next_round_carries_the_changed_name(quick_seal) -> None:
    document = builders.a_sealed_document()
    client = document.agreement.client
    people.change_client(client=client, by=client.therapist, now=NOW, name="Maya Q.", called="May")
    draft = builders.a_draft(client=client, until=Step.KEPT, script=Script(kind=SignatureKind.TYPED))
    assert draft.agreement == document.agreement
    assert draft.versions.get().snapshot["parties"][0] == {"role": "client", "name": "Maya Q.", "called": "May"}


def test_a_name_from_an_address_book_is_kept_as_it_is_seen() -> None:
    client = builders.a_client(name="\u202aMaya R.\u202c", called="Ma\u200bya", contact_person="\u200eAnn")
    assert (client.name, client.called, client.contact_person) == ("Maya R.", "Maya", "Ann")
    by = client.therapist
    people.change_client(client=client, by=by, now=NOW, name="Mia\ufeff R.")
    client.refresh_from_db()
    assert client.name == "Mia R."


def test_an_unprintable_change_changes_nothing() -> None:
    client = builders.a_client()
    with pytest.raises(Unreadable):
        people.change_client(client=client, by=client.therapist, now=NOW, name="𓀀", voice=Voice.UNSAFE)
    assert (Client.objects.get().name, Client.objects.get().voice) == ("Maya R.", Voice.CALLS)


def test_usual_answers_are_kept_once_and_changed_in_place() -> None:
    builders.a_practice()
    therapist, script = builders.a_therapist(), Script()
    for number in ("(555) 010-0147", "(555) 010-0199"):
        people.keep_usual_answers(
            by=therapist,
            now=NOW,
            family=builders.an_edition().family,
            channel="signal",
            text_number=number,
            answers=dict(script.therapist),
            reasons=dict(script.reasons),
        )
    assert sorted(UsualAnswer.objects.values_list("clause_key", flat=True)) == sorted(script.therapist)
    assert UsualAnswer.objects.get(clause_key="night").reason == "My children go to bed at nine."
    assert UsualChannel.objects.get().channel == "signal"
    therapist.refresh_from_db()
    assert therapist.text_number == "(555) 010-0199"


def test_a_new_phone_recalls_the_old_number_and_the_same_one_nothing() -> None:
    builders.a_practice()
    facts = {**FACTS, "phone": "(555) 010-0143"}
    people.set_up_practice(now=NOW, **facts)
    assert Recall.objects.count() == 0
    for _ in range(2):
        people.set_up_practice(now=NOW, **{**facts, "phone": "(555) 010-0199"})
    assert list(Recall.objects.values_list("phone", "resource")) == [("(555) 010-0143", None)]


def test_where_a_client_travels_is_kept_and_voids_open_rounds() -> None:
    client = builders.a_client(travels_to=["CA"])
    draft = builders.a_draft(until=Step.SIGN, client=client)
    people.change_client(client=client, by=client.therapist, now=NOW, travels_to=["NZ", "GB.ENG"])
    assert Client.objects.get().travels_to == ["NZ", "GB.ENG"]
    assert Draft.objects.get().rev == draft.rev + 1


@pytest.mark.parametrize("field", ["name", "called", "contact_person"])
def test_h07_where_a_name_is_printed_a_name_is_kept(field: str) -> None:
    with pytest.raises(Unreadable, match="nothing about danger, texts or calls") as refused:
        builders.a_client(**{field: "Ana. If suicidal, text Dr Lee and wait"})
    assert (refused.value.field, Client.objects.count()) == (field, 0)
    with pytest.raises(Unreadable):
        people.set_up_practice(now=NOW, **{**FACTS, "name": "Elm Street. In a crisis text us"})


@pytest.mark.parametrize("text", ["555 0100: if suicidal text me", "text me here when in danger"])
def test_h07_where_texts_go_is_a_number_or_an_address_and_nothing_else(text: str) -> None:
    people.refuse_unprintable(text_number="(555) 010-0147")
    people.refuse_unprintable(text_number="texts@elm-street.example")
    with pytest.raises(Unreadable) as refused:
        people.refuse_unprintable(text_number=text)
    assert refused.value.field == "text_number"


@pytest.mark.parametrize("field", ["name", "called", "contact_person"])
def test_a_name_stands_on_one_line(field: str) -> None:
    with pytest.raises(Unreadable, match="on one line"):
        builders.a_client(**{field: "Maya\nR."})

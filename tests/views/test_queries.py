"""How often each page asks the database: an exact number, and the same for three clients and for thirty."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import zeal
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.actions import away, documents, drafting, endings, looking_back, negotiation, positions
from agreements.management import walk, walk_again
from agreements.models import Agreement, Document
from agreements.models import Client as Person
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.rules.vocabulary import AskedOn, Hearing, Role
from tests import builders, editions, family
from tests.away import CARD, a_time_away
from tests.doors import BACKEND, sit_down

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def lee() -> Client:
    client = Client()
    client.force_login(builders.a_therapist(), backend=BACKEND)
    client.get("/crisis-lines/")  # what is read once in a process
    return client


@pytest.fixture
def quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists do not open the papers: any bytes will do."""
    monkeypatch.setattr(documents.pdf, "render", lambda sealed, marks: b"%PDF")
    monkeypatch.setattr(documents.pdf_signature, "seal", lambda pdf, now: b"%PDF " + uuid.uuid4().bytes)


def some_clients(number: int) -> None:
    """Clients with nothing, with a round begun, with a kept page, in turn; the first has a texting agreement."""
    for each in range(Person.objects.count(), number):
        client = builders.a_client(name=f"Client {each}", called=f"C{each}")
        if each == 0:
            builders.a_sealed_document(client=client)
        elif each % 3 == 1:
            builders.a_sealed_document(client=client, script=builders.NO_TEXTING)
        elif each % 3 == 2:
            builders.a_draft(until=Step.PREPARE, client=client)


def asked(lee: Client, url: str) -> int:
    """The number of queries of one page, none of them asked again and again for rows of one list."""
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        zeal.zeal_context(),
    ):
        assert lee.get(url).status_code == 200
    return len(queries)


LISTS = {
    "/": 33, "/crisis-lines/": 7, "/clients/{client}/": 26, "/clients/{begun}/": 25, "/clients/new/": 6, "/usual/": 4,
    "/usual/adult-outpatient/": 10, "/clients/{other}/begin/": 16, "/agreements/{agreement}/look/": 17,
}  # fmt: skip


@pytest.mark.usefixtures("quick_paper")
def test_the_lists_ask_as_often_for_thirty_clients_as_for_three(lee):
    some_clients(3)
    first = Person.objects.get(agreements__documents__version__outcome="texting").pk
    other = Person.objects.exclude(pk=first).get(agreements__documents__version__outcome="no_texting").pk
    begun = Person.objects.get(agreements__drafts__versions=None, agreements__drafts__isnull=False).pk
    agreement = Agreement.objects.get(client=first).pk
    ids = {"client": first, "other": other, "begun": begun, "agreement": agreement}
    few = {url: asked(lee, url.format(**ids)) for url in LISTS}
    some_clients(30)
    many = {url: asked(lee, url.format(**ids)) for url in LISTS}
    assert few == many
    assert many == LISTS


ROOM = {
    Step.PREPARE: 11, Step.START: 14, Step.BOX: 13, Step.PRIVACY: 12, Step.TURN: 12, Step.SEEN: 12,
    Step.TALK: 13, Step.HARD: 12, Step.HOW: 13, Step.WHAT_IF: 13, Step.READ: 15, Step.SIGN: 13,
}  # fmt: skip


@pytest.mark.parametrize("step", list(ROOM))
def test_a_page_of_the_room_asks_a_fixed_number_of_times(step, lee):
    draft = builders.a_draft(until=step)
    if step is not Step.PREPARE:
        sit_down(lee, draft)
    url = lee.get(f"/room/{draft.pk}/").headers["Location"]
    assert (step, asked(lee, url)) == (step, ROOM[step])


AGAIN = {
    Step.BOX: 14, Step.SINCE: 18, Step.SINCE_THERAPIST: 18, Step.WORKS: 16, Step.AGAIN: 15, Step.CHANGES: 19,
}  # fmt: skip


@pytest.mark.usefixtures("quick_paper")
def test_a_page_of_looking_again_asks_a_fixed_number_of_times(lee):
    client, found = builders.a_sealed_document().agreement.client, {}
    draft = walk_again.begin(client, now=builders.NOW)
    alone = asked(lee, f"/room/{draft.pk}/prepare/")
    for step in AGAIN:
        walk_again.walk_again(draft, now=builders.NOW, until=step, script=walk_again.TWO_CHANGES)
        sit_down(lee, draft)
        found[step] = asked(lee, lee.get(f"/room/{draft.pk}/").headers["Location"])
    session = lee.session
    session["filled_in_for"] = [str(draft.pk), "client"]
    session.save()
    beside = {url: asked(lee, f"/room/{draft.pk}/{url}") for url in ("since/filled/", "move/")}
    assert (alone, found, beside) == (17, AGAIN, {"since/filled/": 13, "move/": 13})


@pytest.mark.parametrize("partners", [1, 3])
@pytest.mark.usefixtures("quick_paper")
def test_a_page_of_looking_again_asks_as_often_however_many_look(partners, lee):
    first = family.a_couple(partners=partners)
    draft, found = walk_again.begin(first.agreement.client, now=builders.NOW), {}
    sit_down(lee, draft)
    walk_again.walk_again(draft, now=builders.NOW, until=Step.SINCE)
    facts = {"verdicts": {}, "openly": {"texting": "right", "hurt": "no"}, "rest_works": True}
    for who in ("client", *["partner", "partner-2", "partner-3"][:partners]):
        at = lee.get(f"/room/{draft.pk}/").headers["Location"]
        found[who] = asked(lee, at)
        looking_back.say(draft=draft, who=who, by=draft.agreement.therapist, now=builders.NOW, **facts)
    for step in (Step.SINCE_THERAPIST, Step.WORKS):
        walk_again.walk_again(draft, now=builders.NOW, until=step)
        found[step] = asked(lee, lee.get(f"/room/{draft.pk}/").headers["Location"])
    assert {found.pop(step) - AGAIN[step] for step in (Step.SINCE_THERAPIST, Step.WORKS)} == {0}
    assert set(found.values()) == {AGAIN[Step.SINCE]}


@pytest.mark.parametrize(("question", "number"), [("what=1&day=2026-11-28", 14), ("what=6", 13)])
def test_any_other_moment_asks_once_more_for_the_time_away(question, number, lee):
    draft = builders.a_draft(until=Step.WHAT_IF)
    sit_down(lee, draft)
    assert asked(lee, f"/room/{draft.pk}/what-if/?{question}") == number


def test_a_page_beside_the_journey_asks_a_fixed_number_of_times(lee):
    draft = builders.a_draft(until=Step.READ)
    sit_down(lee, draft)
    beside = {"own/": 12, "own/often/": 12, "fits/misread/": 13, "talk/often/": 13}
    assert {url: asked(lee, f"/room/{draft.pk}/{url}") for url in beside} == beside


def test_going_through_it_together_asks_a_fixed_number_of_times(lee):
    draft = builders.a_draft(until=Step.TURN)
    facts = {"by": draft.agreement.therapist, "now": builders.NOW}
    positions.choose_way(draft=draft, together=True, **facts)
    sit_down(lee, draft)
    found = {}
    for seen in rooms.enter(draft.pk).asked(AskedOn.TURN):
        ask = asked(lee, f"/room/{draft.pk}/together/{seen.key}/")
        negotiation.answer(term=seen.term, role=Role.CLIENT, value=walk.ORIGIN[seen.key], seen_rev=0, **facts)
        positions.compare_one(term=seen.term, **facts)
        found[seen.key] = (ask, asked(lee, f"/room/{draft.pk}/together/{seen.key}/both/"))
    assert found == dict.fromkeys(walk.ORIGIN, (12, 13))


@pytest.mark.usefixtures("quick_paper")
def test_the_log_asks_as_often_for_two_rounds_as_for_one(lee):
    first = builders.a_draft(until=Step.HARD)
    url, count = f"/clients/{first.agreement.client_id}/log/", []
    count.append(asked(lee, url))
    drafting.start_over(draft=first, edition=first.edition, by=first.agreement.therapist, now=builders.NOW)
    count.append(asked(lee, url))
    assert count == [12, 12]


@pytest.mark.usefixtures("quick_paper")
def test_the_kept_page_and_the_paper_ask_a_fixed_number_of_times(lee):
    document = builders.a_sealed_document()
    urls = {
        f"/room/{document.version.draft_id}/kept/": 21,
        f"/documents/{document.pk}/picture/": 8,
        f"/documents/{document.pk}/texting-agreement-v1.pdf": 3,
        f"/documents/{document.pk}/review.ics": 8,
    }
    assert {url: asked(lee, url) for url in urls} == urls


@pytest.mark.usefixtures("quick_paper")
def test_new_wording_asks_a_fixed_number_of_times(lee):
    client = builders.a_sealed_document().agreement.client_id
    file = editions.data()
    for clause in file["clauses"]:
        clause["texts"]["en"]["heading"] += " anew"
    editions.published(file, hearing=Hearing.TALK, talk_before=builders.NOW.date() + timedelta(days=9))
    assert {url: asked(lee, url) for url in ("/", f"/clients/{client}/wording/")} == {
        "/": 34,
        f"/clients/{client}/wording/": 36,
    }


@pytest.mark.usefixtures("quick_paper")
def test_looking_for_a_name_asks_as_often_as_the_first_page(lee):
    some_clients(3)
    with CaptureQueriesContext(connection) as queries:
        assert lee.post("/find/", {"sought": "client"}).status_code == 200
    assert len(queries) == LISTS["/"] + 12  # every name is opened, and those found are looked at


def test_a_draft_to_take_home_asks_a_fixed_number_of_times(lee):
    drafts = [builders.a_draft(until=step, client=builders.a_client()) for step in (Step.START, Step.READ)]
    assert {asked(lee, f"/room/{draft.pk}/draft-to-take-home.pdf") for draft in drafts} == {12}


AWAY = {
    "/away/": 6, "/away/new/": 3, "/away/today/": 3, "/away/{absence}/": 25, "/away/{absence}/sheets/": 25,
    "/away/{absence}/change/": 4, "/room/{draft}/away/{absence}/": 15, "/room/{draft}/away/{absence}/kept/": 20,
    "/agreements/{agreement}/stop/": 9, "/agreements/{agreement}/ending/": 15, "/agreements/{agreement}/tighter/": 12,
}  # fmt: skip


@pytest.mark.usefixtures("quick_paper")
def test_time_away_asks_as_often_for_five_agreements_as_for_two(lee):
    def an_agreement(number: int) -> Document:
        return builders.a_sealed_document(client=builders.a_client(name=f"Client {number}", called=f"C{number}"))

    first = an_agreement(0).agreement
    by, ends_on = first.therapist, builders.NOW.date() + timedelta(days=14)
    facts = {"agreement": first, "by_role": Role.THERAPIST, "effective_on": ends_on, "by": by, "now": builders.NOW}
    document, absence = an_agreement(1), a_time_away(first, first=builders.NOW.date(), last=ends_on)
    for each in (first, document.agreement):
        away.go_through(absence=absence, agreement=each, plan=CARD, mailer="Rosa", by=by, now=builders.NOW)
    endings.stop(**facts)
    ids = {"absence": absence.pk, "draft": document.version.draft_id, "agreement": first.pk}
    few = {url: asked(lee, url.format(**ids)) for url in AWAY}
    for number in range(2, 5):
        an_agreement(number)
    assert few == {url: asked(lee, url.format(**ids)) for url in AWAY}
    assert few == AWAY

"""Session mode: a screen bound to one agreement shows nothing else, and opens again for the therapist alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from agreements.models import AuditEvent, Client, Draft
from agreements.rules.steps import Step
from agreements.views import session_mode
from tests import builders
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
LOCKED = "This screen shows one agreement"
IDLE = "Nobody was here for a while"


@pytest.fixture
def lee() -> Visitor:
    """Dr Lee and Maya, in the middle of their session."""
    draft = builders.a_draft(until=Step.TURN)
    visitor = Visitor(builders.a_therapist())
    visitor.open(f"/room/{draft.pk}/turn/")
    return visitor


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    """Every address of ours with somebody else's ids, as a template for str.format."""
    found = []
    for each in patterns:
        path = before + str(each.pattern)
        found += addresses(each.url_patterns, path) if isinstance(each, URLResolver) else [path]
    return found


def test_every_other_address_answers_with_one_locked_page(lee):
    other = builders.a_client(name="Zephyrine Q.", called="Zephyrine")
    theirs = builders.a_draft(until=Step.SEEN, client=other)
    sealed = builders.a_sealed_document(client=builders.a_client(name="Quillon", called="Quillon"))
    paths = [
        "/", f"/clients/{other.pk}/", f"/clients/{Client.objects.first().pk}/", f"/clients/{uuid4()}/", "/clients/new/",
        f"/room/{theirs.pk}/seen/", f"/room/{uuid4()}/", "/usual/", "/crisis-lines/", "/admin/", "/nowhere/",
        f"/documents/{sealed.pk}/texting-agreement-v1.pdf", f"/documents/{sealed.pk}/picture/",
        f"/room/{Draft.objects.first().pk}/prepare/", "/account/password/change/", "/account/second-step/",
    ]  # fmt: skip
    answers = {lee.client.get(path).content for path in paths}
    assert {lee.client.get(path).status_code for path in paths} == {403}
    assert len(answers) == 1
    [body] = answers
    assert LOCKED in body.decode()
    assert not [name for name in ("Zephyrine", "Quillon", "Maya", "Lee") if name in body.decode()]


def test_no_address_of_the_product_is_forgotten(lee):
    given = {"slug:": "x", "uuid:": str(uuid4()), "str:": "x", "path:": "x", "int:": "1"}
    open_to_all = {session_mode.ALWAYS, session_mode.LEAVING}
    names = {name for group in open_to_all for name in group}
    for pattern in addresses(get_resolver().url_patterns):
        path = "/" + pattern.replace("^", "").replace("$", "").replace("\\Z", "")
        for kind, value in given.items():
            while f"<{kind}" in path:
                path = path[: path.index(f"<{kind}")] + value + path[path.index(">", path.index(f"<{kind}")) + 1 :]
        name, _given = session_mode._where(path)
        if name not in names and "(" not in path:
            assert (path, lee.client.get(path).status_code) == (path, 403)


def test_the_two_go_through_their_own_pages(lee):
    lee.open(f"/room/{Draft.objects.get().pk}/box/")
    assert lee.page.status == 200
    lee.open("/")
    lee.follow("Back to our agreement")
    assert "Save and compare" in lee.page.main


def test_leaving_needs_the_therapist_and_is_in_the_log(lee):
    lee.open(f"/room/{Draft.objects.get().pk}/turn/")
    lee.follow("Therapist")
    before = lee.client.cookies["sessionid"].value
    lee.press("Take the screen back", password="let me out please")
    assert lee.page.status == 422
    assert "Incorrect password." in lee.page.main
    lee.press("Take the screen back", password=builders.PASSWORD)
    assert "Go on together" in lee.page.main
    assert lee.client.cookies["sessionid"].value != before
    assert lee.open("/").status == 200
    kinds = AuditEvent.objects.filter(kind__startswith="session").order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["session began", "session ended"]


def test_the_way_out_shows_the_clients_own_steps_in_their_order(lee):
    steps = lee.page.html.split('class="crisis-steps"')[1].partition("</ol>")[0].partition("<ol>")[2]
    assert lee.open("/session/leave/").html.split('class="crisis-steps"')[1].partition("<ol>")[2].startswith(steps)
    assert [head in steps for head in ("Danger now.", "Suicidal, but not about to act.")] == [True, True]


def test_after_ten_wrong_passwords_it_waits(lee):
    lee.open("/session/leave/")
    for _ in range(10):
        lee.press("Take the screen back", password="let me out please")
    lee.press("Take the screen back", password=builders.PASSWORD)
    assert "Too many tries. Please wait a little, or sign out." in lee.page.main
    assert lee.open("/").status == 403


def test_signing_out_leaves_too(lee):
    lee.open("/session/leave/")
    lee.press("Sign out instead")
    assert lee.page.path.startswith("/account/login/")


def test_going_in_and_going_out_change_the_key_of_the_browsers_session():
    draft = builders.a_draft(until=Step.START)
    lee = seen_by(at=f"/clients/{draft.agreement.client_id}/")
    alone = lee.client.cookies["sessionid"].value
    lee.press("Go on together")
    together = lee.client.cookies["sessionid"].value
    lee.leave()
    assert len({alone, together, lee.client.cookies["sessionid"].value}) == 3


def test_a_page_of_an_open_round_leads_to_the_client_page_until_the_two_go_in():
    draft = builders.a_draft(until=Step.TURN)
    client = seen_by().client
    for page in ("", "start/", "box/", "turn/", "pause/", "read/"):
        answer = client.get(f"/room/{draft.pk}/{page}")
        assert (page, answer.headers["Location"]) == (page, f"/clients/{draft.agreement.client_id}/")


def test_what_was_chosen_arrives_although_they_signed_in_again_elsewhere(lee):
    draft = Draft.objects.get()
    again = Visitor(builders.a_therapist())
    again.page = lee.page
    answer = again.client.post(
        f"/room/{draft.pk}/turn/often/", {"value": "one_two", "rev": "0", "csrfmiddlewaretoken": again.token}
    )
    assert answer.status_code == 403  # the token is another one's; the script reads the new one from the cookie
    again.open("/")
    reply = again.client.post(
        f"/room/{draft.pk}/turn/often/", {"value": "one_two", "rev": "0", "csrfmiddlewaretoken": again.token}
    )
    assert (reply.status_code, reply.json()["rev"]) == (200, 1)


def test_a_screen_that_lay_idle_is_locked_and_opens_on_the_same_page(lee, on_the_day):
    address = f"/room/{Draft.objects.get().pk}/box/"
    lee.open(address)
    on_the_day.shift(timedelta(minutes=65))
    assert lee.open(address).status == 200
    on_the_day.shift(timedelta(minutes=67))
    assert lee.open(address).status == 403
    assert IDLE in lee.page.main
    assert lee.open("/").html.count(IDLE) == 1
    lee.press("Open it again", password="let me in please")
    assert (lee.page.status, IDLE in lee.page.main) == (403, True)
    assert "Incorrect password." in lee.page.main
    lee.press("Open it again", password=builders.PASSWORD)
    assert (lee.page.path, lee.page.status) == (address, 200)
    assert lee.open("/").status == 403


def test_a_script_may_lock_it_and_a_hand_on_the_screen_keeps_it_open(lee, on_the_day):
    on_the_day.shift(timedelta(minutes=59))
    data = {"csrfmiddlewaretoken": lee.token}
    assert lee.client.post("/session/here/", data).status_code == 204
    on_the_day.shift(timedelta(minutes=59))
    address = f"/room/{Draft.objects.get().pk}/turn/"
    assert lee.open(address).status == 200
    lee.post("/session/lock/", {"at": address})
    assert (lee.page.status, IDLE in lee.page.main) == (403, True)
    assert lee.client.post("/session/here/", {"csrfmiddlewaretoken": lee.token}).status_code == 403
    lee.press("Open it again", password=builders.PASSWORD)
    assert lee.page.path == address


@pytest.mark.parametrize("at", ["https://elsewhere.example/", "//elsewhere.example/", "/clients/new/", ""])
def test_a_locked_screen_never_opens_elsewhere(lee, at):
    lee.post("/session/lock/", {"at": at})
    lee.press("Open it again", password=builders.PASSWORD)
    assert lee.page.path == f"/room/{Draft.objects.get().pk}/turn/"


def test_nothing_is_saved_on_a_locked_screen_and_nothing_is_lost(lee):
    draft, token = Draft.objects.get(), lee.token
    save = f"/room/{draft.pk}/turn/often/"
    lee.client.post("/session/lock/", {"at": "", "csrfmiddlewaretoken": token})
    data = {"value": "one_two", "rev": "0", "csrfmiddlewaretoken": token}
    assert lee.client.post(save, data).status_code == 403
    lee.open("/")
    lee.press("Open it again", password=builders.PASSWORD)
    assert lee.client.post(save, {**data, "csrfmiddlewaretoken": lee.token}).status_code == 200


def test_the_log_knows_when_the_tablet_was_handed_over():
    draft = builders.a_draft(until=Step.SIGN)
    lee = seen_by()
    lee.open(f"/room/{draft.pk}/sign/client/")
    lee.press("Sign as Maya R.")
    assert "Thank you, Maya. Please hand the tablet to Dr Lee." in lee.page.main
    kinds = AuditEvent.objects.filter(chain=draft.agreement_id).order_by("-sequence").values_list("kind", flat=True)
    assert list(kinds[:2]) == ["tablet handed over", "signed"]


def test_a_second_tap_on_the_way_in_is_locked_like_everything_else(lee):
    client, draft = Client.objects.get(), Draft.objects.get()
    token = {"csrfmiddlewaretoken": lee.token}
    paths = [
        f"/clients/{client.pk}/start/",
        f"/clients/{uuid4()}/start/",
        f"/clients/{client.pk}/begin/",
        f"/room/{draft.pk}/prepare/",
    ]
    answers = [lee.client.post(path, token) for path in [*paths, "/nowhere/"]]
    assert {(answer.status_code, answer.content) for answer in answers} == {(403, answers[0].content)}


def test_the_page_to_sign_out_stands_in_the_rooms_frame_with_the_way_back(lee):
    lee.open("/account/logout/")
    assert (lee.page.path, "Home" in lee.page.html) == ("/session/leave/", False)
    lee.follow("Back")
    assert "Save and compare" in lee.page.main

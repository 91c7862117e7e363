"""What nobody should send: each gets a plain answer at the right place, keeps what was typed, leaves no half row."""

from __future__ import annotations

import html as markup
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from agreements.management import walk
from agreements.models import AuditEvent, Client, Draft, Position, Signature, Term, Version
from agreements.rules.steps import Step
from tests import builders, tablet
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

LONG = "a lot of words " * 3334  # 50,010 characters
CODE = "<script>alert('1')</script>{{ 7|add:7 }}{% now 'Y' %}[[chosen]]"
NAMES = {
    "Latin": "Mária Nguyễn-Østergård ",
    "Greek": "Ελευθερία Παπαδοπούλου ",
    "Cyrillic": "Наталія Щербаківська ",
    "Hebrew": "שרה בן־דוד ",
    "Arabic": "فاطمة الزهراء ",
    "Devanagari": "श्रीमती ज्योत्स्ना ",
}


def at_step(step: Step) -> tuple[Visitor, str]:
    draft = builders.a_draft(until=step)
    return seen_by(at=f"/room/{draft.pk}/"), f"/room/{draft.pk}"


def rows() -> dict[str, int]:
    return {
        model.__name__: model.objects.count() for model in (AuditEvent, Client, Draft, Position, Signature, Version)
    }


def said(visitor: Visitor, words: str) -> bool:
    return words in markup.unescape(visitor.page.main)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_of_140_characters_is_kept_whole(script):
    name = (NAMES[script] * 20)[:140].strip().ljust(140, NAMES[script][0])
    lee = seen_by(at="/clients/new/")
    lee.press("Save", name=name, called=NAMES[script].split()[0], **tablet.CLIENT)
    assert lee.page.status == 200
    assert Client.objects.get().name == name
    assert said(lee, name)


def test_a_name_of_141_characters_is_told_the_limit_and_stays_in_the_field():
    lee = seen_by(at="/clients/new/")
    lee.press("Save", name="é" * 141, called="Maya", **tablet.CLIENT)
    assert lee.page.status == 422
    assert said(lee, "Please use at most 140 characters. You have 141.")
    assert lee.page.values("name") == ["é" * 141]
    assert not Client.objects.exists()


@pytest.mark.parametrize(("char", "called"), [("美", "美 (U+7F8E)"), ("\ue000", "U+E000"), ("\x07", "U+0007")])
@pytest.mark.parametrize("where", ["name", "called", "contact_person"])
def test_a_character_that_cannot_be_printed_is_named_at_its_field(char, called, where):
    lee = seen_by(at="/clients/new/")
    sent = {"name": "Maya R.", "called": "Maya", "contact_person": "", **tablet.CLIENT, where: f"Ma{char}ya"}
    lee.press("Save", **sent)
    assert lee.page.status == 422
    assert said(lee, f"This cannot be printed: {called}. Please write it another way.")
    assert lee.page.values(where) == [f"Ma{char}ya"]
    assert f'href="#id_{where}"' in lee.page.main
    assert not Client.objects.exists()


def test_an_empty_form_says_what_is_missing_at_each_field():
    lee = seen_by(at="/clients/new/")
    lee.press("Save", name="", called="", place="", zone="America/New_York")
    assert lee.page.status == 422
    assert lee.page.title.startswith("Error:")
    for name in ("name", "called", "place", "voice_0", "contact_0"):
        assert f'href="#id_{name}"' in lee.page.main
    assert lee.page.values("zone") == ["America/New_York"]


FIELDS = [
    (None, "/clients/new/", "Save", "name", 140),
    (None, "/clients/new/", "Save", "called", 60),
    (None, "/clients/new/", "Save", "contact_person", 140),
    (None, "/usual/adult-outpatient/", "Save my usual answers", "text_number", 60),
    (None, "/usual/adult-outpatient/", "Save my usual answers", "often_reason", 140),
    (Step.PREPARE, "/prepare/", "Save and begin together", "text_number", 60),
    (Step.PREPARE, "/prepare/", "Save and begin together", "limit_words", 300),
    (Step.PREPARE, "/prepare/", "Save and begin together", "often_reason", 140),
    (Step.BOX, "/about-me/", "Save and show", "contact_person", 140),
    (Step.PRIVACY, "/channel/", "Save and go on", "text_number", 60),
    (Step.READ, "/change/asking/", "Save for both", "asking_words", 300),
    (Step.READ, "/change/limit/", "Save for both", "limit_words", 300),
    (Step.READ, "/why/often/", "Save and go back", "why", 140),
    (Step.SIGN, "/sign/client/", "Sign as", "typed", 140),
]


@pytest.mark.parametrize(("step", "url", "button", "field", "limit"), FIELDS)
def test_fifty_thousand_characters_are_told_the_limit_and_nothing_is_cut(step, url, button, field, limit):
    lee, room = at_step(step) if step else (seen_by(), "")
    lee.open(room + url)
    before = rows()
    lee.press(button, **{field: LONG})
    assert lee.page.status == 422
    assert said(lee, f"Please use at most {limit} characters. You have {len(LONG.strip())}.")
    assert [text.strip() for text in lee.page.values(field)] == [LONG.strip()]
    assert rows() == before


def test_markup_and_template_syntax_are_text_on_the_paper_too():
    client = builders.a_client(name=CODE, called="{{ None }}")
    limit = walk.choose("family", words=CODE)
    document = builders.a_sealed_document(client=client, script=replace(walk.Script(), limit=limit))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(document.content)).pages)
    squeezed = "".join(text.split())
    assert "".join(CODE.split()) in squeezed
    assert "{{None}}" in squeezed


def test_markup_and_template_syntax_are_text_on_every_page():
    builders.a_client(name=CODE, called="Bo<b>b</b>")
    lee = seen_by(at="/")
    lee.press("Full names")
    lee.follow(f"{CODE} (Bo<b>b</b>)")
    tablet.prepare(lee, limit_words=CODE, often_reason="<i>{{ 7|add:7 }}</i>")
    lee.press("Bo<b>b</b> answers first")
    lee.press("This is right for me")
    lee.press(value="also_feelings")
    tablet.take_turn(lee)
    lee.press("Talk about the first one")
    assert said(lee, "“<i>{{ 7|add:7 }}</i>”")
    assert "<i>" not in lee.page.main
    for key in ("often", "night"):
        lee.press(value=tablet.AGREED[key])
    assert said(lee, CODE)
    assert "<script>alert" not in lee.page.html
    tablet.second_half(lee)
    assert said(lee, CODE)
    assert "<script>alert" not in lee.page.html
    lee.press("This is right.")
    snapshot = Version.objects.get().snapshot
    assert snapshot["parties"][0]["name"] == CODE
    assert [term["value"]["words"] for term in snapshot["terms"] if term["key"] == "limit"] == [CODE]


@pytest.mark.parametrize(
    ("strokes", "answer"),
    [
        ("", "Draw your name, or choose another way to sign."),
        ("[]", "Draw your name, or choose another way to sign."),
        ("[[[1,1]]]", "Draw your name, or choose another way to sign."),
        ("not ink", "The drawing did not arrive whole. Please draw it again."),
        ("{}", "Draw your name, or choose another way to sign."),
        ("[[[1,2],[1e9,4]]]", "The drawing did not arrive whole. Please draw it again."),
        ("[" * 5000, "The drawing did not arrive whole. Please draw it again."),
        ("null", "The drawing did not arrive whole. Please draw it again."),
        (
            "[[[1,2],[3,4]]]" + " " * 80_000,
            "This drawing is too large to keep. Please clear it and draw a simpler one.",
        ),
        (str([[[n, 1], [n, 2]] for n in range(201)]), "This drawing is too large to keep."),
    ],
)
def test_ink_that_is_none_is_refused_beside_the_pad(strokes, answer, to_read):
    lee = seen_by(at=f"/room/{to_read.pk}/")
    lee.press("This is right.")
    lee.press(value="drawn", strokes=strokes)
    assert lee.page.status == 422
    assert said(lee, answer)
    assert lee.page.values("strokes") == [""], "the script has what was drawn; what is no drawing does not come back"
    assert not Signature.objects.exists()


def test_a_name_that_is_another_one_does_not_sign(to_read):
    lee = seen_by(at=f"/room/{to_read.pk}/")
    lee.press("This is right.")
    for typed, answer in (("Dr J. Lee", "as it stands on the agreement: Noor B."), ("", "Type your name")):
        lee.press("Sign as", typed=typed)
        assert (lee.page.status, lee.page.values("typed")) == (422, [typed])
        assert said(lee, answer)
    lee.press("Sign as", typed="  Noor   B.  ")
    assert [row.typed for row in Signature.objects.all()] == ["Noor B."]


def test_a_way_to_sign_that_is_none_and_a_digest_that_is_none_are_refused(to_read):
    lee = seen_by(at=f"/room/{to_read.pk}/")
    lee.press("This is right.")
    url, digest = lee.page.path, lee.page.values("digest")[0]
    for sent in (
        {"digest": digest},
        {"kind": "stamp", "digest": digest},
        {"kind": "paper"},
        {"kind": "paper", "digest": "x"},
    ):
        assert lee.post(url, sent).status == 422
    lee.post(url, {"kind": "paper", "digest": "0" * 64})
    assert said(lee, "The agreement changed. Please read it again.")
    assert lee.open(url.replace("client", "nobody")).status == 404
    assert not Signature.objects.exists()


def test_a_start_that_is_none_changes_nothing():
    lee, room = at_step(Step.START)
    for outcome in ("party", CODE):
        assert lee.post(f"{room}/start/", {"outcome": outcome}).status == 404
        lee.open(f"{room}/start/")
        assert lee.post(f"{room}/heading/", {"outcome": outcome}).path == f"{room}/start/"
        lee.open(f"{room}/start/")
        assert Draft.objects.get(pk=room.split("/")[-1]).outcome == "texting"


@pytest.mark.parametrize(
    "choice", ["", "nothing", "open:", "open:nobody", "open:client", CODE, "one_two two_three", "unsure"]
)
def test_a_decision_that_is_none_decides_nothing(choice):
    lee, room = at_step(Step.TALK)
    Position.objects.filter(term__clause__key="often", party__role="client").update(
        value={"chosen": ["unsure"], "words": ""}
    )
    lee.post(f"{room}/talk/often/", {"choice": choice, "rev": "1"})
    assert (lee.page.status, lee.page.path) == (200, f"{room}/talk/night/")  # "not sure yet" comes last
    assert Term.objects.get(draft=room.split("/")[-1], clause__key="often").state == "undecided"


ODD = [{}, {"form_key": "x"}, {"choice": "x", "form_key": CODE}, {"rev": "-1"}, {"rev": "9" * 40, "often": "x" * 999}]


@pytest.mark.parametrize("step", [Step.PREPARE, Step.PRIVACY, Step.TURN, Step.TALK, Step.HARD])
def test_empty_and_odd_posts_never_break_a_page(step):
    lee, room = at_step(step)
    url, rev = lee.page.path, Draft.objects.get(pk=room.split("/")[-1]).rev
    for sent in ODD:
        assert lee.post(url, sent).status in (200, 422)
        assert lee.page.path == url
    assert Draft.objects.get(pk=room.split("/")[-1]).rev == rev


def test_a_choice_nobody_offers_is_refused_where_it_was_sent():
    lee, room = at_step(Step.HARD)
    lee.open(f"{room}/hard/")
    lee.post(f"{room}/hard/", {**tablet.HARD, "notice": "never"})
    assert lee.page.status == 422
    assert said(lee, "Please choose one of the answers on the page.")
    assert lee.page.values("too_much") == ["first_notice"]

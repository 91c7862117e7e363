"""Whatever a practice writes: clauses of its own of every kind, on every page, walk from the start to the paper."""

from __future__ import annotations

import pytest

from agreements.actions import drafting, transcription
from agreements.management.walk import walk
from agreements.models import Document, Draft, Signature, Term
from agreements.rules.record import transcript
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Outcome, TermState
from tests import builders, editions, tablet
from tests.doors import Visitor
from tests.journeys.test_no_texting import paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

HOUSE_RULE = editions.clause("house_rule", "fixed", "how", mode="locked")
OWN = [f"{kind}_{mode}" for kind in ("choose", "many", "words") for mode in ("required", "optional")]


def begun(file: dict, *, until: Step) -> tuple[Visitor, Draft]:
    """Dr Lee in the room of a draft with this edition, the pages before `until` done."""
    lee = tablet.lee()
    edition = editions.published(file)
    client = builders.a_client()
    draft = drafting.start(client=client, edition=edition, by=client.therapist, now=builders.NOW)
    walk(draft, by=client.therapist, now=builders.NOW, until=until)
    lee.open(f"/room/{draft.pk}/")
    return lee, draft


def on(page: str) -> dict[str, str | list[str]]:
    """What somebody fills in for the clauses of one page."""
    given: dict[str, str | list[str]] = {}
    for mode in ("required", "optional"):
        given |= {
            f"{page}_choose_{mode}": "by_day",
            f"{page}_many_{mode}": ["by_day", "by_night"],
            f"{page}_words_{mode}_words": f"A heart means good night, {mode}.",
        }
    return given


def says(draft: Draft) -> dict[str, str]:
    """The printed words of the sealed paper, by key."""
    snapshot = Document.objects.get(version__draft=draft).version.snapshot
    return {term["key"]: term["words"] for term in snapshot["terms"]}


def test_clauses_of_every_kind_on_every_page_reach_the_paper():
    lee = tablet.lee()
    editions.published(editions.of_every_kind())
    tablet.add_client(lee)
    theirs = {**on("turn"), "turn_choose_required": "both", "turn_words_required_words": "Only thumbs."}
    tablet.prepare(lee, **theirs, hard_stated="by_day", hard_said_words="No emoji at work.")
    tablet.begin(lee)
    assert "Twelve questions, no wrong answers." not in lee.page.main
    assert "12 questions, no wrong answers." in lee.page.main
    tablet.take_turn(lee, **on("turn"))
    decisions = {**tablet.AGREED, "turn_choose_required": "by_night", "turn_words_required": "of:therapist"}
    assert sorted(tablet.talk(lee, decisions)) == sorted(decisions)
    lee.press("Save and go on", **tablet.HARD, **on("hard"), hard_stated_heard="heard", hard_said_heard="heard")
    assert tablet.at(lee.page) == "how"
    for key in ("how_choose_required", "how_many_required", "how_words_required"):
        lee.open(lee.page.path.rsplit("/how/", 1)[0] + f"/change/{key}/")
        given = {name: value for name, value in on("how").items() if name.startswith(key)}
        assert tablet.at(lee.press("Save for both of us", **given)) == "how"
    lee.press("This works for both of us")
    lee.press("Yes, this is what we mean")
    assert tablet.at(tablet.sign(lee)) == "kept"
    found = says(Draft.objects.get())
    assert {key: found[key] for key in ("turn_choose_required", "turn_words_required", "hard_said", "house_rule")} == {
        "turn_choose_required": "We use emoji: by night.",
        "turn_words_required": "Only thumbs.",
        "hard_said": "No emoji at work.",
        "house_rule": "Emoji are fine.",
    }
    missing = {key for key in (f"{page}_{own}" for page in ("turn", "hard", "how") for own in OWN) if key not in found}
    assert missing == {"how_choose_optional", "how_many_optional", "how_words_optional"}  # nobody chose anything there
    assert "Emojiarefine." in paper(Document.objects.get())


def test_a_script_copes_with_any_edition_and_its_paper_can_be_transcribed():
    edition = editions.published(editions.of_every_kind())
    client = builders.a_client()
    draft = drafting.start(client=client, edition=edition, by=client.therapist, now=builders.NOW)
    walk(draft, by=client.therapist, now=builders.NOW)
    first = Document.objects.get()
    file = {"format": "between-sessions/1", "agreement": first.version.snapshot}
    again = transcription.transcribe(told=transcript(file), therapist=client.therapist, now=builders.NOW)
    assert [term["words"] for term in again.version.snapshot["terms"]] == list(says(draft).values())


def test_the_practice_s_own_text_is_decided_from_the_start_and_nobody_changes_it():
    lee, draft = begun(editions.with_clauses(HOUSE_RULE), until=Step.HOW)
    assert Term.objects.get(draft=draft, clause__key="house_rule").state == TermState.AGREED
    assert "Emoji are fine." in lee.page.main
    assert [link for words, link in lee.page.links.items() if "house_rule" in link] == []
    assert lee.open(f"/room/{draft.pk}/change/house_rule/").status == 404
    walk(draft, by=draft.agreement.therapist, now=builders.NOW, until=Step.READ)
    lee.open(f"/room/{draft.pk}/read/")
    assert "Emoji are fine." in lee.page.main
    assert [link for words, link in lee.page.links.items() if "house_rule" in link] == []
    assert lee.open(f"/room/{draft.pk}/why/house_rule/").status == 404


def test_what_has_no_proposal_on_the_page_how_we_text_is_chosen_together_first():
    lee, draft = begun(editions.with_clauses(editions.clause("emoji", "choose", "how")), until=Step.HOW)
    assert "Nothing stands here yet. Please choose together." in lee.page.main
    lee.press("This works for both of us")
    assert (lee.page.status, tablet.at(lee.page)) == (422, "how")
    assert Term.objects.get(draft=draft, clause__key="late").state == TermState.UNDECIDED
    lee.follow("Choose together: Emoji emoji")
    lee.press("Save for both of us", emoji="both")
    lee.press("This works for both of us")
    assert tablet.at(lee.page) == "what-if"


def test_the_page_how_we_text_is_shown_when_all_of_it_is_the_practice_s_own():
    file = editions.data("times-and-dates")
    for key in ("silence", "late"):
        [each] = [clause for clause in file["clauses"] if clause["key"] == key]
        each["asked"] = "turn"
        del each["suggested"]
    lee, _draft = begun(file, until=Step.HOW)
    assert tablet.at(lee.page) == "how"
    assert "A text that says more" in lee.page.main
    lee.press("This works for both of us")
    assert tablet.at(lee.page) == "what-if"


@pytest.mark.parametrize("kind", ["choose", "many", "words"])
def test_an_optional_clause_can_be_left_out_wherever_it_is_asked(kind):
    own = [editions.clause(page, kind, page, mode="optional") for page in ("turn", "hard", "how")]
    for each in own:
        each["key"] = f"emoji_{each['key']}"
    lee, draft = begun(editions.with_clauses(*own), until=Step.TURN)
    tablet.take_turn(lee, emoji_turn=["unsure"] if kind != "choose" else "unsure")
    lee.press("Talk about the first one")
    while tablet.at(lee.page) != "emoji_turn":
        lee.press(value=tablet.AGREED[tablet.at(lee.page)])
    lee.press("Leave it out")
    lee.press("Save and go on", **tablet.HARD, emoji_hard=["leave_out"] if kind != "choose" else "leave_out")
    assert "It is left out, unless you choose something." in lee.page.main
    lee.press("This works for both of us")
    lee.press("Yes, this is what we mean")
    assert lee.page.main.count("Left out: our paper says nothing about it.") == 3
    lee.open(f"/room/{draft.pk}/change/emoji_hard/")
    assert lee.page.values("emoji_hard") == ["leave_out"]
    lee.open(f"/room/{draft.pk}/read/")
    tablet.sign(lee)
    assert [key for key in says(draft) if key.startswith("emoji")] == []


def test_what_was_left_out_can_be_taken_in_again():
    lee, draft = begun(editions.with_clauses(HOUSE_RULE), until=Step.READ)
    lee.open(f"/room/{draft.pk}/change/extra/")
    lee.press("Save for both of us", extra_words="", extra=["leave_out"])
    assert "Left out: our paper says nothing about it." in lee.page.main
    lee.open(f"/room/{draft.pk}/change/extra/")
    assert lee.page.values("extra_words") == [""]
    lee.press("Save for both of us", extra_words="A bridge.", extra=[])
    assert "A bridge." in lee.page.main


def test_leaving_out_and_words_do_not_fit_together():
    lee, draft = begun(editions.with_clauses(HOUSE_RULE), until=Step.READ)
    lee.open(f"/room/{draft.pk}/change/extra/")
    lee.press("Save for both of us", extra_words="A bridge.", extra=["leave_out"])
    assert lee.page.status == 422
    assert "Two of these do not fit together." in lee.page.main
    lee.press("Save for both of us", extra_words="", extra=[])
    assert "Please write a few words." in lee.page.main


def test_words_of_the_turn_are_kept_and_not_sure_is_an_answer_too():
    lee, draft = begun(editions.with_clauses(editions.clause("emoji", "words", "turn")), until=Step.TURN)
    lee.press("Save and compare", **tablet.TURN)
    assert lee.page.status == 422
    assert "Nobody reads this live." in lee.page.main
    lee.press("Save and compare", emoji_words="A heart.", emoji=["unsure"])
    assert "Two of these do not fit together." in lee.page.main
    lee.press("Stop for today", emoji_words="A heart.", emoji=[])
    lee.open(f"/room/{draft.pk}/turn/")
    assert lee.page.values("emoji_words") == ["A heart."]
    lee.press("Save and compare", emoji_words="", emoji=["unsure"])
    assert tablet.at(lee.page) == "seen"


def test_two_who_are_both_unsure_about_words_write_them_together():
    lee, draft = begun(editions.with_clauses(editions.clause("emoji", "words", "turn")), until=Step.PREPARE)
    walk(draft, by=draft.agreement.therapist, now=builders.NOW, until=Step.TURN)
    draft.terms.get(clause__key="emoji").positions.filter(party__role="therapist").delete()
    lee.open(f"/room/{draft.pk}/")
    tablet.take_turn(lee, emoji=["unsure"])
    lee.press("Talk about the first one")
    while tablet.at(lee.page) != "emoji":
        lee.press(value=tablet.AGREED[tablet.at(lee.page)])
    lee.follow("Write something else together")
    lee.press("Save for both of us", emoji_words="Hearts.")
    assert tablet.at(lee.page) == "hard"


def test_h14_where_nobody_texts_it_is_read_together_and_taken_home_unsigned():
    lee = tablet.lee()
    tablet.add_client(lee)
    tablet.start(lee, "No texting")
    assert tablet.at(lee.page) == "start"
    assert [button[0] for form in lee.page.forms for button in form.buttons if button[1] in ("", "outcome")] == [
        "We read it together",
        "Not for nowWe leave it. You still get the crisis steps.",
    ]
    lee.posts = 0
    lee.press("We read it together")
    lee.press("This is right for me")
    assert tablet.at(lee.page) == "short"
    assert "so the five answers on texting are not needed" in lee.page.main
    assert "We do want to talk about texting" not in lee.page.main
    lee.press("Make the page to take home")
    lee.press("Save the PDF")
    assert lee.posts <= 6
    document = Document.objects.get()
    assert (document.version.outcome, Signature.objects.count()) == (Outcome.NO_TEXTING, 0)
    assert [term["key"] for term in document.version.snapshot["terms"]] == [
        each["key"] for each in editions.data("no-texting")["clauses"]
    ]
    text = paper(document)
    assert (
        text.index("Dangernow") < text.index("NotextingbetweensessionsBetween") < text.index("thefiveanswersontexting")
    )


def test_h14_where_nobody_texts_not_for_now_stays_open_and_leads_back():
    lee = tablet.lee()
    tablet.add_client(lee)
    tablet.start(lee, "No texting")
    lee.press("Not for now")
    lee.press("This is right for me")
    assert "so the five answers on texting are not needed" not in lee.page.main
    lee.press("We read our page without texting after all")
    assert "so the five answers on texting are not needed" in lee.page.main
    lee.post(f"/room/{Draft.objects.get().pk}/heading/", {"outcome": "texting"})
    assert "In this agreement nobody texts." in lee.page.html
    assert Draft.objects.get().outcome == Outcome.NO_TEXTING


def test_a_no_to_an_edition_that_texts_has_no_terms_not_even_the_practice_s_own():
    lee, draft = begun(editions.with_clauses(HOUSE_RULE), until=Step.START)
    lee.press("No texting between sessions")
    lee.press("This is right for me")
    lee.press("Make the page to take home")
    assert Document.objects.get().version.snapshot["terms"] == []

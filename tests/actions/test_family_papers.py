"""A sealed paper of each starter family, its longest sensible answers chosen: two pages and the cards, on both papers."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from agreements.actions import drafting, library
from agreements.management.walk import LIMIT, Script, any_answer, walk
from agreements.models import Document, Draft, Edition
from agreements.reads import room as rooms
from agreements.rules.topics import NO_TEXTING
from agreements.rules.vocabulary import Answer, ClauseKind, Contact, Paper, Voice
from agreements.rules.wording import word_count
from tests import builders, editions

pytestmark = pytest.mark.django_db

VOICES = {
    Voice.NO_VOICE: {"voice": Voice.NO_VOICE, "contact": Contact.TEXT, "registered": True},
    Voice.UNSAFE: {"voice": Voice.UNSAFE, "contact": Contact.TEXT, "registered": True},
}
PAGES = {"no-texting": 2}  # one page and the card (moments.md); the others two and the cards


def longest(seen: rooms.TermSeen) -> Answer:
    """All uses and reasons, and the option with the most words: the longest text a sensible pair can sign."""
    kept = [choice for choice in seen.choices if choice.key != NO_TEXTING]
    if seen.clause.kind == ClauseKind.MANY:
        return Answer(tuple(choice.key for choice in kept))
    if seen.clause.kind == ClauseKind.WORDS or not kept:
        return any_answer(seen)
    return Answer((max(kept, key=lambda choice: word_count(choice.words)).key,))


def sealed(name: str, **client: Any) -> Document:
    """The sealed paper of a client with this family; a draft family is published for it."""
    builders.a_practice()
    edition = Edition.objects.get(family__key=editions.data(name)["family"]["key"])
    edition = library.publish(edition=edition, by=None, now=builders.NOW, read_by="")
    person = builders.a_client(**client)
    draft = drafting.start(client=person, edition=edition, by=person.therapist, now=builders.NOW)
    wanted = {seen.key: longest(seen) for seen in rooms.enter(draft.pk).terms if not seen.fixed}
    script = Script(client=wanted, therapist=wanted, hard=wanted, privacy=wanted.get("privacy", Answer()), limit=LIMIT)
    walk(draft, by=person.therapist, now=builders.NOW, script=script)
    return Document.objects.get(version__draft=draft)


def pages(document: Document) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(document.content)).pages]


@pytest.mark.parametrize("size", Paper)
@pytest.mark.parametrize("name", editions.FILES)
def test_a_sample_of_each_family_is_two_pages_and_the_cards(name: str, size: Paper) -> None:
    found = pages(sealed(name, paper=size))
    assert len(found) == PAGES.get(name, 3)
    assert found[0].startswith("1·Dangernow.")
    assert "Crisissteps" in found[-1]
    assert ("BeforeItext" in found[-1]) is (name != "no-texting")
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(("voice", "size"), [(Voice.NO_VOICE, Paper.LETTER), (Voice.UNSAFE, Paper.A4)])
@pytest.mark.parametrize("name", editions.FILES)
def test_h16_each_family_can_be_signed_by_who_cannot_speak_and_stays_as_short(
    name: str, voice: Voice, size: Paper
) -> None:
    document = sealed(name, paper=size, **VOICES[voice])
    assert document.version.snapshot["box"]["voice"] == voice
    assert len(pages(document)) == PAGES.get(name, 3)

"""Many agreements at once, as the database holds them: sealing each for real would take days."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from agreements.models import Agreement, Client, Document, Draft, Review, User, Version
from agreements.rules.vocabulary import Outcome
from tests import review_rows
from tests.review_rows import MADE


def agreements_with_a_look(number: int, *, on: date, therapist: User, clients: bool = False) -> list[Review]:
    """So many kept agreements whose look is due on a day; of one client, or each of a client of its own."""
    like = review_rows.a_sealed_version(review_rows.an_agreement(therapist))
    client, edition = like.agreement.client, like.draft.edition
    whose = [client] * number
    if clients:
        facts = {
            field.attname: getattr(client, field.attname) for field in Client._meta.fields if not field.primary_key
        }
        whose = [Client(**{**facts, "name": f"Client {each}", "called": f"C{each}"}) for each in range(number)]
        Client.objects.bulk_create(whose, batch_size=2_000)
    agreements = [Agreement(client=each, therapist=therapist, language="en", created_at=MADE) for each in whose]
    drafts = [Draft(agreement=each, edition=edition, number=1, started_at=MADE) for each in agreements]
    versions = [
        Version(
            agreement=draft.agreement, draft=draft, draft_rev=1, number=1, outcome=Outcome.TEXTING, snapshot={},
            digest=uuid4().hex, review_on=on, phone="(555) 010-0142", frozen_at=MADE,
        )
        for draft in drafts
    ]  # fmt: skip
    documents = [
        Document(
            version=each, agreement=each.agreement, number=1, content=b"%PDF", sha256=uuid4().hex * 2, size=4,
            tools={}, sealed_at=MADE,
        )
        for each in versions
    ]  # fmt: skip
    reviews = [Review(version=each, due_on=on, created_at=MADE) for each in versions]
    for rows in (agreements, drafts, versions, documents, reviews):
        type(rows[0]).objects.bulk_create(rows, batch_size=2_000)
    return reviews

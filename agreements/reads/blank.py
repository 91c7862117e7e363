"""An edition as a form to fill in by hand, for a day without power. Never writes."""

from __future__ import annotations

from datetime import datetime

from agreements.models import Edition, Practice, User
from agreements.reads import sample
from agreements.reads.take_home import TakeHome, take_home
from agreements.rules import family_topics
from agreements.rules.vocabulary import Contact, Paper, Role

BLANK = "_" * 14


def form(edition: Edition, practice: Practice, therapist: User, *, paper: Paper, now: datetime) -> TakeHome:
    """Everything the edition asks, nothing answered, the client's name left blank.

    `edition` is as reads.library.whole loads it. The crisis box has the practice's own public lines and promises no way
    to reach the client. Raises sample.NotWhole.
    """
    room = sample.room(edition, practice, stage=sample.Stage.BEGUN, now=now, paper=paper)
    client, own = room.parties[Role.CLIENT], room.parties[Role.THERAPIST]
    client.name = client.called = BLANK
    own.name, own.called = therapist.name, therapist.called
    room.draft.agreement.client.contact = Contact.NONE
    return take_home(room, now=now)


def signers(edition: Edition) -> tuple[Role, ...]:
    """Whose signatures the form has lines for, in the order of the paper."""
    return family_topics.signers(edition.family.key, {clause.topic for clause in edition.clauses.all()})

"""Which editions a therapist can begin with, and the new wording of which two people hear at a review. Never writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language_info

from agreements.models import ClauseText, Draft, Edition, User, UsualAnswer
from agreements.reads import library
from agreements.rules import edition_changes, wording
from agreements.rules.family_topics import FAMILY_ONLY
from agreements.rules.topics import PURPOSE, TOPICS
from agreements.rules.vocabulary import Hearing

HEARD_AT_A_REVIEW = (Hearing.REVIEW, Hearing.TALK)


@dataclass(frozen=True)
class Side:
    """What a clause says on one side: its printed words, and its choices where those are not the same on both.

    Both are empty where there is no such clause.
    """

    words: str
    choices: str


@dataclass(frozen=True)
class NewWording:
    """One clause as it was and as it is now, for two people who read it together."""

    heading: str
    was: Side
    now: Side


def editions(*, texting_only: bool = False, language: str = "") -> list[Edition]:
    """The newest published edition of each family that is not retired, by the family's name. Never a draft.

    With `language` only editions with texts in it: a published one has all of its texts in each of its languages.
    """
    found = Edition.objects.filter(published_at__isnull=False, retirement=None).select_related("family")
    if texting_only:
        found = found.filter(clauses__topic=PURPOSE)
    if language:
        spoken = ClauseText.objects.filter(clause__edition=OuterRef("pk"), language=language)
        found = found.filter(Exists(spoken))
    newest = {edition.family_id: edition for edition in found.order_by("number")}
    return sorted(newest.values(), key=lambda edition: edition.family.name.casefold())


def to_try(therapist: User) -> Edition | None:
    """The texting edition a therapist tries alone: of the family they have usual answers for or used last, else the one
    that asks the most of what any two may be asked and the least beside it. None where there is none.
    """
    usual = set(UsualAnswer.objects.filter(therapist=therapist).values_list("family", flat=True))
    rounds = Draft.objects.filter(agreement__therapist=therapist).order_by("started_at")
    used = {family: place for place, family in enumerate(rounds.values_list("edition__family", flat=True), start=1)}

    def fits(edition: Edition) -> tuple[bool, int, int, int]:
        asked = [clause.topic for clause in edition.clauses.all()]
        common = sum(topic in TOPICS and topic not in FAMILY_ONLY for topic in asked)
        return edition.family_id in usual, used.get(edition.family_id, 0), common - len(asked), common

    return max(editions(texting_only=True), key=fits, default=None)


def languages() -> list[tuple[str, str]]:
    """Code and own name of every language that an agreement can be begun in, from the texts of the library."""
    offered = {"clause__edition__published_at__isnull": False, "clause__edition__retirement": None}
    codes = ClauseText.objects.filter(**offered).order_by("language").values_list("language", flat=True).distinct()
    return [(code, language_name(code)) for code in codes]


def language_name(code: str) -> str:
    """A language as its own speakers write it; the code itself where Django does not know it."""
    try:
        name = str(get_language_info(code)["name_local"])
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


def newer(ours: Edition, language: str) -> Edition | None:
    """The newest edition of which those with ours hear at their next review, in the language of their agreement.

    None where there is no such one.
    """
    spoken = ClauseText.objects.filter(clause__edition=OuterRef("pk"), language=language)
    return (
        Edition.objects.filter(
            Exists(spoken),
            family=ours.family_id,
            number__gt=ours.number,
            published_at__isnull=False,
            retirement=None,
            hearing__in=HEARD_AT_A_REVIEW,
        )
        .order_by("number")
        .last()
    )


def to_talk_about() -> list[Edition]:
    """Published editions that ask for a talk before a day."""
    return list(Edition.objects.filter(published_at__isnull=False, retirement=None, hearing=Hearing.TALK))


def talk_before(ours: Edition, rounds: list[Draft], talks: list[Edition]) -> date | None:
    """The day before which the two should talk about new wording, or None.

    They have talked once a round began after it was published: that page was shown, whichever wording they chose.
    """
    for edition in sorted(talks, key=lambda each: each.number):
        assert edition.published_at is not None
        is_newer = edition.family_id == ours.family_id and edition.number > ours.number
        if is_newer and not any(each.started_at >= edition.published_at for each in rounds):
            return edition.talk_before
    return None


def new_wording(ours: Edition, new: Edition, *, language: str, names: dict[str, str]) -> list[NewWording]:
    """What the two would read differently, clause by clause. What only an editor sees is not among it."""
    before, after = (library.in_file_form(library.whole(each.pk)) for each in (ours, new))
    found = []
    for change in edition_changes.changes(before, after, language):
        was, now = (_side(_clause(edition, change.key), language, names) for edition in (before, after))
        if was == now:
            continue
        if was.choices == now.choices:
            was, now = replace(was, choices=""), replace(now, choices="")
        found.append(NewWording(change.heading, was, now))
    return found


def _clause(edition: dict[str, Any], key: str) -> dict[str, Any] | None:
    return next((clause for clause in edition["clauses"] if clause["key"] == key), None)


def _side(clause: dict[str, Any] | None, language: str, names: dict[str, str]) -> Side:
    if clause is None:
        return Side("", "")
    labels = [option["texts"][language]["label"] for option in clause["options"]]
    words = wording.printed(clause["texts"][language]["words"], ["…"], words="…", **names)
    return Side(words.replace("….", "…"), " · ".join(labels))

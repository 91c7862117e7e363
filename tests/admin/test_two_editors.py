"""Two editors at the same instant: one saves, the other reads at the field why not, and nothing unread is published."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from agreements.actions import library
from agreements.admin.clause_forms import ClauseForm
from agreements.admin.edition_forms import EditionForm, FamilyForm
from agreements.models import Clause, ClauseText, Edition, Family, User
from tests.admin.desk import NEW, clause, filled_in, page_of, signed_in
from tests.admin.test_clauses import faults
from tests.builders import NOW

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "admin:agreements_clause_add"
TAKEN = "Another clause has this key. Each needs its own."
SAVED = "Another option was saved with this key. Change that one or take it out, and save; then go on."
PUBLISHED = "This edition was published while you were typing. It never changes from now on. Make a new draft."


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each returned, all begun together, each on a connection of its own."""

    def apart(work: Callable[[], Any]) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [job.result() for job in [pool.submit(apart, work) for work in works]]


def meeting(monkeypatch: pytest.MonkeyPatch, form: Any) -> None:
    """Whoever saves this form waits a second for the other: both get as far as they ever could."""
    both, works = Barrier(2), form.save

    def save(self: Any, commit: bool = True) -> Any:
        with suppress(BrokenBarrierError):
            both.wait(1)
        return works(self, commit)

    monkeypatch.setattr(form, "save", save)


def told(pages: list[HttpResponse]) -> list[dict[str, list[str]]]:
    """The faults of those who could not save."""
    return [faults(page) for page in pages if page.status_code != 302]


def post(editor: User, address: str, facts: dict[str, Any]) -> Callable[[], HttpResponse]:
    desk = signed_in(editor)
    return lambda: desk.post(address, facts)


def test_one_key_added_twice_at_once_is_told_at_the_field(
    editor: User, draft: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting(monkeypatch, ClauseForm)
    works = [post(editor, reverse(ADD), {**NEW, "edition": draft.pk, "order": number}) for number in (17, 18)]
    assert told(at_once(*works)) == [{"key": [TAKEN]}]
    assert Clause.objects.filter(edition=draft, key="emoji").count() == 1


def test_one_option_added_twice_at_once_is_told_in_its_row(
    editor: User, draft: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = clause(draft, "late")
    posted = filled_in(signed_in(editor).get(page_of(late)))
    new = {"id": "", "clause": late.pk, "order": 9, "key": "wait", "label": "Wait", "words": "", "consequence": ""}
    posted |= {f"options-4-{name}": value for name, value in new.items()}
    posted |= {"options-4-meaning": '{"step": "comfort"}', "options-TOTAL_FORMS": 5}
    meeting(monkeypatch, ClauseForm)
    [fault] = told(at_once(*[post(editor, page_of(late), posted) for _ in range(2)]))
    assert fault == {"options-4-key": [SAVED]}
    assert late.options.filter(key="wait").count() == 1


def test_one_family_added_twice_at_once_is_told_at_the_field(
    editor: User, draft: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting(monkeypatch, FamilyForm)
    facts = {"key": "teens", "name": "Young people", "about": ""}
    works = [post(editor, reverse("admin:agreements_family_add"), facts) for _ in range(2)]
    assert told(at_once(*works)) == [{"key": ["Family with this Key already exists."]}]
    assert Family.objects.filter(key="teens").count() == 1


@pytest.mark.parametrize(("kind", "verb", "marked"), [(ClauseForm, "save", "extra"), (Clause, "delete", "")])
def test_what_is_done_at_the_instant_of_publishing_is_looked_at(
    editor: User, draft: Edition, monkeypatch: pytest.MonkeyPatch, kind: Any, verb: str, marked: str
) -> None:
    """A text that breaks a safety rule, or a clause that is taken out: the one who publishes waits, then sees it."""
    extra, limit = clause(draft, "extra"), clause(draft, "limit")
    typed = {**filled_in(signed_in(editor).get(page_of(extra))), "hint": "In danger text first."}
    change = post(editor, page_of(extra), typed)
    take_out = post(editor, page_of(limit).replace("/change/", "/delete/"), {"post": "yes"})
    doing, published, works = Event(), Event(), getattr(kind, verb)

    def slowly(*args: Any, **kwargs: Any) -> Any:
        doing.set()
        published.wait(1)
        return works(*args, **kwargs)

    def publish() -> set[str]:
        assert doing.wait(20)
        with pytest.raises(library.Faulty) as faulty:
            library.publish(edition=draft, by=None, now=NOW)
        published.set()
        return {remark.where for remark in faulty.value.remarks}

    monkeypatch.setattr(kind, verb, slowly)
    page, found = at_once(change if verb == "save" else take_out, publish)
    assert (page.status_code, found) == (302, {marked})


def test_an_edition_published_while_somebody_typed_says_so(draft: Edition) -> None:
    extra = clause(draft, "extra")
    ClauseText.objects.filter(clause=extra).update(hint="Use the box.")
    form, about = ClauseForm({}, instance=extra), EditionForm({}, instance=draft)
    library.publish(edition=draft, by=None, now=NOW)
    with transaction.atomic():
        assert (form.errors["__all__"], about.errors["__all__"]) == ([PUBLISHED], [PUBLISHED])

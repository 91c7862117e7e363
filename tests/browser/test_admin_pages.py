"""Every page of the admin as the template editor and the administrator see it: tablet and phone, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from agreements.actions import library
from agreements.management import first_run
from agreements.models import Practice, User
from tests import builders, recalls
from tests.admin.desk import an_editor, around, clause, page_of
from tests.browser import inspection
from tests.browser.conftest import Clock
from tests.browser.window import Window
from tests.builders import NOW
from tests.tools import needs

pytestmark = needs("chromium")
STRICT = "color-contrast-enhanced"  # 7:1
COLORS = {"type": "rule", "values": ["color-contrast", STRICT]}
LOOKS = ((820, "light", inspection.RULES), (390, "dark", COLORS))


@pytest.fixture
def window(chromium: Browser, live_server: Any, transactional_db: None, clock: Clock) -> Iterator[Window]:
    window = Window(chromium, live_server.url)
    yield window
    window.context.close()


def look_at(window: Window, *addresses: str) -> list[str]:
    """What is wrong with these pages; a person's name in a title is wrong, too."""
    found = []
    for address in addresses:
        window.open(address)
        found += seen(window)
    return found


def seen(window: Window) -> list[str]:
    title = window.page.title()
    named = [f"named in a title: {title}" for name in ("wren", "robin", "lee") if name in title.lower()]
    return named + inspection.faults(window.page, LOOKS, rules={STRICT: {"enabled": True}})


def listed(model: str, page: str = "changelist") -> str:
    return reverse(f"admin:agreements_{model}_{page}")


def test_what_the_template_editor_opens(window: Window) -> None:
    editor = an_editor()
    published = builders.an_edition()
    draft = library.copy(edition=published, by=editor, now=NOW)
    late = clause(draft, "late")
    late.texts.update(hint="In danger text first. Our policy.")
    row, correction = recalls.row("us-988"), recalls.draft_of("us-ctl", text_to="741742")
    window.sign_in_quietly(editor)
    found = look_at(
        window,
        reverse("admin:index"), listed("family"), page_of(published.family), listed("edition"), listed("edition", "add"),
        listed("edition", "import"), page_of(published), around(published, "retire"), page_of(draft),
        around(draft, "compare"), around(draft, "publish"), f"/library/{draft.pk}/preview/", page_of(clause(published, "late")),
        f"{listed('clause', 'add')}?edition={draft.pk}", reverse("admin:agreements_edition_delete", args=[draft.pk]),
        reverse("admin:agreements_edition_history", args=[draft.pk]), listed("crisisresource"), page_of(row), page_of(correction),
        *(reverse(f"admin:agreements_crisisresource_{name}", args=[row.pk]) for name in ("check", "withdraw")),
        reverse("admin:agreements_crisisresource_publish", args=[correction.pk]), page_of(late),
    )  # fmt: skip
    window.page.locator("[name=heading]").fill("")
    window.go("Save")
    assert window.page.title().startswith("Error: ")
    found += seen(window)
    icon = window.page.locator("link[rel=icon]").get_attribute("href")
    assert window.context.request.get(f"{window.address}{icon}").status == 200
    assert (found, window.faults) == ([], [])


def test_what_the_administrator_opens(window: Window) -> None:
    builders.a_practice(demo=True)
    robin = User.objects.create(username="robin", name="Robin", called="Robin", is_staff=True, sees_clients=False)
    robin.groups.add(first_run.administrators())
    lee = builders.a_therapist()
    window.sign_in_quietly(robin)
    found = look_at(
        window, reverse("admin:index"), listed("user"), listed("user", "add"), page_of(lee),
        reverse("admin:auth_user_password_change", args=[lee.pk]), listed("practice"), page_of(Practice.objects.get()),
    )  # fmt: skip
    assert (found, window.faults) == ([], [])

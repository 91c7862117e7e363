"""The public door: a person with a browser that runs no scripts. It fills in and sends only what stands on the page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from agreements.models import Draft, User
from agreements.views import session_mode
from tests import builders

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[time_machine.Traveller]:
    """Views read the clock: it stands an hour after what the builders made, on the same day, and goes on from there."""
    with time_machine.travel(builders.NOW + timedelta(hours=1), tick=True) as traveller:
        yield traveller


@dataclass
class Form:
    """A form as a browser would send it: what is filled in already, what may be chosen, which buttons send it."""

    action: str
    method: str
    id: str = ""
    given: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, set[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # label, name, value

    def button(self, label: str, value: str) -> tuple[str, str, str] | None:
        """The button with these words, or with this value."""
        found = [each for each in self.buttons if (label and each[0].startswith(label)) or (value and each[2] == value)]
        return found[0] if found else None

    def filled(self, **chosen: str | list[str]) -> dict[str, list[str]]:
        """What would be posted. Only fields of the page, and only choices that it offers."""
        data = {name: list(values) for name, values in self.given.items()}
        for name, value in chosen.items():
            values = [value] if isinstance(value, str) else value
            assert name in self.offered, f"the page has no field {name}: {sorted(self.offered)}"
            assert not self.offered[name] or set(values) <= self.offered[name], f"{name} offers {self.offered[name]}"
            data[name] = values
        return data


class Page(HTMLParser):
    """A page as it came: forms, links, words."""

    def __init__(self, response: HttpResponse, path: str) -> None:
        super().__init__()
        self.response, self.path, self.status = response, path, response.status_code
        self.html = response.content.decode() if "html" in response.headers.get("Content-Type", "") else ""
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.title = ""
        self._open: Form | None = None
        self._at: list[str] = []
        self._words: list[str] = []
        self._button: tuple[Form | str | None, str, str] | None = None
        self._link = self._area = self._select = ""
        self._loose: list[tuple[str, tuple[str, str, str]]] = []
        self.feed(self.html)
        self.main = self.html.split("<main", 1)[-1].split("</main>")[0]
        for form_id, button in self._loose:
            next(form for form in self.forms if form.id == form_id).buttons.append(button)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        name, value = has.get("name", ""), has.get("value", "")
        if tag == "form":
            self._open = Form(has.get("action", ""), has.get("method", "get"), has.get("id", ""))
            self.forms.append(self._open)
        elif tag == "button" and has.get("type") != "button":
            self._button, self._words = (has.get("form") or self._open, name, value), []
        elif tag == "a":
            self._link, self._words = has.get("href", ""), []
        elif tag == "title":
            self._words = []
        elif self._open is not None and name:
            self._control(self._open, tag, name, value, has)
        elif tag == "option" and self._open is not None and self._select:
            self._open.offered[self._select].add(value)
            if "selected" in has:
                self._open.given[self._select] = [value]

    def _control(self, form: Form, tag: str, name: str, value: str, has: dict[str, str]) -> None:
        boxes = has.get("type") in ("radio", "checkbox")
        form.offered.setdefault(name, set())
        if boxes:
            form.offered[name].add(value or "on")
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area, self._words = name, []
        elif not boxes or "checked" in has:
            form.given.setdefault(name, []).append(value or ("on" if boxes else ""))

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        words = " ".join("".join(self._words).split())
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._open is not None:
            self._open.given[self._area] = ["".join(self._words).removeprefix("\n")]
        elif tag == "a":
            self.links.setdefault(words, self._link)
        elif tag == "title":
            self.title = words
        elif tag == "button" and self._button is not None:
            form, name, value = self._button
            self._button = None
            if isinstance(form, str):
                self._loose.append((form, (words, name, value)))
            elif form is not None:
                form.buttons.append((words, name, value))

    def form_with(self, label: str = "", value: str = "") -> Form:
        """The form that this button sends."""
        for form in self.forms:
            if form.button(label, value):
                return form
        raise AssertionError(f"no button {label or value!r} on {self.path}: {[form.buttons for form in self.forms]}")

    def values(self, name: str) -> list[str]:
        """What stands in a field of this page, in whichever form it is."""
        return next(form.given.get(name, []) for form in self.forms if name in form.offered)


class Visitor:
    """Somebody at the screen. `posts` counts what was sent; `page` is what they see."""

    page: Page

    def __init__(self, user: User | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if user is not None:
            self.client.force_login(user, backend=BACKEND)
        self.posts = 0

    def open(self, url: str) -> Page:
        """Go to an address and follow where it leads. A page of the room opens in session mode: that is begun first."""
        page = self._follow(self.client.get(url), url)
        if not (url.startswith("/room/") and page.path.startswith("/clients/")):
            return page
        self.press("Go on together")
        self.posts -= 1
        return self._follow(self.client.get(url), url)

    def leave(self) -> Page:
        """The therapist takes the screen back; the client page is next."""
        self.open("/session/leave/")
        return self.press("Take the screen back", password=builders.PASSWORD)

    def follow(self, words: str) -> Page:
        """Tap a link by its words."""
        return self.open(urljoin(self.page.path, self.page.links[words]))

    def press(self, label: str = "", *, value: str = "", **chosen: str | list[str]) -> Page:
        """Fill in the form that has this button and send it: as a post, or to an address that holds what was asked."""
        form = self.page.form_with(label, value)
        button = form.button(label, value)
        assert button is not None
        data: dict[str, Any] = form.filled(**chosen)
        if button[1]:
            data[button[1]] = [button[2]]
        url = urljoin(self.page.path, form.action)
        if form.method == "get":
            return self.open(urljoin(url, "?" + urlencode(data, doseq=True)))
        return self.post(url, data)

    def post(self, url: str, data: dict[str, Any]) -> Page:
        """Send exactly this and follow where it leads; a token is taken from the page in view."""
        self.posts += 1
        if hasattr(self, "page") and "csrfmiddlewaretoken" not in data:
            data = {"csrfmiddlewaretoken": self.token, **data}
        return self._follow(self.client.post(url, data), url)

    @property
    def token(self) -> str:
        return next((form.given["csrfmiddlewaretoken"][0] for form in self.page.forms if form.method == "post"), "")

    def _follow(self, response: HttpResponse, url: str) -> Page:
        for _hop in range(5):
            if response.status_code not in (301, 302, 303):
                self.page = Page(response, url)
                return self.page
            url = urljoin(url, response.headers["Location"])
            response = self.client.get(url)
        raise AssertionError(f"led in a circle at {url}")


def sit_down(client: Client, draft: Draft) -> None:
    """Bind a browser to a round, as going in from the client page does."""
    session = client.session
    session[session_mode.KEY] = asdict(session_mode.Binding(str(draft.pk), time.time()))
    session.save()


def seen_by(username: str = "lee", at: str = "/") -> Visitor:
    """A therapist who signed in and looks at a page."""
    visitor = Visitor(builders.a_therapist(username))
    visitor.open(at)
    return visitor

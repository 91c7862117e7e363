"""A page made of our own parts and scripts, opened in Chromium without a server: the test itself answers each save."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.template import engines
from playwright.sync_api import Browser, Page, Request, Route

ADDRESS = "http://look.example"
STATIC = settings.BASE_DIR / "agreements" / "static" / "agreements"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Site:
    """What the browser sees at ADDRESS: one page, our static files, and saves answered by `answer`."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.path = "/"
        self.saves: list[dict[str, list[str]]] = []
        self.posts: list[dict[str, list[str]]] = []
        self.faults: list[str] = []
        self.told: list[tuple[str, dict[str, list[str]]]] = []
        self.online, self.here, self.rev = True, 204, "7"
        self.answer: Callable[[Route, dict[str, list[str]]], None] = accepted

    def handle(self, route: Route, request: Request) -> None:
        path = request.url.removeprefix(ADDRESS)
        fields = parse_qs(request.post_data or "", keep_blank_values=True)
        if path.startswith("/static/"):
            file = STATIC / path.rsplit("/", 1)[1]
            route.fulfill(body=file.read_text("utf-8"), content_type=TYPES[file.suffix])
        elif path.startswith("/save/"):
            self.saves.append(fields)
            self.answer(route, fields)
        elif not self.online:
            route.abort()
        elif path == "/healthz" or path.endswith("/rev/"):
            route.fulfill(body="ok" if path == "/healthz" else self.rev, content_type="text/plain")
        elif path.startswith("/session/"):
            self.told.append((path, fields))
            route.fulfill(status=self.here if path == "/session/here/" else 204)
        elif request.method == "POST":
            self.posts.append(fields)
            route.fulfill(body="<title>next</title>", content_type="text/html")
        else:
            route.fulfill(body=self.html(), content_type="text/html", headers={"Content-Security-Policy": POLICY})

    def html(self) -> str:
        words = '{% extends "room.html" %}{% load static %}{% block head %}{{ block.super }}'
        scripts = ("save", "ink")
        words += "".join(
            f'<script type="module" src="{{% static "agreements/{each}.js" %}}"></script>' for each in scripts
        )
        words += "{% endblock %}"
        words += "{% block main %}<h1>Page</h1>" + self.body + "{% endblock %}"
        return engines["django"].from_string(words).render({"demo": False})


def accepted(route: Route, fields: dict[str, list[str]]) -> None:
    """200 with the next rev."""
    reply(route, 200, {"rev": int(fields["rev"][0]) + 1, "at": "3:05 pm"})


def reply(route: Route, status: int, data: dict[str, Any]) -> None:
    """A JSON answer; a good one carries our header."""
    headers = {"X-Saved": "1"} if status == 200 else {}
    route.fulfill(status=status, body=json.dumps(data), content_type="application/json", headers=headers)


@contextmanager
def opened(
    browser: Browser, site: Site, *, before: Callable[[Page], object] = lambda page: None, **context: Any
) -> Iterator[Page]:
    """The page in a window of its own; `before` prepares the window. Any fault a script throws fails the test."""
    window = browser.new_context(**{"viewport": {"width": 820, "height": 1180}, **context})
    try:
        window.add_cookies([{"name": "csrftoken", "value": "from-the-cookie", "url": ADDRESS}])
        page = window.new_page()
        page.route("**/*", site.handle)
        page.on("pageerror", lambda fault: site.faults.append(str(fault)))
        before(page)
        page.goto(ADDRESS + site.path)
        yield page
        assert site.faults == []
    finally:
        window.close()

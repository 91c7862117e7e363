"""Signing by hand on the running product: what was drawn is what is kept."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from agreements.models import Signature, User
from agreements.rules.steps import Step
from tests import builders
from tests.browser.conftest import Opener
from tests.browser.window import TABLET, Window
from tests.tools import needs

pytestmark = needs("chromium")


@pytest.fixture
def window(opened: Opener, therapist: User) -> Window:
    """The page on which the client signs."""
    draft = builders.a_draft(until=Step.SIGN, client=builders.a_client(therapist))
    window = opened(user=therapist)
    window.open(f"/room/{draft.pk}/")
    return window


def drawn(window: Window) -> list[list[list[int]]]:
    text = window.page.locator("input[name=strokes]").input_value()
    return json.loads(text) if text else []


def test_a_signature_survives_turning_and_reloading_and_is_kept_as_drawn(window: Window) -> None:
    window.draw()
    strokes = drawn(window)
    line = window.page.locator(".pad path").get_attribute("d")
    window.page.set_viewport_size({"width": TABLET["height"], "height": TABLET["width"]})
    assert drawn(window) == strokes
    window.page.reload()
    assert (drawn(window), window.page.locator(".pad path").get_attribute("d")) == (strokes, line)
    expect(window.page.get_by_role("status")).to_have_text("Drawn. Not signed yet.")
    window.go("Sign the agreement")
    assert window.pages == ["sign", "sign", "sign"]
    assert Signature.objects.get().strokes == strokes
    assert drawn(window) == []
    assert window.page.evaluate("Object.keys(sessionStorage)") == []
    window.page.go_back()
    expect(window.page.locator("main")).to_contain_text("You have signed.")


def test_an_empty_pad_is_refused_in_words_here_and_by_the_server(window: Window) -> None:
    window.tap(window.control("Sign the agreement"))
    words = "Draw your name first, or choose another way to sign."
    expect(window.page.get_by_role("alert")).to_have_text(words)
    assert window.pages == ["sign"]
    window.draw()
    window.tap(window.control("Undo last stroke"))
    window.draw()
    window.draw()
    window.tap(window.control("Clear"))
    assert drawn(window) == []
    window.page.locator("input[name=strokes]").evaluate("each => { each.value = '[[[5000, 1]]]' }")
    window.page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('#sign'))")
    window.page.wait_for_load_state()
    assert not Signature.objects.exists()


def test_a_stroke_that_the_system_breaks_off_is_kept(window: Window) -> None:
    pad = window.page.locator(".pad svg")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    session = window.context.new_cdp_session(window.page)
    for kind, part in (("touchStart", 0.2), ("touchMove", 0.5), ("touchMove", 0.6)):
        points = [{"x": box["x"] + part * box["width"], "y": box["y"] + 0.5 * box["height"]}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
    window.page.wait_for_function("document.querySelector('input[name=strokes]').value")
    [stroke] = drawn(window)
    assert stroke[0] == [200, 150]
    assert stroke[-1][0] > 400
    window.go("Sign the agreement")
    assert Signature.objects.get().strokes == [stroke]

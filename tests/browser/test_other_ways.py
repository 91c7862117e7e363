"""The same journey without scripts, and by the keyboard alone: nobody needs a finger or JavaScript to agree."""

from __future__ import annotations

from playwright.sync_api import Locator

from agreements.management import walk
from agreements.models import Document, Draft, User
from agreements.rules.steps import Step
from tests import builders
from tests.browser import journey
from tests.browser.conftest import Opener
from tests.browser.test_touch import DECISIONS, WAY
from tests.browser.window import Window
from tests.tools import needs

pytestmark = needs("chromium")

HERE = "(each) => each === document.activeElement"
HIDDEN_FOCUS = """() => {
  const shown = document.activeElement.closest(".option") ?? document.activeElement;
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `no ring: ${shown.outerHTML}`;
  if (box.bottom < 1 || box.top > innerHeight - 1) return `out of sight: ${shown.outerHTML}`;
  const top = document.elementFromPoint(box.left + box.width / 2, Math.max(1, box.top) + Math.min(box.height, 40) / 2);
  return shown.contains(top) ? "" : `covered: ${shown.outerHTML}`;
}"""


class Keyboard(Window):
    """A person with Tab, the arrows, Space and Enter."""

    def press(self, control: Locator) -> None:
        target = control.locator("input") if control.evaluate("each => each.matches('label')") else control
        kind, name = target.evaluate("each => [each.type, each.name]")
        if kind != "radio":
            self.reach(target)
            self.page.keyboard.press("Space" if kind == "checkbox" else "Enter")
            return
        group = self.page.locator(f"input[name={name}]")
        self.reach(group.first)
        self.page.keyboard.press("Space")
        while not target.evaluate(HERE):
            self.page.keyboard.press("ArrowDown")
            self.see_focus()

    def reach(self, target: Locator) -> None:
        for _ in range(150):
            if target.evaluate(HERE):
                return
            self.page.keyboard.press("Tab")
            self.see_focus()
        raise AssertionError("the keyboard does not reach it")

    def see_focus(self) -> None:
        if fault := self.page.evaluate(HIDDEN_FOCUS):
            self.faults.append(fault)


def prepared(therapist: User) -> Draft:
    """A draft at S0 with two differences ahead."""
    script = walk.Script(therapist={key: walk.choose(value) for key, value in journey.TWO_DIFFER.items()})
    return builders.a_draft(until=Step.START, client=builders.a_client(therapist), script=script)


def take(window: Window) -> None:
    journey.first_half(window)
    journey.settle(window, DECISIONS)
    journey.second_half(window)
    journey.sign_typed(window)
    assert window.pages == ["start", *WAY]
    assert Document.objects.get().content.startswith(b"%PDF")


def test_without_scripts(opened: Opener, therapist: User) -> None:
    window = opened(user=therapist, java_script_enabled=False)
    window.open(f"/room/{prepared(therapist).pk}/")
    take(window)
    with window.page.expect_download() as coming:
        window.press(window.choice("saved"))
    assert coming.value.path().read_bytes() == bytes(Document.objects.get().content)


def test_by_keyboard_alone(opened: Opener, therapist: User) -> None:
    window = opened(Keyboard, user=therapist, has_touch=False)
    window.open(f"/room/{prepared(therapist).pk}/")
    take(window)

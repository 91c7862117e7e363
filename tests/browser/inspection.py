"""What is asked of every page at every size and color: rules of axe, no sideways scroll, targets as large as a finger."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"type": "tag", "values": TAGS}
Look = tuple[int, str, dict[str, Any] | None]  # without rules: sideways scroll and targets alone
LOOKS: tuple[Look, ...] = ((820, "light", RULES), (320, "dark", RULES), (1180, "light", None))  # colors are the same
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, label.option, input")]
  .filter((each) => each.checkVisibility() && !each.matches(".skip, .option input, [type=hidden]"))
  .filter((each) => [each, ...(each.labels ?? [])].map((it) => it.getBoundingClientRect()).every((box) => box.height < 43.9 || box.width < 43.9))
  .map((each) => each.outerHTML.slice(0, 120))"""
VIOLATIONS = "(options) => axe.run(options).then((result) => result.violations)"
WIDE = "document.documentElement.scrollWidth - innerWidth"


def faults(page: Page, looks: tuple[Look, ...] = LOOKS, **options: Any) -> list[str]:
    """Everything wrong with the page as it stands, at these sizes and colors; the window is left as it was.

    `options` are axe's own, beside the rules of each look. No style is fetched again (`preload`): of the rules asked for
    only the one of sounds that start by themselves would wait for that, and no page has sounds.
    """
    before, found = page.viewport_size, []
    page.evaluate(Axe().axe_script)
    for width, scheme, rules in looks:
        page.set_viewport_size({"width": width, "height": 1180})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        where = f"{page.url} {width} {scheme}"
        asked = {"runOnly": rules, "resultTypes": ["violations"], "preload": False, **options}
        for rule in page.evaluate(VIOLATIONS, asked) if rules else []:
            found += [f"{where}: {rule['id']}: {node['html'][:200]}" for node in rule["nodes"]]
        found += [f"{where}: small: {each}" for each in page.evaluate(SMALL)]
        if page.evaluate(WIDE) > 0:
            found.append(f"{where}: scrolls sideways")
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")
    return found

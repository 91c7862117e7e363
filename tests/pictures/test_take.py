"""The pictures of the README, taken anew from the running product with invented people.

python3 manage.py test tests/pictures -n 0
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from django.conf import settings

from agreements.models import Document, User
from tests.browser import journey
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.tools import needs, path_of

pytestmark = needs("chromium", "pdftoppm")
FOLDER = settings.BASE_DIR / "docs" / "pictures"
NAMES = {"turn": "turn", "talk": "difference", "what_if": "what-if", "sign": "sign"}


def take(window: Window) -> None:
    """A picture of what stands on the tablet, when it is one of the four."""
    if name := NAMES.get(window.pages[-1]):
        path = FOLDER / f"{name}.png"
        if not path.exists() or name != "difference" and name != "sign":
            window.page.screenshot(path=path)


def page_of_the_pdf(pdf: bytes, path: Path) -> None:
    """The first page at 100 dots an inch."""
    subprocess.run(
        [path_of("pdftoppm"), "-png", "-r", "100", "-f", "1", "-l", "1", "-singlefile", "-", path.with_suffix("")],
        input=pdf,
        check=True,
    )


def test_take_the_pictures(opened: Opener, therapist: User) -> None:
    for old in FOLDER.glob("*.png"):
        old.unlink()
    FOLDER.mkdir(exist_ok=True)
    window = opened(user=therapist)
    journey.add_client(window)
    journey.prepare(window)
    journey.first_half(window, take)
    journey.settle(window, {"often": "three_five", "night": "nine_eight"}, take)
    journey.second_half(window, take)
    journey.sign_drawn(window, take)
    page_of_the_pdf(Document.objects.get().content, FOLDER / "agreement.png")
    assert sorted(path.name for path in FOLDER.glob("*.png")) == [
        "agreement.png", "difference.png", "sign.png", "turn.png", "what-if.png",
    ]  # fmt: skip

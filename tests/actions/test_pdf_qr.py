"""Squares: another program reads from the paper, without a network, what the crisis box says."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from django.test import override_settings
from PIL import Image

from agreements.actions import pdf_qr
from agreements.rules.digest import check_code
from agreements.rules.vocabulary import Voice
from tests.papers import freshly, on_paper, sheets
from tests.records import a_box, a_record, signed
from tests.tools import needs, path_of


def squares_on(pdf: bytes, page: int, *, dots: float = 300, black: bool = False) -> str:
    """What another program reads from the squares of a page, seen at so many dots an inch; `black` and white alone."""
    picture = pypdfium2.PdfDocument(pdf)[page].render(scale=dots / 72).to_pil()
    return read(picture.convert("L").point(lambda grey: 255 * (grey > 127)) if black else picture)


def read(picture: Image.Image) -> str:
    content = BytesIO()
    picture.save(content, "PNG")
    asked = [path_of("zbarimg"), "--quiet", "--raw", "-"]
    return subprocess.run(asked, input=content.getvalue(), capture_output=True, check=True).stdout.decode()


@needs("zbarimg")
@pytest.mark.parametrize("voice", Voice)
def test_the_last_page_holds_the_crisis_steps_as_text(voice: Voice) -> None:
    record = a_record(box=a_box(voice))
    last = squares_on(on_paper(record), page=2)
    for step in record.box.steps:
        assert f"{step.number}. {step.head} {step.words}".replace("’", "'") in last
    assert last.rstrip().endswith(record.box.last)


def test_it_says_what_the_square_is_for() -> None:
    assert "Take a photo of this page with your phone." in sheets(on_paper(a_record()))[2]


def test_long_steps_take_two_squares_and_break_between_steps() -> None:
    box = a_box()
    long = replace(box, steps=tuple(replace(step, head=step.head * 12) for step in box.steps))
    texts = pdf_qr.texts_of_steps(long)
    assert len(texts) > 1
    assert "\n".join(texts).count("\n") == len(box.steps)
    assert len(pdf_qr.of_steps(long)) == len(texts)


def test_letters_beyond_ascii_are_marked_as_utf8() -> None:
    box = replace(a_box(), last="Zoë, diese Schritte gelten.")
    assert [text[0] for text in pdf_qr.texts_of_steps(box)] == ["\ufeff"]
    assert [text[0] for text in pdf_qr.texts_of_steps(a_box())] == ["1"]


@needs("zbarimg")
def test_the_address_of_the_version_stands_there_only_where_there_is_one() -> None:
    record = a_record(replaces="a" * 64, changed=("How often", "At night", "Time away", "the crisis steps"))
    assert "https" not in "".join(sheets(on_paper(record)))
    with override_settings(PUBLIC_ADDRESS="https://agreements.example.org"):
        made = freshly(record)
    address = f"https://agreements.example.org/v/{check_code(signed(record).digest).replace(' ', '')}"
    assert len(sheets(made)) == 3
    assert address in sheets(made)[1].replace(" ", "")
    assert squares_on(made, page=1).strip() == address
    assert squares_on(made, page=1, dots=150 * 0.95, black=True).strip() == address  # a copy, a little smaller

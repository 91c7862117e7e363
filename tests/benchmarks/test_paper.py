"""How long a paper takes, as ratios in one run. It prints; nothing here is asserted.

python3 manage.py test tests/benchmarks/test_paper.py -n 0 -s
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from agreements.actions import keys, pdf, pdf_cards, pdf_setting, pdf_signature
from tests.benchmarks.test_speed import median, say
from tests.records import SIGNED_AT, a_key_folder, a_record, marks, signed
from tests.tools import needs, path_of

WORDS = signed(a_record())


@pytest.fixture(autouse=True)
def key() -> Iterator[None]:
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        yield


def seal() -> bytes:
    return pdf_signature.seal(pdf.render(WORDS, marks(WORDS.agreement)), SIGNED_AT)


def what_is_set() -> tuple[str, str, bytes]:
    """The HTML of the agreement, its style sheet and the file attached to it."""
    kept: list[tuple[Any, ...]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "set_page", lambda *facts, whole=pdf.set_page: kept.append(facts) or whole(*facts))
        seal()
    html, styles, attached, _made = kept[0]
    return html, "\n".join(map(pdf_setting.style_sheet, styles)), attached


def bare() -> Callable[[], bytes]:
    """WeasyPrint by itself: the same HTML, style sheet and attached file, pdf/ua-1; its fonts read each time."""
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration

    html, style, attached = what_is_set()

    def run() -> bytes:
        fetcher, fonts = pdf_setting._only_bundled(), FontConfiguration()
        sheet = CSS(string=style, font_config=fonts, url_fetcher=fetcher)
        file = Attachment(string=attached, name="agreement.json", url_fetcher=fetcher)
        document = HTML(string=html, url_fetcher=fetcher)
        return document.write_pdf(stylesheets=[sheet], font_config=fonts, attachments=[file], pdf_variant="pdf/ua-1")

    return run


def on_disk(folder: Path) -> Path:
    """The HTML with its style sheet in it, the way another program takes it."""
    html, style, _attached = what_is_set()
    path = folder / "agreement.html"
    path.write_text(html.replace("</head>", f"<style>{style}</style></head>"), encoding="utf-8")
    return path


def test_sealing_beside_weasyprint() -> None:
    ours, theirs = median(seal, bare(), rounds=9)
    say("agreement sealed, warm, beside bare WeasyPrint", ours, theirs, 1.35)
    print(f"size: {len(seal())} bytes (budget 60000)")


@needs("chromium")
def test_sealing_beside_chromium(tmp_path: Path) -> None:
    page = on_disk(tmp_path)
    asked = [path_of("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    asked += ["--no-pdf-header-footer", f"--print-to-pdf={tmp_path}/made.pdf", page.as_uri()]
    ours, theirs = median(seal, lambda: subprocess.run(asked, check=True, capture_output=True), rounds=7)
    assert (tmp_path / "made.pdf").read_bytes().startswith(b"%PDF")
    say("agreement sealed, warm, beside Chromium", ours, theirs, 0.4)


@needs("soffice")
def test_sealing_beside_libreoffice(tmp_path: Path) -> None:
    asked = [path_of("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    asked += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(on_disk(tmp_path))]
    ours, theirs = median(seal, lambda: subprocess.run(asked, check=True, capture_output=True), rounds=7)
    assert (tmp_path / "agreement.pdf").read_bytes().startswith(b"%PDF")
    say("agreement sealed, warm, beside LibreOffice", ours, theirs, 0.35)


def test_other_prints_beside_the_agreement() -> None:
    record = WORDS.agreement
    made: dict[str, Callable[[], Any]] = {
        "large print": lambda: pdf_signature.seal(pdf.render(WORDS, marks(record), large=True), SIGNED_AT),
        "cards": lambda: pdf_cards.cards(record, "9f3c 71ab 20de 44c8"),
        "picture": lambda: pdf_cards.picture(record, "dark"),
    }
    taken = median(seal, *made.values(), rounds=7)
    for name, ours in zip(made, taken[1:], strict=True):
        say(f"{name}, beside the agreement", ours, taken[0], 1.5)


def test_a_long_paper_is_verified() -> None:
    terms = WORDS.agreement.terms
    many = tuple(replace(term, key=f"{term.key}{turn}") for turn in range(19) for term in terms)
    long = signed(a_record(terms=many))
    made, root = pdf_signature.seal(pdf.render(long, marks(long.agreement)), SIGNED_AT), keys.root_certificate()
    (taken,) = median(lambda: pdf_signature.judge(made, root))
    print(f"\n{len(PdfReader(BytesIO(made)).pages)} pages verified: {taken:.0f} ms (budget 100 ms for 21)")

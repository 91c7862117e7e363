"""Programs that some tests ask for an independent opinion: `@needs("pdfsig")`.

Where one is missing the test skips in one line; with REQUIRE_TOOLS=1, as in CI, it fails instead.
"""

import ctypes
import os
import shutil
import sys

import pytest

PACKAGES = {  # Debian's package for each program
    "chromium": "chromium libatomic1",  # the second for playwright, which drives it
    "mutool": "mupdf-tools",
    "openssl": "openssl",
    "pdfdetach": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdfsig": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "soffice": "libreoffice-writer",
    "zbarimg": "zbar-tools",
}


def needs(*programs: str) -> pytest.MarkDecorator:
    """The mark for a test, class or module (`pytestmark = needs("pdfsig")`) that calls these programs."""
    unknown = set(programs) - PACKAGES.keys()
    if unknown:
        raise ValueError(f"Name the Debian package of {', '.join(sorted(unknown))} in tests/tools.py")
    return pytest.mark.needs(*programs)


def path_of(program: str) -> str:
    """Where the program is, for a test marked with it."""
    found = shutil.which(program)
    assert found, f"{program} is missing: mark this test with needs({program!r})"
    return found


def is_there(program: str) -> bool:
    """It can be called; Chromium also by playwright."""
    if program == "chromium" and sys.platform == "linux":
        try:
            ctypes.CDLL("libatomic.so.1")
        except OSError:
            return False
    return shutil.which(program) is not None


def stop_without(programs: tuple[str, ...]) -> None:
    """Skip, or in CI fail, the running test when one of its programs is missing."""
    missing = [program for program in programs if not is_there(program)]
    if not missing:
        return
    packages = " ".join(sorted({PACKAGES[program] for program in missing}))
    reason = f"needs {', '.join(missing)} (apt-get install {packages})"
    if os.environ.get("REQUIRE_TOOLS") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)

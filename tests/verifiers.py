"""What other people's programs say of a PDF. Mark a test that calls one with `@needs(...)` from tests/tools.py."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from asn1crypto.cms import ContentInfo

from tests.tools import path_of


def pdfsig(pdf: bytes) -> str:
    """Poppler's report on the signatures. Its exit code says nothing: read the text."""
    return _asked("pdfsig", "-nocert", pdf=pdf)


def mutool_sign(pdf: bytes) -> str:
    """MuPDF's report on the signatures."""
    return _asked("mutool", "sign", "-v", pdf=pdf)


def openssl_accepts(pdf: bytes, root_pem: bytes) -> bool:
    """Whether OpenSSL alone, without a PDF library, finds the seal right for these bytes under this root."""
    (found,) = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\]", pdf)
    start, before, after, rest = map(int, found)
    if start or after + rest != len(pdf):
        return False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seal = ContentInfo.load(bytes.fromhex(pdf[before + 1 : after - 1].decode()))
        (folder / "seal.der").write_bytes(seal.dump())
        (folder / "covered").write_bytes(pdf[:before] + pdf[after:])
        (folder / "root.pem").write_bytes(root_pem)
        asked = [path_of("openssl"), "cms", "-verify", "-binary", "-inform", "DER", "-in", "seal.der"]
        asked += ["-content", "covered", "-CAfile", "root.pem", "-purpose", "any", "-no_check_time", "-out", "got"]
        return subprocess.run(asked, cwd=folder, capture_output=True, check=False).returncode == 0


def openssl_accepts_time(pdf: bytes, authority_pem: bytes) -> bool:
    """Whether OpenSSL alone finds the trusted time right for the seal's signature under this authority's root."""
    ((before, after),) = [(int(one), int(other)) for one, other in re.findall(rb"/ByteRange \[0 (\d+) (\d+) ", pdf)]
    seal = ContentInfo.load(bytes.fromhex(pdf[before + 1 : after - 1].decode()))
    (signer,) = seal["content"]["signer_infos"]
    (attribute,) = signer["unsigned_attrs"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "token").write_bytes(attribute["values"][0].dump())
        (folder / "signature").write_bytes(signer["signature"].native)
        (folder / "root.pem").write_bytes(authority_pem)
        asked = [path_of("openssl"), "ts", "-verify", "-in", "token", "-token_in", "-data", "signature"]
        return subprocess.run([*asked, "-CAfile", "root.pem"], cwd=folder, capture_output=True).returncode == 0


def pyhanko(pdf: bytes, *roots_pem: bytes) -> tuple[int, str]:
    """What pyHanko's own command says under these roots: its exit code, and VALID or INVALID."""
    from click.testing import CliRunner
    from pyhanko.cli import cli_root

    with tempfile.TemporaryDirectory() as name:
        asked, trusted = Path(name) / "asked.pdf", []
        asked.write_bytes(pdf)
        for number, pem in enumerate(roots_pem):
            path = Path(name) / f"{number}.pem"
            path.write_bytes(pem)
            trusted += ["--trust", str(path)]
        told = CliRunner().invoke(
            cli_root, ["sign", "validate", "--trust-replace", *trusted, "--pretty-print", str(asked)]
        )
    verdict = re.search(r"judged (VALID|INVALID)", told.output)
    return told.exit_code, verdict[1] if verdict else told.output


def fonts(pdf: bytes) -> list[tuple[str, bool]]:
    """Each font's name and whether it came along."""
    lines = _asked("pdffonts", pdf=pdf).splitlines()[2:]
    return [(line.split()[0], line.split()[-5] == "yes") for line in lines]


def facts(pdf: bytes) -> dict[str, str]:
    """What pdfinfo says: title, tagged, pages, page size …"""
    lines = _asked("pdfinfo", pdf=pdf).splitlines()
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def structure(pdf: bytes, *, with_text: bool = False) -> str:
    """The tag tree as poppler reads it."""
    return _asked("pdfinfo", "-struct-text" if with_text else "-struct", pdf=pdf)


def text(pdf: bytes, page: int | None = None) -> str:
    """The text in reading order, of one page (from 1) or of all."""
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    return _asked("pdftotext", *pages, pdf=pdf, after=("-",))


def attached(pdf: bytes, name: str) -> bytes:
    """An attached file's content."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "asked.pdf").write_bytes(pdf)
        subprocess.run([path_of("pdfdetach"), "-savefile", name, "-o", "got", "asked.pdf"], cwd=folder, check=True)
        return (Path(folder) / "got").read_bytes()


def rewritten(pdf: bytes) -> bytes:
    """The same document after qpdf wrote it anew."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "asked.pdf").write_bytes(pdf)
        subprocess.run([path_of("qpdf"), "asked.pdf", "got.pdf"], cwd=folder, check=True)
        return (Path(folder) / "got.pdf").read_bytes()


def _asked(program: str, *arguments: str, pdf: bytes, after: tuple[str, ...] = ()) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        run = subprocess.run(
            [path_of(program), *arguments, file.name, *after], capture_output=True, text=True, check=False
        )
    return run.stdout + run.stderr

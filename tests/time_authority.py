"""A time authority on this machine: a small web server that has OpenSSL answer (RFC 3161). Needs openssl."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from asn1crypto import tsp
from django.test import override_settings

from tests.tools import path_of

POLICY = "1.2.3.4.1"
CONFIG = """
[tsa]
serial = {folder}/serial
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
[req]
distinguished_name = none
[none]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[inner]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[stamper]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run([path_of("openssl"), *arguments], cwd=folder, check=True, capture_output=True)


def make(folder: Path) -> None:
    """Root, inner authority and the certificate that stamps."""
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    for name, issuer, part in (("root", "", "root"), ("inner", "root", "inner"), ("tsa", "inner", "stamper")):
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256") if name != "inner" else ("-newkey", "rsa:2048")
        signed_by = ("-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key") if issuer else ()
        openssl(
            folder, "req", "-x509", *curve, "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "3650",
            "-subj", f"/CN=Test {name}", "-config", "tsa.cnf", "-extensions", part, *signed_by,
        )  # fmt: skip


def answer(folder: Path, query: bytes) -> bytes:
    """What OpenSSL answers to a query."""
    with TemporaryDirectory() as name:
        asked, got = Path(name) / "q.tsq", Path(name) / "q.tsr"
        asked.write_bytes(query)
        openssl(
            folder, "ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", str(asked), "-signer",
            "tsa.pem", "-inkey", "tsa.key", "-chain", "inner.pem", "-out", str(got),
        )  # fmt: skip
        return got.read_bytes()


def changed(query: bytes, **facts: Any) -> bytes:
    """The query with other facts in it."""
    asked = tsp.TimeStampReq.load(query)
    known = {name: asked[name].native for name in ("version", "message_imprint", "nonce", "cert_req", "req_policy")}
    return tsp.TimeStampReq({key: value for key, value in {**known, **facts}.items() if value is not None}).dump()


def slow(folder: Path, query: bytes) -> bytes:
    time.sleep(6)
    return b""


WAYS: dict[str, Callable[[Path, bytes], bytes]] = {
    "in order": answer,
    "slow": slow,
    "under another policy": lambda folder, query: answer(folder, changed(query, req_policy="1.2.3.4.2")),
    "to another question": lambda folder, query: answer(folder, changed(query, nonce=7)),
    "about something else": lambda folder, query: answer(
        folder, changed(query, message_imprint={"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": b"0" * 32})
    ),
    "a refusal": lambda folder, query: answer(folder, changed(query, req_policy="1.2.3.4.9")),
    "no answer at all": lambda folder, query: b"",
    "not an answer": lambda folder, query: b"<html>moved</html>",
    "without certificates": lambda folder, query: answer(folder, changed(query, cert_req=None)),
}


@contextmanager
def running(way: str = "in order") -> Iterator[Path]:
    """The authority answers in this way, and the settings name it; gives its folder, with root.pem."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        with (
            served(partial(WAYS[way], folder)) as url,
            override_settings(TSA_URL=url, TSA_ROOT=str(folder / "root.pem"), TSA_POLICY=POLICY),
        ):
            yield folder


@contextmanager
def served(reply: Callable[[bytes], bytes]) -> Iterator[str]:
    """A web server that answers each post in this way; gives its address."""

    class Authority(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):  # nobody waited
                self.wfile.write(body)

        def log_message(self, *_facts: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Authority)
    server.daemon_threads, server.block_on_close = True, False
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()

"""Checks files in a process of its own and tells what each of them cost: python -m tests.hostile_process FOLDER

A line of JSON for each file in FOLDER, by name: what was said of it, seconds of the processor, and by how many bytes the
process has been larger, at its largest, than after the first file.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from contextlib import suppress
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.test import RequestFactory

PAGE_READS = 6 * 1024 * 1024  # of a larger one the page reads nothing


def largest() -> int:
    """The bytes of memory this process held at most. Linux counts what its parent held into getrusage."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    django.setup()
    from agreements.reads import proof
    from agreements.views import proving

    folder = Path(sys.argv[1])
    settings.KEY_DIR = folder / "keys"
    proof.by_sha256 = lambda sha256: None  # nothing is kept here: whatever comes is judged
    before = 0
    for path in sorted(folder.glob("*.pdf")):
        out, began = StringIO(), time.process_time()
        with suppress(SystemExit):
            call_command("verify_pdf", str(path), "--trust", str(folder / "keys" / "root.pem"), stdout=out)
        if path.stat().st_size <= PAGE_READS:  # a larger one is not even read there
            with path.open("rb") as file:
                proving._answers(RequestFactory().post("/verify/", {"file": file}))
        took = time.process_time() - began
        peak = largest()
        before = before or peak
        print(json.dumps([path.stem.strip(), out.getvalue().split("\t")[0], took, peak - before]), flush=True)


if __name__ == "__main__":
    main()

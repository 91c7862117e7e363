"""A paper of forty pages: sealed, its one table whole, its tags in order, verified in no time.

python3 manage.py test tests/endurance/test_forty_pages.py -n 0 -s
"""

from __future__ import annotations

import time
from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from agreements.actions import keys, pdf, pdf_signature
from agreements.actions.pdf_signature import GENUINE, judge
from tests import pdf_ua
from tests.records import SIGNED_AT, a_key_folder, a_record, marks, signed


def test_a_paper_of_forty_pages() -> None:
    terms = tuple(replace(term, key=f"{term.key}{turn}") for turn in range(38) for term in a_record().terms)
    sealed = signed(a_record(terms=terms))
    began = time.process_time()
    with a_key_folder():
        keys.make_seal_key(SIGNED_AT)
        made = pdf_signature.seal(pdf.render(sealed, marks(sealed.agreement)), SIGNED_AT)
        took, began = time.process_time() - began, time.process_time()
        assert judge(made, keys.root_certificate()).status == GENUINE
        verified = time.process_time() - began
    pages = len(PdfReader(BytesIO(made)).pages)
    print(
        f"\n{pages} pages, {len(made)} bytes, sealed in {took:.1f} s, verified in {verified * 1000:.0f} ms (of the processor)"
    )
    assert pages >= 40
    assert pdf_ua.faults(made) == []
    assert pdf_ua.tree(made).count("Table") == 1

"""PDF/UA-1 as far as a program can judge it, read from the bytes with pypdf: each fault as one line."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject, NumberObject

PAINTS = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"f",
    b"F",
    b"f*",
    b"B",
    b"B*",
    b"b",
    b"b*",
    b"S",
    b"s",
    b"Do",
    b"sh",
    b"INLINE IMAGE",
}
UA = "{http://www.aiim.org/pdfua/ns/id/}part"
TITLE = "{http://purl.org/dc/elements/1.1/}title"


def faults(pdf: bytes) -> list[str]:
    """What is not as PDF/UA-1 wants it."""
    reader = PdfReader(BytesIO(pdf))
    root = reader.root_object
    elements = list(_elements(root["/StructTreeRoot"]["/K"]))
    found = [*_document(root), *_headings(elements), *_figures(elements), *_tables(root, elements), *_fonts(reader)]
    for number, page in enumerate(reader.pages):
        found += [f"page {number + 1}: {fault}" for fault in _page(reader, page, _kept(root, number))]
    return found


def loose(pdf: bytes) -> list[str]:
    """References to what is not there, elements that nothing leads to, and elements that say nothing of what they hold."""
    reader = PdfReader(BytesIO(pdf))
    wanted, waiting = set[int](), list[Any]([reader.trailer])
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum not in wanted:
                wanted.add(each.idnum)
                waiting.append(each.get_object())
        elif isinstance(each, dict):
            waiting += [each.raw_get(key) for key in each]
        elif isinstance(each, list):
            waiting += list.__iter__(each)
    found = [f"{number} is not there" for number in sorted(wanted) if reader.get_object(number) is None]
    for number in sorted(reader.xref_objStm.keys() - wanted):
        each = reader.get_object(number)
        if isinstance(each, dict) and each.get("/Type") == "/StructElem":
            found.append(f"nothing leads to {number}")
    kinds = {element["/S"] for element in _elements(reader.root_object["/StructTreeRoot"]["/K"])}
    return found + sorted(kinds & {"/Span", "/NonStruct"})


def tree(pdf: bytes) -> str:
    """The structure as indented lines; equal neighbours are counted."""
    lines: list[list[Any]] = []
    for depth, element in _outline(PdfReader(BytesIO(pdf)).root_object["/StructTreeRoot"]["/K"], 0):
        line = f"{'  ' * depth}{element['/S'][1:]}{_facts(element)}"
        if lines and lines[-1][0] == line:
            lines[-1][1] += 1
        else:
            lines.append([line, 1])
    return "".join(f"{line}{f' x{times}' if times > 1 else ''}\n" for line, times in lines)


def _facts(element: DictionaryObject) -> str:
    told = element.get("/A", {})
    facts = [told["/Scope"][1:]] if "/Scope" in told else []
    facts += [f"{len(told['/Headers'])} headings"] if "/Headers" in told else []
    facts += [str(element["/Alt"])] if "/Alt" in element else []
    return f" ({', '.join(facts)})" if facts else ""


def _kids(element: Any) -> list[DictionaryObject]:
    kids = element if isinstance(element, list) else element.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    found = [kid.get_object() for kid in kids]
    return [kid for kid in found if isinstance(kid, DictionaryObject) and "/S" in kid]


def _outline(element: Any, depth: int) -> Iterator[tuple[int, DictionaryObject]]:
    for kid in _kids(element):
        yield depth, kid
        yield from _outline(kid, depth + 1)


def _elements(element: Any) -> Iterator[DictionaryObject]:
    return (kid for _depth, kid in _outline(element, 0))


def _document(root: DictionaryObject) -> Iterator[str]:
    if not root.get("/Lang"):
        yield "no language"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not shown"
    told = ElementTree.fromstring(root["/Metadata"].get_object().get_data())
    if told.find(f".//{UA}") is None and not any(UA in each.attrib for each in told.iter()):
        yield "no pdfuaid:part"
    title = told.find(f".//{TITLE}")
    if title is None or not "".join(title.itertext()).strip():
        yield "no dc:title"


def _headings(elements: list[DictionaryObject]) -> Iterator[str]:
    above = 0
    for element in elements:
        if element["/S"] in {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}:
            level = int(element["/S"][2])
            if level > above + 1:
                yield f"a heading {level} after {above}"
            above = level


def _figures(elements: list[DictionaryObject]) -> Iterator[str]:
    for figure in [each for each in elements if each["/S"] == "/Figure"]:
        if not figure.get("/Alt"):
            yield "a figure without words"
        left, bottom, right, top = figure["/A"]["/BBox"]
        _x, _y, width, height = figure["/Pg"]["/MediaBox"]
        if not (0 <= left < right <= width and 0 <= bottom < top <= height):
            yield f"a figure off the page: {figure['/A']['/BBox']}"


def _tables(root: DictionaryObject, elements: list[DictionaryObject]) -> Iterator[str]:
    names = root["/StructTreeRoot"].get("/IDTree", {}).get("/Names", [])
    known = dict(zip(names[::2], (each.get_object() for each in names[1::2]), strict=True))
    if list(names[::2]) != sorted(names[::2]):
        yield "the register of cells is not sorted"
    for cell in [each for each in elements if each["/S"] == "/TH"]:
        if cell["/A"].get("/Scope") not in ("/Row", "/Column"):
            yield "a heading cell without scope"
        if known.get(cell.get("/ID")) != cell:
            yield "a heading cell that is not in the register"
    for cell in [each for each in elements if each["/S"] == "/TD"]:
        if not cell["/A"].get("/Headers") or not set(cell["/A"]["/Headers"]) <= known.keys():
            yield "a cell without headings"
    for table in [each for each in elements if each["/S"] == "/Table"]:
        rows = {len(_kids(row)) for group in _kids(table) for row in _kids(group)}
        if len(rows) != 1:
            yield f"rows of {sorted(rows)} cells"


def _fonts(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        for name, font in page["/Resources"].get("/Font", {}).items():
            (inner,) = font["/DescendantFonts"]
            if "/ToUnicode" not in font:
                yield f"font {name} without letters"
            if not {"/FontFile2", "/FontFile3"} & set(inner.get_object()["/FontDescriptor"]):
                yield f"font {name} did not come along"


def _kept(root: DictionaryObject, number: int) -> list[Any]:
    """For each piece of marked content on a page, the element it belongs to."""
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    return list(dict(zip(numbers[::2], numbers[1::2], strict=True))[NumberObject(number)])


def _page(reader: PdfReader, page: Any, kept: list[Any]) -> Iterator[str]:
    if page.get("/Annots") and page.get("/Tabs") != "/S":
        yield "annotations without an order"
    for each in page.get("/Annots", []):
        note, (_x, _y, width, height) = each.get_object(), page["/MediaBox"]
        left, bottom, right, top = note["/Rect"]
        inside = right > 0 and top > 0 and left < width and bottom < height
        if inside and "/StructParent" not in note:
            yield f"an annotation on the page without a place: {note.get('/Subtype')}"
        if note.get("/Subtype") == "/Widget" and not note.get("/TU"):
            yield "a field without words"
    within: list[str] = []
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            facts = operands[1] if len(operands) > 1 else {}
            place = facts.get("/MCID")
            if (
                operands[0] != "/Artifact"
                and place is not None
                and not isinstance(kept[place].get_object(), DictionaryObject)
            ):
                yield f"content {place} that belongs nowhere"
            within.append("artifact" if operands[0] == "/Artifact" else "content" if place is not None else "")
        elif operator == b"EMC":
            within.pop()
        elif operator in PAINTS and not any(within):
            yield f"{operator!r} outside everything"

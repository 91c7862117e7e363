"""The tags of a PDF before it is written: which words stand where, and tables as a screen reader wants them.

WeasyPrint gives a heading cell no scope, keeps no register of cells, cuts a table into one for each page, leaves the
lines at the foot without a place and puts an element of its own around each run of letters. This sets that right in
its own objects, before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agreements.actions.pdf_packing import at, leave_out

PLAIN = frozenset({"Type", "S", "K", "Pg", "P"})  # what an element has that says nothing beside where it stands
POINTS = 0.75  # of a pixel


def drawn(document: Any) -> str:
    """The words of all pages in the order in which they are read, less what stands in the margins."""
    return "\n".join(text for page in document.pages for text in _texts(page._page_box))


def mend(pdf: Any) -> None:
    """Join the tables that pages cut, say of each heading cell what it heads, list the cells that have names, and mark
    what repeats on every page as no part of the text.
    """
    root = at(pdf, pdf.catalog["StructTreeRoot"])
    (document,) = _children(pdf, root)
    _unwrap(pdf, root, document)
    _join_tables(pdf, document)
    elements = list(_all(pdf, document))
    named: dict[str, bytes] = {}
    for table in [each for each in elements if each["S"] == "/Table"]:
        _say_what_heads(pdf, table, named)
    if named:
        root["IDTree"] = _tree(named)
    for figure in [each for each in elements if each["S"] == "/Figure"]:
        figure["A"]["BBox"] = _on_page(pdf, figure)
    kept = {each.number for each in (document, *elements)}
    _set_apart(pdf, root, kept)
    leave_out(pdf, [each for each in pdf.objects if _is_element(each) and each.number not in kept])


def _texts(box: Any) -> Iterator[str]:
    box = getattr(box, "_box", box)  # what is placed absolutely stands behind a stand-in
    if type(box).__name__ == "MarginBox":
        return
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _children(pdf: Any, element: Any) -> list[Any]:
    """The elements right below this one; marked content and links to annotations are none."""
    found = [at(pdf, kid) for kid in element["K"] if isinstance(kid, bytes)]
    return [each for each in found if "S" in each]


def _all(pdf: Any, element: Any) -> Iterator[Any]:
    for child in _children(pdf, element):
        yield child
        yield from _all(pdf, child)


def _is_element(each: Any) -> bool:
    return isinstance(each, dict) and each.get("Type") == "/StructElem"


def _unwrap(pdf: Any, root: Any, document: Any) -> None:
    """Words stand right in the paragraph, heading or cell that they belong to."""
    page_of = at(pdf, root["ParentTree"])["Nums"]
    words_of = {pdf.page_references[page]: words for page, words in zip(page_of[::2], page_of[1::2], strict=True)
                if not isinstance(words, bytes)}  # fmt: skip
    for element in [document, *_all(pdf, document)]:
        if not _says_nothing(element):
            element["K"] = type(element["K"])(_unwrapped(pdf, element, element, words_of))


def _unwrapped(pdf: Any, wrapper: Any, element: Any, words_of: dict[bytes, Any]) -> Iterator[Any]:
    """What is in `wrapper`, itself or by way of elements that say nothing, now as kids of `element`."""
    for kid in wrapper["K"]:
        below = at(pdf, kid) if isinstance(kid, bytes) else {}
        if _says_nothing(below) and below["Pg"] == element.get("Pg"):
            yield from _unwrapped(pdf, below, element, words_of)
            continue
        if "P" in below:
            below["P"] = element.reference
        elif isinstance(kid, int):
            words_of[element["Pg"]][kid] = element.reference
        yield kid


def _says_nothing(element: Any) -> bool:
    return element.get("S") in {"/Span", "/NonStruct"} and element.keys() <= PLAIN


def _join_tables(pdf: Any, document: Any) -> None:
    """A table that ends a page and one that begins the next are the same one: nothing of ours stands between two."""
    pages: dict[bytes, list[Any]] = {}
    for each in _children(pdf, document):
        pages.setdefault(each["Pg"], []).append(each)
    ended: Any = None
    for elements in pages.values():
        first, last = _at_edge(pdf, elements[0], 0), _at_edge(pdf, elements[-1], -1)
        if ended is not None and first is not None:
            _take_rows(pdf, first, ended)
            last = ended if last is first else last
        ended = last


def _at_edge(pdf: Any, element: Any, place: int) -> Any:
    """The table that is the first (0) or last (-1) thing in `element`, or None."""
    while element["S"] != "/Table":
        kids = element["K"]
        below = at(pdf, kids[place]) if kids and isinstance(kids[place], bytes) else {}
        if "S" not in below:
            return None
        element = below
    return element


def _take_rows(pdf: Any, second: Any, first: Any) -> None:
    """The rows of `second` go into the last group of `first`, less the headings; what is empty then goes."""
    into = _children(pdf, first)[-1]
    for group in [each for each in _children(pdf, second) if each["S"] != "/THead"]:
        for row in _children(pdf, group):
            row["P"] = into.reference
            into["K"].append(row.reference)
    empty = second
    while True:
        above = at(pdf, empty["P"])
        above["K"].remove(empty.reference)
        if above["K"]:
            return
        empty = above


def _say_what_heads(pdf: Any, table: Any, named: dict[str, bytes]) -> None:
    """Scope for heading cells, the headings for the others; `named` learns every cell that has a name."""
    columns: dict[int, Any] = {}
    for group in _children(pdf, table):
        for row in _children(pdf, group):
            beside = []
            for column, cell in enumerate(_children(pdf, row)):
                if cell["S"] == "/TH":
                    heads_column = group["S"] == "/THead"
                    cell["A"]["Scope"] = "/Column" if heads_column else "/Row"
                    named[cell["ID"].string] = cell.reference
                    if heads_column:
                        columns[column] = cell["ID"]
                    else:
                        beside.append(cell["ID"])
                elif cell["S"] == "/TD":
                    cell["A"]["Headers"] = type(cell["K"])([*beside, *([columns[column]] if column in columns else [])])


def _on_page(pdf: Any, figure: Any) -> Any:
    """Where a figure stands, in points from the lower left; WeasyPrint says it in pixels from the upper left."""
    box, height = figure["A"]["BBox"], at(pdf, figure["Pg"])["MediaBox"][3]
    left, top, right, bottom = (each * POINTS for each in box)
    return type(box)([left, height - bottom, right, height - top])


def _tree(named: dict[str, bytes]) -> Any:
    import pydyf  # type: ignore[import-untyped]

    names = pydyf.Array()
    for name in sorted(named):
        names += [pydyf.String(name), named[name]]
    return pydyf.Dictionary({"Names": names})


def _set_apart(pdf: Any, root: Any, kept: set[int]) -> None:
    """What is drawn for no element of the text is an artifact: the lines at the foot, a heading row said before."""
    page_of = at(pdf, root["ParentTree"])["Nums"]
    for page, elements in zip(page_of[::2], page_of[1::2], strict=True):
        if isinstance(elements, bytes):
            continue  # a link, which has one element
        apart = {number for number, element in enumerate(elements) if _number(element) not in kept}
        for number in apart:
            elements[number] = "null"
        stream = at(pdf, at(pdf, pdf.page_references[page])["Contents"]).stream
        for place, item in enumerate(stream):
            if isinstance(item, dict) and item.get("MCID") in apart:
                stream[place - 1] = "/Artifact"
                del item["MCID"]
                item["Type"] = "/Pagination"

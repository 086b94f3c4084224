"""What a reader of values does not see of a workbook's sheet: where cells lead to, by a link, which stands behind the rows, or a formula, which go
down over several rows, and what people said of them, which stands in parts of its own (ECMA-376 part 1, 18.7; MS-XLSX 2.1.15 for threads)."""

from __future__ import annotations

import posixpath
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import ParseError

from review.formats.tables.cell_comments import Comments
from review.model.patterns import lazy

_CHUNK, _OVERLAP = 1 << 20, 1 << 14  # bytes; no link is longer
_LINK = lazy(rb"<(?:\w+:)?hyperlink\s[^>]*>")
_ATTRIBUTE = lazy(rb'\s(?:\w+:)?(ref|id)="([^"]*)"')
_FORMULA = lazy(
    rb'<(?:\w+:)?c r="([A-Z]{1,3}[0-9]+)"[^>]*><(?:\w+:)?f[^>]*>(HYPERLINK\([^<]*|"[^<"]*"|(?![A-Z]{1,3}\d+\b)[^<("]{1,400}(?=</(?:\w+:)?f><(?:\w+:)?v ?(?:/>|></)))</'
)  # the last has no value
_TARGET = lazy(rb"<(?:\w+:)?Relationship\s[^>]*>")
_OF_TARGET = lazy(rb'\s(Id|Target|Type)="([^"]*)"')
_CELL = lazy(r"([A-Z]{1,3})([0-9]{1,7})")
_MERGED = lazy(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})"')


@dataclass(frozen=True, slots=True)
class Beside:
    """By the number of the row (from 1) and of the column (from 0), what a cell leads to (an address, or a formula that makes the link or is a
    text), over how many rows it goes, and the comments on it."""

    links: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    down: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    comments: Comments = field(default_factory=dict)


def beside(packed: zipfile.ZipFile, path: str) -> Beside:
    """What stands in the sheet beside its values."""
    related = _related(packed, path)
    targets = {one[b"Id"]: one[b"Target"] for one in related if one[b"Type"].endswith("/hyperlink")}
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    down: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for piece in _pieces(packed, path):
        if b"mergeCell" in piece:
            for merged in _MERGED.finditer(piece):
                (row, column), (last, _) = (_place(cell.decode()) for cell in merged.groups())
                if last > row:
                    down[row][column] = last - row + 1
        if targets and b"hyperlink" in piece:
            for link in _LINK.finditer(piece):
                told = {name: value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(link[0])}
                row, column = _place(told.get(b"ref", ""))
                if row and (target := targets.get(told.get(b"id", ""))):
                    found[row][column] = target
        if b"HYPERLINK(" in piece or b'f>"' in piece or b"f><v></" in piece or b"f><v/" in piece or b"f><v /" in piece:
            for formula in _FORMULA.finditer(piece):
                row, column = _place(formula[1].decode())
                found[row][column] = f"={unescape(formula[2].decode('utf-8', 'replace'))}"
    return Beside(found, down, _comments(packed, path, related))


def _related(packed: zipfile.ZipFile, path: str) -> list[dict[bytes, str]]:
    """What the sheet is tied to: addresses and other parts."""
    folder, name = posixpath.split(path)
    try:
        data = packed.read(f"{folder}/_rels/{name}.rels")
    except KeyError:
        return []
    links = (link[0] for link in _TARGET.finditer(data))
    found = [{key: unescape(value.decode("utf-8", "replace")) for key, value in _OF_TARGET.findall(link)} for link in links]
    return [one for one in found if len(one) > 2]


def _comments(packed: zipfile.ZipFile, path: str, related: list[dict[bytes, str]]) -> Comments:
    """What is said of cells: in threads, or else in notes, which repeat those for programs that know none."""
    from defusedxml.ElementTree import fromstring

    found: dict[int, dict[int, str]] = {}
    for kind in ("/threadedComment", "/comments"):
        told: dict[str, list[str]] = {}
        for part in (one[b"Target"] for one in related if one[b"Type"].endswith(kind)):
            name = (
                part.lstrip("/") if part.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(path), part)).lstrip("/")
            )
            if name not in packed.namelist():
                continue
            try:
                said_there = fromstring(packed.read(name), forbid_dtd=True)
            except (ParseError, ValueError):  # a damaged comment costs no reference
                continue
            for one in said_there.iter():
                texts = (text.text or "" for text in one.iter() if text.tag.endswith(("}t", "}text")) and not len(text))
                if "ref" in one.keys() and (said := "".join(texts).strip()):  # noqa: SIM118  of an element
                    told.setdefault(one.get("ref", ""), []).append(said)
        for cell, several in told.items():
            row, column = _place(cell)
            found.setdefault(row, {}).setdefault(column, "\n".join(several))
    return found


def _place(cell: str) -> tuple[int, int]:
    found = _CELL.match(cell)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    return (int(found[2]), column - 1) if found else (0, 0)


def _pieces(packed: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The sheet in pieces, each with the end of the one before, in which a link may begin."""
    before = b""
    with packed.open(path.lstrip("/")) as part:
        while chunk := part.read(_CHUNK):
            yield before + chunk
            before = chunk[-_OVERLAP:]

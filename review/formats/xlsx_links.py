"""What a reader of values does not see of a workbook's sheet: where cells lead to, by a link, which stands behind the rows, or a formula, and
which go down over several rows."""

from __future__ import annotations

import posixpath
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from review.model.patterns import lazy

_CHUNK, _OVERLAP = 1 << 20, 1 << 14  # bytes; no link is longer
_LINK = lazy(rb"<(?:\w+:)?hyperlink\s[^>]*>")
_ATTRIBUTE = lazy(rb'\s(?:\w+:)?(ref|id)="([^"]*)"')
_FORMULA = lazy(rb'<(?:\w+:)?c r="([A-Z]{1,3}[0-9]+)"[^>]*><(?:\w+:)?f[^>]*>(HYPERLINK\([^<]*|"[^<"]*")</')
_TARGET = lazy(rb"<(?:\w+:)?Relationship\s[^>]*>")
_OF_TARGET = lazy(rb'\s(Id|Target)="([^"]*)"')
_CELL = lazy(r"([A-Z]{1,3})([0-9]{1,7})")
_MERGED = lazy(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})"')


@dataclass(frozen=True, slots=True)
class Beside:
    """By the number of the row (from 1) and of the column (from 0), what a cell leads to (an address, or a formula that makes the link or is a
    text), and over how many rows it goes."""

    links: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    down: Mapping[int, Mapping[int, int]] = field(default_factory=dict)


def beside(packed: zipfile.ZipFile, path: str) -> Beside:
    """What stands in the sheet beside its values."""
    targets = _targets(packed, path)
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
        if b"HYPERLINK(" in piece or b'f>"' in piece:
            for formula in _FORMULA.finditer(piece):
                row, column = _place(formula[1].decode())
                found[row][column] = f"={unescape(formula[2].decode('utf-8', 'replace'))}"
    return Beside(found, down)


def _targets(packed: zipfile.ZipFile, path: str) -> dict[str, str]:
    folder, name = posixpath.split(path)
    try:
        data = packed.read(f"{folder}/_rels/{name}.rels")
    except KeyError:
        return {}
    links = (link[0] for link in _TARGET.finditer(data) if b"/hyperlink" in link[0])
    found = [{key: unescape(value.decode("utf-8", "replace")) for key, value in _OF_TARGET.findall(link)} for link in links]
    return {one[b"Id"]: one[b"Target"] for one in found if len(one) > 1}


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

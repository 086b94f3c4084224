"""A table of MeSH headings, made from the text of NLM's files. Pure: the caller reads the file.

Credit: MeSH is made by the U.S. National Library of Medicine; name the year of the file in what you publish.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from review.errors import ReviewError
from review.model.patterns import lazy

_NOT_WORD = lazy(r"[^\w]+")


def folded(name: str) -> str:
    """A heading's name for comparison: case, white space, accents of writing and inversion do not count."""
    return " ".join(_NOT_WORD.sub(" ", name.casefold()).split())


@dataclass(frozen=True, slots=True)
class MeshTable:
    """Headings by folded name, entry terms that lead to them, and tree numbers."""

    names: dict[str, str] = field(default_factory=dict)  # folded name → name
    entries: dict[str, str] = field(default_factory=dict)  # folded entry term → heading's name
    trees: dict[str, tuple[str, ...]] = field(default_factory=dict)  # name → tree numbers

    def heading(self, name: str) -> str:
        """The heading's own spelling, '' where there is none."""
        return self.names.get(folded(name), "") or self.names.get(_turned(name), "")

    def entry(self, name: str) -> str:
        """The heading that an entry term or former name leads to, '' where there is none."""
        return self.entries.get(folded(name), "") or self.entries.get(_turned(name), "")

    def nearest(self, name: str) -> str:
        """The heading whose name is most like this one, '' where none is near."""
        key = folded(name)
        start = key[:3]
        few = [k for k in self.names if k[:3] == start or (k[:1] == key[:1] and abs(len(k) - len(key)) <= 2)] if key else []
        near = difflib.get_close_matches(key, few, 1, 0.82)
        if near:
            return self.names[near[0]]
        words = set(key.split())
        same = [k for k in self.names if len(words) > 1 and words == set(k.split())]
        return self.names[same[0]] if same else ""


def _turned(name: str) -> str:
    """`Asthma, Bronchial` ↔ `Bronchial Asthma`."""
    left, comma, right = name.partition(",")
    return folded(f"{right} {left}") if comma else ""


def read_mesh(text: str, name: str = "the MeSH file") -> MeshTable:
    """The table in NLM's `mtrees*.bin` (heading;tree number), the ASCII descriptor file `d*.bin` (*NEWRECORD), or a table
    with the columns DescriptorName and tree_location or TermName. Raises ReviewError for anything else."""
    head = text[:4096]
    if "*NEWRECORD" in head:
        return _ascii(text)
    if "DescriptorName" in head.split("\n", 1)[0]:
        return _table(text)
    names: dict[str, str] = {}
    trees: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        heading, semicolon, place = line.strip().rpartition(";")
        if not line.strip():
            continue
        if not semicolon or not re.fullmatch(r"[A-Z]\d\d(?:\.\d{3})*", place.strip()):
            raise ReviewError(
                f"{name}, line {number}: this is no MeSH tree file ('{line[:40]}')",
                "Take mtrees2025.bin or d2025.bin from nlmpubs.nlm.nih.gov/projects/mesh/MESH_FILES.",
            )
        names[folded(heading)] = heading
        trees.setdefault(heading, []).append(place.strip())
    if not names:
        raise ReviewError(f"{name} is empty", "Take mtrees2025.bin from nlmpubs.nlm.nih.gov/projects/mesh/MESH_FILES.")
    return MeshTable(names, {}, {k: tuple(v) for k, v in trees.items()})


def _ascii(text: str) -> MeshTable:
    names: dict[str, str] = {}
    entries: dict[str, str] = {}
    trees: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        key, equals, value = line.partition(" = ")
        if not equals:
            continue
        if key == "MH":
            heading = value.strip()
            names[folded(heading)] = heading
        elif key in ("ENTRY", "PRINT ENTRY", "PREVIOUS INDEXING", "OL") and heading and key != "OL":
            entries.setdefault(folded(value.split("|")[0]), heading)
        elif key == "MN" and heading:
            trees.setdefault(heading, []).append(value.strip())
    return MeshTable(names, {k: v for k, v in entries.items() if k not in names}, {k: tuple(v) for k, v in trees.items()})


def _table(text: str) -> MeshTable:
    rows = text.splitlines()
    columns = rows[0].split("\t")
    names: dict[str, str] = {}
    entries: dict[str, str] = {}
    trees: dict[str, list[str]] = {}
    before = ""
    for row in rows[1:]:
        cells = dict(zip(columns, row.split("\t"), strict=False))
        heading = cells.get("DescriptorName", "").strip()
        if not heading:
            continue
        if heading != before:
            names[folded(heading)] = before = heading
        if cells.get("TermName"):
            entries.setdefault(folded(cells["TermName"]), heading)
        if cells.get("tree_location"):
            trees.setdefault(heading, []).append(cells["tree_location"].strip())
    return MeshTable(names, {k: v for k, v in entries.items() if k not in names}, {k: tuple(v) for k, v in trees.items()})


def merged(first: MeshTable, second: MeshTable) -> MeshTable:
    """Both tables in one, so that a tree file and a file of entry terms can be used together."""
    names = first.names | second.names
    entries = {k: v for k, v in (first.entries | second.entries).items() if k not in names}
    return MeshTable(names, entries, first.trees | second.trees)

"""RIS in all its dialects: `TY  - ` opens an entry, `ER  - ` closes it, and exporters keep to neither."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.stream import blocks
from review.formats.characters.text import normalise
from review.formats.entries import mixed
from review.formats.ris import ris_write
from review.formats.ris.ris_cut import Cutter
from review.formats.ris.ris_tags import HEADS, KNOWN, OTHER_TYPE, typed
from review.model.record import Record, Reject


def score(head: str) -> float:
    """1 for text with `TY  - ` at the beginning of a line, 0.6 where only other RIS tags are, else 0."""
    head = typed(normalise(head))
    if re.search(rf"^\W{{0,3}}(?:TY(?:  |\t| \t| )[ \t]*-[ \t]*[A-Z]|TY-[ \t]*[A-Z]{{3,8}}[ \t]*$|{OTHER_TYPE})", head, re.MULTILINE):
        return 1.0
    tags = {m[1] for m in re.finditer(r"^([A-Z][A-Z0-9])  -(?:[ \t]|$)", head, re.MULTILINE)} & KNOWN
    return 0.6 if len(tags) >= 3 or ("ER" in tags and len(tags) > 1) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry of a RIS file, in its order; one block of the file is in memory at a time.

    Text before, between and after the entries goes to `extra` of the nearest, under an empty tag. Raises
    FormatError where the text has no entry at all.
    """
    missing = FormatError("no RIS entry found in it", "An entry begins with a line such as `TY  - JOUR`.")
    yield from mixed.with_own(_found(blocks(data)), missing)


def _found(texts: Iterable[str]) -> Iterator[Record | Reject]:
    cutter = Cutter()
    head = HEADS.get
    for text in texts:
        lines = text.split("\n")
        if not lines[-1]:
            lines.pop()
        tags = [head(line[:6], "") for line in lines]
        tags.append("TY")  # so that the search for the next one ends
        at, count = 0, len(lines)
        while at < count:
            end = _plain_end(tags, at) if tags[at] == "TY" and cutter.entry is None else 0
            if end and cutter.plain(lines[at:end], tags[at:end]):
                at = end
            elif not lines[at] and cutter.between():
                at += 1
            else:
                cutter.line(lines[at])
                at += 1
            while cutter.done:
                yield cutter.done.pop(0).read()
    for entry in cutter.end():
        yield entry.read()


def _plain_end(tags: list[str], at: int) -> int:
    """The place behind the ER of the entry at this place, if it is in sight and no other entry begins before it; else 0."""
    try:
        return tags.index("ER", at, tags.index("TY", at + 1)) + 1
    except ValueError:
        return 0


def write(records: Iterable[Record], carried: Counter[str] | None = None, *, notes: bool = True) -> Iterator[bytes]:
    """RIS that `read` reads again; see `ris_write`."""
    return ris_write.write(records, lambda text: list(_found([text])), carried, notes)


FORMAT = Format("ris", "RIS (EndNote, Zotero, Ovid, Scopus, Rayyan …)", score, read, write, (".ris",))

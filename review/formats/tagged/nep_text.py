"""NEP, the New Economics Papers that RePEc sends by mail: a list of contents, then numbered working papers in sections parted by dashes.

A paper: number, title; people, one a line, with their institution in brackets; abstract; then lines `Keywords: `, `JEL: `, `Date: `, `URL: `
(or people and the rest in `By: ` and the like before the abstract). Nobody has defined the form; this is that of the messages (nep.repec.org).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.stream import lines
from review.formats.characters.text import collapse, normalise
from review.formats.entries.mixed import with_more
from review.formats.tagged.labelled import of_pairs
from review.model.patterns import lazy
from review.model.record import Record, Reject

_SECTION = lazy(r"\s*[-_\u2014\u2015]{5,}\s*$")
_OVERVIEW = lazy(r"\s*In this issue we have", re.IGNORECASE)
_MESSAGE = lazy(r"^[^\w\n]*(?:NEP: |nep-\w+\s+)New Economics Papers", re.MULTILINE)
_PAPER = lazy(r"\s{0,3}(\d{1,4})\.\s+(\S.*)")
_NUMBER = lazy(r"^\s*\d{1,4}\.\s")
_FIELD = lazy(r"\s*(Keywords|JEL|Date|URL|By|Abstract):\s*(.*)")
_INSTITUTION = lazy(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_NAMES = {"keywords": "keywords", "jel": "jel", "date": "date", "url": "url", "abstract": "abstract"}


@dataclass(slots=True)
class _Paper:
    line: int
    lines: list[str]
    open: list[str]  # what the next line goes on with
    parts: list[list[str]] = field(default_factory=list)  # title, people, abstract …, parted by blank lines
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    after: list[list[str]] = field(default_factory=list)  # what is of no paper


def score(head: str) -> float:
    """0.97 for a message of NEP, 0 otherwise."""
    head = normalise(head)
    return 0.97 if _MESSAGE.search(head) and any(map(_OVERVIEW.match, head.splitlines())) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each paper, in the message's order; other text goes to `extra` of the nearest. Raises FormatError where
    there is none."""
    above: list[str] = []
    contents: list[str] = []
    bodies: list[str] = []
    held: Record | Reject | None = None
    for paper in _papers(lines(data), above, contents):
        if held is not None:
            yield held
        held = _read(paper, above)
        above[:] = [text for part in paper.after for text in part]
        bodies += paper.lines
    if held is None:
        raise FormatError(
            "no paper found in it", "A message of NEP has a list of contents, a line of dashes, and numbered papers below it."
        )
    told = collapse(" ".join(bodies))  # what the list of contents says again is not kept twice
    above += [text for text in contents if collapse(_NUMBER.sub("", text)) not in told]
    yield with_more(held, above)


def _papers(text: Iterator[str], above: list[str], contents: list[str]) -> Iterator[_Paper]:
    """The papers; other lines are added to those above the next, or to the list of contents."""
    paper: _Paper | None = None
    overview = blank = False
    listed = 0  # the number of the last paper in the list of contents
    for number, line in enumerate(text, 1):
        if _SECTION.match(line) or _OVERVIEW.match(line):
            overview = bool(_OVERVIEW.match(line))
            blank = True
            if paper:
                yield paper
                paper = None
            continue
        begins = _PAPER.match(line)
        if begins and overview:  # where no dashes end the list, the numbers begin anew behind it
            overview = int(begins[1]) > listed
            listed = int(begins[1])
        if begins and blank and not overview:
            if paper:
                yield paper
            title = [begins[2]]
            paper = _Paper(number, [line], title, [title])
        elif paper is None:
            (contents if overview else above).extend([line] if line.strip() else [])
        else:
            _add(paper, line, blank)
        blank = not line.strip()
    if paper:
        yield paper


def _add(paper: _Paper, line: str, blank: bool) -> None:
    """One more line of a paper: a field, the next of the parts, or the same as the line above. What follows the fields is of no paper."""
    paper.lines.append(line)
    if named := _FIELD.match(line):
        paper.open = [named[2]]
        paper.fields.append((named[1].lower(), paper.open))
    elif blank and line.strip():
        paper.open = [line]
        (paper.after if paper.fields and len(paper.parts) > 1 else paper.parts).append(paper.open)
    elif line.strip():
        paper.open.append(line)


def _read(paper: _Paper, above: list[str]) -> Record | Reject:
    title, *others = paper.parts
    if not others and not paper.fields:
        return Reject(
            line=paper.line, reason="a numbered line without people, abstract or date", raw="\n".join([*above, *paper.lines]).rstrip()
        )
    told = dict(paper.fields)
    by = told.pop("by", None)
    people = re.split(r";|\n", _INSTITUTION.sub(_kept_apart, "\n".join(by))) if by else []
    if not by and others:
        people, others = _INSTITUTION.sub(_kept_apart, "\n".join(others[0])).split("\n"), others[1:]
    names = [collapse(name.partition("\0")[0]) for name in people]
    houses = [collapse(name.partition("\0")[2].replace("\0", " ")) for name in people]
    pairs = [("title", collapse(" ".join(title))), *(("authors", name) for name in names if name), ("type", "working paper")]
    pairs += [("publisher", house) for house in dict.fromkeys(houses) if house]
    pairs.append(("abstract", "\n".join(collapse(" ".join(part)) for part in others)))
    pairs += [(_NAMES[name], collapse(" ".join(values))) for name, values in paper.fields if name != "by"]
    return of_pairs(paper.line, "\n".join(paper.lines).rstrip(), pairs, {}, above=list(above))


def _kept_apart(found: re.Match[str]) -> str:
    """The institution on one line, so that neither its line ends nor its semicolons part people."""
    return "\0" + found[1].replace("\n", " ").replace(";", ",")


FORMAT = Format("nep-text", "New Economics Papers (mail of RePEc)", score, read)

"""Files of any format into a library: each once (known by its sha256), in the order of their names, one transaction a file.

NLM names its files `pubmed25n0001.xml.gz` and on: a higher number supersedes a lower one, whichever came in first.
https://www.nlm.nih.gov/databases/download/pubmed_medline.html: "load the files in numerical order".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from review.errors import FormatError, ReviewError, UsageError
from review.formats.base import Format
from review.formats.entries.xml_entries import text_of
from review.formats.registry import detect
from review.library.crew import Crew
from review.library.cut import AGAIN, Piece, articles, citations, kind_of, opened
from review.library.elements import BadEntry, parsed
from review.library.nbib_xml import article
from review.library.reading import Batch, worked
from review.library.record_xml import record_xml
from review.model.patterns import lazy
from review.model.record import Reject
from review.store.library_write import FileWriter, Row, Taken, Writer
from review.workspace import file_digest

_NAMES = (".xml", ".nbib", ".txt", ".medline", ".ris", ".csv", ".tsv", ".tab", ".xlsx", ".bib", ".enw", ".ciw", ".isi", ".json")
SUFFIXES = (*_NAMES, *(f"{name}.gz" for name in _NAMES))
BATCH = 200
_SHOWN = 200  # characters of a rejected entry that are kept
BIG = 3 << 20  # bytes of a file from which other processes pay; an update file of NLM has ten times that
_NLM = lazy(r"(?:pubmed|medline)(\d\d)n(\d{4,5})\.xml", re.IGNORECASE)


@dataclass(slots=True)
class Built:
    """What a build did. failed: files that could not be taken in, with why; skipped: those that were in already."""

    taken: list[tuple[Path, Taken]] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    failed: list[tuple[Path, ReviewError]] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)


def rank_of(name: str) -> int:
    """A file's place in NLM's order, 0 for a file that is none of NLM's."""
    found = _NLM.search(name)
    return int(found[1]) * 100_000 + int(found[2]) + 1 if found else 0


def files_in(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The files to take in, in their order, and those in folders that are left alone for their names' sake."""
    found: list[Path] = []
    ignored: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            found += [p for p in inside if p.name.lower().endswith(SUFFIXES)]
            ignored += [p for p in inside if not p.name.lower().endswith(SUFFIXES)]
        elif path.exists():
            found.append(path)
        else:
            raise UsageError(
                f"{path} is not there.", "Name files of PubMed (XML, NBIB) or of other sources (RIS, CSV …), or a folder with them."
            )
    if not found:
        raise UsageError("There is no file to take in.", f"A folder's files are told by their names: {', '.join(SUFFIXES)}.")
    return sorted(dict.fromkeys(found), key=lambda p: (rank_of(p.name), p.name, str(p))), ignored


def build(paths: Iterable[Path], into: Path, tell: Callable[[str, int, int], None] = lambda what, done, of: None) -> Built:
    """Take files into a library, made where there is none. A file that fails is left out whole, and the others go on."""
    files, ignored = files_in(paths)
    built = Built(ignored=ignored)
    files = [f for f in files if f.resolve() != into.resolve()]
    with closing(Writer(into)) as writer, Crew(worked) as crew:
        for n, path in enumerate(files):
            tell("files", n, len(files))
            try:
                digest = file_digest(path)
                if writer.known(digest):
                    built.skipped.append(path)
                    continue
                built.taken.append((path, _take(writer, crew, path, digest)))
            except FormatError as error:
                built.failed.append((path, error))
        tell("files", len(files), len(files))
    return built


def _take(writer: Writer, crew: Crew, path: Path, digest: str) -> Taken:
    with opened(path) as stream:
        head = stream.read(65_536)
    kind = kind_of(head)
    form = None if kind else _other(head, path)
    size = path.stat().st_size
    with writer.file(digest, path.name, size, form.name if form else kind, rank_of(path.name)) as file:
        with opened(path) as stream:
            withdrawn: list[int] = []
            if form:
                batches = _records(stream, form, file)
            else:
                batches = _citations(stream, path) if kind == "nbib" else _articles(stream, path, file, withdrawn)
            for result in crew.map(batches, many=size > BIG):
                for each in result:
                    if len(each) == len(Row.__match_args__):
                        file.add(Row(*each))
                    else:
                        file.reject(*each)
            for pmid in withdrawn:  # NLM puts the list at the end of an update file
                file.delete(pmid)
        return file.taken


def _other(head: bytes, path: Path) -> Format:
    """The format of a file that does not come from PubMed."""
    try:
        return detect(head, path.name)
    except FormatError as error:
        raise FormatError(
            f"{path}: is neither PubMed XML nor NBIB, nor in another format that is known here",
            f"{error.hint} Nothing of it was taken in.",
        ) from None


def _records(stream: BinaryIO, form: Format, file: FileWriter) -> Iterator[Batch]:
    """Records of any format by the hundred, as the XML that they would be in."""
    batch: Batch = []
    for entry in form.read(stream, {}):
        if isinstance(entry, Reject):
            file.reject(entry.line, entry.reason, entry.raw[:_SHOWN])
            continue
        batch.append((entry.line, record_xml(entry)))
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _citations(stream: BinaryIO, path: Path) -> Iterator[Batch]:
    for line, tags in citations(stream, str(path)):
        yield [(line, article(tags))]


def _articles(stream: BinaryIO, path: Path, file: FileWriter, withdrawn: list[int]) -> Iterator[Batch]:
    """Entries by the hundred; what is no entry is dealt with on the way."""
    batch: Batch = []
    for piece in articles(stream, str(path)):
        if piece.kind in ("article", "book"):
            batch.append((piece.line, piece.raw))
            if len(batch) == BATCH:
                yield batch
                batch = []
        elif piece.kind == "broken":
            file.reject(piece.line, piece.why, piece.raw.decode("utf-8", "replace"))
        else:
            withdrawn.extend(_listed(piece, path))
    yield batch


def _listed(piece: Piece, path: Path) -> list[int]:
    try:
        return [int(n) for n in (text_of(number) for number in parsed(piece.raw).iter("PMID")) if n.isdecimal()]
    except BadEntry as error:
        raise FormatError(f"{path}: the list of withdrawn records in line {piece.line} is {error}", AGAIN) from None

"""What is written is read by the libraries that others use: as many records, with their titles, people, DOIs and years."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bibtexparser
import pytest
import rispy
from Bio import Medline

from review.errors import ReviewError
from review.formats.characters.latex import from_latex
from review.formats.registry import by_name, detect
from review.model.record import Record

RECORDS = [
    Record(title="On & off: β-blockers in R&D (50 % of {cases})", authors=("Marx, Karl Heinrich", "O'Connor, R. E.", "Pérez-de la Fuente, Ana"), year=2014,
           journal="Journal of Tests", volume="9", issue="3", pages="12-15", doi="10.1000/x(1)_2", pmid="123", issn="1932-6208", keywords=("one", "two words"),
           abstract="BACKGROUND: One.\nMETHODS: Two; with a \\ and a $.", type="Journal Article", extra=(("note", "read"), ("C1", "x"))),
    Record(title="Café society", authors=("World Health Organization",), year=1999, type="book", isbn="978-3-16-148410-0"),
    Record(title="社区伙伴关系", authors=("王, 小明",), year=2015, journal="中国公共卫生", doi="10.1000/zh"),
    Record(title="Nobody wrote this", year=2001, abstract="A line.\n\nAnother."),
    Record(title="No year", authors=("Smith, J",), journal="A very long name of a journal that has to go over more than one line in some formats, as they do"),
]  # fmt: skip


@dataclass(frozen=True)
class Read:
    title: str
    authors: tuple[str, ...]
    doi: str
    year: str


def of_ris(text: str) -> list[Read]:
    return [
        Read(
            str(r.get("title") or r.get("primary_title") or ""), tuple(r.get("authors") or r.get("first_authors") or ()), r.get("doi", ""), str(r.get("year", ""))[:4]
        )
        for r in rispy.loads(text)
    ]  # fmt: skip


def of_bibtex(text: str) -> list[Read]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks

    def plain(value: str) -> str:
        return from_latex(value, ligatures=True)

    found = [{f.key: f.value for f in entry.fields} for entry in library.entries]
    return [
        Read(
            plain(r.get("title", "")),
            tuple(plain(name) for name in r["author"].split(" and ")) if "author" in r else (),
            r.get("doi", "").replace("\\_", "_"),
            r.get("year", ""),
        )
        for r in found
    ]


def of_nbib(text: str) -> list[Read]:
    return [
        Read(
            r.get("TI", ""),
            (*r.get("FAU", r.get("AU", [])), *r.get("CN", [])),
            next(iter(re.findall(r"(\S+) \[doi\]", r.get("LID", ""))), ""),
            r.get("DP", "")[:4],
        )
        for r in Medline.parse(io.StringIO(text))
    ]


READERS: dict[str, Callable[[str], list[Read]]] = {"ris": of_ris, "bibtex": of_bibtex, "nbib": of_nbib}


def told(record: Record) -> Read:
    return Read(record.title, record.authors, record.doi, str(record.year or ""))


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("notes", [True, False])
def test_made_up_records(name: str, notes: bool) -> None:
    write = by_name(name).write
    assert write
    text = b"".join(write(RECORDS, notes=notes)).decode()
    assert READERS[name](text) == [told(r) for r in RECORDS]


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "file",
    [
        "nbib/Reflib__blue-light.nbib",
        "ris/citation-file-formatting___baseline_webofscience.ris",
        "csv/citation-file-formatting___baseline_pubmed.csv",
    ],
)
def test_real_records(data: Path, name: str, file: str) -> None:
    content = (data / "imports" / file).read_bytes()
    try:
        records = [r for r in detect(content).read(content, {}) if isinstance(r, Record)]
    except ReviewError as error:
        pytest.fail(str(error))
    write = by_name(name).write
    assert write
    assert records
    found = READERS[name](b"".join(write(records)).decode())
    assert [(r.title, r.doi, r.year) for r in found] == [(r.title, r.doi, str(r.year or "")) for r in records]
    assert [len(r.authors) for r in found] == [len(r.authors) for r in records]

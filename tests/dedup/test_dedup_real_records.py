"""Real exports, and the same records as other databases would give them; and columns full of junk."""

# ruff: noqa: SIM905  # a list of words reads better as words
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from tools import deduplicate, group, read_files, record_of

from review.model.record import Record

Shared = Callable[[str], Path]


def clusters(records: Iterable[Record]) -> dict[str, str]:
    """The report of each record."""
    outcome = deduplicate(list(records), certain=0.95, unsure=0.3)
    return {key: report.key for report in outcome.reports for key in report.keys}


def grouped(files: Iterable[Path]) -> tuple[list[dict[str, object]], dict[str, str]]:
    """The rows of files, and the report of each by its key."""
    rows, rejects = read_files(list(files), lambda *_: None)
    assert not rejects
    found = group(rows, certain=0.95, unsure=0.3)
    return list(rows.iter_rows(named=True)), dict(found.records.iter_rows())


@pytest.mark.slow
def test_one_library_in_four_formats_is_one_library(shared: Shared) -> None:
    folder = shared("imports")
    files = [next(folder.glob(f"*/Reflib__blue-light.{ending}")) for ending in ("nbib", "ris", "xml", "json")]
    rows, found = grouped(files)
    assert len(rows) == 80 + 3 * 102
    sizes = Counter(Counter(found.values()).values())
    assert sizes == {4: 80, 3: 22}


@pytest.mark.slow
def test_the_exports_of_a_finished_review(shared: Shared) -> None:
    folder = shared("reviews/snhl")
    names = ("base.csv", "cinahl.csv", "embase.csv", "github.csv", "ieee.csv", "psychinfo.csv", "pubmed_abstracts.txt", "scopus.csv")
    rows, found = grouped(folder / name for name in names)
    assert len(rows) == 2695
    by_pmid, pmids = defaultdict(set), defaultdict(set)
    for row in rows:
        if row["pmid"]:
            by_pmid[row["pmid"]].add(found[str(row["key"])])
            pmids[found[str(row["key"])]].add(row["pmid"])
    assert all(len(reports) == 1 for reports in by_pmid.values())
    # One CINAHL record bears the PMID of another article, beside the right DOI, title and pages.
    assert sum(len(held) > 1 for held in pmids.values()) == 1
    # The authors of the review kept 1,498 after a comparison of bare titles, without what only Embase had.
    only_embase = set(found.values()) - {found[str(r["key"])] for r in rows if r["source"] != "embase.csv"}
    assert 1490 <= len(set(found.values())) - len(only_embase) <= 1510


def as_others_give_it(record: Record) -> list[Record]:
    """The record as Embase, Scopus, Web of Science and CINAHL would have it, as far as that is one form."""
    people = [name.split(", ") if ", " in name else [name, ""] for name in record.authors]
    initials = [(last, "".join(word[0] for word in first.replace("-", " ").split())) for last, first, *_ in people]  # a suffix is left out
    first = record.pages.split("-")[0]
    bare = replace(record, pmid="", accession="", url="", issn="")
    return [
        replace(bare, key=f"embase:{record.key}", authors=tuple(f"{a} {'.'.join(b)}." for a, b in initials), title=f"{record.title}."),
        replace(bare, key=f"scopus:{record.key}", authors=tuple(f"{a}, {b}" for a, b in initials), doi="", pages=first),
        replace(
            bare,
            key=f"wos:{record.key}",
            authors=tuple(f"{a.upper()}, {b}" for a, b in initials),
            title=record.title.upper(),
            journal=record.journal.upper(),
            doi="",
            abstract="",
        ),
        replace(bare, key=f"cinahl:{record.key}", authors=record.authors[:1], issue="", doi="", abstract=""),
    ]


def test_records_as_other_databases_give_them(shared: Shared) -> None:
    file = next(shared("imports").glob("*/Reflib__blue-light.nbib"))
    rows, _ = read_files([file], lambda *_: None)
    originals = [record_of(row) for row in rows.iter_rows(named=True)]
    assert len(originals) == 80
    made = [*originals, *(other for record in originals for other in as_others_give_it(record))]
    found = clusters(made)
    by_original = {record.key: {found[record.key], *(found[o.key] for o in as_others_give_it(record))} for record in originals}
    assert all(len(reports) == 1 for reports in by_original.values())
    assert len(set(found.values())) == 80


WORDS = (
    "acacia basalt cedar dunes elm fjord granite heath islet juniper kelp lagoon marsh nettle oak pine quartz reed shale tundra"
    " umber vale willow yarrow zinnia"
).split()
TITLES = [f"Observations on {a} and {b} in the {c} of northern valleys" for a, b, c in combinations(WORDS, 3)]


def papers(n: int, source: str, **fields: str) -> list[Record]:
    return [
        Record(
            key=f"{source}:{i}",
            source=source,
            title=TITLES[i * 7],
            authors=(f"{WORDS[i % 25].title()}{WORDS[(i * 7 + 3) % 25]}, A",),
            year=2001 + i % 9,
            journal=f"Journal of {WORDS[i % 5].title()} Studies",
            volume=str(10 + i % 9),
            pages=f"{100 + 10 * i}-{108 + 10 * i}",
            **fields,  # type: ignore[arg-type]  # the fields vary by test
        )
        for i in range(n)
    ]


JUNK = ("N/A", "none", "-", "0", "10.1016/", "https://doi.org/", "doi not available")


def test_junk_in_every_doi_says_nothing() -> None:
    first, second = ([replace(r, doi=JUNK[n % len(JUNK)]) for n, r in enumerate(papers(56, source))] for source in ("one", "two"))
    found = clusters([*first, *second])
    assert all(found[f"one:{i}"] == found[f"two:{i}"] for i in range(56))
    assert len(set(found.values())) == 56


@pytest.mark.parametrize("known", [("authors", "pages"), ()])
def test_the_abstracts_of_a_supplement_share_its_doi(known: tuple[str, ...]) -> None:
    """By few groups of people, so that neither the DOI nor the authors tell one from another."""
    doi, groups = "10.1007/s00125-015-3687-4", [("Umberson, A", "Basaltberg, B"), ("Acaciason, A", "Basaltberg, B"), ("Cedarholm, C",)]
    first = [
        replace(r, doi=doi, volume="58", year=2015, pages=f"S{n // 3}" if "pages" in known else "", authors=groups[n % 3])
        for n, r in enumerate(papers(60, "one"))
    ]
    if "authors" not in known:
        first = [replace(r, authors=()) for r in first]
    second = [replace(r, key=r.key.replace("one", "two"), source="two", title=r.title.upper(), pages="") for r in first]
    outcome = deduplicate([*first, *second], certain=0.95, unsure=0.3)
    assert sorted(report.keys for report in outcome.reports) == sorted((f"one:{i}", f"two:{i}") for i in range(60))
    assert sum(link.verdict == "unsure" for link in outcome.links) <= 1


def test_a_doi_that_stands_for_none_is_none() -> None:
    doi = "10.1000/xyz"
    columns = [
        Record(
            key=f"c:{i}",
            title="Editor's comments",
            authors=("Harlow, I",),
            year=2001 + i,
            journal="Journal of Dunes",
            volume=str(i),
            doi=doi,
        )
        for i in range(20)
    ]
    assert len(set(clusters([*papers(20, "one", doi=doi), *columns]).values())) == 40


def test_a_column_of_pmids_that_holds_something_else_identifies_nothing() -> None:
    one, two = papers(20, "one"), papers(20, "two")
    years = [replace(r, pmid=str(r.year)) for r in one]
    alone = [replace(r, key=f"c:{r.key}", title=f"Whales {r.title[::-1]}", pmid="2009", volume="2009") for r in one[:1]]
    whole = clusters([*one, *two])
    assert clusters([*years, *two]) == whole
    assert clusters([replace(r, pmid="12345678") for r in [*one, *two]]) == whole
    assert len(set(clusters([*years, *two, *alone]).values())) == len(set(whole.values())) + 1


def test_the_editorials_of_a_journal_are_many() -> None:
    records = [
        Record(key=f"a:{i}", title="Editorial", authors=("Harlow, I",), year=2001 + i % 3, journal="Journal of Dunes", pages=str(i + 1))
        for i in range(120)
    ]
    assert len(set(clusters(records).values())) == 120


def test_one_record_from_many_sources_is_one_report() -> None:
    [record] = papers(1, "one")
    found = clusters(replace(record, key=f"s{i}:1", source=f"s{i}") for i in range(120))
    assert len(set(found.values())) == 1


@pytest.mark.parametrize("wrong", [lambda n: "1234567", lambda n: str(2000 + n % 5)], ids=["one for all", "the year"])
def test_what_is_no_pmid_says_nothing(wrong: Callable[[int], str]) -> None:
    records = [replace(r, pmid=wrong(n), year=2000 + n % 5) for n, r in enumerate(papers(20, "one"))]
    assert len(deduplicate(records, certain=0.95, unsure=0.3).reports) == 20

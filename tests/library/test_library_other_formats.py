"""Files that are not PubMed's in a library: RIS, CSV, what else is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from review.formats.pubmed import pubmed_fields, pubmed_xml
from review.library.build import build
from review.library.evaluate import Found
from review.model.record import Record
from review.store.library import Library

Find = Callable[..., Found]

RIS = """TY  - JOUR
TI  - Walking paths in small towns
AB  - We asked 40 villagers.
AU  - Smith, John A
AU  - Jones, Ann
PY  - 2014
JO  - Journal of Places
VL  - 3
SP  - 5
EP  - 9
DO  - 10.1000/Towns.1
KW  - walking
LA  - eng
ER  -

TY  - JOUR
TI  - A record with its PMID
AN  - 25642563
DB  - PubMed
ER  -

TY  - JOUR
ER  -
"""


def test_ris_is_searched_by_field(tmp_path: Path, find: Find) -> None:
    (tmp_path / "a.ris").write_text(RIS)
    lib = tmp_path / "x.lib"
    taken = build([tmp_path], lib).taken[0][1]
    assert (taken.added, len(taken.rejects)) == (2, 1)
    (number,) = find(lib, "towns[ti]").pmids
    assert number >= pubmed_fields.LOCAL
    for query in (
        "villagers[tiab]",
        "smith ja[au]",
        "jones a[au]",
        "2014[dp]",
        '"journal of places"[ta]',
        "10.1000/towns.1[aid]",
        "walking[ot]",
        "english[la]",
    ):
        assert find(lib, query).pmids == (number,), query
    assert find(lib, "25642563[uid]").pmids == (25642563,)
    with Library.open(lib) as library:
        entries = dict(library.entries([number, 25642563]))
    page = b"<PubmedArticleSet>" + b"".join(entries.values()) + b"</PubmedArticleSet>"
    local, known = [r for r in pubmed_xml.read(page) if isinstance(r, Record)]
    assert (local.pmid, local.accession, local.doi, local.year, local.pages) == ("", str(number), "10.1000/towns.1", 2014, "5-9")
    assert local.authors == ("Smith, John A", "Jones, Ann")
    assert known.pmid == "25642563"


def test_the_same_record_has_the_same_number_wherever_it_comes_from(tmp_path: Path, find: Find) -> None:
    (tmp_path / "a.ris").write_text(RIS)
    (tmp_path / "b.ris").write_text(RIS.replace("3\nSP", "3\nN1  - again\nSP"))
    lib = tmp_path / "x.lib"
    build([tmp_path / "a.ris"], lib)
    before = find(lib, "towns[ti]").pmids
    build([tmp_path], lib)
    assert find(lib, "towns[ti]").pmids == before


def test_csv_and_an_unreadable_file(tmp_path: Path, find: Find) -> None:
    (tmp_path / "a.csv").write_text('title,abstract,year,authors\nTowns and paths,We walked.,2019,"Smith, J"\n')
    (tmp_path / "b.txt").write_text("no records here\n")
    lib = tmp_path / "x.lib"
    done = build([tmp_path], lib)
    assert [path.name for path, _ in done.failed] == ["b.txt"]
    assert len(find(lib, "walked[tiab] AND 2019[dp]").pmids) == 1

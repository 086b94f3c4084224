"""Files in, tables out."""

from __future__ import annotations

import csv
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import aside, deduplicate, features_of, frame_of, group, read_files, records_in, table

from review.formats.registry import by_name
from review.model.record import Record, Report

HEADER = "record_id,author,title,year,journal,volume,number,pages,doi,isbn,abstract,source,entrytype\n"
CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00", exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=30)


def slowly(path: Path) -> list[str]:
    with path.open("rb") as file:
        frames = list(records_in(by_name("csv"), file, {"accession": "record_id"}, path, path.name, aside(), lambda *_: None))
    return next(f["key"].to_list() for f in frames) if frames else []


@given(st.lists(st.tuples(*[CELL] * 8), min_size=1, max_size=5))
def test_a_table_read_at_once_is_the_table_read_row_by_row(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]) -> None:
    """What the quick reader does not leave to the other gives the same records."""
    path = tmp_path_factory.mktemp("read") / "set.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        for n, (author, title, journal, volume, number, pages, doi, abstract) in enumerate(rows):
            writer.writerow([f"r{n}", author, f"T{title}", 2000 + n, journal, volume, number, pages, doi, "", abstract, "", "article"])
    records, rejects = read_files([path], lambda *_: None)
    assert not rejects
    assert records["key"].to_list() == slowly(path)
    assert records["year"].to_list() == [2000 + n for n in range(len(rows))]


def test_both_readers_give_the_same_features(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text(
        HEADER
        + '1,"Harlow, Ines and Okoye, P.",Gardens &amp; towns,2010,J Soil,14,2,123--39,https://doi.org/10.1/X,"0957-9672 (Print)\n0957-9672","Soil was\ndug.",,article\n'
        + "2,Harlow I.A.Okoye P.,{Gardens} and towns,2010a,Soil,NA,,e12,,,None,,article\n"
        + '3,"M{\\""u}ller, A.",Hedges,n.d.,,,,,,,,,article\n'
        + "4,\"['Harlow, I', 'Okoye, P']\",Soils,2011,Soil,12.0,3.0,11.0,,,,,article\n"
        + '5,"c(""Harlow, I"", ""Okoye, P"")",Dunes,2011,Soil,12,3,11,,,,,article\n',
        encoding="utf-8",
    )
    quick, _ = read_files([path], lambda *_: None)
    with path.open("rb") as file:
        slow = next(records_in(by_name("csv"), file, {"accession": "record_id"}, path, path.name, aside(), lambda *_: None))
    left_out = {"content"}  # of what a source gave, as it gave it
    one, other = features_of(quick), features_of(slow)
    for name in set(one.columns) - left_out:
        assert one[name].to_list() == other[name].to_list(), name
    assert one["names"].to_list()[3:] == ["harlow okoye"] * 2
    assert one["volume"].to_list()[3] == one["volume"].to_list()[4]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("record_id,title,title,year", "Gardens,of towns,2010"),  # a column twice
        ("record_id,title,author,authors,year", 'Gardens of towns,"Harlow, I","Okoye, P",2010'),  # two columns for one field
        ("record_id,title,start page,end page,year", "Gardens of towns,12,19,2010"),  # one field in two columns
        ("record_id,title,publisher,keywords,notes,month,year", "Gardens of towns,Soil Press,digging,late,May,2010"),
        ("record_id,title,doi,url,year", "Gardens of towns,,https://doi.org/10.1234/x,2010"),  # a field that takes reading
        ("record_id,title,isbn,issn,year", "Gardens of towns,9780123456789,0957-9672,2010"),
        ("record_id,title,source,year", '"Gardens of towns","Soil 2010;12(3):45-50",2010'),  # a citation where a journal may stand
        ("record_id,title,source,journal,year", '"Gardens of towns","Soil 2010;12(3):45-50",,2010'),
        ("record_id,title,own id,year", "Gardens of towns,A7,2010"),
        ("record_id,title,colour,year", "Gardens of towns,green,2010"),  # a column that says nothing
        ("record_id,TI,AU,PY", 'Gardens of towns,"Harlow, I",2010'),
        ("Record_ID,Title,Year", "Gardens of towns,2010"),
        ("record_id,title,type,year", "Gardens of towns,Thesis,2010"),
        ("record_id,title,language,pmid,pmcid,year", "Gardens of towns,English,12345678,PMC123,2010"),
    ],
)
def test_both_readers_give_the_same_whatever_the_columns(tmp_path: Path, header: str, row: str) -> None:
    path = tmp_path / "set.csv"
    path.write_text(f"{header}\nr7,{row}\nr9,{row}\n", encoding="utf-8")
    quick, rejects = read_files([path], lambda *_: None)
    with path.open("rb") as file:
        slow = next(records_in(by_name("csv"), file, {"accession": header.partition(",")[0]}, path, path.name, aside(), lambda *_: None))
    assert not rejects
    assert (quick["key"].to_list(), quick["year"].to_list()) == (["r7", "r9"], [2010, 2010])
    one, other = features_of(quick), features_of(slow)
    for name in set(one.columns) - {"content"}:
        assert one[name].to_list() == other[name].to_list(), name


def test_an_abstract_is_the_same_with_its_headings_and_without(tmp_path: Path) -> None:
    text = "the soil was dug. {}We counted worms{} in it. {}They were many."
    bare, headed = text.format("", "", ""), text.format("METHODS: ", "", "Results and conclusions: ")
    path = tmp_path / "set.csv"
    rows = [bare, f"OBJECTIVE: {headed}", f"Article abstract-{headed}", f"<b>Background</b> {bare}", text.format("", ", methods", "")]
    path.write_text(HEADER + "".join(f'{n},,Soil,,,,,,,,"{words}",,\n' for n, words in enumerate(rows)), encoding="utf-8")
    records, _ = read_files([path], lambda *_: None)
    *same, other = features_of(records)["abstract"].to_list()
    assert len(set(same)) == 1
    assert other not in same


def test_a_table_with_a_row_to_reject_is_read_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text(HEADER + "1,A,Hedges,2010,,,,,,,,,article\n2,A,Hedges,2010,,,,,,,,,article,and,more\n", encoding="utf-8")
    records, rejects = read_files([path], lambda *_: None)
    assert records["key"].to_list() == ["1"]
    assert [(Path(name).name, reject.line) for name, reject in rejects] == [("set.csv", 3)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("parted", [",", ";", "\t", "|"])
def test_a_table_keeps_its_numbers_however_it_is_written(tmp_path: Path, parted: str, end: str, encoding: str) -> None:
    path = tmp_path / "set.csv"
    rows = (("record_id", "title", "abstract", "year"), ("77", "Hedges", '"Planted\nin rows"', "2010"), ("78", "Dunes", "", "2011"))
    path.write_text(end.join(map(parted.join, rows)) + end, encoding=encoding, newline="")
    records, rejects = read_files([path], lambda *_: None)
    assert not rejects
    assert (records["key"].to_list(), records["year"].to_list()) == (["77", "78"], [2010, 2011])
    assert " ".join(records["abstract"][0].split()) == "Planted in rows"


def test_a_table_of_a_header_alone_has_no_reports(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text(HEADER, encoding="utf-8")
    parts, _ = import_module("review.dedup.reading").read_parts([path], lambda *_: None)
    assert group(parts, certain=0.95, unsure=0.3).records.height == 0


def test_keys_that_repeat_are_told_apart(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(HEADER + "1,A,Hedges,2010,,,,,,,,,article\n", encoding="utf-8")
    records, _ = read_files([tmp_path / "a.csv", tmp_path / "b.csv"], lambda *_: None)
    assert records["key"].n_unique() == 2


def test_each_removed_record_stands_beside_its_survivor(made: Callable[..., Record]) -> None:
    records = [made("a:1", source="a"), made("b:2", source="b", title="=SUM(A1)", doi="10.1/x"), made("c:3", source="c", doi="10.1/x")]
    found = deduplicate(records, certain=0.95, unsure=0.3)
    rows = table("excluded_duplicates", found)
    removed = sum(len(r.records) - 1 for r in found.reports)
    assert len(rows) == removed > 0
    assert all(row["removed"] != row["kept"] and row["evidence"] and row["kept title"] for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_related_reports_are_listed_with_what_they_are(made: Callable[..., Record]) -> None:
    title = made().title
    elsewhere = {"journal": "Botanical Letters", "volume": "3", "pages": "30-44"}
    records = [
        made("a:1", doi="10.1/x"),
        made("b:1", title=f"Erratum to: {title}", issue="4", pages="300"),
        made("b:2", title=f"Retraction notice: {title}", year=2013, volume="16", pages="9"),
        made("b:3", title=f"{title}: response", authors=("Quill, Ada",), issue="3", pages="301-302"),
        made("b:4", journal="Abstracts of the Northern Soil Congress", volume="2", issue="", pages="S77", year=2010),
        made("b:5", journal="medRxiv", volume="", issue="", pages="", doi="10.1101/2010.01.02.12345", year=2010),
        made("b:6", **elsewhere),
        made("b:7", title=f"{title}: study protocol", journal="Trials of the North", volume="2", pages="1-8", year=2009),
        made("b:8", title=f"{title}. Part II", pages="140-151"),
    ]
    found = deduplicate(records, certain=0.95, unsure=0.3)
    assert len(found.reports) == len(records)
    rows = table("related_reports", found)
    assert {row["other report"]: row["relation"] for row in rows if row["report"] == "a:1"} == {
        "b:1": "erratum or retraction of", "b:2": "erratum or retraction of", "b:3": "reply to", "b:4": "abstract of", "b:5": "version of",
        "b:6": "co publication", "b:7": "version of",
    }  # fmt: skip
    assert {row["other report"]: row["which is which"].removeprefix("the second is ") for row in rows if row["report"] == "a:1"} == {
        "b:1": "an erratum", "b:2": "the retraction", "b:3": "the comment or reply", "b:4": "the abstract given at a meeting", "b:5": "the preprint",
        "b:6": "", "b:7": "the protocol",
    }  # fmt: skip
    assert not any({row["report"], row["other report"]} == {"b:1", "b:6"} for row in rows)  # no erratum of what stands in another journal


@given(st.lists(st.tuples(st.text('a",b #=', max_size=3), st.text('a",b ', max_size=3)), min_size=2, max_size=5, unique=True))
def test_related_reports_are_in_the_order_of_what_is_shown_of_them(titles: list[tuple[str, str]]) -> None:
    """Where people said the same of several records of two reports; whatever must be quoted."""
    pl, table_ = import_module("polars"), import_module("review.dedup.table")
    records = frame_of(
        [Record(key=f"{side}:{n}", title=pair[side == "b"], authors=("C",)) for n, pair in enumerate(titles) for side in "ab"]
    )
    keys = [(f"a:{n}", f"b:{n}") for n in range(len(titles))]
    links = pl.DataFrame([(*pair, 0.5, "person", "decided by AB", "version_of") for pair in keys], schema=import_module("review.dedup.engine").LINKS, orient="row")  # fmt: skip
    told = [("a:0", "b:0", "")] * len(titles)
    written = table_.related_reports(records, told, links)
    rows = list(csv.reader(written.decode().splitlines()))[1:]
    assert rows == sorted(rows)
    assert len(rows) == len(titles)
    known = records.with_columns(table_.cells_of(records).alias("shown"))
    assert table_.related_reports(known.select("key", "shown"), told, links) == written


def test_reports_that_share_a_doi_are_listed(made: Callable[..., Record]) -> None:
    other = {"title": "Allotments and sleep in southern villages: a cohort", "authors": ("Quill, Ada",), "pages": "700-712"}
    found = deduplicate([made("a:1", doi="10.1/x"), made("b:2", doi="10.1/X", **other), made("c:3")], certain=0.95, unsure=0.3)
    rows = table("doi_collisions", found)
    assert [(row["shared doi"], row["report"]) for row in rows] == [("10.1/x", "a:1"), ("10.1/x", "b:2")]
    assert frame_of([]).height == 0


def test_a_report_takes_the_best_of_each_field(made: Callable[..., Record]) -> None:
    records = (
        made("a:1", title="#NAME?", doi="10.1/wrong", abstract="Soil.", authors=("Harlow I",), pages="123", year=2010),
        made("b:2", doi="10.1/x", abstract="Soil was dug and sampled."),
        made("c:3", doi="10.1/x", abstract=""),
    )
    report = Report(key="a:1", records=records)
    best = {name: report.best(name) for name in ("doi", "abstract", "pages", "year", "pmid")}
    assert best == {"doi": "10.1/x", "abstract": "Soil was dug and sampled.", "pages": "123-139", "year": "2011", "pmid": ""}
    assert report.title == records[1].title
    assert report.best("authors").startswith("Harlow, Ines; Okoye")


def test_a_report_is_cited_as_it_appeared_not_as_it_was_announced_or_mistyped(made: Callable[..., Record]) -> None:
    early = made("a:1", type="GEN", year=2010, volume="", issue="", pages="", authors=("HARLOW, I", "OKOYE, P", "BRANDT, L"))
    wrong = made("b:1", type="JOUR", pages="132-139", authors=("Harlow I.", "Okoye P.", "Brändt L."))
    found = Report(key="a:1", records=(early, wrong, made("c:1", pages="123"), made("d:1"))).merged()
    assert (found.year, found.volume, found.pages, found.type) == (2011, "14", "123-139", "JOUR")
    assert Report(key="a:1", records=(early, wrong)).best("authors") == "Harlow I.; Okoye P.; Brändt L."


def test_how_many_pairs_are_asked_about_and_how_many_of_them_are_unlikely() -> None:
    told = import_module("review.dedup.table").unsure_told
    links = pl.DataFrame({"verdict": ["unsure", "unsure", "duplicate", "unsure"], "probability": [0.9, 0.3, 0.01, 0.02]})
    assert told(links, 0.3) == "3 pairs are unsure, 1 of them unlikely"
    assert told(links.head(1), 0.3) == "1 pair is unsure"


def test_what_people_wrote_of_any_of_the_records_comes_along(made: Callable[..., Record]) -> None:
    first = made("a:1", keywords=("Soil", "Gardens"), extra=(("note", "Cited by 3"), ("edition", "2")))
    mine = made(
        "b:1", keywords=("gardens", "to read"), extra=(("note", "see page 12"), ("LB", "mine"), ("edition", "2nd"), ("L1", "a.pdf"))
    )
    again = made("c:1", keywords=("Soil",), extra=(("note", "Cited by 3"), ("LB", "ours"), ("PB", "Press")))
    found = Report(key="a:1", records=(first, mine, again)).merged()
    assert {word.casefold() for word in found.keywords} == {"soil", "gardens", "to read"}
    assert found.extra == (
        ("note", "Cited by 3"), ("edition", "2"), ("note", "see page 12"), ("LB", "mine"), ("L1", "a.pdf"), ("LB", "ours"), ("PB", "Press")
    )  # fmt: skip


def test_mis_decoded_text_stands_back_for_another_record_that_has_about_as_much(made: Callable[..., Record]) -> None:
    broken = {
        "title": "CafÃ© talk in MÃ¼llerstadt",
        "abstract": "CafÃ© talk was heard in five towns.",
        "authors": ("MÃ¼ller, Ada B", "Noor, C"),
    }
    whole = {"title": "Café talk in Müllerstadt", "abstract": "Café talk was heard in five towns.", "authors": ("Müller AB", "Noor C")}
    less = {"title": "#NAME?", "abstract": "… talk was heard …", "authors": ("Müller et al.",)}

    def best(*said: dict[str, Any]) -> Record:
        return Report(key="a:0", records=tuple(made(f"a:{n}", **fields) for n, fields in enumerate(said))).merged()

    for found in (best(broken, whole, less), best(less, broken, whole)):
        assert {name: getattr(found, name) for name in whole} == whole
    found = best(less, broken)
    assert {name: getattr(found, name) for name in broken} == broken


@pytest.mark.parametrize(
    ("field", "said", "best"),
    [
        ("title", ["WARDENS IN FIVE TOWNS", "Wardens in five towns"], "Wardens in five towns"),
        ("title", ["Wardens in five towns", "Wardens in five towns."], "Wardens in five towns"),
        ("title", ["WARDENS IN FIVE TOWNS", "#NAME?"], "WARDENS IN FIVE TOWNS"),
        ("title", ["WHO"], "WHO"),
        ("title", ["Wardens; [Wächter in fünf Städten]", "Wardens"], "Wardens"),
        ("title", ["Wardens in five towns", "Wardens in five towns: a cohort study"], "Wardens in five towns: a cohort study"),
        (
            "title",
            ["Wardens in five towns", "Wardens in five towns: an overview of reviews"],
            "Wardens in five towns: an overview of reviews",
        ),
        (
            "title",
            ["Wardens in five towns", "Wardens in five towns: trends from 1990 to 2010"],
            "Wardens in five towns: trends from 1990 to 2010",
        ),
        (
            "title",
            ["Wardens in five towns", "Wardens in five towns: hepatitis C in prisons"],
            "Wardens in five towns: hepatitis C in prisons",
        ),
        ("title", ["Wardens in fi...", "Wardens in five towns", "Wardens in five towns. A study"], "Wardens in five towns. A study"),
        ("title", ["Wardens: a study of five …", "Wardens: a study of …"], "Wardens: a study of five …"),
        ("title", ["Wardens and the …", "WARDENS AND THE TOWN"], "WARDENS AND THE TOWN"),
        ("title", ["Wardens in five towns", "WARDENS IN FIVE TOWNS: A COHORT STUDY"], "Wardens in five towns"),
        ("title", ["Wardens", "Wardens: a study [Review] [45 refs]", "Wardens: a study"], "Wardens: a study"),
        ("title", ["Wardens (the FIVE trial)", "Wardens (the FIVE trial): a study"], "Wardens (the FIVE trial): a study"),
        ("pages", ["151-1.56E+04", "151-156"], "151-156"),
        ("journal", ["J PLACES", "J Places", "Journal of Places"], "Journal of Places"),
        ("journal", ["Walks (London, England)", "Walks", "Walks, Vol 13, Iss 3, p 575"], "Walks"),
        ("journal", ["Walks : a journal of streets", "Walks"], "Walks"),
        ("journal", ["BMJ", "BMJ (Clinical research ed.)"], "BMJ"),
    ],
)
def test_a_name_in_full_and_a_title_not_in_capitals_are_said_best(
    made: Callable[..., Record], field: str, said: list[str], best: str
) -> None:
    for texts in (said, said[::-1]):
        found = Report(key="a:0", records=tuple(made(f"a:{n}", **{field: text}) for n, text in enumerate(texts))).merged()
        assert getattr(found, field).rstrip(".") == best


@pytest.mark.parametrize(
    "behind",
    [
        " [Review] [45 refs]", ". [Original]", " [Wächter in fünf Städten].", " = Wächter in fünf Städten", " / Wächter in fünf Städten", " (Erratum in: Walks (2001))",
        " [Published erratum appears in Wal", " - Wiley Online Library", " | Request PDF", ". Spanish", ". Walks and Streets.", " - Smith - 2010 - Journal of Walks - Wiley Online Library",
        ". Available from: https://x.org/a", ". Smith J, Jones K", ". Letter to the editor", " doi:10.1000/abc", ". Background: wardens are many. Methods: we asked", " 1, 2, 3", " by Smith, J.", " - reply",
    ],
)  # fmt: skip
def test_what_may_be_no_part_of_a_title_makes_none_better(made: Callable[..., Record], behind: str) -> None:
    title, journal = "Wardens in five towns", "Walks and streets"
    records = made("a:1", title=title), made("b:1", title=f"{title}{behind}", journal=journal), made("c:1", title=f"{title}: a study")
    assert Report(key="a:1", records=records[:2]).title == title
    assert Report(key="a:1", records=records).title == f"{title}: a study"


@pytest.mark.parametrize(
    "hostile", ["." * 50_000 + "x", "[a] " * 12_000, "[" + "." * 50_000 + "[x", " - pdf" * 8_000, "a" + " " * 50_000 + "x"]
)
def test_a_title_that_would_be_compared_for_ever(made: Callable[..., Record], hostile: str) -> None:
    records = made("a:1", title="Wardens"), made("b:1", title=f"Wardens {hostile}")
    assert Report(key="a:1", records=records).title.startswith("Wardens")


@given(
    st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("\t\n\r\x0b\x1c\x1f\x85\xa0\u2003\u3000'=+-@\uff1d "), max_size=8)
)
def test_a_field_is_shown_on_one_line_and_runs_nowhere(title: str) -> None:
    from review.formats.tables.csv_line import guarded

    shown = import_module("review.dedup.table")._shown(frame_of([Record(key="a:1", title=title, authors=(title, "B"))]))
    assert shown.row(0, named=True) | {
        "title": guarded(" ".join(title.split())),
        "authors": guarded(" ".join(f"{title}; B".split())),
        "year": "",
    } == shown.row(0, named=True)

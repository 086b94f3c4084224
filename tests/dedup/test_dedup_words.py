"""A person's words on pairs, at the command line: each in the ledger, each told where it can't be followed."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support import TITLES, Small
from tools import at, thirds

from review.cli.dedup_explain import _around as around
from review.cli.dedup_explain import among
from review.model.record import Record

A, B, OTHER = "alpha:A-000000", "beta:B-000000", "alpha:A-000003"


@pytest.mark.slow
def test_words_are_said_listed_taken_back_and_followed_by_the_next_run(filled: Small) -> None:
    done = filled("dedup", "--different", A, B, "--relation", "version_of", "--as", "AB", "--why", "a preprint")
    assert f"{A} and {B}: version of, says AB." in done.stdout
    assert f"  {A}: {TITLES[0]}\n  {B}: {TITLES[0]}\n" in done.stderr
    assert "2 duplicates" in filled("run").stdout
    with (filled.reports / "related_reports.csv").open(encoding="utf-8", newline="") as file:
        assert [(r["relation"], r["which is which"], r["evidence"]) for r in csv.DictReader(file)] == [
            ("version of", "the second is what the first is a version of", "decided by AB: a preprint")
        ]
    listed = filled("dedup")
    assert "the second is what the first is a version of" in listed.stdout
    assert "; 1 pair is related, not the same" in listed.stderr
    explained = filled("dedup", "explain", A, B).stdout
    assert (
        "stand in two reports; version of, the second is what the first is a version of, decided by AB: a preprint\nwhat the rules say:\nduplicate"
        in explained
    )
    assert "said that" in filled("trace", A).stdout
    told = filled("dedup", "--undo", "--as", "AB")
    assert f"Taken back: AB: {A} and {B} are different reports" in told.stdout
    assert "3 duplicates" in filled("run").stdout
    assert "took back" in filled("trace", A).stdout
    assert "nothing to undo" in filled("dedup", "--undo", "--as", "AB", code=2).stderr
    said = filled.json("dedup", "--said")["said"]
    assert [(w["by"], w["said"], w["note"], w["state"]) for w in said] == [("AB", "version_of", "a preprint", "taken back")]
    assert "[taken back]" in filled("dedup", "--said").stdout


@pytest.mark.slow
def test_words_that_contradict_each_other_are_told_when_they_are_said_and_by_the_run(filled: Small) -> None:
    filled("dedup", "--same", A, OTHER, "--as", "AB")
    filled("dedup", "--same", OTHER, "alpha:A-000004", "--as", "AB")
    told = filled("dedup", "--different", A, "alpha:A-000004", "--as", "CD").stderr
    assert f"But that contradicts: AB: {A} and {OTHER} are the same report; AB: {OTHER} and alpha:A-000004 are the same report." in told
    ran = filled.json("run")
    (warned,) = (w for stage in ran for w in stage["warnings"])
    assert f"not followed: AB: {A} and {OTHER} are the same report; but CD: {A} and alpha:A-000004 are different reports." in warned


@pytest.mark.slow
def test_a_word_that_stands_again_when_a_later_one_is_taken_back_is_told(filled: Small) -> None:
    filled("dedup", "--same", A, OTHER, "--as", "AB")
    told = filled.json("dedup", "--different", A, OTHER, "--as", "CD")
    assert (told["by"], told["a"], told["b"], told["said"], told["contradicts"]) == ("CD", A, OTHER, "different", [])
    told = filled.json("dedup", "--undo", "--as", "CD")
    assert told == {
        "taken_back": [f"CD: {A} and {OTHER} are different reports"],
        "stands_again": [f"AB: {A} and {OTHER} are the same report"],
    }
    assert "for a script" in filled("dedup", "--review", "--as", "CD", "--json", code=2).stderr
    filled("dedup", "--different", A, OTHER, "--as", "CD")
    done = filled("dedup", "--undo", "--as", "CD")
    assert f"stands again: AB: {A} and {OTHER} are the same report" in done.stderr
    assert "stands again" not in filled("dedup", "--undo", "--as", "AB").stderr
    assert "No word of EF's stands" in filled("dedup", "--undo", "--as", "EF", code=2).stderr
    assert "--same takes two records" in filled("dedup", "--same", A, "--as", "AB", code=2).stderr


@pytest.mark.slow
def test_records_are_named_by_key_doi_or_pmid_and_a_name_that_will_not_do_says_why(filled: Small) -> None:
    source = (filled.root / "alpha.ris").read_bytes().decode()
    with_dois = source.replace("TY  - JOUR\r\nAN  - A-000000", "TY  - JOUR\r\nDO  - 10.1000/One\r\nAN  - X-0000001")
    with_dois = with_dois.replace("TY  - JOUR\r\nAN  - A-000001", "TY  - JOUR\r\nDO  - 10.1000/one\r\nAN  - X-0000002")
    (filled.root / "x.ris").write_bytes(with_dois.encode())
    filled("import", "x.ris", "--source", "web", "--date", "2025-06-01")
    explained = filled.json("dedup", "explain", "https://doi.org/10.1000/ONE", "10.1000/one")  # exactly two have it
    assert (explained["a_key"], explained["b_key"]) == ("web:X-0000001", "web:X-0000002")
    assert explained["together"] is False
    for names, told in (
        ((A, A), "Both are the record"),
        ((A, "10.1000/one"), "'10.1000/one' is that of 2 records:\n          web:X-0000001  "),
        ((A, "B-000000"), "Did you mean beta:B-000000?"),
        ((A, "nothing"), "There is no record 'nothing'"),
        ((A,), "Two records are explained"),
    ):
        assert told in filled("dedup", "explain", *names, code=2).stderr
    assert "is no relation" in filled("dedup", "--different", A, B, "--relation", "cousin", "--as", "AB", code=2).stderr
    assert "Give --different" in filled("dedup", "--same", A, B, "--relation", "version_of", "--as", "AB", code=2).stderr


def test_a_file_that_is_not_there_is_told_alike_by_all(small: Small) -> None:
    for words in (("dedup",), ("describe",), ("convert", "-o", "out.ris"), ("import", "--source", "alpha")):
        assert "gone.ris: there is no such file.\n        Check the name." in small(*words, "gone.ris", code=2).stderr
    assert "No name here fits" in small("dedup", "*.ris", code=2).stderr


@pytest.mark.slow
def test_a_doi_that_many_documents_have_is_not_counted_and_that_is_said(small: Small) -> None:
    rows = [("m1", "Editor's comments", "24"), ("m2", "Editor's comments", "25")]
    rows += [(f"m{n}", title, "3") for n, title in enumerate(("On dunes and sands", "Whales of the north", "Gardens in towns"), 3)]
    lines = [f"{key},{title},Lee {key},2000,Journal of Dunes,{volume},10.1000/xyz" for key, title, volume in rows]
    (small.root / "m.csv").write_text("\n".join(["record_id,title,author,year,journal,volume,doi", *lines]))
    explained = small("dedup", "explain", "m1", "m2", "m.csv").stdout
    assert explained.startswith(
        "m1 and m2 stand in two reports\nnot counted, since many documents here have it: DOI 10.1000/xyz\ndifferent: "
    )
    assert small.json("dedup", "explain", "m1", "m2", "m.csv")["not_counted"] == {"doi": "10.1000/xyz"}


@pytest.mark.slow
def test_a_word_on_records_that_are_not_here_is_kept_and_the_run_says_so(filled: Small) -> None:
    filled("dedup", "--same", A, OTHER, "--as", "AB")
    ledger = filled.root / "screening/small/dedup.jsonl"
    said = ledger.read_text(encoding="utf-8")
    for manifest in sorted(filled.root.glob("queries/small/alpha/*")):
        shutil.rmtree(manifest)
    shutil.rmtree(filled.root / ".review")
    (warned,) = (w for stage in filled.json("run") for w in stage["warnings"])
    assert f"1 word of people on pairs is not followed: records of theirs are not here (first: {A})" in warned
    assert ledger.read_text(encoding="utf-8") == said


TORN = """record_id,title,authors,year,journal
a,Aerobic exercise and cognitive function in older men with hypertension,"Smith, John A; Jones, Mary B; Brown, Kevin",2012,BMJ
b,Aerobic exercise and cognitive function in older men with hypertension,"Smith, John A; Jones, Mary B; Brown, Kevin",2012,
c,Aerobic exercise and cognitive function in older men with hypertension,"Smith, John A; Jones, Mary B; Brown, Kevin",2012,Lancet
d,Aerobic exercise and cognitive function in older men with hypertension,"Smith, John A; Jones, Mary B; Brown, Kevin",2012,
"""


@pytest.mark.slow
def test_a_pair_is_explained_as_a_run_over_its_files_leaves_it(small: Small) -> None:
    (small.root / "two.csv").write_text("".join(TORN.splitlines(keepends=True)[:3]))
    assert small("dedup", "explain", "a", "b", "two.csv").stdout.startswith("a and b stand in one report\nduplicate: ")
    (small.root / "three.csv").write_text("".join(TORN.splitlines(keepends=True)[:4]))
    assert small("dedup", "explain", "b", "a", "three.csv").stdout.startswith(
        "b and a stand in two reports; a person is asked: same title; authors agree; year 2012; "
        "but b fits c as well, and c and a differ: journal (another journal, no page in common)\n"
        "what the rules say of the two alone:\nduplicate: "
    )
    told = small.json("dedup", "explain", "a", "b", "three.csv")
    assert (told["together"], told["link"], told["verdict"]) == (False, "unsure", "duplicate")
    assert [(x["a"], x["b"], x["fits"], x["differ"]) for x in told["against"]] == [("a", "c", "b", ["journal"])]
    # Of two that differ themselves, no third is the reason.
    assert small.json("dedup", "explain", "a", "c", "three.csv")["against"] == []
    assert small("dedup", "explain", "three.csv:1", "three.csv:3", "three.csv").stdout.startswith("a and c stand in two")
    assert "FILE:N" in small("dedup", "explain", "three.csv:4", "b", "three.csv", code=2).stderr
    (small.root / "four.csv").write_text(TORN)
    found = small("dedup", "explain", "a", "b", "four.csv").stdout
    assert "b fits c as well, and a and c differ: journal" in found
    small("import", "three.csv", "--source", "alpha", "--date", "2025-06-01")
    assert "alpha:b fits alpha:c as well, and alpha:a and alpha:c differ: journal" in small("dedup", "explain", "alpha:a", "alpha:b").stdout


def test_records_of_the_two_reports_that_contradict_each_other_are_named(made: Callable[..., Record]) -> None:
    a, b = made("a:1", journal="", volume="", issue="", pages="", doi=""), made("b:1", doi="", journal="", volume="", issue="", pages="")
    mine, theirs = made("a:2", doi="", journal="BMJ", volume="7"), made("b:2", doi="", journal="Lancet", volume="300", pages="99-120")
    (found,) = thirds(a, b, [mine], [theirs], [])
    assert (found.a, found.b, found.fits) == ("a:2", "b:2", "")
    assert {"journal", "volume"} <= set(found.differ)
    assert found.words.startswith(
        "a:2 stands in the report of a:1, b:2 stands in the report of b:1, and a:2 and b:2 differ: journal, volume"
    )
    assert not thirds(a, b, [mine], [], [])


@pytest.mark.slow
def test_every_pair_of_real_records_that_is_kept_apart_though_the_rules_are_sure_has_a_reason(
    shared: Callable[[str], Path], tmp_path: Path
) -> None:
    pl, sure = at("polars"), at("review.dedup.rules").CERTAIN
    whole = pl.read_csv(shared("dedup/asysd_diabetes.csv.gz"), infer_schema=False)
    # What tells them apart by itself is gone; of every third record, where it appeared.
    bare = whole.select("record_id", "author", "title", "year", "journal", "volume", "number")
    there = pl.int_range(pl.len()) % 3 > 0
    bare.with_columns(pl.when(there).then(name).alias(name) for name in ("journal", "volume", "number")).write_csv(tmp_path / "bare.csv")
    records, _ = at("review.dedup.reading").read_files([tmp_path / "bare.csv"], lambda *_: None)
    done = at("review.dedup.engine").group(records, certain=sure, unsure=0.3)
    links = done.links.filter((pl.col("verdict") == "unsure") & (pl.col("probability") >= sure))
    kept = links.select(done.records["key"].gather(links[name]).alias(name) for name in ("a", "b")).rows()
    assert len(kept) > 20
    for pair in kept[:: len(kept) // 10]:
        asked = among(records, done, pair)
        assert thirds(asked.a, asked.b, *around(asked.reports, asked.links, *pair)), pair


@pytest.mark.slow
def test_every_report_goes_out_once_for_any_other_program(filled: Small) -> None:
    filled("run")
    found = filled("table", "reports", "-o", "all.ris")
    (described,) = filled.json("describe", "all.ris")["files"]
    lists = [filled.reports / "lists" / name for name in ("unscreened.csv", "other-unscreened.csv")]
    reports = sum(len(list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))) for path in lists)
    assert described["records"] == reports
    assert f"{reports} reports of " in found.stderr
    text = (filled.root / "all.ris").read_text(encoding="utf-8")
    assert "review_record" not in text
    assert f"ID  - {A}" in text
    assert f"ID  - {B}" not in text  # a duplicate of A
    filled("table", "reports", "-o", "all.xlsx")
    assert filled.json("describe", "all.xlsx")["files"][0]["records"] == reports
    assert "-o FILE.ris" in filled("table", "reports", code=2).stderr
    assert "names no format" in filled("table", "reports", "-o", "all.docx", code=2).stderr

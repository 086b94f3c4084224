"""Keys and matching."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from review.model.matching import Matcher
from review.model.plain_text import plain, squashed
from review.model.record import Record, Report, record_key
from review.search.admit import admit


def test_a_key_is_the_sources_own_id_or_a_hash_of_the_content() -> None:
    assert record_key("pubmed", Record(accession="11234567", pmid="11234567", title="T")) == "pubmed:11234567"
    one = Record(title="A title", year=2001, authors=("B, C.",), line=3, raw="x")
    assert record_key("x", one) == record_key("x", Record(title="A  TITLE.", year=2001, authors=("B, C",), line=99, raw="y"))
    assert record_key("x", one) != record_key("x", Record(title="A title", year=2002, authors=("B, C.",)))
    assert record_key("x", one) != record_key("y", one)


def test_a_row_number_is_no_id() -> None:
    assert record_key("x", Record(accession="17", title="T")).startswith("x:h")
    assert record_key("pubmed", Record(accession="17", pmid="17", title="T")) == "pubmed:17"


def test_every_row_is_a_record_in_whatever_order_files_come() -> None:
    rows = [
        Record(source="s", searched="2025-01-02", accession="E100001", title="later"),
        Record(source="s", searched="2025-01-01", accession="E100001", title="earlier"),
        Record(source="s", searched="2025-01-01", title="No id"),
        Record(source="s", searched="2025-01-01", title="No id", file="b"),
    ]
    rows = [replace(r, key=record_key(r.source, r)) for r in rows]
    found = admit(rows)
    assert found == admit(reversed(rows))
    assert [(r.key.split(":")[1][:9], r.title) for r in found][:2] == [("E100001", "earlier"), ("E100001#2", "later")]
    assert len({r.key for r in found}) == 4


def test_plain_and_squashed() -> None:
    assert plain("<i>Ménière’s</i> Disease: pure-tone") == "meniere s disease pure tone"
    assert squashed("pure-tone") == squashed("puretone")


def reports(*titles: str) -> list[Report]:
    return [
        Report(key=f"s:{n}", records=(Record(key=f"s:{n}", title=t, abstract=f"{t} abstract", doi=f"10.1000/{n}"),))
        for n, t in enumerate(titles)
    ]


def test_a_row_finds_its_report_by_key_doi_pmid_or_title() -> None:
    matcher = Matcher(reports("Ménière’s disease and pure-tone audiometry in later life", "Another title altogether"))
    assert matcher.find({"key": "s:1"}).reports == ("s:1",)
    assert matcher.find({"doi": "https://doi.org/10.1000/0"}).reports == ("s:0",)
    assert matcher.find({"title": "MENIERES disease and puretone audiometry in later life"}).reports == ("s:0",)
    # what other tools leave of accents and hyphens
    assert matcher.find({"title": "mnires disease and puretone audiometry in later life"}).reports == ("s:0",)
    near = matcher.find({"title": "mnires diseases and puretone audiometry in later life"})
    assert near.reports == ("s:0",)
    assert "alike" in near.why
    assert not matcher.find({"title": "Something else entirely, of some length"}).reports
    assert matcher.find({}).why == "has no key, DOI, PMID or title"


def test_titles_that_are_only_near_each_other_are_not_guessed() -> None:
    matcher = Matcher(reports("Community kitchens after the great flood, part 1", "Community kitchens after the great flood, part 2"))
    assert not matcher.find({"title": "Community kitchens after the great flood, part 3"}).reports


def test_two_reports_of_one_title_are_told_apart_by_abstract() -> None:
    first, second = reports("The same title of two", "x")
    second = Report(key="s:1", records=(Record(key="s:1", title="The same title of two", abstract="quite another text"),))
    matcher = Matcher([first, second])
    assert matcher.find({"title": "The same title of two"}).reports == ("s:0", "s:1")
    assert matcher.find({"title": "The same title of two", "abstract": "Quite another text."}).reports == ("s:1",)


def test_a_record_is_found_by_its_number_in_a_source() -> None:
    from review.model.matching import Matcher
    from review.model.record import Record, Report

    def report(n: int, source: str, file: str = "f") -> Report:
        key = f"{source}:{n}"
        return Report(key=key, records=(Record(key=key, source=source, file=file, line=n * 10, title=f"Title {n} of {source}"),))

    found = Matcher([*(report(n, "github") for n in (9, 2, 30)), report(1, "web"), report(2, "web", "g")])
    assert found.find({"title": "GitHub 3"}).reports == ("github:30",)
    assert "record 1 of github" in found.find({"title": "github_1"}).why
    for title in ("github4", "github0", "web1", "3", "elsewhere1"):
        assert not found.find({"title": title}).reports


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(("2025-01-01", "2025-02-01", "2025-03-01")), st.sampled_from("xy")), max_size=9),
       st.sets(st.sampled_from(("2025-01-01", "2025-02-01", "2025-03-01"))))  # fmt: skip
def test_what_was_admitted_before_has_the_keys_it_would_get_anew(entries: list[tuple[str, str, str]], later: set[str]) -> None:
    found = [
        Record(key=f"s:id-{own}", source="s", searched=day, accession=f"id-{own}", title=title, raw=str(n % 3), file="f", line=n)
        for n, (own, day, title) in enumerate(entries)
    ]
    known = [replace(r, raw="") for r in admit(r for r in found if r.searched not in later)]
    again = admit([r for r in found if r.searched in later], known)
    assert [replace(r, raw="") for r in again] == [replace(r, raw="") for r in admit(found)]


def test_the_database_of_a_report_is_that_of_its_accession_number() -> None:
    """Ovid's MEDLINE beside Embase's number would make a PMID of that."""

    def extra(accession: str, told: str, own: str = "20154567") -> dict[str, str]:
        first = Record(key="a:1", accession=own, extra=(("note", "mine"),) + (("database", "Embase"),) * bool(told))
        other = Record(key="b:1", accession=accession, extra=(("database", "Ovid MEDLINE(R)"), ("provider", "Ovid"), ("DC", "x")))
        return dict(Report(key="a:1", records=(first, other)).merged().extra)

    assert extra("", "") == {"note": "mine", "DC": "x"}
    assert extra("", "Embase") == {"note": "mine", "database": "Embase", "DC": "x"}
    assert extra("9", "", own="") == {"note": "mine", "database": "Ovid MEDLINE(R)", "provider": "Ovid", "DC": "x"}  # beside no number
    assert extra("20154567", "") == {"note": "mine", "database": "Ovid MEDLINE(R)", "provider": "Ovid", "DC": "x"}

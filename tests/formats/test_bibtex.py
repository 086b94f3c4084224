"""BibTeX and BibLaTeX: syntax, names, LaTeX, cross references, and what breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.formats.bibtex.bibtex import FORMAT, read
from review.formats.bibtex.bibtex_names import names
from review.formats.bibtex.bibtex_syntax import entries
from review.formats.characters.latex import from_latex, to_latex
from review.model.record import Record, Reject


def records(text: str) -> list[Record]:
    found = list(read(text.encode(), {}))
    assert all(isinstance(r, Record) for r in found), found
    return [r for r in found if isinstance(r, Record)]


def test_what_became_a_field_stands_nowhere_else() -> None:
    (r,) = records(
        "@article{,\n author = {Maker, Ann},\n title = {Towns},\n year = 2011,\n doi = {https://doi.org/10.1000/a},\n"
        " eprint = {12345678},\n eprinttype = {pubmed},\n pmcid = {PMC123},\n}\n"
    )
    assert (r.doi, r.pmid, r.pmcid, r.extra) == ("10.1000/a", "12345678", "PMC123", ())
    assert FORMAT.write
    (again,) = records(b"".join(FORMAT.write([r])).decode())
    assert (again.doi, again.pmid, again.pmcid, again.extra) == (
        r.doi,
        r.pmid,
        r.pmcid,
        (),
    )  # and the key that was made for it is none of its own


def test_an_address_loses_the_escapes_that_bibtex_asks_for_and_nothing_else() -> None:
    (r,) = records(
        r"@misc{a, title = {Towns}, doi = {10.1000/A{\textless}1::AID{$>$}3\textunderscore 4{\textbackslash}{\_}5$\backslash$\_6}}"
    )
    assert r.doi == "10.1000/a<1::aid>3_4_5_6"
    (r,) = records(r"@misc{a, title = {Towns}, url = {http://x.org/a\_b\%20c{\textasciitilde}d\textasciitilde{}e~f}}")
    assert r.url == "http://x.org/a_b%20c~d~e~f"


def test_an_empty_field_is_taken_from_the_entry_referred_to() -> None:
    (one, _) = records(
        "@incollection{a, title = {Towns}, crossref = {b}, publisher = {}, year = {2001}}\n@book{b, title = {Places}, publisher = {House}, year = {1999}}"
    )
    assert ("publisher", "House") in one.extra
    assert one.year == 2001


def test_a_whole_entry() -> None:
    (r,) = records(
        '% top\n@string{jot = "Journal of Tests"}\n@preamble{"x"}\n@article{Marx, Karl 1867,\n'
        " author = {Karl Marx and von der Leyen, Ursula and {World Health Organization} and others},\n"
        " title = {The {UK}'s na{\\\"i}ve caf\\'{e} \\& {\\ss}tra{\\ss}e -- a ``test''},\n journal = jot # { (B)},\n year = 2021a,\n month = jan,\n"
        ' pages = {12--15},\n volume = "3",\n number = {4}\n doi = {https://doi.org/10.1000/A_B},\n url = {http://x.org/a_b%20c},\n'
        " keywords = {one, two},\n abstract = {First.\n\n Second with 50\\% and $\\alpha$.},\n note = {kept},\n eprint = {2101.00001},\n}\n"
    )
    assert r.title == "The UK's naïve café & ßtraße – a “test”"
    assert r.authors == ("Marx, Karl", "von der Leyen, Ursula", "World Health Organization")
    assert (r.journal, r.year, r.volume, r.issue, r.pages) == ("Journal of Tests (B)", 2021, "3", "4", "12-15")
    assert (r.doi, r.url, r.keywords) == ("10.1000/a_b", "http://x.org/a_b%20c", ("one", "two"))
    assert r.abstract == "First.\nSecond with 50% and α."
    for pair in (
        ("", "% top"),
        ("citation-key", "Marx, Karl 1867"),
        ("date", "2021a"),
        ("author", "others"),
        ("month", "jan"),
        ("eprint", "2101.00001"),
    ):
        assert pair in r.extra


def test_a_child_takes_what_it_lacks_from_its_parent() -> None:
    child, parent = records(
        "@inproceedings{c, title={Child}, crossref={P}}\n@proceedings{p, title={The Proceedings}, booktitle={Proc}, year={2005}, editor={Ed Itor}}\n"
    )
    assert (child.title, child.journal, child.year) == ("Child", "Proc", 2005)
    assert ("editor", "Itor, Ed") in child.extra
    assert parent.title == "The Proceedings"


def test_an_entry_that_never_closes_costs_no_other() -> None:
    a, broken, b = read(b"@book{a, title={A}}\n@book{x, title = {No end\n@book{b, title={B}}\n", {})
    assert isinstance(a, Record)
    assert isinstance(b, Record)
    assert isinstance(broken, Reject)
    assert (a.title, broken.line, b.title, b.line) == ("A", 2, "B", 3)
    assert "never closes" in broken.reason
    assert broken.raw == "@book{x, title = {No end"


def test_keys_may_repeat_or_be_missing() -> None:
    assert [
        r.title for r in records("@misc{k, title={A}}@misc{k, title={B}}\n@misc{, title={C}}\n@misc{title={D}}\n@Misc(e, title = {E})")
    ] == list("ABCDE")


@pytest.mark.parametrize("text", ["", "no entry\n", "@comment{x}\n", '@string{a = "b"}\n'])
def test_a_file_without_an_entry(text: str) -> None:
    with pytest.raises(FormatError, match="no BibTeX entry"):
        list(read(text.encode(), {}))


def test_what_is_written_keeps_capitals_and_escapes() -> None:
    assert FORMAT.write
    text = b"".join(
        FORMAT.write([Record(title="The UK & 50% of GPs_x", authors=("Marx, Karl", "WHO", "de la Cruz, A, Jr"), type="article", year=2001)])
    ).decode()
    assert "title = {The {UK} \\& 50\\% of {GPs}\\_x}" in text
    assert "author = {Marx, Karl and {WHO} and de la Cruz, Jr, A}" in text
    assert text.startswith("@article{Marx_2001.uk,\n")


def test_a_whole_entry_as_it_is_written() -> None:
    record = Record(
        title="Towns", authors=("Maker, Ann", "Smith, Bo"), journal="J of A_B", year=2011, volume="3", issue="4", pages="12-15",
        doi="10.1000/a_b", pmid="12345678", pmcid="PMC123", issn="1234-5678", url="http://x.org/a_b%20c~d", language="en",
        keywords=("towns, small",), type="article", accession="X_1", abstract="First.\nSecond.",
    )  # fmt: skip
    assert FORMAT.write
    text = b"".join(FORMAT.write([record], notes=False)).decode()
    assert text == (
        "@article{Maker_2011.towns,\n  author = {Maker, Ann and Smith, Bo},\n  title = {Towns},\n  journal = {J of A\\_B},\n  year = {2011},\n"
        "  volume = {3},\n  number = {4},\n  pages = {12--15},\n  doi = {10.1000/a_b},\n  pmid = {12345678},\n  pmcid = {PMC123},\n"
        "  issn = {1234-5678},\n  url = {http://x.org/a_b%20c~d},\n  language = {en},\n  keywords = {towns, small;},\n"
        "  accession = {X\\_1},\n  abstract = {First.\n\nSecond.}\n}\n\n"
    )
    (again,) = records(text)
    assert replace(again, line=0, raw="") == record
    braces = b"".join(FORMAT.write([replace(record, url="http://x.org/{a}")], notes=False)).decode()
    assert "url" not in braces  # no program would give it back as it is
    paper = b"".join(FORMAT.write([replace(record, type="inproceedings")], notes=False)).decode()
    assert paper.startswith("@inproceedings{")
    assert "booktitle = {J of A\\_B}" in paper
    assert "journal" not in paper


def test_a_key_behind_many_lines_keeps_nothing_busy() -> None:
    gap = "\n" * 50_000
    assert FORMAT.score(f"@article{{{gap}key,") == 0.95
    assert FORMAT.score(f"@article{{{gap}{gap}no key") == 0


@given(st.text(max_size=60))
def test_latex_there_and_back(text: str) -> None:
    plain = " ".join(text.split())
    assert from_latex(to_latex(plain), ligatures=True) == plain


def test_each_field_is_written_once() -> None:
    assert FORMAT.write
    extra = (("affiliation", "Rome"), ("affiliation", "Oslo"), ("date", "2001 Mar"), ("date", "2001-03-05"), ("note", "a"), ("note", "b"))
    record = Record(title="A", type="article", year=2001, extra=extra)
    text = b"".join(FORMAT.write([record], notes=False)).decode()
    for line in ("affiliation = {Rome; Oslo}", "pubdate = {2001 Mar}", " date = {2001-03-05}", "note = {a; b}"):
        assert text.count(line) == 1
    names = [line.split("=")[0].strip() for line in text.splitlines() if " = " in line]
    assert len(names) == len(set(names))


def test_a_string_that_no_entry_asks_for_is_kept() -> None:
    text = '@string{ieee = {IEEE Trans}}\n@string{bmj = "BMJ"}\n@article{a, title={A title}, journal=bmj}\n'
    (found,) = read(text.encode())
    assert isinstance(found, Record)
    assert found.journal == "BMJ"
    assert ("", "@string{ieee = {IEEE Trans}}") in found.extra
    assert not any("BMJ" in value for _, value in found.extra)


def test_a_doi_for_a_key_is_the_doi_where_no_other_is_told() -> None:
    data = b"@article{10.2307/1234567,\n title = {One}\n}\n@article{Smith/2001, title = {Two}}\n"
    one, two = FORMAT.read(data, {})
    assert isinstance(one, Record)
    assert isinstance(two, Record)
    assert (one.doi, one.extra, two.doi) == ("10.2307/1234567", (("citation-key", "10.2307/1234567"),), "")


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("{Barnes and Noble} and Marx, Karl", ["Barnes and Noble", "Marx, Karl"]),  # what stands in braces is one
        ("{The {Big} and Small Firm}", ["The Big and Small Firm"]),
        ("{Doe, Roe} and {Smith; Sons}", ["Doe, Roe", "Smith; Sons"]),
        ("{Jean} Paul {Marat}", ["Marat, Jean Paul"]),  # these braces are not around the whole
        ("Jean-Paul {de la} Marat and {\\'E}mile~Zola", ["de la Marat, Jean-Paul", "Zola, Émile"]),
        ("Ludwig van Beethoven and others", ["van Beethoven, Ludwig", "others"]),
        ("Marx, K. and et al.", ["Marx, K.", "others"]),
        ("Smith, Jr., J. and A. Roe, Jr.", ["Smith, J., Jr.", "Roe, A., Jr."]),
        ("al- Roe, M and d' Doe, Jean and O' Brien, J", ["al-Roe, M", "d'Doe, Jean", "O' Brien, J"]),
        ("M&uuml;ller, J. and Smith, J.; Jones, B.", ["Müller, J.", "Smith, J.", "Jones, B."]),
    ],
)
def test_names_are_taken_apart_as_bibtex_does(value: str, people: list[str]) -> None:
    assert names(value) == people


MANY = """% a remark
@string(who = "Some" # {body})
@comment{@article{hidden, title = {Quoted}}}
@article(round, title = {A ) in braces}, note = "a {"} quoted", author = who, odd, key2 = {x})
@book{open, title = {Never closed
@article{next, title = {Nested {braces {deep}} stay}, junk {with, commas} here, year = 2001}
@comment{that never closes
@misc{last, title = {Last}} behind
"""


def test_entries_are_the_same_however_the_text_comes() -> None:
    lines = MANY.splitlines(keepends=True)
    whole = list(entries([MANY]))
    assert [(e.line, e.kind, e.key, e.broken[:5]) for e in whole] == [
        (4, "article", "round", ""),
        (5, "book", "", "the e"),
        (6, "article", "next", ""),
        (8, "misc", "last", ""),
        (8, "", "", ""),
    ]
    assert whole[0].fields == [("title", "A ) in braces"), ("note", 'a {"} quoted'), ("author", "Somebody"), ("", "odd"), ("key2", "x")]
    assert whole[2].fields == [("title", "Nested {braces {deep}} stay"), ("", "junk {with, commas} here"), ("year", "2001")]
    assert [e.around for e in whole] == [
        ["% a remark", "@comment{@article{hidden, title = {Quoted}}}"], [], [], ["@comment{that never closes"], ["behind"]
    ]  # fmt: skip
    for size in range(1, len(lines)):
        assert list(entries("".join(lines[n : n + size]) for n in range(0, len(lines), size))) == whole


def test_an_accent_on_an_accent() -> None:
    assert from_latex(r"Nguy{\~{\^e}}n, V{\u a}n and \'{\^{E}}") == "Nguyễn, Văn and Ế"


@pytest.mark.parametrize(
    ("whole", "damaged", "title"), [("Walks}},", "Walks", ""), ("0001},\n}", "0001},\n", "Boats"), ("Boats}}", "Boats}", "Boats")]
)
def test_a_brace_that_is_missing_in_web_of_sciences_takes_no_entry_behind_it(whole: str, damaged: str, title: str) -> None:
    one = "@article{ WOS:0001,\nTitle = {{Boats}},\nKeywords = {{Trust;\n   Walks}},\nUnique-ID = {WOS:0001},\n}\n\n"
    first, *others = read((one.replace(whole, damaged) + one * 2).encode())
    assert (first.title if isinstance(first, Record) else "") == title
    assert [r.title for r in others if isinstance(r, Record)] == ["Boats", "Boats"]


SHOWN = """@article{roe,
  title = {How entries look},
  abstract = {It begins so:
@article{key,
  title = {Of what?}
}
@book{other, title = {Of more}}
and goes on.},
  year = {2001}
}
"""
NEXT = "@article{lee,\n  title = {Next}\n}\n"


@pytest.mark.parametrize("behind", [NEXT, "", NEXT * 4])
def test_an_abstract_that_shows_entries(behind: str) -> None:
    """The entry was broken, and those that it shows were records."""
    found = list(read((SHOWN + behind).encode()))
    assert [r.title for r in found if isinstance(r, Record)] == ["How entries look", *["Next"] * behind.count("@")]
    assert isinstance(found[0], Record)
    assert found[0].year == 2001
    assert found[0].abstract.endswith("and goes on.")


@pytest.mark.parametrize("lacks", ["title = {No end,", "title = {No} end},", "abstract = {No end\n"])
def test_a_missing_brace_takes_in_no_entry_whose_own_close_it(lacks: str) -> None:
    """One brace too many further on makes the braces even again, but the entries between are no value's."""
    found = list(read(f"@article{{roe,\n  {lacks}\n  year = {{2001}}\n}}\n{NEXT}@article{{poe, title = {{Even}}}}\n}}\n{NEXT}".encode()))
    assert [r.title for r in found if isinstance(r, Record)][-3:] == ["Next", "Even", "Next"]


def test_a_kind_of_two_words() -> None:
    """EndNote's own, of which its style has no word of BibTeX's: the entry was text before the next."""
    text = "@Web Page{RN1,\n  title = {A page}\n}\n@Journal Article{RN2,\n  title = {An article}\n}\nWrite to @Anna Smith (her) of it.\n@book{b, title = {A book}}\n"
    found = list(read(text.encode()))
    assert [(r.title, r.type) for r in found if isinstance(r, Record)] == [
        ("A page", "web page"),
        ("An article", "journal article"),
        ("A book", "book"),
    ]
    assert isinstance(found[2], Record)
    assert ("", "Write to @Anna Smith (her) of it.") in found[2].extra
    assert FORMAT.score(text) > 0.9


def test_a_title_that_never_closes_takes_no_field_for_its_own() -> None:
    """Its entry lacked a brace as one whose last is missing does, and was read with the year in the title."""
    (found,) = read(b"@misc{a,\n  title = {Three,\n  year = {2001}\n}\n")
    assert isinstance(found, Reject)

"""Files as reviews keep them beside their paper: what reference managers and screening tools wrote, and what people made of it."""

from __future__ import annotations

import pytest
from one_file import only, records

from review.formats.people.author_lists import split_authors
from review.formats.registry import by_name
from review.formats.values.numbers import pages

RESOURCE = """@article{RN7,
   author = {Doe, J.},
   title = {Gardens of the town},
   journal = {Garden Week},
   volume = {8},
   DOI = {%s},
   year = {2019},
   type = {Journal Article}
}
"""


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("ARTN R1\n10.1234/garden.1", ("10.1234/garden.1", "R1", "")),
        ("Unsp e0123\n10.1234/garden.2", ("10.1234/garden.2", "e0123", "")),
        ("PII S0022112019003756\n10.1234/garden.3", ("10.1234/garden.3", "", "")),
        ("info:pmid/21143862", ("", "", "21143862")),
    ],
)
def test_what_endnote_keeps_beside_a_doi(value: str, read: tuple[str, str, str]) -> None:
    for text in (
        RESOURCE % value,
        "TY  - JOUR\nTI  - Gardens of the town\nDO  - " + value + "\nER  - \n",
        (
            "<xml><records><record><ref-type name='Journal Article'>17</ref-type><titles><title>Gardens</title></titles>"
            f"<electronic-resource-num>{value.replace(chr(10), '&#xD;')}</electronic-resource-num></record></records></xml>"
        ),
    ):
        found = only(text)
        assert (found.doi, found.pages, found.pmid) == read
        if value.startswith(("ARTN", "PII")):
            assert any(value[:4] in kept for _, kept in found.extra)  # as it came


def test_endnote_xml_tells_the_number_in_an_address_and_keywords_that_commas_join() -> None:
    found = only(
        "<xml><records><record><ref-type name='Report'>27</ref-type><titles><title>Gardens</title></titles><keywords><keyword>"
        "text analysis,garden models,town (planning),soil</keyword></keywords><urls><related-urls><url>https://lib.example.org/login?url="
        "https://search.ebscohost.com/login.aspx?direct=true&amp;AuthType=ip,sso&amp;db=eric&amp;AN=ED400000&amp;site=ehost-live</url>"
        "</related-urls></urls></record></records></xml>"
    )
    assert found.accession == "eric:ED400000"
    assert found.keywords == ("text analysis", "garden models", "town (planning)", "soil")


@pytest.mark.parametrize("keyword", ["2,4-D", "Aged, 80 and over", "cis,trans", "N,N,N-trimethylsoil", "gardens, towns, soil"])
def test_a_comma_of_a_keyword_is_its_own(keyword: str) -> None:
    assert only(f"TY  - JOUR\nTI  - Gardens\nKW  - {keyword}\nER  - \n").keywords == (keyword,)


@pytest.mark.parametrize(
    ("names", "read"),
    [
        ("Abec GR, Aut A, Broo LD, DeP MA.", ("Abec GR", "Aut A", "Broo LD", "DeP MA.")),
        ("Huey SL, Mehta NH", ("Huey SL", "Mehta NH")),
        ("Roe, J", ("Roe, J",)),
        ("Roe, Jr, Jane", ("Roe, Jane, Jr",)),
        ("de la Roe, Jane", ("de la Roe, Jane",)),
    ],
)
def test_names_that_were_pasted_into_bibtex(names: str, read: tuple[str, ...]) -> None:
    assert only(f"@article{{a, author={{{names}}}, title={{Gardens}}, year=2020}}").authors == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Nuls, M. F., M. B. Morr, and D. E. B. Lawt", ("Nuls, M. F.", "M. B. Morr", "D. E. B. Lawt")),
        ("Roe, Jane A., et al.", ("Roe, Jane A.",)),
        ("Roe, Jane A., et al", ("Roe, Jane A.",)),
        ("Roe et al.", ("Roe et al.",)),
        ("Smith, J. A., Doe, B., Lee, C.", ("Smith, J. A.", "Doe, B.", "Lee, C.")),
        ("Smith, Doe, van den Berg and Lee", ("Smith", "Doe", "van den Berg", "Lee")),
        ("Roe P.E., Jr., Doe J.R. and Lee A.", ("Roe P.E., Jr.", "Doe J.R.", "Lee A.")),
        ("Roe, P. E., Jr., & Petrov, I. V.", ("Roe, P. E., Jr.", "Petrov, I. V.")),
        ("Petrov, IV, Doe, J", ("Petrov, IV", "Doe, J")),
        ("PARKER, J., ROE, I., LEE, A. B.", ("PARKER, J.", "ROE, I.", "LEE, A. B.")),
        ("Jane Roe|John Doe|Ann Lee|Kim Park", ("Jane Roe", "John Doe", "Ann Lee", "Kim Park")),
        ("Roe J. | Doe B. | Lee C. | Park K.", ("Roe J.", "Doe B.", "Lee C.", "Park K.")),
        ("Roe|Jane A|J. A.|*", ("Roe, Jane A",)),
        *((f"Roe, J., Doe, B., {left_out} Lee, C.", ("Roe, J.", "Doe, B.", "Lee, C.")) for left_out in ("...", "…", ". . .")),
        ("Roe, J. and 3 others", ("Roe, J.",)),
        ("Roe, J., & Garden Study Group", ("Roe, J.", "Garden Study Group")),
        ("Roe, J., Doe, A., & Garden Study Group", ("Roe, J.", "Doe, A.", "Garden Study Group")),
        ("Roe, J., III, Doe, A.", ("Roe, J., III", "Doe, A.")),
        ("Department of Gardens, UK", ("Department of Gardens, UK",)),
    ],
)
def test_names_as_styles_of_citing_write_them(text: str, read: tuple[str, ...]) -> None:
    assert split_authors(text) == read


@pytest.mark.parametrize(
    ("cell", "authors", "editors"),
    [
        ("Roe (ed.)", (), ("Roe",)),
        ("Roe J (Ed), Doe A (Eds.)", (), ("Roe J", "Doe A")),
        ("Roe, J., & Doe, A. (Eds.)", (), ("Roe, J.", "Doe, A.")),
        ("Roe J, Doe A (Ed)", ("Roe J",), ("Doe A",)),
        ("Roe, J; Doe, A [Ed]; Lee, B", ("Roe, J", "Lee, B"), ("Doe, A",)),
        ("(ed.)", ("(ed.)",), ()),
    ],
)
def test_whom_a_cell_calls_an_editor(cell: str, authors: tuple[str, ...], editors: tuple[str, ...]) -> None:
    found = only(f'Title,Authors,Year\nGardens,"{cell}",2021\n')
    assert (found.authors, found.extra) == (authors, tuple(("editor", name) for name in editors))


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Dr. Jane Roe, Prof. Ann Doe", ("Jane Roe", "Ann Doe")),
        ("Roe, Dr. Jane; Doe, Prof. Ann", ("Roe, Jane", "Doe, Ann")),
        ("Prof. Dr. med. Jane Roe", ("Jane Roe",)),
    ],
)
def test_titles_are_none_of_a_name(cell: str, authors: tuple[str, ...]) -> None:
    found = only(f'Title,Authors,Year\nGardens,"{cell}",2021\n')
    assert (found.authors, found.extra) == (authors, (("authors", cell),))
    for name in ("Drew Roe", "Profumo A", "Lee, Ing A", "Roe, MS"):
        assert only(f'Title,Authors,Year\nGardens,"{name}",2021\n').authors == (name,)


@pytest.mark.parametrize("form", ["ris", "endnote-xml"])
def test_the_label_of_a_study_is_written_as_one_name(form: str) -> None:
    found = only("Title,Authors,Year\nGardens,Roe et al.,2021\n")
    text = b"".join(by_name(form).write([found], notes=False)).decode()  # type: ignore[misc]
    assert "Roe et al.," in text
    assert only(text).authors == found.authors == ("Roe et al.",)


def test_a_column_of_people_that_nobody_named() -> None:
    found = records(
        'Title,,Year,Level\nGardens,"Klop, N; Duart, E J",2025,school\nTowns,"Xie, W; Niu, J; Ott, Ann",2026,town\nSoil,"Roe, J",2026,x\n'
    )
    assert [r.authors for r in found] == [("Klop, N", "Duart, E J"), ("Xie, W", "Niu, J", "Ott, Ann"), ("Roe, J",)]
    found = records('Title,,Year\nGardens,"Task, X; user, y",2025\nTowns,no list,2026\n')
    assert [(r.authors, r.extra) for r in found] == [((), (("", "Task, X; user, y"),)), ((), (("", "no list"),))]


def test_what_people_put_into_the_column_of_dois() -> None:
    found = records(
        'doi,author,year,journal\n"PMID: 22468028",Roe et al.,2011,Garden Week\nwww.example.org/pub/28,Lee,2005,Towns\nDOI: 10.1234/a.1,Ott,2005,Towns\n'
    )
    assert [(r.doi, r.pmid, r.url) for r in found] == [("", "22468028", ""), ("", "", "www.example.org/pub/28"), ("10.1234/a.1", "", "")]
    assert ("doi", "PMID: 22468028") in found[0].extra


def test_a_sign_that_stands_for_nothing() -> None:
    found = only("Title,Authors,DOI,Venue,Year,Result\nGardens,Jane Roe,n/a,-,2021,-\n")
    assert (found.journal, found.doi) == ("", "")
    assert ("Result", "-") in found.extra
    assert ("Venue", "-") in found.extra


def test_an_issue_that_is_the_matter_of_a_paper() -> None:
    found = only("title,lead author,year,publication type,issue,methods\nGardens,roe,2022,review,soil loss,survey\n")
    assert (found.issue, found.authors, found.type) == ("", ("roe",), "review")
    assert ("issue", "soil loss") in found.extra
    assert only("title,journal,issue\nGardens,Garden Week,Spring\n").issue == "Spring"


def test_letters_that_a_program_could_not_write() -> None:
    found = only(
        "title,journal,pages,abstract\nG<U+00E4>rten <U+2013> hier,Garden<U+0092>s Week,2560?2574,Up to 25\\% of \\$20 and a <U+D800>\n"
    )
    assert (found.title, found.journal, found.pages) == ("Gärten – hier", "Garden’s Week", "2560-2574")
    assert found.abstract == "Up to 25% of $20 and a <U+D800>"
    assert only("key,title\n1,Soil and\\&nbsp;Towns of gardens\n").title == "Soil and Towns of gardens"
    assert pages("12\ufffd19") == "12-19"


def test_the_point_of_one_name_alone_is_not_of_the_list() -> None:
    found = records("Authors,Title,Source title\nRoe L.; Lee R.L.,Gardens,Towns\nHwa H.,Soil,Towns\n")
    assert [r.authors for r in found] == [("Roe L.", "Lee R.L."), ("Hwa H.",)]
    assert [r.authors for r in records('Title,Authors\nA,"Roe L, Lee R."\nB,Hwa H.\n')] == [("Roe L", "Lee R"), ("Hwa H",)]


def test_ebscos_citation_by_way_of_mendeley_tells_the_journal() -> None:
    one, two = records(
        "TY  - SER\nT1  - Gardens\nVL  - 59\nIS  - 8 OP - Garden Week. June-July, 2016, Vol. 59 Issue 8, p2, 1 p.\nSP  - 2\nEP  - 2\nER  - \n"
        "TY  - BOOK\nT1  - Towns\nOP  - Stadt\nER  - \n"
    )
    assert (one.journal, one.volume, one.issue, one.pages) == ("Garden Week", "59", "8", "2")
    assert ("original-title", "Garden Week. June-July, 2016, Vol. 59 Issue 8, p2, 1 p.") in one.extra
    assert two.journal == ""


@pytest.mark.parametrize("cell", ["علی احمدی؛ زهرا رضایی", "علی احمدی، زهرا رضایی", "علی احمدی<br>زهرا رضایی", '"علی احمدی"; "زهرا رضایی"'])
def test_signs_between_people_of_other_scripts_and_of_web_pages(cell: str) -> None:
    assert split_authors(cell) == ("علی احمدی", "زهرا رضایی")


@pytest.mark.parametrize("cell", ['"Roe, J.", "Poe, E."', "山田 太郎 鈴木 花子", "京都 大学 医学部"])
def test_what_may_be_parted_in_two_ways_stays_whole(cell: str) -> None:
    assert split_authors(cell) == (cell,)

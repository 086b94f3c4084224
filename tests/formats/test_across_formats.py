"""What one format tells has its place in the others, also without our notes."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from review.formats.registry import by_name
from review.model.record import Record

THESIS = "@mastersthesis{k, author={Roe, Ann}, title={Walks}, school={Leeds}, year=2016, type={MSc thesis}}"
RIS_THESIS = "TY  - THES\nTI  - Walks\nPY  - 2016\nM3  - M.Sc.\nER  - \n"
WEB = "TY  - ELEC\nTI  - Walks\nPY  - 2016\nUR  - http://x.org\nY2  - 2019/05/01/\nER  - \n"
GUIDE = "TY  - RPRT\nTI  - Walks\nT2  - Guidance\nVL  - NG44\nM3  - Guideline\nER  - \n"
PREPRINT = '[{"type": "article", "title": "Walks", "publisher": "arXiv", "number": "arXiv:1706.03762", "author": [{"family": "Roe", "given": "A"}]}]'
BOOK = "<b:Sources xmlns:b='http://schemas.openxmlformats.org/officeDocument/2006/bibliography'><b:Source>{}</b:Source></b:Sources>"
PAGE = (
    "<b:SourceType>InternetSite</b:SourceType><b:Title>Walks</b:Title><b:Year>2016</b:Year><b:Month>March</b:Month><b:Day>12</b:Day>"
    "<b:YearAccessed>2019</b:YearAccessed><b:MonthAccessed>May</b:MonthAccessed><b:DayAccessed>1</b:DayAccessed>"
)
TRANSLATED = "@book{k, title={Walks}, translator={Roe, A and Poe, E}, volumes={3}}"
IN_ZOTERO = 'Item Type,Title,Number Of Volumes,Call Number,Editor,Series Editor\nbook,Walks,3,QA 1,"Ed, A; Edd, B","Ser, C"\n'
NOTED = "<xml><records><record><ref-type>6</ref-type><titles><title>Walks</title></titles><section>12</section><research-notes>mine</research-notes><custom1>one</custom1></record></records></xml>"


def article(dated: str) -> str:
    return f"@article{{k, title={{Walks}}, journal={{J}}, year=2016, {dated}}}"


@pytest.mark.parametrize(
    ("form", "text", "to", "told"),
    [
        ("bibtex", article("month=jul"), "ris", "DA  - 2016/07\r\n"),
        ("bibtex", article("month={7}"), "csl-json", '"date-parts": [[2016, 7]]'),
        ("bibtex", article("month=jul, day={12}"), "csl-json", '"date-parts": [[2016, 7, 12]]'),
        ("bibtex", article("month={12~July}"), "endnote-xml", "2016-07-12</style></date>"),
        ("bibtex", article("month={July/August}"), "nbib", "DP  - 2016 Jul\n"),
        ("bibtex", article("month=jul, day={12}"), "nbib", "DP  - 2016 Jul 12\n"),
        ("ris", WEB.replace("2019/05/01/", "2019/05/01/10:20:30"), "csl-json", '"accessed": {"date-parts": [[2019, 5, 1]]}'),
        ("ris", WEB.replace("2019/05/01/", "2019-05-01 10:20:30"), "bibtex", "urldate = {2019-05-01}"),
        ("ris", WEB.replace("2019/05/01/", "1 May 2019"), "csl-json", '"accessed": {"date-parts": [[2019, 5, 1]]}'),
        ("endnote-xml", NOTED, "endnote-xml", "mine</style></research-notes>"),
        ("wos", "FN Clarivate\nVR 1.0\nPT J\nTI Walks\nSO J\nAU Roe, J\nAF Roe, Jane\nER\n\nEF\n", "nbib", "FAU - Roe, Jane\nAU  - Roe J\n"),
        ("bibtex", article("month={Michaelmas}"), "csl-json", '"date-parts": [[2016]]'),
        ("bibtex", THESIS, "ris", "M3  - MSc thesis\r\n"),
        ("bibtex", THESIS, "csl-json", '"genre": "MSc thesis"'),
        ("bibtex", THESIS, "bibtex", "@mastersthesis{"),
        ("ris", RIS_THESIS, "bibtex", "@mastersthesis{"),
        ("ris", RIS_THESIS, "bibtex", "type = {M.Sc.}"),
        ("ris", RIS_THESIS, "csl-json", '"genre": "M.Sc."'),
        ("ris", RIS_THESIS, "endnote-xml", "M.Sc.</style></work-type>"),
        ("ris", RIS_THESIS.replace("M.Sc.", "PhD"), "bibtex", "@phdthesis{"),
        ("ris", WEB, "bibtex", "urldate = {2019-05-01}"),
        ("ris", WEB, "csl-json", '"accessed": {"date-parts": [[2019, 5, 1]]}'),
        ("ris", WEB, "endnote-xml", "2019/05/01/</style></access-date>"),
        ("bibtex", "@online{k, title={Walks}, url={http://x.org}, urldate={2019-05-01}}", "ris", "Y2  - 2019/05/01\r\n"),
        ("refer", "%0 Web Page\n%T Walks\n%[ 2019/05/01\n%9 Blog\n", "ris", "Y2  - 2019/05/01\r\n"),
        ("refer", "%0 Thesis\n%T Walks\n%9 PhD\n", "ris", "M3  - PhD\r\n"),
        ("ris", GUIDE, "ris", "TY  - RPRT\r\n"),
        ("ris", GUIDE, "ris", "M3  - Guideline\r\n"),
        ("ris", GUIDE, "csl-json", '"genre": "Guideline"'),
        ("ris", GUIDE, "endnote-xml", "Guideline</style></work-type>"),
        ("ris", "TY  - JOUR\nTI  - Walks\nN1  - One line.\nAnother.\nER  - \n", "bibtex", "note = {One line.\n\nAnother.}"),
        ("wos", "FN Clarivate\nVR 1.0\nPT J\nTI Walks\nSO J\nC1 Leeds Univ.\n   Hull Univ.\nER\n\nEF\n", "ris", "AD  - Leeds Univ.\r\nHull Univ.\r\n"),
        ("csl-json", PREPRINT, "ris", "TY  - UNPB\r\n"),
        ("csl-json", PREPRINT, "ris", "UR  - https://arxiv.org/abs/1706.03762\r\n"),
        ("csl-json", PREPRINT, "csl-json", '"number": "arXiv:1706.03762"'),
        ("csl-json", PREPRINT, "csl-json", '"type": "article"'),
        ("csl-json", PREPRINT.replace('"publisher"', '"container-title"'), "ris", "TY  - JOUR\r\n"),
        ("bibtex", "@misc{k, title={Walks}, eprint={1706.03762}, archivePrefix={arXiv}}", "ris", "UR  - https://arxiv.org/abs/1706.03762\r\n"),
        ("bibtex", "@misc{k, title={Walks}, eprint={12345}, eprinttype={jstor}}", "ris", "TI  - Walks\r\n"),
        ("nbib", "PMID- 1\nTI  - Walks\nFAU - King, Martin L Jr\nAU  - King ML Jr\nLA  - eng\nLA  - fre\n\n", "csl-json", '"suffix": "Jr"'),
        ("nbib", "PMID- 1\nTI  - Walks\nFAU - King, Martin L Jr\nAU  - King ML Jr\nLA  - eng\nLA  - fre\n\n", "nbib", "FAU - King, Martin L Jr\nAU  - King ML Jr\nLA  - eng\nLA  - fre\n"),
        ("msbib", BOOK.format(PAGE), "ris", "TY  - ELEC\r\n"),
        ("msbib", BOOK.format(PAGE), "ris", "DA  - 2016/03/12\r\n"),
        ("msbib", BOOK.format(PAGE), "ris", "Y2  - 2019/05/01\r\n"),
        ("ris", "TY  - JOUR\nTI  - Walks\nUR  - http://a.org\nUR  - http://b.org\nER  - \n", "endnote-xml", "http://b.org</style></url>"),
        ("refer", "%0 Web Page\n%T Walks\n%U http://a.org\n%U http://b.org\n", "ris", "UR  - http://b.org\r\n"),
        ("refer", "%0 Report\n%T Walks\n%@ NG44\n", "ris", "SN  - NG44\r\n"),
        ("refer", "%0 Report\n%T Walks\n%@ NG44\n", "endnote-xml", "NG44</style></isbn>"),
        ("bibtex", TRANSLATED, "ris", "A4  - Roe, A\r\nA4  - Poe, E\r\nNV  - 3\r\n"),
        ("bibtex", TRANSLATED, "csl-json", '"number-of-volumes": "3"'),
        ("bibtex", TRANSLATED, "endnote-xml", "<subsidiary-authors><author>"),
        ("csv", IN_ZOTERO, "ris", "NV  - 3\r\nCN  - QA 1\r\nA3  - Ed, A\r\nA3  - Edd, B\r\nA2  - Ser, C\r\n"),
        ("csv", IN_ZOTERO, "bibtex", "volumes = {3}"),
        ("refer", "%0 Conference Paper\n%T Walks\n%? Soil Foundation\n", "ris", "A4  - Soil Foundation\r\n"),  # its sponsor
        ("refer", "%0 Book\n%T Walks\n%Y Roe, A\n%? Poe, E\n%6 3\n%3 mine\n", "ris", "A3  - Roe, A\r\nA4  - Poe, E\r\nNV  - 3\r\nC3  - mine\r\n"),
        ("ris", "TY  - BOOK\nTI  - Walks\nCN  - QA 1\nNV  - 3\nER  - \n", "csl-json", '"call-number": "QA 1", "number-of-volumes": "3"'),
        ("ris", "TY  - BOOK\nTI  - Walks\nRN  - mine\nU1  - yes\nER  - \n", "ris", "RN  - mine\r\nU1  - yes\r\n"),
        ("endnote-xml", NOTED, "ris", "SE  - 12\r\nRN  - mine\r\nC1  - one\r\n"),
    ],
)  # fmt: skip
def test_what_one_format_tells_has_its_place_in_another(form: str, text: str, to: str, told: str) -> None:
    (found,) = by_name(form).read(text.encode(), {})
    assert isinstance(found, Record)
    write = by_name(to).write
    assert write
    plain = b"".join(write([found], notes=False)).decode()
    assert told in plain
    (back,) = by_name(to).read(b"".join(write([found])), {})
    assert isinstance(back, Record)
    assert (back.extra, back.type, back.url) == (found.extra, found.type, found.url)


ROLES = {
    "ris": "TY  - {0}\nTI  - Walks\nAU  - Roe, A\nA2  - {1}\nA3  - {2}\nA4  - Trans, L\nER  - \n",
    "refer": "%0 {0}\n%T Walks\n%A Roe, A\n%E {1}\n%Y {2}\n%? Trans, L\n",
    "endnote-xml": "<xml><records><record><ref-type name='{0}'>0</ref-type><contributors><authors><author>Roe, A</author></authors><secondary-authors>"
    "<author>{1}</author></secondary-authors><tertiary-authors><author>{2}</author></tertiary-authors><subsidiary-authors><author>Trans, L</author>"
    "</subsidiary-authors></contributors><titles><title>Walks</title></titles></record></records></xml>",
}


@pytest.mark.parametrize("form", ROLES)
@pytest.mark.parametrize(
    ("kinds", "people"), [(("BOOK", "Book"), ("Series, E", "Edit, O")), (("CHAP", "Book Section"), ("Edit, O", "Series, E"))]
)
def test_who_edits_a_book_or_its_series_hangs_on_the_type(form: str, kinds: tuple[str, str], people: tuple[str, str]) -> None:
    (found,) = by_name(form).read(ROLES[form].format(kinds[form != "ris"], *people).encode(), {})
    assert isinstance(found, Record)
    assert set(found.extra) == {("editor", "Edit, O"), ("collection-editor", "Series, E"), ("translator", "Trans, L")}
    for to in ("ris", "endnote-xml"):
        write = by_name(to).write
        assert write
        (back,) = by_name(to).read(b"".join(write([found], notes=False)), {})
        assert isinstance(back, Record)
        assert set(back.extra) == set(found.extra)


@pytest.mark.parametrize(
    ("told", "source", "in_ris"),
    [
        ({"provider": "PubMed"}, {"source": "PubMed"}, ["DP  - PubMed"]),
        ({"provider": "NLM", "database": "MEDLINE"}, {"source": "MEDLINE"}, ["DP  - NLM", "DB  - MEDLINE"]),
        ({"archive": "A library"}, {"archive": "A library"}, ["DP  - A library"]),
    ],
)
def test_who_provides_a_record_is_no_archive_of_the_work(told: dict[str, str], source: dict[str, str], in_ris: list[str]) -> None:
    record = Record(title="Walks", extra=tuple(told.items()))
    csl, ris = by_name("csl-json").write, by_name("ris").write
    assert csl
    assert ris
    (item,) = json.loads(b"".join(csl([record], notes=False)))
    assert {name: text for name, text in item.items() if name in ("source", "archive")} == source
    assert [line for line in b"".join(ris([record], notes=False)).decode().splitlines() if line[:2] in ("DP", "DB")] == in_ris
    (back,) = by_name("csl-json").read(b"".join(csl([record])), {})
    assert isinstance(back, Record)
    assert back.extra == record.extra


def test_an_editor_alone_is_that_of_the_book() -> None:
    for text in ("A2  - Edit, O", "A3  - Edit, O", "ED  - Edit, O"):
        (found,) = by_name("ris").read(f"TY  - BOOK\nTI  - Walks\n{text}\nER  - \n".encode(), {})
        assert isinstance(found, Record)
        assert found.extra == (("editor", "Edit, O"),)


def test_a_body_that_edits_has_the_comma_that_endnote_wants() -> None:
    write = by_name("endnote-xml").write
    assert write
    told = Record(title="Walks", type="Book", extra=(("editor", "World Health Organization"),))
    text = b"".join(write([told])).decode()
    assert ">World Health Organization,<" in text
    assert "review_record" not in text


def test_what_has_its_place_is_not_said_to_be_left_out() -> None:
    left: Counter[str] = Counter()
    pubmed = "PMID- 1\nIS  - 1234-5678 (Electronic)\nIS  - 1234-5671 (Linking)\nTI  - Walks\nFAU - Roe, Ann\nAU  - Roe AB\n"  # both in its own form
    texts = {"bibtex": article("month=jul, day={12}"), "ris": WEB, "nbib": pubmed}
    for form, text in texts.items():
        (found,) = by_name(form).read(text.encode(), {})
        for to in ("ris", "bibtex", "csl-json", "endnote-xml"):
            write = by_name(to).write
            assert write
            assert isinstance(found, Record)
            b"".join(write([found], left))
    assert set(left) <= {"citation-key"}


def test_a_preprint_s_number_is_no_issue() -> None:
    (found,) = by_name("csl-json").read(PREPRINT.encode(), {})
    assert isinstance(found, Record)
    assert (found.type, found.issue, dict(found.extra)["number"]) == ("preprint", "", "arXiv:1706.03762")


@pytest.mark.parametrize(
    ("name", "in_endnote", "is_person"),
    [
        ("World Health Organization", "World Health Organization,", False),
        ("Ministry of Health, Kenya", "Ministry of Health,, Kenya", False),
        ("Group, Ann", "Group, Ann", True),
        ("Jane Roe", "Jane Roe", False),  # EndNote takes the last word for the family
        ("NICE", "NICE", False),
    ],
)
def test_a_body_is_none_of_the_persons_that_programs_make_of_it(name: str, in_endnote: str, is_person: bool) -> None:
    record = Record(title="A", authors=(name, "Poe, E."))
    for form, told in (("endnote-xml", f">{in_endnote}<"), ("csl-json", '"family": "Group"' if is_person else f'"literal": "{name}"')):
        write, read = by_name(form).write, by_name(form).read
        assert write
        text = b"".join(write([record]))
        assert told in text.decode()
        assert [back.authors for back in read(text, {}) if isinstance(back, Record)] == [record.authors]
    assert [
        r.authors[0]
        for r in by_name("ris").read(f"TY  - RPRT\nTI  - A\nAU  - {in_endnote}\nER  - \n".encode(), {})
        if isinstance(r, Record)
    ] == [name]


@pytest.mark.parametrize(
    ("form", "text", "tags"),
    [
        ("wos", "FN Clarivate\nVR 1.0\nPT J\nTI Walks\nSO J\nRP Roe, A, Leeds.\nRI Roe, A/A-1\nU1 0\nU2 10\nER\n\nEF\n", "RP RI U1 U2"),
        ("nbib", "PMID- 1\nTI  - Walks\nRN  - 0 (Insulin)\n\n", "RN"),
        ("ovid", "<1>\nTI  - Walks\nAU  - Roe J\nST  - MEDLINE\n", "ST"),
    ],
)
def test_a_tag_of_another_format_is_none_of_ris(form: str, text: str, tags: str) -> None:
    (found,) = by_name(form).read(text.encode(), {})
    assert isinstance(found, Record)
    assert {*tags.split()} <= {name for name, _ in found.extra}
    write = by_name("ris").write
    assert write
    text = b"".join(write([found])).decode()
    assert not [line for line in text.split("\r\n") if line[:2] in tags.split()]
    (back,) = by_name("ris").read(text.encode(), {})
    assert isinstance(back, Record)
    assert back.extra == found.extra


def test_crossref_has_the_series_of_a_chapter_before_its_book() -> None:
    text = '{"message": {"items": [{"type": "book-chapter", "title": ["A"], "container-title": ["Notes on Walks", "The Book"], "DOI": "10.1000/a"}]}}'
    (found,) = by_name("csl-json").read(text.encode(), {})
    assert isinstance(found, Record)
    assert (found.journal, found.extra) == ("The Book", (("series", "Notes on Walks"),))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("ris", "TY  - JOUR\nTI  - Walks\nAU  - Roe, Ann &lt;ann@x.org&gt;\nAU  - Soil Society. Electronic address: soil@x.org\nER  - \n"),
        ("nbib", "PMID- 12345678\nTI  - Walks\nFAU - Roe, Ann ann@x.org\nCN  - Soil Society. Electronic address: soil@x.org\n"),
    ],
)
def test_an_address_behind_a_name_is_set_apart_from_it(form: str, text: str) -> None:
    (found,) = (r for r in by_name(form).read(text.encode(), {}) if isinstance(r, Record))
    assert found.authors == ("Roe, Ann", "Soil Society")
    assert [text for name, text in found.extra if name == "email"] == ["ann@x.org", "soil@x.org"]


@pytest.mark.parametrize("others", ["et al.", "al., et", "others"])
@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("ris", "TY  - JOUR\nTI  - Walks\nAU  - Roe, A.\nAU  - {}\nER  - \n"),
        ("nbib", "PMID- 12345678\nTI  - Walks\nFAU - Roe, A.\nFAU - {}\n"),
        ("csl-json", '[{{"title": "Walks", "author": [{{"literal": "Roe, A."}}, {{"literal": "{}"}}]}}]'),
        (
            "endnote-xml",
            "<xml><records><record><titles><title>Walks</title></titles><contributors><authors><author>Roe, A.</author><author>{}</author></authors></contributors></record></records></xml>",
        ),
    ],
)
def test_what_stands_for_the_other_authors_is_none_of_them(form: str, text: str, others: str) -> None:
    (found,) = (r for r in by_name(form).read(text.format(others).encode(), {}) if isinstance(r, Record))
    assert found.authors == ("Roe, A.",)
    assert others in [text for _, text in found.extra]


def test_endnote_has_each_element_once_but_for_people_keywords_and_addresses() -> None:
    told = ("affiliation", "Leeds"), ("affiliation", "York"), ("abbreviation", "J W"), ("abbreviation", "J. W."), ("abbreviation", "J W")
    record = Record(
        title="Walks", authors=("Roe, A", "Poe, B"), journal="Journal of Walks", extra=(*told, ("place", "Leeds"), ("place", "York"))
    )
    write = by_name("endnote-xml").write
    assert write
    written = b"".join(write([record], notes=False)).decode()
    assert written.count("<auth-address>") == written.count("<pub-location>") == written.count("<abbr-1>") == written.count("<abbr-2>") == 1
    assert written.count("<author>") == 2
    assert "Leeds&#xD;York<" in written
    assert "Leeds; York<" in written


@pytest.mark.parametrize(
    ("form", "told"), [("ris", "J2  - J Walks\r\n"), ("bibtex", "shortjournal = {J Walks},"), ("endnote-xml", ">J Walks<")]
)
def test_what_a_record_says_twice_other_programs_are_told_once(form: str, told: str) -> None:
    record = Record(
        title="A", journal="Journal of Walks", extra=(("abbreviation", "J Walks"), ("abbreviation", "J Walks"), ("research-notes", "mine"))
    )
    write = by_name(form).write
    assert write
    text = b"".join(write([record], None, notes=False)).decode()
    assert text.count(told) == text.count("J Walks") == 1
    assert form == "bibtex" or "mine" in text
    assert form != "endnote-xml" or "mine&#xD;review_record: {" in b"".join(write([record])).decode()
    [back] = by_name(form).read(b"".join(write([record])), {})
    assert isinstance(back, Record)
    assert back.extra == record.extra


def test_who_is_known_by_an_address_alone_stays_the_author() -> None:
    (found,) = (r for r in by_name("ris").read(b"TY  - JOUR\nTI  - Walks\nAU  - ann@x.org\nER  - \n", {}) if isinstance(r, Record))
    assert (found.authors, found.extra) == (("ann@x.org",), ())


def test_commas_behind_an_address_would_be_looked_through_for_ever() -> None:
    text = f"TY  - JOUR\nTI  - Walks\nAU  - ann@x.org{',' * 50_000}\nER  - \n"
    assert len(list(by_name("ris").read(text.encode(), {}))) == 1


@pytest.mark.parametrize("to", ["bibtex", "csl-json", "endnote-xml"])
def test_the_kind_of_a_report_is_none_of_its_numbers(to: str) -> None:
    def written(number: str) -> str:
        write = by_name(to).write
        assert write
        (found,) = by_name("ris").read(f"TY  - RPRT\nTI  - Walks\nM1  - {number}\nER  - \n".encode(), {})
        assert isinstance(found, Record)
        return b"".join(write([found], notes=False)).decode()

    assert "working_paper" not in written("working_paper")
    assert "WP 12/3" in written("WP 12/3")


def test_a_table_keeps_the_columns_that_are_called_like_a_field() -> None:
    text = 'Title,Authors,Covidence #,Accession Number,Journal,Study,Author full names\nWalks,Roe J,#12,A1,Streets,Roe 2016,"Roe, Jane"\n'
    (found,) = by_name("csv").read(text.encode(), {})
    assert isinstance(found, Record)
    write = by_name("csv").write
    assert write
    plain = b"".join(write([found], notes=False))
    assert b",Covidence # (column),Study" in plain
    (back,) = by_name("csv").read(plain, {})
    assert isinstance(back, Record)
    assert (back.authors, back.accession, sorted(back.extra)) == (found.authors, "A1", sorted(found.extra))
    assert ("Covidence #", "#12") in back.extra
    (ris,) = by_name("ris").read(b"TY  - JOUR\nTI  - Walks\nAN  - A1\nID  - roe\nUT  - B2\nER  - \n", {})
    assert isinstance(ris, Record)
    assert b"(column)" not in b"".join(write([ris], notes=False))  # a tag

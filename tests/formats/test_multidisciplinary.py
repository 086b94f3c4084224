"""Exports of multidisciplinary, social-science and engineering sources: Scopus in other languages, patents, addresses that tell a DOI."""

from __future__ import annotations

import json

import pytest
from one_file import only, records

from review.formats.registry import by_name, detect
from review.model.record import Record

_SCOPUS = {
    "zh-hans": "作者,Author full names,作者 ID,文献标题,年份,来源出版物名称,卷,期,论文编号,起始页码,结束页码,页码计数,DOI,链接,摘要,作者关键字,索引关键字,文献类型,来源出版物,EID",
    "zh-hant": "作者,Author full names,作者 ID,文獻標題,年份,來源出版物名稱,卷,期,論文編號,起始頁碼,結束頁碼,頁碼計數,DOI,連結,摘要,作者關鍵字,索引關鍵字,文獻類型,來源,EID",
    "ja": "著者名,Author full names,著者ID,タイトル,出版年,出版物名,巻,号,論文番号,開始ページ,終了ページ,ページ数,DOI,リンク,抄録,著者キーワード,索引キーワード,文献タイプ,情報源,EID",
}


@pytest.mark.parametrize("header", _SCOPUS.values(), ids=_SCOPUS)
def test_scopus_tables_in_other_languages(header: str) -> None:
    rows = (
        'Doe J.; Roe A.,"Doe, Jane (57200000001); Roe, Ann (57200000002)",57200000001; 57200000002,Walks in town,2023,Journal of Walks,12,3,,'
        "101,120,20,10.1016/j.walk.2023.01,https://www.scopus.com/inward/record.uri?eid=2-s2.0-85100000001,Some text.,walk; town,Walks,Article,"
        "Scopus,2-s2.0-85100000001\n"
        'Moe C.,"Moe, Carl (57200000003)",57200000003,More walks,2022,Walk Letters,1,,104010,,,9,,,,,,Review,Scopus,2-s2.0-85100000002\n'
    )
    first, second = records(f"{header}\n{rows}")
    assert (first.title, first.authors, first.year, first.journal) == ("Walks in town", ("Doe, Jane", "Roe, Ann"), 2023, "Journal of Walks")
    assert (first.volume, first.issue, first.pages, first.doi) == ("12", "3", "101-120", "10.1016/j.walk.2023.01")
    assert (first.abstract, first.keywords, first.type) == ("Some text.", ("walk", "town", "Walks"), "Article")
    assert (first.url[:27], first.accession) == ("https://www.scopus.com/inwa", "2-s2.0-85100000001")
    assert (second.title, second.journal, second.pages) == ("More walks", "Walk Letters", "104010")


def test_the_numbers_of_people_at_scopus_are_no_part_of_their_names() -> None:
    text = 'Author full names,Title,Year,EID\n"Doe, Jane (57200000001); Roe, Ann (57200000002)",A,2023,2-s2.0-85100000001\n'
    assert only(text).authors == ("Doe, Jane", "Roe, Ann")


def test_the_address_in_older_plain_text_of_scopus() -> None:
    found = only(
        "Scopus\nEXPORT DATE:04 Jun 2009\n\nDoe, J., Roe, A.B.\nWalks in town\n(2008) Journal of Walks, 12 (3), pp. 101-120. Cited 5 times.\n"
        "http://www.scopus.com/inward/record.url?eid=2-s2.0-38800000000&partnerID=40\n\nABSTRACT: Text.\nDOCUMENT TYPE: Article\nSOURCE: Scopus\n\n"
    )
    assert (found.accession, found.url[:30]) == ("2-s2.0-38800000000", "http://www.scopus.com/inward/r")


PATENT = """FN Clarivate Analytics Web of Science
VR 1.0
PT P
PN US2012345678-A1; CN100000001-A
TI Walking device, has frame whose bottom part is provided with
   wheel.
AU DOE J
   ROE A D
AE WALK CORP (WALK-C)
   UNIV TOWN (UYTO-C)
GA 2020000000
AB    NOVELTY - The device has a frame.
   USE - For walks.
IP G06F-003/01; G06F-003/02
PD US2012345678-A1   23 Apr 2020   G06F-003/01   202035   Pages: 12   English
   CN100000001-A   25 Feb 2020   G06F-003/01   202018   Pages: 12   Chinese
UT DIIDW:2020000000
ER

EF"""


def test_a_patent_at_web_of_science() -> None:
    found = only(PATENT)
    assert (found.title, found.year) == ("Walking device, has frame whose bottom part is provided with wheel.", 2020)
    assert found.issue == "US2012345678-A1; CN100000001-A"  # as a patent's number is read from BibTeX and CSL-JSON
    assert (found.authors, found.accession) == (("DOE J", "ROE A D"), "DIIDW:2020000000")
    assert found.abstract == "NOVELTY - The device has a frame.\nUSE - For walks."
    assert [text for name, text in found.extra if name == "publisher"] == ["WALK CORP (WALK-C)", "UNIV TOWN (UYTO-C)"]
    told = dict(found.extra)
    assert (told["IP"], told["date"], len(told["patent details"].split("\n"))) == ("G06F-003/01; G06F-003/02", "23 Apr 2020", 2)
    written = b"".join(by_name("bibtex").write([found], notes=False)).decode()
    assert "author = {DOE, J. and ROE, A. D.}" in written
    assert "number = {US2012345678-A1; CN100000001-A}" in written
    assert "month = {apr}" in written


@pytest.mark.parametrize(
    "text",
    [
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Doe, J\nTI A\nSO WALKS\nEA AUG 2021\nUT WOS:000000000000001\nER\n\nEF",
        "@article{ WOS:000000000000001,\nAuthor = {Doe, J},\nTitle = {A},\nEarlyAccessDate = {AUG 2021},\nUnique-ID = {WOS:000000000000001},\n}\n",
        "Authors,Article Title,Publication Year,Early Access Date,UT (Unique WOS ID)\nDoe J,A,,AUG 2021,WOS:000000000000001\n",
    ],
)
def test_the_year_of_what_is_in_no_issue_yet(text: str) -> None:
    found = only(text)
    assert found.year == 2021
    assert "AUG 2021" in [value for _, value in found.extra]


@pytest.mark.parametrize(
    "address",
    [
        "http://openurl.example.edu/sfx?url_ver=Z39.88-2004&sid=ProQ:ProQ%3Aassia&rft_id=info:doi/10.1000%2FS0047&rft.date=2008",
        "https://resolver.example.edu/x?genre=article&id=doi:10.1000%2fs0047",
        "https://www.scopus.com/inward/record.uri?eid=2-s2.0-85100000001&doi=10.1000%2fS0047&partnerID=40&md5=ab",
    ],
)
def test_a_doi_that_an_address_asks_for(address: str) -> None:
    assert only(f"TY  - JOUR\nT1  - A\nL2  - {address}\nER  - \n").doi == "10.1000/s0047"
    assert only(f"TY  - JOUR\nT1  - A\nUR  - {address.partition('10.1000')[0]}\nER  - \n").doi == ""
    assert only(f"Title,Year,URL\nA,2008,{address}\nB,2009,\n".replace("\nB,2009,", "")).doi == "10.1000/s0047"


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Rima Doe, Aaron B. Roe, Jan van der Moe", ("Rima Doe", "Aaron B. Roe", "Jan van der Moe")),
        ("Rima Doe and Aaron Roe", ("Rima Doe", "Aaron Roe")),
        ("Ministry of Health, Labour Office, Town Hall", ("Ministry of Health, Labour Office, Town Hall",)),
        ("Doe Poe, Rima", ("Doe Poe, Rima",)),
        ("Doe, Rima", ("Doe, Rima",)),
        ("Doe, R., Roe, A., & Moe, J.", ("Doe, R.", "Roe, A.", "Moe, J.")),
        ("Doe R.|Roe A.B.", ("Doe R.", "Roe A.B.")),
        ("Doe R.,Roe A.B.,Moe J.", ("Doe R.", "Roe A.B.", "Moe J.")),
        ("Иванов И.И., Петров П.П.", ("Иванов И.И.", "Петров П.П.")),
        ("김철수, 이영희", ("김철수", "이영희")),
        ("张三,李四,王五", ("张三", "李四", "王五")),
        ("山田, 太郎", ("山田, 太郎",)),
        ("Doe, Rima, MD, PhD", ("Doe, Rima",)),
        ("Doe , Rima", ("Doe, Rima",)),
        ("Doe, Rima and\nRoe, Aaron", ("Doe, Rima", "Roe, Aaron")),
        ("Doe, Rima (ORCID: 0000-0001-2345-6789)\nRoe, Aaron/0000-0001-2345-6780", ("Doe, Rima", "Roe, Aaron")),
    ],
)
def test_people_on_one_line_of_ris(cell: str, people: tuple[str, ...]) -> None:
    assert only(f"TY  - JOUR\nTI  - A\nAU  - {cell}\nER  -\n").authors == people


def test_an_address_in_latex_keeps_its_tilde() -> None:
    entry = "@misc{a,\n  title = {A},\n  howpublished = {\\url{http://a.example/~doe/x_y.html}},\n  note = {See \\href{http://b.example/~roe}{this}, p.~3}\n}\n"
    found = only(entry)
    assert found.url == "http://a.example/~doe/x_y.html"
    assert [pair for pair in found.extra if pair[0] != "citation-key"] == [("note", "See this (http://b.example/~roe), p. 3")]
    kept = only("@misc{a,\n  title = {A},\n  howpublished = {Online: http://a.example/$\\sim$doe. Seen today}\n}\n")
    assert kept.url == "http://a.example/~doe"
    assert ("howpublished", "Online: http://a.example/∼doe. Seen today") in kept.extra


def test_jats_that_crossref_leaves_in_an_abstract() -> None:
    text = "<jats:title>Abstract</jats:title><jats:sec> <jats:title>Aim</jats:title> <jats:p>To walk.</jats:p></jats:sec><jats:p>p < 0.05</jats:p>"
    for export in (f"TY  - JOUR\nTI  - A\nAB  - {text}\nER  -\n", f"Lens ID,Title,Abstract\n000-000-000-000-001,A,{text}\n"):
        assert only(export).abstract == "Aim: To walk.\np < 0.05"


def test_a_blank_by_name_in_a_title() -> None:
    text = "Item Title,Item DOI,Content Type,Authors\nWalking in&#xa0;Towns &amp;&nbsp; Fields,10.1000/1,Article,Jane DoeAnn Roe\n"
    assert only(text).title == "Walking in Towns & Fields"


@pytest.mark.parametrize(("told", "kind"), [("journal-article", "journal-article"), ("BOOK", "BOOK"), ("PDF", ""), ("CITATION", "")])
def test_a_type_in_publish_or_perish(told: str, kind: str) -> None:
    found = only(f"Cites,Authors,Title,Year,Source,CitesURL,GSRank,Type\n5,J Doe,A,2020,B,,1,{told}\n")
    assert found.type == kind
    assert (("Type", told) in found.extra) is not kind


CSSCI = """南京大学中国社会科学研究评价中心
-----------------------------------------------------------------------
【来源篇名】步行城市研究
【英文篇名】Research on walking cities
【来源作者】谢甲/王乙
【期    刊】步行学报
【机构名称】[谢甲]湖州大学/[王乙]南京大学
【年代卷期】2019,12(05):12-20
【关 键 词】步行/城市
【参考文献】
1.张三.城市.步行学报.2010.(3)
2.Doe J.Walks.Journal of Walks.2001.12(3)
-----------------------------------------------------------------------
【来源篇名】再论步行
【来源作者】谢丙
【期    刊】步行学报
【年代卷期】2020,(01):1-9
-----------------------------------------------------------------------
"""


def test_the_chinese_social_sciences_citation_index() -> None:
    first, second = records(CSSCI)
    assert (first.title, first.authors, first.journal, first.year) == ("步行城市研究", ("谢甲", "王乙"), "步行学报", 2019)
    assert (first.volume, first.issue, first.pages, first.keywords) == ("12", "05", "12-20", ("步行", "城市"))
    told = dict(first.extra)
    assert told["original-title"] == "Research on walking cities"
    assert told["参考文献"].endswith("2.Doe J.Walks.Journal of Walks.2001.12(3)")
    assert (second.title, second.year, second.volume, second.issue, second.pages) == ("再论步行", 2020, "", "01", "1-9")


@pytest.mark.parametrize(
    "text",
    [
        'Publication Number,Title,Assignee/Applicant,Inventor,Publication Date\nUS20200123456A1,Walking device,Walk Corp,"Doe, Jane | Roe, Ann",2020-04-23\n',
        "search URL:,https://patents.example\nid,title,assignee,inventor/author,publication date\nUS20200123456A1,Walking device,Walk Corp,Doe Jane;;Roe Ann,2020-04-23\n",
    ],
)
def test_tables_of_patents(text: str) -> None:
    found = only(text)
    assert (found.title, found.year, found.accession) == ("Walking device", 2020, "US20200123456A1")
    assert [name.replace(",", "") for name in found.authors] == ["Doe Jane", "Roe Ann"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("[HTML][HTML] Walks in town", "Walks in town"),
        ("[BOOK] Walks", "Walks"),
        ("[PDF] ‘Walks’", "‘Walks’"),
        ("[Walks in town]", "[Walks in town]"),
        ("[PDF]", "[PDF]"),
        ("[B]locks", "[B]locks"),
    ],
)
def test_how_google_scholar_has_a_work_is_no_part_of_its_title(written: str, title: str) -> None:
    for text in (
        f"TY  - JOUR\nTI  - {written}\nAU  - Doe, J\nER  - \n",
        f"@article{{a,\n title = {{{written}}},\n author = {{Doe, J}}\n}}\n",
        f"Title,Authors,Year\n{written},Doe J,2001\n",
    ):
        assert only(text).title == title


def test_the_numbers_of_publishers_bibtex() -> None:
    found = only("@Article{x,\nAUTHOR = {Doe, J.},\nTITLE = {A},\nPubMedID = {30000000},\nARTICLE-NUMBER = {12}\n}\n")
    assert (found.pmid, found.pages) == ("30000000", "12")
    for key in ("doi:10.1000/walk.ch1", "https://doi.org/10.1000/walk.ch1"):
        assert only(f"@inbook{{{key},\nauthor = {{Doe, J.}},\ntitle = {{A}}\n}}\n").doi == "10.1000/walk.ch1"
    assert only("@inbook{walk/10.1000/x/2,\nauthor = {Doe, J.},\ntitle = {A}\n}\n").doi == ""


@pytest.mark.parametrize(
    ("written", "pages"),
    [("S. 101-120", "101-120"), ("págs. 7–9", "7-9"), ("С. 10-15", "10-15"), ("ss.3-9", "3-9"), ("S101-S120", "S101-S120")],
)
def test_pages_in_other_languages(written: str, pages: str) -> None:
    assert only(f"TY  - JOUR\nTI  - A\nAU  - B\nSP  - {written}\nER  -\n").pages == pages


def test_cssci_as_a_table() -> None:
    text = '来源篇名,英文篇名,来源作者,期刊,年代卷期,关键词\n步行城市研究,Walking,谢甲/王乙,步行学报,"2019,12(05):12-20",步行;城市\n'
    found = only(text)
    assert (found.title, found.authors, found.journal, found.year) == ("步行城市研究", ("谢甲", "王乙"), "步行学报", 2019)
    assert (found.volume, found.issue, found.pages, found.keywords) == ("12", "05", "12-20", ("步行", "城市"))


ACM = (
    '"type","id","author","title","pages","article_no","num_pages","keywords","doi","journal","volume","issue_no","year","booktitle","acronym","publisher"\n'
    '"article","2357633","Sergio  Doe-Gomez and Miguel  Gan&#225;n and Ann B. Roe","Walks","494--499","","6","walk, town","10.1109/W.2012.72","","","","2012","Proceedings of Walks","WALK \'12","ACM"\n'
    '"technical report","2206223","Peter M. Doe and Timothy  Roe","","","","","","","","","","2011","SP 800-145. The Definition of Walks","","NIST"\n'
)


def test_the_tables_of_the_acm_until_2017() -> None:
    first, second = records(ACM)
    assert first.authors == ("Sergio Doe-Gomez", "Miguel Ganán", "Ann B. Roe")
    assert (first.title, first.journal, first.pages, first.accession) == ("Walks", "Proceedings of Walks", "494-499", "2357633")
    assert (second.title, second.journal, second.type) == ("SP 800-145. The Definition of Walks", "", "technical report")


def test_commas_that_a_script_left_behind_the_parts_of_a_citation() -> None:
    (found,) = records(
        'Title,Authors,Journal,Year,DOI\n"Walks,","Jane Doe, Ann B. Roe, Hong Moe,","Town Walks,","2021,",https://doi.org/10.1000/1.\n'
    )
    assert (found.title, found.journal, found.year, found.doi) == ("Walks", "Town Walks", 2021, "10.1000/1")
    assert found.authors == ("Jane Doe", "Ann B. Roe", "Hong Moe")


def test_bibtex_as_json() -> None:
    """What bibtexparser and json.dump make of it: LaTeX, and people in one text."""
    data = rb"""[{"ENTRYTYPE": "article", "ID": "doe2001", "author": "Doe, J. and M{\\\"u}ller, K. and others",
        "title": "The {B}oat \\& sea", "journal": "Boats {\\&} Ships", "year": "2001", "pages": "1--9", "abstract": "It was 5\\%.",
        "url": "https://example.org/~doe"}]"""
    (found,) = detect(data, "a.json").read(data, {})
    assert isinstance(found, Record)
    assert (found.title, found.authors, found.journal) == ("The Boat & sea", ("Doe, J.", "Müller, K."), "Boats & Ships")
    assert (found.pages, found.abstract, found.url) == ("1-9", "It was 5%.", "https://example.org/~doe")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ("Doe, Jane and Roe, Kim", ("Doe, Jane", "Roe, Kim")),
        ("Doe J, Roe K", ("Doe J", "Roe K")),
        ("Doe, J.; Roe, K.", ("Doe, J.", "Roe, K.")),
        ("Jane Doe, Kim Roe, Ann Poe", ("Jane Doe", "Kim Roe", "Ann Poe")),
        ("Doe, Jane", ("Doe, Jane",)),
        ("Ministry of Health and Welfare", ("Ministry of Health and Welfare",)),
    ],
)
def test_people_in_one_text_of_json(people: str, expected: tuple[str, ...]) -> None:
    data = json.dumps([{"title": "Boats", "authors": people, "year": 2001, "doi": "10.1000/b"}]).encode()
    (found,) = detect(data, "a.json").read(data, {})
    assert isinstance(found, Record)
    assert found.authors == expected


def test_a_doi_within_a_link_of_html() -> None:
    link = "<a target='_blank' href='https://doi.org/10.1000/s0001-706x(99)00056-x'>10.1000/s0001-706x(99)00056-x</a>"
    data = json.dumps([{"title": "Boats", "authors": "Doe, J.", "year": "2000", "doi": link}]).encode()
    (found,) = detect(data, "a.json").read(data, {})
    assert isinstance(found, Record)
    assert found.doi == "10.1000/s0001-706x(99)00056-x"


@pytest.mark.parametrize("mark", ["<refworks", "<CitaviExchangeData", "<mods"])
def test_a_text_that_holds_a_mark_of_xml_is_none(mark: str) -> None:
    data = f"PMID- 12345678\nTI  - {mark} as a title\nFAU - Doe, Jane\nDP  - 2001\nLA  - {mark}\n".encode()
    assert detect(data).name == "nbib"


@pytest.mark.parametrize(
    ("volume", "issue", "expected"),
    [
        ("第34卷", "第3期", ("34", "3")), ("34卷3期", "", ("34", "3")), ("제 12 권", "제3호", ("12", "3")), ("第62巻", "1-2号", ("62", "1-2")),
        ("Jg. 12", "H. 3", ("12", "3")), ("Т. 12", "№ 3", ("12", "3")), ("12", "增刊1", ("12", "增刊1")), ("12 (2015)", "", ("12", "")),
    ],
)  # fmt: skip
def test_volumes_and_issues_in_other_languages(volume: str, issue: str, expected: tuple[str, str]) -> None:
    r = only(f"TY  - JOUR\nTI  - A\nVL  - {volume}\nIS  - {issue}\nSP  - 12頁\nEP  - 20頁\nER  - \n")
    assert (r.volume, r.issue, r.pages) == (*expected, "12-20")


@pytest.mark.parametrize(
    "author",
    [
        "Ministerio de Educación y Formación Profesional",
        "Departemen Kesehatan dan Kesejahteraan",
        "Maria da Silva e Souza Lima",
        "Karl von und zu Roe",
    ],
)
def test_the_word_for_and_in_another_language_is_part_of_one_name(author: str) -> None:
    assert len(only(f"@article{{a,\n  author = {{{author}}},\n  title = {{Kerbs}}\n}}\n").authors) == 1


@pytest.mark.parametrize(
    ("start", "pages", "read"), [("100", "11", "100"), ("5", "11", "11"), ("100", "100-110", "100-110"), ("100", "110", "110")]
)
def test_ojs_counts_the_pages_beside_the_first(start: str, pages: str, read: str) -> None:
    assert only(f"%0 Journal Article\n%A Roe, Ann\n%T Kerbs\n%& {start}\n%P {pages}\n").pages == read

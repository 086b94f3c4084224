"""What programs of reviewers write besides the formats that all of them know: RevMan, TEI, Better BibTeX, BibDesk, Paperpile and others."""

from __future__ import annotations

import json

import pytest
from one_file import only, records

from review.formats.registry import detect
from review.model.record import Record, Reject


def read(text: str) -> list[Record | Reject]:
    return list(detect(text.encode()).read(text.encode(), {}))


REVMAN = """<?xml version="1.0" encoding="UTF-8"?>
<COCHRANE_REVIEW DOI="10.1002/1" TYPE="INTERVENTION"><COVER_SHEET><TITLE>Gardens for towns</TITLE></COVER_SHEET><STUDIES_AND_REFERENCES><STUDIES>
<INCLUDED_STUDIES><STUDY DATA_SOURCE="PUB" ID="STD-Roe-2019" NAME="Roe 2019" YEAR="2019">
<REFERENCE NOTES="&lt;p&gt;seen&lt;/p&gt;" PRIMARY="YES" TYPE="JOURNAL_ARTICLE"><AU>Roe J, Lee AB</AU><TI>Gardens of the town</TI><SO>Garden Week</SO><YR>2019</YR>
<VL>3</VL><NO>2</NO><PG>1-9</PG><IDENTIFIERS><IDENTIFIER TYPE="MEDLINE" VALUE="12345678"/><IDENTIFIER TYPE="DOI" VALUE="10.1234/g.1"/></IDENTIFIERS></REFERENCE>
<REFERENCE PRIMARY="NO" TYPE="CONFERENCE_PROC"><AU>Roe J</AU><TI>Gardens again</TI><YR>2018</YR></REFERENCE><IDENTIFIERS/></STUDY></INCLUDED_STUDIES>
<EXCLUDED_STUDIES/></STUDIES><OTHER_REFERENCES><ADDITIONAL_REFERENCES><REFERENCE TYPE="BOOK"><AU>Moe K</AU><TI>A book</TI><PB>Press</PB><CY>London</CY></REFERENCE>
<REFERENCE TYPE="OTHER"></REFERENCE></ADDITIONAL_REFERENCES></OTHER_REFERENCES></STUDIES_AND_REFERENCES></COCHRANE_REVIEW>
"""


def test_revman() -> None:
    one, two, three, empty = read(REVMAN)
    assert isinstance(one, Record)
    assert isinstance(two, Record)
    assert isinstance(three, Record)
    assert (one.title, one.authors, one.year, one.journal) == ("Gardens of the town", ("Roe J", "Lee AB"), 2019, "Garden Week")
    assert (one.volume, one.issue, one.pages, one.pmid, one.doi, one.type) == (
        "3",
        "2",
        "1-9",
        "12345678",
        "10.1234/g.1",
        "Journal article",
    )
    assert one.extra == (("note", "seen"), ("review list", "Included studies"), ("study", "Roe 2019"), ("primary reference", "YES"))
    assert one.raw.startswith("<REFERENCE NOTES=")
    assert ("study", "Roe 2019") in two.extra
    assert (three.title, three.extra) == (
        "A book",
        (("publisher", "Press"), ("place", "London"), ("review list", "Additional references")),
    )
    assert isinstance(empty, Reject)


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><back><listBibl>
<biblStruct xml:id="b0" type="journalArticle"><analytic><title level="a" type="main">Gardens of the town</title><author><persName><forename type="first">Ann</forename>
<forename type="middle">B</forename><surname>Lee</surname></persName></author><author><surname>Roe</surname><forename>J.</forename></author></analytic>
<monogr><title level="j">Garden Week</title><idno type="ISSNe">1234-5678</idno><imprint><biblScope unit="volume">3</biblScope><biblScope unit="issue">2</biblScope>
<biblScope unit="page" from="1" to="9"/><date type="published" when="2019-05"/></imprint></monogr><idno type="DOI">10.1234/g.1</idno><ptr target="https://x.org"/>
<note type="raw_reference">Lee. Gardens.</note></biblStruct>
<biblStruct><monogr><title level="m">A book</title><author><persName><surname>Moe</surname></persName></author><editor><surname>Ott</surname></editor>
<imprint><publisher>Press</publisher><pubPlace>London</pubPlace><date>2001</date></imprint></monogr></biblStruct></listBibl></back></text></TEI>
"""


def test_tei() -> None:
    one, two = records(TEI)
    assert (one.title, one.authors, one.year, one.journal) == ("Gardens of the town", ("Lee, Ann B", "Roe, J."), 2019, "Garden Week")
    assert (one.volume, one.issue, one.pages, one.doi, one.issn, one.url) == ("3", "2", "1-9", "10.1234/g.1", "1234-5678", "https://x.org")
    assert one.extra == (("date", "2019-05"), ("note", "Lee. Gardens."))
    assert (two.title, two.authors, two.year, two.journal) == ("A book", ("Moe",), 2001, "")
    assert two.extra == (("editor", "Ott"), ("publisher", "Press"), ("place", "London"))


def test_what_a_paper_in_tei_cites_is_no_work_of_the_file() -> None:
    header = (
        '<teiHeader xml:lang="en"><fileDesc><titleStmt><title level="a" type="main">Gardens at night</title></titleStmt><publicationStmt><publisher>Press</publisher>'
        '<date type="published" when="2018-03-01">1 March 2018</date></publicationStmt><sourceDesc><biblStruct><analytic><author><persName><forename>Mia</forename>'
        '<surname>Ray</surname></persName><affiliation><orgName>Univ X</orgName></affiliation></author><title level="a">Gardens at night</title></analytic><monogr><imprint/>'
        '</monogr><idno type="DOI">10.1234/g.9</idno></biblStruct></sourceDesc></fileDesc><encodingDesc><appInfo><application><desc>A program</desc></application></appInfo>'
        "</encodingDesc><profileDesc><textClass><keywords><term>soil</term><term>light</term></keywords></textClass><abstract><div><p>We looked.</p><p>We saw.</p></div>"
        "</abstract></profileDesc></teiHeader>"
    )
    paper = TEI.replace("<text>", f"{header}<text><body><p>Long.</p></body>")
    (one,) = records(paper)
    assert (one.title, one.authors, one.year, one.doi) == ("Gardens at night", ("Ray, Mia",), 2018, "10.1234/g.9")
    assert (one.abstract, one.keywords) == ("We looked.\nWe saw.", ("soil", "light"))
    assert set(one.extra) == {("date", "2018-03-01"), ("tei:publisher", "Press"), ("tei:orgName", "Univ X")}
    assert len(records(f"<teiCorpus>{paper}{paper}</teiCorpus>")) == 2
    assert len(records(TEI.replace("<text>", "<teiHeader/><text>"))) == 2
    title = "<teiHeader><fileDesc><titleStmt><title>Moths</title><author><forename>Mia</forename> <surname>Ray</surname></author></titleStmt></fileDesc></teiHeader><text><body>{}</body>"
    (other,) = records(TEI.replace("<text>", title.format("<div><head>One</head><p>Long.</p></div>")))
    assert (other.title, other.authors) == ("Moths", ("Ray, Mia",))
    assert len(records(TEI.replace("<text>", title.format("<listBibl/><p/>")))) == 2  # a program's own header


BETTER = {
    "config": {"label": "BetterBibTeX JSON"},
    "collections": {"AB": {"key": "AB", "name": "Gardens", "items": [1, 2]}},
    "items": [
        {"itemType": "journalArticle", "title": "Gardens", "publicationTitle": "Garden Week", "date": "2019", "itemID": 1, "key": "ABC",
         "creators": [{"firstName": "Jane", "lastName": "Roe", "creatorType": "author"}], "tags": [{"tag": "soil"}],
         "notes": [{"note": "<div><p>First &amp; last.</p><p>More.</p></div>"}], "attachments": [{"path": "/x.pdf"}]},
        {"itemType": "attachment", "title": "PDF", "itemID": 2},
        {"itemType": "note", "note": "<p>alone</p>", "itemID": 3},
    ],
}  # fmt: skip


@pytest.mark.parametrize("numbers", [2, 30_000])  # of what is in a collection: more than the head of the file
def test_better_bibtex_json(numbers: int) -> None:
    told = {**BETTER, "collections": {"AB": {"name": "Gardens", "items": [*range(numbers)]}}}
    data = json.dumps(told).encode()
    found, alone = detect(data).read(data, {})
    assert isinstance(found, Record)
    assert isinstance(alone, Reject)  # the note that stands by itself; the file is none of anybody's words
    assert (found.title, found.authors, found.journal, found.keywords) == ("Gardens", ("Roe, Jane",), "Garden Week", ("soil",))
    assert ("note", "First & last.\nMore.") in found.extra


def test_bibdesk_keeps_the_address_under_a_name_of_its_own() -> None:
    found = only(
        "@article{r,\n\tTitle = {Gardens},\n\tYear = {2019},\n\tBdsk-Url-1 = {http://x.org/1},\n\tBdsk-Url-2 = {http://x.org/2}}\n"
    )
    assert found.url == "http://x.org/1"
    assert ("bdsk-url-2", "http://x.org/2") in found.extra


def test_paperpile() -> None:
    one, two = records(
        "Item type,Authors,Title,Journal,Full journal,Publication year,Proceedings title,URLs\n"
        'Journal Article,"Roe J,Lee AB",Gardens,Gard Wk,Garden Week,2019,,http://x.org/1;http://x.org/2\n'
        "Conference Paper,Moe K,Towns,,,2018,Proceedings of towns,\n"
    )
    assert (one.journal, one.url, one.authors) == ("Garden Week", "http://x.org/1", ("Roe J", "Lee AB"))
    assert ("Journal", "Gard Wk") in one.extra
    assert ("url", "http://x.org/2") in one.extra
    assert two.journal == "Proceedings of towns"


def test_a_bibliography_beside_a_title() -> None:
    found = only(
        "Refid,User,Title,Bibliography,Include\n"
        '7,jr,Gardens of the town,"Roe, J., & Lee, A. B. (2019). Gardens of the town. Garden Week, 3(2), 1-9.",Yes\n'
    )
    assert (found.authors, found.year, found.journal) == (("Roe, J.", "Lee, A. B."), 2019, "Garden Week")
    assert (found.volume, found.issue, found.pages) == ("3", "2", "1-9")


def test_the_year_of_a_study_is_not_that_of_its_report() -> None:
    found = only(
        "Covidence #,Study ID,Title,Reviewer Name,Study ID,Title,Start date\n12,Roe 2019,Gardens,Consensus,Roe 2019,Gardens,2017-01-01\n"
    )
    assert (found.title, found.year) == ("Gardens", None)
    assert ("Start date", "2017-01-01") in found.extra
    assert only("NCT Number,Study Title,Start Date\nNCT01234567,Gardens,2017-01\n").year == 2017


def test_bibliometrix_of_other_databases() -> None:
    found = only('AU,DE,ID,TI,SO,PY,PG,DB,SR\nROE J;LEE AB,SOIL;TOWNS,HUMAN,GARDENS,GARDEN WEEK,2019,12,SCOPUS,"ROE J, 2019"\n')
    assert set(found.keywords) == {"SOIL", "TOWNS", "HUMAN"}
    assert (found.journal, found.pages, found.authors) == ("GARDEN WEEK", "", ("ROE J", "LEE AB"))


def test_what_ebsco_and_others_write_into_bibtex() -> None:
    found = only(
        '@article{1,\n title = "Gardens",\n year = "2025",\n keywords = "DATA mining; CITIES &amp; towns",\n pages = "22-null"\n}\n'
    )
    assert (found.keywords, found.pages) == (("DATA mining", "CITIES & towns"), "22")
    found = only("@article{1,\n author = {Rana Tass, Ray Hack, Ale\u0161 Pop},\n title = {Towns},\n year = {2016}\n}\n")
    assert found.authors == ("Tass, Rana", "Hack, Ray", "Pop, Ale\u0161")


def test_endnotes_table_says_the_kind_of_all_rows() -> None:
    found = records("*Journal Article\nTitle\tAbstract\tYear\tAuthor\nGardens\tA.\t2023\tRoe, J;Lee, A\nTowns\tB.\t2015\tMoe, K\n")
    assert [(r.type, r.authors, r.extra) for r in found] == [
        ("Journal Article", ("Roe, J", "Lee, A"), ()),
        ("Journal Article", ("Moe, K",), ()),
    ]


def test_the_link_that_zotero_keeps_beside_a_file() -> None:
    found = only("TY  - JOUR\nTI  - Gardens\nL4  - https://www.ncbi.nlm.nih.gov/pmc/articles/PMC4790000/\nER  - \n")
    assert found.pmcid == "PMC4790000"


@pytest.mark.parametrize(
    "header",
    [
        "Título do artigo;Autor(es);Ano de publicação;Veículo;Resumo;Palavras-chave",
        "Título del artículo;Autores;Año de publicación;Nombre de la revista;Resumen;Palabras clave",
        "Titre de l'article;Auteurs;Année de publication;Revue;Résumé;Mots-clés",
        "Judul Artikel;Penulis;Tahun Terbit;Nama Jurnal;Abstrak;Kata Kunci",
        "Tiêu đề;Tác giả;Năm;Tạp chí;Tóm tắt;Từ khóa",
        "عنوان مقاله;نویسندگان;سال;مجله;چکیده;کلیدواژه‌ها",
        "العنوان;المؤلفون;سنة النشر;المجلة;الملخص;الكلمات المفتاحية",
        "Název;Autoři;Rok;Časopis;Abstrakt;Klíčová slova",
        "Назва;Автори;Рік;Журнал;Анотація;Ключові слова",
        "Otsikko;Tekijät;Vuosi;Lehti;Tiivistelmä;Avainsanat",
        "Tittel;Forfattere;År;Tidsskrift;Sammendrag;Nøkkelord",
        "Cím;Szerzők;Év;Folyóirat;Összefoglaló;Kulcsszavak",
        "Τίτλος;Συγγραφείς;Έτος;Περιοδικό;Περίληψη;Λέξεις-κλειδιά",
        "Makale Adı;Yazarlar;Yayın Yılı;Dergi Adı;Özet;Anahtar Kelimeler",
    ],
)
def test_tables_of_included_studies_in_other_languages(header: str) -> None:
    found = only(f'{header};Nº\nGardens;"Roe, J";2019;Garden Week;About.;soil;7\n')
    assert (found.title, found.authors, found.year, found.journal) == ("Gardens", ("Roe, J",), 2019, "Garden Week")
    assert (found.abstract, found.keywords, found.extra) == ("About.", ("soil",), (("Nº", "7"),))
    found = only(f'Nº;{header};Vol.;N°\n7;Gardens;"Roe, J";2019;Garden Week;About.;soil;12;3\n')
    assert (found.volume, found.issue, found.extra) == ("12", "3", (("Nº", "7"),))


@pytest.mark.parametrize(
    "header",
    [
        "Titel der Arbeit;Autor*innen;Jahr der Veröffentlichung;Fachzeitschrift;Band;Ausgabe;Seitenzahlen;Kurzzusammenfassung",
        "Tytuł artykułu;Autor;Rok wydania;Nazwa czasopisma;Tom;Nr;Str.;Abstrakt",
        "Titel;Forfattere;Årstal;Tidsskrift;Bind;Hæfte;Sidetal;Resumé",
        "Artikkelin nimi;Tekijät;Vuosi;Lehti;Vuosikerta;Numero;Sivut;Tiivistelmä",
        "Titlu articol;Autori;An;Revistă;Volum;Număr;Pagini;Rezumat",
        "Наименование статьи;Автор(ы);Год;Название журнала;Том;Номер журнала;Стр.;Аннотация",
        "文章名称;全部作者;年度;来源期刊;卷号;期号;起止页码;中文摘要",
        "논문 제목;저자;출판 연도;게재지;권;호;쪽수;요약",
        "ชื่อบทความ;ผู้เขียน;ปีที่พิมพ์;ชื่อวารสาร;เล่มที่;ฉบับที่;เลขหน้า;บทคัดย่อ",
        "Article;Author;Yr;Jnl;Vol;Num;pp;Abstract",
        "Record title;Record authors;Record year;Record journal;Volume;Issue;Pages;Record abstract",
        "art_title;art_authors;art_year;art_journal;art_volume;art_issue;art_pages;art_abstract",
        "Titel des Beitrags;Autor:innen;Publikationsdatum;Zeitschriftentitel;Jahrgang;Heft;S.;Abstract",
        "Makale başlığı;Yazar adı;Yayın tarihi;Dergi ismi;Cilt;Sayı;Sayfa numarası;Öz",
        "表題;著者;年;雑誌;巻;号;ページ;アブストラクト",
    ],
)
def test_what_people_call_the_columns_of_volume_issue_and_pages(header: str) -> None:
    found = only(f'No;{header}\n7;Gardens;"Roe, J";2019;Garden Week;12;3;40-51;About.\n')
    assert (found.title, found.authors, found.year, found.journal) == ("Gardens", ("Roe, J",), 2019, "Garden Week")
    assert (found.volume, found.issue, found.pages, found.abstract, found.extra) == ("12", "3", "40-51", "About.", (("No", "7"),))


def test_names_of_columns_that_may_be_anything_are_a_field_only_where_no_other_is() -> None:
    found = only("num;Title;Authors;By;Vol;Issue;Record date\n7;Gardens;Roe J;AB;12;3;2020\n")
    assert (found.authors, found.issue, found.year) == (("Roe J",), "3", None)
    assert found.extra == (("num", "7"), ("By", "AB"), ("Record date", "2020"))


def test_who_screened_a_work_and_what_was_said_of_its_abstract_are_neither_people_nor_an_abstract() -> None:
    found = only("Title;Year;By;Abs;FT\nGardens;2019;AB;Include;Y\n")
    assert (found.authors, found.abstract, found.extra) == ((), "", (("By", "AB"), ("Abs", "Include"), ("FT", "Y")))


def test_people_whom_a_table_names_twice() -> None:
    found = records(
        'DOI,Title,Authors,Year\n10.1234/g.1,A,"Leigh B. Roe,Leigh B. Roe,Ann Lee,Ann K. Lee",2006\n10.1234/g.2,B,"Jon Poe,Jon Poe",2009\n'
        '10.1234/g.3,C,"Milan Koreň,M. Koren,J. Dub,J. Dub",2010\n10.1234/g.4,D,"Ann Lee,Jon Poe,Kim Moe",2010\n10.1234/g.5,E,"Wang L, Wang L",2010\n'
    )
    assert [r.authors for r in found] == [
        ("Leigh B. Roe", "Ann K. Lee"),
        ("Jon Poe",),
        ("Milan Koreň", "J. Dub"),
        ("Ann Lee", "Jon Poe", "Kim Moe"),
        ("Wang L", "Wang L"),
    ]


def test_a_table_that_tells_of_families_alone() -> None:
    found = records(
        "title;author;year\nA;Porru, Carta, Toni, Bozz, Arici;2016\nB;Roe, J. and Lee, S.;1989\nC;Coen, Kezi, van der Mol;2024\nD;Armst, Théria;1996\nE;Choud, D.;2003\n"
    )
    assert [r.authors for r in found] == [
        ("Porru", "Carta", "Toni", "Bozz", "Arici"),
        ("Roe, J.", "Lee, S."),
        ("Coen", "Kezi", "van der Mol"),
        ("Armst", "Théria"),
        ("Choud, D.",),
    ]
    assert only("title;author\nA;Armst, Théria\n").authors == ("Armst, Théria",)
    # Behind a family and a given name stands a suffix at times.
    (r, *_) = records('Title,Authors\nOne,"Roe, Ann"\nTwo,"Roe, Jon, Jr"\nThree,"Poe, Kim, III"\n')
    assert r.authors == ("Roe, Ann",)
    # Semicolons between the names of one row tell that the comma of another is within one.
    (*_, r) = records('Title,Authors\nOne,"山田, 花子; 鈴木, 次郎"\nTwo,"山田, 太郎"\n')
    assert r.authors == ("山田, 太郎",)
    # Where names stand in their natural order, one may have no family's.
    (*_, r) = records('Title,Authors\nOne,"Ann Roe, Jon Lee, Kim Poe"\nTwo,"Ann Roe, Sukarno, Kim Poe"\n')
    assert r.authors == ("Ann Roe", "Sukarno", "Kim Poe")
    (*_, r) = records('Title,Authors\nOne,"Ann Roe, Jon Lee, Kim Poe"\nTwo,"Ann Roe, Jon Lee, Institute for Walks and Talks, UNESCO"\n')
    assert r.authors == ("Ann Roe", "Jon Lee", "Institute for Walks and Talks", "UNESCO")
    # Names with their initials are no families: one file has records of several databases.
    found = records("title;author\nA;Roe GL, Lee FM, Poe DJ\nB;Doe JA, Rey BC, Moe AB\nC;Zwart, Vladimir\n")
    assert [r.authors for r in found] == [("Roe GL", "Lee FM", "Poe DJ"), ("Doe JA", "Rey BC", "Moe AB"), ("Zwart, Vladimir",)]


def test_tables_of_scripts_over_dblp_and_openalex() -> None:
    one, two = records(
        "title,year,authors,key,ee\nGardens.,2018,Tan Roe & Ann Lee,conf/g/1,https://doi.org/10.1234/g.1\nTowns,2019,Smith & Co,j/g/2,https://x.org\n"
    )
    assert (one.authors, one.doi, one.url) == (("Tan Roe", "Ann Lee"), "10.1234/g.1", "https://doi.org/10.1234/g.1")
    assert two.authors == ("Smith & Co",)
    found = only('n,authors_formatted,authors_raw,title,source_container\n1,"Roe, J. & Lee, A.",Jane Roe; Ann Lee,Gardens,Garden Week\n')
    assert (found.authors, found.journal) == (("Jane Roe", "Ann Lee"), "Garden Week")


def test_namesakes_that_dblp_numbers_in_lists() -> None:
    found = records("title,authors\nA,Ann de Roe & Wei Wang 0001\nB,Ann Roe 0012 & Jon Lee 0002\nC,Wei Wang 0239\n")
    assert [r.authors for r in found] == [("Ann de Roe", "Wei Wang"), ("Ann Roe", "Jon Lee"), ("Wei Wang",)]


def test_taylor_and_francis_results() -> None:
    head = "Article title,Authors,Journal title,Volume,Issue,Pages,Volume year,DOI,Published online date\n"
    one, two = records(
        f'{head}Gardens,"Peter Roe, Ann Lee",Garden Week,30,2,p148 - p162,1995,10.1234/g.1,19-Oct-2007\nTowns,Ann Lee,Garden Week,,,p1 - p25,5187,10.1234/g.2,19-Sep-2025\n'
    )
    assert (one.authors, one.year, one.pages) == (("Peter Roe", "Ann Lee"), 1995, "148-162")
    assert (two.authors, two.year, two.pages) == (("Ann Lee",), 2025, "1-25")
    assert ("Volume year", "5187") in two.extra


def test_a_doi_where_a_venue_should_be_and_an_author_behind_and() -> None:
    one, two = records(
        "Paper Name,Author1,Author2,Year,Venue\nGardens,Ann Roe,and Jon Lee,1941,10.1234/G.1\nTowns,Ann Roe,,1942,Garden Week\n"
    )
    assert (one.title, one.authors, one.doi, one.journal) == ("Gardens", ("Ann Roe", "Jon Lee"), "10.1234/g.1", "")
    assert (two.doi, two.journal) == ("", "Garden Week")


def test_json_with_names_in_other_languages() -> None:
    works = [
        {
            "base": "OpenAlex",
            "doi": "10.1234/g.1",
            "titulo": "Jardins",
            "autores": "Ana Roe; João Lee",
            "ano": "2022",
            "periodico": "Horta",
            "resumo": "Sobre.",
        },
        {
            "base": "SciELO",
            "doi": "",
            "titulo": "Cidades",
            "autores": "Ana Roe",
            "ano": "2023",
            "periodico": "Horta",
            "resumo": "",
            "palavras_chave": "solo; água",
        },
    ]
    one, two = records(json.dumps(works))
    assert (one.title, one.authors, one.year, one.journal, one.abstract, one.doi) == (
        "Jardins",
        ("Ana Roe", "João Lee"),
        2022,
        "Horta",
        "Sobre.",
        "10.1234/g.1",
    )
    assert (two.keywords, two.extra) == (("solo", "água"), (("base", "SciELO"),))
    told = {
        "metadata": {"título_revision": "Una revisión", "total": 1},
        "articulos": [{"id": "a_1", "Título": "Jardines", "autores": ["Roe, Ana"], "year": 2024, "doi": "N/A"}],
    }
    (found,) = records(json.dumps(told))
    assert (found.title, found.authors, found.year) == ("Jardines", ("Roe, Ana",), 2024)


def test_json_that_tells_of_its_review_beside_the_works() -> None:
    data = {
        "meta": {"title": "Jardins: uma revisão", "authors": ["Ana Roe"]},
        "flow": [{"Etapa": "Busca", "N": 2}],
        "all": [{"ID": 1, "Título": "A", "Ano": 2026}, {"ID": 2, "Título": "B", "Ano": 2024}],
    }
    assert [(r.title, r.year) for r in records(json.dumps(data))] == [("A", 2026), ("B", 2024)]
    alone = {"meta": {"title": "Gardens", "authors": ["Ann Roe"], "doi": "10.1234/g.1", "year": 2020}}
    assert only(json.dumps(alone)).title == "Gardens"

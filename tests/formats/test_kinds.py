"""What a source's word for a kind of work becomes in each format."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from review.formats.registry import by_name, detect
from review.formats.values.dates import date_in
from review.formats.values.kinds import kind_for, kind_of
from review.model.record import Record


@pytest.mark.parametrize(
    ("words", "ris", "bibtex", "csl"),
    [
        (("article-journal", "JOUR", "article", "Journal Article; Review", "Short Survey", "Data Paper", "IEEE Journals", "Case Reports", "Case Report", "journal article - research", "IEEE Journals & Magazines", "Comment/Reply", "Conference Abstract", "Meeting Abstract", "Reports - Research; Journal Article"),
         "JOUR", "article", "article-journal"),
        (("book", "BOOK", "Book, Whole", "EditedBook", "Authored Book", "Books", "monography"), "BOOK", "book", "book"),
        (("Report", "techreport", "RPRT", "Technical Report", "Reports", "Reports - Descriptive", "Working Papers", "Report or Working Paper", "White Paper", "info:eu-repo/semantics/workingPaper"), "RPRT", "techreport", "report"),
        (("GOVDOC", "Government Document", "Government & Official Document"), "GOVDOC", "techreport", "report"),
        (("CPAPER", "inproceedings", "paper-conference", "Proceedings Paper", "IEEE Conferences", "Speeches/Meeting Papers", "Poster", "info:eu-repo/semantics/conferenceObject"), "CPAPER", "inproceedings", "paper-conference"),
        (("CONF", "Conference Proceedings", "Collected Works - Proceedings"), "CONF", "inproceedings", "paper-conference"),
        (("phdthesis", "THES", "Dissertation/Thesis", "Theses"), "THES", "phdthesis", "thesis"),
        (("preprint", "posted-content", "UNPB"), "UNPB", "unpublished", "article"),
        (("Book Section", "Book Chapter", "incollection", "CHAP", "Edited Book; Chapter", "bookPart"), "CHAP", "incollection", "chapter"),
        (("mvbook", "booklet", "mvcollection", "reference"), "BOOK", "book", "book"),
        (("suppbook", "bookinbook", "suppcollection", "Encyclopedia", "ENCYC", "Dictionary"), "CHAP", "incollection", "chapter"),
        (("www", "electronic", "WEB", "Blog", "Blogs, Podcasts, & Websites", "Press Release"), "ELEC", "online", "webpage"),
        (("BILL", "LEGAL", "Legal Rule or Regulation", "regulation", "treaty"), "STAT", "legislation", "legislation"),
        (("movie", "tvBroadcast", "Television Episode"), "VIDEO", "video", "motion_picture"),
        (("NEWS", "Newspapers", "Wire Feeds"), "NEWS", "article", "article-newspaper"),
        (("Trial registry record", "StudyRegistration"), "GEN", "misc", "document"),
        (("Case Report", "Brief report", "Abstract report", "Registered Report", "Early Access", "Opinion Papers"), "JOUR", "article", "article-journal"),
        (("EJOUR", "Electronic Article"), "EJOUR", "article", "article-journal"),
        (("Periodical", "serial", "Artigo", "Artículo de investigación", "Zeitschriftenaufsatz", "article de périodique"), "JOUR", "article", "article-journal"),
        (("Fact sheet", "Policy paper", "Briefing"), "RPRT", "techreport", "report"),
        (("Encyclopedia Entry", "encyclopediaArticle", "Encyclopedias & Reference Works"), "CHAP", "incollection", "chapter"),
        (("MAP", "Map"), "MAP", "misc", "map"),
        (("ART", "Artwork", "FIGURE", "Chart or Table"), "ART", "misc", "graphic"),
        (("SLIDE", "Slides", "Presentation", "Lecture"), "SLIDE", "misc", "speech"),
        (("SOUND", "Podcast", "audioRecording", "MUSIC"), "SOUND", "misc", "song"),
        (("PCOMM", "Email", "Personal Communication"), "PCOMM", "misc", "personal_communication"),
        (("Interview", "INTV"), "PCOMM", "misc", "interview"),
        (("PAMP", "leaflet"), "PAMP", "misc", "pamphlet"),
        (("misc", "GEN", "Generic", "document", "a word of nobody's"), "GEN", "misc", "document"),
    ],
)  # fmt: skip
def test_a_kind(words: tuple[str, ...], ris: str, bibtex: str, csl: str) -> None:
    for word in words:
        kind = kind_of(word)
        assert (kind.ris, kind.bibtex, kind.csl) == (ris, bibtex, csl), word


def written(form: str, record: Record) -> str:
    write = by_name(form).write
    assert write
    return b"".join(write([record], notes=False)).decode()


def test_an_article_of_bibtex_is_no_preprint_in_csl() -> None:
    assert '"type": "article-journal"' in written("csl-json", Record(title="A", journal="J", type="article"))
    assert '"type": "article"' in written("csl-json", Record(title="A", type="article"))


@pytest.mark.parametrize(
    ("record", "csl"),
    [
        (Record(title="A", type="UNPB"), "manuscript"), (Record(title="A", type="MANSCPT"), "manuscript"), (Record(title="A", type="Preprint"), "article"), (Record(title="A", type="posted-content", doi="10.1000/a.1"), "article"),
        (Record(title="A", type="UNPB", doi="10.1101/2020.01.01.123"), "article"), (Record(title="A", type="unpublished", extra=(("publisher", "medRxiv"),)), "article"),
    ],
)  # fmt: skip
def test_what_is_unpublished_is_a_preprint_in_csl_where_a_server_has_it(record: Record, csl: str) -> None:
    (item,) = json.loads(written("csl-json", record))
    assert item["type"] == csl


@pytest.mark.parametrize(
    ("word", "ris", "csl"),
    [("entry-dictionary", "DICT", "entry-dictionary"), ("Encyclopedia", "ENCYC", "entry-encyclopedia"), ("Blog Post", "BLOG", "post-weblog"), ("Standard", "STAND", "standard")],
)  # fmt: skip
def test_kinds_that_ris_and_csl_tell_finer(word: str, ris: str, csl: str) -> None:
    assert f"TY  - {ris}\r\n" in written("ris", Record(title="A", type=word))
    for kind in (word, ris):
        assert json.loads(written("csl-json", Record(title="A", type=kind)))[0]["type"] == csl


@pytest.mark.parametrize("form", ["ris", "nbib", "bibtex", "endnote-xml", "csl-json", "csv", "xlsx"])
@pytest.mark.parametrize("journal", ["", "J"])
def test_a_work_of_no_kind_comes_back_as_that(form: str, journal: str) -> None:
    write = by_name(form).write
    assert write
    (back,) = by_name(form).read(b"".join(write([Record(title="A", authors=("Roe, A.",), year=2019, journal=journal)])), {})
    assert isinstance(back, Record)
    assert (back.type, back.journal) == ("", journal)


def test_who_publishes_a_thesis_or_report() -> None:
    def publisher(form: str, text: str) -> Record:
        (found,) = by_name(form).read(text.encode(), {})
        assert isinstance(found, Record)
        assert ("publisher", "Univ X") in found.extra
        return found

    thesis = publisher("bibtex", "@phdthesis{k, title={A}, school={Univ X}}\n")
    report = publisher("bibtex", "@techreport{k, title={A}, institution={Univ X}}\n")
    assert "school = {Univ X}" in written("bibtex", thesis)
    assert "institution = {Univ X}" in written("bibtex", report)
    assert "PB  - Univ X" in written("ris", report)


def test_a_conference_paper_that_ris_calls_conf() -> None:
    (found,) = by_name("ris").read(b"TY  - CONF\nTI  - A\nT2  - Proc\nM3  - Conference paper\nER  - \n", {})
    assert isinstance(found, Record)
    assert found.type == "Conference paper"
    assert "@inproceedings" in written("bibtex", found)


def test_our_own_table_gives_a_citation_key_back_as_that() -> None:
    record = Record(title="A", extra=(("citation-key", "smith2010"),))
    (found,) = by_name("csv").read(written("csv", record).encode(), {})
    assert isinstance(found, Record)
    assert (found.accession, found.extra) == ("", record.extra)


@pytest.mark.parametrize(
    ("reference", "stated"),
    [
        ("JOUR", "Conference Abstract"),
        ("CONF", "Conference Abstract"),
        ("CPAPER", "Meeting Abstract"),
        ("JOUR", "Journal: Conference Abstract"),
    ],
)
def test_an_abstract_that_ris_calls_an_article(reference: str, stated: str) -> None:
    (found,) = by_name("ris").read(f"TY  - {reference}\nTI  - A\nT2  - Diabetic Med\nM3  - {stated}\nER  - \n".encode(), {})
    assert isinstance(found, Record)
    assert (found.type, found.journal) == (stated, "Diabetic Med")
    assert "TY  - JOUR" in written("ris", found)


@pytest.mark.parametrize("kind", ["News", "Congress", "Practice Guideline", "Legal Case; Interview", "Letter to the Editor"])
def test_what_stands_in_a_volume_of_a_journal_is_an_article_whatever_it_is_about(kind: str) -> None:
    assert "TY  - JOUR" in written("ris", Record(title="A", journal="J", volume="4", type=kind))
    assert "TY  - BOOK" in written("ris", Record(title="A", journal="J", volume="4", type="Book"))


@pytest.mark.parametrize(
    ("kind", "volume", "code"),
    [
        ("Undetermined", "", "JOUR"),
        ("Other", "", "JOUR"),
        ("Guides - General", "4", "JOUR"),
        ("Guides - General", "", "GEN"),
        ("GEN", "4", "GEN"),
    ],
)
def test_a_word_that_says_no_kind_hides_no_article(kind: str, volume: str, code: str) -> None:
    assert f"TY  - {code}" in written("ris", Record(title="A", journal="J", volume=volume, type=kind))
    assert f"TY  - {code}" not in written("ris", Record(title="A", type=kind)) or code == "GEN"


def test_what_stands_in_a_book_is_a_chapter_whatever_it_is_about() -> None:
    chapter = Record(title="A", journal="A book", isbn="978-3-16-148410-0", type="Review")
    assert "TY  - CHAP" in written("ris", chapter)
    assert "TY  - JOUR" in written("ris", Record(title="A", journal="J", issn="0277-9536", isbn="978-3-16-148410-0", type="Review"))


DATED = b"""PMID- 31000001
DP  - 2019 Mar 12
TI  - A
FAU - King, Martin Luther III
AU  - King ML 3rd
IS  - 1756-1833 (Electronic)
IS  - 0959-8138 (Print)
JT  - J
"""


def test_what_pubmed_writes_in_its_own_way_is_written_in_that_of_others_and_comes_back() -> None:
    (found,) = by_name("nbib").read(DATED, {})
    assert isinstance(found, Record)
    assert '"date-parts": [[2019, 3, 12]]' in written("csl-json", found)
    assert "pubdate = {2019 Mar 12}" in (bibtex := written("bibtex", found))
    assert "month = {mar}" in bibtex
    for form in ("bibtex", "csl-json", "nbib"):
        write = by_name(form).write
        assert write
        (back,) = by_name(form).read(b"".join(write([found])), {})
        assert isinstance(back, Record)
        assert (back.issn, sorted(back.extra)) == (found.issn, sorted(found.extra))
    lines = written("nbib", found).splitlines()
    assert [line for line in lines if line.startswith(("IS  -", "AU  -"))] == [
        "AU  - King ML 3rd",
        "IS  - 1756-1833 (Electronic)",
        "IS  - 0959-8138 (Print)",
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2019-03-12", [2019, 3, 12]), ("2019/03//", [2019, 3]), ("2019 Mar-Apr", [2019, 3]), ("March 2019", [2019, 3]), ("12 March 2019", [2019, 3, 12]),
        ("2019 Mar 12-15", [2019, 3]), ("2018 Sept", [2018, 9]), ("2018 Winter", []), ("Marvel 2018", []), ("2018-2019", []), ("", []),
        ("2015/16", [2015]), ("2015/00/00", [2015]), ("2015/13/45", [2015]), ("2015/03/45", [2015, 3]), ("2015-02-30", [2015, 2]), ("30 Feb 2016", [2016, 2]), ("29 Feb 2016", [2016, 2, 29]), ("20190312", [2019, 3, 12]),
        ("2019-03-12T10:20:30Z", [2019, 3, 12]), ("2019/03/12/Spring", [2019, 3, 12]), ("12.03.2019", [2019, 3, 12]), ("2019.03.12", [2019, 3, 12]), ("2019年3月12日", [2019, 3, 12]), ("31.31.2019", [2019]), ("201903", [2019, 3]), ("201913", [2019]), ("Tuesday, March 12, 2019", [2019, 3, 12]), ("Monday", []),
    ],
)  # fmt: skip
def test_a_date_in_words(text: str, parts: list[int]) -> None:
    assert date_in(text) == parts


# What a person, or another program, adds to a file of ours: (before this, this).
ADDED = {
    "ris": ("ER  - ", "LB  - for Dov\n"),
    "nbib": ("TI  - ", "ZZ  - for Dov\n"),
    "bibtex": ("  title =", "  annote = {for Dov},\n"),
    "csl-json": ('"title":', '"annote": "for Dov", '),
    "endnote-xml": ("</record>", "<label>for Dov</label>"),
}


@pytest.mark.parametrize("form", ADDED)
def test_what_was_added_to_a_file_since_it_was_written_stands_beside_what_its_note_tells(form: str) -> None:
    record = Record(
        title="A", authors=("Roe, A.",), year=2019, extra=(("a tag\nof none", "one"), ("ST", "MEDLINE"), ("date", "2019 Mar 12"))
    )
    write = by_name(form).write
    assert write
    before, added = ADDED[form]
    text = b"".join(write([record])).decode()
    assert before in text
    (back,) = by_name(form).read(text.replace(before, added + before, 1).encode(), {})
    assert isinstance(back, Record)
    assert "for Dov" in dict.fromkeys(value for _, value in back.extra)
    assert {*record.extra} <= {*back.extra}


def test_a_kind_that_was_changed_since_stands_before_that_of_the_note() -> None:
    write = by_name("ris").write
    assert write
    text = b"".join(write([Record(title="A")])).decode()
    (back,) = by_name("ris").read(text.replace("TY  - GEN", "TY  - THES").encode(), {})
    assert isinstance(back, Record)
    assert back.type == "THES"


def _plain(form: str, record: Record) -> bytes:
    write = by_name(form).write
    assert write
    return b"".join(write([record], notes=False))


def test_a_date_of_another_year_is_not_written_as_that_of_the_work() -> None:
    """That of an article ahead of print has a place of its own, from which it comes back."""
    article = Record(
        title="A", type="Journal Article", year=2016, journal="J", extra=(("date", "2016 Mar"), ("ahead-of-print", "20151220"))
    )
    for form, lines, told in (
        ("ris", ("DA  - 2016/03", "ET  - 2015/12/20"), {("date", "2016/03"), ("ahead-of-print", "2015/12/20")}),
        ("nbib", ("DP  - 2016 Mar", "DEP - 20151220"), {*article.extra}),
    ):
        data = _plain(form, article)
        assert all(line in data.decode().splitlines() for line in lines)
        (back,) = by_name(form).read(data, {})
        assert isinstance(back, Record)
        assert set(back.extra) == told
    other = replace(article, extra=(("date", "2015-12-20"),))
    for form, absent in (("ris", "DA  - "), ("bibtex", " date = "), ("endnote-xml", "<date>")):
        assert absent not in _plain(form, other).decode()


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("1998 Winter", {"date-parts": [[1998]], "season": "Winter"}),
        ("Jul 5", {"date-parts": [[1998, 7, 5]]}),
        ("19980705", {"date-parts": [[1998, 7, 5]]}),
        ("1997 Dec", {"date-parts": [[1998]]}),
        ("1998-11/1999-02", {"date-parts": [[1998, 11], [1999, 2]]}),
    ],
)
def test_the_day_and_the_season_in_csl(date: str, issued: dict[str, object]) -> None:
    record = Record(title="A", type="article-journal", year=1998, extra=(("date", date),))
    data = _plain("csl-json", record)
    assert json.loads(data)[0]["issued"] == issued
    (back,) = by_name("csl-json").read(data, {})
    assert isinstance(back, Record)
    assert "season" not in issued or back.extra == record.extra


def test_an_articles_edition_that_is_a_day() -> None:
    for text in ("TY  - JOUR\nTI  - A\nPY  - 2015\nET  - 2014/12/20\nER  - \n", "%0 Journal Article\n%T A\n%D 2015\n%7 2014/12/20\n"):
        (found,) = detect(text.encode()).read(text.encode(), {})
        assert isinstance(found, Record)
        assert ("ahead-of-print", "2014/12/20") in found.extra


def test_the_number_of_pages_of_a_whole_work_is_no_page() -> None:
    book = Record(title="A", type="book", year=2011, pages="345")
    assert "pagetotal = {345}" in _plain("bibtex", book).decode()
    assert json.loads(_plain("csl-json", book))[0]["number-of-pages"] == "345"
    for form in ("bibtex", "csl-json"):
        (back,) = by_name(form).read(_plain(form, book), {})
        assert isinstance(back, Record)
        assert back.pages == "345"
    assert "pages = {345}" in _plain("bibtex", replace(book, type="article")).decode()


def test_the_number_of_a_series_is_no_issue() -> None:
    text = "@book{a,\n  title = {A walk},\n  series = {Walks},\n  number = {12},\n}\n"
    (found,) = by_name("bibtex").read(text.encode(), {})
    assert isinstance(found, Record)
    assert (found.issue, dict(found.extra)["collection-number"]) == ("", "12")
    assert "  number = {12}" in _plain("bibtex", found).decode()


def test_what_ris_has_a_tag_for_is_written_where_other_programs_have_it() -> None:
    report = Record(title="A", type="Report", extra=(("A3", "Roe, J"), ("M1", "WHO/11.1"), ("C5", "packed"), ("accessed", "2019/03/01")))
    xml = _plain("endnote-xml", report).decode()
    for element in ("<tertiary-authors><author>", "<number>", "<custom5>", "<access-date>"):
        assert element in xml
    assert "number = {WHO/11.1}" in _plain("bibtex", report).decode()
    assert json.loads(_plain("csl-json", report))[0]["number"] == "WHO/11.1"
    pages = _plain("ris", Record(title="A", type="JOUR", pages="S12-5; quiz S6, S20")).decode()
    assert "SP  - S12-5; quiz S6, S20\r\n" in pages


def test_what_says_no_kind_but_stands_in_a_book_is_a_chapter() -> None:
    book = Record(title="A", journal="The Book", isbn="9783161484100", pages="1-9")
    assert kind_for(book).ris == "CHAP"
    for serial in (replace(book, issn="1234-5678"), replace(book, volume="3"), replace(book, isbn="")):
        assert kind_for(serial).ris == "JOUR"


@pytest.mark.parametrize(("kind", "number"), [("Patent", "US1234567B2"), ("Report", "WHO/1/2"), ("standard", "ISO 123")])
@pytest.mark.parametrize(
    ("form", "place"),
    [("ris", "SN  - {}"), ("endnote-xml", "<isbn>{}</isbn>"), ("bibtex", "number = {{{}}}"), ("csl-json", '"number": "{}"')],
)
def test_the_number_of_a_report_or_patent_is_where_programs_look_for_it(kind: str, number: str, form: str, place: str) -> None:
    told = Record(title="A", type=kind, issue=number, pages="56")
    assert place.format(number) in re.sub(r"</?style[^<>]*>", "", written(form, told))
    (back,) = by_name(form).read(written(form, told).encode(), {})
    assert isinstance(back, Record)
    assert (back.issue, back.pages) == (number, "56")
    inside = Record(title="A", type=kind, issue=number, journal="Reports of Soil", volume="3")
    assert "SN  -" not in written("ris", inside)


@pytest.mark.parametrize("form", ["ris", "endnote-xml", "bibtex"])
def test_what_only_names_a_kind_in_another_format_is_left_out_where_no_notes_are_written(form: str) -> None:
    assert "bookSection" not in written(form, Record(title="A", type="bookSection", journal="B"))
    assert "Editorial" in written(form, Record(title="A", type="Editorial", journal="B"))
    for kind in ("newspaperArticle", "map", "interview"):  # for which a format may have the type of several
        (back,) = by_name(form).read(written(form, Record(title="A", type=kind, journal="B")).encode(), {})
        assert isinstance(back, Record)
        assert kind_for(back).name == kind.removesuffix("Article")


def test_a_plain_file_for_pubmeds_readers_has_dates_kinds_and_journals_as_pubmed_has() -> None:
    told = Record(title="A", type="JOUR", journal="Annals of Soil", year=2019, extra=(("date", "2019/03/05"),))
    lines = written("nbib", told).splitlines()
    assert {"DP  - 2019 Mar 5", "PT  - Journal Article", "JT  - Annals of Soil", "TA  - Annals of Soil"} <= set(lines)
    assert not any(line.startswith("DEP") for line in lines)
    write = by_name("nbib").write
    assert write
    (back,) = by_name("nbib").read(b"".join(write([told])), {})
    assert isinstance(back, Record)
    assert (back.type, back.extra) == ("JOUR", (("date", "2019/03/05"),))


@pytest.mark.parametrize(
    ("date", "in_ris", "in_endnote"),
    [
        ("2019 Mar 5", "2019/03/05", ">Mar 5<"),
        ("2019 Mar", "2019/03", ">Mar<"),
        ("2019 Jul-Aug", "2019 Jul-Aug", ">Jul-Aug<"),
        ("2019-03-05T10:00:00Z", "2019/03/05", ">2019-03-05T10:00:00Z<"),
    ],
)
def test_a_plain_file_has_pubmeds_days_in_the_form_of_its_own(date: str, in_ris: str, in_endnote: str) -> None:
    told = Record(title="A", type="JOUR", journal="J", year=2019, extra=(("date", date),))
    assert f"DA  - {in_ris}" in written("ris", told).splitlines()
    assert in_endnote in written("endnote-xml", told)


def test_a_plain_file_of_ris_has_days_with_slashes_and_a_talk_its_meeting() -> None:
    told = Record(
        title="A",
        type="presentation",
        year=2019,
        extra=(("date", "2019-03-05"), ("accessed", "2020-01-02T03:04:05Z"), ("conference", "Day of Soil")),
    )
    lines = written("ris", told).splitlines()
    assert {"DA  - 2019/03/05", "Y2  - 2020/01/02", "T2  - Day of Soil"} <= set(lines)
    assert "DA  - Spring 2019" in written("ris", Record(title="A", year=2019, extra=(("date", "Spring 2019"),)))
    assert "Day of Soil" not in written("ris", Record(title="A", type="book", extra=(("conference", "Day of Soil"),)))


def test_the_number_of_a_report_in_the_place_of_an_isbn_in_refer() -> None:
    report, article = by_name("refer").read(b"%0 Report\n%T Walks\n%@ WHO/1/2\n\n%0 Journal Article\n%T Wells\n%J Soil\n%@ no 12\n", {})
    assert isinstance(report, Record)
    assert isinstance(article, Record)
    assert (report.issue, report.extra) == ("WHO/1/2", ())
    (mistyped,) = by_name("refer").read(b"%0 Report\n%T Walks\n%@ 978-92-41-2\n", {})
    assert isinstance(mistyped, Record)
    assert (mistyped.issue, mistyped.extra) == ("", (("ISSN", "978-92-41-2"),))
    assert (article.issue, article.extra) == ("", (("ISSN", "no 12"),))


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("PT  - Published Erratum", "Published Erratum"), ("PT  - Journal Article\nPT  - Review\nM3  - A field [1234]", "Journal Article; Review"),
        ("M3  - Journal Article\nM3  - Multicenter Study\nM3  - Research Support, Non-U.S. Gov't", "Journal Article; Multicenter Study; Research Support, Non-U.S. Gov't"),
        ("M3  - A field [1234]\nM3  - Article", "Article"), ("PT  - J", "JOUR"), ("PT  - Dissertation Abstract", "Dissertation Abstract"), ("M3  - Article\nM3  - 10.1000/x", "Article"),
    ],
)  # fmt: skip
def test_all_that_ovid_and_others_say_of_the_kind_is_told(told: str, kind: str) -> None:
    (found,) = by_name("ris").read(f"TY  - JOUR\nTI  - A\nT2  - B\n{told}\nER  - \n".encode(), {})
    assert isinstance(found, Record)
    assert found.type == kind
    for line in told.split("\n"):
        assert line[6:] in (*found.type.split("; "), *(text for _, text in found.extra), "10.1000/x")


@pytest.mark.parametrize(
    ("form", "told"), [("csl-json", '"genre": "PhD thesis"'), ("ris", "M3  - PhD thesis"), ("endnote-xml", ">PhD thesis<")]
)
def test_a_degree_is_told_in_words_where_programs_print_them(form: str, told: str) -> None:
    record = Record(title="A", type="phdthesis")
    write = by_name(form).write
    assert write
    assert told in b"".join(write([record], None, notes=False)).decode()
    [back] = by_name(form).read(b"".join(write([record])), {})
    assert isinstance(back, Record)
    assert back.type == "phdthesis"


@pytest.mark.parametrize(
    ("kind", "form", "absent"),
    [
        ("manuscript", "csl-json", "genre"), ("MANSCPT", "csl-json", "genre"), ("post-weblog", "csl-json", "genre"), ("inbook", "ris", "M3"),
        ("collection", "ris", "M3"), ("manual", "endnote-xml", "work-type"), ("proceedings", "ris", "M3"),
    ],
)  # fmt: skip
def test_a_word_that_only_names_a_formats_type_is_no_genre(kind: str, form: str, absent: str) -> None:
    assert absent not in written(form, Record(title="A", type=kind))
    write = by_name(form).write
    assert write
    (back,) = by_name(form).read(b"".join(write([Record(title="A", type=kind)])), {})
    assert isinstance(back, Record)
    assert back.type == kind


@pytest.mark.parametrize("kind", ["book", "report", "chapter"])
def test_a_series_is_where_endnote_and_zotero_look_for_it(kind: str) -> None:
    record = Record(title="A", type=kind, extra=(("series", "Soil Studies"),))
    tag, element = ("T3", "tertiary-title") if kind == "chapter" else ("T2", "secondary-title")
    assert [line[:2] for line in written("ris", record).splitlines() if "Soil Studies" in line] == [tag]
    assert re.findall(r"<([a-z-]+)><style[^>]*>Soil Studies", written("endnote-xml", record)) == [element]
    for form in ("ris", "endnote-xml"):
        write = by_name(form).write
        assert write
        (back,) = by_name(form).read(b"".join(write([record])), {})
        assert isinstance(back, Record)
        assert (back.journal, back.extra) == ("", record.extra)


@pytest.mark.parametrize(("form", "place"), [("csl-json", '"collection-title": "B"'), ("bibtex", "series = {B}")])
def test_what_a_report_is_in_is_its_series(form: str, place: str) -> None:
    assert place in written(form, Record(title="A", type="Report", journal="B"))


def test_a_doi_is_no_kind_of_work() -> None:
    [one] = by_name("ris").read(b"TY  - JOUR\nTI  - A\nDO  - 10.1000/x\nM3  - https://doi.org/10.1000/X\nER  - \n", {})
    [other] = by_name("ris").read(b"TY  - JOUR\nTI  - A\nDO  - 10.1000/x\nM3  - doi: 10.1000/y\nER  - \n", {})
    assert isinstance(one, Record)
    assert isinstance(other, Record)
    assert (one.doi, one.extra, other.extra) == ("10.1000/x", (), (("genre", "doi: 10.1000/y"),))

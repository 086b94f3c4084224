"""What real files do, each by itself: nothing of it costs a record or a letter."""

from __future__ import annotations

import io

import pytest
from describing import describe_bytes
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.formats.characters.text import decode
from review.formats.columns.mapped import map_columns
from review.formats.registry import by_name, detect
from review.model.record import Record, Reject

RIS = "TY  - JOUR\nTI  - {}\nAU  - Marx, Karl\nPY  - 2001\nER  - \n"


def records(data: bytes) -> list[Record]:
    found = list(detect(data).read(data, {}))
    assert all(isinstance(r, Record) for r in found), found
    return [r for r in found if isinstance(r, Record)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = RIS.format("Ärger über naïve façades") * 3
    found = records(text.encode(encoding))
    assert [r.title for r in found] == ["Ärger über naïve façades"] * 3


def test_chinese_without_unicode() -> None:
    text = RIS.format("社区伙伴关系的系统评价与卫生不平等研究") * 3
    found = records(text.encode("gb18030"))
    assert found[2].title == "社区伙伴关系的系统评价与卫生不平等研究"
    assert describe_bytes(text.encode("gb18030"), detect(text.encode("gb18030"))).encoding == "gb18030"


OTHERS = {
    "Партнерство и здоровье населения: обзор": "cp1251",
    "Партнерство и здоровье населения: анализ": "koi8_r",
    "Партнерство и здоровье жителей города": "cp866",
    "Партнерство и здоровье пожилых жителей": "iso8859_5",
    "Партнерство и здоровье: Обзор Примеров": "mac_cyrillic",
    "Прогулянки і здоров'я мешканців її громад": "koi8_u",
    "지역사회 협력과 건강 형평성에 관한 문헌고찰": "cp949",
    "Η κοινότητα και η υγεία: συστηματική ανασκόπηση": "cp1253",
    "שותפויות קהילתיות ובריאות: סקירה שיטתית": "cp1255",
    "الشراكات المجتمعية والصحة: مراجعة منهجية": "cp1256",
    "地域連携と健康の関係についての系統的レビュー": "cp932",
    "地域連携と健康についての系統的レビュー": "euc_jp",
    "社區夥伴關係與健康之系統性回顧": "big5",
    "Współpraca społeczności a zdrowie: przegląd piśmiennictwa": "cp1250",
    "Příští výzkum zdraví: účinnost různých přístupů může růst": "cp1250",
    "Suradnja zajednice i zdravlje: čišćenje, građani, žene, općine": "cp1250",
    "A közösségi együttműködés és az őszinte egészségügy": "cp1250",
    "Nagyvárosi idősek egészsége: az erdő és a mező hatása": "cp1250",
    "Îngrijirea sănătăţii şi comunităţile: o revizuire": "cp1250",
    "Bendruomenės įtraukimo poveikis žmonių sveikatai: sisteminė literatūros apžvalga, šalys": "cp1257",
    "Kopienas līdzdalības ietekme uz cilvēku veselību: sistemātisks pētījumu pārskats, ķēdes": "cp1257",
    "Zdrowie mieszkańców miast wśród osób starszych: przegląd źródeł": "iso8859_2",
    "การศึกษาผู้ดูแลชุมชนในเมืองใหญ่ของประเทศไทย": "cp874",
    "地域住民の健康と住宅に関する研究": "euc_jp",
    "Toplum ortaklıkları ve sağlık: çalışmanın amacı": "cp1254",
    "İstanbul'da yaşlı bakımı: İncelenmiş ilişkiler": "cp1254",
    "Größere Übersicht über Maßnahmen für Ärzte und Ämter": "mac_roman",
    "Older people’s walks": "mac_roman",
    "Walks, 2010–2015": "mac_roman",
    "“Walks” in García’s towns, ±5 µm": "mac_roman",
    "Étude des soins inventés à l'hôpital, où l'été dure": "cp850",
    "الرعاية في المجتمع وصحة السكان: مراجعة": "iso8859_6",
    "پژوهش درباره سلامت کودکان\u200c در شهرهاي بزرگ: گزارش": "cp1256",
    "شہر ميں بچوں کي صحت پر پيدل چلنے کا اثر": "cp1256",
    "صحة الأطفال في القرى": "cp1256",
    "שותפויות בקהילה ובריאות הציבור: סקירה": "cp862",
    "地域の連携と健康: 住民の声": "iso2022_jp_ext",
    "지역사회 협력과 건강 형평성 연구": "iso2022_kr",
}


@pytest.mark.parametrize(("title", "encoding"), OTHERS.items())
def test_other_scripts_and_languages_without_unicode(title: str, encoding: str) -> None:
    data = (RIS.format(title) * 3).encode(encoding)
    assert [r.title for r in records(data)] == [title] * 3
    assert describe_bytes(data, detect(data)).encoding == encoding


FEW = {
    "Müller": ["cp850", "cp437", "mac_roman"],
    "Walks in Köln, über Gärten": ["cp850", "mac_roman"],
    "Étude de la santé, Lefèvre": ["cp850", "mac_roman"],
    "Wiśniewski, Dąbrowski, Wójcik: Łódź": ["cp1250", "iso8859_2", "cp852"],
    "Dvořák, Němec: průzkum zdraví": ["cp852"],
    "Öztürk, Yıldız: Sağlıkta": ["cp857"],
    "Walks in Москва": ["cp1251", "koi8_r", "cp866", "mac_cyrillic"],
    "张三": ["gb18030"],
    "張三": ["big5"],
    "山田太郎": ["cp932", "euc_jp"],
    "김철수": ["cp949"],
    "Women’s “walks” – a view": ["gb18030"],
    "Women’s “walks”": ["big5", "cp1252", "mac_roman"],
    "Walks at 30 °C ± 2, früh, für Ärzte": ["cp1252"],
    "Çelik’s “über”–study": ["cp1252"],
    "Padrões e reuniões: política e saúde pública, café, Camões": ["cp1252"],
    "Õpilaste tööõigus: üliõpilased ja füüsiline kõnd": ["cp1252"],
    "José Peña, Ángel Núñez, María Gómez, Raúl Õun: niños": ["cp1252"],
}


@pytest.mark.parametrize(("title", "encoding"), [(title, encoding) for title, several in FEW.items() for encoding in several])
def test_few_letters_tell_an_encoding_where_as_another_they_are_no_words(title: str, encoding: str) -> None:
    data = (RIS.format("A walk in the park") + RIS.format(title)).encode(encoding)
    assert [r.title for r in records(data)] == ["A walk in the park", title]


def test_parts_in_utf16_cost_no_record_of_the_others() -> None:
    data = RIS.format("Größe").encode() + RIS.format("Über").encode("utf-16") + RIS.format("Ärger").encode("cp1252")
    assert [r.title for r in records(data)] == ["Größe", "Über", "Ärger"]
    assert "parts in UTF-16 and in others" in " ".join(describe_bytes(data, detect(data)).notes)


def test_what_tells_an_encoding_may_stand_far_from_the_beginning() -> None:
    data = (RIS.format("A walk in the park") * 2000 + RIS.format("Zdraví: průzkum účinnosti, řeší") + RIS.format("A walk") * 2000).encode(
        "cp1250"
    )
    assert records(data)[2000].title == "Zdraví: průzkum účinnosti, řeší"
    data = (RIS.format("A walk in the park") * 2000 + RIS.format("Für’s Übrige")).encode("cp1252")
    assert records(data)[2000].title == "Für’s Übrige"


@pytest.mark.parametrize(
    ("title", "encoding", "told"),
    [("MŸller, Kov¢cs, Žukš", "cp1252", "where no language has them"), ("Müller", "cp850", "of which few letters tell")],
)
def test_an_encoding_that_little_tells_of_is_told(title: str, encoding: str, told: str) -> None:
    data = RIS.format(title).encode(encoding)
    assert told in " ".join(describe_bytes(data, detect(data)).notes)


@pytest.mark.parametrize(
    "title", ["Исследование помощи в городе и его общинах", "شراكات المجتمع وصحة السكان", "地域連携と健康一般について"]
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_another_script_in_utf16_without_a_mark_has_few_nuls(title: str, encoding: str) -> None:
    table = "Title,Authors,Year\r\n" + f"{title},{title[:6]},2001\r\n" * 40
    found = records(table.encode(encoding))
    assert [r.title for r in found] == [title] * 40


@pytest.mark.parametrize("mark", ["ï»¿", "\ufeffï»¿", "Ã¯Â»Â¿", "ï..", "X.U.FEFF.", "<U+FEFF>"])
def test_a_byte_order_mark_that_became_letters_is_no_part_of_the_first_column(mark: str) -> None:
    (r,) = records(f"{mark}PMID,Title,Year\n123456,Boats,2001\n".encode())
    assert (r.pmid, r.title, r.extra) == ("123456", "Boats", ())
    (r,) = records(f'"{mark}Title",Year\nBoats,2001\n'.encode())
    assert r.title == "Boats"


@pytest.mark.parametrize(
    "text",
    [
        "PMID- 12\nOWN - NLM\nTI  - Boats\n",
        "@misc{a, title={Boats}}\n",
        "%0 Book\n%T Boats\n%D 2001\n",
        '[{"type": "book", "title": "Boats"}]',
    ],
)
@pytest.mark.parametrize("mark", ["ï»¿", "Ã¯Â»Â¿"])
def test_a_byte_order_mark_that_became_letters_stands_before_no_entry(mark: str, text: str) -> None:
    (r,) = records(f"{mark}{text}".encode())
    assert r.title == "Boats"
    assert "»" not in repr(r)


def test_a_few_nuls_in_a_text_make_no_utf16_of_it() -> None:
    text = RIS.format("Walks\0 and talks") * 40
    assert len(records(text.encode())) == 40


@pytest.mark.parametrize(
    "title", ["“Walks” – it’s ‘fair’ at €5…", "The town’s – and Šimek’s – walks, ‘alone’ or ‘together’", "“Notes”† and ‘marks’‡ – of walks"]
)
def test_the_quotation_marks_of_windows_are_no_letters_of_a_mac(title: str) -> None:
    data = (RIS.format(title) * 3).encode("cp1252")
    assert [r.title for r in records(data)] == [title] * 3


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "cp932", "cp949", "euc_jp"])
@pytest.mark.parametrize("cut", range(6))
def test_letters_of_two_bytes_are_none_of_western_europe_wherever_the_file_or_what_is_looked_at_ends(encoding: str, cut: int) -> None:
    title = next((text for text, name in OTHERS.items() if name == encoding), "社区伙伴关系的系统评价与卫生不平等研究")
    entry = RIS.format(title).replace("TI  - ", f"AB  - {title * 9}{'.' * (cut % 2)}\nTI  - ")
    data = (entry * (3 if cut % 3 else 300)).encode(encoding)
    assert {r.title for r in records(data)} == {title}
    at = data.rfind(b"AB  - ") + 20 + cut
    assert records(data[:at])[0].title == title


def test_the_encoding_is_that_of_the_whole_of_a_small_file() -> None:
    data = "TY  - JOUR\nAU  - Παπαδόπουλος, Γ.\nTI  - Η κοινότητα και η υγεία: συστηματική ανασκόπηση".encode("cp1253")
    assert [r.title for r in records(data)] == ["Η κοινότητα και η υγεία: συστηματική ανασκόπηση"]
    assert describe_bytes(data, detect(data)).encoding == "cp1253"


@pytest.mark.parametrize("declaration", ['<?xml version="1.0" encoding="ISO-8859-2"?>', "% Encoding: ISO8859_2", "%Encoding: iso-8859-2"])
def test_an_encoding_that_a_file_declares(declaration: str) -> None:
    assert decode(f"{declaration}\nŁódź".encode("iso8859-2")).text.endswith("Łódź")
    assert decode(declaration.replace("-2", "-1").replace("_2", "_1").encode() + b"\nM\xfcnchen \x96").text.endswith("München –")
    assert decode(declaration.replace("859", "xyz").encode() + b"\nM\xfcnchen").text.endswith("München")


@pytest.mark.parametrize("title", ["ÉVALUATION DÉTAILLÉE À L'ÉCOLE", "Größe, Öl, Übermaß", "Åäö ÅÄÖ, Åä", "São Tomé e Príncipe: ações"])
def test_european_text_is_no_other(title: str) -> None:
    assert [r.title for r in records((RIS.format(title) * 9).encode("cp1252"))] == [title] * 9


def test_a_few_foreign_bytes_in_utf8_are_noted() -> None:
    data = RIS.format("Ärger, Übung und Öl").encode() + RIS.format("caf\xe9").encode("latin-1")
    assert [r.title for r in records(data)] == ["Ärger, Übung und Öl", "café"]
    assert describe_bytes(data, detect(data)).notes == ["1 bytes that are not UTF-8 were read as cp1252"]


def test_mojibake_is_kept_and_flagged() -> None:
    data = (RIS.format("Ã©tude") + RIS.format("étude")).encode()
    assert [r.title for r in records(data)] == ["Ã©tude", "étude"]
    found = describe_bytes(data, detect(data))
    assert (found.mojibake, found.mojibake_lines) == (1, [1])


@pytest.mark.parametrize("ends", [("\n",), ("\r\n",), ("\r",), ("\r\n", "\n"), ("\r", "\n", "\r\n"), ("\r\r\n",)])
def test_line_ends_of_any_kind(ends: tuple[str, ...]) -> None:
    lines = (RIS.format("One") + "\n" + RIS.format("Two")).split("\n")
    text = "".join(line + ends[n % len(ends)] for n, line in enumerate(lines))
    assert [(r.title, r.authors, r.year) for r in records(text.encode())] == [
        ("One", ("Marx, Karl",), 2001),
        ("Two", ("Marx, Karl",), 2001),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - One\nAB  - A\n\nTI  - One\n\n\nPY  - 2001\nER  -\nTY  - JOUR\nTI  - Two\nER  -\n",  # blank lines
        "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n",  # no ER
        "TI  - One\nAU  - A, B\nER  - \nTI  - Two\nAU  - A, B\nER  - \n",  # no TY
        "TY - JOUR\nTI - One\nER -\nTY - JOUR\nTI - Two\nER -\n",  # one space
        "TY  - JOUR\nTI  - One\nER  -\nTY  - JOUR\nTI  - Two\nER  -",  # ER without a space
        "1.\nTY  - JOUR\nTI  - One\nER  - \n\n2.\nTY  - JOUR\nTI  - Two\nER  - \n",  # numbers
        "Export of 2 records\n\nTY  - JOUR\nTI  - One\nER  - \nmore\nTY  - JOUR\nTI  - Two\nER  - \nend of export\n",
        "\n\n\nTY  - JOUR  \nTI  - One  \nER  -   \n\nTY  - JOUR\nTI  - Two\nER  - \n",
        "Ty  - JOUR\nTi  - One\nEr  - \nTy  - JOUR\nTi  - Two\nPY  - 2001\nEr  - \n",
        "TY -JOUR\nTI -One\nER -\nTY -JOUR\nTI -Two\nER -\n",  # no blank behind the hyphen
        "TY  - JOUR AU  - A, B TI  - One ER  - TY  - JOUR TI  - Two ER  - ",  # all on one line: a cell, or a text in JSON
        "TY  - JOUR\\nTI  - One\\nER  - \\nTY  - JOUR\\nTI  - Two\\nER  - ",
        "TY  - JOUR\u2028TI  - One\u2028ER  - \u2028TY  - JOUR\u2028TI  - Two\u2028ER  - ",
    ],
)
def test_entries_that_keep_to_no_rule(text: str) -> None:
    assert [r.title for r in records(text.encode())] == ["One", "Two"]


def test_entities_and_markup_in_text() -> None:
    (r,) = records(RIS.format("On &amp; off: &beta;-blockers &#8211; R&D &lt; 5").encode())
    assert r.title == "On & off: β-blockers – R&D < 5"


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - {0}\nJO  - {1}\nKW  - {1}\nAB  - {2}\nER  - \n",
        "@article{{a, title={{{0}}}, journal={{{1}}}, keywords={{{1}}}, abstract={{{2}}}}}\n",
        'Title,Journal,Keywords,Abstract\n"{0}","{1}","{1}","{2}"\n',
        "%0 Journal Article\n%T {0}\n%J {1}\n%K {1}\n%X {2}\n",
        "FN Clarivate\nVR 1.0\nPT J\nTI {0}\nSO {1}\nDE {1}\nAB {2}\nER\n\nEF\n",
        '[{{"type": "article-journal", "title": "{0}", "container-title": "{1}", "keyword": "{1}", "abstract": "{2}"}}]',
        '{{"resultList": {{"result": [{{"id": "1", "title": "{0}", "journalTitle": "{1}", "keywordList": {{"keyword": ["{1}"]}}, "abstractText": "{2}"}}]}}}}',
    ],
)
def test_tags_that_services_leave_in_a_text_are_no_part_of_it_in_any_format(text: str) -> None:
    title = "Moss <i>and</i> CO<sub>2</sub> at &lt;b&gt;10<sup>-6</sup>&lt;/b&gt; < i >bar< /i >: p < 0.05, a<b>c <mml:math><mml:mi>x</mml:mi></mml:math>"
    data = text.format(title, "Acta <i>Botanica</i>", "<p>We <scp>saw</scp>.</p><div>p < 0.05<br>n<5</div>").encode()
    (r,) = detect(data).read(data, {})
    assert isinstance(r, Record)
    assert (r.title, r.journal) == ("Moss and CO2 at 10⁻⁶ bar: p < 0.05, a<b>c x", "Acta Botanica")
    assert (r.keywords, r.abstract.split()) == (("Acta Botanica",), "We saw. p < 0.05 n<5".split())  # noqa: SIM905


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        ("SP  - 12-15", "12-15"),
        ("SP  - 12–15\nEP  - 15", "12-15"),
        ("SP  - 12\nEP  - 12-15", "12-15"),
        ("SP  - e1234", "e1234"),
        ("SP  - pp. 3-4", "3-4"),
        ("SP  - S12\nEP  - S15", "S12-S15"),
        ("SP  - 12\nEP  - 0", "12"),
    ],
)
def test_page_ranges_where_they_do_not_belong(lines: str, pages: str) -> None:
    (r,) = records(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n".encode())
    assert r.pages == pages


@pytest.mark.parametrize(
    "value",
    [
        "10.1000/ABC",
        "doi:10.1000/abc",
        "DOI 10.1000/abc",
        "https://doi.org/10.1000/abc",
        "http://dx.doi.org/10.1000%2Fabc",
        "10.1000/abc [doi]",
        "10.1000/abc.",
    ],
)
def test_dois_in_any_dress(value: str) -> None:
    for text in (
        f"TY  - JOUR\nTI  - A\nDO  - {value}\nER  - \n",
        f"@article{{k,\n title = {{A}},\n doi = {{{value}}}\n}}\n",
        f'title,doi\nA,"{value}"\n',
        f'[{{"id": "a", "type": "book", "title": "A", "DOI": "{value}"}}]',
        f"<xml><records><record><titles><title>A</title></titles><electronic-resource-num>{value}</electronic-resource-num></record></records></xml>",
    ):
        (r,) = records(text.encode())
        assert r.doi == "10.1000/abc", text


def test_a_line_of_any_length() -> None:
    long = "word " * 7000
    for text in (
        f"TY  - JOUR\nTI  - A\nAB  - {long}\nER  - \n",
        f"PMID- 1\nTI  - A\nAB  - {long}\n",
        f"title,abstract\nA,{long}\n",
        f"@article{{k,\n title = {{A}},\n abstract = {{{long}}}\n}}\n",
    ):
        (r,) = records(text.encode())
        assert r.abstract == long.strip()


@pytest.mark.parametrize(
    ("value", "year"), [("2021a", 2021), ("2021/05//", 2021), ("1 Jan.-Feb. 2019", 2019), ("Start date: 20170812", 2017), ("n.d.", None)]
)
def test_years_that_say_more(value: str, year: int | None) -> None:
    for text in (
        f"TY  - JOUR\nTI  - A\nPY  - {value}\nER  - \n",
        f"@article{{k,\n title = {{A}},\n year = {{{value}}}\n}}\n",
        f"title,year\nA,{value}\n",
    ):
        (r,) = records(text.encode())
        assert r.year == year
        assert value in [text for _, text in r.extra]  # more than a year is kept


def test_two_tags_on_one_line() -> None:
    (r,) = records(
        b"TY  - JOUR\nTI  - A\nUR  - https://x.org/?a=1&b=2     U2  - L2029880245\nDO  - 10.1000/x     LK  - https://y.org/10.1000%2Fx\nER  - \n"
    )
    assert (r.url, r.doi) == ("https://x.org/?a=1&b=2", "10.1000/x")
    assert r.accession == "L2029880245"


def test_na_is_no_abstract() -> None:
    (r,) = records(b"TY  - JOUR\nAB  - NA\nTI  - A\nER  - \n")
    assert (r.abstract, r.extra) == ("", (("AB", "NA"),))


@pytest.mark.parametrize(
    ("lines", "pmid"),
    [
        ("C1  - 148687\nC2  - 148687", ""),
        ("C2  - 148687", ""),
        ("AN  - 148687\nC2  - 148687", "148687"),  # PubMed's of old
        ("AN  - 1486\nC2  - 1486\nC1  - 1486", ""),
        ("C2  - 31289754", "31289754"),
        ("N1  - 24034432 [PMID]", "24034432"),
        ("DB  - Ovid MEDLINE(R) ALL <1946 to March 01, 2022>\nAN  - 31289754", "31289754"),
        ("DB  - MEDLINE Complete\nID  - 31289754", "31289754"),
        ("DB  - Medline; Embase\nAN  - 31289754", ""),
        ("DB  - Medline\nID  - 42", ""),
        ("DB  - Medline\nAN  - 42", ""),  # written by what took the ID for one
    ],
)
def test_numbers_that_are_pmids_and_numbers_that_are_not(lines: str, pmid: str) -> None:
    (r,) = records(f"TY  - JOUR\nTI  - A\nDB  - DIM\n{lines}\nER  - \n".encode())
    assert r.pmid == pmid


@pytest.mark.parametrize(
    "text", ["%0 Book\n%A Doe, R\n%T On\n%D 2001\n", "PMID- 12\nOWN - NLM\nTI  - On\nDP  - 2001\n", "PT J\nTI On\nAU Doe, R\nPY 2001\nER\n"]
)
def test_what_fills_a_file_up_and_what_nobody_sees_before_a_line(text: str) -> None:
    whole = [(found.title, found.year) for found in records(text.encode())]
    assert whole == [("On", 2001)]
    assert [(found.title, found.year) for found in records(text.encode() + b"\x00" * 40)] == whole
    led = "".join(f"\u200f{line}" for line in text.splitlines(True))
    assert [(found.title, found.year) for found in records(led.encode())] == whole


def test_a_name_that_lies() -> None:
    for name in ("refs.csv", "refs.bib", "refs.pdf", "refs"):
        assert detect(RIS.format("A").encode(), name).name == "ris"


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=12),
    st.integers(0, 400),
    st.sampled_from(["ris", "nbib", "bib", "json", "xml", "csv", "enw", "wos"]),
)
def test_damage_costs_no_more_than_it_touches(flips: list[tuple[int, int]], cut: int, kind: str) -> None:
    """Bits flipped and ends cut off: records and rejects, or a message; what comes first and is whole is read."""
    made = {
        "ris": RIS.format("One") + "\n",
        "nbib": "PMID- 1\nTI  - One\nAU  - Marx K\nDP  - 2001\n\n",
        "bib": "@article{a,\n title = {One},\n year = {2001}\n}\n",
        "json": '[{"id": "a", "type": "book", "title": "One"},\n',
        "xml": "<xml><records><record><ref-type name='Book'>6</ref-type><titles><title>One</title></titles></record>\n",
        "csv": "title,abstract,year\nOne,text,2001\n",
        "enw": "%0 Book\n%A Marx, K\n%T One\n%D 2001\n\n",
        "wos": "FN Clarivate\nVR 1.0\nPT J\nAU Marx, K\nTI One\nER\n\n",
    }[kind].encode()
    rest = bytearray(made * 4)
    for place, value in flips:
        rest[place % len(rest)] ^= value
    data = made + bytes(rest[: cut % (len(rest) + 1)]).replace(b"\x00", b"\x01")
    form = detect(made * 2)
    found = list(form.read(io.BytesIO(data), {}))
    assert found
    assert isinstance(found[0], Record)
    assert found[0].title == "One"
    assert all(isinstance(r, Record) or (r.reason and r.line >= 1) for r in found)
    assert all(isinstance(r, Record | Reject) for r in found)


@pytest.mark.parametrize(
    ("data", "records", "rejects"),
    [
        (b"TY  - JOUR\nTI  - x\nAU  - y\n" + b"  z\n" * 100_000 + b"ER  - \n", 1, 0),
        (b"PMID- 1\nTI  - x\n" + b"      y\n" * 100_000, 1, 0),
        (b"PMID- 1\nPMID- 2\n" * 2_000, 4_000, 0),
        (b"<PubmedArticleSet>" + b"<PubmedArticle>" * 10_000, 0, 10_000),
        (b"<PubmedArticleSet>" + b"<!-- " * 100_000, 0, 0),
        (b"<PubmedArticleSet><PubmedArticle>" + b"<![CDATA[" * 100_000, 0, 1),
        (b"<PubmedArticleSet>" + b"<DeleteCitation>" * 100_000, 0, 0),
        (
            b"<xml><records>" + b"<record><titles><title>A</title></titles></record>".join([b"", b"<!-- " * 100_000, b"</records></xml>"]),
            2,
            0,
        ),
        (b"<xml><records><record><titles><title>A</title></titles></record>" + b"word " * 20_000 + b"> </records></xml>", 1, 0),
        (b"@book{k, title = {A}, author = {Doe, A.%b}}" % (b" et al" * 20_000), 1, 0),
        (b"<xml><records><record><titles>" + b"<a>" * 40_000 + b"</a>" * 40_000 + b"</titles></record></records></xml>", 0, 1),
        (b"<xml><records><record><titles><title>A</title></titles>" + b"<![CDATA[" * 20_000 + b"</record></records></xml>", 0, 1),
        (b"<PubmedArticleSet>" + b"TY  - JOUR\nTI  - x\n" * 10_000 + b"ER\n" * 50_000, 0, 10_000),
        (b"@book{a,\n" * 5_000, 0, 5_000),
    ],
    ids=range(14),
)
def test_what_would_take_for_ever_if_looked_at_again_and_again(data: bytes, records: int, rejects: int) -> None:
    found = list(detect(data).read(data, {}))
    assert [sum(isinstance(r, kind) for r in found) for kind in (Record, Reject)] == [records, rejects]


@pytest.mark.parametrize("text", ["x" * 34_000 + " [Title]", "2001 " * 12_000, "Doe 1 " * 6_000 + "2"], ids=["a name", "years", "numbers"])
def test_what_patterns_would_take_for_ever_on(text: str) -> None:
    data = f"<1>\nUI  - 1\nTI  - T\nAU  - {text}.\nSO  - {text}\n".encode()
    (found,) = detect(data).read(data, {})
    assert isinstance(found, Record)
    assert found.title == "T"


def test_a_name_in_json_with_a_sign_that_json_forbids_says_nothing() -> None:
    with pytest.raises(FormatError):
        detect(b'[{"ti\x01tulo": "A", "autores": "B", "a\tno": 2001}]')


@pytest.mark.parametrize("name", ["A\u3000" * 15_000, " " * 30_000 + "(a", "A." * 15_000])
def test_a_name_of_a_column_that_would_take_for_ever(name: str) -> None:
    assert map_columns(["title", name]).fields == {"title": (0,)}


def test_a_citation_of_scopus_that_would_take_for_ever() -> None:
    data = f"Scopus\nEXPORT DATE:1 May 2019\n\nMarx, K.\nA title\n(2018) J Test{',' * 30_000} 1.\nSOURCE: Scopus\n".encode()
    found = list(detect(data).read(data, {}))
    assert len(found) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["  TY  - JOUR", "  TI  - A title", "  AB  - One", "    and more.", "  ER  - "],
        ["\tTY  - JOUR", "\tTI  - A title", "\tAB  - One and more.", "\tER  - "],
        ["TY  \u2013 JOUR", "TI  \u2013 A title", "AB  \u2013 One and more.", "AU  \u2013 O-Neil, J", "ER  \u2013 "],
        ["TY\xa0\xa0- JOUR", "TI\xa0\xa0- A title", "AB\xa0\xa0- One and more.", "ER\xa0\xa0- "],
        ["TY \xa0\u2013 JOUR", "TI \xa0\u2013 A title", "AB \xa0\u2013 One and more.", "ER \xa0\u2013"],
        ["TY  - JOUR", "TI  \u2014 A title", "AB \u2014 One and more.", "ER  - "],
        ["TY  \uff0d JOUR", "TI  \u2212 A title", "AB  \uff0d One and more.", "ER  \uff0d "],
    ],
    ids=["blanks", "tab", "dash", "no-break spaces", "both", "long dashes within", "wide hyphens"],
)
def test_ris_that_was_pasted(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n\n"
    found = records((text * 2).encode())
    assert [(r.title, r.abstract, r.type) for r in found] == [("A title", "One and more.", "JOUR")] * 2
    assert [r.line for r in found] == [1, len(lines) + 2]
    mixed = records((text + RIS.format("In the plain form")).encode())
    assert [r.title for r in mixed] == ["A title", "In the plain form"]
    assert mixed[0].raw.split("\n")[1] == lines[1]


@pytest.mark.parametrize(
    "data",
    [
        b"TY  - JOUR\nTI  - A title\nAU  - [No author name available]\nAB  - [No abstract available]\nER  - \n",
        b'Authors,Title,Abstract\n[No author name available],A title,[No abstract available]\n"Smith, J.",B,No abstract is a fault of many\n',
        b"@article{a, title={A title}, author={[No author name available]}, abstract={[No abstract available]}}\n",
        (
            b"<xml><records><record><contributors><authors><author>[No author name available]</author></authors></contributors>"
            b"<titles><title>A title</title></titles><abstract>[No abstract available]</abstract></record></records></xml>"
        ),
    ],
    ids=["ris", "csv", "bibtex", "endnote-xml"],
)
def test_what_services_write_where_there_is_nothing_is_kept_and_counts_as_nothing(data: bytes) -> None:
    first, *others = records(data)
    assert (first.title, first.authors, first.abstract) == ("A title", (), "")
    assert {text for _, text in first.extra} >= {"[No author name available]", "[No abstract available]"}
    assert [other.abstract for other in others] == ["No abstract is a fault of many"] * len(others)


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - Walks\nUR  - {0}\nER  - \n",
        "@article{{a, title={{Walks}}, url={{{0}}}}}\n",
        "Title,Year,URL\nWalks,2015,{0}\n",
        '[{{"type": "article-journal", "title": "Walks", "URL": "{0}"}}]',
    ],
)
def test_an_address_with_entities_is_one_without(text: str) -> None:
    (r,) = records(text.format("https://ovidsp.ovid.com/ovidweb.cgi?T=JS&amp;D=med12&amp;AN=25400000").encode())
    assert (r.url, r.pmid) == ("https://ovidsp.ovid.com/ovidweb.cgi?T=JS&D=med12&AN=25400000", "25400000")


def test_an_address_ends_a_doi_at_its_question() -> None:
    (found,) = records(b"TY  - JOUR\nTI  - A title\nDO  - https://www.doi.org/10.1016/j.x.2019.01.001?utm=1\nER  - \n")
    assert found.doi == "10.1016/j.x.2019.01.001"


@pytest.mark.parametrize("tag", ["SP", "UR", "A2"])
def test_blanks_that_patterns_would_take_for_ever_on(tag: str) -> None:
    (found,) = records(f"TY  - JOUR\nTI  - A title\n{tag}  - 1{' ' * 60_000}2\nER  - \n".encode())
    assert found.title == "A title"


def test_blanks_between_authors_in_a_cell_take_no_longer_than_they_are() -> None:
    (found,) = records(f"title,authors\nA title,Roe{' ' * 6_000}-1\n".encode())
    assert found.title == "A title"


def test_ris_without_any_blank() -> None:
    a, b = records(b"TY-JOUR\nTI-A title\nAB-Of IL-6\nIL-6 and more\nPY-2001\nER-\nTY- JOUR\nTI- T2-weighted\nAB- Text.\nER-\n")
    assert (a.title, a.abstract, a.year, a.type) == ("A title", "Of IL-6\nIL-6 and more", 2001, "JOUR")
    assert (b.title, b.abstract, b.line) == ("T2-weighted", "Text.", 7)


def test_medline_text_that_is_indented_as_a_whole() -> None:
    text = "PMID- 1\nTI  - A title that\n      goes on.\nAB  - Text.\n\nPMID- 2\nTI  - B.\n"
    plain = records(text.encode())
    indented = records("".join(f"  {line}\n" for line in text.splitlines()).encode())
    assert [(r.title, r.abstract, r.pmid, r.line) for r in plain] == [(r.title, r.abstract, r.pmid, r.line) for r in indented]
    assert (indented[0].title, indented[1].line) == ("A title that goes on.", 6)


def test_an_entity_in_a_name_parts_no_names() -> None:
    (r,) = records(b"TY  - JOUR\nTI  - A\nAU  - M&uuml;ller, J; O&#39;Neil, K\nER  - \n")
    assert r.authors == ("Müller, J", "O'Neil, K")


def test_a_number_as_ovid_has_it_with_nothing_but_blank_lines_below_is_told_at_once() -> None:
    with pytest.raises(FormatError):
        detect(b"<1>" + b"\n" * 500 + b"...\n")
    assert detect(b"<1>" + b"\n" * 500 + b"Title\n  A garden\n").name == "ovid"


@pytest.mark.parametrize(("accession", "again"), [("887", ""), ("31289754", "31289754")])
def test_a_place_in_a_library_is_written_as_no_number_of_medline(accession: str, again: str) -> None:
    record = Record(title="Gardens", type="JOUR", accession=accession, extra=(("database", "Medline"),))
    for name in ("ris", "endnote-xml"):
        (back,) = by_name(name).read(io.BytesIO(b"".join(by_name(name).write([record], notes=False))), {})
        assert isinstance(back, Record)
        assert back.pmid == again


@pytest.mark.parametrize(
    ("lines", "journal"),
    [
        ("T2  - Global Soil Promotion\nJF  - Glob Soil Promot", "Global Soil Promotion"),  # SAGE's
        ("JO  - The Journal of Clinical Soil\nT2  - J. Clin. Soil", "The Journal of Clinical Soil"),
        ("JF  - Global Soil Promotion\nJO  - Glob Soil Promot", "Global Soil Promotion"),
        ("JF  - J Soil\nT2  - Journal of Soil (Leeds, England)", "Journal of Soil (Leeds, England)"),
        ("JF  - Soil\nT2  - Soil Science", "Soil"),  # another name
    ],
)
def test_of_two_names_of_a_journal_the_full_one(lines: str, journal: str) -> None:
    (r,) = records(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n".encode())
    assert r.journal == journal
    assert len(r.extra) == 1  # the other


@pytest.mark.parametrize(
    ("end", "program"),
    [
        ("UR  - https://doi.org/10.1007/x\nDO  - 10.1007/x\nID  - Roe2007\n", "SpringerLink"), ("DO  - 10.1007/x\nKW  - Walks\nID  - Roe2007\n", ""),
        ("DP  - EBSCO\nUR  - https://research.ebsco.com/linkprocessor/plink?id=1\n", "EBSCOhost"),
    ],
)  # fmt: skip
def test_a_key_made_of_a_name_and_a_year_is_no_sign_of_springer(end: str, program: str) -> None:
    data = f"TY  - JOUR\nTI  - A\n{end}ER  - \n".encode()
    assert describe_bytes(data, detect(data)).dialect == program

"""Bytes to text, and the readings that all formats share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.formats.characters.joined import as_utf8
from review.formats.characters.joined import parts as parts_of
from review.formats.characters.text import decode, doi_in, is_only, marked, normalise, seen, unescape, year_in
from review.formats.registry import by_name
from review.formats.values.numbers import pages
from review.model.plain_text import is_mojibake
from review.model.record import Record


@given(st.binary())
def test_no_bytes_make_decode_fail(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00\ufeff\ufffe")))
def test_utf8_survives(text: str) -> None:
    assert decode(text.encode()).text == text
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_with_and_without_mark(encoding: str) -> None:
    text = "TY  - JOUR\nTI  - Müllers Café\nER  -\n"
    assert decode(text.encode(encoding)).text == text


def test_cp1252() -> None:
    read = decode("Müller – “naïve” cafés, résumés".encode("cp1252"))
    assert read.text == "Müller – “naïve” cafés, résumés"
    assert read.encoding == "cp1252"


def test_a_stray_byte_does_not_cost_the_utf8() -> None:
    read = decode("Müller and Žižek: ".encode() + b"caf\xe9 \x96 \x81")
    assert read.text == "Müller and Žižek: café – \x81"
    assert read.encoding == "utf-8"
    assert "3 bytes" in read.notes[0]


def test_mojibake_is_kept_and_noted() -> None:
    read = decode("MÃ¼ller 40â€“50".encode())
    assert read.text == "MÃ¼ller 40â€“50"
    assert "mis-decoded" in read.notes[0]
    assert not decode("Müller 40–50 São Tomé".encode()).notes


_NO_SIGNS = {b: chr(b) for b in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}  # as browsers and Windows show them


@pytest.mark.parametrize(
    "text",
    [
        "aged ≥ 65", "a ≤ b", "TNF-α", "β-cells", "20 μg", "5 − 3", "CO₂", "Walks™", "Milošević", "Işık", "Şahin", "İzmir", "Kőszegi", "działać", "Đurić",
        "Nguyễn", "Thạc", "Влияние ходьбы", "医学统计", "한국인", "العلاج", "בריאות", "Αθήνα", "ﬁndings", "it’s", "1–2", "5·3", "lost \ufffd",
    ],
)  # fmt: skip
def test_utf8_that_was_read_as_cp1252_is_known_in_every_script(text: str) -> None:
    read = "".join(_NO_SIGNS.get(b) or bytes([b]).decode("cp1252") for b in text.encode())
    assert is_mojibake(f"About {read} and")
    assert is_mojibake(f"About {text.encode().decode('latin-1')} and")
    assert not is_mojibake(f"About {text} and")


@pytest.mark.parametrize(
    "text",
    [
        "KÂTİP ÇELEBÎ’NİN “hâlâ” dâhilâ…", "FUZÛLÎ² VE NEDÎM", "3 Å² at 2.5 Å\xa0resolution, 10 Å–20 Å, 120 mÅ±5, eÅ³", "«ya está»—dijo", "“está»…",
        "perché…» e «così»", "café…”", "L’ÉTÉ – «DÉJÀ»", "Å–Ä–Ö", "HYVÄÄ… ja", "SÃO JOÃO: MANHÃ", "HỢP TÁC XÃ, “Ðà Nẵng”", "Größe (Öl) – ›Übermaß‹", "„Żółć” i §",
        "naïve, coïncidence: où…", "ESPAÑA “ñ”", "±5 °C · ½ × ¼",
    ],
)  # fmt: skip
def test_what_languages_write_is_no_mojibake(text: str) -> None:
    assert not is_mojibake(text)


def test_line_ends_are_one_kind() -> None:
    assert normalise("a\r\nb\rc\nd").split("\n") == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/XYZ", "10.1000/xyz"),
        ("https://doi.org/10.1000/xyz.", "10.1000/xyz"),
        ("doi: 10.1000/xyz;", "10.1000/xyz"),
        ("DOI:10.1016/S0140-6736(05)60001-3", "10.1016/s0140-6736(05)60001-3"),
        ("(10.1016/s0140-6736(05)60001-3)", "10.1016/s0140-6736(05)60001-3"),
        ("http://dx.doi.org/10.1016%2Fj.a.2020.01", "10.1016/j.a.2020.01"),
        (
            "10.1002/(SICI)1097-0258(1998)17:15<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(sici)1097-0258(1998)17:15<1661::aid-sim968>3.0.co;2-2",
        ),
        ("10.1000/a&lt;b&gt;c", "10.1000/a<b>c"),
        ("10.1000/xyz [doi]", "10.1000/xyz"),
        ("\u202a10.1000/\u200bxy\xadz\u202c\u200b", "10.1000/xyz"),
        ("(10.1000/xyz(2))", "10.1000/xyz(2)"),
        ("10.1136/bmj.h1,10.1136/bmj.h2", "10.1136/bmj.h1"),
        ("10.1000/10.1,100", "10.1000/10.1,100"),
        ("10.1000/xyz;10.1000/abc", "10.1000/xyz"),
        *(
            (f"10.1000/xyz.1{shown}", "10.1000/xyz.1")
            for shown in ("/abstract", "/full", "/pdf", "/epdf", "/pdf/full", "/full/", "/full.pdf", ".pdf", ".full.pdf", "#d1e100")
        ),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.200123v2.full.pdf", "10.1101/2020.01.01.200123"),
        ("10.1002/1097(1998)17:15<1661::AID>3.0.CO;2-#", "10.1002/1097(1998)17:15<1661::aid>3.0.co;2-#"),
        ("10.1016/S0268-4012", ""),  # how those of all papers in that journal begin
        ("doi: 10.1016/j.", ""),
        ("https://doi.org/10.1371/journal.", ""),
        ("10.1002/14651858.CD000001", "10.1002/14651858.cd000001"),
        ("10.1", ""),
        ("", ""),
    ],
)
def test_doi(text: str, doi: str) -> None:
    assert doi_in(text) == doi


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1234/abc. 12001", "10.1234/abc.12001"),
        ("doi: 10.1234/abc-\n12x", "10.1234/abc-12x"),
        ("10.1234/journal. pone.0141091", "10.1234/journal.pone.0141091"),
        ("10.1234/14651858. CD008366.pub3", "10.1234/14651858.cd008366.pub3"),
        ("10.1234/ckz187. 001", "10.1234/ckz187.001"),
        ("10.1234/s12889 -015-1", "10.1234/s12889-015-1"),
        ("10.1234/ abc.h1", "10.1234/abc.h1"),
        ("10.1234/j.1464–5491.x", "10.1234/j.1464-5491.x"),
        ("10.1234/978-3\\_40", "10.1234/978-3_40"),
    ],
)
def test_a_doi_that_programs_parted_or_set_in_type_is_whole_and_all_that_the_text_says(text: str, doi: str) -> None:
    assert doi_in(text) == doi
    assert is_only(doi, text)


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("10.1234/abc", True),
        ("https://doi.org/10.1234/ABC", True),
        ("http://dx.doi.org/10.1234%2Fabc", True),
        ("doi: 10.1234/abc.", True),
        ("10.1234/\u200babc\ufeff", True),
        ("<info:doi/10.1234/abc>", True),
        ("10.1234/abc. 2015", False),
        ("10.1234/abc. 350", False),
        ("10.1234/abc. e350", False),
        ("10.1234/abc. PMC12345", False),
        ("10.1234/abc -", True),
        ("10.1234/abc; 10.1234/de", False),
        ("10.1234/abc (in part)", False),
        ("see 10.1234/abc", False),
    ],
)
def test_what_a_text_says_beside_its_doi_is_not_taken_for_it(text: str, only: bool) -> None:
    assert doi_in(text) == "10.1234/abc"
    assert is_only("10.1234/abc", text) is only


def test_a_doi_ends_where_the_line_of_a_web_page_does() -> None:
    assert doi_in("https://doi.org/10.1000/w.1<br>") == "10.1000/w.1"


def test_another_doi_is_not_this_one() -> None:
    assert not is_only("10.1234/abc", "10.1234/de")
    assert not is_only("", "n/a")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2021a", 2021),
        ("2017 Mar 5", 2017),
        ("1999-2001", 1999),
        ("Start date: 20170812", 2017),
        ("4-8 Aug. 2020", 2020),
        ("(2011)", 2011),
        ("2014//", 2014),
        ("2019.0", 2019),
        ("99", None),
        ("10 15", None),
        ("Publication Year", None),
        ("120175", None),
    ],
)
def test_year(text: str, year: int | None) -> None:
    assert year_in(text) == year


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("152", "160", "152-160"),
        ("152-160", "160", "152-160"),
        ("152", "152-160", "152-160"),
        ("152", "152", "152"),
        ("pp. 12–15", "", "12-15"),
        ("p12-15", "", "12-15"),
        ("P12-P15", "", "P12-P15"),
        ("376 -- 383", "", "376-383"),
        ("e0815", "", "e0815"),
        ("", "160", "160"),
        ("221-8", "", "221-8"),
        ("No Pagination Specified", "", ""),
        ("N.PAG", "N.PAG", ""),  # EBSCO's
        ("N.PAG", "", ""),
        ("no", "no", ""),  # Wiley's
        ("no-no", "", ""),
        ("[np]", "", ""),
        ("0", "0", ""),
        ("0", "5", "0-5"),
        ("P-12", "", "P-12"),  # a poster
        ("nan", "", ""),
        ("12~19", "", "12-19"),
        ("12", "+", "12+"),  # Web of Science's
        ("12 to 19, 21", "", "12-19, 21"),
        ("pp. 12-pp. 19", "", "12-19"),
    ],
)
def test_pages(start: str, end: str, expected: str) -> None:
    assert pages(start, end) == expected


def test_entities() -> None:
    assert unescape("A &amp; B &#946; R&D &unknown; AT&T") == "A & B β R&D &unknown; AT&T"


@pytest.mark.parametrize("wide", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("narrow", ["utf-8", "utf-8-sig", "cp1252"])
def test_parts_in_utf16_and_in_others(wide: str, narrow: str) -> None:
    entry = "TY  - JOUR\r\nTI  - {} und Größe über alles\r\nER  - \r\n\r\n"
    parts = [(entry.format(f"{encoding} {n}"), encoding) for n, encoding in enumerate((narrow, wide, wide, narrow, wide))]
    for order in (parts, parts[::-1]):
        data = b"".join(text.encode(encoding) for text, encoding in order)
        told = "".join(text for text, _ in order)
        assert normalise(decode(data).text) == normalise(told)
        assert "a part of it is in UTF-16" in decode(data).notes
        for step in (1, 7, 100):  # however much of it is read at once
            found = b"".join(as_utf8(parts_of((data[n : n + step] for n in range(0, len(data), step)), marked(data)[0])))
            assert normalise(decode(found).text) == normalise(told)


def test_what_fills_a_file_up_is_no_utf16() -> None:
    data = b"TY  - JOUR\nTI  - Walks\nER  - \n" + bytes(500)
    assert decode(data).text == data.decode()


def test_each_sign_that_nobody_sees_is_taken_out_beside_others_that_are_not_printable() -> None:
    hidden = [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
    assert [code for code in hidden if seen(f"5\u2009{chr(code)}\u2013\u20097\xa0\u207b\n") != "5\u2009\u2013\u20097\xa0\u207b\n"] == []
    assert seen("\udc80\u200b") == "\udc80"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        (
            "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
        ),
        ("10.1000%2Fa%5b1%5D", "10.1000/a[1]"),
        ("https://doi.org/10.1000/a?b=%20c", "10.1000/a"),
        ("https://doi.org/10.1000/a%3Fb", "10.1000/a%3fb"),
    ],
)
def test_a_doi_that_is_coded_as_in_an_address(text: str, doi: str) -> None:
    assert doi_in(text) == doi


def test_a_byte_order_mark_says_that_letters_cut_in_half_are_no_other_encoding() -> None:
    """Some programs take the first byte of a name for its initial."""
    data = b"\xef\xbb\xbfTY  - JOUR\nTI  - Stra\xc3\x9fen\n" + b"AU  - M\xc3\xbcller, \xc3.\n" * 12 + b"ER  - \n"
    assert "Straßen" in decode(data).text
    (found,) = (one for one in by_name("ris").read(data, {}) if isinstance(one, Record))
    assert (found.title, found.authors[0]) == ("Straßen", "Müller, Ã.")
    assert "Straßen" not in decode(data[3:]).text

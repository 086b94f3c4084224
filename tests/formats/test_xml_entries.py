"""XML cut into entries: wherever the text is cut into pieces, it gives the same; what quotes an entry is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from review.formats.entries.xml_entries import entries, streamed, text_of
from review.formats.registry import by_name
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TEXT = """<?xml version="1.0"?>
<list>
<!-- <item>a comment
quotes it</item> -->
<item>One &amp; M&uuml;ller &nosuch; &</item>
<note>between</note>
<x:item
 a="1"><![CDATA[</item> <!-- ]]>Two</x:item>

<item>Three <!-- </item> --> goes on</item>
<item/>
<item>Four <b>bold</b>
<item>Five</item>
TY  - JOUR
TI  - In another format
ER  -
<item>Six</item>
</list>
"""
CUT_OFF = "the entry is cut off or broken: it has no </item>"
FOUND = [
    (5, "One & Müller &nosuch; &"),
    (7, "</item> <!-- Two"),
    (10, "Three goes on"),
    (11, "the entry is empty"),
    (12, CUT_OFF),
    (13, "Five"),
    (14, "an entry in another format (RIS) stands in this XML file, and was not read: save it as a file of its own"),
    (17, "Six"),
]


def record(root: Element, line: int, raw: str) -> Record:
    return Record(line=line, raw=raw, title=text_of(root))


def told(found: Iterator[Record | Reject]) -> list[tuple[int, str]]:
    return [(one.line, one.title if isinstance(one, Record) else one.reason) for one in found]


def test_each_entry_is_read_with_its_line_and_what_quotes_one_is_none() -> None:
    assert told(entries(TEXT, "item", record)) == FOUND


@pytest.mark.parametrize("size", [1, 2, 5, 11])
def test_wherever_a_text_is_cut_it_gives_the_same(size: int) -> None:
    tags = re.split("(?<=>)", TEXT)
    pieces = ["".join(tags[n : n + size]) for n in range(0, len(tags), size)]
    assert told(streamed(pieces, "item", record)) == FOUND


@pytest.mark.parametrize("opening", ["<!--", "<![CDATA["])
def test_what_never_ends_hides_nothing(opening: str) -> None:
    text = f"<list><item>One</item>{opening} <item>Two</item> <!-- {opening} <item>Three</item></list>"
    titles = ["One", "Two", "Three"]
    assert [title for _, title in told(entries(text, "item", record))] == titles
    assert [title for _, title in told(streamed(re.split("(?<=>)", text), "item", record))] == titles


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("pubmed-xml", "<PubmedArticleSet>{}</PubmedArticleSet>"),
        ("endnote-xml", "<xml><records>{}</records></xml>"),
        ("msbib", '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">{}</b:Sources>'),
    ],
)
def test_a_list_of_which_no_tag_of_an_entry_is_whole_is_a_reject_and_an_empty_one_is_none(name: str, whole: str) -> None:
    read = by_name(name).read
    assert list(read(whole.format("\n").encode())) == []
    torn = whole.format("\n<PubmedAr\n<Title>Partners in care</Title><Sour ce>\n<recor<year>2001</year>\n")
    (found,) = read(torn.encode())
    assert isinstance(found, Reject)
    assert "no entry is found in it: not well-formed XML" in found.reason
    assert "Partners in care" in found.raw


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("<item>a <item>b</item> <item>c</item> d</item><item>e</item>", ["a b c d", "e"]),
        ("<item>a <b><item>b</item></b></item>", ["a b"]),
        ("<item>a <item>b</item><item>c</item>", [CUT_OFF, "b", "c"]),
        ("<item>a <item>b <item>c</item>", [CUT_OFF, CUT_OFF, "c"]),
    ],
)
def test_an_entry_in_an_entry_is_part_of_it(text: str, titles: list[str]) -> None:
    assert [title for _, title in told(entries(text, "item", record))] == titles

"""NoteExpress's text (`{Title}: …`), as CNKI, Wanfang and VIP export it, and the own text of CNKI (`Title-题名: …`), SinoMed (`【标题】:…`) and CSSCI (`【来源篇名】…`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from review.formats.base import Format, Input
from review.formats.characters.text import normalise
from review.formats.tagged.labelled import read as read_labelled
from review.formats.tagged.labels import Labels
from review.model.patterns import lazy
from review.model.record import Record, Reject

_BRACED = lazy(r"\{([A-Z][A-Za-z/ ]{1,40})\} ?: ?(.*)")
_DOUBLE = lazy(r"([A-Z][A-Za-z]{1,30})-(?:[\u4e00-\u9fff]|DOI)[^:：]{0,20}[:：] ?(.*)")
_CHINESE = lazy(r"【([^【】]{1,20})】\s*[:：]? ?(.*)")
_NUMBER = lazy(r"\s*\d{1,6}[.、]?\s*")


def _label(line: str) -> tuple[str, str] | None:
    if _RULE.fullmatch(line):
        return "-", ""  # between the entries of CSSCI
    found = _BRACED.match(line) or _DOUBLE.match(line) or _CHINESE.match(line)
    if found is None:
        return None
    name = found[1].replace(" ", "").replace("\u3000", "") if line[:1] == "【" else found[1]
    if name in ("来源作者", "关键词") and "/" in found[2] and not _PARTED.search(found[2]):
        return name, found[2].strip().strip("/").replace("/", ";")
    if name in ("作者", "关键词") and not _PARTED.search(found[2]):  # VIP's
        return name, ";".join(found[2].split())
    if name == "刊名" and (place := _IN.fullmatch(found[2].strip())):
        return "出处", "{} {};{}({}):{}".format(*place.groups())
    return name, _AFFILIATED.sub("", found[2]).strip().rstrip(";；").replace("；", ";") if name in _PEOPLE else found[2]


# With a semicolon behind the last one, too.
_RULE = lazy(r"-{20,}\s*")
_PARTED = lazy("[;；,，]")
_IN = lazy(r"(.+)\.(\d{4}),(\w*)\((\w+)\)\.-(.+)")  # VIP's `社区学报.2018,12(3).-123-129`
_PEOPLE = frozenset({"Author", "Keywords", "Keyword", "Organ", "Author Address", "Language", "作者", "关键词", "主题词"})
_AFFILIATED = lazy(r"\(\d+(?:[,，]\d+)*\)(?=[;；]|$)")
_LABELS = Labels(
    label=_label,
    opens=frozenset({"Reference Type", "SrcDatabase", "流水号", "来源篇名"}),
    outside=frozenset({"-"}),
    heading=lazy(r"DataType: ?\d{1,3}\s*$"),  # of CNKI's E-Study, which has its SrcDatabase at the end
    follows=lambda line: not _NUMBER.fullmatch(line),
    names={
        "Abstract": "abstract", "Accession Number": "accession number", "Author": "authors", "Author Address": "affiliation", "DOI": "doi",
        "Database Provider": "provider", "Date": "date", "Edition": "edition", "ISBN/ISSN": "issn isbn", "ISBN": "isbn", "ISSN": "issn", "Issue": "issue",
        "Journal": "journal", "Keyword": "keywords", "Keywords": "keywords", "Language": "language", "Notes": "note", "Organ": "affiliation", "Page": "pages",
        "PageCount": "pages", "Pages": "pages", "Period": "issue", "Place Published": "place", "PubTime": "date", "Publisher": "publisher", "Reference Type": "reference type",
        "Roll": "volume", "Secondary Title": "secondary title", "Source": "journal", "SrcDatabase": "type", "Subsidiary Author": "editors",
        "Summary": "abstract", "Tertiary Title": "series", "Title": "title", "Translated Title": "original title", "URL": "url", "Volume": "volume",
        "Year": "year", "Link": "url", "Fund": "funding",
        "流水号": "accession number", "来源篇名": "title", "英文篇名": "original title", "来源作者": "authors", "期刊": "journal", "年代卷期": "citation",
        "机构名称": "affiliation", "中文标题": "title", "标题": "title", "题名": "title", "篇名": "title", "英文标题": "original title",
        "英文题名": "original title", "作者": "authors", "作者单位": "affiliation", "机构": "affiliation", "摘要": "abstract", "中文摘要": "abstract", "文摘": "abstract",
        "出处": "source", "刊名": "journal", "期刊名": "journal", "来源": "source", "年": "year", "年份": "year", "出版年": "year", "卷": "volume", "期": "issue",
        "页": "pages", "页码": "pages", "起止页": "pages", "关键词": "keywords", "主题词": "subject terms", "语种": "language", "出版地": "place", "文献类型": "type",
    },
)  # fmt: skip


def score(head: str) -> float:
    """0.95 for text with `{Reference Type}: ` or `Title-题名: ` at the beginning of a line, else 0."""
    head = normalise(head)
    return (
        0.95
        if re.search(
            r"^(?:\{Reference Type\} ?:|(?:SrcDatabase|Title)-[\u4e00-\u9fff]+[:：]|【(?:流水号|(?:中文)?标题|题[ \u3000]*名|来源篇名)】)",
            head,
            re.MULTILINE,
        )
        else 0.0
    )


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry. Raises FormatError where there is none."""
    return read_labelled(data, _LABELS, "{Reference Type}: Journal Article")


FORMAT = Format("noteexpress", "NoteExpress text (CNKI, Wanfang, VIP)", score, read)

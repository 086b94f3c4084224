"""What esummary answers as XML, of either version (NLM, E-utilities: ESummary): read as its JSON is, of whose names those of the elements are capitals.

It has no abstracts; all else that PubMed's own record tells of a reference is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.entries.xml_entries import read_entries, text_of
from review.formats.json import csl_json
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_OF_PUBMED = lazy(r"<FullJournalName>|Name=[\"']FullJournalName[\"']")  # those of genes and the like have no journal


def score(head: str) -> float:
    """1 for an answer with a record of PubMed in it, or of PubMed Central, 0 otherwise."""
    return 1.0 if "<eSummaryResult" in head and _OF_PUBMED.search(head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each summary, in file order. Raises FormatError where there is none."""
    missing = FormatError("no summary of a record in it", "Fetch the records themselves (efetch, retmode=xml).")
    yield from read_entries(data, "DocSum|DocumentSummary", _entry, "<eSummaryResult", missing)


def _entry(root: Element, line: int, raw: str) -> Record | Reject:
    work = dict(_first(root) if root.tag == "DocSum" else _second(root))
    # By the name of the journal, which each has, its JSON is known; of what it could not find it tells that alone.
    return csl_json.entry(work if "error" in work else {"fulljournalname": "", **work}, line, raw)


# What version 1.0 lists as texts, under the names that version 2.0 has -> what it calls each.
_LISTS = {
    "AuthorList": ("authors", "", "name"),
    "ArticleIds": ("articleids", "idtype", "value"),
    "History": ("history", "pubstatus", "date"),
}
_WORDS = {"LangList": "lang", "PubTypeList": "pubtype"}


def _first(root: Element) -> Iterator[tuple[str, Any]]:
    """Of version 1.0, whose elements are all called Item."""
    yield "uid", text_of(root.find("Id"))
    for item in root.iterfind("Item"):
        name = item.get("Name", "")
        if name in _LISTS:
            own, kind, value = _LISTS[name]
            yield own, [{kind: one.get("Name", ""), value: text_of(one)} if kind else {value: text_of(one)} for one in item]
        else:
            yield _WORDS.get(name, name.casefold()), [text_of(one) for one in item] if len(item) else text_of(item)


def _second(root: Element) -> Iterator[tuple[str, Any]]:
    """Of version 2.0."""
    yield "uid", root.get("uid", "")
    for child in root:
        several = [{str(part.tag).casefold(): text_of(part) for part in one} if len(one) else text_of(one) for one in child]
        yield str(child.tag).casefold(), several or text_of(child)


FORMAT = Format("esummary-xml", "PubMed's summaries (esummary) as XML", score, read)

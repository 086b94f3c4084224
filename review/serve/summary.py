"""ESummary: a record in a few lines, as XML of version 1 and 2 and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from review.formats.entries.xml_entries import text_of
from review.library.dates import element_day
from review.library.elements import parsed
from review.serve.answers import Answer, as_json, document, tag

NO_SUMMARY = "cannot get document summary"


def facts(pmid: int, raw: bytes) -> dict[str, Any]:
    """The summary of one record, under JSON's names."""
    root = parsed(raw)
    citation = root.find("MedlineCitation")
    holder = citation if citation is not None else root.find("BookDocument")
    assert holder is not None  # no other entry is taken in
    article = holder.find("Article")
    body = article if article is not None else holder
    issue = body.find("Journal/JournalIssue")
    date = body.find("Journal/JournalIssue/PubDate") if article is not None else holder.find("Book/PubDate")
    authors = _authors(body.find("AuthorList"))
    data = root.find("PubmedData") if article is not None else root.find("PubmedBookData")
    ids = [{"idtype": "pubmed", "idtypen": 1, "value": str(pmid)}]
    named = (*body.findall("ArticleIdList/ArticleId"), *(data.findall("ArticleIdList/ArticleId") if data is not None else ()))
    ids += [
        {"idtype": each.get("IdType", ""), "idtypen": 0, "value": text_of(each)}
        for each in named
        if each.get("IdType") != "pubmed" and text_of(each)
    ]
    locations = [f"{e.get('EIdType')}: {text_of(e)}" for e in body.findall("ELocationID") if e.get("ValidYN") != "N"]
    history = []
    for moment in data.findall("History/PubMedPubDate") if data is not None else ():
        day = element_day(moment)
        if day:
            history.append({"pubstatus": moment.get("PubStatus", ""), "date": _slashed(day) + " 00:00"})
    day = element_day(date)
    return {
        "uid": str(pmid),
        "pubdate": _printed(date),
        "epubdate": _printed(body.find("ArticleDate")),
        "source": text_of(holder.find("MedlineJournalInfo/MedlineTA")) or text_of(body.find("Journal/ISOAbbreviation")),
        "authors": authors,
        "lastauthor": authors[-1]["name"] if authors else "",
        "title": text_of(body.find("ArticleTitle")) or text_of(holder.find("Book/BookTitle")),
        "sorttitle": (text_of(body.find("ArticleTitle")) or text_of(holder.find("Book/BookTitle"))).lower().rstrip("."),
        "volume": text_of(issue.find("Volume")) if issue is not None else "",
        "issue": text_of(issue.find("Issue")) if issue is not None else "",
        "pages": text_of(body.find("Pagination/MedlinePgn")) or text_of(body.find("Pagination/StartPage")),
        "lang": [text_of(e) for e in body.findall("Language")],
        "nlmuniqueid": text_of(holder.find("MedlineJournalInfo/NlmUniqueID")),
        "issn": next((text_of(e) for e in body.findall("Journal/ISSN") if e.get("IssnType") == "Print"), ""),
        "essn": next((text_of(e) for e in body.findall("Journal/ISSN") if e.get("IssnType") == "Electronic"), ""),
        "pubtype": [text_of(e) for e in body.findall("PublicationTypeList/PublicationType")]
        or [text_of(e) for e in body.findall("PublicationType")],
        "recordstatus": "PubMed - indexed for MEDLINE" if holder.get("Status") == "MEDLINE" else "PubMed",
        "pubstatus": text_of(data.find("PublicationStatus")) if data is not None else "",
        "articleids": ids,
        "history": history,
        "references": [],
        "attributes": ["Has Abstract"] if body.find("Abstract") is not None else [],
        "pmcrefcount": "",
        "fulljournalname": text_of(body.find("Journal/Title")),
        "elocationid": ". ".join(locations),
        "doctype": "citation" if article is not None else "book",
        "sortpubdate": _slashed(day) + " 00:00" if day else "",
        "sortfirstauthor": authors[0]["name"] if authors else "",
        "vernaculartitle": text_of(body.find("VernacularTitle")),
    }


def _authors(found: Element | None) -> list[dict[str, str]]:
    named = []
    for author in found.findall("Author") if found is not None else ():
        group = text_of(author.find("CollectiveName"))
        name = group or " ".join(filter(None, (text_of(author.find(t)) for t in ("LastName", "Initials", "Suffix"))))
        if name:
            named.append({"name": name, "authtype": "CollectiveName" if group else "Author", "clusterid": ""})
    return named


def _printed(date: Element | None) -> str:
    if date is None:
        return ""
    return text_of(date.find("MedlineDate")) or " ".join(filter(None, (text_of(date.find(t)) for t in ("Year", "Season", "Month", "Day"))))


def _slashed(day: int) -> str:
    text = f"{day:08}"
    return f"{text[:4]}/{text[4:6]}/{text[6:]}"


def answer(wanted: Sequence[int], found: dict[int, dict[str, Any]], mode: str, version: str) -> Answer:
    if mode == "json":
        result: dict[str, Any] = {"uids": [str(p) for p in wanted]}
        for pmid in wanted:
            result[str(pmid)] = found.get(pmid) or {"uid": str(pmid), "error": NO_SUMMARY}
        return as_json("esummary", result=result)
    if version.startswith("2"):
        content = "".join(_second(pmid, found.get(pmid)) for pmid in wanted)
        body = f'<?xml version="1.0" encoding="UTF-8" ?>\n<eSummaryResult>\n<DocumentSummarySet status="OK">\n{content}</DocumentSummarySet>\n</eSummaryResult>\n'
        return Answer(body.encode())
    return Answer(document("eSummaryResult", "\n" + "".join(_first(pmid, found.get(pmid)) for pmid in wanted)))


def _item(name: str, kind: str, content: str) -> str:
    return f'\t<Item Name="{name}" Type="{kind}">{content}</Item>\n' if content else f'\t<Item Name="{name}" Type="{kind}"/>\n'


def _text(name: str, value: str) -> str:
    return _item(name, "String", escape(value))


def _list(name: str, items: Iterable[str]) -> str:
    return _item(name, "List", "".join(items))


def _first(pmid: int, one: dict[str, Any] | None) -> str:
    if one is None:
        return tag("ERROR", f"UID={pmid}: {NO_SUMMARY}") + "\n"
    doi = next((i["value"] for i in one["articleids"] if i["idtype"] == "doi"), "")
    parts = [
        _item("PubDate", "Date", escape(one["pubdate"])),
        _item("EPubDate", "Date", escape(one["epubdate"])),
        _text("Source", one["source"]),
        _list("AuthorList", (_text("Author", a["name"]) for a in one["authors"])),
        *(_text(name, one[name.lower()]) for name in ("LastAuthor", "Title", "Volume", "Issue", "Pages")),
        _list("LangList", (_text("Lang", language) for language in one["lang"])),
        *(_text(name, one[name.lower()]) for name in ("NlmUniqueID", "ISSN", "ESSN")),
        _list("PubTypeList", (_text("PubType", kind) for kind in one["pubtype"])),
        *(_text(name, one[name.lower()]) for name in ("RecordStatus", "PubStatus")),
        _list("ArticleIds", (_text(i["idtype"], i["value"]) for i in one["articleids"])),
        *([_text("DOI", doi)] if doi else []),
        _list("History", (_item(h["pubstatus"], "Date", h["date"]) for h in one["history"])),
        _item("HasAbstract", "Integer", str(len(one["attributes"]))),
        *(_text(name, one[name.lower()]) for name in ("FullJournalName", "ELocationID")),
        _text("SO", _so(one)),
    ]
    return f"<DocSum>\n\t{tag('Id', pmid)}\n{''.join(parts)}</DocSum>\n"


def _so(one: dict[str, Any]) -> str:
    issue = f"({one['issue']})" if one["issue"] else ""
    return f"{one['pubdate']};{one['volume']}{issue}:{one['pages']}"


def _second(pmid: int, one: dict[str, Any] | None) -> str:
    if one is None:
        return f'<DocumentSummary uid="{pmid}">\n\t{tag("error", NO_SUMMARY)}\n</DocumentSummary>\n'
    names = (
        "PubDate", "EPubDate", "Source", "LastAuthor", "Title", "Volume", "Issue", "Pages", "NlmUniqueID", "ISSN", "ESSN", "PubStatus",
        "FullJournalName", "ELocationID", "DocType", "SortPubDate", "SortFirstAuthor",
    )  # fmt: skip
    parts = [f"\t{tag(name, one[name.lower()])}\n" for name in names]
    authors = "".join(f"<Author>{tag('Name', a['name'])}{tag('AuthType', a['authtype'])}</Author>" for a in one["authors"])
    kinds = "".join(tag("flag", t) for t in one["pubtype"])
    ids = "".join(f"<ArticleId>{tag('IdType', i['idtype'])}{tag('Value', i['value'])}</ArticleId>" for i in one["articleids"])
    return f'<DocumentSummary uid="{pmid}">\n{"".join(parts)}\t<Authors>{authors}</Authors>\n\t<PubType>{kinds}</PubType>\n\t<ArticleIds>{ids}</ArticleIds>\n</DocumentSummary>\n'

"""ESummary: a record in a few lines, as XML of version 1 and 2 and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from review.formats.xml_entries import text_of
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
    for each in (*body.findall("ArticleIdList/ArticleId"), *(data.findall("ArticleIdList/ArticleId") if data is not None else ())):
        ids += (
            [{"idtype": each.get("IdType", ""), "idtypen": 0, "value": text_of(each)}]
            if each.get("IdType") != "pubmed" and text_of(each)
            else []
        )
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


def _first(pmid: int, one: dict[str, Any] | None) -> str:
    if one is None:
        return tag("ERROR", f"UID={pmid}: {NO_SUMMARY}") + "\n"

    def text(value: Any) -> str:
        return tag("x", value)[3:-4]

    def many(name: str, item: str, values: Sequence[Any]) -> str:
        return _item(name, "List", "".join(_item(item, "String", text(v)) for v in values))

    parts = [
        _item("PubDate", "Date", text(one["pubdate"])),
        _item("EPubDate", "Date", text(one["epubdate"])),
        _item("Source", "String", text(one["source"])),
    ]
    parts.append(many("AuthorList", "Author", [a["name"] for a in one["authors"]]))
    for name, key in (("LastAuthor", "lastauthor"), ("Title", "title"), ("Volume", "volume"), ("Issue", "issue"), ("Pages", "pages")):
        parts.append(_item(name, "String", text(one[key])))
    parts.append(many("LangList", "Lang", one["lang"]))
    for name, key in (("NlmUniqueID", "nlmuniqueid"), ("ISSN", "issn"), ("ESSN", "essn")):
        parts.append(_item(name, "String", text(one[key])))
    parts.append(many("PubTypeList", "PubType", one["pubtype"]))
    parts += [_item("RecordStatus", "String", text(one["recordstatus"])), _item("PubStatus", "String", text(one["pubstatus"]))]
    parts.append(_item("ArticleIds", "List", "".join(_item(i["idtype"], "String", text(i["value"])) for i in one["articleids"])))
    doi = next((i["value"] for i in one["articleids"] if i["idtype"] == "doi"), "")
    parts += [_item("DOI", "String", text(doi))] if doi else []
    parts.append(_item("History", "List", "".join(_item(h["pubstatus"], "Date", h["date"]) for h in one["history"])))
    parts += [
        _item("HasAbstract", "Integer", str(len(one["attributes"]))),
        _item("FullJournalName", "String", text(one["fulljournalname"])),
    ]
    parts += [_item("ELocationID", "String", text(one["elocationid"])), _item("SO", "String", text(_so(one)))]
    return f"<DocSum>\n\t{tag('Id', pmid)}\n{''.join(parts)}</DocSum>\n"


def _so(one: dict[str, Any]) -> str:
    issue = f"({one['issue']})" if one["issue"] else ""
    return f"{one['pubdate']};{one['volume']}{issue}:{one['pages']}"


def _second(pmid: int, one: dict[str, Any] | None) -> str:
    if one is None:
        return f'<DocumentSummary uid="{pmid}">\n\t{tag("error", NO_SUMMARY)}\n</DocumentSummary>\n'
    names = {"pubdate": "PubDate", "epubdate": "EPubDate", "source": "Source", "lastauthor": "LastAuthor", "title": "Title", "volume": "Volume", "issue": "Issue",
             "pages": "Pages", "nlmuniqueid": "NlmUniqueID", "issn": "ISSN", "essn": "ESSN", "pubstatus": "PubStatus", "fulljournalname": "FullJournalName",
             "elocationid": "ELocationID", "doctype": "DocType", "sortpubdate": "SortPubDate", "sortfirstauthor": "SortFirstAuthor"}  # fmt: skip
    parts = [f"\t{tag(xml, one[key])}\n" for key, xml in names.items()]
    authors = "".join(f"<Author>{tag('Name', a['name'])}{tag('AuthType', a['authtype'])}</Author>" for a in one["authors"])
    kinds = "".join(tag("flag", t) for t in one["pubtype"])
    ids = "".join(f"<ArticleId>{tag('IdType', i['idtype'])}{tag('Value', i['value'])}</ArticleId>" for i in one["articleids"])
    return f'<DocumentSummary uid="{pmid}">\n{"".join(parts)}\t<Authors>{authors}</Authors>\n\t<PubType>{kinds}</PubType>\n\t<ArticleIds>{ids}</ArticleIds>\n</DocumentSummary>\n'

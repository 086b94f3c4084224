"""The shapes of answers, in XML (after the DTDs of eSearch 2006, ePost 2002, eInfo 2019, eSummary 2004) and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

XML, JSON, TEXT = "text/xml; charset=UTF-8", "application/json; charset=UTF-8", "text/plain; charset=UTF-8"
_DTD = "https://eutils.ncbi.nlm.nih.gov/eutils/dtd"
_TYPES = {
    "eSearchResult": ("-//NLM//DTD esearch 20060628//EN", f"{_DTD}/20060628/esearch.dtd"),
    "ePostResult": ("-//NLM//DTD epost 20090526//EN", f"{_DTD}/20090526/epost.dtd"),
    "eInfoResult": ("-//NLM//DTD einfo 20190110//EN", f"{_DTD}/20190110/einfo.dtd"),
    "eFetchResult": ("-//NLM//DTD efetch 20131226//EN", f"{_DTD}/20131226/efetch.dtd"),
    "eSummaryResult": ("-//NLM//DTD esummary v1 20041029//EN", f"{_DTD}/20041029/esummary-v1.dtd"),
}
ARTICLES = (
    b'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent. `parts`: a body that is made while it is sent, so that no large page lies in memory."""

    body: bytes = b""
    kind: str = XML
    status: int = 200
    parts: Iterator[bytes] | None = None


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    count: int
    start: int
    ids: Sequence[int]
    translation: str
    web_env: str = ""
    key: int = 0
    not_found: tuple[str, ...] = ()
    messages: tuple[str, ...] = field(default=())


def document(root: str, content: str) -> bytes:
    public, system = _TYPES[root]
    name = "eEfetchResult" if root == "eFetchResult" else root  # as the service itself misspells it
    return f'<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE {name} PUBLIC "{public}" "{system}">\n<{root}>{content}</{root}>\n'.encode()


def as_json(kind: str, **content: Any) -> Answer:
    return Answer(json.dumps({"header": {"type": kind, "version": "0.3"}, **content}, ensure_ascii=False).encode(), JSON)


def tag(name: str, text: object) -> str:
    return f"<{name}>{escape(str(text))}</{name}>"


def error(tool: str, text: str, mode: str, status: int = 200) -> Answer:
    """An ERROR in the shape of each tool."""
    if mode == "json" and tool in ("esearch", "esummary", "epost", "einfo"):
        if tool == "esummary":
            return as_json("esummary", esummaryresult=[text])
        # NCBI does not escape a line break in it, which makes it no JSON; a client must live with that.
        body = json.dumps({"header": {"type": tool, "version": "0.3"}, f"{tool}result": {"ERROR": text}}, ensure_ascii=False)
        return Answer(body.replace("\\n", "\n").encode(), JSON, status)
    root = {
        "esearch": "eSearchResult",
        "efetch": "eFetchResult",
        "epost": "ePostResult",
        "einfo": "eInfoResult",
        "esummary": "eSummaryResult",
    }[tool]
    return Answer(document(root, f"\n\t{tag('ERROR', text)}\n"), XML, status)


def search(found: SearchAnswer, mode: str) -> Answer:
    ids = [str(i) for i in found.ids]
    if mode == "json":
        result: dict[str, Any] = {"count": str(found.count), "retmax": str(len(ids)), "retstart": str(found.start)}
        if found.web_env:
            result |= {"querykey": str(found.key), "webenv": found.web_env}
        result |= {"idlist": ids, "translationset": [], "querytranslation": found.translation}
        if found.not_found:
            result["errorlist"] = {"phrasesnotfound": list(found.not_found), "fieldsnotfound": []}
        if found.messages:
            result["warninglist"] = {"phrasesignored": [], "quotedphrasesnotfound": [], "outputmessages": list(found.messages)}
        return as_json("esearch", esearchresult=result)
    parts = [tag("Count", found.count), tag("RetMax", len(ids)), tag("RetStart", found.start)]
    if found.web_env:
        parts += [tag("QueryKey", found.key), tag("WebEnv", found.web_env)]
    parts.append("<IdList>\n" + "".join(f"{tag('Id', i)}\n" for i in ids) + "</IdList>")
    parts += ["<TranslationSet/>", tag("QueryTranslation", found.translation)]
    if found.not_found:
        parts.append(f"<ErrorList>{''.join(tag('PhraseNotFound', p) for p in found.not_found)}</ErrorList>")
    if found.messages:
        parts.append(f"<WarningList>{''.join(tag('OutputMessage', m) for m in found.messages)}</WarningList>")
    return Answer(document("eSearchResult", "".join(parts)))


def count_only(count: int, mode: str) -> Answer:
    if mode == "json":
        return as_json("esearch", esearchresult={"count": str(count)})
    return Answer(document("eSearchResult", f"\n\t{tag('Count', count)}\n"))


def post(web_env: str, key: int, invalid: Sequence[str], mode: str) -> Answer:
    if mode == "json":
        result: dict[str, Any] = {"querykey": str(key), "webenv": web_env}
        if invalid:
            result["invalididlist"] = list(invalid)
        return as_json("epost", epostresult=result)
    bad = f"<InvalidIdList>{''.join(tag('Id', i) for i in invalid)}</InvalidIdList>" if invalid else ""
    return Answer(document("ePostResult", f"{bad}\n\t{tag('QueryKey', key)}\n\t{tag('WebEnv', web_env)}\n"))


def databases(mode: str) -> Answer:
    if mode == "json":
        return as_json("einfo", einforesult={"dblist": ["pubmed"]})
    return Answer(document("eInfoResult", f"\n<DbList>\n\t{tag('DbName', 'pubmed')}\n</DbList>\n"))


def info(facts: dict[str, str], fields: Iterable[dict[str, str]], mode: str) -> Answer:
    """facts: dbname, menuname, description, dbbuild, count, lastupdate. A field's keys are JSON's; XML's are their other spelling."""
    if mode == "json":
        return as_json("einfo", einforesult={"dbinfo": [{**facts, "fieldlist": list(fields), "linklist": []}]})
    names = {
        "dbname": "DbName",
        "menuname": "MenuName",
        "description": "Description",
        "dbbuild": "DbBuild",
        "count": "Count",
        "lastupdate": "LastUpdate",
    }
    of_field = {
        "name": "Name", "fullname": "FullName", "description": "Description", "termcount": "TermCount", "isdate": "IsDate",
        "isnumerical": "IsNumerical", "singletoken": "SingleToken", "hierarchy": "Hierarchy", "ishidden": "IsHidden",
        "israngable": "IsRangable", "istruncatable": "IsTruncatable",
    }  # fmt: skip
    listed = "".join(f"<Field>{''.join(tag(of_field[k], v) for k, v in each.items())}</Field>\n" for each in fields)
    content = "".join(tag(names[k], v) + "\n" for k, v in facts.items())
    return Answer(document("eInfoResult", f"\n<DbInfo>\n{content}<FieldList>\n{listed}</FieldList>\n</DbInfo>\n"))

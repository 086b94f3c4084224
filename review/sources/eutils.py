"""What the E-utilities answer, read strictly: an answer that says nothing is a failure, never zero hits.

Shapes: the DTDs of eSearch (2006-06-28), eFetch and PubMed, and answers of the service that others published.
Bio.Entrez is not used here: it retries without a pause, waits without a limit, fetches a DTD that it does not know
from the network, and so hides the message of an `eFetchResult/ERROR`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from review.model.patterns import lazy
from review.sources.base import Counted
from review.sources.http import BACKEND, ERROR, HISTORY, KEY, MALFORMED, RATE, TOO_LONG, TRUNCATED, UNEXPECTED, Answer, Failure, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only: parsing is defusedxml's

# What an ERROR element says, by the first pattern that fits: kind, whether to ask again, how often at most.
_ERRORS: tuple[tuple[re.Pattern[str], str, bool, int], ...] = tuple(
    (lazy(pattern, re.IGNORECASE), kind, again, tries)
    for pattern, kind, again, tries in (
        (r"api key", KEY, False, 1),
        (r"rate limit|too many requests", RATE, True, 99),
        (r"out of range|cannot be larger than|retstart", ERROR, False, 1),
        (r"unable to obtain query|history|webenv|query_key", HISTORY, True, 3),
        (
            r"search backend failed|database is not supported|proxy_stream|failed to connect|couldn't resolve|address table",
            BACKEND,
            True,
            5,
        ),
        (r"temporar|timed? ?out|unavailable|try again|exception", BACKEND, True, 5),
        (r"too long|request-uri|too large", TOO_LONG, False, 1),
        (r"invalid db|empty term|empty id list|not specified", ERROR, False, 1),
    )
)
_OUTAGE = lazy(r"backend failed|not supported: |unable to (?:open|connect|obtain)|internal error", re.IGNORECASE)
NO_IDS = lazy(r"id list is empty", re.IGNORECASE)  # EFetch, where none of the ids exists

_ERROR_LIST = {"PhraseNotFound": "not found", "FieldNotFound": "no such field"}
_WARNING_LIST = {
    "PhraseIgnored": "ignored",
    "QuotedPhraseNotFound": "quoted phrase not found, searched without its quotes",
    "OutputMessage": "",
}


@dataclass(frozen=True, slots=True)
class Searched:
    """One ESearch answer. start: what the answer says that it starts from, None where it does not say."""

    counted: Counted
    ids: tuple[str, ...]
    start: int | None


def element(answer: Answer, *roots: str) -> Element:
    """The root of a small answer. Raises Failure for what is no XML, another document, or an ERROR element."""
    try:
        root: Element = fromstring(answer.body)
    except ParseError as error:
        raise _broken(answer.body, ErrorString(error.code)) from None
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise Failure(MALFORMED, f"XML that may not be read ({type(error).__name__})", tries=2) from None
    refuse_error(root)
    if root.tag not in roots or answer.status != 200:
        raise Failure(UNEXPECTED, f"a <{root.tag}> with status {answer.status} came instead of <{roots[0]}>: {words(answer.body)}", tries=3)
    return root


def refuse_error(root: Element) -> None:
    """Raises Failure for an ERROR element anywhere: beside a Count of 0 as well as instead of one."""
    told = [" ".join("".join(e.itertext()).split()) for e in root.iter() if e.tag in ("ERROR", "Error", "error")]
    if not told:
        return
    text = "; ".join(t for t in told if t) or "an error without a message"
    for pattern, kind, again, tries in _ERRORS:
        if pattern.search(text):
            raise Failure(kind, f"the service answers: {words(text.encode(), 300)}", again=again, tries=tries)
    raise Failure(ERROR, f"the service answers: {words(text.encode(), 300)}", tries=3)


def read_search(answer: Answer) -> Searched:
    """An ESearch answer. Raises Failure for anything that does not say how many hits there are."""
    root = element(answer, "eSearchResult")
    count = (root.findtext("Count") or "").strip()
    if not _number(count):
        raise Failure(UNEXPECTED, f"an answer without a count: {words(answer.body)}", tries=3)
    ids = tuple((e.text or "").strip() for e in root.findall("IdList/Id"))
    if not all(map(_number, ids)):
        raise Failure(UNEXPECTED, f"an id that is no PMID: {next(i for i in ids if not _number(i))[:40]!r}", tries=3)
    messages = [_message(e, _ERROR_LIST) for e in root.findall("ErrorList/*")] + [
        _message(e, _WARNING_LIST) for e in root.findall("WarningList/*")
    ]
    counted = Counted(
        hits=int(count),
        translation=_text(root.find("QueryTranslation")),
        translations=tuple((_text(t.find("From")), _text(t.find("To"))) for t in root.findall("TranslationSet/Translation")),
        messages=tuple(dict.fromkeys(m for m in messages if m)),
        raw=answer.body,
    )
    if not counted.hits and (outage := next((m for m in counted.messages if _OUTAGE.search(m)), "")):
        raise Failure(BACKEND, f"the service warns: {outage}", tries=5)
    start = (root.findtext("RetStart") or "").strip()
    return Searched(counted, ids, int(start) if _number(start) else None)


def read_version(answer: Answer) -> str:
    """The build of the database from EInfo, such as `Build-2025.11.27.06.33`. Raises Failure where there is none."""
    info = element(answer, "eInfoResult").find("DbInfo")
    told = [_text(info.find(n)) for n in ("DbBuild", "LastUpdate")] if info is not None else []
    if not any(told):
        raise Failure(UNEXPECTED, "EInfo does not say which build it is", tries=2)
    return "; ".join(t for t in told if t)


def read_page(answer: Answer) -> tuple[str, ...]:
    """The PMIDs of an EFetch page, in order, after reading it to its last byte.

    Raises Failure for a page that is cut off, broken, carries entities of its own, or is an error. Where the
    service says that none of the ids exists, there are none.
    """
    if b"<PubmedArticleSet" not in answer.body[:4096] and b"<PubmedBookArticleSet" not in answer.body[:4096]:
        try:
            element(answer, "PubmedArticleSet")
        except Failure as failure:
            if NO_IDS.search(failure.text):
                return ()
            raise
    if answer.status != 200:
        raise Failure(UNEXPECTED, f"a page with status {answer.status}", tries=3)
    return _scan(answer.body)


_PATHS = {("PubmedArticle", "MedlineCitation", "PMID"), ("PubmedBookArticle", "BookDocument", "PMID")}


def _scan(body: bytes) -> tuple[str, ...]:
    parser = ParserCreate()
    parser.UseForeignDTD(True)  # the DTD is not fetched, so a named entity is not an error here; the reader knows them
    parser.buffer_text = True
    path: list[str] = []
    ids: list[str] = []
    text: list[str] = []
    error: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        path.append(tag)
        text.clear()

    def end(tag: str) -> None:
        # Depth 4 below the set: the PMIDs of cited papers lie deeper.
        if len(path) == 4 and tuple(path[1:]) in _PATHS:
            ids.append("".join(text).strip())
        elif tag == "ERROR":
            error.append("".join(text))
        path.pop()

    def entity(*_: object) -> None:
        raise Failure(MALFORMED, "XML with entities of its own, which is how files attack their reader", tries=2)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text.append
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(body, True)
    except ExpatError as failed:
        raise _broken(body, ErrorString(failed.code), failed.lineno) from None
    if error:
        raise Failure(ERROR, f"the page holds an error: {words(error[0].encode(), 300)}", tries=3)
    if not all(map(_number, ids)):
        raise Failure(UNEXPECTED, "a record with a PMID that is no number", tries=3)
    return tuple(ids)


def _broken(body: bytes, why: str, line: int = 0) -> Failure:
    if body.lstrip()[:1] != b"<":
        return Failure(UNEXPECTED, f"an answer that is no XML: {words(body)}", tries=3)
    at = f", line {line:,}" if line else ""
    if not re.search(rb"</[A-Za-z]+>\s*\Z", body) or why in ("no element found", "unclosed token"):
        return Failure(TRUNCATED, f"the XML is cut off after {len(body):,} bytes ({why}{at})")
    return Failure(MALFORMED, f"the XML is broken ({why}{at})", tries=4)


def _number(text: str) -> bool:
    """ASCII digits: `²` is a digit to Python too."""
    return text.isascii() and text.isdigit()


def _message(found: Element, names: dict[str, str]) -> str:
    text, kind = _text(found), names.get(found.tag, found.tag)
    return f"{kind}: {text}" if kind and text else text


def _text(found: Element | None) -> str:
    return "" if found is None else " ".join("".join(found.itertext()).split())

"""PubMed's XML of every age: PubmedArticle, PubmedBookArticle, and the bare MedlineCitation of MEDLINE's files before 2015.

Each entry is cut out of the text and parsed by itself, so that no more than a block of the file and one entry's tree are in
memory, several sets in one file (as batches are saved) are no trouble, and a broken or cut-off entry costs no other.
A DeleteCitation list names records that the NLM withdrew; it is no entry, but what it names in its own file is rejected, and so is
a version of a record that another follows (Update Files, and PMID with its Version: NLM, MEDLINE/PubMed Data Element Descriptions).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING
from xml.etree.ElementTree import XML, ParseError
from xml.parsers.expat import ErrorString

from review.formats.base import Format, Input
from review.formats.characters.stream import elements
from review.formats.characters.xml_signs import mended, unprefixed
from review.formats.entries.mixed import Outside, settled
from review.formats.entries.xml_entries import or_broken, text_of
from review.formats.pubmed.pubmed_cut import Cut, entries
from review.formats.pubmed.pubmed_fields import record
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEAD = 1 << 16
_BLOCK = 1 << 20
_LONGEST = 1 << 25  # bytes of a list of what is withdrawn


def score(head: str) -> float:
    """1 for text with a PubMed or MEDLINE set or entry in it, 0 otherwise."""
    return 1.0 if re.search(r"(?:<|&lt;)(?:PubmedArticle|PubmedBookArticle|MedlineCitation)(?:Set)?(?:\s|/?>|&gt;)", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each PubmedArticle, PubmedBookArticle and bare MedlineCitation, in file order.

    Raises FormatError where the file declares entities of its own (an attack, never PubMed) or is no PubMed XML.
    """
    withdrawn = _withdrawn(data)
    pieces = elements(data)
    head = next(pieces, "")
    if len(head) < _HEAD:
        head += next(pieces, "")
    if "<PubmedArticle" not in head and "&lt;PubmedArticle" in head:
        pieces = iter([html.unescape("".join([head, *pieces]))])  # PubMed's pages once showed the XML inside <pre>
    else:
        pieces = chain([head], pieces)
    yield from or_broken(pieces, lambda pieces: settled(_found(entries(pieces), withdrawn)))


def _found(cuts: Iterator[Cut | Reject | Outside], withdrawn: frozenset[str]) -> Iterator[Record | Reject | Outside]:
    """What each entry is; of two versions next to each other the later one."""
    held: Record | Reject | Outside | None = None
    for cut in cuts:
        entry = _entry(cut) if isinstance(cut, Cut) else cut
        if isinstance(entry, Record) and entry.accession in withdrawn:
            entry = Reject(
                line=entry.line, reason=f"withdrawn: the DeleteCitation list of the file names PMID {entry.accession}", raw=entry.raw
            )
        if isinstance(entry, Record) and isinstance(held, Record) and held.accession == entry.accession:
            held, entry = _later(held, entry)
        if held is not None:
            yield held
        held = entry
    if held is not None:
        yield held


def _later(a: Record, b: Record) -> tuple[Record | Reject, Record | Reject]:
    """Two records of one PMID: the earlier of two versions is rejected."""
    versions = [int(found[1]) if (found := _VERSION.search(record.raw)) else 1 for record in (a, b)]
    if versions[0] == versions[1]:
        return a, b
    reason = f"version {min(versions)} of PMID {a.accession}, of which the file has version {max(versions)}"
    older = a if versions[0] < versions[1] else b
    rejected = Reject(line=older.line, reason=reason, raw=older.raw)
    return (rejected, b) if older is a else (a, rejected)


_VERSION = lazy(r"<PMID [^<>]*\bVersion=[\"'](\d{1,3})[\"']")
_PMID = lazy(rb"<PMID[^<>]*>\s*(\d{1,9})")


def _withdrawn(data: Input) -> frozenset[str]:
    """The PMIDs in the file's lists of what is withdrawn; these stand at its end, and are looked for before anything is read."""
    if isinstance(data, bytes):
        found: set[str] = set()
        for name in (b"DeleteCitation>", b"DeleteDocument>"):
            at = data.find(b"<" + name)
            while at >= 0:
                end = data.find(b"</" + name, at)
                end = end if end >= 0 else len(data)
                found.update(pmid.decode() for pmid in _PMID.findall(data, at, end))
                at = data.find(b"<" + name, end)
        return frozenset(found)
    if not data.seekable():
        return frozenset()
    start = data.tell()
    kept = b""
    while (chunk := data.read(_BLOCK)) and len(kept) < _LONGEST:
        kept += chunk
        at = kept.find(b"<Delete")
        kept = kept[at:] if at >= 0 else kept[-16:]
    data.seek(start)
    return _withdrawn(kept)


def _entry(cut: Cut) -> Record | Reject:
    raw, line = cut.raw, cut.line
    if cut.why:
        return Reject(line=line, reason=cut.why, raw=raw)
    try:
        root = _parsed(raw)
    except ParseError as error:
        at = line + error.position[0] - 1
        return Reject(line=line, reason=f"not well-formed XML: {ErrorString(error.code)}, in line {at}", raw=raw)
    citation = root if root.tag == "MedlineCitation" else root.find("MedlineCitation")
    book = root.find("BookDocument") if citation is None else None
    holder = citation if citation is not None else book
    pmid = "" if holder is None else _pmid(holder)
    if holder is None or not pmid:
        return Reject(line=line, reason="the entry has no PMID", raw=raw)
    try:
        return record(root, holder, book is not None, pmid, line, raw)
    except RecursionError:
        return Reject(line=line, reason="not XML that may be read: nested too deeply", raw=raw)


def _pmid(holder: Element) -> str:
    """The PMID; of several, which no DTD allows, the one of the highest version."""
    found = holder.findall("PMID")
    return text_of(max(found, key=lambda one: one.get("Version", "")) if len(found) > 1 else found[0] if found else None)


def _parsed(raw: str) -> Element:
    """The tree of an entry, which begins with its own tag: no document type, so no entity and no external reference, can
    stand in it, and the standard library's parser is safe on it. Raises ParseError.

    The reference lists of an article, often half of it, are not looked at: they tell of other papers.
    """
    start, end = raw.find("<ReferenceList"), raw.rfind(_REFERENCES_END)
    try:
        if 0 <= start < end and raw.startswith("<PubmedArticle"):
            return XML(raw[:start] + raw[end + len(_REFERENCES_END) :])
        return XML(raw)
    except ParseError:
        return XML(unprefixed(mended(raw)))


_REFERENCES_END = "</ReferenceList>"


FORMAT = Format("pubmed-xml", "PubMed XML (PubmedArticleSet)", score, read)

"""An offline library, read: sets of records for phrases, proximities, codes and ids; the records themselves."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType

from review.store.library_hits import NONE, docs, hits
from review.store.library_schema import connect, problem

TOGETHER = 64  # alternatives in one FTS5 expression: more are no faster, and deep ones overflow its parser
STRETCH = 4_000_000  # records that one answer is collected over, so that memory stays flat
COLUMNS = {"words": ("title", "abstract", "keywords"), "more": ("subjects", "affiliation", "vernacular", "interests", "rest")}
# What almost every entry holds: entries are short, so a shared start makes them a third smaller.
ZDICT = (
    b'<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND"></AbstractText><AbstractText Label="METHODS" NlmCategory="METHODS">'
    b"<ELocationID EIdType=\"doi\" ValidYN=\"Y\"><Pagination><MedlinePgn><VernacularTitle><GrantList CompleteYN=\"Y\"><Grant><GrantID>"
    b'<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N"></Keyword><CoiStatement></CoiStatement><ReferenceList><Reference><Citation></Citation>'
    b'<ArticleIdList><ArticleId IdType="pubmed"></ArticleId></ArticleIdList></Reference><ChemicalList><Chemical><RegistryNumber>0</RegistryNumber>'
    b'<NameOfSubstance UI="D0"></NameOfSubstance></Chemical><CommentsCorrectionsList><CommentsCorrections RefType="Cites">'
    b'<PubmedArticle>\n<MedlineCitation Status="MEDLINE" Owner="NLM">\n<PMID Version="1"></PMID>\n<DateCompleted><Year>20</Year><Month>01</Month>'
    b"<Day>01</Day></DateCompleted>\n<DateRevised>\n<Article PubModel=\"Print-Electronic\"><Journal><ISSN IssnType=\"Electronic\">"
    b'</ISSN><JournalIssue CitedMedium="Internet"><Volume></Volume><Issue></Issue><PubDate></PubDate></JournalIssue><Title></Title>'
    b'<ISOAbbreviation></ISOAbbreviation></Journal><ArticleTitle></ArticleTitle><AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>'
    b"</LastName><ForeName></ForeName><Initials></Initials><AffiliationInfo><Affiliation></Affiliation></AffiliationInfo></Author></AuthorList>"
    b'<Language>eng</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>'
    b"</Article><MedlineJournalInfo><Country>United States</Country><MedlineTA></MedlineTA><NlmUniqueID></NlmUniqueID><ISSNLinking>"
    b"</ISSNLinking></MedlineJournalInfo><CitationSubset>IM</CitationSubset><MeshHeadingList><MeshHeading><DescriptorName UI=\"D00\" "
    b'MajorTopicYN="N">Humans</DescriptorName><QualifierName UI="Q000" MajorTopicYN="Y"></QualifierName></MeshHeading></MeshHeadingList>'
    b'</MedlineCitation><PubmedData><History><PubMedPubDate PubStatus="received"><PubMedPubDate PubStatus="entrez"><Year>20</Year><Month>'
    b"</Month><Day></Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate></History><PublicationStatus>ppublish</PublicationStatus>"
    b'<ArticleIdList><ArticleId IdType="doi">10.10</ArticleId></ArticleIdList></PubmedData></PubmedArticle>'
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; `prefix`: the last is the beginning of one."""

    words: tuple[str, ...]
    prefix: bool = False

    def __str__(self) -> str:
        # Each word is of letters and digits only, so nothing in it needs to be quoted.
        return f'"{" ".join(self.words)}"{" *" if self.prefix else ""}'


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that is in."""

    sha256: str
    name: str
    size: int
    format: str
    added: int
    replaced: int
    older: int
    deleted: int
    rejected: int


class Library:
    """A library open for reading. What it answers is of the moment when it was first asked."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Library:
        """Raises ReviewError for a file that is not there or no library."""
        library = cls(connect(path), path)
        library._rows("BEGIN")  # one moment for all that is asked, whatever a build does meanwhile
        return library

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise problem(error, self.path) from None

    # -- the whole ------------------------------------------------------------------------------------------

    @cached_property
    def size(self) -> int:
        """The highest record number; dead ones count."""
        return int(str(self._rows("SELECT coalesce(max(doc), 0) FROM record")[0][0]))

    @cached_property
    def alive(self) -> int:
        """All records that are the newest of their PMID, and not deleted."""
        everything = (1 << (self.size + 1)) - 2
        return everything & ~hits([int(str(row[0])) for row in self._rows("SELECT doc FROM dead")], self.size)

    def count(self) -> int:
        return self.alive.bit_count()

    def files(self) -> list[FileRow]:
        """The files that are in, in the order in which they came."""
        rows = self._rows("SELECT sha256, name, size, format, added, replaced, older, deleted, rejected FROM file ORDER BY id")
        return [FileRow(*row) for row in rows]  # type: ignore[arg-type]

    def rejects(self) -> list[tuple[str, int, str]]:
        """Every entry that could not be taken in: file, line, reason."""
        rows = self._rows("SELECT name, line, reason FROM reject JOIN file ON file.id = reject.file ORDER BY file.id, line")
        return [(str(name), int(str(line)), str(reason)) for name, line, reason in rows]

    # -- sets of records ------------------------------------------------------------------------------------

    def phrases(self, index: str, columns: tuple[str, ...], alternatives: Sequence[Phrase]) -> int:
        """Records with any of the phrases in any of the columns."""
        found = NONE
        for i in range(0, len(alternatives), TOGETHER):
            expression = " OR ".join(str(p) for p in alternatives[i : i + TOGETHER])
            found |= self._match(index, self._within(index, columns, f"({expression})"))
        return found

    def near(self, index: str, columns: tuple[str, ...], operands: Sequence[Phrase], window: int) -> int:
        """Records with all operands in one column, at most `window` words between the end of the first and the start of the last."""
        return self._match(index, self._within(index, columns, f"NEAR({' '.join(str(p) for p in operands)}, {window})"))

    def codes(self, tokens: Sequence[str], prefixes: Sequence[str] = ()) -> int:
        """Records with any of the codes, or one that begins with any of the prefixes."""
        found = NONE
        alternatives = [f'"{t}"' for t in tokens] + [f'"{p}" *' for p in prefixes]
        for i in range(0, len(alternatives), TOGETHER):
            found |= self._match("codes", " OR ".join(alternatives[i : i + TOGETHER]))
        return found

    def with_pmids(self, low: int, high: int) -> int:
        """Records with a PMID from low to high."""
        sql = "SELECT group_concat(doc) FROM record WHERE pmid BETWEEN ? AND ?"
        return self._gathered(self._rows(sql, (low, min(high, 1 << 62)))[0][0])

    def with_any_pmid(self, pmids: Iterable[int]) -> int:
        rows = self._rows("SELECT doc FROM record WHERE pmid IN (SELECT value FROM json_each(?))", (json.dumps(list(pmids)),))
        return hits([int(str(row[0])) for row in rows], self.size)

    @staticmethod
    def _within(index: str, columns: tuple[str, ...], expression: str) -> str:
        return expression if columns == COLUMNS[index] else f"{{{' '.join(columns)}}} : {expression}"

    def _match(self, index: str, expression: str) -> int:
        # One string a stretch: five times as fast as a row a record.
        sql = f"SELECT group_concat(rowid) FROM {index} WHERE {index} MATCH ? AND rowid BETWEEN ? AND ?"  # noqa: S608  index is one of three names
        found = NONE
        for start in range(0, self.size + 1, STRETCH):
            found |= self._gathered(self._rows(sql, (expression, start, min(start + STRETCH - 1, self.size)))[0][0])
        return found

    def _gathered(self, text: object) -> int:
        return hits(json.loads(f"[{text}]"), self.size) if text else NONE

    # -- records --------------------------------------------------------------------------------------------

    def pmids(self, found: int) -> list[int]:
        """The PMIDs of a set, ascending."""
        wanted = docs(found)
        if len(wanted) * 4 > self.size:
            rows = self._rows("SELECT doc, pmid FROM record")
            keep = set(wanted)
            return sorted(int(str(pmid)) for doc, pmid in rows if doc in keep)
        rows = self._rows("SELECT pmid FROM record WHERE doc IN (SELECT value FROM json_each(?))", (json.dumps(wanted),))
        return sorted(int(str(row[0])) for row in rows)

    def numbered(self, pmids: Iterable[int]) -> dict[int, int]:
        """PMID → record number, of those that are there and alive."""
        rows = self._rows(
            "SELECT pmid, doc FROM record WHERE pmid IN (SELECT value FROM json_each(?)) AND doc NOT IN (SELECT doc FROM dead)",
            (json.dumps(list(pmids)),),
        )
        return {int(str(pmid)): int(str(doc)) for pmid, doc in rows}

    def entry(self, doc: int) -> bytes:
        """The XML of a record, as it came."""
        return unpack(self._rows("SELECT xml FROM entry WHERE doc = ?", (doc,))[0][0])

    def entries(self, pmids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """PMID and XML of each record that is there, in the order asked for."""
        known = self.numbered(pmids)
        for pmid in pmids:
            if pmid in known:
                yield pmid, self.entry(known[pmid])


def pack(xml: bytes) -> bytes:
    packer = zlib.compressobj(3, zdict=ZDICT)
    return packer.compress(xml) + packer.flush()


def unpack(data: object) -> bytes:
    assert isinstance(data, bytes)
    unpacker = zlib.decompressobj(zdict=ZDICT)
    return unpacker.decompress(data) + unpacker.flush()

"""Made-up PubMed records: as plain values, as XML, and the naive evaluation of a query over them.

`Naive` is written from PubMed's help, term by term over lists of words, and shares no line with the engine.
"""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from review.query.tree import Boolean, DateRange, LineRef, Mesh, Node, Op, Proximity, Strategy, Text

TREE = """\
Health;N01
Mental Health;N01.100
Recovery;N01.100.200
Public Health;N01.300
Water;D01
Mental Health;F02
Trial;V03
Random Trial;V03.100
"""
NARROWER = {
    "Health": {"Health", "Mental Health", "Recovery", "Public Health"},
    "Mental Health": {"Mental Health", "Recovery"},
    "Recovery": {"Recovery"}, "Public Health": {"Public Health"}, "Water": {"Water"},
    "Trial": {"Trial", "Random Trial"}, "Random Trial": {"Random Trial"},
}  # fmt: skip


@dataclass(frozen=True)
class Rec:
    pmid: int
    title: str = "A title"
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    headings: tuple[tuple[str, bool, tuple[tuple[str, bool], ...]], ...] = ()  # name, major, subheadings
    types: tuple[str, ...] = ()
    authors: tuple[tuple[str, str], ...] = ()  # last, initials
    journal: str = "Journal of Places"
    language: str = "eng"
    published: tuple[int, int, int] = (2010, 1, 1)
    entered: tuple[int, int, int] = (2010, 1, 1)
    status: str = "MEDLINE"
    doi: str = ""
    version: int = 1
    revised: int = 0
    affiliations: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict, compare=False, hash=False)


def day(parts: tuple[int, int, int] | int) -> str:
    if isinstance(parts, int):
        parts = (parts // 10_000, parts // 100 % 100, parts % 100)
    return f"<Year>{parts[0]}</Year><Month>{parts[1]:02}</Month><Day>{parts[2]:02}</Day>"


def xml(rec: Rec) -> str:
    yes = {True: "Y", False: "N"}
    mesh = "".join(
        f'<MeshHeading><DescriptorName MajorTopicYN="{yes[major]}">{escape(name)}</DescriptorName>'
        + "".join(f'<QualifierName MajorTopicYN="{yes[m]}">{escape(s)}</QualifierName>' for s, m in subs)
        + "</MeshHeading>"
        for name, major, subs in rec.headings
    )
    places = "".join(f"<AffiliationInfo><Affiliation>{escape(a)}</Affiliation></AffiliationInfo>" for a in rec.affiliations)
    people = "".join(
        f"<Author><LastName>{last}</LastName><Initials>{ini}</Initials>{places if i == 0 else ''}</Author>"
        for i, (last, ini) in enumerate(rec.authors)
    )
    revised = f"<DateRevised>{day(rec.revised)}</DateRevised>" if rec.revised else ""
    return (
        f'<PubmedArticle><MedlineCitation Status="{rec.status}" Owner="NLM"><PMID Version="{rec.version}">{rec.pmid}</PMID>{revised}'
        f'<Article PubModel="Print"><Journal><JournalIssue><PubDate>{day(rec.published)}</PubDate></JournalIssue><Title>{escape(rec.journal)}</Title></Journal>'
        f"<ArticleTitle>{escape(rec.title)}</ArticleTitle>"
        + (f"<Abstract><AbstractText>{escape(rec.abstract)}</AbstractText></Abstract>" if rec.abstract else "")
        + (f"<AuthorList>{people}</AuthorList>" if people else "")
        + f"<Language>{rec.language}</Language><PublicationTypeList>{''.join(f'<PublicationType>{t}</PublicationType>' for t in rec.types)}</PublicationTypeList></Article>"
        f"<MedlineJournalInfo><MedlineTA>{escape(rec.journal)}</MedlineTA><NlmUniqueID>77</NlmUniqueID></MedlineJournalInfo>"
        f"<MeshHeadingList>{mesh}</MeshHeadingList><KeywordList>{''.join(f'<Keyword>{escape(k)}</Keyword>' for k in rec.keywords)}</KeywordList></MedlineCitation>"
        f'<PubmedData><History><PubMedPubDate PubStatus="pubmed">{day(rec.entered)}</PubMedPubDate></History><ArticleIdList><ArticleId IdType="pubmed">{rec.pmid}</ArticleId>'
        + (f'<ArticleId IdType="doi">{rec.doi}</ArticleId>' if rec.doi else "")
        + "</ArticleIdList></PubmedData></PubmedArticle>\n"
    )


def article_set(recs: Iterable[Rec], deleted: Sequence[int] = ()) -> str:
    listed = "".join(f'<PMID Version="1">{p}</PMID>' for p in deleted)
    gone = f"<DeleteCitation>{listed}</DeleteCitation>" if deleted else ""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n{"".join(map(xml, recs))}{gone}</PubmedArticleSet>\n'


def write(path: Path, recs: Iterable[Rec], deleted: Sequence[int] = ()) -> Path:
    data = article_set(recs, deleted).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


class Naive:
    """The semantics, the slow way: each record against each node."""

    def __init__(self, recs: Sequence[Rec], strategy: Strategy) -> None:
        self.recs = recs
        self.strategy = strategy

    def pmids(self, label: str) -> set[int]:
        line = self.strategy.line(label)
        assert line is not None
        assert line.tree is not None
        return self.find(line.tree)

    def find(self, node: Node) -> set[int]:
        if isinstance(node, LineRef):
            return self.pmids(node.label)
        if isinstance(node, Boolean):
            found = self.find(node.operands[0])
            for op, operand in zip(node.operators, node.operands[1:], strict=True):
                other = self.find(operand)
                found = found & other if op is Op.AND else found | other if op is Op.OR else found - other
            return found
        return {r.pmid for r in self.recs if self.holds(r, node)}

    def holds(self, rec: Rec, node: Node) -> bool:
        if isinstance(node, Mesh):
            return self.heading(rec, node)
        if isinstance(node, DateRange):
            if node.tag.code == "UID":
                return int(node.start) <= rec.pmid <= int(node.end)
            when = rec.published if node.tag.code == "PDAT" else rec.entered
            text = "{:04}/{:02}/{:02}".format(*when)
            return node.start <= text and (text[: len(node.end)] <= node.end)
        if isinstance(node, Proximity):
            terms = [(str(o).lower().rstrip("*"), str(o).endswith("*")) for o in node.operands]
            assert node.window is not None
            return any(self.near(value, terms, node.window) for value in self.values(rec, node.tags[0].code))
        assert isinstance(node, Text)
        code, written = node.tags[0].code, str(node).lower()
        stem = written.rstrip("*")
        cut = written.endswith("*")
        if code in ("TIAB", "TITL", "OTRM"):
            return any(self.phrase(value, cutting(stem), cut) for value in self.values(rec, code))
        if code == "PTYP":
            kinds = {t.lower() for t in (NARROWER[str(node).title()] if not node.noexp and not cut else [str(node)])}
            return any(t.lower() in kinds or (cut and t.lower().startswith(stem)) for t in rec.types)
        if code == "LANG":
            return written in (rec.language, {"eng": "english", "fre": "french"}[rec.language])
        if code == "JOUR":
            return rec.journal.lower() == written
        if code in ("AUTH", "FAUT", "LAUT"):
            chosen = rec.authors if code == "AUTH" else rec.authors[:1] if code == "FAUT" else rec.authors[-1:]
            names = [f"{last} {ini}".lower() for last, ini in chosen]
            if node.quoted and " " in written:
                return written in names
            return any(n.startswith(written) if " " in written else n.split()[0] == written for n in names)
        if code == "FILT":
            return written == "all" or rec.status.lower() == written
        if code == "UID":
            return rec.pmid == int(written)
        raise AssertionError(code)

    def values(self, rec: Rec, code: str) -> list[list[str]]:
        titles, abstracts, keywords = [rec.title], [rec.abstract], list(rec.keywords)
        chosen = {"TITL": titles, "TIAB": titles + abstracts + keywords, "OTRM": keywords, "AFFL": list(rec.affiliations)}[code]
        return [cutting(v) for v in chosen]

    def phrase(self, value: list[str], terms: list[str], cut: bool) -> bool:
        size = len(terms)
        for at in range(len(value) - size + 1):
            piece = value[at : at + size]
            if piece[:-1] == terms[:-1] and (piece[-1].startswith(terms[-1]) if cut else piece[-1] == terms[-1]):
                return True
        return False

    def near(self, value: list[str], terms: list[tuple[str, bool]], window: int) -> bool:
        places = [[i for i, w in enumerate(value) if (w.startswith(t) if cut else w == t)] for t, cut in terms]
        for chosen in itertools.product(*places):
            if len(set(chosen)) == len(chosen) and max(chosen) - min(chosen) + 1 - len(chosen) <= window:
                return True
        return False

    def heading(self, rec: Rec, node: Mesh) -> bool:
        name = node.name.rstrip("*")
        for heading, major, subs in rec.headings:
            if node.truncated:
                right = heading.lower().startswith(name.lower())
            elif node.explode:
                right = heading in next(v for k, v in NARROWER.items() if k.lower() == name.lower())
            else:
                right = heading.lower() == name.lower()
            if not right:
                continue
            if node.subheadings:
                wanted = set(node.subheadings)
                if node.explode and "therapy" in wanted:
                    wanted |= {"drug therapy", "surgery"}
                if any(s in wanted and (m or not node.major) for s, m in subs):
                    return True
            elif not node.major or major or any(m for _, m in subs):
                return True
        return False


def cutting(text: str) -> list[str]:
    """Words as the tests' alphabet has them: ASCII letters and digits."""
    return "".join(c if c.isalnum() else " " for c in text.lower()).split()


__all__ = ["TREE", "Naive", "Rec", "article_set", "replace", "write", "xml"]

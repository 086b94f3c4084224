"""How fast the readers are, and how much memory they take, beside the least that any reader must do.

    python benchmarks/formats.py [--records 20000] [--rounds 5] [--large 0] [FILE...]

RIS and NBIB against a bare loop that decodes, splits lines and groups them by entry; PubMed XML against ElementTree's
iterparse building the same fields. Both are measured in turns, in CPU time, and the best of the rounds counts, since
the machine's own speed comes and goes. Memory is what the process grew by while the file was streamed (plain and
gzip). With --large N, files of N MB are streamed for the growth of memory alone, in all formats that may be large. The records are made up; FILEs are
measured instead where given: real records are of all sizes, so that bytes tell more than records there. It judges nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

from review.formats.registry import by_name, detect

FORMATS = {"ris": ("TY  - ", ".ris"), "nbib": ("PMID-", ".nbib"), "pubmed-xml": ("", ".xml")}


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(VOCABULARY, k=count))


VOCABULARY = [
    f"{a}{b}{c}"
    for a in ("re", "con", "sub", "tri", "mel")
    for b in ("lat", "dur", "fen", "mos", "vik")
    for c in ("ing", "ed", "al", "o", "")
]


# What stands in every second abstract of a real export, and costs a reader more than ASCII does.
ODD = ["p\u2009=\u20090.05", "12\xa0±\xa03", "β\u2013γ", "5\u20137 µg", "“redured”", "…", "naïve"]
ACCENTED = ["Müller", "Núñez", "Çelik", "Łukasz", "O’Neill"]


def fields(number: int, chance: random.Random) -> dict[str, Any]:
    beyond_ascii = number % 2 == 1
    return {
        "id": str(10_000_000 + number),
        "title": words(chance, 14).capitalize(),
        "abstract": ". ".join(f"{words(chance, 19)} {chance.choice(ODD if beyond_ascii else VOCABULARY)}" for _ in range(10)),
        "authors": [
            (
                chance.choice(ACCENTED) if beyond_ascii and n == 2 else words(chance, 1).title(),
                f"{words(chance, 1).title()} {chance.choice('ABCDEF')}",
            )
            for n in range(5)
        ],
        "address": [words(chance, 8) for _ in range(5)],
        "year": 1990 + number % 35,
        "journal": words(chance, 4).title(),
        "volume": number % 90 + 1,
        "issue": number % 12 + 1,
        "page": number % 900 + 1,
        "doi": f"10.1000/j.test.{number}",
        "issn": f"{1000 + number % 8000}-{1000 + number % 7000}",
        "headings": [words(chance, 2).capitalize() for _ in range(8)],
    }


def ris(f: dict[str, Any]) -> str:
    people = "".join(f"AU  - {family}, {given}\r\n" for family, given in f["authors"])
    kw = "".join(f"KW  - {k}\r\n" for k in f["headings"])
    return (
        f"TY  - JOUR\r\n{people}TI  - {f['title']}\r\nT2  - {f['journal']}\r\nPY  - {f['year']}\r\nVL  - {f['volume']}\r\nIS  - {f['issue']}\r\n"
        f"SP  - {f['page']}\r\nEP  - {f['page'] + 9}\r\nSN  - {f['issn']}\r\nDO  - {f['doi']}\r\nUR  - https://doi.org/{f['doi']}\r\n{kw}"
        f"AB  - {f['abstract']}\r\nAN  - {f['id']}\r\nLA  - English\r\nDB  - Made up\r\nER  - \r\n\r\n"
    )


def wrapped(tag: str, text: str) -> str:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > 80:
            lines.append(line)
            line = ""
        line += f" {word}" if line else word
    return f"{tag.ljust(4)}- " + "\r\n      ".join([*lines, line]) + "\r\n"


def nbib(f: dict[str, Any]) -> str:
    people = "".join(
        f"FAU - {family}, {given}\r\nAU  - {family} {given[0]}\r\n{wrapped('AD', address)}"
        for (family, given), address in zip(f["authors"], f["address"], strict=True)
    )
    mesh = "".join(f"MH  - {k}\r\n" for k in f["headings"])
    return (
        f"PMID- {f['id']}\r\nOWN - NLM\r\nSTAT- MEDLINE\r\nDCOM- 20200101\r\nLR  - 20200102\r\nIS  - {f['issn']} (Electronic)\r\nVI  - {f['volume']}\r\n"
        f"IP  - {f['issue']}\r\nDP  - {f['year']} Mar\r\n{wrapped('TI', f['title'])}PG  - {f['page']}-{f['page'] + 9}\r\nLID - {f['doi']} [doi]\r\n"
        f"{wrapped('AB', f['abstract'])}{people}LA  - eng\r\nPT  - Journal Article\r\nPL  - England\r\nTA  - {f['journal'][:9].strip()}\r\nJT  - {f['journal']}\r\n"
        f"JID - 101000\r\nSB  - IM\r\n{mesh}EDAT- 2020/01/01 06:00\r\nMHDA- 2020/01/02 06:00\r\nCRDT- 2020/01/01 06:00\r\nAID - {f['doi']} [doi]\r\n"
        f"PST - ppublish\r\nSO  - {f['journal']}. {f['year']}.\r\n\r\n"
    )


def xml(f: dict[str, Any]) -> str:
    people = "".join(
        f'<Author ValidYN="Y"><LastName>{family}</LastName><ForeName>{given}</ForeName><Initials>{given[0]}</Initials><AffiliationInfo><Affiliation>'
        f"{address}</Affiliation></AffiliationInfo></Author>"
        for (family, given), address in zip(f["authors"], f["address"], strict=True)
    )
    mesh = "".join(
        f'<MeshHeading><DescriptorName UI="D0" MajorTopicYN="N">{k}</DescriptorName><QualifierName UI="Q0" MajorTopicYN="Y">methods</QualifierName></MeshHeading>'
        for k in f["headings"]
    )
    cited = "".join(
        f'<Reference><Citation>{f["title"]}. {n}</Citation><ArticleIdList><ArticleId IdType="pubmed">{n}</ArticleId></ArticleIdList></Reference>'
        for n in range(20)
    )
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{f["id"]}</PMID><Article PubModel="Print"><Journal>'
        f'<ISSN IssnType="Electronic">{f["issn"]}</ISSN><JournalIssue CitedMedium="Internet"><Volume>{f["volume"]}</Volume><Issue>{f["issue"]}</Issue>'
        f"<PubDate><Year>{f['year']}</Year><Month>Mar</Month></PubDate></JournalIssue><Title>{f['journal']}</Title></Journal><ArticleTitle>{f['title']}."
        f'</ArticleTitle><Pagination><MedlinePgn>{f["page"]}-{f["page"] + 9}</MedlinePgn></Pagination><ELocationID EIdType="doi" ValidYN="Y">{f["doi"]}'
        f'</ELocationID><Abstract><AbstractText Label="AIM">{f["abstract"]}</AbstractText></Abstract><AuthorList CompleteYN="Y">{people}</AuthorList>'
        f'<Language>eng</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>'
        f"<MedlineJournalInfo><MedlineTA>J</MedlineTA><NlmUniqueID>101</NlmUniqueID></MedlineJournalInfo><MeshHeadingList>{mesh}</MeshHeadingList>"
        f'</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">{f["id"]}</ArticleId><ArticleId IdType="doi">{f["doi"]}</ArticleId>'
        f"</ArticleIdList><ReferenceList>{cited}</ReferenceList></PubmedData></PubmedArticle>\n"
    )


def bibtex(f: dict[str, Any]) -> str:
    people = " and ".join(f"{family}, {given}" for family, given in f["authors"])
    return (
        f"@article{{k{f['id']},\n  author = {{{people}}},\n  title = {{{f['title']}}},\n  journal = {{{f['journal']}}},\n  year = {{{f['year']}}},\n"
        f"  volume = {{{f['volume']}}},\n  doi = {{{f['doi']}}},\n  abstract = {{{f['abstract']}}},\n}}\n\n"
    )


def endnote(f: dict[str, Any]) -> str:
    people = "".join(f"<author>{family}, {given}</author>" for family, given in f["authors"])
    return (
        f'<record><ref-type name="Journal Article">17</ref-type><contributors><authors>{people}</authors></contributors><titles><title>{f["title"]}</title>'
        f"<secondary-title>{f['journal']}</secondary-title></titles><dates><year>{f['year']}</year></dates><volume>{f['volume']}</volume>"
        f"<electronic-resource-num>{f['doi']}</electronic-resource-num><abstract>{f['abstract']}</abstract></record>"
    )


def csl(f: dict[str, Any]) -> str:
    people = [{"family": family, "given": given} for family, given in f["authors"]]
    item = {
        "id": f["id"],
        "type": "article-journal",
        "title": f["title"],
        "author": people,
        "container-title": f["journal"],
        "DOI": f["doi"],
    }
    return json.dumps({**item, "issued": {"date-parts": [[f["year"]]]}, "abstract": f["abstract"]}) + ","


MAKERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "ris": ris,
    "nbib": nbib,
    "pubmed-xml": xml,
    "bibtex": bibtex,
    "endnote-xml": endnote,
    "csl-json": csl,
}
AROUND = {
    "pubmed-xml": (b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n', b"</PubmedArticleSet>\n"),
    "endnote-xml": (b'<?xml version="1.0" encoding="UTF-8"?><xml><records>', b"</records></xml>"),
    "csl-json": (b"[", b"]"),
}


def make(name: str, path: Path, count: int, least: int = 0) -> None:
    """A file with `count` records, again and again until it has `least` bytes."""
    chance = random.Random(11)
    body = "".join(MAKERS[name](fields(n, chance)) for n in range(count)).encode()
    before, after = AROUND.get(name, (b"", b""))
    with path.open("wb") as file:
        file.write(before)
        while file.tell() < max(least, 1 + len(before)):
            file.write(body)
        file.write(after)


def bare_lines(path: Path, opening: str) -> int:
    """Decode, split, group by entry: what no reader of tagged text can do without."""
    entries: list[list[str]] = []
    for line in path.read_bytes().decode("utf-8", "replace").splitlines():
        if line.startswith(opening):
            entries.append([])
        if entries:
            entries[-1].append(line)
    return len(entries)


def _joined(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def bare_xml(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """The same fields with ElementTree alone, as anybody would write it (and without the entry's own text, which ours keeps)."""
    for _, element in ElementTree.iterparse(stream):  # noqa: S314
        if element.tag != "PubmedArticle":
            continue
        citation = element.find("MedlineCitation")
        article = citation.find("Article") if citation is not None else None
        if citation is None or article is None:
            continue
        date = article.find("Journal/JournalIssue/PubDate")
        ids = element.findall("PubmedData/ArticleIdList/ArticleId")
        yield {
            "pmid": _joined(citation.find("PMID")),
            "title": _joined(article.find("ArticleTitle")),
            "abstract": "\n".join(
                (f"{t.get('Label')}: " if t.get("Label") else "") + _joined(t) for t in article.findall("Abstract/AbstractText")
            ),
            "authors": [
                _joined(a.find("CollectiveName")) or ", ".join(filter(None, (_joined(a.find("LastName")), _joined(a.find("ForeName")))))
                for a in article.findall("AuthorList/Author")
            ],
            "year": _joined(date)[:4],
            "journal": _joined(article.find("Journal/Title")),
            "volume": _joined(article.find("Journal/JournalIssue/Volume")),
            "issue": _joined(article.find("Journal/JournalIssue/Issue")),
            "pages": _joined(article.find("Pagination/MedlinePgn")),
            "issn": _joined(article.find("Journal/ISSN")),
            "language": [_joined(e) for e in article.findall("Language")],
            "type": [_joined(e) for e in article.findall("PublicationTypeList/PublicationType")],
            "doi": next((_joined(e) for e in article.findall("ELocationID") if e.get("EIdType") == "doi"), ""),
            "ids": [(e.get("IdType"), _joined(e)) for e in ids],
            "keywords": ["/".join(_joined(t) for t in h) for h in citation.findall("MeshHeadingList/MeshHeading")]
            + [_joined(e) for e in citation.findall("KeywordList/Keyword")],
            "extra": [
                (e.tag, _joined(e))
                for e in citation.iter()
                if e.tag in ("Affiliation", "MedlineTA", "NlmUniqueID", "Grant", "CommentsCorrections", "NameOfSubstance", "CoiStatement")
            ],
        }
        element.clear()


def seconds(work: Callable[[], int]) -> tuple[float, int]:
    started = time.process_time()
    count = work()
    return time.process_time() - started, count


def ours(path: Path, name: str) -> int:
    with path.open("rb") as stream:
        return sum(1 for _ in by_name(name).read(stream, {}))


def theirs(path: Path, name: str) -> int:
    if name != "pubmed-xml":
        return bare_lines(path, FORMATS[name][0])
    with path.open("rb") as stream:
        return sum(1 for _ in bare_xml(stream))


def compare(path: Path, name: str, rounds: int) -> None:
    best = [9e9, 9e9]
    for _ in range(rounds):
        mine, count = seconds(lambda: ours(path, name))
        other, counted = seconds(lambda: theirs(path, name))
        best = [min(best[0], mine), min(best[1], other)]
    told = "ElementTree" if name == "pubmed-xml" else "bare loop"
    print(
        f"{name:<11} {path.stat().st_size / 1e6:7.1f} MB {count:>8,} records  {count / best[0]:>8,.0f}/s {path.stat().st_size / best[0] / 1e6:6.1f} MB/s   {told} {counted / best[1]:>8,.0f}/s"
        f"   ratio {best[0] / best[1]:.2f}   memory above start-up {growth(path, name):.1f} MB"
    )


GROWTH = """
import gzip, json, re, sys
from review.formats.registry import by_name
path, name = sys.argv[1:]
form = by_name(name)
with (gzip.open if path.endswith(".gz") else open)(path, "rb") as stream:
    small = stream.read(1 << 15)
for _ in form.read(small, {}): pass  # so that what is loaded does not count
def peak():
    with open("/proc/self/status") as status:  # getrusage would count the parent's memory from before the exec
        return int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1])
before = peak()
with (gzip.open if path.endswith(".gz") else open)(path, "rb") as stream:
    count = sum(1 for _ in form.read(stream, {}))
print(json.dumps([(peak() - before) / 1024, count]))
"""


def growth(path: Path, name: str) -> float:
    """MB that a fresh process grew by while it streamed the file."""
    done = subprocess.run([sys.executable, "-c", GROWTH, str(path), name], capture_output=True, text=True, check=True)  # noqa: S603
    return float(json.loads(done.stdout)[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", type=int, default=0, metavar="MB")
    chosen = parser.parse_args()
    if chosen.files:
        for path in chosen.files:
            with path.open("rb") as stream:
                compare(path, detect(stream.read(1 << 18)).name, chosen.rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, suffix) in FORMATS.items():
            path = Path(folder) / f"made{suffix}"
            make(name, path, chosen.records)
            compare(path, name, chosen.rounds)
            packed = path.with_suffix(f"{suffix}.gz")
            packed.write_bytes(gzip.compress(path.read_bytes(), 1))
            print(f"{name:<11} gzip: memory above start-up {growth(packed, name):.1f} MB")
            if chosen.large:
                make(name, path, 2_000, chosen.large * 1_000_000)
                print(f"{name:<11} {path.stat().st_size / 1e6:.0f} MB: memory above start-up {growth(path, name):.1f} MB")
            path.unlink()
            packed.unlink()
        for name in (n for n in MAKERS if n not in FORMATS and chosen.large):
            path = Path(folder) / f"made.{name}"
            make(name, path, 2_000, chosen.large * 1_000_000)
            print(f"{name:<11} {path.stat().st_size / 1e6:.0f} MB: memory above start-up {growth(path, name):.1f} MB")
            path.unlink()


if __name__ == "__main__":
    main()

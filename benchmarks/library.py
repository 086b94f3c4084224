"""How an offline library grows: build time, size and latency at 10⁴, 10⁵ and, with --million, 10⁶ made-up records.

    python benchmarks/library.py [--sizes 10000 100000] [--million] [--folder DIR] [--strategy FILE ... [--mesh FILE ...]]

Prints costs a record and ratios between sizes, for the machine's own speed comes and goes; it judges nothing and
always ends well. The records are PubMed XML with Zipf-like words: 12 in the title, 120 in the abstract, 4 keywords,
4 authors, 8 headings. With --strategy, the words, phrases and headings of these strategies (PubMed's or Ovid's) are among
them, each in some records in a hundred, so that the strategies find something; they are timed too.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from review.query.tree import Strategy

VOCABULARY, HEADINGS = 60_000, 3_000
A_FILE = 25_000


def make(folder: Path, count: int, terms: list[str], names: list[str]) -> int:
    """Files with `count` records, with terms and headings of strategies among their own; gives their bytes, unpacked."""
    chance = random.Random(7)
    vocabulary = [f"w{i:05}" for i in range(VOCABULARY)]
    pool = chance.choices(vocabulary, cum_weights=list(accumulate(1 / (i + 5) for i in range(VOCABULARY))), k=1_000_000)
    for term in terms:  # each about every 7,000 words: in two records of a hundred
        for place in chance.sample(range(len(pool)), k=len(pool) // 7_000):
            pool[place] = term
    headings = chance.choices(range(HEADINGS), cum_weights=list(accumulate(1 / (i + 3) for i in range(HEADINGS))), k=100_000)
    headings = [f"Heading {x}" for x in headings]
    for name in names:
        for place in chance.sample(range(len(headings)), k=300):
            headings[place] = name
    size = 0
    for start in range(0, count, A_FILE):
        with gzip.open(folder / f"pubmed25n{start // A_FILE + 1:04}.xml.gz", "wb", compresslevel=1) as file:
            file.write(b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n')
            for number in range(start + 1, min(start + A_FILE, count) + 1):
                data = record(number, pool, headings, chance).encode()
                size += len(data)
                file.write(data)
            file.write(b"</PubmedArticleSet>\n")
    return size


def record(number: int, pool: list[str], headings: list[str], chance: random.Random) -> str:
    at = chance.randrange(len(pool) - 200)
    year, month = 1990 + number % 35, 1 + number % 12
    people = "".join(
        f'<Author ValidYN="Y"><LastName>{escape(pool[at + 150 + i].title())}</LastName><ForeName>{escape(pool[at + 160 + i].title())}</ForeName>'
        f"<Initials>{'ABCDEFGH'[i + number % 5]}</Initials></Author>"
        for i in range(4)
    )
    h = chance.randrange(len(headings) - 8)
    mesh = "".join(
        f'<MeshHeading><DescriptorName UI="D{i:06}" MajorTopicYN="{"Y" if i == 0 else "N"}">{escape(x)}</DescriptorName></MeshHeading>'
        for i, x in enumerate(dict.fromkeys(headings[h : h + 8]))
    )
    words = "".join(f'<Keyword MajorTopicYN="N">{escape(w)}</Keyword>' for w in pool[at + 140 : at + 144])
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{number}</PMID>'
        f"<DateRevised><Year>{year + 1}</Year><Month>{month:02}</Month><Day>01</Day></DateRevised>"
        f'<Article PubModel="Print"><Journal><ISSN IssnType="Print">1234-{number % 900:04}</ISSN><JournalIssue CitedMedium="Print">'
        f"<Volume>{number % 90}</Volume><PubDate><Year>{year}</Year><Month>{month:02}</Month></PubDate></JournalIssue>"
        f"<Title>Journal {number % 900}</Title><ISOAbbreviation>J {number % 900}</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{escape(' '.join(pool[at : at + 12]))}.</ArticleTitle><Abstract><AbstractText>{escape(' '.join(pool[at + 12 : at + 132]))}.</AbstractText></Abstract>"
        f'<AuthorList CompleteYN="Y">{people}</AuthorList><Language>eng</Language><PublicationTypeList>'
        f'<PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>'
        f"<MedlineJournalInfo><Country>England</Country><MedlineTA>J {number % 900}</MedlineTA><NlmUniqueID>{number % 900}</NlmUniqueID></MedlineJournalInfo>"
        f'<MeshHeadingList>{mesh}</MeshHeadingList><KeywordList Owner="NOTNLM">{words}</KeywordList></MedlineCitation></PubmedArticle>\n'
    )


QUERIES = {
    "one frequent word": "w00003[tiab]",
    "one rare word": "w03000[tiab]",
    "phrase": '"w00000 w00001"[tiab]',
    "prefix (100 words)": "w003*[tiab]",
    "proximity": '"w00010 w00020"[tiab:~5]',
    "heading AND years": '"Heading 1"[mh:noexp] AND 2000:2010[dp]',
    "OR of 60 words": " OR ".join(f"w{7 * i + 20:05}[tiab]" for i in range(60)),
    "OR of 30 prefixes": " OR ".join(f"w{i + 10:04}*[tiab]" for i in range(30)),
}


def strategies(paths: list[Path]) -> dict[str, Strategy]:
    """The strategies as a library runs them."""
    from review.query import parse
    from review.query.render import render
    from review.query.translate import translate

    found = {}
    for path in paths:
        strategy = parse(path.read_text(encoding="utf-8-sig"))
        if strategy.syntax == "ovid":
            strategy = parse(render(translate(strategy, "pubmed", wild=True).strategy), "pubmed")
        found[path.name] = strategy
    return found


def asked(found: dict[str, Strategy]) -> tuple[list[str], list[str]]:
    """Words and phrases of their terms, the truncated ones with endings; and their headings."""
    from review.query.tree import Mesh, Text, walk

    nodes = [n for s in found.values() for line in s.lines if line.tree for n in walk(line.tree)]
    terms = {
        " ".join(w.stem if w.plain else f"{w.stem}{ending}" for w in n.words)
        for n in nodes
        if isinstance(n, Text) and (not n.tags or n.tags[0].code in ("TIAB", "TITL", "WORD", "ALL"))
        for ending in ("", "s", "ing")
    }
    return sorted(terms), sorted({n.name for n in nodes if isinstance(n, Mesh)})


def best(work: Callable[[], int], times: int = 3) -> tuple[float, int]:
    fastest, result = float("inf"), 0
    for _ in range(times):
        began = time.perf_counter()
        result = work()
        fastest = min(fastest, time.perf_counter() - began)
    return fastest, result


def measure(folder: Path, count: int, plans: dict[str, Strategy], headings: Any) -> dict[str, float]:
    from review.library.build import build
    from review.library.evaluate import Options, search
    from review.query import parse
    from review.store.library import Library

    files, into = folder / f"files-{count}", folder / f"{count}.lib"
    files.mkdir(parents=True)
    size = make(files, count, *asked(plans))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    build([files], into)
    took = time.perf_counter() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    shutil.rmtree(files)
    print(f"\n{count:,} records, {size / 1e6:,.0f} MB of XML")
    print(
        f"  build {took:.1f} s = {took / count * 1e6:.0f} µs a record; {into.stat().st_size / count:,.0f} bytes a record; memory +{grown / 1024:.0f} MB"
    )
    found = {"build": took, "bytes": float(into.stat().st_size)}
    with Library.open(into) as library:
        for name, text in QUERIES.items():
            strategy = parse(text, "pubmed")
            seconds, hits = best(lambda strategy=strategy: len(search(library, strategy).pmids))  # type: ignore[misc]
            found[name] = seconds
            print(f"  {name:20} {seconds * 1000:8.1f} ms {hits:>10,} hits")
        options = Options(all_fields=True)
        for name, strategy in plans.items():
            seconds, hits = best(lambda strategy=strategy: len(search(library, strategy, headings, options).pmids), 2)  # type: ignore[misc]
            lines = search(library, strategy, headings, options).lines
            found[name] = seconds
            print(
                f"  {name:20} {seconds * 1000:8.1f} ms {hits:>10,} hits; {sum(x.hits > 0 for x in lines)} of {len(lines)} lines find something"
            )
    into.unlink()
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--million", action="store_true", help="10⁶ records too: minutes, and 3 GB of disk")
    options.add_argument("--folder", type=Path, default=None)
    options.add_argument("--strategy", type=Path, nargs="+", default=[], metavar="FILE", help="strategies to time as well")
    options.add_argument(
        "--mesh", type=Path, nargs="+", default=[], metavar="FILE", help="MeSH files for their headings: tree, entry terms"
    )
    given = options.parse_args()
    plans, headings = strategies(given.strategy), None
    if given.mesh:
        from review.library.mesh_file import headings as read_headings

        headings = read_headings(given.mesh)
    sizes = sorted({*given.sizes, *([1_000_000] if given.million else [])})
    folder = Path(tempfile.mkdtemp(prefix="library-", dir=given.folder))
    try:
        results = {size: measure(folder, size, plans, headings) for size in sizes}
    finally:
        shutil.rmtree(folder)
    for small, large in pairwise(sizes):
        print(f"\n{large:,} against {small:,} records ({large / small:g} times as many)")
        for name in results[small]:
            print(f"  {name:20} {results[large][name] / results[small][name]:6.1f} times")
    most = sizes[-1]
    times = 37_000_000 / most
    print(
        f"\nPubMed's 37 million on paper, from {most:,} in a straight line: build {results[most]['build'] * times / 3600:.1f} h, {results[most]['bytes'] * times / 1e9:.0f} GB,"
    )
    print(f"  OR of 60 words {results[most]['OR of 60 words'] * times:.0f} s")


if __name__ == "__main__":
    main()

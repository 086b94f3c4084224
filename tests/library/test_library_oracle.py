"""The engine against the naive evaluation: random records, random queries, the same PMIDs."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library.made import TREE, Naive, Rec, write

from review.library.build import build
from review.library.evaluate import search
from review.library.tree_file import Headings
from review.query import parse
from review.query.mesh import read_mesh
from review.store.library import Library

MESH = Headings(read_mesh(TREE), "tree.bin")
WORDS = ("care", "caregiver", "careful", "health", "healthy", "town", "towns", "of", "co-town", "x1")
HEADINGS = ("Health", "Mental Health", "Recovery", "Public Health", "Water")
SUBS = ("therapy", "drug therapy", "surgery", "economics")
TYPES = ("Trial", "Random Trial")
AUTHORS = (("Smith", "J"), ("Smith", "JA"), ("Smithson", "J"), ("Jones", "A"))

text = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
record = st.builds(
    Rec,
    pmid=st.integers(1, 40),
    title=text,
    abstract=text,
    keywords=st.lists(text.filter(bool), max_size=3).map(tuple),
    headings=st.lists(
        st.tuples(st.sampled_from(HEADINGS), st.booleans(), st.lists(st.tuples(st.sampled_from(SUBS), st.booleans()), max_size=2, unique_by=lambda s: s[0]).map(tuple)),
        max_size=3, unique_by=lambda h: h[0],
    ).map(tuple),
    types=st.lists(st.sampled_from(TYPES), max_size=2, unique=True).map(tuple),
    authors=st.lists(st.sampled_from(AUTHORS), max_size=3, unique=True).map(tuple),
    journal=st.sampled_from(("Lancet", "Journal of Places")),
    language=st.sampled_from(("eng", "fre")),
    published=st.tuples(st.integers(2009, 2012), st.integers(1, 12), st.integers(1, 28)),
    entered=st.tuples(st.integers(2009, 2012), st.integers(1, 12), st.integers(1, 28)),
    status=st.sampled_from(("MEDLINE", "Publisher")),
)  # fmt: skip
records = st.lists(record, min_size=1, max_size=10, unique_by=lambda r: r.pmid)

word = st.sampled_from(WORDS)
field = st.sampled_from(("tiab", "ti", "ot"))
date = st.sampled_from(("2010", "2011", "2010/05", "2010/11", "2009/12", "2011/02/10", "2010/06/01"))
leaf = st.one_of(
    st.builds("{}[{}]".format, word, field),
    st.builds("{}*[{}]".format, st.sampled_from(("care", "heal", "healt", "town")), field),
    st.builds('"{} {}"[{}]'.format, word, word, field),
    st.builds('"{} {}*"[{}]'.format, word, st.sampled_from(("care", "town")), field),
    st.builds('"{} {}"[{}:~{}]'.format, word.filter(lambda w: "-" not in w), word.filter(lambda w: "-" not in w), st.sampled_from(("tiab", "ti")), st.integers(0, 12)),
    st.builds('"{} {}* {}"[tiab:~{}]'.format, st.sampled_from(("of", "town", "health")), st.sampled_from(("care", "heal")), st.sampled_from(("x1", "of", "care")), st.integers(0, 5)),
    st.builds('"{}"[{}]'.format, st.sampled_from(HEADINGS), st.sampled_from(("mh", "majr", "mh:noexp", "majr:noexp"))),
    st.builds('"{}/{}"[{}]'.format, st.sampled_from(HEADINGS), st.sampled_from(SUBS), st.sampled_from(("mh", "majr", "mh:noexp"))),
    st.sampled_from(("heal*[mh]", "ment*[majr]", "trial[pt]", "random trial[pt]", "trial[pt:noexp]", "rand*[pt]", "english[la]", "fre[la]", "lancet[ta]", "medline[sb]", "all[sb]")),
    st.sampled_from(("smith[au]", "smith j[au]", '"smith j"[au]', "smith ja[1au]", "jones a[lastau]", "smithson[au]")),
    st.tuples(date, date, st.sampled_from(("dp", "edat"))).filter(lambda t: t[0][:4] < t[1][:4]).map(lambda t: f"{t[0]}:{t[1]}[{t[2]}]"),
    st.builds("{}[dp]".format, date),
    st.builds("{}[pmid]".format, st.integers(1, 40)),
    st.builds("{}:{}[uid]".format, st.integers(1, 20), st.integers(20, 40)),
)  # fmt: skip
op = st.sampled_from(("AND", "OR", "NOT"))
query = st.recursive(
    leaf,
    lambda inner: st.lists(st.tuples(op, inner), min_size=2, max_size=4).map(
        lambda parts: "(" + " ".join(f"{o} {t}" if i else t for i, (o, t) in enumerate(parts)) + ")"
    ),
    max_leaves=8,
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(recs=records, queries=st.lists(query, min_size=4, max_size=12))
@pytest.mark.slow
def test_the_engine_equals_the_naive_evaluation(recs: list[Rec], queries: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.lib"
        build([write(Path(folder) / "x.xml", recs)], path)
        lines = [f"{i}. {q}" for i, q in enumerate(queries, 1)]
        lines.append(f"{len(lines) + 1}. #1 AND #2 OR #3 NOT #4")
        strategy = parse("\n".join(lines), "pubmed")
        assert strategy.whole, strategy.problems
        naive = Naive(recs, strategy)
        with Library.open(path) as library:
            found = search(library, strategy, MESH)
        for line in found.lines:
            assert line.hits == len(naive.pmids(line.label)), (line, naive.pmids(line.label))
        assert set(found.pmids) == naive.pmids(strategy.final)
        assert list(found.pmids) == sorted(found.pmids, reverse=True)

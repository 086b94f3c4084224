"""Random trees of either syntax, as hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st
from oracle import Toy

from review.query.fields import tag
from review.query.tree import (
    ANY,
    Boolean,
    DateRange,
    Joint,
    Limit,
    LineRange,
    LineRef,
    LoneNot,
    Mesh,
    Node,
    Op,
    Proximity,
    Tagged,
    Text,
    Wild,
    Word,
)

NAMES = ("care", "child", "school", "wall", "walk", "walker", "walkers", "cat", "cats", "colour", "color", "rabies", "tumor", "tumour")
HEADINGS = ("asthma", "rabies", "tomography, x-ray computed", "power (psychology)", "wounds and injuries")

plain = st.sampled_from(NAMES).map(lambda n: Word((n,)))
cut = st.sampled_from(NAMES).flatmap(
    lambda n: st.integers(4, max(4, len(n))).map(lambda i: Word((n[:i], ANY)) if len(n) >= 4 else Word((n,)))
)
signs = st.sampled_from([ANY, Wild(0, 1), Wild(1, 1), Wild(0, 2)])


@st.composite
def wild_words(draw: st.DrawFn) -> Word:
    name = draw(st.sampled_from(NAMES))
    at = draw(st.integers(2, len(name)))
    rest = name[at + draw(st.integers(0, 1)) :]
    return Word(tuple(p for p in (name[:at], draw(signs), rest) if p))


def booleans(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.lists(children, min_size=2, max_size=4).flatmap(
        lambda c: st.lists(st.sampled_from(list(Op)), min_size=len(c) - 1, max_size=len(c) - 1).map(lambda o: Boolean(tuple(c), tuple(o)))
    )


_tags = st.sampled_from(["TIAB", "TITL", "WORD", "ALL", "PTYP", "AUTH", "OTRM", "?foo"]).map(tag)
_texts = st.builds(
    lambda words, t, quoted: Text(tuple(words), (t,) if t else (), quoted),
    st.lists(plain | cut, min_size=1, max_size=3),
    st.none() | _tags,
    st.booleans(),
)
_mesh = st.builds(
    lambda n, e, m, s: Mesh(n, e, m, (s,) if s else ()),
    st.sampled_from(HEADINGS),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "diagnosis", "prevention and control", "drug therapy"]),
)
_windows = st.builds(
    lambda w, n, t: Proximity(tuple(Text((x,)) for x in w), (), n, (tag(t),)),
    st.lists(plain, min_size=2, max_size=4),
    st.integers(0, 20),
    st.sampled_from(["TIAB", "TITL", "AFFL"]),
)
_dates = st.builds(
    lambda a, b, t: DateRange(a, b, tag(t)),
    st.sampled_from(["1997", "2010/01", "2010/01/31"]),
    st.sampled_from(["3000", "2015/02/01", "1997"]),
    st.sampled_from(["PDAT", "EDAT", "CRDT"]),
)
_references = st.sampled_from(["1", "2"]).map(LineRef) | st.just(LineRange(Op.OR, (("1", "2"), ("1", "1"))))
pubmed_leaves = _texts | _mesh | _windows | _dates | _references


def _pubmed_groups(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    boolean = booleans(children)
    return boolean | boolean.map(LoneNot) | st.builds(lambda n, t: Tagged(n, (t,)), boolean, _tags)


pubmed_trees: st.SearchStrategy[Node] = st.recursive(pubmed_leaves, _pubmed_groups, max_leaves=12)

_ovid_fields = st.sampled_from([("ovid.tw",), ("TITL", "ovid.ab"), ("TITL",), ("ovid.mp",), ()]).map(lambda c: tuple(tag(x) for x in c))
_ovid_words = st.lists(plain | wild_words(), min_size=1, max_size=3)
ovid_texts = st.builds(lambda w, t: Text(tuple(w), t), _ovid_words, _ovid_fields)
_bare = st.builds(lambda w: Text(tuple(w)), st.lists(plain | wild_words(), min_size=1, max_size=2))
_sides = _bare | st.lists(_bare, min_size=2, max_size=3).map(lambda c: Boolean(tuple(c), (Op.OR,) * (len(c) - 1)))
_joints = st.builds(lambda n, o: Joint(0, True) if o else Joint(n), st.integers(0, 4), st.booleans())
ovid_near = st.lists(_sides, min_size=2, max_size=3).flatmap(
    lambda sides: st.builds(lambda j, t: Proximity(tuple(sides), tuple(j), None, t), st.lists(_joints, min_size=len(sides) - 1, max_size=len(sides) - 1), _ovid_fields)
)  # fmt: skip
ovid_leaves = ovid_texts | ovid_near | st.sampled_from(HEADINGS).map(lambda h: Mesh(h, False))
ovid_trees: st.SearchStrategy[Node] = st.recursive(ovid_leaves, booleans, max_leaves=8)
ovid_limited = ovid_trees | ovid_trees.map(lambda n: Limit(n, ('yr="2005 -current"',)))

_tokens = st.lists(st.sampled_from([*NAMES, "x", "walked", "schools", "carer", "colours"]), max_size=8).map(tuple)
toys = st.builds(
    Toy,
    _tokens,
    _tokens,
    _tokens.map(lambda t: t[:2]),
    st.sets(st.sampled_from(HEADINGS), max_size=2).map(frozenset),
    st.integers(1995, 2020),
)

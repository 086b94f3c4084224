"""Headings, subheadings and publication types: what explodes. Without a tree, an explosion is refused, never left out."""

from __future__ import annotations

from review.library.leaves import SHORTEST, Codes, Refusal
from review.library.tree_file import Headings, family
from review.library.words import code, words
from review.query.fields import is_subheading, subheading
from review.query.tree import Mesh, Span, Text

INSTALL = "Give the tree: --mesh mtrees2025.bin, or once and for all: review mesh install mtrees2025.bin"


def heading_leaf(node: Mesh, mesh: Headings | None) -> Codes:
    """`[mh]`, `[majr]`, with `:noexp` and subheadings. A truncated heading does not explode (PubMed Help, "Truncation")."""
    kind = "mj" if node.major else "mh"
    tag = "majr" if node.major else "mh"
    if node.truncated:
        return _truncated(node, kind)
    for sub in node.subheadings:
        if not is_subheading(sub):
            raise Refusal(node.span, f"there is no subheading '{sub}'", "Write its name or its two letters as MeSH has them.")
    if not words(node.name):
        raise Refusal(node.span, "the heading has no name", "Write it before the tag.")
    names, unknown = _names(node.name, node.span, mesh, explode=node.explode, bare=f"[{tag}:noexp]", what="heading")
    subs = [s for each in node.subheadings for s in (family(each) if node.explode else (each,))]
    if subs:
        return Codes(tuple(code(kind, name, sub) for name in names for sub in dict.fromkeys(subs)), (), unknown, _sure(mesh))
    return Codes(tuple(code(kind, name) for name in names), (), unknown, _sure(mesh))


def _sure(mesh: Headings | None) -> bool:
    """A file with entry terms knows former names as well: what it does not know, PubMed does not either."""
    return mesh is not None and bool(mesh.table.entries)


def _truncated(node: Mesh, kind: str) -> Codes:
    stem = node.name.rstrip("*")
    if "*" in stem or not words(stem):
        raise Refusal(node.span, f"'{node.name}' has a * that is not at its end", "PubMed truncates at the end only.")
    if len(stem) < SHORTEST:
        raise Refusal(node.span, f"'{node.name}' is truncated after fewer than {SHORTEST} characters", "Write a longer beginning.")
    if node.subheadings:
        raise Refusal(node.span, "a truncated heading can't have a subheading", "Write the heading in full.")
    return Codes((), (code(kind, stem),))


def _names(name: str, span: Span, mesh: Headings | None, *, explode: bool, bare: str, what: str) -> tuple[tuple[str, ...], Refusal | None]:
    """The names to look for, and the refusal for one that neither the tree nor any record knows."""
    if explode and (mesh is None or not mesh.has_trees):
        raise Refusal(span, f"'{name}' is to be exploded, and there is no MeSH tree", f"{INSTALL}. Without one, write {bare}.")
    if mesh is None:
        return (name,), None
    found = mesh.find(name)
    if found:
        return (mesh.narrower(found) if explode else (found,)), None
    near = mesh.table.nearest(name)
    mend = f"Did you mean '{near}'?" if near else "Look it up in the MeSH browser."
    if not mesh.table.entries:
        mend += " The file has no entry terms and former names; NLM's d2025.bin has them."
    return (name,), Refusal(span, f"neither {mesh.name or 'the MeSH file'} nor any record has the {what} '{name}'", mend)


def type_leaf(node: Text, mesh: Headings | None, cut: tuple[str, bool]) -> Codes:
    stem, prefix = cut
    if prefix:
        return Codes((), (code("pt", stem),))
    names, unknown = _names(str(node), node.span, mesh, explode=not node.noexp, bare=f"{node}[pt:noexp]", what="publication type")
    return Codes(tuple(code("pt", name) for name in names), (), unknown, _sure(mesh))


def subheading_leaf(node: Text) -> Codes:
    name = subheading(str(node))
    if not is_subheading(name):
        raise Refusal(node.span, f"there is no subheading '{node}'", "Write its name or its two letters as MeSH has them.")
    return Codes(tuple(code("sh", each) for each in ((name,) if node.noexp else family(name))))

"""What PubMed's filters stand for, where that is in the records: languages, species, sex, ages, types of article, abstracts.

Source: PubMed Help, "Filters" (ages: the headings they search; languages; article types as publication types).
"""

from __future__ import annotations

import re
from dataclasses import replace

from review.query.fields import tag
from review.query.ovid_limits import LANGUAGES, PUBLICATION_TYPES
from review.query.tree import Boolean, LoneNot, Mesh, Node, Op, Span, Tagged, Text, Word

# Names as PubMed sends them: heading, exploded or not.
_HEADINGS: dict[str, tuple[tuple[str, bool], ...]] = {
    "humans": (("Humans", True),), "animals": (("Animals", False),), "animal": (("Animals", False),), "male": (("Male", True),), "female": (("Female", True),),
    "newborn": (("Infant, Newborn", True),), "allinfant": (("Infant", True),), "infant": (("Infant", False),),
    "preschoolchild": (("Child, Preschool", True),), "child": (("Child", False),), "adolescent": (("Adolescent", True),),
    "allchild": (("Infant", True), ("Child", True), ("Adolescent", True)), "alladult": (("Adult", True),), "adult": (("Adult", False),),
    "youngadult": (("Young Adult", True),), "middleaged": (("Middle Aged", True),), "middleagedaged": (("Middle Aged", True), ("Aged", True)),
    "aged": (("Aged", True),), "80andover": (("Aged, 80 and over", True),),
}  # fmt: skip
_TYPES = {re.sub(r"[^a-z-]", "", t): t for t in sorted(PUBLICATION_TYPES, reverse=True)} | {"metaanalysis": "meta-analysis"}
_ABSTRACT = frozenset({"fha", "hasabstract", "has abstract", "abstract"})


def equivalent(name: str, span: Span) -> Node | None:
    """A filter as a search of fields; None for one that lives at NCBI (free full text, systematic reviews, clinical queries)."""
    key = re.sub(r"\s+", "", name.lower())
    if key in _HEADINGS:
        headings = tuple(Mesh(h, explode, False, (), False, span) for h, explode in _HEADINGS[key])
        return headings[0] if len(headings) == 1 else Boolean(headings, (Op.OR,) * (len(headings) - 1), span)
    if key in LANGUAGES:
        return Text((Word((key,)),), (tag("LANG"),), False, False, span)
    if key in _TYPES and key != "systematicreview":  # the filter finds more than the type
        return Text(tuple(Word((w,)) for w in _TYPES[key].split()), (tag("PTYP"),), True, False, span)
    if key in _ABSTRACT:
        return Text((Word(("hasabstract",)),), (), False, False, span)
    return None


def written_out(node: Node) -> Node:
    """The tree with every such filter as what it stands for."""
    if isinstance(node, Text) and len(node.tags) == 1 and node.tags[0].code == "FILT":
        return equivalent(str(node), node.span) or node
    if isinstance(node, Boolean):
        return replace(node, operands=tuple(map(written_out, node.operands)))
    if isinstance(node, LoneNot | Tagged):
        return replace(node, operand=written_out(node.operand))
    return node

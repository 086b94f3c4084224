"""What a strategy gets wrong without being told: findings with code, place, why and mend.

The parser's own problems come first; then each check goes over the trees once. MeSH checks need a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from review.query.codes import CODES
from review.query.fields import AUTHORS, is_subheading
from review.query.mesh import MeshTable
from review.query.refs import QueryError, labels_of, order
from review.query.spelling import missing_variants
from review.query.tree import Boolean, LineRange, LineRef, Mesh, Node, Op, Proximity, Span, Strategy, Text, Word, walk
from review.query.tree import label_key as key

MAX_WILDCARDS = 256  # one report says that PubMed rejects more


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    line: int
    column: int
    what: str
    why: str
    mend: str
    stops: bool = False  # the line could not be read

    @property
    def sort_key(self) -> tuple[int, int, str, str]:
        return (self.line, self.column, self.code, self.what)


def _finding(code: str, span: Span, what: str, mend: str = "") -> Finding:
    entry = CODES[code]
    return Finding(code, span.line, span.column, what, entry.why, mend or entry.mend, entry.stops)


def lint(strategy: Strategy, mesh: MeshTable | None = None) -> tuple[Finding, ...]:
    """All findings, in the order of the file. Without a MeSH table the MeSH checks are left out."""
    found = [_finding(p.code, p.span, p.message, p.mend) for p in strategy.problems if strategy.syntax == "pubmed" or p.code != "P07"]
    for check in _CHECKS:
        found.extend(check(strategy))
    if mesh is not None:
        found.extend(_mesh(strategy, mesh))
    return tuple(sorted(set(found), key=lambda f: f.sort_key))


def _nodes(strategy: Strategy) -> Iterator[Node]:
    for line in strategy.lines:
        if line.tree is not None:
            yield from walk(line.tree)


def _truncation(strategy: Strategy) -> Iterator[Finding]:
    if strategy.syntax != "pubmed":
        return
    for node in _nodes(strategy):
        if isinstance(node, Mesh) and "*" in node.name.rstrip("*"):
            yield _finding(
                "P03",
                node.span,
                f"the * in '{node.name}' is not at the end of the term",
                "PubMed truncates at the end only; a major topic is [majr].",
            )
        if not isinstance(node, Text) or not node.span.line:  # the words of a proximity: P06 speaks of them
            continue
        if node.tags and node.tags[0].code in AUTHORS:
            continue
        for i, word in enumerate(node.words):
            if word.plain:
                odd = [
                    c
                    for c in "?$#"
                    if c in word.stem and not word.stem.endswith("?") and len(word.stem) > 1 and not word.stem.startswith("#")
                ]
                if odd:
                    yield _finding("P09", node.span, f"'{word}' holds '{odd[0]}', which is no wildcard in PubMed")
                continue
            last = i == len(node.words) - 1
            if not last or not word.prefix:
                yield _finding(
                    "P03",
                    node.span,
                    f"the * in '{node}' is not at the end of the term",
                    "PubMed truncates at the end only: write the forms of the inner word out.",
                )
            elif len(_letters(node, word)) < 4:
                yield _finding("P03", node.span, f"'{node}' is truncated after fewer than four characters")


def _letters(node: Text, word: Word) -> str:
    return " ".join([*(str(w) for w in node.words[:-1]), word.stem])


def _untagged(strategy: Strategy) -> Iterator[Finding]:
    if strategy.syntax != "pubmed":
        return
    for node in _nodes(strategy):
        # The words of a proximity have their tag above them, and no place of their own.
        if isinstance(node, Text) and not node.tags and node.span.line and not str(node).lower().startswith("hasabstract"):
            shown = f'"{node}"' if node.quoted else str(node)
            yield _finding(
                "P08",
                node.span,
                f"{shown} has no field: PubMed maps it automatically"
                if not node.quoted and node.plain
                else f"{shown} has no field: PubMed searches all of them",
            )


def _wildcards(strategy: Strategy) -> Iterator[Finding]:
    if strategy.syntax != "pubmed":
        return
    counts = {
        line.label: sum(not w.plain for n in walk(line.tree) if isinstance(n, Text) for w in n.words)
        for line in strategy.lines
        if line.tree
    }
    total = 0
    try:
        for label in order(strategy):
            total += counts.get(label, 0)
    except QueryError:
        total = sum(counts.values())
    if total > MAX_WILDCARDS and strategy.lines:
        final = strategy.line(strategy.final) or strategy.lines[-1]
        yield _finding("P11", final.span, f"the search holds {total} truncated terms")


def _mixed(strategy: Strategy) -> Iterator[Finding]:
    if strategy.syntax != "pubmed":
        return  # the Ovid parser notes it, for its tree has the precedence in it
    for node in _nodes(strategy):
        if isinstance(node, Boolean) and Op.OR in node.operators and len(set(node.operators)) > 1:
            first = node.operators[0]
            turn = next(i for i, o in enumerate(node.operators) if o is not first and Op.OR in (o, first))
            span = node.operands[turn + 1].span
            yield _finding(
                "R03",
                span,
                f"{' and '.join(sorted({o.value for o in node.operators}))} stand side by side without brackets: PubMed works from left to right",
            )


def _references(strategy: Strategy) -> Iterator[Finding]:
    if len(strategy.lines) < 2:
        return
    used: set[str] = set()
    any_reference = False
    for node in _nodes(strategy):
        if isinstance(node, LineRef | LineRange):
            any_reference = True
            try:
                used.update(key(label) for label in labels_of(strategy, node))
            except QueryError:
                return  # reported already; which lines are unused can't be told
        if isinstance(node, Boolean):
            yield from _twice(strategy, node)
        if isinstance(node, LineRange):
            yield from _repeated(strategy, node)
    for line in strategy.lines:
        if key(line.label) not in used and line.label != strategy.final:
            what = f"line {line.label} is used by no other line" if any_reference else f"line {line.label} is combined with no other line"
            yield _finding("R01", line.span, what)


def _repeated(strategy: Strategy, node: LineRange) -> Iterator[Finding]:
    counts = Counter(labels_of(strategy, node))
    for label, n in counts.items():
        if n > 1:
            yield _finding("R02", node.span, f"line {label} is combined with itself")


def _twice(strategy: Strategy, node: Boolean) -> Iterator[Finding]:
    """The same line twice under one operator."""
    if node.operator is None:
        return
    seen: set[tuple[str, str]] = set()
    for operand in node.operands:
        names = [("line", key(x)) for x in _safe(strategy, operand)] if isinstance(operand, LineRef | LineRange) else []
        for name in names:
            if name in seen:
                yield _finding("R02", operand.span, f"line {name[1]} is combined with itself")
            seen.add(name)


def _safe(strategy: Strategy, node: LineRef | LineRange) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(labels_of(strategy, node)))
    except QueryError:
        return ()


def _duplicates(strategy: Strategy) -> Iterator[Finding]:
    for node in _nodes(strategy):
        if isinstance(node, Boolean) and set(node.operators) == {Op.OR}:
            seen: set[object] = set()
            for operand in node.operands:
                if not isinstance(operand, Text | Mesh | Proximity):
                    continue
                mark = _mark(operand)
                if mark in seen:
                    yield _finding("R05", operand.span, f"{_shown(operand)} stands in this group already")
                seen.add(mark)
    lines: dict[Node, str] = {}
    for line in strategy.lines:
        if line.tree is None:
            continue
        if line.tree in lines:
            yield _finding("R06", line.span, f"line {line.label} is the same as line {lines[line.tree]}")
        lines.setdefault(line.tree, line.label)


def _mark(node: Text | Mesh | Proximity) -> object:
    if isinstance(node, Text):
        return (str(node).lower(), tuple(t.code for t in node.tags), node.noexp)
    if isinstance(node, Mesh):
        return (node.name.lower(), node.explode, node.major, node.subheadings)
    return node


def _shown(node: Node) -> str:
    return f"'{node.name}'" if isinstance(node, Mesh) else f"'{node}'" if isinstance(node, Text) else "this proximity search"


def _spelling(strategy: Strategy) -> Iterator[Finding]:
    texts: list[Text] = []
    for node in _nodes(strategy):
        if isinstance(node, Text) and (not node.tags or node.tags[0].code in _TEXT_FIELDS) and node.span.line:
            texts.append(node)
        elif isinstance(node, Proximity):
            texts.extend(o for o in node.operands if isinstance(o, Text))
    for node, word, other in missing_variants(texts):
        if node.span.line:
            yield _finding(
                "R04",
                node.span,
                f"'{word}' is searched, its other spelling '{other}' is not",
                f"Add '{other}', or truncate before the difference.",
            )


_TEXT_FIELDS = frozenset({"TIAB", "TITL", "WORD", "ALL", "OTRM", "ovid.tw", "ovid.ab", "ovid.mp", "ovid.kw"})


def _mesh(strategy: Strategy, table: MeshTable) -> Iterator[Finding]:
    checked: dict[str, tuple[str, str, str] | None] = {}
    for node in _nodes(strategy):
        if not isinstance(node, Mesh):
            continue
        if node.name not in checked:
            checked[node.name] = _judged(node, table)
        verdict = checked[node.name]
        if verdict:
            yield _finding(verdict[0], node.span, verdict[1], verdict[2])
    for node in _nodes(strategy):
        if isinstance(node, Mesh):
            for name in node.subheadings:
                if not is_subheading(name):
                    yield _finding("M03", node.span, f"'{name}' is no MeSH subheading")


def _judged(node: Mesh, table: MeshTable) -> tuple[str, str, str] | None:
    if node.truncated or table.heading(node.name):
        return None
    leads_to = table.entry(node.name)
    if leads_to:
        return ("M02", f"'{node.name}' is an entry term or a former name of the heading '{leads_to}'", f'Write "{leads_to}".')
    if node.name.lower().startswith("exp ") and table.heading(node.name[4:]):
        return (
            "M01",
            f"'{node.name}' is no MeSH heading: 'exp' is Ovid's word",
            f'PubMed explodes by itself: write "{table.heading(node.name[4:])}"[mh].',
        )
    near = table.nearest(node.name)
    base = node.name.partition("/")[0].strip()
    if "/" in node.name and table.heading(base):
        return ("M03", f"'{node.name.partition('/')[2].strip()}' is no MeSH subheading", "")
    return ("M01", f"'{node.name}' is no MeSH heading of this file", f'Did you mean "{near}"?' if near else "")


_CHECKS: tuple[Callable[[Strategy], Iterator[Finding]], ...] = (
    _truncation, _untagged, _wildcards, _mixed, _references, _duplicates, _spelling,
)  # fmt: skip

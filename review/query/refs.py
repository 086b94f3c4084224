"""From lines to one tree: references resolved; loops, orphans and unreadable lines are errors that name the line."""

from __future__ import annotations

import re
from dataclasses import replace

from review.errors import ReviewError
from review.query.fields import is_subheading, subheading
from review.query.tree import (
    MAX_DEPTH,
    Boolean,
    Limit,
    Line,
    LineRange,
    LineRef,
    LoneNot,
    Mesh,
    Node,
    Op,
    Proximity,
    Strategy,
    Tag,
    Tagged,
    Text,
    Word,
    children,
    walk,
)
from review.query.tree import label_key as key

MAX_NODES = 500_000  # a strategy that doubles with each line would otherwise fill the memory


class QueryError(ReviewError):
    """A strategy that can't be resolved; the message names line and column."""


class Loop(QueryError):
    """A line that needs itself."""

    def __init__(self, message: str, hint: str, line: Line) -> None:
        super().__init__(message, hint)
        self.line = line


def labels_of(strategy: Strategy, node: LineRange | LineRef) -> tuple[str, ...]:
    """The labels of the lines a reference names, in order. Raises QueryError for one that does not exist."""
    known = strategy.positions
    parts = ((node.label, node.label),) if isinstance(node, LineRef) else node.parts
    found: list[str] = []
    for first, last in parts:
        for label in (first, last):
            if key(label) not in known:
                raise QueryError(
                    f"line {node.span.line}, column {node.span.column}: there is no line {label}",
                    f"The strategy has the lines {strategy.lines[0].label} to {strategy.lines[-1].label}. Correct the number.",
                )
        start, stop = known[key(first)], known[key(last)]
        if stop < start:
            raise QueryError(
                f"line {node.span.line}, column {node.span.column}: the range {first}-{last} runs backwards", f"Write {last}-{first}."
            )
        found.extend(line.label for line in strategy.lines[start : stop + 1])
    return tuple(found)


def order(strategy: Strategy, *labels: str) -> tuple[str, ...]:
    """The labels of the lines needed for some lines (the final one by default), each after those it refers to."""
    done: dict[str, None] = {}
    path: dict[str, None] = {}  # the lines being entered, in order
    stack: list[tuple[Line, bool]] = [(_line(strategy, label), False) for label in reversed(labels or (strategy.final,))]
    while stack:
        line, leaving = stack.pop()
        if leaving:
            path.pop(line.label)
            done[line.label] = None
            continue
        if line.label in done:
            continue
        if line.label in path:
            names = list(path)
            loop = [*names[names.index(line.label) :], line.label]
            raise Loop(
                f"line {line.span.line}: line {line.label} refers to itself ({' → '.join(loop)})",
                "Renumber the reference: a line may only use others that do not need it.",
                line,
            )
        if line.tree is None:
            raise QueryError(f"line {line.span.line}: line {line.label} could not be read", _why(strategy, line))
        path[line.label] = None
        stack.append((line, True))
        used = [name for n in walk(line.tree) if isinstance(n, LineRef | LineRange) for name in labels_of(strategy, n)]
        stack.extend((_line(strategy, name), False) for name in reversed(used))
    return tuple(done)


def expand(strategy: Strategy, label: str = "") -> Node:
    """The tree of a line (the final one by default) with every reference resolved and Ovid's group fields handed down."""
    trees: dict[str, Node] = {}
    sizes: dict[str, int] = {}
    for name in order(strategy, label or strategy.final):
        line = _line(strategy, name)
        assert line.tree is not None
        tree = hand_down(line.tree) if strategy.syntax == "ovid" else line.tree
        size = 0
        for node in walk(tree):
            size += 1
            if isinstance(node, LineRef | LineRange):
                size += sum(sizes[u] for u in labels_of(strategy, node))
        if size > MAX_NODES:
            raise QueryError(
                f"line {line.span.line}: line {name} stands for more than {MAX_NODES:,} terms once its references are resolved",
                "Lines that use each other twice double in size: combine each line once.",
            )
        trees[name] = _resolve(tree, strategy, trees)
        sizes[name] = size
    wanted = _line(strategy, label or strategy.final)
    if _depth(trees[wanted.label]) > MAX_DEPTH:
        raise QueryError(
            f"line {wanted.span.line}: line {wanted.label} nests deeper than {MAX_DEPTH} levels once its references are resolved",
            "Combine the lines in fewer steps.",
        )
    return trees[wanted.label]


def _depth(tree: Node) -> int:
    deepest = 0
    stack = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        if depth > MAX_DEPTH:
            break
        stack.extend((child, depth + 1) for child in children(node))
    return deepest


def _line(strategy: Strategy, label: str) -> Line:
    line = strategy.line(label)
    if line is not None:
        return line
    raise QueryError(
        f"there is no line {label}" if strategy.lines else "the strategy is empty",
        f"The lines are {', '.join(line.label for line in strategy.lines[:20])}." if strategy.lines else "Write at least one line.",
    )


def _why(strategy: Strategy, line: Line) -> str:
    for problem in strategy.problems:
        if problem.fatal and line.span.start <= problem.span.start <= line.span.end:
            return f"line {problem.span.line}, column {problem.span.column}: {problem.message}. {problem.mend}"
    return "Run 'review query check' on it."


def _resolve(node: Node, strategy: Strategy, trees: dict[str, Node]) -> Node:
    if isinstance(node, LineRef):
        return trees[labels_of(strategy, node)[0]]
    if isinstance(node, LineRange):
        found = [trees[name] for name in labels_of(strategy, node)]
        return found[0] if len(found) == 1 else _joined(tuple(found), (node.operator,) * (len(found) - 1), node)
    if isinstance(node, Boolean):
        return _joined(tuple(_resolve(o, strategy, trees) for o in node.operands), node.operators, node)
    if isinstance(node, Proximity):
        return replace(node, operands=tuple(_resolve(o, strategy, trees) for o in node.operands))
    if isinstance(node, LoneNot | Tagged | Limit):
        return replace(node, operand=_resolve(node.operand, strategy, trees))
    return node


def _joined(operands: tuple[Node, ...], operators: tuple[Op, ...], at: Boolean | LineRange) -> Boolean:
    """A Boolean in which operands that bring nothing but the same operator are taken in: chains of lines stay flat."""
    flat: list[Node] = []
    joints: list[Op] = []
    for i, operand in enumerate(operands):
        op = operators[i - 1] if i else None
        inner = operand if isinstance(operand, Boolean) else None
        if op is not None:
            joints.append(op)
        # (A op B) op C is A op B op C, and A op (B op C) too for one AND or OR; AND and NOT may follow each other on the left.
        following = op or operators[0]
        kinds = {*inner.operators, following} if inner else set()
        if inner and (len(kinds) == 1 or (op is None and Op.OR not in kinds)) and op is not Op.NOT:
            flat.extend(inner.operands)
            joints.extend(inner.operators)
        else:
            flat.append(operand)
    return Boolean(tuple(flat), tuple(joints), at.span)


def hand_down(node: Node, tags: tuple[Tag, ...] = ()) -> Node:
    """The tree with Ovid's group fields on the terms themselves: `(a or b.ti.).tw.` becomes `a.tw. or b.ti.`."""
    if isinstance(node, Tagged):
        return hand_down(node.operand, node.tags)
    if isinstance(node, Boolean):
        return replace(node, operands=tuple(hand_down(o, tags) for o in node.operands))
    if isinstance(node, LoneNot | Limit):
        return replace(node, operand=hand_down(node.operand, tags))
    if isinstance(node, Proximity):
        return replace(node, tags=node.tags or tags)
    if isinstance(node, Text) and tags and not node.tags:
        return in_fields(node, tags)
    return node


def in_fields(text: Text, tags: tuple[Tag, ...]) -> Text | Mesh:
    """An Ovid term in its fields: `.sh.` makes it a heading, `.fs.` and `.pt.` do not explode."""
    code = tags[0].code if len(tags) == 1 else ""
    if code == "ovid.xs" and text.plain and is_subheading(subheading(str(text))):
        code = "ovid.fx"  # `tu.xs.` of the clinical queries: the subheading and those below it
    if code in ("ovid.sh", "ovid.xs"):
        name, _, subs = str(text).partition("/")
        return Mesh(name, code == "ovid.xs", False, tuple(subheading(s) for s in re.split(r"\s*,\s*", subs) if s), text.quoted, text.span)
    if code in ("SUBH", "ovid.fx"):
        name = subheading(str(text))
        words = tuple(Word((w,)) for w in name.split()) if text.plain and is_subheading(name) else text.words
        return replace(text, words=words, tags=(Tag("SUBH", tags[0].written, tags[0].span),), noexp=code == "SUBH", quoted=False)
    return replace(text, tags=tags, noexp=code in ("SUBH", "PTYP"))

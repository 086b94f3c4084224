"""From one syntax to the other: faithful where it can be, broader where it cannot, never narrower without saying so.

Each line is translated by itself. What stands on the right of a NOT must not become broader (that would lose records), so
trees are translated in two senses: `broad` gives at least what was asked for, `narrow` at most. What has no translation
is `EVERYTHING` in the first sense and `NOTHING` in the second, and is worked out of the Booleans around it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from review.errors import UsageError
from review.query import to_ovid, to_pubmed
from review.query.changes import Again, Change, Notes, Result, Whole, combine
from review.query.refs import QueryError, expand, hand_down, labels_of, order
from review.query.tree import Boolean, Line, LineRange, LineRef, LoneNot, Node, Op, Strategy, Text, walk
from review.query.tree import label_key as key


@dataclass(frozen=True, slots=True)
class Translation:
    strategy: Strategy
    changes: tuple[Change, ...]


Leaf = Callable[[Node, bool, Notes], Result]


def translate(strategy: Strategy, to: str, *, wild: bool = False) -> Translation:
    """The strategy in the other syntax. wild: for an engine of PubMed's syntax whose proximity takes truncated words, as
    a library's does and PubMed's does not. Raises QueryError where a line could not be read, UsageError for an unknown syntax."""
    if to not in ("pubmed", "ovid"):
        raise UsageError(f"There is no syntax '{to}'.", "There are: pubmed, ovid.")
    if to == strategy.syntax:
        return Translation(strategy, ())
    if fault := strategy.fault:
        raise QueryError(f"line {fault.span.line}, column {fault.span.column}: {fault.message}", fault.mend)
    everything, leaf = (to_pubmed.everything, to_pubmed.leaf) if to == "pubmed" else (to_ovid.everything, to_ovid.leaf)
    walker = _Walker(strategy, leaf, Notes(wild=wild))
    done: dict[str, Line] = {}
    for label in order(strategy, *(line.label for line in strategy.lines)):
        done[label] = walker.line(label, everything())
    target = Strategy(tuple(done[line.label] for line in strategy.lines), to, strategy.final)
    if to == "pubmed" and not wild:
        _count_wildcards(target, walker.notes)
    places = {line.label: i for i, line in enumerate(strategy.lines)}
    changes = sorted(walker.notes.found.values(), key=lambda c: (places[c.label], c.line, c.column, c.what))
    return Translation(target, tuple(changes))


MAX_WILDCARDS = 256  # one report says that PubMed rejects a query with more


def _count_wildcards(strategy: Strategy, notes: Notes) -> None:
    used = order(strategy)
    lines = [line for line in strategy.lines if line.label in used and line.tree is not None]
    total = sum(not w.plain for line in lines if line.tree for n in walk(line.tree) if isinstance(n, Text) for w in n.words)
    if total > MAX_WILDCARDS:
        notes.label = strategy.final
        what = f"the whole search holds {total} truncated terms: PubMed may reject more than {MAX_WILDCARDS}. Run its lines apart"
        notes.add("differs", what, "", lines[-1].span)


@dataclass
class _Walker:
    strategy: Strategy
    leaf: Leaf
    notes: Notes
    wholes: dict[str, Whole] = field(default_factory=dict)  # lines that became everything
    inexact: set[str] = field(default_factory=set)

    def line(self, label: str, everything: Node) -> Line:
        line = self.strategy.line(label)
        assert line is not None
        assert line.tree is not None
        self.notes.label = label
        before = len(self.notes.found)
        result = self.tree(hand_down(line.tree) if self.strategy.syntax == "ovid" else line.tree, True)
        used = {key(n.label) for n in walk(line.tree) if isinstance(n, LineRef)}
        for node in walk(line.tree):
            if isinstance(node, LineRange):
                used.update(key(x) for x in labels_of(self.strategy, node))
        if len(self.notes.found) > before or used & self.inexact:
            self.inexact.add(key(label))
        if isinstance(result, Whole):
            self.wholes[key(label)] = result
            self.notes.add("broader", "nothing of this line can be said: it restricts nothing any more", "", line.span)
            result = everything
        return replace(line, tree=result, text="", numbered=line.numbered)

    def tree(self, node: Node, broad: bool) -> Result:
        if isinstance(node, LineRef):
            return self._reference(node, broad)
        if isinstance(node, LineRange):
            refs = tuple(LineRef(label, node.span) for label in labels_of(self.strategy, node))
            if len(refs) == 1:
                return self._reference(refs[0], broad)
            return self._boolean(Boolean(refs, (node.operator,) * (len(refs) - 1), node.span), broad)
        if isinstance(node, Boolean):
            return self._boolean(node, broad)
        if isinstance(node, LoneNot):
            self.notes.add("broader", "a NOT with nothing before it has no translation", "left out", node.span)
            return Whole.EVERYTHING if broad else Whole.NOTHING
        result = self.leaf(node, broad, self.notes)
        if isinstance(result, Again):
            return self.tree_with(result, broad)
        return result

    def tree_with(self, again: Again, broad: bool) -> Result:
        """A limit: its operand, and the conditions that the target can say."""
        inner = self.tree(again.operand, broad)
        result = inner
        for condition in again.conditions:
            result = combine(result, Op.AND, condition, again.operand.span)
        return result

    def _reference(self, node: LineRef, broad: bool) -> Result:
        label = labels_of(self.strategy, node)[0]
        if broad or key(label) not in self.inexact:
            whole = self.wholes.get(key(label))
            return whole if whole else LineRef(label, node.span)
        # The line was made broader, but here it is taken away: say it again, narrowly.
        self.notes.add("broader", f"line {label} is taken away here; only what is exactly the same of it is", "written out", node.span)
        muted, self.notes.muted = self.notes.muted, True
        result = self.tree(expand(self.strategy, label), False)
        self.notes.muted = muted
        return result

    def _boolean(self, node: Boolean, broad: bool) -> Result:
        result = self.tree(node.operands[0], broad)
        for operator, operand in zip(node.operators, node.operands[1:], strict=True):
            right = self.tree(operand, broad if operator is not Op.NOT else not broad)
            if operator is Op.NOT and right is Whole.NOTHING:
                self.notes.add("broader", "what NOT takes away can't be said exactly: it is left in", "left out", operand.span)
            result = combine(result, operator, right, node.span)
        return result

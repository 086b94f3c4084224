"""A strategy run on a library: the set of each line, from left to right as PubMed does, and what it could not do faithfully.

First every term of every line is looked at, and all refusals are told at once; only then is the library asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from review.errors import ReviewError
from review.library.leaves import Codes, Everything, Leaf, Near, Options, Phrases, Pmids, Refusal, Refused, Together
from review.library.nearby import near_hits
from review.library.terms import leaf
from review.library.tree_file import Headings
from review.query import labels_of, order
from review.query.build import QUOTES
from review.query.filters import written_out
from review.query.tree import Boolean, LineRange, LineRef, Node, Op, Proximity, Strategy, Text, children
from review.store.library import Library, Phrase
from review.store.library_hits import NONE

LITERAL = "Phrases are taken literally here. PubMed looks them up in its phrase index and parts those that are not in it, so that counts can differ."
MAPPED = "Untagged terms were looked for in all fields as they stand (--all-fields); PubMed would have mapped them to headings, journals and authors."
_SAID = ("P04", "P07", "P12", "P13")  # of the parser's notes those that change what is searched


@dataclass(frozen=True, slots=True)
class LineCount:
    label: str
    text: str
    hits: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a strategy finds: the PMIDs of its final line, newest number first, and the hits of each line."""

    pmids: tuple[int, ...]
    lines: tuple[LineCount, ...]
    warnings: tuple[str, ...]
    of: int  # records in the library


class Evaluation:
    """A strategy on a library, line by line. `sets`: label → the set of records that the line finds."""

    def __init__(
        self,
        library: Library,
        strategy: Strategy,
        mesh: Headings | None = None,
        options: Options | None = None,
        given: Mapping[str, int] | None = None,
    ) -> None:
        """given: sets of lines that are known already, whatever their trees. Raises Refused, QueryError for lines that can't be resolved, ReviewError for those that can't be read."""
        self.library = library
        # Filters that stand for fields are searched as these; the others are refused.
        self.strategy = strategy = replace(
            strategy, lines=tuple(replace(line, tree=line.tree and written_out(line.tree)) for line in strategy.lines)
        )
        self._mesh = mesh
        self._options = options or Options()
        self._leaves: dict[int, Leaf] = {}
        self._absent: dict[str, None] = {}  # headings that do not exist
        self.sets: dict[str, int] = dict(given or {})
        self._check()
        for line in strategy.lines:
            for label in order(strategy, line.label):
                if label not in self.sets:
                    needed = strategy.line(label)
                    assert needed is not None
                    assert needed.tree is not None
                    self.sets[label] = self.find(needed.tree)

    def _check(self) -> None:
        """Each term's leaf, or all refusals at once."""
        strategy = self.strategy
        if fault := strategy.fault:
            raise ReviewError(f"line {fault.span.line}, column {fault.span.column}: {fault.message}", fault.mend)
        if not strategy.whole:
            raise ReviewError("There is no search in it.", "Write at least one term, such as partnership*[tiab].")
        if strategy.syntax != "pubmed":
            raise ReviewError(
                "The strategy is in Ovid's syntax, and a library answers as PubMed does.",
                "Translate it first: review query translate FILE --from ovid --to pubmed",
            )
        refusals = [refusal for line in strategy.lines if line.tree is not None for refusal in self._prepare(line.tree)]
        if refusals:
            raise Refused(tuple(refusals))

    def _prepare(self, tree: Node) -> list[Refusal]:
        found: list[Refusal] = []
        waiting = [tree]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Boolean):
                waiting.extend(reversed(node.operands))
            elif not isinstance(node, LineRef | LineRange):
                try:
                    self._leaves[id(node)] = self._leaf(node)
                except Refusal as refusal:
                    found.append(refusal)
                    if not isinstance(node, Text | Proximity):
                        waiting.extend(reversed(children(node)))  # what else is wrong, below it
        return found

    def _leaf(self, node: Node) -> Leaf:
        if (
            isinstance(node, Proximity)
            and node.span.line
            and self.strategy.source[node.span.start : node.span.start + 1] not in tuple(QUOTES)
        ):
            raise Refusal(
                node.span,
                "a proximity search without quotation marks: PubMed ignores ':~N' there",
                f'Write "word word"[tiab:~{node.window}].',
            )
        return leaf(node, self._mesh, self._options)

    # -- sets -----------------------------------------------------------------------------------------------

    def find(self, node: Node) -> int:
        """The set of a node of this strategy's lines."""
        if isinstance(node, Boolean):
            return self._boolean(node.operands, node.operators)
        if isinstance(node, LineRef | LineRange):
            sets = [self.sets[label] for label in labels_of(self.strategy, node)]
            found = sets[0]
            for each in sets[1:]:
                found = _joined(found, node.operator if isinstance(node, LineRange) else Op.OR, each)
            return found
        return self._look_up(self._leaves[id(node)]) & self.library.alive

    def _boolean(self, operands: Sequence[Node], operators: Sequence[Op]) -> int:
        """From left to right. Phrases in a row of ORs are looked up together, which is much the same to SQLite as one."""
        found = NONE
        waiting: dict[tuple[tuple[str, tuple[str, ...]], ...], list[Phrase]] = {}

        def settle() -> int:
            total = found
            for places, phrases in waiting.items():
                total |= self._look_up(Phrases(places, tuple(phrases)))
            waiting.clear()
            return total & self.library.alive

        for i, operand in enumerate(operands):
            op = operators[i - 1] if i else Op.OR
            of = self._leaves.get(id(operand))
            if op is Op.OR and isinstance(of, Phrases):
                waiting.setdefault(of.places, []).extend(of.alternatives)
                continue
            if op is not Op.OR:
                found = settle()
            found = _joined(found, op, self.find(operand))
        return settle()

    def _look_up(self, of: Leaf) -> int:
        library = self.library
        if isinstance(of, Phrases):
            found = NONE
            for index, columns in of.places:
                found |= library.phrases(index, columns, of.alternatives)
            return found
        if isinstance(of, Near):
            return near_hits(library, of)
        if isinstance(of, Pmids):
            return library.with_pmids(of.low, of.high)
        if isinstance(of, Everything):
            return library.alive
        if isinstance(of, Together):
            found = self._look_up(of.parts[0])
            for part in of.parts[1:]:
                found = _joined(found, Op.AND if of.every else Op.OR, self._look_up(part))
            return found
        found = library.codes(of.tokens, of.prefixes)
        if of.unknown is not None and not found:
            if not of.sure:
                raise Refused((of.unknown,))
            self._absent.setdefault(f"{of.unknown.message}: it finds nothing. {of.unknown.hint}")
        return found

    def without(self, label: str) -> int:
        """The final set as it would be if a line found nothing. Only the lines that use it are worked out again."""
        kept = dict(self.sets)
        changed = {label}
        self.sets[label] = NONE
        try:
            for name in order(self.strategy):
                line = self.strategy.line(name)
                if name != label and line is not None and line.tree is not None and changed & _used(self.strategy, line.tree):
                    changed.add(name)
                    self.sets[name] = self.find(line.tree)
            return self.sets[self.strategy.final]
        finally:
            self.sets = kept

    # -- what to tell ---------------------------------------------------------------------------------------

    def warnings(self) -> tuple[str, ...]:
        told = [f"line {p.span.line}, column {p.span.column}: {p.message}. {p.mend}" for p in self.strategy.problems if p.code in _SAID]
        told += self._absent
        leaves = list(self._leaves.values())
        if any(isinstance(each, Phrases) and any(len(p.words) > 1 for p in each.alternatives) for each in leaves):
            told.append(LITERAL)
        if self._options.all_fields and any(
            isinstance(n, Text) and not n.tags for line in self.strategy.lines if line.tree for n in _terms(line.tree)
        ):
            told.append(MAPPED)
        return tuple(told)


def _used(strategy: Strategy, tree: Node) -> set[str]:
    return {name for node in _terms(tree) if isinstance(node, LineRef | LineRange) for name in labels_of(strategy, node)}


def _terms(tree: Node) -> list[Node]:
    found: list[Node] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if not isinstance(node, Proximity):
            waiting.extend(children(node))
    return found


def _joined(left: int, op: Op, right: int) -> int:
    if op is Op.AND:
        return left & right
    return left & ~right if op is Op.NOT else left | right


def search(library: Library, strategy: Strategy, mesh: Headings | None = None, options: Options | None = None) -> Found:
    """Run a strategy: all lines are counted, the final one is the result. Raises what Evaluation raises."""
    run = Evaluation(library, strategy, mesh, options)
    lines = tuple(LineCount(line.label, line.text, run.sets[line.label].bit_count()) for line in strategy.lines)
    pmids = tuple(reversed(library.pmids(run.sets[strategy.final])))
    return Found(pmids, lines, run.warnings(), library.count())


__all__ = ["Codes", "Evaluation", "Found", "LineCount", "Options", "Refused", "search"]

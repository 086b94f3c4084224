"""Does a strategy find what it should? Known studies found and missed, who loses a missed one, what each line adds.

Relative recall on a set of known records, as in Sampson M, et al. J Clin Epidemiol 2006;59:857-62, and the PRESS
guideline (McGowan 2016), which ask for a test against known items before a search is run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.library.evaluate import Evaluation
from review.library.leaves import Options
from review.library.tree_file import Headings
from review.query import labels_of, order
from review.query.tree import Boolean, LineRange, LineRef, Node, Op, Strategy
from review.store.library import Library


@dataclass(frozen=True, slots=True)
class Loss:
    """A place where a known record is lost. `how`: `not found by` a part that AND needs, or `taken away by` a NOT."""

    label: str
    line: int
    column: int
    part: str
    how: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A known record that the strategy misses. `lines`: labels of the lines that do find it."""

    pmid: int
    lines: tuple[str, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class LineShare:
    """What a line is for. known: of the known records it finds; alone: known records found by the whole only because of
    this line; alone_all: the same of all records. `final`: the line is the result itself."""

    label: str
    text: str
    hits: int
    known: int
    alone: tuple[int, ...]
    alone_all: int
    used: bool
    final: bool


@dataclass(frozen=True, slots=True)
class Validation:
    found: tuple[int, ...]
    missed: tuple[Missed, ...]
    absent: tuple[int, ...]  # known PMIDs that the library does not hold: neither found nor missed
    hits: int
    lines: tuple[LineShare, ...]
    warnings: tuple[str, ...]

    @property
    def recall(self) -> float | None:
        """Found among those that the library holds, None where it holds none."""
        held = len(self.found) + len(self.missed)
        return len(self.found) / held if held else None


def validate(
    library: Library, strategy: Strategy, known: Sequence[int], mesh: Headings | None = None, options: Options | None = None
) -> Validation:
    """Test a strategy on known PMIDs. Raises what Evaluation raises."""
    run = Evaluation(library, strategy, mesh, options)
    wanted = sorted(set(known))
    docs = library.numbered(wanted)
    final = run.sets[strategy.final]
    cache: dict[int, int] = {}  # the sets of the parts that were looked at
    found = tuple(p for p in wanted if p in docs and final >> docs[p] & 1)
    missed = tuple(
        Missed(
            p,
            tuple(line.label for line in strategy.lines if run.sets[line.label] >> docs[p] & 1),
            tuple(_Losses(run, docs[p], cache).found()),
        )
        for p in wanted
        if p in docs and not final >> docs[p] & 1
    )
    mask = 0
    for doc in docs.values():
        mask |= 1 << doc
    pmid_of = {doc: pmid for pmid, doc in docs.items()}
    return Validation(
        found, missed, tuple(p for p in wanted if p not in docs), final.bit_count(), tuple(_shares(run, mask, pmid_of)), run.warnings()
    )


class _Losses:
    """Down from the final line: the parts without which a record would be found. Each line is gone into once."""

    def __init__(self, run: Evaluation, doc: int, cache: dict[int, int]) -> None:
        """cache: what the nodes find, by their id; of one strategy, whatever the record."""
        self._run, self._doc, self._cache = run, doc, cache
        self._seen: set[str] = set()
        self._found: list[Loss] = []

    def found(self) -> list[Loss]:
        final = self._run.strategy.line(self._run.strategy.final)
        assert final is not None
        assert final.tree is not None
        self._seen.add(final.label)
        self._down(final.label, final.tree)
        return self._found

    def _has(self, node: Node) -> bool:
        if id(node) not in self._cache:
            self._cache[id(node)] = self._run.find(node)
        return bool(self._cache[id(node)] >> self._doc & 1)

    def _lose(self, label: str, node: Node, how: str) -> None:
        self._found.append(Loss(label, node.span.line, node.span.column, _shown(self._run, node), how))

    def _down(self, label: str, node: Node) -> None:
        """The record is not in this node: why."""
        if isinstance(node, Boolean):
            self._into_parts(label, node)
        elif isinstance(node, LineRef | LineRange):
            self._into_lines(label, node)
        else:
            self._lose(label, node, "not found by")

    def _into_lines(self, label: str, node: LineRef | LineRange) -> None:
        run = self._run
        labels = labels_of(run.strategy, node)
        if isinstance(node, LineRange) and node.operator is Op.OR and len(labels) > 1:
            self._lose(label, node, "not found by")
            return
        for name in labels:
            line = run.strategy.line(name)
            if name not in self._seen and line is not None and line.tree is not None and not run.sets[name] >> self._doc & 1:
                self._seen.add(name)
                self._down(name, line.tree)

    def _into_parts(self, label: str, node: Boolean) -> None:
        held = False
        since: list[tuple[Node, str]] = []  # what lost it last, going from left to right
        for i, operand in enumerate(node.operands):
            op = node.operators[i - 1] if i else Op.OR
            here = self._has(operand)
            if op is Op.OR:
                if here:
                    held, since = True, []
                elif not held:
                    since.append((operand, "or"))
            elif op is Op.AND and not here:
                if held:
                    since = []
                held = False
                since.append((operand, "and"))
            elif op is Op.NOT and here and held:
                held, since = False, [(operand, "not")]
        ors = [n for n, how in since if how == "or"]
        for part, how in since:
            if how == "not":
                self._lose(label, part, "taken away by")
            elif how == "and" or len(ors) == 1:
                self._down(label, part)
        if len(ors) > 1:
            self._lose(label, node if len(ors) == len(node.operands) else ors[0], "not found by")


def _shown(run: Evaluation, node: Node) -> str:
    text = run.strategy.source[node.span.start : node.span.end]
    return " ".join(text.split()) if len(text) < 200 else " ".join(text[:200].split()) + " …"


def _shares(run: Evaluation, mask: int, pmid_of: dict[int, int]) -> list[LineShare]:
    """For each line: what the final set loses if the line found nothing."""
    strategy = run.strategy
    final = run.sets[strategy.final]
    used = set(order(strategy))
    shares = []
    for line in strategy.lines:
        own = run.sets[line.label]
        is_final = line.label == strategy.final
        lost = final if is_final else final & ~run.without(line.label)
        known = lost & mask
        alone = tuple(sorted(pmid for doc, pmid in pmid_of.items() if known >> doc & 1))
        shares.append(
            LineShare(
                line.label, line.text, own.bit_count(), (own & mask).bit_count(), alone, lost.bit_count(), line.label in used, is_final
            )
        )
    return shares

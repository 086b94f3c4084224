"""The tree of a search: one kind of tree for PubMed and Ovid, frozen, every node with its place in the file.

Two trees are equal when they ask for the same in the same way: places (`span`) and spellings of tags do not count.
No node holds what was not asked for, and nothing that was asked for is left out: what a syntax cannot say is a
`Problem` of the strategy, never a missing node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from review.query.words import ANY, NOWHERE, Span, Tag, Wild, Word, wild_text

MAX_DEPTH = 100  # nested groups; published strategies stay under 15. So code over trees may recurse without fear.

__all__ = [
    "ANY",
    "MAX_DEPTH",
    "NOWHERE",
    "Boolean",
    "DateRange",
    "Joint",
    "Limit",
    "Line",
    "LineRange",
    "LineRef",
    "LoneNot",
    "Mesh",
    "Node",
    "Op",
    "Problem",
    "Proximity",
    "Span",
    "Strategy",
    "Tag",
    "Tagged",
    "Text",
    "Wild",
    "Word",
    "children",
    "label_key",
    "walk",
    "wild_text",
]


class Op(StrEnum):
    """A Boolean operator between two operands. `A NOT B` is A without B."""

    AND = "AND"
    OR = "OR"
    NOT = "NOT"


@dataclass(frozen=True, slots=True)
class Text:
    """A term (one word) or a phrase (several), in the fields named by `tags` (any of them).

    No tags: PubMed maps the term automatically (ATM); Ovid searches `.mp.`. `quoted`: stood in quotation marks.
    Several words are a phrase whether quoted or not, except untagged and unquoted in PubMed, where ATM decides.
    `noexp`: `[sh:noexp]` or `[pt:noexp]`. A date that is no range (`"last 5 years"[dp]`), a subset (`medline[sb]`), a
    filter (`hasabstract`, `free full text[filter]`), an author (`smith j[au]`) and an id are Texts with the tag's code.
    """

    words: tuple[Word, ...]
    tags: tuple[Tag, ...] = ()
    quoted: bool = False
    noexp: bool = False
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return " ".join(str(w) for w in self.words)

    @property
    def plain(self) -> bool:
        return all(w.plain for w in self.words)


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between two neighbours of a `Proximity`: at most `between` words; in that order only if `ordered`.

    Ovid `adj` is Joint(0, ordered=True); `adjN` is Joint(N-1, ordered=False).
    """

    between: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Proximity:
    """Operands near each other, in one field.

    PubMed `"a b c"[tiab:~N]`: `window` is N (at most N other words among all operands, in any order), `joints` is
    empty, operands are Texts of one word without tags. Ovid `a adj3 b adj c`: `window` is None, `joints` has one Joint
    for each gap; operands are Texts, Booleans (OR) of such, or Proximities, without tags of their own once expanded.
    """

    operands: tuple[Node, ...]
    joints: tuple[Joint, ...] = ()
    window: int | None = None
    tags: tuple[Tag, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Mesh:
    """A subject heading.

    `explode`: with all narrower headings (PubMed `[mh]`, Ovid `exp X/`); without: `[mh:noexp]`, `X/`, `X.sh.`.
    `major`: as a main topic only (`[majr]`, `*X/`). `subheadings`: any of them, by full name in lower case
    (`("diagnosis", "therapy")`), empty for all; an unknown one stays as it was written. `name` is the heading as it
    was written, without quotes; a `*` at its end truncates it.
    """

    name: str
    explode: bool = True
    major: bool = False
    subheadings: tuple[str, ...] = ()
    quoted: bool = field(default=False, compare=False)
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def truncated(self) -> bool:
        return "*" in self.name


@dataclass(frozen=True, slots=True)
class DateRange:
    """From `start` to `end`, both included, in a date field (`tag.code` PDAT, EDAT, CRDT, MDAT, DCOM ...).

    A day is `YYYY/MM/DD`, `YYYY/MM` or `YYYY`; `3000` is "and later". One date alone has start == end. The same node with
    code `UID` is a range of PMIDs.
    """

    start: str
    end: str
    tag: Tag
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Boolean:
    """Operands joined by operators and evaluated from left to right.

    `operators[i]` joins `operands[i + 1]` to the result so far, so len(operators) == len(operands) - 1 >= 1. Most are
    all of one kind; a mixed one (`a AND b OR c` in PubMed) means ((a AND b) OR c). Ovid's precedence is already in
    the tree, as nested Booleans.
    """

    operands: tuple[Node, ...]
    operators: tuple[Op, ...]
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def operator(self) -> Op | None:
        """The operator, where there is only one kind."""
        return self.operators[0] if len(set(self.operators)) == 1 else None


@dataclass(frozen=True, slots=True)
class LoneNot:
    """A NOT with nothing before it: `NOT y`, `x AND (NOT y)`.

    PubMed drops the NOT without telling and finds the opposite of what was meant. An engine must refuse it.
    """

    operand: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A field tag on a group.

    Ovid `(a or b).tw.`: every term inside without a field of its own has this one; `expand` hands it down, so that an
    engine does not meet the node. PubMed `(a OR b)[tiab]`: not a thing that PubMed can do (it ignores the tag and says
    nothing); `expand` leaves it, and an engine must refuse it.
    """

    operand: Node
    tags: tuple[Tag, ...]
    noexp: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class LineRef:
    """The result of another line: `#3`, or `3` in Ovid. Gone after `expand`."""

    label: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class LineRange:
    """Lines joined by one operator: `or/1-4,7` has parts (("1", "4"), ("7", "7")). Gone after `expand`."""

    operator: Op
    parts: tuple[tuple[str, str], ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Limit:
    """Ovid's `limit 40 to (english language and yr="1990 -Current")`: the operand, and each condition as written.

    A condition is in lower case with single spaces: `english language`, `humans`, `yr="1990 -current"`. All must hold.
    """

    operand: Node
    conditions: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False)


Node = Text | Proximity | Mesh | DateRange | Boolean | LoneNot | Tagged | LineRef | LineRange | Limit


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the parser met. An error (`fatal`) leaves its line without a tree; else the line has one all the same."""

    code: str  # the lint code, see review.query.codes
    message: str
    span: Span
    mend: str = ""
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a strategy. `tree` is None where the line could not be parsed (the strategy's problems say why)."""

    label: str  # "1", "2", "1a"; the only line of a one-line query is "1"
    tree: Node | None
    text: str = field(default="", compare=False)  # as written, without label, hit count and comment
    comment: str = field(default="", compare=False)  # `[Blood, Cerebrospinal Fluid]`, or `// ...` lines before it
    hits: int | None = field(default=None, compare=False)  # the count that an export gave with it
    numbered: bool = field(default=False, compare=False)  # the label stands in the file
    span: Span = field(default=NOWHERE, compare=False)


def label_key(label: str) -> str:
    """A label as it is compared: `#01` is `1`, `1A` is `1a`."""
    return label.lower().lstrip("#").lstrip("0") or "0"


@dataclass(frozen=True, slots=True)
class Strategy:
    """A search strategy: its lines in order, and the line that is its result."""

    lines: tuple[Line, ...]
    syntax: str  # pubmed | ovid
    final: str = ""  # label of the line that is the result: the last one
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    source: str = field(default="", compare=False, repr=False)  # the text that was parsed
    positions: dict[str, int] = field(init=False, compare=False, repr=False)  # label_key → index in lines

    def __post_init__(self) -> None:
        object.__setattr__(self, "positions", {label_key(line.label): i for i, line in enumerate(self.lines)})

    @property
    def whole(self) -> bool:
        """Every line has a tree, and there is one."""
        return bool(self.lines) and all(line.tree is not None for line in self.lines) and self.fault is None

    @property
    def fault(self) -> Problem | None:
        """The first problem that left a line without a tree."""
        return next((p for p in self.problems if p.fatal), None)

    def line(self, label: str) -> Line | None:
        position = self.positions.get(label_key(label))
        return None if position is None else self.lines[position]


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right under a node, in order."""
    if isinstance(node, Boolean | Proximity):
        return node.operands
    if isinstance(node, LoneNot | Tagged | Limit):
        return (node.operand,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all under it, in the order of the text."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(children(top)))

"""From a tree to text, in the syntax it is a tree of. What is printed parses to an equal tree.

A strategy is printed with numbered lines where it has several; a tree of the other syntax goes through
`review.query.translate` first.
"""

from __future__ import annotations

from review.query.lines import COMMENT
from review.query.ovid_print import ovid_text
from review.query.pubmed_print import pubmed_text
from review.query.tree import LoneNot, Node, Strategy


def render_node(node: Node, syntax: str) -> str:
    """One line's tree as text. Raises QueryError for a node that the syntax cannot say."""
    return ovid_text(node) if syntax == "ovid" else pubmed_text(node)


def render(strategy: Strategy) -> str:
    """The whole strategy as text, ending with a newline. A line that could not be parsed stands as it was written."""
    several = len(strategy.lines) > 1
    out: list[str] = []
    for line in strategy.lines:
        body = " ".join(line.text.split()) if line.tree is None else render_node(line.tree, strategy.syntax)
        if isinstance(line.tree, LoneNot) or COMMENT.match(body):
            body = (
                f"({body})"  # after a line's number, NOT would be read as taking away from that line, and ;; as the beginning of a comment
            )
        out.extend(f"// {text}" for text in line.comment.splitlines())
        label = f"#{line.label} " if strategy.syntax == "pubmed" else f"{line.label}. "
        out.append(f"{label if several or line.numbered else ''}{body}")
    return "\n".join(out) + "\n" if out else ""

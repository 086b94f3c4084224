"""The search language: strategies in PubMed and Ovid MEDLINE syntax, as text and as a tree. Pure: values in, values out.

    strategy = parse(text)                      # or parse(text, "ovid"); detect_syntax(text) says which it would take
    strategy.whole                              # every line has a tree
    strategy.problems                           # what was met on the way: code, message, place, mend
    strategy.lines[0].tree                      # a node of review.query.tree, references to other lines still in it
    expand(strategy)                            # the tree of the final line, references resolved
    expand(strategy, "12")                      # of any line
    order(strategy)                             # labels of all lines that the final line needs, referenced ones first

`parse` does not raise: a line that cannot be read has no tree and a fatal problem, and the other lines are unharmed.
`expand` and `order` raise QueryError, which names the line, for a line without a tree, a reference to no line, or a loop.

An engine that wants counts for each line evaluates `line.tree` in the order of `order(strategy)` and keeps the set of
each label for `LineRef` and `LineRange` (`labels_of` lists a range's labels); one that wants only the result evaluates
`expand(strategy)`. Ovid's group fields are handed down by `expand` (and by `hand_down`, for one line's tree).
"""

from review.query.parse import detect_syntax, parse
from review.query.refs import QueryError, expand, hand_down, labels_of, order
from review.query.tree import Strategy

__all__ = ["QueryError", "Strategy", "detect_syntax", "expand", "hand_down", "labels_of", "order", "parse"]

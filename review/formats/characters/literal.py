"""Lists written out as programs write them, as data frames leave them in a cell."""

from __future__ import annotations

import ast

LITERAL_LIST = r"^(?:\[|c\()\s*['\"]"  # how one begins


def literal_list(text: str) -> list[str]:
    """The items of a list written out as Python or R does (`['a', 'b']`, `c("a", "b")`), as data frames leave them in a cell; else none."""
    inside = text.removeprefix("c(").removesuffix(")") if text.startswith("c(") else text[1:-1]
    if text[:1] + text[-1:] in ("[]", "c)") and len(text) < 100_000:
        try:
            items = ast.literal_eval(f"[{inside}]")
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return []
        if isinstance(items, list):
            return [str(i) for i in items]
    return []

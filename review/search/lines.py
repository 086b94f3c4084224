"""A strategy's numbered lines as queries that can be sent: references to other lines are put in their place.

It knows lines, references and comments, and nothing else of the language. `combine` is the interface; review.query
can take its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from review.errors import ReviewError

Combined = tuple[str, list[tuple[str, str]]]  # the query of the last line, and (number, query) of every line

DEEPEST = 200  # references within references, forward: lines that refer back are done already
LONGEST = 1_000_000  # characters of one query; more is a strategy that multiplies itself

_NUMBERED = re.compile(r"\s*(?:#\s?(\d{1,4})\b[.):]?|(\d{1,4})[.):]|(\d{1,4})(?=\s+[(\"'#A-Za-z]))\s*(.*)\Z")
_COMMENT = re.compile(r"\s*(?://|#(?!\s?\d)|;|%)")
_QUOTED = re.compile(r'("[^"]*")')
_JOINED = re.compile(r"\b(or|and)\s*/\s*#?(\d{1,4}(?:\s*[-–,]\s*#?\d{1,4})*)", re.IGNORECASE)
_REFERENCE = re.compile(r"#(\d{1,4})\b")
_BARE_ONLY = re.compile(r"[\s()\d#]+(?:\s*\b(?:and|or|not)\b[\s()\d#]+)+|\s*\(*\s*#?\d{1,4}\s*\)*\s*", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w#])(\d{1,4})\b")
_OPERATOR = re.compile(r"\b(and|or|not)\b", re.IGNORECASE)


def lines(strategy: str) -> dict[int, str]:
    """The numbered lines as written, comments left out and continued lines joined; {} where nothing is numbered.

    Raises ReviewError for a number that is given twice, and for text before the first number.
    """
    found: dict[int, str] = {}
    last, loose = 0, 0
    for row, text in enumerate(strategy.splitlines(), 1):
        if not text.strip() or _COMMENT.match(text):
            continue
        numbered = _NUMBERED.match(text)
        # A bare number that is not the next one is text: `2010 OR 2011`.
        if numbered and (numbered[3] is None or int(numbered[3]) == last + 1):
            number = int(numbered[1] or numbered[2] or numbered[3])
            if number in found:
                raise ReviewError(f"The strategy has two lines {number} (the second in row {row}).", "Give every line a number of its own.")
            found[number] = numbered[4].strip()
            last = number
        elif found:
            found[last] = f"{found[last]} {text.strip()}".strip()
        else:
            loose = loose or row
    if found and loose:
        raise ReviewError(f"Row {loose} of the strategy stands before the first numbered line.", "Number it, or make it a comment: // …")
    return found


def combine(strategy: str) -> Combined:
    """The whole strategy as one query, and each line as one of its own.

    The last line is the search. Raises ReviewError for an empty strategy, for a reference to no line, and for lines
    that refer to each other in a circle.
    """
    numbered = lines(strategy)
    if not numbered:
        query = " ".join(t.strip() for t in strategy.splitlines() if t.strip() and not _COMMENT.match(t))
        if not query:
            raise ReviewError("The strategy is empty.", "Write the search into its file.")
        return query, []
    done: dict[int, str] = {}
    expanded = [(str(n), _expand(n, numbered, done, ())) for n in numbered]
    return expanded[-1][1], expanded


def _expand(number: int, numbered: Mapping[int, str], done: dict[int, str], above: tuple[int, ...]) -> str:
    if number in done:
        return done[number]
    path = (*above, number)
    if number in above:
        circle = " → ".join(f"#{n}" for n in path[above.index(number) :])
        raise ReviewError(f"Lines of the strategy refer to each other in a circle: {circle}.", "Let every line refer to earlier ones only.")
    if len(path) > DEEPEST:
        raise ReviewError(
            f"Line {number} of the strategy is referred to through more than {DEEPEST} others.",
            "Let every line refer to earlier ones only.",
        )
    text = numbered[number]
    if not text:
        raise ReviewError(f"Line {number} of the strategy is empty.", "Write its terms, or take the line out.")

    def line(wanted: str) -> str:
        n = int(wanted)
        if n not in numbered:
            raise ReviewError(
                f"Line {number} of the strategy refers to line {n}, which is not there.", f"There are lines {_ranges(numbered)}."
            )
        return f"({_expand(n, numbered, done, path)})"

    if _BARE_ONLY.fullmatch(text):
        text = _OPERATOR.sub(lambda m: m[1].upper(), _BARE.sub(r"#\1", text))
    parts = _QUOTED.split(text)
    for i in range(0, len(parts), 2):
        part = _JOINED.sub(lambda m: "(" + f" {m[1].upper()} ".join(f"#{n}" for n in _listed(m[2], numbered)) + ")", parts[i])
        parts[i] = _REFERENCE.sub(lambda m: line(m[1]), part)
    whole = "".join(parts)
    if len(whole) > LONGEST:
        raise ReviewError(
            f"Line {number} of the strategy has more than {LONGEST:,} characters with its references in place.", "Refer to each line once."
        )
    done[number] = whole
    return whole


def _listed(text: str, numbered: Mapping[int, str]) -> list[int]:
    """`1-4,7` as numbers. A range takes the lines that there are; a single number is looked up, and missed, later."""
    numbers: list[int] = []
    for part in text.replace("#", "").replace("–", "-").split(","):
        first, _, last = part.partition("-")
        if last.strip():
            numbers += [n for n in numbered if int(first) <= n <= int(last)] or [int(first)]
        else:
            numbers.append(int(first))
    return numbers


def _ranges(numbered: Mapping[int, str]) -> str:
    numbers = sorted(numbered)
    whole = numbers == list(range(numbers[0], numbers[-1] + 1)) and len(numbers) > 2
    return f"{numbers[0]} to {numbers[-1]}" if whole else ", ".join(map(str, numbers))

"""From text to a Strategy: split into lines, each line parsed by itself, then the references checked."""

from __future__ import annotations

from review.errors import UsageError
from review.query import ovid_parse, pubmed_parse
from review.query.build import LineError, Report
from review.query.foreign import foreign
from review.query.lines import Places, detect, signs, split
from review.query.refs import Loop, QueryError, labels_of, order
from review.query.tree import Line, LineRange, LineRef, Node, Problem, Strategy, walk
from review.query.tree import label_key as key
from review.query.typography import odd

SYNTAXES = ("pubmed", "ovid")


def detect_syntax(text: str) -> str:
    """`pubmed` or `ovid`."""
    return detect(text)


def parse(text: str, syntax: str = "") -> Strategy:
    """A strategy from its text. Never raises for what is in the text: see `Strategy.whole` and `Strategy.problems`."""
    if syntax and syntax not in SYNTAXES:
        raise UsageError(f"There is no syntax '{syntax}'.", f"There are: {', '.join(SYNTAXES)}.")
    report = Report(Places(text))
    if not syntax:
        own = signs(text)
        syntax = "ovid" if own[1] > own[0] else "pubmed"
        if other := foreign(text, max(own)):
            message = f"this is written for {other.name}: '{' '.join(text[other.start : other.end].split())}' means something else in PubMed and Ovid"
            mend = "Search it there and bring in the export: review import FILE --source NAME. If it is PubMed's or Ovid's all the same: --syntax."
            return Strategy((), other.code, "", (Problem("S13", message, report.span(other.start, other.end), mend, fatal=True),), text)
    masked, raw = split(text, syntax)
    for place, sign in odd(masked):
        report.note("P14", f"{sign} stands in this word: it is not what was typed", place, place + 1, "Type the word anew.")
    labels = frozenset(key(line.label) for line in raw) if len(raw) > 1 else frozenset()
    parse_line = ovid_parse.parse_line if syntax == "ovid" else pubmed_parse.parse_line
    lines: list[Line] = []
    for line in raw:
        tree: Node | None = None
        comments = [line.comment] if line.comment else []
        start, end = _trim(masked, line.start, line.end)
        try:
            tree = parse_line(masked, start, end, labels, report, comments)
        except LineError as error:
            report.problems.append(error.problem)
        lines.append(
            Line(line.label, tree, masked[start:end], "\n".join(comments), line.hits, line.numbered, report.span(start, end)),
        )
    if not lines:
        report.problems.append(Problem("S01", "there is no search in it", report.span(0, 0), "Write at least one term.", fatal=True))
    seen: dict[str, Line] = {}
    for row in lines:
        first = seen.setdefault(key(row.label), row)
        if first is not row:
            message = f"two lines have the number {row.label}: the first is in line {first.span.line} of the file"
            report.problems.append(
                Problem(
                    "S12", message, row.span, "Give every line a number of its own; a second strategy needs a file of its own.", fatal=True
                )
            )
    final = _final(lines)
    strategy = Strategy(tuple(lines), syntax, final, (), text)
    problems = tuple(sorted([*report.problems, *_references(strategy)], key=lambda p: (p.span.start, p.code)))
    return Strategy(tuple(lines), syntax, final, problems, text)


def _final(lines: list[Line]) -> str:
    """The last line; in a history that counts downwards, the one with the highest number."""
    if len(lines) > 1 and all(line.numbered and line.label.isdigit() for line in lines) and int(lines[0].label) > int(lines[-1].label):
        return max(lines, key=lambda line: int(line.label)).label
    return lines[-1].label if lines else ""


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _references(strategy: Strategy) -> list[Problem]:
    """References to lines that do not exist, and loops."""
    found: list[Problem] = []
    for line in strategy.lines:
        for node in walk(line.tree) if line.tree else ():
            if isinstance(node, LineRef | LineRange):
                try:
                    labels_of(strategy, node)
                except QueryError as error:
                    found.append(Problem("S09", error.message.split(": ", 1)[1], node.span, error.hint, fatal=True))
    if found:
        return found
    if not strategy.lines:
        return found
    readable = [line.label for line in strategy.lines if line.tree is not None]
    try:
        order(strategy, *readable)
    except Loop as error:
        found.append(Problem("S10", error.message.split(": ", 1)[1], error.line.span, error.hint, fatal=True))
    except QueryError:
        pass  # a line that could not be read is reported already; what needs it can't be followed
    return found

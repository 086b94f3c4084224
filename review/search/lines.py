"""A strategy as it is sent: references to other lines put in their place, Ovid translated, the rest as its author wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from review.errors import ReviewError
from review.model.patterns import lazy
from review.query import detect_syntax, labels_of, order, parse
from review.query.changes import Change
from review.query.history import from_history, is_history
from review.query.lines import split
from review.query.lint import Finding, lint
from review.query.render import render
from review.query.translate import translate
from review.query.tree import LineRange, LineRef, Strategy, label_key, walk
from review.query.typography import plain

PUBMED_WILD = "pubmed+"
LONGEST = 1_000_000  # characters of one query; more is a strategy that multiplies itself

Found = tuple[int, int, tuple[str, ...], str]  # from, to (in the line's text), labels, the operator between them


@dataclass(frozen=True, slots=True)
class Line:
    """One numbered line: as it stands in what is sent, and as a query of its own."""

    n: str
    text: str
    query: str


@dataclass(frozen=True, slots=True)
class Sendable:
    """What a source is asked. lines: () where there is only one. translated: the strategy in PubMed's syntax where it was
    written in Ovid's, else ''; changes: where the translation does not ask for exactly the same. unsaid: what the source
    would get wrong without a word. Signs that a word processor put in (`∗` for `*`) are sent as they were meant."""

    query: str
    lines: tuple[Line, ...] = ()
    translated: str = ""
    changes: tuple[Change, ...] = ()
    unsaid: tuple[Finding, ...] = ()


def sendable(text: str, syntax: str = "pubmed", name: str = "the strategy") -> Sendable:
    """A strategy ready to be sent to a source.

    syntax: of the source, `pubmed`, or `pubmed+` where its proximity takes truncated words; '' for a language of its own, in which only comments, numbers and references are
    known. name: of the file, for messages. The last line is the search (of a history that counts downwards, the one
    with the highest number). Raises ReviewError for what can't be read, for a reference to no line, for lines that refer to each other in a circle, and
    for Ovid's syntax where the source has a language of its own.
    """
    if is_history(text):
        text = from_history(text)
    if syntax.startswith("pubmed"):
        return _parsed(text, name, wild=syntax == PUBMED_WILD)
    if detect_syntax(text) == "ovid" and _OVID.search(text):
        raise ReviewError(f"{name} is written for Ovid.", "This source has a language of its own: write the strategy in it.")
    return _spliced(text, name)


# What PubMed would get wrong and say nothing of, by its code: to be told before it is asked.
_UNSAID = frozenset({"P01", "P02", "P03", "P04", "P05", "P06", "P09", "P10", "P11", "P14"})


def _parsed(text: str, name: str, *, wild: bool) -> Sendable:
    strategy = whole(parse(text), name)
    unsaid = tuple(f for f in lint(strategy) if f.code in _UNSAID) if strategy.syntax == "pubmed" and not wild else ()
    translated = ""
    changes: tuple[Change, ...] = ()
    if strategy.syntax == "ovid":
        translation = translate(strategy, "pubmed", wild=wild)
        translated, changes = render(translation.strategy), translation.changes
        strategy = whole(parse(translated, "pubmed"), f"{name}, translated")

    def references(label: str) -> Iterator[Found]:
        line = strategy.line(label)
        assert line is not None
        assert line.tree is not None
        for node in walk(line.tree):
            if isinstance(node, LineRef | LineRange):
                operator = node.operator.value if isinstance(node, LineRange) else ""
                yield node.span.start - line.span.start, node.span.end - line.span.start, labels_of(strategy, node), operator

    texts = {line.label: line.text for line in strategy.lines}
    done: dict[str, str] = {}
    for label in order(strategy, *texts):
        done[label] = plain(_in_place(label, texts[label], references(label), done, name))
    return replace(_result(strategy.final, texts, done, translated, changes), unsaid=unsaid)


def whole(strategy: Strategy, name: str) -> Strategy:
    """The strategy. Raises ReviewError where one of its lines could not be read. name: of its file."""
    if fault := strategy.fault:
        raise ReviewError(f"{name}:{fault.span.line}:{fault.span.column}: {fault.message}.", fault.mend)
    return strategy


def _result(final: str, texts: Mapping[str, str], done: Mapping[str, str], translated: str, changes: tuple[Change, ...]) -> Sendable:
    several = len(texts) > 1
    lines = tuple(Line(n, " ".join(text.split()), done[n]) for n, text in texts.items()) if several else ()
    return Sendable(done[final], lines, translated, changes)


_OPERATOR = lazy(r"\b(?:and|or|not)\b", re.IGNORECASE)


def _in_place(label: str, text: str, found: Iterator[Found], done: Mapping[str, str], name: str) -> str:
    """A line's text with each reference replaced by what it refers to, in brackets."""
    parts: list[str] = []
    at = 0
    for start, end, labels, operator in sorted(found):
        queries = [f"({done[_known(each, done)]})" for each in labels]
        parts += [text[at:start], f"({f' {operator} '.join(queries)})" if len(queries) > 1 else queries[0]]
        at = end
    parts.append(text[at:])
    if at:  # between references, operators may stand in any case: PubMed wants capitals
        parts[::2] = [_OPERATOR.sub(lambda m: m[0].upper(), p) if _bare(p) else p for p in parts[::2]]
    whole = " ".join("".join(parts).split())
    if len(whole) > LONGEST:
        raise ReviewError(
            f"{name}: line {label} has more than {LONGEST:,} characters with its references in place.", "Refer to each line once."
        )
    return whole


def _known(label: str, done: Mapping[str, str]) -> str:
    return label if label in done else next(n for n in done if label_key(n) == label_key(label))


def _bare(text: str) -> bool:
    return not _OPERATOR.sub("", text).strip(" \t\r\n()")


# -- a language of its own ------------------------------------------------------------------------------------

_OVID = lazy(r"\bexp [^\n]*/|\w[)*$]*\.(?:mp|tw|ti|ab|sh|kw|kf|pt)(?:,[a-z]{2})*\.(?:\s|$)", re.IGNORECASE | re.MULTILINE)
_QUOTED = lazy(r'"[^"]*"')
_RANGE = lazy(r"\b(or|and)\s*/\s*#?(\d{1,4}(?:\s*[-–,]\s*#?\d{1,4})*)|#(\d{1,4})\b", re.IGNORECASE)
_COMBINES = lazy(r"[\s()]*#?\d{1,4}(?:[\s()]+(?:and|or|not)[\s()]+#?\d{1,4})*[\s()]*", re.IGNORECASE)
_NUMBER = lazy(r"#?(\d{1,4})")


def _spliced(text: str, name: str) -> Sendable:
    masked, raw = split(text, "pubmed")
    if not raw:
        raise ReviewError(f"{name}: there is no search in it.", "Write at least one term.")
    texts: dict[str, str] = {}
    for line in raw:
        if line.label in texts:
            raise ReviewError(f"{name}: two lines have the number {line.label}.", "Give every line a number of its own.")
        texts[line.label] = masked[line.start : line.end].strip()
    done: dict[str, str] = {}
    for label in texts:
        _follow(label, texts, done, name)
    return _result(raw[-1].label, texts, done, "", ())


def _follow(label: str, texts: Mapping[str, str], done: dict[str, str], name: str) -> None:
    """Puts a line and all that it needs into `done`. A stack of its own: lines may refer forward a thousand deep."""
    path: list[tuple[str, list[Found]]] = [(label, list(_references(label, texts, name)))] if label not in done else []
    while path:
        at, found = path[-1]
        wanted = next((n for _, _, labels, _ in found for n in labels if n not in done), None)
        if wanted is None:
            done[at] = _in_place(at, texts[at], iter(found), done, name)
            path.pop()
        elif any(wanted == n for n, _ in path):
            names = [n for n, _ in path]
            raise ReviewError(
                f"{name}: lines refer to each other in a circle: {' → '.join([*names[names.index(wanted) :], wanted])}.",
                "Let every line refer to earlier ones only.",
            )
        else:
            path.append((wanted, list(_references(wanted, texts, name))))


def _references(label: str, texts: Mapping[str, str], name: str) -> Iterator[Found]:
    text = texts[label]
    if not text:
        raise ReviewError(f"{name}: line {label} is empty.", "Write its terms, or take the line out.")
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    pattern = _NUMBER if len(texts) > 1 and _COMBINES.fullmatch(text) else _RANGE
    for match in pattern.finditer(text):
        if any(a <= match.start() < b for a, b in quoted):
            continue
        if pattern is _RANGE and match[1]:
            yield match.start(), match.end(), tuple(_listed(match[2], texts, _no_line(label, texts, name))), match[1].upper()
        else:
            number = match[match.lastindex or 1]
            if number not in texts:
                raise _no_line(label, texts, name)(number)
            yield match.start(), match.end(), (number,), ""


def _listed(text: str, texts: Mapping[str, str], missing: Callable[[str], ReviewError]) -> Iterator[str]:
    """`1-4,7` as labels. A range takes the lines that there are between its ends; the ends must be there."""
    labels = list(texts)
    for part in text.replace("#", "").replace("–", "-").split(","):
        first, _, last = (p.strip() for p in part.partition("-"))
        for end in (first, last or first):
            if end not in texts:
                raise missing(end)
        yield from labels[labels.index(first) : labels.index(last or first) + 1]


def _no_line(label: str, texts: Mapping[str, str], name: str) -> Callable[[str], ReviewError]:
    return lambda number: ReviewError(
        f"{name}: line {label} refers to line {number}, which is not there.", f"It has the lines {', '.join(texts)}."
    )

"""The PRISMA 2020 flow diagram of a new review, drawn as one self-contained SVG.

Boxes, words and places are those of the official templates (Page et al., BMJ 2021;372:n71). The boxes grow with their text,
measured with the widths of Helvetica (Arial's and Liberation Sans' too), so that no name, reason or number leaves its box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from review.model.flow import Counts, Flow, total

FONT = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif"
SIZE, LEAD = 13.0, 17.0  # text in boxes
NOTE_SIZE, NOTE_LEAD = 11.0, 15.0  # text below the diagram
PAD_X, PAD_Y, MARGIN, BAND, BAND_GAP, ROW_GAP, HEAD, TITLE = 11.0, 10.0, 16.0, 28.0, 14.0, 32.0, 8.0, 31.0
INK, LINE, LINK, STAMP = "#18222d", "#3d4a58", "#0b3f73", "#9a2617"
ARMS = (("Identification of studies via databases and registers", "#f2dfa6"), ("Identification of studies via other methods", "#dfe3e8"))
SIDES = {"identified": "removed", "screened": "excluded", "sought": "not-retrieved", "assessed": "reports-excluded"}
STAGES = (("Identification", 0, 0), ("Screening", 1, 3), ("Included", 4, 4))  # label, first row, last row
STYLE = ".flow-link:hover .flow-box{fill:#eaf2fa}.flow-link:focus-visible .flow-box{fill:#eaf2fa;stroke-width:3.5}"
CREDIT = "Flow diagram after PRISMA 2020: Page MJ, et al. BMJ 2021;372:n71."

_WIDTHS = (  # Helvetica and its bold, in thousandths of the size, from the space to the tilde
    (
        "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 "
        "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 "
        "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
    ),
    (
        "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 975 "
        "722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 "
        "556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584"
    ),
)
_SPECIAL = {"‘": 278, "’": 278, "“": 500, "”": 500, "–": 556, "•": 350, "·": 333, "\u00a0": 278}
_TABLE = [{chr(32 + i): int(width) for i, width in enumerate(widths.split())} | _SPECIAL for widths in _WIDTHS]
_BIDI = dict.fromkeys([0xAD, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # would reorder or hide a number

Rect = tuple[float, float, float, float]  # x, y, width, height


@cache
def _advance(char: str, bold: bool) -> int:
    if known := _TABLE[bold].get(char):
        return known
    kind, wide = unicodedata.category(char), unicodedata.east_asian_width(char)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    if kind == "So" or wide in "WF" or (wide == "A" and kind[0] != "L"):
        return 1300 if kind == "So" else 1000  # emoji; CJK is twice an average letter
    parts = unicodedata.normalize("NFKD", char)
    return sum(_advance(c, bold) for c in parts) if parts != char else 900 if kind == "Lu" else 750


def text_width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """The width of the text, a little on the safe side for fonts that are not quite Helvetica."""
    return sum(_advance(c, bold) for c in text) * size / 1000 * 1.03


def _clean(text: str) -> str:
    """One line of characters that XML can carry and that keep the order of what follows."""
    spaced = "".join(" " if (k := unicodedata.category(c)) == "Cc" else "\ufffd" if k in ("Cs", "Cn") else c for c in text)
    return " ".join(spaced.translate(_BIDI).split())


def _n(n: int) -> str:
    return f"(n\u00a0=\u00a0{n:,})"  # kept on one line; drawn with plain spaces


def _broken(word: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """The word, in pieces that fit: never between a letter and its accents, rather after a hyphen or slash."""
    piece = ""
    for char in word:
        if piece and _advance(char, bold) and text_width(piece + char, size, bold) > room:
            mark = max(piece.rfind(mark) for mark in "-/_–") + 1
            cut = mark if mark > len(piece) // 2 else len(piece)
            yield piece[:cut]
            piece = piece[cut:]
        piece += char
    yield piece


def wrap(text: str, room: float, hang: float = 0, size: float = SIZE, bold: bool = False) -> list[str]:
    """The lines of the text, none wider than the room, which is less by `hang` from the second line on."""
    lines: list[str] = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if text_width(joined, size, bold) <= room - (hang if len(lines) > 1 else 0):
            lines[-1] = joined
        else:
            lines = [*(lines if lines[-1] else ()), *_broken(word, room - hang, size, bold)]
    return [line.replace("\u00a0", " ") for line in lines]


class _Part(NamedTuple):
    text: str  # a paragraph in a box
    indent: float = 0
    bold: bool = False
    space: float = 0  # above it


class _Box(NamedTuple):
    id: str
    column: int
    row: int
    parts: tuple[_Part, ...]
    unfinished: bool = False

    def lines(self, width: float) -> list[tuple[float, float, str, bool]]:
        """Each line as (x, baseline, text, bold) from the top left of the text."""
        out, y = [], 0.0
        for part in self.parts:
            y += part.space
            hang = part.indent  # of the second line and the next ones
            for i, line in enumerate(wrap(part.text, width - 2 * PAD_X - part.indent, hang, SIZE, part.bold)):
                out.append((part.indent + (hang if i else 0), y + LEAD * 0.76, line, part.bold))
                y += LEAD
        return out

    def height(self, width: float) -> float:
        return len(self.lines(width)) * LEAD + sum(p.space for p in self.parts) + 2 * PAD_Y


def _head(title: str, n: int, space: float = 0) -> tuple[_Part, ...]:
    return _Part(title, bold=True, space=space), _Part(_n(n))


def _items(counts: Counts, space: float = 4) -> tuple[_Part, ...]:
    return tuple(_Part(f"{_clean(label)} {_n(n)}".strip(), indent=8, space=0 if i else space) for i, (label, n) in enumerate(counts))


def _boxes(flow: Flow) -> list[_Box]:
    main, other = flow.main, flow.other
    identified = _head("Records identified", total(main.identified))
    for words, counts in (("Databases", flow.databases), ("Registers", flow.registers)):
        identified += (_Part(f"{words} {_n(total(counts))}", space=4), *_items(counts, space=0))
    reasons = ("Duplicate records removed", "Records marked as ineligible by automation tools", "Records removed for other reasons")
    removed = tuple(zip(reasons, (main.duplicates, main.removed_by_automation, main.removed_otherwise), strict=True))
    waits, other_waits = ((_Part(f"awaiting screening {_n(arm.unscreened)}", space=4),) * bool(arm.unscreened) for arm in (main, other))
    boxes = [
        _Box("identified", 0, 0, identified),
        _Box("removed", 1, 0, _head("Records removed before screening", total(removed)) + _items(removed)),
        _Box("screened", 0, 1, _head("Records screened", main.screened) + waits, bool(waits)),
        _Box("excluded", 1, 1, _head("Records excluded", main.excluded)),
    ]
    if flow.has_other:  # an arm that has no boxes for removal and screening
        found = _head("Records identified", total(other.identified)) + _items(other.identified)
        boxes.append(_Box("other-identified", 2, 0, found + other_waits, bool(other_waits)))
    for arm, prefix, column in [(main, "", 0), (other, "other-", 2)][: 1 + flow.has_other]:
        waits = (_Part(f"awaiting assessment {_n(arm.unassessed)}", space=4),) * bool(arm.unassessed)
        boxes += [
            _Box(f"{prefix}sought", column, 2, _head("Reports sought for retrieval", arm.sought)),
            _Box(f"{prefix}not-retrieved", column + 1, 2, _head("Reports not retrieved", arm.not_retrieved)),
            _Box(f"{prefix}assessed", column, 3, _head("Reports assessed for eligibility", arm.assessed) + waits, bool(waits)),
            _Box(f"{prefix}reports-excluded", column + 1, 3, _head("Reports excluded", total(arm.reasons)) + _items(arm.reasons)),
        ]
    studies, reports = ("Studies included in review", flow.included_studies), ("Reports of included studies", flow.included_reports)
    return [*boxes, _Box("included", 0, 4, _head(*studies) + _head(*reports, space=4), flow.interim)]


def _told(flow: Flow) -> str:
    """The flow in sentences, for those who hear the diagram."""

    def some(n: int, word: str) -> str:
        return f"{n:,} {word} was" if n == 1 else f"{n:,} {word}s were"

    said = []
    for arm, name in [(flow.main, "databases and registers"), (flow.other, "other methods")][: 1 + flow.has_other]:
        removed = arm.duplicates + arm.removed_by_automation + arm.removed_otherwise
        said.append(f"{some(total(arm.identified), 'record')} identified via {name} and {removed:,} removed before screening.")
        said.append(f"{some(arm.screened, 'record')} screened and {arm.excluded:,} excluded.")
        said.append(f"{some(arm.sought, 'report')} sought for retrieval and {arm.not_retrieved:,} not retrieved.")
        said.append(f"{some(arm.assessed, 'report')} assessed for eligibility and {total(arm.reasons):,} excluded.")
    said.append(f"Studies included in the review: {flow.included_studies:,}, in reports: {flow.included_reports:,}.")
    if flow.interim:
        said.append("These counts are interim; still waiting: " + "; ".join(f"{_clean(label)}, {n:,}" for label, n in flow.waiting) + ".")
    return " ".join(said)


def _num(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _tag(name: str, content: str = "", /, **attributes: str | float) -> str:
    given = "".join(f" {k.strip('_').replace('_', '-')}={quoteattr(v if isinstance(v, str) else _num(v))}" for k, v in attributes.items())
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def _text(text: str, x: float, y: float, /, **attributes: str | float) -> str:
    return _tag("text", escape(text), x=x, y=y, **attributes) if text else ""


def _rect(rect: Rect, /, **attributes: str | float) -> str:
    return _tag("rect", x=rect[0], y=rect[1], width=rect[2], height=rect[3], **attributes)


def _arrow(*points: tuple[float, float]) -> str:
    """Along the points, at right angles, with its head at the last one."""
    (x0, y0), (x, y) = points[-2:]
    dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
    bx, by, half = x - HEAD * dx, y - HEAD * dy, HEAD * 0.45
    head = ((x, y), (bx + half * dy, by + half * dx), (bx - half * dy, by - half * dx))
    line, tip = (" ".join(f"{_num(cx)},{_num(cy)}" for cx, cy in path) for path in ((*points[:-1], (bx, by)), head))
    return _tag("polyline", points=line, fill="none", stroke=LINE, stroke_width=1.3) + _tag("polygon", points=tip, fill=LINE)


def _draw_box(box: _Box, rect: Rect, link: str | None) -> str:
    x, y, width, height = rect
    label = " ".join(p.text for p in box.parts).replace("\u00a0", " ")
    top = y + PAD_Y + (height - box.height(width)) / 2
    stroke = 1.0 if box.column % 2 else 1.6  # the way on is drawn stronger than the ways out
    dashes = "5 3" if box.unfinished else "none"
    drawn = _rect(rect, rx=3, fill="#ffffff", stroke=LINE, stroke_width=stroke, stroke_dasharray=dashes, class_="flow-box")
    for dx, dy, line, bold in box.lines(width):
        weight = "bold" if bold else "normal"
        drawn += "\n" + _text(line, x + PAD_X + dx, top + dy, font_weight=weight, fill=LINK if bold and link else INK)
    drawn = _tag("g", drawn, id=f"flow-{box.id}", role="img", aria_label=label, data_box=box.id)
    tip = _tag("title", f"{box.parts[0].text}: details")
    return drawn if link is None else _tag("a", tip + drawn, href=_clean(link), class_="flow-link")


def _joins(at: Mapping[str, Rect]) -> Iterator[str]:
    """The arrows: down each arm, out to what was left behind, and from both arms into the included."""
    x, y, width, height = at["included"]
    for prefix in ("", "other-"):
        path = [name for name in (*(prefix + side for side in SIDES), *(() if prefix else ("included",))) if name in at]
        for (ax, ay, aw, ah), (_, by, _, _) in pairwise(at[name] for name in path):
            yield _arrow((ax + aw / 2, ay + ah), (ax + aw / 2, by))
        for left, right in ((at[prefix + a], at[prefix + b]) for a, b in SIDES.items() if prefix + a in at and prefix + b in at):
            level = left[1] + min(left[3], right[3]) / 2
            yield _arrow((left[0] + left[2], level), (right[0], level))
    if side := at.get("other-assessed"):
        turn = side[0] + side[2] / 2
        yield _arrow((turn, side[1] + side[3]), (turn, y + height / 2), (x + width, y + height / 2))


def _band(rect: Rect, text: str, fill: str, upright: bool = False) -> str:
    """A coloured label; an upright one reads from the bottom to the top."""
    x, y = rect[0] + rect[2] / 2, rect[1] + rect[3] / 2
    turn = f"rotate({-90 if upright else 0} {_num(x)} {_num(y)})"
    return _rect(rect, rx=5, fill=fill) + _text(text, x, y + SIZE * 0.36, text_anchor="middle", font_weight="bold", transform=turn)


def _stamp(x: float, y: float) -> str:
    frame = _rect((x - 66, y - 20, 132, 40), rx=5, fill="#ffffff", stroke=STAMP, stroke_width=2.2)
    frame += _rect((x - 62, y - 16, 124, 32), rx=3, fill="none", stroke=STAMP, stroke_width=0.8)
    word = _text("INTERIM", x + 1.5, y + 6.5, font_size=18.0, font_weight="bold", letter_spacing=3.0, text_anchor="middle", fill=STAMP)
    return _tag("g", frame + word, id="flow-interim", transform=f"rotate(-5 {_num(x)} {_num(y)})")


def _notes(flow: Flow, y: float, room: float) -> tuple[str, float]:
    """The text below the diagram, and the height of the whole."""
    waiting = [("–", f"{_clean(label)} {_n(n)}") for label, n in flow.waiting]
    noted = [(f"{i}.", _clean(note)) for i, note in enumerate(flow.footnotes, 1)]
    heading = [("", "Interim: these counts are not final until the following are done")] if waiting else []
    drawn = []
    for group in filter(None, ([*heading, *waiting], noted, [("", CREDIT)])):
        for mark, text in group:
            indent, bold = text_width(f"{mark}  ", NOTE_SIZE) if mark else 0, (mark, text) in heading
            drawn.append(_text(mark, MARGIN, y))
            for line in wrap(text, room - indent, size=NOTE_SIZE, bold=bold):
                drawn.append(_text(line, MARGIN + indent, y, font_weight="bold" if bold else "normal"))
                y += NOTE_LEAD
        y += NOTE_LEAD * 0.4
    return _tag("g", "\n".join(filter(None, drawn)), font_size=NOTE_SIZE, class_="flow-notes"), y - NOTE_LEAD * 1.4 + MARGIN


def draw(flow: Flow, links: Mapping[str, str] | None = None) -> str:
    """The diagram as inline SVG; the boxes whose id is in `links` lead there."""
    boxes, gap = _boxes(flow), 26.0 if flow.has_other else 34.0
    widths = (184.0, 204.0, 168.0, 184.0) if flow.has_other else (238.0, 238.0)  # reasons are longer than the rest
    lefts = [MARGIN + BAND + BAND_GAP + sum(widths[:i]) + i * gap for i in range(len(widths))]
    full = lefts[-1] + widths[-1] + MARGIN
    drawn = [_band((lefts[i], MARGIN, widths[i] + gap + widths[i + 1], TITLE), *ARMS[i // 2]) for i in range(0, len(widths), 2)]
    at: dict[str, Rect] = {}
    tops, y = [], MARGIN + TITLE + BAND_GAP
    for row in range(5):
        heights = {box.id: box.height(widths[box.column]) for box in boxes if box.row == row}
        tallest = max(heights.values())
        level = tallest - min(heights.values()) <= 2 * LEAD + 8  # boxes of nearly one height get one height
        at |= {b.id: (lefts[c := b.column], y, widths[c], tallest if level else heights[b.id]) for b in boxes if b.row == row}
        tops.append((y, y + tallest))
        y += tallest + ROW_GAP
    drawn += [_band((MARGIN, tops[a][0], BAND, tops[b][1] - tops[a][0]), name, "#c5d9ee", upright=True) for name, a, b in STAGES]
    drawn += [*_joins(at), *(_draw_box(box, at[box.id], (links or {}).get(box.id)) for box in boxes)]
    if flow.interim:  # where no box ever is
        drawn.append(_stamp(lefts[-1] + widths[-1] / 2, tops[0][0] + 44 if flow.has_other else sum(tops[4]) / 2))
    notes, height = _notes(flow, y, full - 2 * MARGIN)
    title = _tag("title", f"PRISMA 2020 flow diagram{' (interim)' if flow.interim else ''}", id="flow-title")
    opening = title + _tag("desc", escape(_told(flow)), id="flow-desc") + _tag("style", STYLE)
    paper = _rect((0.5, 0.5, full - 1, height - 1), rx=8, fill="#fbfcfd", stroke="#d4dae1")
    return _tag(
        "svg", "\n".join(("", opening, paper, *drawn, notes, "")), xmlns="http://www.w3.org/2000/svg", role="group",
        viewBox=f"0 0 {_num(full)} {_num(height)}", width="100%", style=f"max-width:{_num(full * 1.15)}px;height:auto",
        aria_labelledby="flow-title", aria_describedby="flow-desc", class_="flow-svg", font_family=FONT, font_size=SIZE,
        fill=INK, direction="ltr", letter_spacing="0", word_spacing="0",
    )  # fmt: skip

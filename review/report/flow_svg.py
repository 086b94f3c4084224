"""The PRISMA 2020 flow diagram, in any of its four templates, drawn as one self-contained SVG.

Boxes, words and places are those of the official templates (Page et al., BMJ 2021;372:n71). The boxes grow with their text,
measured with the widths of Helvetica (Arial's and Liberation Sans' too), so that no name, reason or number leaves its box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from review.model.flow import Flow
from review.report.flow_boxes import LEAD, PAD_X, PAD_Y, PREVIOUS, Box, boxes_of, number, told
from review.report.text_width import SIZE, clean, text_width, wrap

FONT = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif"
NOTE_SIZE, NOTE_LEAD = 11.0, 15.0  # text below the diagram
MARGIN, BAND, BAND_GAP, ROW_GAP, HEAD, TITLE = 16.0, 28.0, 14.0, 32.0, 8.0, 31.0
INK, LINE, LINK, STAMP = "#18222d", "#3d4a58", "#0b3f73", "#9a2617"
YELLOW, GREY, BLUE = "#f2dfa6", "#dfe3e8", "#c5d9ee"
SIDES = {"identified": "removed", "screened": "excluded", "sought": "not-retrieved", "assessed": "reports-excluded"}
STYLE = ".flow-link:hover .flow-box{fill:#eaf2fa}.flow-link:focus-visible .flow-box{fill:#eaf2fa;stroke-width:3.5}"
CREDIT = "Flow diagram after PRISMA 2020: Page MJ, et al. BMJ 2021;372:n71."

Rect = tuple[float, float, float, float]  # x, y, width, height


def _num(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _tag(name: str, content: str = "", /, **attributes: str | float) -> str:
    given = "".join(f" {k.strip('_').replace('_', '-')}={quoteattr(v if isinstance(v, str) else _num(v))}" for k, v in attributes.items())
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def _text(text: str, x: float, y: float, /, fit: float = 0, **attributes: str | float) -> str:
    """fit: the width that the line is drawn in, whatever font the reader's machine puts in the place of Helvetica; 0: its own."""
    if fit:
        attributes |= {"textLength": fit, "lengthAdjust": "spacingAndGlyphs"}
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


def _draw_box(box: Box, rect: Rect, link: str | None, fitted: bool) -> str:
    x, y, width, height = rect
    label = " ".join(p.text for p in box.parts).replace("\u00a0", " ")
    top = y + PAD_Y + (height - box.height(width)) / 2
    stroke = 1.0 if box.column % 2 else 1.6  # the way on is drawn stronger than the ways out
    dashes = "5 3" if box.unfinished else "none"
    drawn = _rect(rect, rx=3, fill="#ffffff", stroke=LINE, stroke_width=stroke, stroke_dasharray=dashes, class_="flow-box")
    for dx, dy, line, bold in box.lines(width):
        weight = "bold" if bold else "normal"
        fit = text_width(line, bold=bold) / 1.03 if fitted else 0
        drawn += "\n" + _text(line, x + PAD_X + dx, top + dy, fit, font_weight=weight, fill=LINK if bold and link else INK)
    drawn = _tag("g", drawn, id=f"flow-{box.id}", role="img", aria_label=label, data_box=box.id)
    tip = _tag("title", f"{box.parts[0].text}: details")
    return drawn if link is None else _tag("a", tip + drawn, href=clean(link), class_="flow-link")


def _joins(at: Mapping[str, Rect]) -> Iterator[str]:
    """The arrows: down each arm, out to what was left behind, and from both arms into the included."""
    x, y, width, height = at["included"]
    for prefix in ("", "other-"):
        path = [name for name in (*(prefix + side for side in SIDES), *(() if prefix else ("included", "total", "pooled"))) if name in at]
        for (ax, ay, aw, ah), (_, by, _, _) in pairwise(at[name] for name in path):
            yield _arrow((ax + aw / 2, ay + ah), (ax + aw / 2, by))
        for left, right in ((at[prefix + a], at[prefix + b]) for a, b in SIDES.items() if prefix + a in at and prefix + b in at):
            level = left[1] + min(left[3], right[3]) / 2
            yield _arrow((left[0] + left[2], level), (right[0], level))
    if (old := at.get("previous")) and (whole := at.get("total")):
        down, level = old[0] + old[2] / 2, whole[1] + whole[3] / 2
        yield _arrow((down, old[1] + old[3]), (down, level), (whole[0], level))
    if side := at.get("other-assessed"):
        turn = side[0] + side[2] / 2
        yield _arrow((turn, side[1] + side[3]), (turn, y + height / 2), (x + width, y + height / 2))


def _band(rect: Rect, lines: Sequence[str], fill: str, fitted: bool, upright: bool = False) -> str:
    """A coloured label; an upright one reads from the bottom to the top."""
    x, y = rect[0] + rect[2] / 2, rect[1] + rect[3] / 2
    turn = f"rotate({-90 if upright else 0} {_num(x)} {_num(y)})"
    first = y + SIZE * 0.36 - LEAD * (len(lines) - 1) / 2
    fits = [text_width(line, bold=True) / 1.03 if fitted else 0 for line in lines]
    words = (
        _text(line, x, first + LEAD * i, fits[i], text_anchor="middle", font_weight="bold", transform=turn) for i, line in enumerate(lines)
    )
    return _rect(rect, rx=5, fill=fill) + "".join(words)


def _stamp(x: float, y: float) -> str:
    frame = _rect((x - 66, y - 20, 132, 40), rx=5, fill="#ffffff", stroke=STAMP, stroke_width=2.2)
    frame += _rect((x - 62, y - 16, 124, 32), rx=3, fill="none", stroke=STAMP, stroke_width=0.8)
    word = _text("INTERIM", x + 1.5, y + 6.5, font_size=18.0, font_weight="bold", letter_spacing=3.0, text_anchor="middle", fill=STAMP)
    return _tag("g", frame + word, id="flow-interim", transform=f"rotate(-5 {_num(x)} {_num(y)})")


def _notes(flow: Flow, y: float, room: float, fitted: bool) -> tuple[str, float]:
    """The text below the diagram, and the height of the whole."""
    waiting = [("–", f"{clean(label)} {number(n)}") for label, n in flow.waiting]
    noted = [(f"{i}.", clean(note)) for i, note in enumerate(flow.footnotes, 1)]
    heading = [("", "Interim: these counts are not final until the following are done")] if waiting else []
    drawn = []
    for group in filter(None, ([*heading, *waiting], noted, [("", CREDIT)])):
        for mark, text in group:
            indent, bold = text_width(f"{mark}  ", NOTE_SIZE) if mark else 0, (mark, text) in heading
            drawn.append(_text(mark, MARGIN, y))
            for line in wrap(text, room - indent, size=NOTE_SIZE, bold=bold):
                fit = text_width(line, NOTE_SIZE, bold) / 1.03 if fitted else 0
                drawn.append(_text(line, MARGIN + indent, y, fit, font_weight="bold" if bold else "normal"))
                y += NOTE_LEAD
        y += NOTE_LEAD * 0.4
    return _tag("g", "\n".join(filter(None, drawn)), font_size=NOTE_SIZE, class_="flow-notes"), y - NOTE_LEAD * 1.4 + MARGIN


def _columns(flow: Flow) -> dict[int, float]:
    """The columns that a template has, with their widths: reasons are longer than the rest."""
    columns = {PREVIOUS: 150.0} if flow.previous else {}
    return columns | (dict(enumerate((184.0, 204.0, 168.0, 184.0))) if flow.has_other else {0: 238.0, 1: 238.0})


def _titles(flow: Flow) -> list[tuple[int, int, str, str]]:
    """The bands above the columns: first and last column, words, colour."""
    new = "new " if flow.previous else ""
    bands = [(PREVIOUS, PREVIOUS, "Previous studies", GREY)] if flow.previous else []
    bands.append((0, 1, f"Identification of {new}studies via databases and registers", YELLOW))
    return [*bands, (2, 3, f"Identification of {new}studies via other methods", GREY)] if flow.has_other else bands


def draw(flow: Flow, links: Mapping[str, str] | None = None, font: str = FONT) -> str:
    """The diagram as inline SVG; the boxes whose id is in `links` lead there.

    In the default font each line is drawn in the width that it was measured with, so that it fits also where the reader's
    machine has no font of Helvetica's widths.
    """
    boxes, gap = boxes_of(flow), 26.0 if flow.has_other else 34.0
    widths = _columns(flow)
    lefts, x = {}, MARGIN + BAND + BAND_GAP
    for column, width in widths.items():
        lefts[column] = x
        x += width + gap
    full = x - gap + MARGIN
    titles = _titles(flow)
    spans = [(lefts[a], lefts[b] + widths[b] - lefts[a]) for a, b, _, _ in titles]
    words = [wrap(text, width - 2 * PAD_X, bold=True) for (_, _, text, _), (_, width) in zip(titles, spans, strict=True)]
    band = TITLE + LEAD * (max(map(len, words)) - 1)
    drawn = [
        _band((left, MARGIN, width, band), lines, t[3], font == FONT) for t, (left, width), lines in zip(titles, spans, words, strict=True)
    ]
    at: dict[str, Rect] = {}
    tops, y = [], MARGIN + band + BAND_GAP
    rows = 1 + max(box.row for box in boxes)
    for row in range(rows):
        heights = {box.id: box.height(widths[box.column]) for box in boxes if box.row == row}
        tallest = max(heights.values())
        level = tallest - min(heights.values()) <= 2 * LEAD + 8  # boxes of nearly one height get one height
        at |= {b.id: (lefts[c := b.column], y, widths[c], tallest if level else heights[b.id]) for b in boxes if b.row == row}
        tops.append((y, y + tallest))
        y += tallest + ROW_GAP
    stages = (("Identification", 0, 0), ("Screening", 1, 3), ("Included", 4, rows - 1))  # label, first row, last row
    drawn += [_band((MARGIN, tops[a][0], BAND, tops[b][1] - tops[a][0]), [name], BLUE, font == FONT, upright=True) for name, a, b in stages]
    drawn += [*_joins(at), *(_draw_box(box, at[box.id], (links or {}).get(box.id), font == FONT) for box in boxes)]
    if flow.interim:  # where no box ever is
        last = max(widths)
        drawn.append(_stamp(lefts[last] + widths[last] / 2, tops[0][0] + 44 if flow.has_other else sum(tops[4]) / 2))
    notes, height = _notes(flow, y, full - 2 * MARGIN, font == FONT)
    title = _tag("title", f"PRISMA 2020 flow diagram{' (interim)' if flow.interim else ''}", id="flow-title")
    opening = title + _tag("desc", escape(told(flow)), id="flow-desc") + _tag("style", STYLE)
    paper = _rect((0.5, 0.5, full - 1, height - 1), rx=8, fill="#fbfcfd", stroke="#d4dae1")
    return _tag(
        "svg", "\n".join(("", opening, paper, *drawn, notes, "")), xmlns="http://www.w3.org/2000/svg", role="group",
        viewBox=f"0 0 {_num(full)} {_num(height)}", width="100%", style=f"max-width:{_num(full * 1.15)}px;height:auto",
        aria_labelledby="flow-title", aria_describedby="flow-desc", class_="flow-svg", font_family=font, font_size=SIZE,
        fill=INK, direction="ltr", letter_spacing="0", word_spacing="0",
    )  # fmt: skip

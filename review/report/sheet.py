"""A sheet to draw a plot on: SVG that grows with what is put on it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from review.report.text_width import clean, text_width, wrap

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
INK, LINE, SOFT = "#18222d", "#3d4a58", "#6b7785"


class Sheet:
    """A drawing that grows downwards."""

    def __init__(self, title: str) -> None:
        self.title, self.parts, self.width, self.height = title, list[str](), 0.0, 0.0
        self.text(12, 22, title, bold=True, size=14)

    def _grow(self, x: float, y: float) -> None:
        self.width, self.height = max(self.width, x), max(self.height, y)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        bold: bool = False,
        size: float = 12,
        anchor: str = "start",
        fill: str = INK,
        turn: bool = False,
    ) -> None:
        words = clean(words)
        wide = text_width(words, size, bold)
        right = x + (wide if anchor == "start" else wide / 2 if anchor == "middle" else 0)
        turned = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turn else ""
        self._grow(x + size if turn else right + 12, y + 8)
        weight = ' font-weight="bold"' if bold else ""
        # Drawn in the width that it was measured with, whatever font the reader's machine puts in the place of Helvetica.
        fit = f' textLength="{wide / 1.03:.1f}" lengthAdjust="spacingAndGlyphs"' if len(words) > 3 else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{fill}"{weight}{turned}{fit}>{escape(words)}</text>'
        )

    def rect(self, x: float, y: float, w: float, h: float, fill: str, stroke: str = LINE) -> None:
        self._grow(x + w + 12, y + h + 6)
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="{fill}" stroke="{stroke}" stroke-width=".8"/>'
        )

    def circle(self, x: float, y: float, r: float, fill: str) -> None:
        self._grow(x + r + 12, y + r + 6)
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}" stroke="{LINE}" stroke-width=".8"/>')

    def line(self, x: float, y: float, x2: float, y2: float, *, dash: bool = False, stroke: str = LINE, width: float = 1) -> None:
        self._grow(max(x, x2), max(y, y2))
        dashed = ' stroke-dasharray="4 3"' if dash else ""
        self.parts.append(
            f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width:g}"{dashed}/>'
        )

    def polygon(self, points: list[tuple[float, float]], fill: str) -> None:
        for x, y in points:
            self._grow(x, y)
        self.parts.append(
            f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}" stroke="{LINE}" stroke-width=".8"/>'
        )

    def lines(self, x: float, y: float, words: str, room: float, size: float = 11) -> float:
        """A paragraph; the place below it."""
        for line in wrap(clean(words), room, 0, size, False):
            self.text(x, y, line, size=size, fill=SOFT)
            y += size * 1.35
        return y

    def svg(self, said: str = "") -> str:
        """said: what the drawing shows, for those who don't see it."""
        w, h = self.width + 4, self.height + 8
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}" role="img" aria-label={quoteattr(self.title)} '
            f'font-family="{FONT}">\n<title>{escape(self.title)}</title>\n{f"<desc>{escape(clean(said))}</desc>" if said else ""}<rect width="100%" height="100%" fill="#ffffff"/>\n'
            + "\n".join(self.parts)
            + "\n</svg>\n"
        )

"""The report on paper: Word, PDF, and the flow as PNG and PDF. Slower than the pages, so made when asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review.report.view import View

WORD_TEMPLATE = "report.docx"  # the author's own, in the report's templates/
FILES = ("report.docx", "report.pdf", "flow.png", "flow.pdf")


def printed(view: View, wanted: Collection[str], own: Mapping[str, str], word_template: bytes = b"") -> dict[str, bytes]:
    """File name -> bytes, of those `wanted` (see FILES). own: the review's templates, by name."""
    # Loaded only where something is made: the stage asks for the names of the files each time.
    from review.report import to_pdf, to_word
    from review.report.flow_svg import draw
    from review.report.paper import FLOW
    from review.report.picture import SANS, drawing, drawings
    from review.report.sheet import FONT

    svgs = {FLOW: draw(view.flow, font=SANS), **{x.name: x.svg.replace(FONT, SANS) for x in view.figures}}
    made: dict[str, bytes] = {}
    if {"flow.png", "report.docx"} & set(wanted):
        names = list(svgs) if "report.docx" in wanted else [FLOW]
        pngs = dict(zip(names, drawings([svgs[n] for n in names], "png"), strict=True))
        if "flow.png" in wanted:
            made["flow.png"] = pngs[FLOW]
        if "report.docx" in wanted:
            made["report.docx"] = to_word.write(view, pngs, word_template)
    if "flow.pdf" in wanted:
        made["flow.pdf"] = drawing(svgs[FLOW], "pdf")
    if "report.pdf" in wanted:
        style = own.get(to_pdf.STYLE) or (resources.files("review.report") / "templates" / to_pdf.STYLE).read_text(encoding="utf-8")
        made["report.pdf"] = to_pdf.write(view, svgs, style)
    return made

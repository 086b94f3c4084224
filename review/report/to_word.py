"""The report as a Word document: real headings, captions, tables and lists, in the author's own template where there is one."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from review.errors import ReviewError
from review.formats.characters.office import for_xml
from review.report.blocks import Block, Heading, Para, Picture, Points, sideways
from review.report.paper import blocks
from review.report.picture import DPI
from review.report.render import HEADINGS
from review.report.view import View
from review.tables import to_docx

WIDTH, TALL = 165, 225  # mm that a drawing has on a page of A4
WIDE, LOW = 240, 150  # and on one turned sideways
_INK = (0x16, 0x20, 0x2A)


def write(view: View, drawings: Mapping[str, bytes], template: bytes = b"") -> bytes:
    """drawings: the flow and the figures as PNG, by name. template: a .docx whose styles are used.

    The same input gives the same bytes. Raises ReviewError where the template is no Word document.
    """
    document = _opened(view, template)
    _front(document, view)
    made = _Writer(document, drawings)
    for block in blocks(view, HEADINGS):
        made.add(block)
    return to_docx.save(document)


def _opened(view: View, template: bytes) -> Any:
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE

    title = view.protocol.review.title
    if not template:
        document = to_docx.new(title)
        _styled(document)
    else:
        try:
            document = Document(io.BytesIO(template))
        except (KeyError, ValueError, OSError) as error:
            raise ReviewError(f"templates/report.docx is no Word document ({error}).", "Put a .docx there, or take it away.") from None
        except Exception as error:  # the library's own for a broken package, which it does not export
            raise ReviewError(f"templates/report.docx can't be read ({error}).", "Put a .docx there, or take it away.") from None
    core = document.core_properties
    core.title, core.author = for_xml(title)[:255], for_xml("; ".join(m.name for m in view.protocol.team))[:255]
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet", "List Number"):
        if name not in [s.name for s in document.styles]:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if "Table Grid" not in [s.name for s in document.styles]:
        document.styles.add_style("Table Grid", WD_STYLE_TYPE.TABLE)
    return document


def _styled(document: Any) -> None:
    """Our own look, where the author brings none."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    for name, size, before in (
        ("Title", 22, 0),
        ("Heading 1", 16, 18),
        ("Heading 2", 13, 14),
        ("Heading 3", 11.5, 10),
        ("Caption", 9.5, 8),
        ("Subtitle", 11.5, 2),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = "Calibri", Pt(size), True, False
        style.font.color.rgb = RGBColor(*_INK)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True
    subtitle = document.styles["Subtitle"]
    subtitle.font.bold = False
    for spacing in subtitle.element.rPr.findall(qn("w:spacing")):
        subtitle.element.rPr.remove(spacing)
    borders = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        document.styles["Title"].element.pPr.remove(borders)
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)


def _front(document: Any, view: View) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    p = view.protocol
    document.add_paragraph(for_xml(p.review.title), style="Title")
    document.add_paragraph(for_xml(", ".join(m.name for m in p.team)), style="Subtitle")
    kind = f"{p.review.type.replace('-', ' ').capitalize()} review, version {p.review.version}"
    lock = f"Protocol locked {p.lock.at:%Y-%m-%d}" if p.lock else "Protocol not locked"
    document.add_paragraph(for_xml(f"{kind}. State of {view.as_of or 'no event yet'}. {lock}. Registration: {p.registration.register_name} {p.registration.id}".strip() + "."))  # fmt: skip
    section = document.sections[0]
    if view.notice or view.interim:
        head = section.header.paragraphs[0]
        run = head.add_run(for_xml(" · ".join(filter(None, ("INTERIM" if view.interim else "", view.notice)))))
        run.bold, run.font.size, run.font.color.rgb = True, Pt(9), RGBColor(0x7D, 0x33, 0x00)
    section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(section.footer.paragraphs[0], "PAGE")
    if view.interim:
        document.add_paragraph("INTERIM: what is missing, in the order in which to do it", style="Heading 2")
        for who, n, what, command in view.missing:
            words = f"{f'{n:,} ' if n else ''}{what} ({who}){f': {command}' if command else ''}"
            document.add_paragraph(for_xml(words), style="List Number")


def _field(paragraph: Any, code: str, shown: str = "1") -> None:
    """A field of Word: a page number, or the number of a caption."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>'))


class _Writer:
    def __init__(self, document: Any, drawings: Mapping[str, bytes]) -> None:
        self.document, self.drawings = document, drawings
        self.numbers = {"Table": 0, "Figure": 0}
        self.sideways = False

    def add(self, block: Block) -> None:
        self._turn(sideways(block))
        if isinstance(block, Heading):
            self.document.add_paragraph(for_xml(block.text), style=f"Heading {block.level}")
        elif isinstance(block, Para):
            self._para(block)
        elif isinstance(block, Points):
            for item in block.items:
                self.document.add_paragraph(for_xml(item), style="List Number" if block.numbered else "List Bullet")
        elif isinstance(block, Picture):
            self._figure(block)
        else:
            self._caption("Table", block.table.title)
            to_docx.add(self.document, block.table, captioned=False)

    def _para(self, block: Para) -> None:
        from docx.shared import Pt

        paragraph = self.document.add_paragraph()
        if block.lead:
            paragraph.add_run(for_xml(block.lead) + (". " if not block.code else "")).bold = True
        if block.code:
            paragraph = self.document.add_paragraph()
            run = paragraph.add_run(for_xml(block.text))
            run.font.name, run.font.size = "Consolas", Pt(8)
            return
        paragraph.add_run(for_xml(block.text))
        if block.asked:
            paragraph.add_run((" " if block.text else "") + "To be written by a person.").italic = True

    def _figure(self, block: Picture) -> None:
        from docx.shared import Inches, Mm

        wide, tall = (WIDE, LOW) if block.wide else (WIDTH, TALL)
        png = self.drawings[block.name]
        shape = self.document.add_picture(io.BytesIO(png), width=Inches(int.from_bytes(png[16:20], "big") / DPI))  # of its IHDR
        shrunk = min(1.0, Mm(wide) / shape.width, Mm(tall) / shape.height)
        shape.width, shape.height = int(shape.width * shrunk), int(shape.height * shrunk)
        described = shape._inline.docPr
        described.set("descr", for_xml(block.said))
        described.set("title", for_xml(block.caption))
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._caption("Figure", block.caption)

    def _caption(self, kind: str, text: str) -> None:
        self.numbers[kind] += 1
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.add_run(f"{kind} ")
        _field(paragraph, f"SEQ {kind} \\* ARABIC", str(self.numbers[kind]))
        paragraph.add_run(for_xml(f". {text}"))
        paragraph.paragraph_format.keep_with_next = kind == "Table"

    def _turn(self, sideways: bool) -> None:
        """Begin a new page turned sideways, or back."""
        if sideways == self.sideways:
            return
        from docx.enum.section import WD_ORIENT, WD_SECTION
        from docx.shared import Mm

        first = self.document.sections[0]
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        if sideways:
            to_docx.landscape(section)
        else:
            section.orientation = WD_ORIENT.PORTRAIT
            section.page_width, section.page_height = first.page_width, first.page_height
            section.left_margin = section.right_margin = first.left_margin or Mm(22)
            section.top_margin = section.bottom_margin = first.top_margin or Mm(22)
        self.sideways = sideways

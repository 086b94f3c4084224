"""A drawing as PNG or PDF, the same bytes on any machine: typeset by Typst with a font that comes along."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import unescape

from review.errors import ReviewError

Form = Literal["pdf", "png"]
SANS = "Source Sans Pro"
STYLES = ("Regular", "Bold", "It", "BoldIt")
DPI = 220.0  # enough for a journal's column at 170 mm


def compiled(source: str, form: Form, files: Mapping[str, bytes] | None = None) -> list[bytes]:
    """A Typst source as one 'pdf', or as 'png', one a page. files: what it reads, by name. Raises ReviewError where it can't be set."""
    import typst  # 30 MB: loaded where it is used

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, data in {**(files or {}), "main.typ": source.encode()}.items():
            (root / name).write_bytes(data)
        fonts = root / "fonts"
        fonts.mkdir()
        for style in STYLES:
            with resources.as_file(resources.files("font_source_sans_pro") / "files" / f"SourceSansPro-{style}.ttf") as font:
                shutil.copy(font, fonts)
        try:
            # Fonts of the system are there for what ours has no letters for, such as Chinese titles.
            made = typst.compile(root / "main.typ", None, root=root, font_paths=[fonts], format=form, ppi=DPI, timestamp=0)
        except typst.TypstError as error:
            raise ReviewError(f"the {form.upper()} could not be made: {error}", "The HTML report holds the same.") from None
    pages = made if isinstance(made, list) else [made]
    return [bytes(page) for page in pages]


def drawing(svg: str, form: Form) -> bytes:
    """An SVG of ours, drawn with the font `SANS`, on one page of its own size."""
    return drawings([svg], form)[0]


def drawings(svgs: Sequence[str], form: Form) -> list[bytes]:
    """The same of several at a time: one document for 'pdf', one picture each for 'png'."""
    files = {f"{n}.svg": _fixed(svg).encode() for n, svg in enumerate(svgs)}
    named = re.search(r"<title[^>]*>([^<]*)</title>", svgs[0])
    title = re.sub(r'["\\#]', "", unescape(named[1])) if named else ""
    head = f'#set page(width: auto, height: auto, margin: 4pt)\n#set document(date: none, title: "{title}")\n'
    return compiled(head + "#pagebreak()\n".join(f'#image("{name}")\n' for name in files), form, files)


def _fixed(svg: str) -> str:
    """Without the width of the window that it is shown in."""
    return re.sub(r' width="100%" style="[^"]*"', "", svg, count=1)

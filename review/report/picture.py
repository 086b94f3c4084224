"""A drawing as PNG or PDF, the same bytes on any machine: typeset by Typst with a font that comes along."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Literal

from review.errors import ReviewError

Form = Literal["pdf", "png"]
SANS = "Source Sans Pro"
STYLES = ("Regular", "Bold", "It", "BoldIt")
DPI = 220.0  # enough for a journal's column at 170 mm


def compiled(source: str, form: Form, files: Mapping[str, bytes] | None = None) -> bytes:
    """A Typst source as 'pdf' or 'png' (one page). files: what it reads, by name. Raises ReviewError where it can't be set."""
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
    return bytes(pages[0])


def drawing(svg: str, form: Form) -> bytes:
    """An SVG of ours, drawn with the font `SANS`, on one page of its own size."""
    fixed = re.sub(r' width="100%" style="[^"]*"', "", svg, count=1)
    page = '#set page(width: auto, height: auto, margin: 4pt)\n#set document(date: none, title: "PRISMA 2020 flow diagram")\n#image("drawing.svg")\n'
    return compiled(page, form, {"drawing.svg": fixed.encode()})

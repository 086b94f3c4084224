"""Office files without the clock: the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile

from review.formats.characters.text import NOT_XML
from review.model.patterns import lazy

FIXED = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP knows
ESCAPE = lazy(r"_x([0-9A-Fa-f]{4})_")  # a character by its number, in a cell
_STAMP = lazy(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


def timeless(data: bytes) -> bytes:
    """The same ZIP with every part dated 1980, in order of their names, and the document's own dates too."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for part in sorted(old.infolist(), key=lambda p: (p.filename != "[Content_Types].xml", p.filename)):
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _STAMP.sub(b"1980-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(part.filename, FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            new.writestr(info, content)
    return made.getvalue()


def escaped(text: str) -> str:
    """Text in which what looks like a workbook's escape of a character stays what it is."""
    return ESCAPE.sub(r"_x005F_x\1_", text)


def for_xml(text: str) -> str:
    """Text without the characters that XML can't hold."""
    return NOT_XML.sub("�", text)

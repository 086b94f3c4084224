"""A file to a document, by what it is."""

from __future__ import annotations

from review.errors import FormatError
from review.formats.characters.text import decode
from review.fulltext import jats, pdf
from review.fulltext.document import Document, Page

SUFFIX = {"pdf": ".pdf", "jats": ".nxml", "text": ".txt"}


def kind_of(data: bytes, name: str = "") -> str:
    """pdf, jats or text. Raises FormatError where it is none of them, with what it seems to be."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if jats.looks_like(data):
        return "jats"
    head = data[:4096]
    what = (
        "a web page: save the PDF, or the full-text XML" if b"<html" in head[:2048].lower() or b"<!doctype html" in head[:200].lower()
        else "a ZIP archive or an Office file: print it to a PDF" if head.startswith(b"PK")
        else "empty" if not data.strip()
        else "of a kind that can't be read" if b"\x00" in head
        else ""
    )  # fmt: skip
    if what:
        raise FormatError(f"{name or 'the file'} is {what}", "Full texts are PDF, JATS (.nxml, .xml) or plain text.")
    if name.lower().endswith((".txt", ".md")):
        return "text"
    raise FormatError(f"{name or 'the file'} is neither a PDF nor JATS", "Full texts are PDF, JATS (.nxml, .xml) or plain text (.txt).")


def document(data: bytes, kind: str) -> Document:
    """The text of a file of a kind that `kind_of` gave. Raises FormatError."""
    if kind == "pdf":
        return pdf.read(data)
    if kind == "jats":
        return jats.read(data)
    # A form feed is how a text says that a page ends (pdftotext).
    pages = decode(data).text.split("\f")
    return Document("pdf" if len(pages) > 1 else "text", tuple(Page(str(n), p) for n, p in enumerate(pages, 1)))

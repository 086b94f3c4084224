"""PDF to text by page (PDFium)."""

from __future__ import annotations

from review.errors import FormatError
from review.fulltext.document import Document, Page


def read(data: bytes) -> Document:
    """The text of each page, as PDFium reads it. Raises FormatError for what is no PDF, is damaged or needs a password."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        book = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).casefold()
        raise FormatError(
            "the PDF needs a password" if locked else f"the PDF can't be read ({error})",
            "Save it again without a password." if locked else "Download it again, or print it to a new PDF.",
        ) from None
    try:
        pages = []
        for n in range(len(book)):
            page = book[n]
            text = page.get_textpage()
            label = book.get_page_label(n) or str(n + 1)
            pages.append(Page(label, text.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")))
            text.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise FormatError(f"page {n + 1} of the PDF can't be read ({error})", "Download it again, or print it to a new PDF.") from None
    finally:
        book.close()
    return Document("pdf", tuple(pages))

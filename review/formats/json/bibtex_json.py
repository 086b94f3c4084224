"""BibTeX that bibtexparser wrote as JSON: `[{"ENTRYTYPE": "article", "author": "Doe, J. and Roe, K.", "title": "The {B}oat"}]`."""

from __future__ import annotations

from typing import Any

from review.formats.bibtex.bibtex_names import names
from review.formats.characters.latex import from_latex


def plain(found: dict[str, Any]) -> dict[str, Any]:
    """The entry with its people in a list, and without LaTeX; as it is if it is no such."""
    if "ENTRYTYPE" not in found:
        return found
    return {name: _plain(name, value) if isinstance(value, str) else value for name, value in found.items()}


def _plain(name: str, value: str) -> str | list[str]:
    if name in ("author", "editor"):
        return [n for n in names(value) if n != "others"]
    return value if name in ("url", "doi", "ID") else from_latex(value, ligatures=True)

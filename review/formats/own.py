"""The formats of this package by name, one at a time: where the format of a file is known, none of the others is loaded."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from review.formats.base import Format

_FOLDERS = ("ris", "bibtex", "endnote", "pubmed", "json", "tables", "tagged", "xml")
_ELSEWHERE = {"csl-yaml": "yaml_items", "csv": "csv_table", "tsv": "csv_table"}  # format -> its module, where that is called otherwise


def own(name: str) -> Format | None:
    """The format of this package of that very name; None where there is none."""
    module = _ELSEWHERE.get(name, name.replace("-", "_"))
    places = (f"review.formats.{folder}.{module}" for folder in _FOLDERS if module.isidentifier())
    place = next((place for place in places if find_spec(place)), None)
    form = getattr(import_module(place), "FORMAT", None) if place else None
    return next((f for f in (form, *form.variants) if f.name == name), None) if isinstance(form, Format) else None

"""The formats of this package by name, one at a time: where the format of a file is known, none of the others is loaded."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from review.formats.base import Format

_ELSEWHERE = {"csl-yaml": "yaml_items", "csv": "csv_table", "tsv": "csv_table"}  # format -> its module, where that is called otherwise


def own(name: str) -> Format | None:
    """The format of this package of that very name; None where there is none."""
    module = _ELSEWHERE.get(name, name.replace("-", "_"))
    if not module.isidentifier() or find_spec(f"review.formats.{module}") is None:
        return None
    form = getattr(import_module(f"review.formats.{module}"), "FORMAT", None)
    return next((f for f in (form, *form.variants) if f.name == name), None) if isinstance(form, Format) else None

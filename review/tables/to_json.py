"""A table as JSON: the whole of it, for programs."""

from __future__ import annotations

import json
from typing import Any

from review.tables.model import Cell, Table


def value(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "columns": [{"id": c.id, "title": c.title, "kind": c.kind} for c in table.columns],
        "rows": [
            {
                "key": row.key,
                **({"group": row.group} if row.group else {}),
                "cells": {c.id: _cell(cell) for c, cell in zip(table.columns, row.cells, strict=True)},
            }
            for row in table.rows
        ],
        "notes": list(table.notes),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    named = {"text": cell.text, "why": cell.why, "quote": cell.quote, "where": cell.locator, "notes": list(cell.notes), "tone": cell.tone}
    return {k: v for k, v in named.items() if v or k == "text"}


def write(table: Table) -> bytes:
    return (json.dumps(value(table), indent=1, ensure_ascii=False) + "\n").encode()

"""The view as pages: one self-contained HTML file, Markdown, JSON and CSV."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from review.report.flow_svg import draw
from review.report.tables import evidence_csv, noticed
from review.report.view import BOX_LISTS, View


def render(view: View) -> dict[str, str]:
    """Relative file name -> text. Autoescape is on: a title is a title, whatever it looks like."""
    lists = {x.id for x in view.lists}
    svg = draw(view.flow, {box: f"#list-{name}" for box, name in BOX_LISTS.items() if name in lists})
    environment = Environment(  # noqa: S701  # each kind of page sets its own below
        loader=PackageLoader("review.report"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters.update(css=css_string, md=markdown, anchor=anchor, thousands=thousands)
    shared: dict[str, Any] = {"v": view, "p": view.protocol, "flow": view.flow}
    html = environment.overlay(autoescape=True)
    html.filters = {**environment.filters}
    html.globals = {**environment.globals, "n": _html_number}
    text = environment.overlay(autoescape=False)
    text.globals = {**environment.globals, "n": _markdown_number}
    files = {
        "report.html": html.get_template("report.html.j2").render(**shared, svg=Markup(svg)),  # noqa: S704  # our own drawing, escaped there
        "report.md": text.get_template("report.md.j2").render(**shared),
        "flow.svg": draw(view.flow),
        "flow.json": json.dumps(_flow_json(view), indent=1, ensure_ascii=False) + "\n",
    }
    for listed in view.lists:
        files[f"lists/{listed.id}.csv"] = noticed(["key", "title", "note"], [[i.key, i.title, i.note] for i in listed.items], view.notice)
    for table in view.evidence:
        files[f"tables/evidence-{table.question}.csv"] = evidence_csv(table, view.notice)
    return files


def _flow_json(view: View) -> dict[str, Any]:
    content = dataclasses.asdict(view.flow)
    return {"review": view.name, "protocol": view.digest, "notice": view.notice, "interim": view.interim, "flow": content}


def anchor(text: str) -> str:
    """An id for a key: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", text)


def css_string(text: str) -> Markup:
    """Text as it may stand between double quotes in a style sheet: all but letters, digits and plain punctuation by code."""
    return Markup(re.sub(r"[^\w ,.:;!?()-]", lambda m: f"\\{ord(m.group()):x} ", text))  # noqa: S704  # nothing is left that HTML or CSS reads


def thousands(n: int) -> str:
    return f"{n:,}"


def _html_number(value: int, list_id: str) -> Markup:
    return Markup('<a class="n" href="#list-{}">{}</a>').format(list_id, thousands(value))


def _markdown_number(value: int, list_id: str) -> str:
    return f"[{value:,}](lists/{list_id}.csv)"


def markdown(text: Any) -> str:
    """Text that means itself in Markdown, also within a table cell."""
    line = re.sub(r"\s+", " ", str(text)).strip()
    line = re.sub(r"([\\`*_\[\]#|~])", r"\\\1", line)
    return str(escape(line)).replace("&#39;", "'").replace("&#34;", '"')

"""The view as pages: one self-contained HTML file, Markdown, JSON and CSV.

The templates ship with the package; a review may put its own in the place of any of them, by name.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import ChoiceLoader, DictLoader, Environment, PackageLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from review.errors import ReviewError
from review.formats.tables.csv_frame import csv_of
from review.model.languages import said
from review.model.words import counted, noun
from review.report import flow_csv, stated, whole
from review.report.compiled import Compiled
from review.report.figures import Figure
from review.report.flow_svg import draw
from review.report.material import Items
from review.report.tables import anchor, safe_cells
from review.report.view import View
from review.tables import to_csv, to_markdown
from review.tables.to_html import fragment

BROAD = 16  # columns that a page has room for; broader tables are whole in their CSV
INLINE = 200  # rows of a list that the page itself holds; longer ones are whole in their CSV
# Section of the report -> its heading, for the checklists.
HEADINGS = {
    "title": "Title", "abstract": "Abstract", "rationale": "Rationale", "questions": "Objectives", "criteria": "Eligibility criteria",
    "sources": "Information sources", "strategies": "Search strategies", "selection": "Selection process", "collection": "Data collection",
    "items": "Data items", "appraisal": "Risk of bias", "synthesis": "Synthesis and certainty", "flow": "Selection of studies", "characteristics": "Characteristics of the included studies",
    "judged": "Risk of bias in the included studies", "evidence": "Evidence",
    "certainty": "Certainty of the evidence", "included": "Reports included", "excluded": "Full texts excluded", "limitations": "Limitations of the review process",
    "deviations": "The protocol, and deviations from it", "registration": "Registration and protocol", "support": "Support", "interests": "Team and competing interests",
    "availability": "Availability of data and materials",
}  # fmt: skip


def render(view: View, overrides: Mapping[str, str] | None = None, kept: Path | None = None) -> dict[str, str]:
    """Relative file name -> text, of all but what `listed` gives. Autoescape is on: a title is a title, whatever it looks like.

    overrides: template name -> text, in place of the package's own. kept: the folder of compiled templates, if any. Raises ReviewError
    where one can't be rendered.
    """
    svg = draw(view.flow, {x.id: f"#list-{x.id}" for x in view.lists})  # the list behind a box is called as the box is
    compiled = Compiled(kept)
    environment = Environment(  # noqa: S701  # each kind of page sets its own below
        loader=ChoiceLoader([DictLoader(dict(overrides or {})), PackageLoader("review.report")]),
        undefined=StrictUndefined, bytecode_cache=compiled, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters.update(
        counted=counted,
        noun=noun,
        language=said,  # for people's own templates
        limits=stated.limits,
        registered=stated.registered,
        member=stated.name,
        roles=stated.roles,
        sentence=sentence,
        css=css_string,
        inline_svg=inline_svg,
        md=markdown,
        anchor=anchor,
        thousands=thousands,
        table=fragment,
        mdtable=to_markdown.body,
    )
    shared: dict[str, Any] = {"v": view, "p": view.protocol, "flow": view.flow, "inline": INLINE, "broad": BROAD, "headings": HEADINGS}
    html = environment.overlay(autoescape=True)
    html.filters = {**environment.filters}
    html.globals = {**environment.globals, "n": _html_number}
    text = environment.overlay(autoescape=False)
    text.globals = {**environment.globals, "n": _markdown_number}
    files = {
        "report.html": _filled(html, "report.html.j2", {**shared, "svg": Markup(svg)}),  # noqa: S704  # our own drawing, escaped there
        "report.md": _filled(text, "report.md.j2", shared),
        "flow.svg": draw(view.flow),
        "flow.json": json.dumps(_flow_json(view), indent=1, ensure_ascii=False) + "\n",
        "flow-prisma2020.csv": flow_csv.write(view.flow, view.notice),
    }
    compiled.save()
    for figure in view.figures:
        files[f"figures/{figure.name}.svg"] = figure.svg
    for table in view.tables:
        files[f"tables/{table.name}.csv"] = to_csv.write(table).decode()
    return files


def listed(view: View) -> dict[str, bytes]:
    """What may be very long: relative file name -> UTF-8, of the lists behind the numbers, and of the report as JSON."""
    files = {f"lists/{x.id}.csv": _list(x.items, view.notice) for x in view.lists}
    return files | {"report.json": whole.data(view)}


def _list(items: Items, notice: str) -> bytes:
    """A list as CSV; every row carries the review's notice, where it has one."""
    rows = items.rows.with_columns(notice=pl.lit(notice)) if notice else items.rows
    return csv_of(rows.columns, rows.select(safe_cells()))


def _filled(environment: Environment, name: str, values: Mapping[str, Any]) -> str:
    try:
        return environment.get_template(name).render(**values)
    except TemplateError as error:
        where = f"{getattr(error, 'name', None) or name}, line {getattr(error, 'lineno', None) or _line(error)}"
        raise ReviewError(
            f"the template {where}: {error.message or error}", "Mend your template in the report's templates/ folder, or take it away."
        ) from None


def _line(error: BaseException) -> int | str:
    """The line of a template that an error at rendering came from."""
    trace, line = error.__traceback__, "?"
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith((".j2", "<template>")):
            line = str(trace.tb_lineno)
        trace = trace.tb_next
    return line


def _flow_json(view: View) -> dict[str, Any]:
    content = dataclasses.asdict(view.flow)
    return {"review": view.name, "protocol": view.digest, "notice": view.notice, "interim": view.interim, "flow": content}


def css_string(text: str) -> Markup:
    """Text as it may stand between double quotes in a style sheet: all but letters, digits and plain punctuation by code."""
    return Markup(re.sub(r"[^\w ,.:;!?()-]", lambda m: f"\\{ord(m.group()):x} ", text))  # noqa: S704  # nothing is left that HTML or CSS reads


def inline_svg(figure: Figure) -> Markup:
    """A drawing as it stands in the page: as large as it was drawn, smaller where the page is; what it says is known by its desc."""
    wide, tall = re.search(r'width="(\d+)" height="(\d+)"', figure.svg).groups()  # type: ignore[union-attr]  # as our sheets write it
    name = f"desc-{anchor(figure.name)}"
    text = figure.svg.replace(f'width="{wide}" height="{tall}"', f'style="max-width:{wide}px" aria-describedby="{name}"', 1)
    return Markup(text.replace("<desc>", f'<desc id="{name}">', 1))  # noqa: S704  # our own drawing, escaped there


def thousands(n: int) -> str:
    return f"{n:,}"


def _html_number(value: int, list_id: str) -> Markup:
    return Markup('<a class="n" href="#list-{}">{}</a>').format(list_id, thousands(value))


def _markdown_number(value: int, list_id: str) -> str:
    return f"[{value:,}](lists/{list_id}.csv)"


def sentence(text: Any) -> str:
    """What a person wrote, with a full stop where it ends without any."""
    said = str(text).strip()
    return said if said.endswith((".", "!", "?", "…", ".”", ".’")) or not said else f"{said}."


def markdown(text: Any) -> str:
    """`mild` of whatever a template has."""
    return to_markdown.mild(str(text))

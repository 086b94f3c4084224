"""review check: are the quotes true, and do the answers fit?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import AsJson, Review, out, out_json, say, workspace
from review.errors import WORK_REMAINS

if TYPE_CHECKING:
    from review.model.related import Relation
    from review.workspace import Workspace


def command(
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help="Fail where a quote is not verified, an answer does not fit its form, or an included report was retracted."
        ),
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="List the verified quotes too.")] = False,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Look each quote up in the page that it names; list those that are elsewhere or not there, answers to look at again, findings on studies not included, and included reports that were retracted or are in doubt by a linked notice."""
    from review.fulltext.quotes import WORDS

    space = workspace(review)
    checked, again = examine(space)
    strange, gone = _strangers(space), retracted(space)
    if as_json:
        out_json({"quotes": checked, "again": again, "findings": [{"id": part, "study": key} for part, key in strange],
                  "retracted": [{"report": key, "other": r.other, "kind": r.kind, "words": r.words} for key, r in gone]})  # fmt: skip
    else:
        for key, r in gone:
            out(f"INCLUDED, BUT {key}: {r.words}")
        for line in checked:
            if everything or line["state"] != "verified":
                number = f" ({line['instance']})" if line["instance"] else ""
                where = f"{line['report']} {line['question']}.{line['field']}{number}"
                seen = f"; it stands at {line['found']}" if line["state"] == "elsewhere" else f"; {line['why']}" if line["why"] else ""
                out(f"{WORDS[str(line['state'])]}: {where}: “{str(line['quote'])[:90]}” ({line['where'] or 'no place given'}){seen}")
        for line in again:
            out(f"look again: {line['report']} {line['question']}.{line['field']}: {line['why']}")
        for part, key in strange:
            out(f"no included study: {space.shown(space.findings_path)}: {part} rests on '{key}'")
        states = Counter(str(line["state"]) for line in checked)
        say(f"{len(checked):,} quotes: " + (", ".join(f"{states[s]:,} {WORDS[s]}" for s in WORDS if states[s]) or "none"))
        if again:
            say(f"{len(again):,} answers do not fit the forms as they now are")
    if strict and (again or strange or gone or any(line["state"] != "verified" for line in checked)):
        raise typer.Exit(WORK_REMAINS)


def _strangers(space: Workspace) -> list[tuple[str, str]]:
    """What the findings rest on and is not included (any more)."""
    from review import pipeline
    from review.report.stage import strangers

    with pipeline.opened(space) as store:
        return strangers(space, store)


def retracted(space: Workspace) -> list[tuple[str, Relation]]:
    """The included reports that were retracted, or are in doubt, with what says so; the stages are up to date."""
    from review import pipeline
    from review.model.extraction import Extraction
    from review.model.related import from_json

    with pipeline.opened(space) as store:
        found = from_json(store.result("related"))
        studies = Extraction.from_json(store.result("extraction")).studies
    return [(key, r) for study in studies for key in study.reports for r in found.get(key, ()) if r.loud]


def examine(space: Workspace) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Every quote that counts, with what became of it; and the answers that their form no longer takes."""
    from review.cli.extract import material
    from review.extraction.verifying import quoted

    _, found = material(space)
    checks = {q.answer: q for q in found.quotes}
    quotes: list[dict[str, object]] = []
    for cell, given in quoted(found):
        check = checks[given.id]
        quotes.append({
            "report": cell.report, "question": cell.question, "field": cell.field, "instance": cell.instance, "by": given.by, "quote": given.quote,
            "where": given.locator, "state": check.state, "found": check.place, "score": check.score, "why": check.why,
        })  # fmt: skip
    again = [
        {"report": c.report, "question": c.question, "field": c.field, "instance": c.instance, "why": c.again}
        for c in found.cells
        if c.again
    ]
    return quotes, again

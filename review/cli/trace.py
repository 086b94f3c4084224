"""review trace: the life of a record, report or study; and what a number is made of."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import AsJson, Review, gathered, out, out_json, say, workspace
from review.errors import UsageError
from review.model.reading import one_line

if TYPE_CHECKING:
    from review.model.events import Event
    from review.report.trace import Life
    from review.workspace import Workspace


def command(
    name: Annotated[str, typer.Argument(help="The key of a record, report or study, a DOI or a PMID.", show_default=False)] = "",
    count: Annotated[
        str, typer.Option("--count", help="List what a number of the flow is made of: box4, records_screened, or the name of a list.")
    ] = "",
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Tell where a record came from, every decision on it with who, when and under which protocol, and where the report shows it."""
    from review import pipeline
    from review.report.counts import count as count_all
    from review.report.trace import BOXES, find, life, list_id

    if bool(name) == bool(count):
        raise UsageError("Name what to trace, or a number.", "review trace ID, or review trace --count box4")
    space = workspace(review)
    material = gathered(space, name)
    with pipeline.opened(space) as store:
        links = [*store.links("duplicate"), *store.links("unsure")] if name else []
    counted = count_all(material)
    if count:
        found = list_id(counted, count)
        if not found:
            raise UsageError(f"There is no box or list '{count}'.", f"Boxes: {', '.join(BOXES)}. Lists: {', '.join(counted.lists)}.")
        listed = counted.lists[found]
        if as_json:
            out_json({"list": listed.id, "title": listed.title, "n": len(listed.items), "items": [asdict(i) for i in listed.items]})
            return
        for item in listed.items:
            out("\t".join(filter(None, (item.key, item.title, item.note))))
        say(f"{listed.title}: {len(listed.items):,}")
        return
    keys = find(material, name)
    if not keys:
        raise UsageError(f"Nothing here has the key, DOI or PMID '{name}'.", "Keys are in the lists: review trace --count identified")
    ledgers = _ledgers(space)
    lives = [life(material, key, counted, space.searches(), links, ledgers) for key in keys]
    if as_json:
        out_json([asdict(x) for x in lives])
        return
    for n, each in enumerate(lives):
        if n:
            out("")
        _show(each)


def _show(told: Life) -> None:
    out(one_line(told.title) or "(no title)")
    out(f"report {told.key}; records: {', '.join(told.records)}{f'; study {told.study}' if told.study else ''}")
    for s in told.steps:
        when = s.at[:16].replace("T", " ") if s.at else ""
        version = f"  [protocol {s.protocol[:8]}]" if s.protocol else ""
        out(f"  {when:<16}  {s.stage:<14}  {f'{s.who} ' if s.who else ''}{s.what}{version}")
    out(f"Now: {told.state}.")
    out(f"In the report: {'; '.join(told.shown) or 'nowhere'}.")


def _ledgers(space: Workspace) -> dict[str, list[Event]]:
    """part -> every event of it, undone ones too, sorted by id."""
    from review.model.protocol_parts import PHASES

    found: dict[str, list[Event]] = {}
    for part in (*PHASES, "extraction"):
        found[part] = sorted((e for who, ledger in space.ledgers(part) for e in ledger.events() if e.by == who), key=lambda e: e.id)
    for part in ("dedup", "studies", "fulltexts"):
        found[part] = space.shared_ledger(part).events()
    return found

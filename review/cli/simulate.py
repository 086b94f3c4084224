"""review simulate: a finished screening done again in the order of the ranking."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from review.cli.common import AsJson, out, out_json, say
from review.cli.rank import Questions, Seed, ready
from review.errors import FormatError


def command(
    data: Annotated[Path, typer.Argument(help="A CSV with record_id, title, abstract, label_included.")],
    priors: Annotated[
        Path | None,
        typer.Option(
            "--priors", help="A CSV with record_id and label: what is known beforehand; without it nothing is.", show_default=False
        ),
    ] = None,
    questions: Questions = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Draw how soon the ranking would have found what a finished screening found, and print the usual measures."""
    from review.screening import simulation

    table, ranker, known = ready(data, priors, questions, seed)
    labels = {n: label for n, label in enumerate(table.labels) if label is not None}
    if missing := len(table.ids) - len(labels):
        say(f"note: {missing:,} of {len(table.ids):,} records have no label; they are left out")
    before = dict(known)
    still = [labels[n] for n in labels if n not in before]
    if not any(still) or all(still):
        raise FormatError(
            f"{data}: a simulation needs relevant and irrelevant records.",
            "Name them in the column label_included, 1 for relevant and 0 for not.",
        )
    shown = simulation.replay(labels, [(n, v) for n, v in known if n in labels], ranker.next)
    order = [labels[n] for n in shown]
    found = simulation.metrics(order)
    if as_json:
        out_json(found.to_json() | {"seed": seed, "curve": simulation.recall_curve(order)})
        return
    for line in simulation.draw(order):
        out(line)
    out("")
    out(f"{found.records:,} records, {found.relevant:,} relevant; the first at place {found.first:,}")
    out(f"95 % of the relevant ones after {100 * found.seen95:.1f} % of the records (WSS@95 {found.wss95:.3f}), all after {100 * found.seen100:.1f} % (WSS@100 {found.wss100:.3f})")  # fmt: skip
    out(f"recall after 10 % of the records {100 * found.rrf10:.1f} %; loss {found.loss:.3f} (0 the best possible order, 0.5 a random one)")

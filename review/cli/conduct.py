"""review conduct: what the ledgers prove about how the review was done."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from review.cli.common import AsJson, Review, gathered, out, out_json, say, workspace
from review.errors import WORK_REMAINS

MARK = {"yes": "holds ", "partly": "partly", "no": "fails ", "open": "open  "}
SHOWN = 5


def command(
    review: Review = "",
    full: Annotated[bool, typer.Option("--all", help="Every exception, and every MECIR and AMSTAR 2 item.")] = False,
    as_json: AsJson = False,
) -> None:
    """Evaluate what the record can prove: dual decisions, independence, a protocol that came first, MECIR and AMSTAR 2 items."""
    from review.report.amstar2 import amstar2
    from review.report.conduct import conduct
    from review.report.mecir import mecir
    from review.report.view import latest

    space = workspace(review)
    material = gathered(space)
    searches = space.searches()
    as_of = latest(material, searches)
    found = conduct(material, searches, as_of)
    standards = {"AMSTAR 2": amstar2(material, searches, found, as_of), "MECIR": mecir(material, searches, found)}
    if as_json:
        out_json(
            {
                "as_of": as_of,
                "predicates": [p.plain() for p in found],
                "amstar2": [asdict(j) for j in standards["AMSTAR 2"]],
                "mecir": [asdict(j) for j in standards["MECIR"]],
            }
        )
    else:
        for p in found:
            rests = f", {p.unproven:,} more rest on imports" if p.unproven else ""
            out(f"{MARK[p.holds]}  {p.label}: {p.n_ok:,} of {p.n:,} {p.unit}{rests}")
            out(f"        {p.said}")
            for item in p.exceptions if full else p.exceptions[:SHOWN]:
                out(f"        - {item.key}: {item.note} ({item.title[:80]})")
            if len(p.exceptions) > SHOWN and not full:
                out(f"        … {len(p.exceptions) - SHOWN:,} more: review conduct --all")
        for name, items in standards.items():
            out("")
            out(name)
            for j in items:
                if full or j.answer in ("no", "not shown", "partly shown", "partial yes"):
                    out(f"  {j.id:<8} {j.answer:<18} {j.label}{f' [{j.mark}]' if j.mark else ''}")
                    out(f"  {'':<8} {j.basis}")
    if alone := next((j for j in standards["AMSTAR 2"] if j.id == "4" and j.answer == "no"), None):
        say(f"warning: AMSTAR 2 item 4 (critical) fails. {alone.basis}")
    if any(p.holds in ("no", "partly") for p in found):
        raise typer.Exit(WORK_REMAINS)

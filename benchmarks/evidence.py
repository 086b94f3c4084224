"""How long a form of 60 fields takes to open, and tables of 500 studies to be made and written.

    python benchmarks/evidence.py [--studies 500] [--fields 60]

Answers are made up with a fixed seed, by two extractors. Prints CPU seconds; fails nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from review.extraction.cells import extract
from review.extraction.session import Extracting
from review.ledger import FileLedger
from review.model.events import Answer, Event, Opened
from review.model.protocol import Protocol
from review.model.protocol_evidence import ExtractionPlan, Form, FormField
from review.model.protocol_yaml import load
from review.model.record import Record, Report
from review.report.evidence import Evidence
from review.tables.writers import WRITERS

PROTOCOL = """\
review: {title: "Made", type: qualitative}
team: [{id: AB, name: A}, {id: CD, name: C}]
questions: [{id: Q1, text: "What?", frame: PICo}]
eligibility: {criteria: [{id: E1, dimension: any, include: all, reason: none}]}
sources: [{id: s, name: S, kind: database}]
phases: [{name: full-text, reviewers: [AB, CD]}]
extraction: {reviewers: [AB, CD], forms: [{question: Q1, fields: [{id: x, label: X}]}]}
"""


def opening(plan: ExtractionPlan, protocol: Protocol, reports: list[Report], events: list[Event]) -> None:
    """The screen itself: from one study to the next, and from an answer to the next field, with half of the ledger filled."""
    from review.tui.extract import ExtractApp

    half = [e for e in events if isinstance(e, Answer)][: len(events) // 2]
    with tempfile.TemporaryDirectory() as folder:
        ledger = FileLedger(Path(folder) / "AB.jsonl", opened=Opened(by="AB", review="made", ledger="extraction/AB"))
        ledger.append_all([replace(e, id="", at="") for e in half])
        start = time.process_time()
        session = Extracting(ledger, "AB", plan, "d", reports)
        print(f"a sitting over {len(half):,} answers begins in {1000 * (time.process_time() - start):.0f} ms CPU")

        async def play() -> None:
            async with ExtractApp(session, protocol).run_test(size=(200, 50)) as pilot:
                await pilot.pause()
                for what, key, times in (("the next study's form opens", "right", 10), ("and back", "left", 10)):
                    start = time.process_time()
                    for _ in range(times):
                        await pilot.press(key)
                        await pilot.pause()
                    print(f"{what} ({len(session.slots())} fields, drawn) in {1000 * (time.process_time() - start) / times:.1f} ms CPU")
                start = time.process_time()
                for n in range(10):
                    session.answer("Q1", f"f{n}", "7")
                print(f"an answer is on disk and counted in {1000 * (time.process_time() - start) / 10:.1f} ms CPU")

        asyncio.run(play())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=500)
    parser.add_argument("--fields", type=int, default=60)
    options = parser.parse_args()
    rng = random.Random(4711)
    fields = tuple(FormField(id=f"f{n}", label=f"Field {n}", type="number" if n % 5 == 0 else "text") for n in range(options.fields))
    plan = ExtractionPlan(reviewers=("AB", "CD"), forms=(Form(question="Q1", fields=fields),))
    base = load(PROTOCOL, "made.yaml")
    protocol = base.model_copy(update={"extraction": plan})
    reports = {
        f"s:{n:04}": Report(
            key=f"s:{n:04}", records=(Record(key=f"s:{n:04}", title=f"Study {n}", authors=(f"Name{n % 300} A",), year=2000 + n % 25),)
        )
        for n in range(options.studies)
    }
    ledgers: dict[str, list[Event]] = {
        who: [
            Answer(
                id=f"{n:04}{m:04}{who}",
                by=who,
                record=key,
                records=(key,),
                question="Q1",
                field=f.id,
                value=str(rng.randrange(50)),
                quote="words of it",
                locator="p. 3",
            )
            for n, key in enumerate(reports)
            for m, f in enumerate(fields)
        ]
        for who in ("AB", "CD")
    }

    opening(plan, protocol, list(reports.values()), ledgers["AB"])

    start = time.process_time()
    found = extract(plan, sorted(reports), {k: k for k in reports}, ledgers)
    print(f"{len(found.cells):,} cells folded in {time.process_time() - start:.2f} s CPU")
    start = time.process_time()
    evidence = Evidence(protocol, found, reports)
    table = evidence.question("Q1")
    print(f"table of {len(table.rows):,} rows and {len(table.columns)} columns made in {time.process_time() - start:.2f} s CPU")
    for writer in WRITERS.values():
        start = time.process_time()
        data = writer.write(table)
        print(f"  written as {writer.name}: {time.process_time() - start:.2f} s CPU, {len(data):,} bytes")


if __name__ == "__main__":
    main()

"""The report of a large review: time and memory to render it, size of its page, time of a rerun in which nothing changed.

    python benchmarks/report.py [RECORDS] [INCLUDED]     50,000 and 200 where nothing is given

A made-up review is screened by two people and extracted by two; then the report alone is made again (a template is
changed), and at last nothing. Prints seconds of wall clock, seconds of CPU and peak memory of each command.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tests"))
sys.path.insert(0, str(PROJECT))

from support import PROTOCOL  # noqa: E402  # the path is set above

WORDS = [
    "care",
    "town",
    "council",
    "trust",
    "budget",
    "health",
    "school",
    "river",
    "garden",
    "market",
    "voice",
    "street",
    "power",
    "plan",
    "work",
    "place",
    "youth",
    "elder",
    "home",
    "bridge",
]


def build(root: Path, records: int, included: int) -> None:
    """A review on disk: one source, two reviewers' ledgers, two extractors'."""
    from review.model.events import Answer, Decision
    from review.workspace import find

    rng = random.Random(1)  # made-up titles
    (root / "protocols").mkdir()
    sources = "  - {id: alpha, name: Alpha, kind: database}\n"
    protocol = PROTOCOL.replace("  - {id: beta, name: Beta, kind: database}\n", "").replace(
        "  - {id: web, name: Web pages, kind: website}\n", ""
    )
    assert sources in protocol
    (root / "protocols" / "small.yaml").write_text(protocol, encoding="utf-8")
    with (root / "alpha.ris").open("w", encoding="utf-8") as f:
        for n in range(records):
            title = " ".join(rng.choice(WORDS) for _ in range(12)) + f" {n:x}"
            f.write(f"TY  - JOUR\nAN  - A-{n:07}\nTI  - {title}\nAU  - Maker{n % 900}, {chr(65 + n % 26)}.\nPY  - {1990 + n % 35}\nJO  - Journal {n % 300}\nVL  - {n % 90}\n"
                    f"SP  - {n}\nAB  - {' '.join(rng.choice(WORDS) for _ in range(120))}.\nER  - \n")  # fmt: skip
    command(root, "protocol", "lock")
    command(root, "import", "alpha.ris", "--source", "alpha", "--date", "2025-01-01")
    space = find("", None, root)
    keys = [f"alpha:A-{n:07}" for n in range(records)]
    full, kept = set(keys[: included * 5]), set(keys[:included])
    for who in ("AB", "CD"):
        first = [
            Decision(record=k, records=(k,), phase="title-abstract", verdict="include" if k in full else "exclude", protocol=space.digest)
            for k in keys
        ]
        space.ledger("title-abstract", who).append_all(first)
        last = [Decision(record=k, records=(k,), phase="full-text", verdict="include" if k in kept else "exclude", reason="" if k in kept else "No data",
                         protocol=space.digest) for k in sorted(full)]  # fmt: skip
        space.ledger("full-text", who).append_all(last)
        answers = [
            Answer(record=k, records=(k,), question=q, field=f, value=value, quote="a quote of some words", locator="p. 3", protocol=space.digest)
            for k in sorted(kept) for q, f, value in (("Q1", "country", "Wales"), ("Q1", "n", "12"), ("Q1", "design", "trial"), ("Q2", "why", "money"))
        ]  # fmt: skip
        space.ledger("extraction", who).append_all(answers)


def command(root: Path, *words: str) -> tuple[float, float, float]:
    """Seconds of wall clock, of CPU, and MB at the peak, of one `review` command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    probe = "import resource,sys;from review.__main__ import main;import atexit;atexit.register(lambda: print('MB',resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024,file=sys.stderr));main()"
    done = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, "-c", probe, *words],
        cwd=root,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        check=False,
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in (0, 3), done.stderr
    peak = float(next(x for x in done.stderr.splitlines() if x.startswith("MB")).split()[1])
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


def main() -> None:
    records, included = (int(x) for x in (*sys.argv[1:3], "50000", "200")[:2]) if len(sys.argv) != 2 else (int(sys.argv[1]), 200)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        build(root, records, included)
        print(f"{records:,} records, {included:,} included          wall s    CPU s   peak MB")
        show("all stages, the first time", command(root, "run"))
        own = root / "reports" / "small" / "templates"
        own.mkdir()
        (own / "report.js").write_text("// nothing\n", encoding="utf-8")
        show("the report alone", command(root, "run"))
        show("nothing changed", command(root, "run"))
        show("Word, PDF and PNG too", command(root, "report"))
        for name in ("report.html", "report.md", "report.json", "report.docx", "report.pdf"):
            print(f"{name:<40}{(root / 'reports' / 'small' / name).stat().st_size / 1e6:8.2f} MB")


def show(what: str, told: tuple[float, float, float]) -> None:
    print(f"{what:<40}{told[0]:8.1f}{told[1]:9.1f}{told[2]:10.0f}")


if __name__ == "__main__":
    main()

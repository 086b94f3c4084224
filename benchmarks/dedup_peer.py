#!/usr/bin/env python3
"""How much of the processor deduplication takes beside bib-dedupe, on the same sets in the same run, and how right both are.

    python -m venv /tmp/peer && /tmp/peer/bin/pip install bib-dedupe
    python benchmarks/dedup_peer.py --peer /tmp/peer/bin/python SET.csv[.gz] ...

bib-dedupe (https://pypi.org/project/bib-dedupe) is no part of this project. Each SET is a labelled set (record_id, cluster_id and the
bibliographic columns). For each a line of JSON tells, of both: processor and clock seconds of the whole process, its children
included, the pairs joined rightly and wrongly, and F1; and how many times less of the processor ours takes. It judges nothing.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

csv.field_size_limit(10**9)
Pairs = set[tuple[str, str]]
PEER = """
import sys
import pandas as pd
from bib_dedupe.bib_dedupe import block, cluster, match, prep

records = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
records = records.rename(columns={"record_id": "ID", "entrytype": "ENTRYTYPE"})
for name in ("ENTRYTYPE", "author", "title", "year", "journal", "booktitle", "volume", "number", "pages", "doi", "isbn", "abstract"):
    if name not in records.columns:
        records[name] = ""
records["ENTRYTYPE"] = records["ENTRYTYPE"].replace("", "article")
found = cluster(match(block(prep(records, verbosity_level=0), verbosity_level=0), verbosity_level=0), verbosity_level=0)
with open(sys.argv[2], "w") as file:
    for number, members in enumerate(found):
        for member in members:
            print(member, number, sep=",", file=file)
"""


def run(command: list[str]) -> dict[str, float]:
    """Seconds of a command, its children included. Raises SystemExit where it fails."""
    start = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_WRONLY, 0) for n in (1, 2)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, status, used = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"failed: {' '.join(command)[:200]}")
    return {
        "cpu": round(used.ru_utime + used.ru_stime, 2),
        "clock": round(time.perf_counter() - start, 2),
        "mb": round(used.ru_maxrss / 1024),
    }


def pairs(group_of: dict[str, str]) -> Pairs:
    members = defaultdict(list)
    for record, group in group_of.items():
        members[group].append(record)
    return {(a, b) for inside in members.values() for a, b in combinations(sorted(inside), 2)}


def right(said: Pairs, true: Pairs) -> dict[str, float]:
    both = len(said & true)
    return {"right": both, "wrong": len(said) - both, "f1": round(2 * both / max(len(said) + len(true), 1), 5)}


def groups(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1] for row in csv.reader(file) if row[0] != "record_id"}


def measure(path: Path, peer: str, folder: Path) -> dict[str, object]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    true = pairs({row["record_id"]: row["cluster_id"] for row in rows})
    bare, ours, theirs = folder / "set.csv", folder / "ours.csv", folder / "theirs.csv"
    with bare.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [name for name in rows[0] if name != "cluster_id"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    us = run([sys.executable, "-m", "review", "dedup", str(bare), "-o", str(ours)])
    them = run([peer, "-c", PEER, str(bare), str(theirs)])
    return {
        "set": path.name,
        "records": len(rows),
        "ours": {**us, **right(pairs(groups(ours)), true)},
        "bib-dedupe": {**them, **right(pairs(groups(theirs)), true)},
        "times_less_cpu": round(them["cpu"] / us["cpu"], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--peer", required=True, help="a Python that has bib-dedupe")
    args = parser.parse_args()
    for path in args.sets:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(path, args.peer, Path(folder))), flush=True)


if __name__ == "__main__":
    main()

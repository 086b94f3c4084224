#!/usr/bin/env python3
"""How the time and memory of deduplication grow with the number of records.

    python benchmarks/dedup_growth.py [--sizes 10000 100000 1000000] [--seed 1]

For each size a set is made (benchmarks/dedup_generate.py) and given to `review dedup`. A line of JSON tells the seconds on the clock and
of the processors (start-up included), the peak of memory, the microseconds of a processor for a record, and how these stand to the first
size, n log n taken out: 1 is growth by n log n, less is better. It judges nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent


def measure(size: int, seed: int, folder: Path) -> dict[str, float]:
    made = folder / f"{size}.csv"
    subprocess.run([sys.executable, HERE / "dedup_generate.py", str(size), made, "--seed", str(seed)], check=True)  # noqa: S603  # our own script
    command = [sys.executable, "-m", "review", "dedup", str(made), "-o", str(folder / "out.csv"), "--unsure", str(folder / "unsure.csv")]
    start = time.perf_counter()
    pid = os.posix_spawn(sys.executable, command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    _, status, used = os.wait4(pid, 0)
    seconds = time.perf_counter() - start
    made.unlink()
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"review dedup failed on {size} records")
    cpu = used.ru_utime + used.ru_stime
    return {"records": size, "seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "mb": round(used.ru_maxrss / 1024),
            "us_per_record": round(1e6 * cpu / size, 1), "unsure": sum(1 for _ in (folder / "unsure.csv").open()) - 1}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sorted(args.sizes):
            found = measure(size, args.seed, Path(folder))
            first = first or found
            due = first["cpu_seconds"] * size * math.log(size) / (first["records"] * math.log(first["records"]))
            print(json.dumps({**found, "to_n_log_n": round(found["cpu_seconds"] / due, 3)}), flush=True)


if __name__ == "__main__":
    main()

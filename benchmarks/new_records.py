#!/usr/bin/env python3
"""What new records cost a review that is there already: `review run` on a first lot, then after more came in.

    python benchmarks/new_records.py [--records 100000] [--more 100 1000] [--seed 1] [--profile]

A set is made (benchmarks/dedup_generate.py), written as RIS for three databases, imported and run; then `--more` records of the same set
come as a search of their own, one lot after the other, each followed by a run. A line of JSON for each run tells the seconds of the
processors, whole (start-up included) and by stage, the seconds on the clock and the peak of memory. At the end the outcome is compared
with that of a first run on all of it: every file of the report must be the same. It judges no time.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from support import PROTOCOL  # noqa: E402  # the path is set above

SOURCES = ("alpha", "beta", "web")
_RUN = """
import sys, time
from review.collector import seldom_collected
with seldom_collected():  # as the command has it
    from review import pipeline
    from review.cli.threads import few_threads
    from review.workspace import find
begun = [time.process_time()]
def tell(ran):
    now = time.process_time()
    print("stage", ran.name, round(now - begun[0], 2), flush=True)
    begun[0] = time.process_time()
space = find("", None)
few_threads([path for path in space.queries.rglob("*") if path.is_file()])
if len(sys.argv) > 1:
    import cProfile, pstats
    profile = cProfile.Profile(time.process_time)
    profile.runcall(pipeline.run, space, tell=tell)
    pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(45)
else:
    with seldom_collected():
        pipeline.run(space, tell=tell)
"""


def ris(row: dict[str, str]) -> str:
    """One record as RIS."""
    pages = row["pages"].replace("--", "-").partition("-")
    authors = [a.strip() for a in row["author"].replace(" and ", "; ").split("; ") if a.strip()]
    lines = [("TY", "JOUR"), ("AN", f"{row['record_id']}"), ("TI", row["title"]), *(("AU", a) for a in authors), ("PY", row["year"]),
             ("JO", row["journal"]), ("VL", row["volume"]), ("IS", row["number"]), ("SP", pages[0]), ("EP", pages[2]), ("DO", row["doi"]),
             ("AB", row["abstract"])]  # fmt: skip
    return "".join(f"{tag}  - {text}\n" for tag, text in lines if text) + "ER  - \n"


def command(root: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", "review", *words], cwd=root, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # ours


def bring(root: Path, rows: list[dict[str, str]], date: str) -> None:
    """The records, imported as a search of this date on each source."""
    for n, source in enumerate(SOURCES):
        mine = rows[n :: len(SOURCES)]
        if not mine:
            continue
        (root / f"{source}.ris").write_text("".join(map(ris, mine)), encoding="utf-8")
        command(root, "import", f"{source}.ris", "--source", source, "--date", date)


def run(root: Path, label: str, profile: bool) -> None:
    code = root / "run.py"
    code.write_text(_RUN, encoding="utf-8")
    out = root / "stages"
    words = [sys.executable, str(code), *(["profile"] if profile else [])]
    here = os.getcwd()
    os.chdir(root)
    start = time.perf_counter()
    pid = os.posix_spawn(
        sys.executable, words, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, str(out), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)]
    )
    _, status, used = os.wait4(pid, 0)
    seconds = time.perf_counter() - start
    os.chdir(here)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"the run failed: {label}")
    stages = {line.split()[1]: float(line.split()[2]) for line in out.read_text().splitlines()}
    cpu = used.ru_utime + used.ru_stime
    print(
        json.dumps(
            {"run": label, "cpu_seconds": round(cpu, 2), "seconds": round(seconds, 2), "mb": round(used.ru_maxrss / 1024), **stages}
        ),
        flush=True,
    )


def outcome(root: Path) -> dict[str, bytes]:
    folder = root / "reports" / "small"
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--more", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", action="store_true", help="tell on stderr where the time goes (slower)")
    args = parser.parse_args()
    os.environ["PYTHONPATH"] = str(HERE.parent) if "PYTHONPATH" not in os.environ else os.environ["PYTHONPATH"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled once, not at every run
        os.environ["PYTHONPYCACHEPREFIX"] = str(root / "compiled")
        made = root / "made.csv"
        total = args.records + sum(args.more)
        subprocess.run([sys.executable, HERE / "dedup_generate.py", str(total), made, "--seed", str(args.seed)], check=True)  # noqa: S603  # our own script
        with made.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        made.unlink()
        (root / "protocols").mkdir()
        (root / "protocols" / "small.yaml").write_text(PROTOCOL, encoding="utf-8")
        at = args.records
        bring(root, rows[:at], "2025-01-01")
        run(root, f"first {at:,}", args.profile)
        for n, more in enumerate(args.more):
            bring(root, rows[at : at + more], f"2025-{n + 2:02}-01")
            at += more
            run(root, f"+{more:,}", args.profile)
        after = outcome(root)
        shutil.rmtree(root / ".review")
        shutil.rmtree(root / "reports")
        run(root, "all anew", profile=False)
        print(json.dumps({"same": outcome(root) == after, "files": len(after)}), flush=True)


if __name__ == "__main__":
    main()

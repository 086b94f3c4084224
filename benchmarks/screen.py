"""How long a reviewer waits: opening the screen, and from a key to the next record.

    python benchmarks/screen.py [--records 100000] [--decided 50000] [--keys 200] [--folder DIR]

Drives the real command on a pseudo-terminal of 80 x 24, and the same sitting in this process. The records are made up. The
review is built once and kept in DIR. Prints wall time (which other work on the machine lengthens) and the processor time of
the command, per key. Fails nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import fcntl
import os
import pty
import random
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]

SYLLABLES = ["bra", "co", "di", "fe", "gra", "hu", "in", "jo", "ka", "lo", "me", "ni", "o", "pra", "qui", "re", "so", "tra", "u", "vi"]
ENDINGS = ["ban", "cel", "dor", "fin", "gam", "lit", "mon", "nar", "pol", "tis"]


def build(root: Path, records: int) -> None:
    """A locked review of made-up records, its stages run."""
    from support import PROTOCOL

    if (root / ".review" / "small.db").exists():
        return
    (root / "protocols").mkdir(parents=True, exist_ok=True)
    (root / "protocols" / "small.yaml").write_text(PROTOCOL, encoding="utf-8")
    dice = random.Random(7)
    words = [a + b + c for a in SYLLABLES for b in ENDINGS for c in ("a", "er", "ity", "ment", "tion", "s", "al", "ing")]

    def some(n: int) -> str:
        return " ".join(dice.choices(words, k=n))

    with (root / "made.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["accession", "title", "abstract", "authors", "year", "journal", "doi", "keywords"])
        for n in range(records):
            abstract = f"BACKGROUND: {some(60)}. METHODS: {some(60)}. RESULTS: {some(60)}. CONCLUSIONS: {some(40)}."
            rows.writerow(
                [
                    f"X{n:07}",
                    f"Study {n} {some(11)}",
                    abstract,
                    "Maker, A.; Doer, B.",
                    1990 + n % 35,
                    f"Journal of {some(1)}",
                    f"10.1234/x.{n}",
                    some(4).replace(" ", "; "),
                ]
            )
    for step in (("protocol", "lock"), ("import", "made.csv", "--source", "alpha", "--date", "2025-01-01"), ("run",)):
        subprocess.run([sys.executable, "-m", "review", *step], cwd=root, check=True, env=ENV, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command


def decide(root: Path, who: str, n: int) -> None:
    """A ledger with n decisions of one person."""
    from review.model.events import Decision
    from review.workspace import find

    space = find(start=root)
    ledger = space.ledger("title-abstract", who)
    ledger.path.unlink(missing_ok=True)
    dice = random.Random(who)
    keys = [f"alpha:X{i:07}" for i in range(n)]
    ledger.append_all(
        [
            Decision(
                record=k, records=(k,), phase="title-abstract", verdict=dice.choice(["include", *["exclude"] * 9]), protocol=space.digest
            )
            for k in keys
        ]
    )
    ledger.read()  # as any command before would have


ENV = {**os.environ, "PYTHONPATH": str(PROJECT), "TERM": "xterm-256color"}


class Terminal:
    """The command on a pseudo-terminal."""

    def __init__(self, root: Path, *words: str) -> None:
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(root)
            os.execvpe(sys.executable, [sys.executable, "-m", "review", *words], ENV)  # noqa: S606  # our own command
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def until(self, pattern: bytes, limit: float = 120.0) -> float:
        seen = b""
        while not re.search(pattern, seen):
            if not select.select([self.fd], [], [], limit)[0]:
                raise SystemExit(f"not seen: {pattern!r} in {seen[-300:]!r}")
            seen += os.read(self.fd, 65536)
        return time.perf_counter()

    def quiet(self, wait: float = 0.05) -> None:
        while select.select([self.fd], [], [], wait)[0]:
            os.read(self.fd, 65536)

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Leave. What is typed before there is a screen is forgotten, so that q is typed until it is heard."""
        try:
            while True:
                os.write(self.fd, b"q")
                while select.select([self.fd], [], [], 1.0)[0]:
                    if not os.read(self.fd, 65536):
                        raise OSError
        except OSError:
            pass
        os.waitpid(self.pid, 0)


def shown(label: str, took: list[float]) -> str:
    took = sorted(took)
    at = {p: 1000 * took[min(len(took) - 1, int(p / 100 * len(took)))] for p in (50, 95, 99)}
    return f"{label:<34} p50 {at[50]:6.1f}  p95 {at[95]:6.1f}  p99 {at[99]:6.1f}  worst {1000 * took[-1]:6.1f} ms"


def on_a_terminal(root: Path, keys: int) -> None:
    Terminal(root, "screen", "--as", "AB").close()  # what is made once is made: byte code, marks
    terminal = Terminal(root, "screen", "--as", "AB")
    opened = terminal.until(rb"(?i)study \d+") - terminal.began
    cpu = terminal.cpu()
    terminal.quiet(1.0)
    begun = terminal.cpu()
    took = []
    for n in range(keys):
        start = time.perf_counter()
        os.write(terminal.fd, b"ieem"[n % 4 : n % 4 + 1])
        took.append(terminal.until(rb"Saved") - start)
        terminal.quiet()
    spent = (terminal.cpu() - begun) / keys
    terminal.close()
    print(f"{'opening, on a terminal':<34} {opened:.2f} s, of which the processor {cpu:.2f} s")
    print(shown("key to next record, on a terminal", took), f" processor {1000 * spent:.1f} ms a key")


def disk(root: Path, times: int) -> None:
    """What a line on this disk takes by itself, in the same minute: while others write much, that is most of what a key waits for."""
    took = []
    with (root / "line").open("ab") as file:
        for _ in range(times):
            start = time.perf_counter()
            file.write(b"." * 460)
            file.flush()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - start)
    (root / "line").unlink()
    print(shown("a line on this disk, alone (fsync)", took))


def in_process(root: Path, keys: int) -> None:
    from review.screening.session import Screening
    from review.store.shelf import StoredReports
    from review.tui.screen import ScreenApp
    from review.workspace import find

    space = find(start=root)
    plan = space.protocol.phase("title-abstract")
    assert plan
    session = Screening(space.ledger("title-abstract", "AB"), "AB", plan, space.protocol, space.digest, StoredReports(space.database))
    kept: list[float] = []
    drawn: list[float] = []

    async def drive() -> None:
        app = ScreenApp(session)
        app.lives_alone = True
        async with app.run_test(size=(80, 24)) as pilot:
            for n in range(keys):
                start = time.perf_counter()
                session.decide(("include", "exclude", "exclude", "maybe")[n % 4])
                kept.append(time.perf_counter() - start)
                start = time.perf_counter()
                app.redraw("Saved")
                app.screen._refresh_layout()  # lays out and renders what a terminal would be sent
                "".join(segment.text for strip in app.screen._compositor.render_strips() for segment in strip)
                drawn.append(time.perf_counter() - start)
                await pilot.pause(0)

    asyncio.run(drive())
    print(shown("decision on disk (fsync)", kept))
    print(shown("next record drawn, in process", drawn))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--decided", type=int, default=0)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--folder", type=Path, default=None)
    args = parser.parse_args()
    root = args.folder or Path(tempfile.mkdtemp(prefix="review-bench-"))
    build(root, args.records)
    for decided in sorted({0, args.decided}):
        decide(root, "AB", decided)
        print(f"\n{args.records:,} records, {decided:,} of them decided; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        on_a_terminal(root, args.keys)
        disk(root, args.keys)
        in_process(root, args.keys)


if __name__ == "__main__":
    main()

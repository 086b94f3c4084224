"""How long a person waits who decides the unsure pairs: opening the list, and from each key to the next pair.

    python benchmarks/pairs.py REVIEW [--keys 50] [--pause 0.6]

REVIEW: the folder of a review whose stages have run, with some unsure pairs (a set of dedup_generate.py, imported, has one for each
hundred records). pause: seconds that a pair is read. All words are taken back. Prints wall time (which other work on the machine
lengthens) and the processor time of the command, per key. Fails nothing.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from screen import Terminal, shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("review", type=Path)
    parser.add_argument("--who", default="AB")
    parser.add_argument("--keys", type=int, default=50)
    parser.add_argument("--pause", type=float, default=0.6)
    args = parser.parse_args()
    words = ("dedup", "--review", "--as", args.who)
    Terminal(args.review, *words).close()  # what is made once is made
    terminal = Terminal(args.review, *words)
    opened = terminal.until(rb"pair .{0,20}\d") - terminal.began
    print(f"{'opening':<34} {opened:.2f} s, of which the processor {terminal.cpu():.2f} s")
    terminal.quiet(1.0)
    for label, keys, pattern in (
        ("same or different", (b"s", b"d"), rb"Saved"),
        ("undo", (b"u",), rb"Undone"),
        ("the next pair", (b"\x1b[C",), rb"\d"),
        ("later", (b"l",), rb"\d"),
    ):
        begun, took = terminal.cpu(), []
        for n in range(args.keys):
            start = time.perf_counter()
            os.write(terminal.fd, keys[n % len(keys)])
            took.append(terminal.until(pattern) - start)
            terminal.quiet()
            time.sleep(args.pause)
        print(shown(label, took), f" processor {1000 * (terminal.cpu() - begun) / args.keys:.1f} ms a key")
    terminal.close()


if __name__ == "__main__":
    main()

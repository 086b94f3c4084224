"""What the tests of the sources share."""

from __future__ import annotations

import gzip
from pathlib import Path

KEY = "0123456789abcdef0123456789abcdefTOPS"
EMAIL = "somebody@example.org"
STRATEGY = "// three concepts\n#1 towns[tiab]\n#2 first 40[tiab] OR\n   villages[tiab]\n#3 #1 AND #2\n"


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def everything_below(folder: Path) -> bytes:
    """All that was written below a folder, compressed files unpacked, names included."""
    parts = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        parts += [str(path).encode(), data, gzip.decompress(data) if data.startswith(b"\x1f\x8b") else b""]
    return b"\n".join(parts)

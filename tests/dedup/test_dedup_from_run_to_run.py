"""A review that grows, shrinks and is decided on from run to run ends, byte for byte, as one that is run once on all of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
from support import TITLES, Small, ris

MORE = (
    *TITLES,
    "Retraction notice: Neighbourhood wardens and trust in the police",
    "Community kitchens after the flood: a protocol",
    "Erratum: A trial of shared budgets between clinics and residents",
    "Letters to the council, forty years of complaints",
)
KEPT = ("small.dedup", "small.dedup.written", "small.dedup.bearing", "small.dedup.records/lots.json")


def outcome(review: Small) -> dict[str, bytes]:
    return {str(p.relative_to(review.reports)): p.read_bytes() for p in sorted(review.reports.rglob("*")) if p.is_file()}


def anew(review: Small, to: Path) -> dict[str, bytes]:
    """What a first run makes of the same files."""
    shutil.copytree(review.root, to, ignore=shutil.ignore_patterns(".review", "reports"))
    other = Small(to)
    other("run")
    return outcome(other)


def step(review: Small, draw: Random, n: int, dates: list[tuple[str, str]]) -> None:
    """Something that happens to a review."""
    what = draw.choice(["more", "more", "other", "word", "decision"])
    if what in ("more", "other"):
        titles = tuple(draw.sample(MORE, draw.randint(1, 5)))
        name = f"more{n}.ris"
        (review.root / name).write_text(ris(titles, prefix=f"X{draw.randint(0, 2)}", year=draw.choice([2011, 2012])), encoding="utf-8")
        source, date = draw.choice(dates) if what == "other" and dates else (draw.choice(["alpha", "beta", "web"]), f"2025-06-{n + 1:02}")
        shutil.rmtree(review.root / "queries" / "small" / source / date, ignore_errors=True)  # a search that was made again
        dates.append((source, date))
        review("import", name, "--source", source, "--date", date)
    elif what == "word":
        keys = [line.split(",")[0] for line in (review.reports / "lists/identified.csv").read_text(encoding="utf-8").splitlines()[1:]]
        a, b = draw.sample(keys, 2)
        review("dedup", draw.choice(["--same", "--different"]), a, b, "--as", "AB")
    else:
        review.decide("AB", {draw.choice(TITLES): draw.choice(["include", "exclude"])})


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_whatever_came_went_and_was_decided(filled: Small, tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    draw = Random(seed)
    dates: list[tuple[str, str]] = []
    older: dict[str, bytes] = {}
    filled("run")
    for n in range(5):
        step(filled, draw, n, dates)
        lots = sorted(p.relative_to(filled.root / ".review").as_posix() for p in (filled.root / ".review").rglob("*.arrow"))
        kept = draw.choice([*KEPT, *lots])
        path = filled.root / ".review" / kept
        harm = draw.choice(["", "gone", "torn", "of an earlier run"])
        if path.is_file() and harm:
            data = path.read_bytes()
            path.unlink()
            if harm != "gone":
                path.write_bytes(data[: len(data) // 2] if harm == "torn" else older.get(kept, b""))
        older = {name: p.read_bytes() for name in KEPT if (p := filled.root / ".review" / name).is_file()}
        filled("run")
        assert outcome(filled) == anew(filled, tmp_path_factory.mktemp("anew") / "review"), (seed, n, harm)

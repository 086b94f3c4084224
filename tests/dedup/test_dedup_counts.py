"""The counts of PRISMA through merges and unmerges: the flow, the lists and the table of removed duplicates tell the same."""

from __future__ import annotations

import csv
import json
from collections import Counter

import pytest
from support import TITLES, Small, ris


def agree(review: Small) -> tuple[int, int]:
    """Every number of the duplicates, wherever it stands; (removed, screened or awaiting it)."""
    review("run")
    folder = review.reports
    with (folder / "excluded_duplicates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    whole = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    listed = []
    for name in ("removed", "other-removed"):
        with (folder / "lists" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            listed += [(row["key"], row["note"].removeprefix("same report as ")) for row in csv.DictReader(file)]
    assert sorted((row["removed"], row["kept"]) for row in rows) == sorted(listed)
    removed = Counter(row["removed source"] for row in rows)
    told: Counter[str] = Counter()
    for search in whole["sources"]:
        told[search["id"]] += search["removed"]
    assert +told == removed
    main, other = whole["flow"]["main"], whole["flow"]["other"]
    assert main["duplicates"] == sum(n for source, n in removed.items() if source != "a-web")
    assert other["duplicates"] == removed["a-web"]
    for arm in (main, other):
        assert sum(n for _, n in arm["identified"]) - arm["duplicates"] == arm["screened"] + arm["unscreened"]
    return len(rows), sum(arm["screened"] + arm["unscreened"] for arm in (main, other))


@pytest.mark.slow
def test_the_counts_hold_through_merges_and_unmerges_and_new_records(small: Small) -> None:
    """A website whose records come first by their keys: what the databases gave stays, and the website's is removed."""
    text = small.protocol.read_text(encoding="utf-8").replace("id: web,", "id: a-web,")
    small.protocol.write_text(text, encoding="utf-8")
    for source, titles, prefix in (("alpha", TITLES, "A"), ("beta", TITLES[:3], "B")):
        (small.root / f"{source}.ris").write_text(ris(titles, prefix=prefix), encoding="utf-8")
    entries = (small.root / "alpha.ris").read_text(encoding="utf-8").split("ER  - \n\n")
    (small.root / "a-web.ris").write_text("ER  - \n\n".join((*entries[1:4], "")).replace("AN  - A-", "AN  - W-"), encoding="utf-8")
    for source in ("alpha", "beta", "a-web"):
        small("import", f"{source}.ris", "--source", source, "--date", "2025-05-01")
    assert agree(small) == (6, 6)
    small("dedup", "--different", "a-web:W-000001", "alpha:A-000001", "--as", "AB")
    assert agree(small)[0] in (5, 6)
    small("dedup", "--same", "alpha:A-000004", "alpha:A-000005", "--as", "AB")
    before = agree(small)
    (small.root / "new.ris").write_text(ris(TITLES[:1], prefix="N") + ris(("Wholly new ground",), prefix="O", year=2020), encoding="utf-8")
    small("import", "new.ris", "--source", "beta", "--date", "2025-08-01")
    after = agree(small)
    assert (after[0] + after[1]) - sum(before) == 2
    said = small.json("dedup", "--said")["said"]
    assert [w["state"] for w in said] == ["stands", "stands"]
    small("dedup", "--undo", "--as", "AB")
    small("dedup", "--undo", "--as", "AB")
    assert agree(small)[1] == 7

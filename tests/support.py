"""What the tests share: a small review in a folder, and the command as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared" / "data"
PATIENCE = 300.0  # seconds until a test gives up on what should have come: a machine may be busy, and nothing waits longer than it must
THREADED: list[bool] = []  # whether a child could be forked no more when all tests were collected


def threaded() -> bool:
    """Whether polars or typst has worked already: their threads do not live on in a child, which would wait for them for ever."""
    if "typst" in sys.modules:  # loaded where it is used
        return True
    if "polars" not in sys.modules:
        return False
    try:
        return any(Path(f"/proc/self/task/{task}/comm").read_text().startswith("polars-0") for task in os.listdir("/proc/self/task"))
    except OSError:  # no Linux, or one of them has just ended
        return True


def surroundings(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a command under test: its width and colours do not depend on who runs the tests."""
    return {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **(env or {})}


PROTOCOL = """\
schema_version: "1"
review:
  title: "Small review"   # a comment that must survive
  type: qualitative
team:
  - {id: AB, name: "Ann B"}
  - {id: CD, name: "Cas D"}
  - {id: EF, name: "Eve F"}
questions:
  - {id: Q1, text: "Does it work?", frame: PICo, elements: {population: people, phenomenon_of_interest: work, context: anywhere}}
  - {id: Q2, text: "Why?", frame: PICo}
eligibility:
  criteria:
    - {id: E1, dimension: kind, include: data, reason: "No data"}
    - {id: E2, dimension: place, include: here, reason: "Wrong place"}
sources:
  - {id: alpha, name: Alpha, kind: database}
  - {id: beta, name: Beta, kind: database}
  - {id: web, name: Web pages, kind: website}
phases:
  - {name: title-abstract, reviewers: [AB, CD], votes: 2, adjudicator: EF}
  - {name: full-text, reviewers: [AB, CD], votes: 2, adjudicator: EF, reason_required: true}
extraction:
  reviewers: [AB, CD]
  adjudicator: EF
  forms:
    - question: Q1
      fields:
        - {id: country, label: Country, required: true}
        - {id: n, label: Sample, type: number}
        - {id: design, label: Design, type: choice, choices: [trial, survey]}
    - question: Q2
      fields:
        - {id: why, label: Why, required: true}
"""

TITLES = (
    "Working together in small towns: a survey of councils",
    "Neighbourhood wardens and trust in the police",
    "A trial of shared budgets between clinics and residents",
    "Why partnerships end: interviews with managers",
    "Community kitchens after the flood",
    "Letters to the council: forty years of complaints",
)


def ris(titles: tuple[str, ...], *, prefix: str, year: int = 2011, journal: str = "Journal of Places") -> str:
    """A RIS file with one made-up record a title."""
    return "".join(
        f"TY  - JOUR\r\nAN  - {prefix}-{n:06}\r\nTI  - {title}\r\nAU  - Maker, {chr(65 + n)}.\r\nPY  - {year + n}\r\n"
        f"JO  - {journal}\r\nVL  - {n + 1}\r\nSP  - {10 * n + 1}\r\nEP  - {10 * n + 9}\r\nAB  - About {title.lower()}.\r\nER  - \r\n\r\n"
        for n, title in enumerate(titles)
    )


class Small:
    """A small review on disk, and the command run in its folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = "small"

    def __call__(
        self, *words: str, code: int | None = 0, env: dict[str, str] | None = None, **kwargs: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run `review WORDS…`; the exit code must be `code` (None: any)."""
        done = subprocess.run(
            [sys.executable, "-m", "review", *words],
            cwd=self.root,
            capture_output=True,
            text=True,
            env=surroundings(env),
            **{"timeout": PATIENCE, **kwargs},
        )
        assert code is None or done.returncode == code, f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *words: str, code: int | None = 0) -> Any:
        return json.loads(self(*words, "--json", code=code).stdout)

    @property
    def protocol(self) -> Path:
        return self.root / "protocols" / "small.yaml"

    @property
    def reports(self) -> Path:
        return self.root / "reports" / "small"

    def table(self, name: str, rows: list[dict[str, str]]) -> str:
        """Write a CSV into the folder; returns its name."""
        import csv

        columns = list(dict.fromkeys(k for row in rows for k in row))
        with (self.root / name).open("w", newline="", encoding="utf-8") as f:
            writer = csv.DictWriter(f, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return name

    def bring_in(self) -> None:
        """Import the three sources: alpha has all six titles, beta the first three again, web one more."""
        (self.root / "alpha.ris").write_text(ris(TITLES, prefix="A"), encoding="utf-8")
        (self.root / "beta.ris").write_text(ris(TITLES[:3], prefix="B"), encoding="utf-8")
        (self.root / "web.ris").write_text(ris(("A guide for town halls",), prefix="W", journal="Town pages", year=2019), encoding="utf-8")
        for source in ("alpha", "beta", "web"):
            self("import", f"{source}.ris", "--source", source, "--date", "2025-05-01")

    def decide(self, who: str, verdicts: dict[str, str], phase: str = "title-abstract", reasons: dict[str, str] | None = None) -> None:
        rows = [{"title": t, "verdict": v, "reason": (reasons or {}).get(t, "")} for t, v in verdicts.items()]
        self("decisions", "import", self.table(f"{who}-{phase}.csv", rows), "--as", who, "--phase", phase)

    def finish(self) -> None:
        """Take the review to its end: one conflict in each phase, one report not retrieved, two included, extraction with a consensus."""
        guide = "A guide for town halls"
        everything = dict.fromkeys((*TITLES, guide), "include")
        self.decide("AB", everything | {TITLES[4]: "exclude", TITLES[5]: "exclude"})
        self.decide("CD", everything | {TITLES[4]: "exclude", TITLES[3]: "maybe"})
        self.decide("EF", {TITLES[5]: "exclude"})
        self.decide("AB", {TITLES[0]: "include", TITLES[1]: "exclude", TITLES[2]: "include", TITLES[3]: "exclude", guide: "not retrieved"}, "full-text",
                    {TITLES[1]: "Wrong place", TITLES[3]: "No data", guide: ""})  # fmt: skip
        self.decide(
            "CD",
            {TITLES[0]: "include", TITLES[1]: "exclude", TITLES[2]: "include", TITLES[3]: "include"},
            "full-text",
            {TITLES[1]: "No data"},
        )
        self.decide("EF", {TITLES[3]: "exclude"}, "full-text", {TITLES[3]: "No data"})
        answers = [
            {"title": TITLES[0], "question": "Q1", "field": "country", "value": "Wales", "quote": "small towns", "locator": "title"},
            {"title": TITLES[0], "question": "Q1", "field": "n", "missing": "NR"},
            {"title": TITLES[2], "question": "Q1", "field": "country", "missing": "UC"},
            {"title": TITLES[2], "question": "Q2", "field": "why", "value": "money", "quote": "shared budgets", "locator": "title"},
        ]
        for who in ("AB", "CD"):
            rows = [dict(r) for r in answers]
            if who == "CD":
                rows[0]["value"] = "England"
            self("extraction", "import", self.table(f"{who}-answers.csv", rows), "--as", who)
        rows = [{**answers[0], "value": "Wales", "note": "the first was right"}]
        self("extraction", "import", self.table("EF-answers.csv", rows), "--as", "EF")
        self("run")

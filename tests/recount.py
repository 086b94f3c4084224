"""Recount a review from its raw files, sharing no code with the program. Only the standard library.

    python tests/recount.py ROOT NAME   → JSON: what the flow should say

It reads the archived files with rules of its own, which fit PubMed-tagged, RIS and CSV files; the ledgers line by line; and
the clusters from the lists that the report publishes (which records were removed as duplicates of which report).
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter
from pathlib import Path

csv.field_size_limit(1 << 30)


def entries(data: bytes) -> int:
    """How many entries a file has, by its own marks."""
    text = data.decode("utf-8-sig", "replace")
    if "<PubmedArticle" in text:
        return len(re.findall(r"<Pubmed(?:Book)?Article[ >]", text))
    if re.search(r"^PMID- ", text, re.M):
        return len(re.findall(r"^PMID- ", text, re.M))
    if re.search(r"^TY  -", text, re.M):
        return len(re.findall(r"^TY  -", text, re.M))
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    return sum(any(c.strip() for c in row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) - 1


def read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def all_lines(folder: Path, name: str = "*.jsonl") -> list[dict]:
    return [
        json.loads(line) for path in sorted(folder.glob(name)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def ledger_lines(folder: Path, name: str = "*.jsonl") -> list[dict]:
    """Those that stand: what was undone is left out, and an undo that was undone undoes nothing."""
    lines = all_lines(folder, name)
    undone: set[str] = set()
    for line in sorted(lines, key=lambda x: x["id"], reverse=True):
        if line["kind"] == "undo" and line["id"] not in undone:
            undone.add(line["undoes"])
    return sorted((x for x in lines if x["id"] not in undone and x["kind"] != "undo"), key=lambda x: x["id"])


def studies(path: Path, kept: set[str], members: dict[str, set[str]]) -> int:
    """How many studies the kept reports tell: the last word on each pair of study and report counts; unlinked reports are their own."""
    words: dict[tuple[str, str], bool] = {}
    lines = [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines() if x.strip()] if path.exists() else []
    undone = {x["undoes"] for x in lines if x["kind"] == "undo"}
    for line in lines:
        if line["kind"] == "study-link" and line["id"] not in undone:
            for report in kept:
                if line["record"] in members[report]:
                    words[line["study"], report] = line.get("linked", True)
    linked = {(s, r) for (s, r), yes in words.items() if yes}
    return len({s for s, _ in linked}) + len(kept - {r for _, r in linked})


def recount(root: Path, name: str, plan: dict) -> dict:
    """plan: {"kinds": {source: kind}, "reviewers": {phase: [ids]}, "votes": {phase: n}, "reasons": [labels in order]}"""
    identified = Counter()
    for manifest in sorted((root / "queries" / name).glob("*/*/manifest.json")):
        for path in manifest.parent.iterdir():
            if path.name != "manifest.json":
                identified[manifest.parent.parent.name] += entries(path.read_bytes())
    lists = root / "reports" / name / "lists"
    report_of: dict[str, str] = {}
    for arm in ("", "other-"):
        for row in read(lists / f"{arm}identified.csv"):
            report_of.setdefault(row["key"], row["key"])
    for arm in ("", "other-"):
        for row in read(lists / f"{arm}removed.csv"):
            report_of[row["key"]] = row["note"].removeprefix("same report as ")

    # a removed record may point at a record that is itself removed in the other arm
    def find(key: str) -> str:
        while report_of[key] != key:
            key = report_of[key]
        return key

    members: dict[str, set[str]] = {}
    for key in report_of:
        members.setdefault(find(key), set()).add(key)
    main = {r for r, keys in members.items() if any(plan["kinds"].get(k.split(":")[0]) in ("database", "register") for k in keys)}

    voters: dict[tuple[str, str], set[str]] = {}

    def verdicts(phase: str, reports: set[str]) -> dict[str, tuple[str, str]]:
        """report -> (include | exclude | '', reason)"""
        folder = root / "screening" / name / phase
        lines = ledger_lines(folder)
        shown = [x for x in all_lines(folder) if x["kind"] == "unblinding"]  # what was seen was seen, undone or not
        reviewers = plan["reviewers"][phase]
        third = plan.get("adjudicator", {}).get(phase, "")
        found = {}
        for report in reports:
            mine = [x for x in lines if x.get("record") in members[report]]
            votes = {}
            for line in mine:
                late = any(
                    u["by"] == line["by"] and u["id"] < line["id"] and (not u["records"] or set(u["records"]) & members[report])
                    for u in shown
                )  # decided after the others' verdicts were on the screen
                if line["kind"] == "decision" and line["by"] in reviewers and not late:
                    votes[line["by"]] = line
            voters[phase, report] = set(votes)
            opened = max((x["id"] for x in mine if x["kind"] == "reopening"), default="")  # what had settled it counts no more
            settled = [
                x for x in mine if x["kind"] == "resolution" and x["id"] > opened and (x["by"] == third if third else x["by"] not in votes)
            ]  # fmt: skip
            talk = {}
            for line in mine:
                if line["kind"] == "discussion" and line["id"] > opened and set(line["settles"]) == {v["id"] for v in votes.values()}:
                    talk[line["by"]] = line
            held = {x["verdict"] for x in talk.values()}
            if not settled and votes and set(talk) == set(votes) and len(held) == 1 and held != {"open"}:
                by_id = sorted(talk.values(), key=lambda x: x["id"])
                why = [x.get("reason", "") for w in votes for x in by_id if x["by"] == w]
                settled = [{"verdict": by_id[-1]["verdict"], "reason": next(filter(None, why), "")}]
            sides = {"include" if v["verdict"] == "maybe" and phase == "title-abstract" else v["verdict"] for v in votes.values()}
            if len(votes) < plan["votes"][phase]:
                found[report] = ("", "")
            elif len(sides) == 1 and sides != {"maybe"}:
                given = {v.get("reason", "") for v in votes.values()}
                found[report] = (sides.pop(), next((r for r in plan["reasons"] if r in given), ""))
            elif settled:
                given = {settled[-1].get("reason", "")} - {""} or {v.get("reason", "") for v in votes.values()}
                found[report] = (settled[-1]["verdict"], next((r for r in plan["reasons"] if r in given), ""))
            else:
                found[report] = ("", "")
        return found

    def given_up(phase: str, found: dict[str, tuple[str, str]]) -> int:
        """Reports that lack a vote, and that only people who stopped would still have to read."""
        lines = ledger_lines(root / "screening" / name / phase)
        over = {x["by"] for x in lines if x["kind"] == "stop"}
        short = [r for r in found if len(voters[phase, r]) < plan["votes"][phase]]
        return sum(set(plan["reviewers"][phase]) - voters[phase, r] <= over for r in short)

    first = verdicts("title-abstract", set(members))
    sought = {r for r, (v, _) in first.items() if v == "include"}
    last_words: dict[str, dict[str, dict]] = {}
    for line in ledger_lines(root / "screening" / name / "full-text"):
        if line["kind"] == "retrieval" or line["kind"] == "decision":
            for report in sought:
                if line["record"] in members[report]:
                    last_words.setdefault(report, {})[line["by"]] = line
    came = [x for x in ledger_lines(root / "screening" / name, "fulltexts.jsonl") if x["kind"] == "full-text"]
    # A report that came since they said so can be had.
    since = {r: max((x["id"] for x in came if x["record"] in members[r]), default="") for r in last_words}
    lost = {
        r
        for r, said in last_words.items()
        if {x["kind"] for x in said.values()} == {"retrieval"} and any(x["id"] > since[r] for x in said.values())
    }
    last = verdicts("full-text", sought - lost)
    result: dict = {"identified": dict(identified)}
    result["given_up"] = given_up("title-abstract", first) + given_up("full-text", {r: v for r, v in last.items() if not v[0]})
    kept = {r for r, (v, _) in last.items() if v == "include"}
    result["studies"] = studies(root / "screening" / name / "studies.jsonl", kept, members)
    for arm, reports in (("main", main), ("other", set(members) - main)):
        records = sum(n for s, n in identified.items() if (plan["kinds"].get(s) in ("database", "register")) == (arm == "main"))
        result[arm] = {
            "duplicates": records - len(reports),
            "screened": sum(bool(first[r][0]) for r in reports),
            "unscreened": sum(not first[r][0] for r in reports),
            "excluded": sum(first[r][0] == "exclude" for r in reports),
            "sought": len(reports & sought),
            "not_retrieved": len(reports & lost),
            "assessed": sum(bool(last[r][0]) for r in reports & last.keys()),
            "reasons": dict(Counter(last[r][1] for r in reports & last.keys() if last[r][0] == "exclude")),
            "included": sum(last[r][0] == "include" for r in reports & last.keys()),
        }
    return result


if __name__ == "__main__":
    root, name, plan = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
    json.dump(recount(root, name, plan), sys.stdout, indent=1)
